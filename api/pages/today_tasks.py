"""The tasks of the first page: grouped by how near their last safe day is, each with its button."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from api.pages.findings_told import cited_rule
from api.pages.format import N_, day, short_day
from api.pages.navigation import ADDRESSES, opens
from api.pages.season_steps import alike, step_line, teller
from api.pages.views import Clause, Link, StatusText
from api.pages.views_today import TaskGroup, TaskLine, WaitLine
from api.pages.visits import Visit
from deadlines.season import Season
from deadlines.slack import working_days_to
from handlers.names import Names
from handlers.reminding.recipients import FROM_ABOVE
from handlers.season.plans import BodyPlan, CampaignPlans
from handlers.telling.owed import task
from handlers.today import GATE_OF_ROLE, OpenStep, ReportsHere
from states import submission as reporting
from states.review import INDIVIDUAL
from states.roles import Role
from workflow.days import Calendar, DayOutsideCalendar
from workflow.rules.rulebook import Rulebook

SOON_WORKING_DAYS: Final = 10
"""What is nearer than so many working days stands in a group of its own; a house default, no clause."""

WAITING_SHOWN: Final = 5

GROUPS: Final = {
    "overdue": N_("Quá hạn"),
    "today": N_("Hôm nay"),
    "soon": N_("Trong 10 ngày làm việc tới"),
    "undated": N_("Đang chờ, quy định không ghi ngày"),
    "later": N_("Sau đó"),
}

BUTTONS: Final[Mapping[str, str]] = {
    "prepare": N_("Xem ai còn thiếu"),
    "send_draft": N_("Gửi dự thảo"),
    "notify_superior": N_("Báo cấp trên"),
    "plan_session": N_("Xếp lịch họp"),
    "hold_session": N_("Mở cuộc họp"),
    "issue_ballot": N_("Phát phiếu"),
    "count_ballot": N_("Nhập kết quả phiếu"),
    "propose": N_("Đề xuất mức"),
    "submit": N_("Xem hồ sơ báo cáo"),
    "appraise": N_("Thẩm định"),
    "decide": N_("Quyết định"),
    "publish": N_("Công bố"),
    "join_meeting": N_("Xếp lịch họp bù"),
    "reply": N_("Trả lời"),
    "remedy": N_("Xem kế hoạch"),
    "set_unit_day": N_("Nhập ngày tổng kết"),
}
"""What the button of a step is called."""

_AT_THE_REPORT: Final = ("submit", "appraise", "decide")


@dataclass(frozen=True, kw_only=True, slots=True)
class Coming:
    """Something somebody has to do, told: `due_on` is the last day that will do, `safe_on` the last safe.

    Neither is there where no clause gives a day.
    """

    gate: str
    what: str
    where: str
    why: str
    safe_on: date | None
    due_on: date | None
    href: str
    calendar: Calendar
    clause: Clause | None = None

    @property
    def order(self) -> tuple[date, date]:
        """The nearest safe day first; what has no day waits already, and comes before what has time."""
        return (self.safe_on or date.min, self.due_on or date.min)

    def nearness(self, today: date) -> str:
        """The group of GROUPS it belongs to: overdue only after the last day itself."""
        if self.due_on is None or self.safe_on is None:
            return "undated"
        if self.due_on < today:
            return "overdue"
        if self.safe_on <= today:
            return "today"
        return "soon" if self.safe_on <= soon_until(self.calendar, today) else "later"

    def working_days_left(self, today: date) -> int:
        """Working days after today up to the last safe day, it included; below 0 behind it, 0 without one."""
        return working_days_to(self.calendar, today, self.safe_on) if self.safe_on else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What open steps are told with: the names, and the rulebook of each campaign."""

    visit: Visit
    names: Names
    rulebooks: Mapping[str, Rulebook]


def soon_until(calendar: Calendar, today: date) -> date:
    """The last day of the group "soon"; two weeks on where the calendar does not reach so far."""
    try:
        return calendar.nth_working_day_after(today, SOON_WORKING_DAYS)
    except DayOutsideCalendar:
        return today + timedelta(days=14)


def coming(around: Surroundings, step: OpenStep) -> Coming:
    """A step of the book of deadlines."""
    rulebook = around.rulebooks[step.campaign]
    rule = next((rule for rule in rulebook.rules if rule.id == step.rule), None)
    return Coming(
        gate=step.gate,
        what=task(step.gate, step.kind, step.items, around.visit.language),
        where=_who(around, step),
        why=_due(around, step),
        safe_on=step.safe_on,
        due_on=step.due_on,
        href=_place(around, step),
        calendar=rulebook.calendar,
        clause=None if rule is None else cited_rule(rule, rulebook, around.visit.language),
    )


def planned(visit: Visit, season: Season, body: BodyPlan, names: Mapping[str, str]) -> tuple[Coming, ...]:
    """The steps of a body's backward plan that the body takes itself, each by the day on which the final days
    can still be met. Steps that no date bounds are left out.
    """
    organisation = body.body.organisation
    plans = CampaignPlans(season=season, today=visit.today, bodies={organisation: body}, shapes=1)
    tells = teller(plans, body, names, visit.language)
    _, calendar = season.calendar_of(organisation)
    found = []
    for steps in alike(body, tells):
        line = step_line(plans, body, steps, tells, visit.language)
        gate = steps[0].gate
        if line.safe is None or line.last is None or gate in FROM_ABOVE:
            continue
        report = "#submission" if gate in _AT_THE_REPORT else ""
        found.append(
            Coming(
                gate=gate,
                what=line.task,
                where=f"{names.get(organisation, organisation)} · {_year(visit, season.year)}",
                why=line.why,
                safe_on=line.safe,
                due_on=line.last,
                href=f"/c/{season.campaign}/o/{organisation}{report}",
                calendar=calendar,
            )
        )
    return tuple(found)


def reports(
    around: Surroundings, waiting: Iterable[ReportsHere], dated: Sequence[OpenStep]
) -> tuple[Coming, ...]:
    """Reports the capacity can say its word on now, by the date of that step where a clause gives one."""
    visit = around.visit
    role, words = visit.acting.role, visit.words
    found = []
    for one in waiting:
        rulebook = around.rulebooks[one.campaign]
        straight = not rulebook.flow(INDIVIDUAL).appraisal
        sent = one.stage == reporting.SUBMITTED
        gate = "appraise" if sent and not straight else "decide"
        if GATE_OF_ROLE.get(role) != gate:
            continue
        if gate == "appraise":
            said = words.ngettext(
                "Thẩm định %(num)d báo cáo đã gửi", "Thẩm định %(num)d báo cáo đã gửi", one.reports
            )
        else:
            said = words.ngettext(
                "Quyết định %(num)d báo cáo đang chờ", "Quyết định %(num)d báo cáo đang chờ", one.reports
            )
        step = next((s for s in dated if s.gate == gate and s.campaign == one.campaign), None)
        alone = f"{around.names.body(one.one_body)} · " if one.reports == 1 else ""
        base = f"/c/{one.campaign}"
        desk = f"{base}/decide" if opens(role, ADDRESSES["decide"]) else base
        found.append(
            Coming(
                gate=gate,
                what=said % {"num": one.reports},
                where=f"{alone}{_year(visit, one.year)}",
                why=_due(around, step) if step else "",
                safe_on=step.safe_on if step else None,
                due_on=step.due_on if step else None,
                href=f"{desk}?body={one.one_body}" if one.reports == 1 and desk != base else desk,
                calendar=rulebook.calendar,
            )
        )
    return tuple(found)


def task_groups(visit: Visit, tasks: Iterable[Coming]) -> tuple[TaskGroup, ...]:
    """The tasks in groups, those without any left out."""
    found: dict[str, list[TaskLine]] = {key: [] for key in GROUPS}
    for one in tasks:
        found[one.nearness(visit.today)].append(_line(visit, one))
    _ = visit.words.gettext
    return tuple(
        TaskGroup(key=key, title=_(title), tasks=tuple(found[key]))
        for key, title in GROUPS.items()
        if found[key]
    )


def wait_lines(visit: Visit, waiting: Iterable[Coming]) -> tuple[WaitLine, ...]:
    """What others have to do, the nearest first, at most WAITING_SHOWN."""
    return tuple(
        WaitLine(what=one.what, who=one.where, state=left(visit, one), href=one.href)
        for one in list(waiting)[:WAITING_SHOWN]
    )


def left(visit: Visit, one: Coming) -> StatusText:
    """How much time there is, in working days."""
    words, today = visit.words, visit.today
    _ = words.gettext
    if one.due_on is None:
        return StatusText(tone="working", text=_("Làm được ngay"))
    if one.due_on < today:
        past = -working_days_to(one.calendar, today, one.due_on)
        said = words.ngettext("Quá hạn %(num)d ngày làm việc", "Quá hạn %(num)d ngày làm việc", past)
        return StatusText(tone="late", text=said % {"num": past})
    days = one.working_days_left(today)
    if days <= 0:
        return StatusText(tone="risk", text=_("Ngày an toàn cuối là hôm nay"))
    said = words.ngettext("Còn %(num)d ngày làm việc", "Còn %(num)d ngày làm việc", days)
    return StatusText(tone="risk" if days <= 1 else "waiting", text=said % {"num": days})


def _line(visit: Visit, one: Coming) -> TaskLine:
    label = BUTTONS.get(one.gate, N_("Đến nơi thực hiện"))
    if one.gate == "prepare" and visit.acting.role is Role.MEMBER:
        label = N_("Viết bản tự kiểm điểm")
    return TaskLine(
        safe_on=one.safe_on,
        what=one.what,
        where=one.where,
        due=one.why,
        left=left(visit, one),
        button=Link(label=visit.words.gettext(label), href=one.href),
        clause=one.clause,
    )


def _due(around: Surroundings, step: OpenStep) -> str:
    """The legal day beside the last safe day, where it is another one."""
    _ = around.visit.words.gettext
    last = f"{step.hour} {day(step.due_on)}".strip()
    if step.safe_on == step.due_on:
        return _("Quy định: chậm nhất %(day)s.") % {"day": last}
    return _("Quy định: chậm nhất %(day)s; ngày làm việc an toàn cuối là %(safe)s.") % {
        "day": last,
        "safe": short_day(step.safe_on),
    }


def _who(around: Surroundings, step: OpenStep) -> str:
    words = around.visit.words
    year = _year(around.visit, step.year)
    if step.bodies == 1:
        return f"{around.names.body(step.one_body)} · {year}"
    count = words.ngettext("%(num)d tổ chức", "%(num)d tổ chức", step.bodies) % {"num": step.bodies}
    return f"{count} · {year}"


def _place(around: Surroundings, step: OpenStep) -> str:
    """Where it is done: one's own review, the desk of those who decide, else the body or the board."""
    role = around.visit.acting.role
    base = f"/c/{step.campaign}"
    if role is Role.MEMBER:
        return f"/r/{step.review}" if step.review else f"{base}/plans"
    if step.gate == "remedy":
        return f"{base}/plans"
    if step.gate in ("appraise", "decide") and step.mine and opens(role, ADDRESSES["decide"]):
        return f"{base}/decide"
    if step.bodies > 1:
        return base
    return f"{base}/o/{step.one_body}{'#submission' if step.gate in _AT_THE_REPORT else ''}"


def _year(visit: Visit, year: int) -> str:
    _ = visit.words.gettext
    return _("Kiểm điểm năm %(year)s") % {"year": year}
