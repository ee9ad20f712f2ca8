"""What was said of a review by whom, its papers, and the opinions on the report it went up in."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from api.pages.format import day
from api.pages.review_offers import About
from api.pages.told import day_of
from api.pages.views import StatusText
from api.pages.views_review import DocumentLine, LevelLine, OpinionLine
from api.pages.visits import Visit
from handlers.access.scope import READS_RESTRICTED, SEES_A_BRANCH
from handlers.names import Names, names_on
from handlers.replay import Replay
from handlers.tables import PRIVATE_TEXTS
from handlers.tracing import Traced
from workflow import codec
from workflow.bodies import Submission
from workflow.events import review as happened
from workflow.events.submission import OpinionReceived
from workflow.folding import fold_stored
from workflow.log import Log
from workflow.rules.rating import Standing
from workflow.rules.thresholds import votes_needed


def levels_said(about: About, told: Replay, traced: Traced | None) -> tuple[LevelLine, ...]:
    """Who gave which level, in the order of the life; only what was said."""
    review = about.outlook.review
    if traced is None:
        return ()
    _ = about.words.gettext
    stands = review.level
    found = [
        LevelLine(who=_("Tự xếp loại"), level=review.self_level),
        LevelLine(who=_("Đề xuất"), level=review.proposed_level),
        LevelLine(who=_("Bỏ phiếu"), level=review.voted_level, note=_votes(about)),
        LevelLine(who=_("Theo quy định"), level=traced.rating.level, note=_standing(about, traced)),
        LevelLine(who=_("Thẩm định"), level=review.appraised_level, note=review.appraised_reason or ""),
        _decided(about, told),
    ]
    said = [one for one in found if one.level or (one.note and one.who == _("Theo quy định"))]
    if not any(one.level for one in said):
        return ()
    return tuple(
        LevelLine(
            who=one.who,
            level=one.level,
            note=one.note,
            differs=bool(stands and one.level and one.level != stands),
        )
        for one in said
    )


def _votes(about: About) -> str:
    review = about.outlook.review
    held = next(
        (one for one in reversed(review.motions) if one.level == review.voted_level and not one.void), None
    )
    if held is None:
        return ""
    _ = about.words.gettext
    count = f"{held.in_favour}/{held.entitled}"
    campaign = about.outlook.situation.campaign
    assert campaign is not None, "a review belongs to a campaign"
    needed = votes_needed(about.rulebook, review.kind, held.level, members=held.entitled, year=campaign.year)
    return _("%(count)s phiếu, cần từ %(needed)s") % {"count": count, "needed": needed} if needed else count


def _standing(about: About, traced: Traced) -> str:
    _ = about.words.gettext
    told = {
        Standing.UNKNOWN: _("Chưa đủ dữ kiện"),
        Standing.NO_LEVEL: _("Nơi quyết định chọn"),
        Standing.ENTERED: _("Quy định không nêu tiêu chí"),
        Standing.EXEMPT: _("Không xếp loại"),
    }
    return told.get(traced.rating.standing, "")


def _decided(about: About, told: Replay) -> LevelLine:
    _ = about.words.gettext
    review = about.outlook.review
    for frame in reversed(told.frames):
        event = frame.event
        if isinstance(event, happened.ReviewApproved | happened.ReviewReRated) and review.decided_level:
            note = f"{event.document}, {day(event.on)}"
            if event.reason:
                note += ". " + _("Lý do: %(reason)s") % {"reason": event.reason}
            return LevelLine(who=_("Quyết định"), level=event.level, note=note)
    return LevelLine(who=_("Quyết định"), level=None)


def documents_of(about: About, told: Replay) -> tuple[DocumentLine, ...]:
    """Every paper some event names, the oldest first, with what it was for."""
    _ = about.words.gettext
    titles: dict[type, str] = {
        happened.DraftPrepared: _("Bản kiểm điểm"),
        happened.FactRecorded: _("Căn cứ của dữ kiện"),
        happened.DecisionRecorded: _("Quyết định của một nơi"),
        happened.ReviewApproved: _("Quyết định xếp loại"),
        happened.ReviewReRated: _("Quyết định xếp loại lại"),
        happened.ReviewAnnulled: _("Văn bản hủy kết quả"),
        happened.ExceptionAuthorised: _("Văn bản cho phép ngoại lệ"),
    }
    found: dict[tuple[str, str], DocumentLine] = {}
    for frame in told.frames:
        paper = getattr(frame.event, "document", None)
        title = titles.get(type(frame.event))
        if paper and title:
            annulled = (
                isinstance(frame.event, happened.ReviewApproved | happened.ReviewReRated)
                and not told.review.decided_level
            )
            state = (
                StatusText(tone="refused", text=_("Đã bị hủy"))
                if annulled
                else StatusText(tone="done", text=title)
            )
            on = getattr(frame.event, "on", None) or day_of(frame.stored)
            href = f"/r/{about.outlook.review.id}/history?v={frame.stored.version}"
            found.setdefault((title, paper), DocumentLine(name=paper, day=day(on), state=state, href=href))
    return tuple(found.values())


def opinions_on(connection: Connection, visit: Visit, about: About) -> tuple[OpinionLine, ...]:
    """What the bodies asked about the report said: to those who read restricted texts; to others of the
    branch only who answered. They are about the whole report, so a member is not shown them.
    """
    bundle, role = about.outlook.review.bundle, visit.acting.role
    if not bundle or role not in SEES_A_BRANCH:
        return ()
    stream = f"submission/{bundle}"
    stored = Log(connection).read([stream])[stream]
    folded = fold_stored(stream, stored)
    assert isinstance(folded, Submission), "a submission stream folds to a submission"
    if not folded.consulted:
        return ()
    texts = _texts(connection, stream) if role in READS_RESTRICTED else {}
    answers = {
        event.body: event
        for event in (codec.decode(one.name, one.schema_version, one.data) for one in stored)
        if isinstance(event, OpinionReceived)
    }
    names = names_on(connection, visit.today, bodies=folded.consulted)
    return tuple(_lines(visit, folded, answers, texts, names, reads=role in READS_RESTRICTED))


def _texts(connection: Connection, stream: str) -> dict[str, str]:
    rows = connection.execute(
        select(PRIVATE_TEXTS.c.digest, PRIVATE_TEXTS.c.content).where(
            PRIVATE_TEXTS.c.stream == stream, PRIVATE_TEXTS.c.kind == "opinion"
        )
    )
    return {row.digest: row.content for row in rows}


def _lines(
    visit: Visit,
    folded: Submission,
    answers: dict[str, OpinionReceived],
    texts: dict[str, str],
    names: Names,
    *,
    reads: bool,
) -> Iterator[OpinionLine]:
    _ = visit.words.gettext
    for body in folded.consulted:
        event = answers.get(body)
        if event is None:
            waits = body in folded.silent(visit.today)
            text = _("Chờ đến %(day)s") % {"day": day(folded.reply_until)} if waits else _("Không trả lời")
            yield OpinionLine(
                body=names.body(body), state=StatusText(tone="waiting" if waits else "none", text=text)
            )
            continue
        said = _("Trả lời %(day)s") % {"day": day(event.on)}
        said = _("%(answer)s, sau hạn") % {"answer": said} if event.late else said
        kept = texts.get(event.digest, _("Nội dung đã được xóa; sổ chỉ còn mã băm.")) if reads else ""
        yield OpinionLine(
            body=names.body(body),
            state=StatusText(tone="risk" if event.late else "done", text=said),
            text=kept,
        )
