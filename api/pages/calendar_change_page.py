"""One change of the calendar: its days, every date it moves with counts, and the ways to end it."""

from __future__ import annotations

import secrets

from api.pages.calendar_page import scope_of, stage_of, word_of
from api.pages.campaigns import campaign_of
from api.pages.confirming import Question
from api.pages.findings_told import refusal_view
from api.pages.format import day
from api.pages.typed import Typed
from api.pages.views import ActionForm, FormField, Link
from api.pages.views_calendar import CalendarChangePage, EntryLine, MovedCampaign, MovedLine
from api.pages.visits import Visit
from handlers.calendar_view import CampaignMoved, change_shown, moved_by, moves_seen
from handlers.deadline_moves import MovedDate
from handlers.names import Names, names_on
from handlers.telling.owed import task
from states import calendar as life
from states.roles import Role
from workflow.calendar_changes import CalendarChange
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import cited

MOVED_MAX = 200
"""Dates of one campaign on the page; the counts are of all."""


def calendar_change_page(
    visit: Visit, name: str, *, typed: Typed | None = None, refused: Exception | None = None
) -> CalendarChangePage:
    """The page. NotFound for a change nobody proposed."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        found = change_shown(connection, name)
        moves = moves_seen(connection, visit.scope, moved_by(connection, found, visit.today))
        bodies = {one.unit for one in found.days}
        bodies |= {one.organisation for campaign in moves for one in campaign.moved}
        people = {found.proposed_by, found.ended_by} - {""}
        names = names_on(connection, visit.today, people=people, bodies=bodies - {""})
        books = {one.campaign: campaign_of(connection, visit.service, one.campaign)[1] for one in moves}
        frame = visit.frame(connection, "calendar")
    waiting = found.stage == life.PROPOSED
    own = visit.acting.id == found.proposed_by
    may_confirm = waiting and visit.acting.role is Role.OFFICER and not own
    return CalendarChangePage(
        frame=frame,
        crumbs=(Link(label=_("Lịch làm việc"), href="/calendar"), Link(label=found.id, href="")),
        name=found.id,
        state=stage_of(visit, found),
        waiting=waiting,
        document=found.document,
        reason=found.reason,
        proposed=_told(names, found.proposed_by, day(found.proposed_on)),
        ended=_told(names, found.ended_by, day(found.ended_on)) if found.ended_on else "",
        days=tuple(
            EntryLine(
                day=one.day,
                what=word_of(visit, one.what),
                scope=scope_of(visit, names, one.unit),
                document=one.document,
                unsure=one.provisional,
            )
            for one in found.days
        ),
        campaigns=tuple(_campaign(visit, names, one, books[one.campaign]) for one in moves),
        confirm=_confirm(visit, found) if may_confirm else None,
        withdraw=_withdraw(visit, found, typed) if waiting and visit.acting.role in life.KEEPERS else None,
        note=_note(visit, own) if waiting and not may_confirm else "",
        refusal=refusal_view(refused, visit.language, visit.words, names, kept=typed is not None)
        if refused
        else None,
    )


def adopting_question(visit: Visit, shown: CalendarChangePage) -> Question:
    """What follows from adopting the days of a change that is shown."""
    _, ngettext = visit.words.gettext, visit.words.ngettext
    days, dates = len(shown.days), sum(one.dates for one in shown.campaigns)
    whole = not any(one.more for one in shown.campaigns)
    earlier = sum(line.earlier for one in shown.campaigns for line in one.lines) if whole else 0
    lines = [
        ngettext(
            "%(num)d ngày của lịch có hiệu lực ngay, theo văn bản %(document)s.",
            "%(num)d ngày của lịch có hiệu lực ngay, theo văn bản %(document)s.",
            days,
        )
        % {"num": days, "document": shown.document},
    ]
    if dates:
        moved = ngettext(
            "%(num)d mốc ngày được dời, trong %(campaigns)s đợt chưa kết thúc.",
            "%(num)d mốc ngày được dời, trong %(campaigns)s đợt chưa kết thúc.",
            dates,
        )
        lines.append(moved % {"num": dates, "campaigns": len(shown.campaigns)})
    else:
        lines.append(_("Không mốc ngày nào của đợt chưa kết thúc bị dời."))
    if earlier:
        sooner = ngettext("%(num)d mốc sớm lên.", "%(num)d mốc sớm lên.", earlier)
        lines.append(sooner % {"num": earlier})
    lines.append(_("Không rút lại được; ngày sai thì đề nghị một thay đổi lịch khác, người khác xác nhận."))
    return Question(
        title=_("Áp dụng thay đổi lịch này?"),
        consequences=tuple(lines),
        submit=_("Xác nhận, dời các mốc ngày"),
    )


def _told(names: Names, person: str, on: str) -> str:
    return f"{names.person(person)}, {on}"


def _note(visit: Visit, own: bool) -> str:
    _ = visit.words.gettext
    if own:
        return _("Bạn là người đề nghị; một cán bộ phụ trách khác phải xác nhận.")
    return _("Việc xác nhận do cán bộ phụ trách đợt kiểm điểm thực hiện.")


def _campaign(visit: Visit, names: Names, found: CampaignMoved, rulebook: Rulebook) -> MovedCampaign:
    return MovedCampaign(
        title=found.campaign,
        href=f"/c/{found.campaign}",
        dates=len(found.moved),
        items=found.items,
        lines=tuple(_line(visit, names, one, rulebook) for one in found.moved[:MOVED_MAX]),
        more=max(0, len(found.moved) - MOVED_MAX),
    )


def _line(visit: Visit, names: Names, one: MovedDate, rulebook: Rulebook) -> MovedLine:
    return MovedLine(
        task=task(one.gate, one.kind, one.items, visit.language),
        organisation=scope_of(visit, names, one.organisation),
        clause=cited(rulebook.rule(one.rule), visit.language) if one.rule else "",
        before_last=one.before_last,
        after_last=one.after_last,
        before_safe=one.before_safe,
        after_safe=one.after_safe,
        earlier=one.after_last < one.before_last or one.after_safe < one.before_safe,
    )


def _confirm(visit: Visit, found: CalendarChange) -> ActionForm:
    _ = visit.words.gettext
    return ActionForm(
        action=f"/calendar/changes/{found.id}/confirmation",
        submit=_("Xác nhận và dời các mốc ngày trên"),
        style="seal",
        command_id=secrets.token_hex(16),
        expected_version=str(found.version),
    )


def _withdraw(visit: Visit, found: CalendarChange, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    return ActionForm(
        action=f"/calendar/changes/{found.id}/withdrawal",
        submit=_("Rút đề nghị"),
        command_id=secrets.token_hex(16),
        expected_version=str(found.version),
        fields=(
            FormField(
                name="reason",
                label=_("Lý do rút"),
                value=typed.raw("reason") if typed else "",
                error=typed.errors.get("reason", "") if typed else "",
                required=True,
            ),
        ),
    )
