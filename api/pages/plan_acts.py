"""Every act on a remediation plan as a form: its fields, and the command it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from api.pages.bundle_fields import long_field, on_field, select_field, text_field
from api.pages.confirming import Question
from api.pages.format import N_, day
from api.pages.typed import Typed
from api.pages.views import FormField
from api.pages.visits import Visit
from handlers.names import Names, names_on
from handlers.plan_views import Item, PlanSeen
from handlers.roster_facts import as_of
from handlers.roster_tables import POSITIONS
from workflow.commands.plan import (
    AcceptPlan,
    AssignPlan,
    CarryPlanOver,
    ClosePlan,
    DrawUpPlan,
    FollowUpPlan,
    PlanCommand,
    PlanItem,
    ReportPlan,
    ReturnPlan,
)
from workflow.review import Review

NO_ITEM = N_("Ghi ít nhất một hạn chế.")
ROWS = 5
"""Empty rows on the form beside those that were typed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanAct:
    """One move of a plan: POST /p/{plan}/{noun}. `leads_on`: its form is laid open."""

    noun: str
    trigger: str
    title: str
    submit: str
    leads_on: bool = False


ACTS: tuple[PlanAct, ...] = (
    PlanAct(
        noun="assignment",
        trigger="assign",
        title=N_("Phân công theo dõi, thẩm định"),
        submit=N_("Ghi phân công"),
    ),
    PlanAct(
        noun="acceptance",
        trigger="accept",
        title=N_("Thẩm định xong, cho thực hiện"),
        submit=N_("Cho thực hiện"),
        leads_on=True,
    ),
    PlanAct(noun="return", trigger="return", title=N_("Trả lại kế hoạch"), submit=N_("Trả lại")),
    PlanAct(
        noun="follow-ups",
        trigger="follow_up",
        title=N_("Ghi một lần theo dõi, kiểm tra"),
        submit=N_("Ghi theo dõi"),
        leads_on=True,
    ),
    PlanAct(
        noun="report", trigger="report", title=N_("Báo cáo cấp có thẩm quyền"), submit=N_("Ghi đã báo cáo")
    ),
    PlanAct(
        noun="closure",
        trigger="close",
        title=N_("Kết thúc, đã khắc phục hết"),
        submit=N_("Kết thúc kế hoạch"),
    ),
    PlanAct(
        noun="carry-over",
        trigger="carry_over",
        title=N_("Chuyển phần còn lại sang kỳ kiểm điểm sau"),
        submit=N_("Chuyển sang kỳ sau"),
    ),
)
BY_NOUN: Mapping[str, PlanAct] = {act.noun: act for act in ACTS}


def possible(act: PlanAct, seen: PlanSeen) -> bool:
    """Whether the act makes sense on what is open: a plan ends by being remedied or by being carried over."""
    if act.trigger == "close":
        return not seen.plan.open_items
    if act.trigger in ("carry_over", "follow_up"):
        return bool(seen.plan.open_items) or act.trigger == "follow_up"
    return True


def ending(visit: Visit, act: PlanAct, seen: PlanSeen) -> Question | None:
    """The question before an act that ends the plan; None for any other."""
    _, ngettext = visit.words.gettext, visit.words.ngettext
    open_items, items = len(seen.plan.open_items), len(seen.items)
    for_good = _("Kế hoạch kết thúc: không ghi theo dõi thêm, không mở lại được. Hồ sơ vẫn còn.")
    if act.trigger == "close":
        said = ngettext("%(num)d hạn chế đã khắc phục hết.", "%(num)d hạn chế đã khắc phục hết.", items)
        return Question(
            title=_("Kết thúc kế hoạch khắc phục?"),
            consequences=(said % {"num": items}, for_good),
            submit=_(act.submit),
        )
    if act.trigger == "carry_over":
        said = ngettext(
            "%(num)d hạn chế chưa khắc phục chuyển sang kỳ kiểm điểm sau để kiểm điểm tiếp.",
            "%(num)d hạn chế chưa khắc phục chuyển sang kỳ kiểm điểm sau để kiểm điểm tiếp.",
            open_items,
        )
        return Question(
            title=_("Chuyển phần còn lại sang kỳ sau?"),
            consequences=(said % {"num": open_items}, for_good),
            submit=_(act.submit),
        )
    return None


def fields_of(
    visit: Visit, act: PlanAct, seen: PlanSeen, who: Mapping[str, str], texts: bool, typed: Typed | None
) -> tuple[FormField, ...]:
    """The fields of an act; `who` may be named, `texts` says whether shortcomings are shown in words."""
    _ = visit.words.gettext
    on = on_field(visit, typed)
    match act.trigger:
        case "assign":
            return (
                select_field("monitor", _("Người theo dõi, giúp đỡ"), typed, who),
                select_field("appraiser", _("Nơi, người thẩm định"), typed, who),
                on,
            )
        case "return":
            return (long_field("reason", _("Lý do"), typed), on)
        case "report":
            document = text_field("document", _("Số văn bản"), typed)
            return (_optional(document), on)
        case "follow_up":
            return (*_remedied(visit, seen, texts, typed), on)
        case _:
            return (on,)


def _optional(field: FormField) -> FormField:
    return FormField(name=field.name, label=field.label, value=field.value, error=field.error)


def _remedied(visit: Visit, seen: PlanSeen, texts: bool, typed: Typed | None) -> tuple[FormField, ...]:
    _ = visit.words.gettext
    items = {item.key: item for item in seen.items}
    return tuple(
        FormField(
            name=f"remedied.{key}",
            label=_("Đã khắc phục: %(what)s")
            % {"what": (items[key].weakness if texts else "") or _("hạn chế %(key)s") % {"key": key}},
            kind="tick",
            value="on" if typed and typed.tick(f"remedied.{key}") else "",
        )
        for key in seen.plan.open_items
    )


def command_of(act: PlanAct, seen: PlanSeen, who: Mapping[str, str], typed: Typed) -> PlanCommand | None:
    """The command a posted form asks for; None where a field is wrong."""
    plan, on = seen.plan.id, typed.day("on")
    command: PlanCommand
    match act.trigger:
        case "assign":
            command = AssignPlan(
                plan=plan,
                monitor=typed.one_of("monitor", tuple(who)),
                appraiser=typed.one_of("appraiser", tuple(who)),
                on=on,
            )
        case "return":
            command = ReturnPlan(plan=plan, reason=typed.text("reason"), on=on)
        case "accept":
            command = AcceptPlan(plan=plan, on=on)
        case "report":
            command = ReportPlan(plan=plan, on=on, document=typed.text("document", required=False) or None)
        case "follow_up":
            done = tuple(key for key in seen.plan.open_items if typed.tick(f"remedied.{key}"))
            command = FollowUpPlan(plan=plan, on=on, remedied=done)
        case "close":
            command = ClosePlan(plan=plan, on=on)
        case _:
            command = CarryPlanOver(plan=plan, on=on)
    return None if typed.errors else command


def draw_up_rows(
    visit: Visit, items: tuple[Item, ...], who: Mapping[str, str], typed: Typed | None
) -> tuple[tuple[FormField, ...], ...]:
    """A row of fields for each shortcoming there is, and empty ones."""
    return tuple(
        _row(visit, number, items[number - 1] if number <= len(items) else None, who, typed)
        for number in range(1, len(items) + ROWS + 1)
    )


def _row(
    visit: Visit, number: int, item: Item | None, who: Mapping[str, str], typed: Typed | None
) -> tuple[FormField, ...]:
    _ = visit.words.gettext
    base = f"item.{number}"

    def value(name: str, held: str) -> str:
        return typed.raw(f"{base}.{name}") if typed else held

    def error(name: str) -> str:
        return typed.errors.get(f"{base}.{name}", "") if typed else ""

    chosen = select_field(f"{base}.responsible", _("Người chịu trách nhiệm"), typed, {"": "–", **who})
    return (
        FormField(
            name=f"{base}.weakness",
            label=_("Hạn chế, khuyết điểm %(number)s") % {"number": number},
            kind="textarea",
            quiet=True,
            value=value("weakness", item.weakness if item else ""),
            error=error("weakness"),
        ),
        FormField(
            name=f"{base}.remedy",
            label=_("Biện pháp khắc phục"),
            kind="textarea",
            quiet=True,
            value=value("remedy", item.remedy if item else ""),
            error=error("remedy"),
        ),
        FormField(
            name=chosen.name,
            label=chosen.label,
            kind="select",
            quiet=True,
            value=value("responsible", item.responsible if item else ""),
            error=error("responsible"),
            choices=chosen.choices,
        ),
        FormField(
            name=f"{base}.due",
            label=_("Xong chậm nhất ngày"),
            kind="day",
            quiet=True,
            value=value("due", day(item.due) if item else ""),
            error=error("due"),
        ),
    )


def draw_up_command(
    plan: str, review: str, shown: int, who: Mapping[str, str], typed: Typed
) -> DrawUpPlan | None:
    """The plan that was typed; a row of which nothing was filled in does not count."""
    items: list[PlanItem] = []
    for number in range(1, shown + 1):
        base = f"item.{number}"
        names = ("weakness", "remedy", "responsible", "due")
        if not any(typed.raw(f"{base}.{name}") for name in names):
            continue
        items.append(
            PlanItem(
                key=str(len(items) + 1),
                weakness=typed.text(f"{base}.weakness"),
                remedy=typed.text(f"{base}.remedy"),
                responsible=typed.one_of(f"{base}.responsible", tuple(who)),
                due=typed.day(f"{base}.due"),
            )
        )
    on, document = typed.day("on"), typed.text("document", required=False)
    if not items:
        typed.wrong("item.1.weakness", NO_ITEM)
    if typed.errors:
        return None
    return DrawUpPlan(plan=plan, review=review, items=tuple(items), on=on, document=document or None)


def who_may(connection: Connection, visit: Visit, review: Review) -> tuple[dict[str, str], Names]:
    """Who may be named in a plan: the subject, those with a post at the body or above it, the bodies."""
    bodies = [one for one in dict.fromkeys((review.organisation, review.superior)) if one]
    rows = connection.execute(
        select(POSITIONS.c.person_id)
        .where(POSITIONS.c.organisation_id.in_(bodies), as_of(POSITIONS, visit.today))
        .order_by(POSITIONS.c.row_id)
    ).scalars()
    people = list(dict.fromkeys([*([review.subject] if review.kind == "individual" else []), *rows]))
    names = names_on(connection, visit.today, people=people, bodies=bodies)
    who = {person: names.person(person) for person in people} | {body: names.body(body) for body in bodies}
    return who, names
