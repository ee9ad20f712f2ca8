"""One body's page: its evening, its reviews, its report, put together from what was read."""

from __future__ import annotations

import secrets
from dataclasses import replace

from api.pages.cell_ballot import ballot_grid
from api.pages.cell_before import blockers, held_meeting, notices, read_before, some_of, stopping
from api.pages.cell_bundles import submission_box
from api.pages.cell_calling_off import calling_off
from api.pages.cell_confirming import confirmations, corrections
from api.pages.cell_count import may_count
from api.pages.cell_data import CellData, read_cell
from api.pages.cell_lists import list_forms
from api.pages.cell_meeting import agenda_of, errors_of, meeting_form, order_said, post_words
from api.pages.findings_told import names_in, refusal_view, rows_view, texts_of, texts_of_rows
from api.pages.format import day
from api.pages.prints.page import KINDS, SUBMISSION
from api.pages.typed import Typed
from api.pages.undoing import undo_on_meeting
from api.pages.views import ActionForm, EmptyState, FormField, Link, WayOut
from api.pages.views_cell import CellPage, CountForm, MeetingForm, PaperLink, ReviewLine
from api.pages.visits import Visit
from api.permissions import may_open
from handlers.access.scope import SEES_CONTENT
from handlers.names import Names
from states import review as life
from states.ballot import COUNTERS
from states.roles import Role
from workflow.answer import Answer
from workflow.errors import InConflict, RulesFail

OWN = frozenset({Role.SECRETARY, Role.COMMITTEE})
ABOVE = frozenset({Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE})


def cell_page(
    visit: Visit,
    campaign_id: str,
    organisation: str,
    *,
    refused: Exception | None = None,
    typed: Typed | None = None,
    act: str = "",
    answer: Answer | None = None,
) -> CellPage:
    """The page; `act` says which of its forms was posted, so that what was typed stays in that one.

    `answer` is that of a command of which some rows were not done: the page says why for each.
    """
    with visit.service.database.read() as connection:
        cell = read_cell(connection, visit, campaign_id, organisation)
        before = read_before(connection, cell)
        frame = visit.frame(
            connection, "cell", campaign=cell.campaign, rulebook=cell.rulebook, organisation=organisation
        )
        if cell.planned is not None:
            here = f"/c/{campaign_id}/o/{organisation}"
            frame = replace(frame, undo=undo_on_meeting(visit, connection, here, cell.planned.meeting))
    may_record = visit.acting.role in OWN and visit.acting.body == organisation
    content = visit.acting.role in SEES_CONTENT
    stops = stopping(visit, cell) if may_record else None
    with visit.service.database.read() as connection:
        told = [*(texts_of(one) for one in (refused, stops) if one), texts_of_rows(answer) if answer else ()]
        more = names_in(connection, visit.today, [text for texts in told for text in texts])
    names = Names({**cell.names.people, **more.people}, {**cell.names.bodies, **more.bodies})
    _ = visit.words.gettext
    may_report = isinstance(refused, RulesFail | InConflict) and refused.may_report
    meeting = (
        meeting_form(
            cell,
            visit.words,
            visit.today,
            typed if act == "meetings" else None,
            may_report=may_report,
            save=f"/c/{campaign_id}/o/{organisation}/counts",
        )
        if may_record
        else None
    )
    return CellPage(
        frame=frame,
        crumbs=(
            Link(
                label=_("Tiến độ"),
                href=f"/c/{campaign_id}" if may_open(visit.acting.role, "see_the_board") else "",
            ),
            Link(label=names.body(cell.superior), href=""),
        ),
        name=cell.name,
        lead=_lead(visit, cell),
        members=len(cell.roll),
        meeting_day=cell.planned.day if cell.planned is not None else None,
        agenda=agenda_of(cell, visit.words) if content else (),
        order=order_said(cell, visit.words) if content else None,
        held=held_meeting(visit, cell, before),
        notices=notices(visit, cell, before, stops) if content else (),
        blockers=blockers(visit, cell, names, stops) if meeting else (),
        papers=_papers(visit, cell, content=content),
        count=_count(visit, cell, typed) if not may_record else None,
        season_href=f"/c/{campaign_id}/o/{organisation}/season",
        together_href=f"/c/{campaign_id}/o/{organisation}/together"
        if may_record and any(row.stage in (life.OPEN, life.PREPARED) for row in cell.own)
        else "",
        ticks_href=f"/c/{campaign_id}/o/{organisation}/ticks"
        if cell.own and visit.actor is not None and visit.acting.role in (*OWN, *ABOVE)
        else "",
        meeting=meeting,
        plan=_plan(visit, cell, typed if act == "plans" else None)
        if meeting and cell.planned is None
        else None,
        calling_off=calling_off(cell, visit.words, typed if act == "cancellations" else None)
        if may_record
        else None,
        refusal=refusal_view(
            refused,
            visit.language,
            visit.words,
            names,
            kept=True,
            ways=_ways(visit, may_report),
            rulebook=cell.rulebook,
        )
        if refused
        else rows_view(answer, visit.language, visit.words, names)
        if answer
        else None,
        confirmations=confirmations(cell, visit.words) if _may_confirm(visit, organisation) else (),
        corrections=corrections(cell, visit.words, typed if act == "corrections" else None)
        if _may_confirm(visit, organisation)
        else (),
        reviews=_reviews(visit, cell) if content else (),
        submission=submission_box(visit, cell, names, typed, act) if content else None,
        lists=list_forms(visit, cell, typed, act) if content else (),
        empty=_empty(visit, cell, meeting, may_record),
    )


def _count(visit: Visit, cell: CellData, typed: Typed | None) -> CountForm | None:
    """The sheet alone, for whoever counts and does not lead the meeting."""
    votes = [row for row in cell.here if cell.may_be_voted(row)]
    if not votes or not may_count(visit, cell):
        return None
    action = f"/c/{cell.campaign.id}/o/{cell.organisation}/counts"
    grid = ballot_grid(cell, votes, visit.words, typed, action)
    return CountForm(action=action, ballot=grid, errors=errors_of(cell, typed) if typed else ())


def _papers(visit: Visit, cell: CellData, *, content: bool) -> tuple[PaperLink, ...]:
    """What can be printed here: no ballot where nobody votes, no levels for who does not see them."""
    if not cell.own or visit.actor is None:
        return ()
    here = f"/c/{cell.campaign.id}/o/{cell.organisation}/print"
    return tuple(
        PaperLink(title=visit.words.gettext(kind.title), href=f"{here}/{name}", sheet=f"{here}/{name}.xlsx")
        for name, kind in KINDS.items()
        if (cell.has_ballot or not kind.of_a_ballot) and (content or name != SUBMISSION)
    )


def _may_confirm(visit: Visit, organisation: str) -> bool:
    return visit.acting.role in COUNTERS and visit.acting.body == organisation


def _lead(visit: Visit, cell: CellData) -> str:
    """How many, what is next."""
    words = visit.words
    _ = words.gettext
    told = {"num": len(cell.roll)}
    members = (
        words.ngettext("%(num)d người", "%(num)d người", len(cell.roll)) % told
        if cell.is_union
        else words.ngettext("%(num)d đảng viên", "%(num)d đảng viên", len(cell.roll)) % told
    )
    open_now = [row for row in cell.here if cell.is_open(row)]
    unprepared = [row for row in cell.here if row.stage == life.OPEN]
    parts = [members] if cell.roll else []
    if open_now:
        parts.append(
            words.ngettext("%(num)d kỳ chờ kiểm điểm", "%(num)d kỳ chờ kiểm điểm", len(open_now))
            % {"num": len(open_now)}
        )
    if unprepared:
        parts.append(
            words.ngettext("%(num)d kỳ chưa chuẩn bị", "%(num)d kỳ chưa chuẩn bị", len(unprepared))
            % {"num": len(unprepared)}
        )
    if not open_now and not unprepared:
        parts.append(_("mọi kỳ đã được kiểm điểm"))
    if cell.planned is not None:
        parts.append(_("họp ngày %(day)s") % {"day": day(cell.planned.day)})
    text = ", ".join(parts)
    text = f"{text[:1].upper()}{text[1:]}."
    items = agenda_of(cell, words)
    now = next((item for item in items if item.state == "current"), None)
    if now is None or visit.acting.role not in SEES_CONTENT:
        return text
    at = _("Đang ở mục %(number)s trên %(count)s: %(title)s.") % {
        "number": now.number,
        "count": len(items),
        "title": now.title[:1].lower() + now.title[1:],
    }
    return f"{at} {text}"


def _plan(visit: Visit, cell: CellData, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    return ActionForm(
        action=f"/c/{cell.campaign.id}/o/{cell.organisation}/plans",
        submit=_("Định ngày họp"),
        command_id=secrets.token_hex(16),
        fields=(
            FormField(
                name="day",
                label=_("Định họp ngày"),
                kind="day",
                required=True,
                value=typed.raw("day") if typed else "",
                error=typed.errors.get("day", "") if typed else "",
            ),
        ),
    )


def _ways(visit: Visit, may_report: bool) -> tuple[WayOut, ...]:
    _ = visit.words.gettext
    ways = [WayOut(when=_("Nếu còn sửa được"), what=_("sửa chỗ sai trong biểu mẫu bên dưới rồi ghi lại."))]
    if may_report:
        ways.append(
            WayOut(
                when=_("Nếu buổi họp đã diễn ra đúng như vậy"),
                what=_("đánh dấu ở cuối biểu mẫu rồi ghi với ngày thật:"),
                link=Link(label=_("Tới chỗ đánh dấu"), href="#took-place"),
            )
        )
    return tuple(ways)


def _reviews(visit: Visit, cell: CellData) -> tuple[ReviewLine, ...]:
    _ = visit.words.gettext
    shown, posts = cell.own or cell.in_order, post_words(cell)
    return tuple(
        ReviewLine(
            name=cell.person(row)
            if row.kind != life.COLLECTIVE
            else _("Tập thể cấp ủy %(body)s") % {"body": cell.name},
            href=f"/r/{row.review}",
            kind=row.kind,
            stage=row.stage,
            role=_(posts[cell.posts[row.subject]]) if cell.posts.get(row.subject) in posts else "",
            level=row.decided_level or row.voted_level,
            flags=tuple(flag for flag in row.flags.split(",") if flag),
        )
        for row in shown
    )


def _empty(visit: Visit, cell: CellData, meeting: MeetingForm | None, may_record: bool) -> EmptyState | None:
    waiting = [row for row in cell.here if row.stage == life.OPEN]
    if meeting is not None or not may_record or not waiting:
        return None
    _ = visit.words.gettext
    if len(waiting) < len(cell.here):
        return EmptyState(
            title=_("Chưa có gì để họp tiếp"),
            text=_("Còn %(who)s chưa nộp bản kiểm điểm hoặc báo cáo.")
            % {"who": some_of(visit, cell, waiting)},
            link=Link(label=_("Tới nơi làm"), href=f"/r/{waiting[0].review}"),
        )
    return EmptyState(
        title=_("Chưa có gì để họp"),
        text=_("Ghi bản kiểm điểm của từng người và của tập thể trước; sau đó định ngày họp ở đây."),
        link=Link(label=_("Các kỳ kiểm điểm"), href="#reviews-title"),
    )
