"""What a body declares once a campaign: its lists are complete, its neighbours are rated."""

from __future__ import annotations

import secrets
from datetime import date

from api.pages.cell_data import CellData
from api.pages.format import N_, day
from api.pages.typed import Typed
from api.pages.views import ActionForm, Choice, FormField
from api.pages.visits import Visit
from handlers.lists import LISTS as FACTS
from workflow.commands.campaign import DeclareLists, RateNeighbour, RecordListEntry, SettleListEntry
from workflow.stages.listing import MAY_KEEP

LISTS: dict[str, str] = {
    "discipline": N_("Danh sách kỷ luật đã đủ"),
    "violation": N_("Danh sách vi phạm đã có kết luận đã đủ"),
    "open_finding": N_("Danh sách hạn chế, khuyết điểm được chỉ ra đã đủ"),
    "complaint": N_("Danh sách khiếu nại, tố cáo đã đủ"),
    "suggestion": N_("Danh sách gợi ý kiểm điểm đã đủ"),
    "sick_leave": N_("Danh sách nghỉ ốm đã đủ"),
    "mass_organisation": N_("Danh sách đoàn thể cùng cấp đã đủ"),
    "administration": N_("Đã khai chính quyền cùng cấp"),
}
ENTRIES: dict[str, str] = {
    "discipline": N_("Kỷ luật"),
    "violation": N_("Vi phạm đã có kết luận"),
    "open_finding": N_("Hạn chế, khuyết điểm được chỉ ra"),
    "complaint": N_("Khiếu nại, tố cáo"),
    "suggestion": N_("Gợi ý kiểm điểm"),
    "sick_leave": N_("Nghỉ ốm"),
}
"""Lists of what happened; the others are of bodies, whose rating says they exist."""
CAUSES: dict[str, str] = {
    "corruption": N_("Tham nhũng"),
    "negative": N_("Tiêu cực"),
    "degradation": N_("Suy thoái"),
    "other": N_("Nguyên nhân khác"),
}
KINDS: dict[str, str] = {"administration": N_("Chính quyền"), "mass_organisation": N_("Đoàn thể")}
NONE_TICKED = N_("Đánh dấu ít nhất một danh sách.")


def list_forms(
    visit: Visit, cell: CellData, typed: Typed | None = None, act: str = ""
) -> tuple[ActionForm, ...]:
    """Entries, their settlement, the declaration and neighbours' ratings, for those who may keep them."""
    own = visit.acting.body == cell.organisation or visit.acting.role.value in (
        "officer",
        "organisation_board",
    )
    if visit.acting.role not in MAY_KEEP or not own or not cell.own:
        return ()
    settling = (_settlement(visit, cell, typed if act == "settlements" else None),)
    asked = set(asked_for(cell))
    found = [_entry(visit, cell, typed if act == "entries" else None)] if asked & set(ENTRIES) else []
    found.extend(settling if cell.open_entries else ())
    if asked:
        found.append(_declaration(visit, cell, typed if act == "declarations" else None))
    if asked & set(KINDS):
        found.append(_neighbour(visit, cell, typed if act == "neighbours" else None))
    return tuple(found)


def declare_command(cell: CellData, typed: Typed) -> DeclareLists | None:
    """The lists that were ticked; None where a field is wrong."""
    as_of = typed.day("as_of")
    lists = tuple(name for name in asked_for(cell) if typed.tick(f"list.{name}"))
    if not lists:
        typed.wrong("list.discipline", NONE_TICKED)
    if typed.errors:
        return None
    return DeclareLists(campaign=cell.campaign.id, organisation=cell.organisation, lists=lists, as_of=as_of)


def asked_for(cell: CellData) -> tuple[str, ...]:
    """The lists whose completeness some rule of the campaign asks about."""
    beside = {"mass_organisation": "mass_organisations.", "administration": "administration."}
    facts = {name: fact for name, (fact, _) in FACTS.items()} | beside
    return tuple(name for name in LISTS if cell.rulebook.asks_for(facts[name]))


def entry_command(cell: CellData, typed: Typed) -> RecordListEntry | None:
    """Something to be entered on a list; None where a field is wrong."""
    name = typed.one_of("entry_list", tuple(ENTRIES))
    subject = typed.one_of("subject", (*cell.roll, cell.organisation))
    sick, violation = name == "sick_leave", name == "violation"
    on = typed.day("decided_on") if not sick else None
    begun = typed.day("from_day") if sick else None
    ended = typed.day("to_day") if typed.raw("to_day") else None
    key = typed.text("violation", required=violation)
    cause = typed.one_of("cause", tuple(CAUSES), required=False)
    charged, document = typed.text("charged", required=False), typed.text("document", required=False)
    if typed.errors:
        return None
    return RecordListEntry(
        campaign=cell.campaign.id,
        organisation=cell.organisation,
        list=name,
        subject=subject,
        decided_on=on,
        from_day=begun,
        to_day=ended,
        cause=cause or None,
        violation=key or None,
        charged=charged or None,
        document=document or None,
        self_detected=typed.tick("self_detected"),
        disciplined=typed.tick("disciplined"),
        duty_related=typed.tick("duty_related"),
    )


def settle_command(cell: CellData, typed: Typed) -> SettleListEntry | None:
    """The day an open entry was settled; None where a field is wrong."""
    lists = {entry.entry: entry.list for entry in cell.open_entries}
    entry, on = typed.one_of("entry", tuple(lists)), typed.day("settled_on")
    if typed.errors:
        return None
    return SettleListEntry(
        campaign=cell.campaign.id,
        organisation=cell.organisation,
        list=lists[entry],
        entry=entry,
        settled_on=on,
    )


def neighbour_command(cell: CellData, typed: Typed) -> RateNeighbour | None:
    """The rating of a body of the same level; None where a field is wrong."""
    name, kind = typed.text("neighbour"), typed.one_of("neighbour_kind", tuple(KINDS))
    rank, length = typed.number("rank"), typed.number("scale_length")
    on, document = typed.day("rated_on"), typed.text("document")
    if typed.errors:
        return None
    return RateNeighbour(
        campaign=cell.campaign.id,
        organisation=cell.organisation,
        neighbour=name,
        neighbour_kind=kind,
        rank=rank,
        scale_length=length,
        rated_on=on,
        document=document,
    )


def _entry(visit: Visit, cell: CellData, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    about = [(person, cell.names.people.get(person, person)) for person in cell.roll]
    offered = {
        "entry_list": [(name, _(label)) for name, label in ENTRIES.items() if name in asked_for(cell)],
        "subject": [*about, (cell.organisation, cell.name)],
        "cause": [("", ""), *((name, _(label)) for name, label in CAUSES.items())],
    }
    not_sick = _("Không ghi với nghỉ ốm.")

    def field(name: str, label: str, kind: str = "text", hint: str = "") -> FormField:
        return FormField(
            name=name,
            label=label,
            kind=kind,  # type: ignore[arg-type]  # one of the kinds of a field
            hint=hint,
            required=name in ("entry_list", "subject"),
            value=_typed(typed, name, kind) if typed else "",
            error=typed.errors.get(name, "") if typed else "",
            choices=tuple(Choice(value=code, label=text) for code, text in offered.get(name, ())),
        )

    fields = (
        field("entry_list", _("Danh mục"), "select"),
        field("subject", _("Về ai"), "select"),
        field("decided_on", _("Ngày kết luận, quyết định hoặc ngày nhận"), "day", not_sick),
        field("from_day", _("Nghỉ ốm từ ngày"), "day"),
        field("to_day", _("Nghỉ ốm đến ngày"), "day"),
        field("violation", _("Mã vi phạm"), hint=_("Các quyết định về cùng một vi phạm ghi cùng một mã.")),
        field("charged", _("Trách nhiệm thuộc tổ chức")),
        field("cause", _("Nguyên nhân"), "select"),
        field("disciplined", _("Đã bị kỷ luật"), "tick"),
        field("self_detected", _("Tổ chức tự phát hiện, xử lý, khắc phục xong"), "tick"),
        field("duty_related", _("Liên quan đến chức trách, nhiệm vụ"), "tick"),
        field("document", _("Theo văn bản số")),
    )
    return _form(cell, "entries", _("Ghi vào danh mục"), fields)


def _typed(typed: Typed, name: str, kind: str) -> str:
    if kind == "tick":
        return "on" if typed.tick(name) else ""
    return typed.raw(name)


def _settlement(visit: Visit, cell: CellData, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    entries = []
    for entry in cell.open_entries:
        whom = cell.names.people.get(entry.subject) or cell.names.bodies.get(entry.subject, entry.subject)
        label = f"{_(ENTRIES[entry.list])}: {whom}, {day(entry.on)}"
        entries.append(Choice(value=entry.entry, label=label))
    fields = (
        FormField(
            name="entry",
            label=_("Mục đã giải quyết xong"),
            kind="select",
            required=True,
            value=typed.raw("entry") if typed else "",
            error=typed.errors.get("entry", "") if typed else "",
            choices=tuple(entries),
        ),
        FormField(
            name="settled_on",
            label=_("Ngày khắc phục, xác minh hoặc giải trình xong"),
            kind="day",
            required=True,
            value=typed.raw("settled_on") if typed else day(visit.today),
            error=typed.errors.get("settled_on", "") if typed else "",
        ),
    )
    return _form(cell, "settlements", _("Ghi đã giải quyết"), fields)


def _declaration(visit: Visit, cell: CellData, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    fields = []
    for name in asked_for(cell):
        label = LISTS[name]
        held = cell.declared.get(name)
        told = _("đã cam kết đến %(day)s") % {"day": day(held)} if isinstance(held, date) else ""
        fields.append(
            FormField(
                name=f"list.{name}",
                label=_(label),
                kind="tick",
                hint=told,
                value="on" if typed and typed.tick(f"list.{name}") else "",
                error=typed.errors.get(f"list.{name}", "") if typed else "",
            )
        )
    fields.append(
        FormField(
            name="as_of",
            label=_("Đủ đến ngày"),
            kind="day",
            required=True,
            value=typed.raw("as_of") if typed else day(min(visit.today, date(cell.campaign.year, 12, 31))),
            error=typed.errors.get("as_of", "") if typed else "",
        )
    )
    return _form(cell, "declarations", _("Cam kết"), tuple(fields))


def _neighbour(visit: Visit, cell: CellData, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    known = ", ".join(f"{row.neighbour}: {row.rank}/{row.scale_length}" for row in cell.neighbours)

    def field(name: str, label: str, kind: str = "text", hint: str = "") -> FormField:
        return FormField(
            name=name,
            label=label,
            kind=kind,  # type: ignore[arg-type]  # one of the kinds of a field
            hint=hint,
            required=True,
            value=typed.raw(name) if typed else day(visit.today) if kind == "day" else "",
            error=typed.errors.get(name, "") if typed else "",
            choices=tuple(Choice(value=code, label=_(text)) for code, text in KINDS.items())
            if kind == "select"
            else (),
        )

    hint = _("Đã có: %(known)s") % {"known": known} if known else ""
    fields = (
        field("neighbour", _("Tổ chức cùng cấp"), hint=hint),
        field("neighbour_kind", _("Loại"), "select"),
        field("rank", _("Bậc được xếp, 1 là cao nhất"), "number"),
        field("scale_length", _("Thang có mấy bậc"), "number"),
        field("rated_on", _("Ngày xếp loại"), "day"),
        field("document", _("Theo văn bản số")),
    )
    return _form(cell, "neighbours", _("Ghi xếp loại"), fields)


def _form(cell: CellData, noun: str, submit: str, fields: tuple[FormField, ...]) -> ActionForm:
    return ActionForm(
        action=f"/c/{cell.campaign.id}/o/{cell.organisation}/{noun}",
        submit=submit,
        fields=fields,
        command_id=secrets.token_hex(16),
    )
