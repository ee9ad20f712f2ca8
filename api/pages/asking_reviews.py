"""What is asked before an act on one review that no button takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from api.pages.confirming import Question
from api.pages.findings_told import cited_on_annulling, cited_rule
from api.pages.format import LEVELS, day
from api.pages.review_acts import Act
from api.pages.review_offers import About
from api.pages.review_page import name_of
from api.pages.views import Clause
from api.pages.visits import Visit
from handlers.names import names_on
from workflow.decision import Decision
from workflow.event import Event
from workflow.events.review import ClosedUnrated, ExceptionAuthorised, FlagCleared, FlagRaised

Ask = Callable[[Decision], Question]


def on_review(visit: Visit, about: About, act: Act) -> Ask | None:
    """The question before an act on a review; None for one that can be put right at once."""
    asks: Mapping[str, Callable[[About, str, Decision], Question]] = {
        "annul": _annulled,
        "close_unrated": _closed,
        "repeat_ballot": _voted_again,
        "authorise_exception": _excepted,
    }
    ask = asks.get(act.trigger)
    return None if ask is None else lambda decision: ask(about, _subject(visit, about), decision)


def _subject(visit: Visit, about: About) -> str:
    review = about.outlook.review
    with visit.service.database.read() as connection:
        names = names_on(connection, visit.today, people=[review.subject], bodies=[review.subject])
    return name_of(review, names, visit)


def _annulled(about: About, subject: str, decision: Decision) -> Question:
    _, ngettext, review = about.words.gettext, about.words.ngettext, about.outlook.review
    level = _(LEVELS[review.decided_level]) if review.decided_level else ""
    doubted = sum(isinstance(event, FlagRaised) for event in _events(decision))
    lines = [
        _("Mức %(level)s quyết định ngày %(day)s thôi là kết quả; vẫn còn trong hồ sơ.")
        % {"level": level, "day": day(review.dates["decided"])},
        _("Không lấy lại được mức đó: phải mở vòng mới, làm lại từ buổi kiểm điểm cho tới quyết định."),
    ]
    if doubted:
        said = ngettext(
            "%(num)d kỳ khác đã dựa vào mức này được đánh dấu phải xem lại.",
            "%(num)d kỳ khác đã dựa vào mức này được đánh dấu phải xem lại.",
            doubted,
        )
        lines.append(said % {"num": doubted})
    return Question(
        title=_("Hủy kết quả của %(name)s?") % {"name": subject},
        consequences=tuple(lines),
        submit=_("Hủy kết quả"),
        clauses=cited_on_annulling(about.rulebook, about.language),
    )


def _closed(about: About, subject: str, decision: Decision) -> Question:
    _ = about.words.gettext
    rules = [event.rule for event in _events(decision) if isinstance(event, ClosedUnrated)]
    return Question(
        title=_("Kết thúc kỳ của %(name)s mà không xếp loại?") % {"name": subject},
        consequences=(
            _("Kỳ này không có mức xếp loại, và không bước nào làm tiếp được."),
            _("Không mở lại được. Các bước đã ghi vẫn còn trong hồ sơ."),
        ),
        submit=_("Kết thúc, không xếp loại"),
        clauses=tuple(_clauses(about, rules)),
    )


def _voted_again(about: About, subject: str, decision: Decision) -> Question:
    _, review = about.words.gettext, about.outlook.review
    held = next((one for one in reversed(review.motions) if one.carried and not one.void), None)
    lines = [
        _("Phải phát phiếu và kiểm phiếu lại; trước đó kỳ này không báo cáo được."),
        _("Số phiếu cũ vẫn còn trong hồ sơ, không lấy lại làm kết quả được."),
    ]
    if held is not None:
        told = {
            "level": _(LEVELS[held.level]),
            "votes": held.in_favour,
            "entitled": held.entitled,
            "day": day(held.on),
        }
        result = _("Kết quả ngày %(day)s thôi có giá trị: %(level)s, %(votes)s trên %(entitled)s phiếu.")
        lines.insert(0, result % told)
    return Question(
        title=_("Bỏ phiếu lại cho %(name)s?") % {"name": subject},
        consequences=tuple(lines),
        submit=_("Mở lại phần bỏ phiếu"),
    )


def _excepted(about: About, subject: str, decision: Decision) -> Question:
    _ = about.words.gettext
    events = list(_events(decision))
    allowed = [event for event in events if isinstance(event, ExceptionAuthorised)]
    lines = [
        _("Theo văn bản %(document)s, kỳ này được làm khác điều dẫn bên dưới.") % {"document": one.document}
        for one in allowed
    ]
    if any(isinstance(event, FlagCleared) for event in events):
        lines.append(_("Dấu trái thời hạn, thứ tự được gỡ; bước tiếp theo làm được."))
    lines.append(
        _("Không rút lại được: ngoại lệ đi cùng kỳ kiểm điểm mãi về sau và nằm trong danh sách của kiểm tra.")
    )
    return Question(
        title=_("Cho phép ngoại lệ cho %(name)s?") % {"name": subject},
        consequences=tuple(lines),
        submit=_("Cho phép ngoại lệ"),
        clauses=tuple(_clauses(about, [rule for one in allowed for rule in one.rules])),
    )


def _events(decision: Decision) -> Iterator[Event]:
    return (event for change in decision.changes for event in change.events)


def _clauses(about: About, rules: list[str]) -> Iterator[Clause]:
    """The clauses of these rules; what the service itself closes, or a rule of all regimes, has none."""
    for rule in about.rulebook.rules:
        if rule.id in rules:
            yield cited_rule(rule, about.rulebook, about.language)
