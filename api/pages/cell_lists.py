"""What a body declares once a campaign: its lists are complete, its neighbours are rated."""

from __future__ import annotations

import secrets
from datetime import date

from api.pages.cell_data import CellData
from api.pages.format import N_, day
from api.pages.typed import Typed
from api.pages.views import ActionForm, Choice, FormField
from api.pages.visits import Visit
from workflow.commands.campaign import DeclareLists, RateNeighbour
from workflow.stages.listing import MAY_KEEP

LISTS: dict[str, str] = {
    "discipline": N_("Danh sách kỷ luật đã đủ"),
    "sick_leave": N_("Danh sách nghỉ ốm đã đủ"),
    "mass_organisation": N_("Danh sách đoàn thể cùng cấp đã đủ"),
    "administration": N_("Đã khai chính quyền cùng cấp"),
}
KINDS: dict[str, str] = {"administration": N_("Chính quyền"), "mass_organisation": N_("Đoàn thể")}
NONE_TICKED = N_("Đánh dấu ít nhất một danh sách.")


def list_forms(
    visit: Visit, cell: CellData, typed: Typed | None = None, act: str = ""
) -> tuple[ActionForm, ...]:
    """The declaration and the ratings of neighbours, for those who may keep them."""
    own = visit.acting.body == cell.organisation or visit.acting.role.value in (
        "officer",
        "organisation_board",
    )
    if visit.acting.role not in MAY_KEEP or not own or not cell.own:
        return ()
    return (
        _declaration(visit, cell, typed if act == "declarations" else None),
        _neighbour(visit, cell, typed if act == "neighbours" else None),
    )


def declare_command(cell: CellData, typed: Typed) -> DeclareLists | None:
    """The lists that were ticked; None where a field is wrong."""
    as_of = typed.day("as_of")
    lists = tuple(name for name in LISTS if typed.tick(f"list.{name}"))
    if not lists:
        typed.wrong("list.discipline", NONE_TICKED)
    if typed.errors:
        return None
    return DeclareLists(campaign=cell.campaign.id, organisation=cell.organisation, lists=lists, as_of=as_of)


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


def _declaration(visit: Visit, cell: CellData, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    fields = []
    for name, label in LISTS.items():
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
