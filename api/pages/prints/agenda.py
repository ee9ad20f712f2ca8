"""The agenda of the meeting in lawful order: what is taken, who chairs it, by which clause."""

from __future__ import annotations

from collections.abc import Iterator

from api.pages.cell_meeting import agenda_of
from api.pages.cell_minutes import usual_chair
from api.pages.format import N_
from api.pages.prints.asked import Asked
from api.pages.prints.forms import DOTS, head_name, head_of, mark_of, when, where
from handlers.printing.papers import Cell, Column, Paper, Signature, Table, file_name

TITLE = N_("Chương trình")
NAMED_MAX = 40
"""So many people of one item are named; of more only their number is said, so that a row stays on a page."""


def agenda(asked: Asked) -> Paper:
    """Numbered items, one a row, with room for the hour."""
    _ = asked.words.gettext
    cell = asked.cell
    rows = tuple((place, *row) for place, row in enumerate(_items(asked), start=1))
    return Paper(
        name=file_name(_(TITLE), cell.name, cell.campaign.year),
        head=head_of(asked, "CTr", asked.meeting_day),
        title=_(TITLE).upper(),
        subtitle=_("họp kiểm điểm, đánh giá, xếp loại năm %(year)s") % {"year": cell.campaign.year},
        opening=(when(asked), where(asked), _who(asked)),
        tables=(
            Table(
                columns=(
                    Column(title=_("TT"), width=6, align="center"),
                    Column(title=_("Nội dung"), width=40),
                    Column(title=_("Chủ trì"), width=24),
                    Column(title=_("Căn cứ"), width=24),
                    Column(title=_("Giờ"), width=8, align="center"),
                ),
                rows=rows,
            ),
        ),
        signatures=(
            Signature(lines=(_("CHỦ TRÌ"),), name=head_name(cell)),
            Signature(lines=(_("THƯ KÝ"),)),
        ),
        mark=mark_of(asked),
    )


def _who(asked: Asked) -> str:
    _ = asked.words.gettext
    count = len(asked.cell.roll)
    if asked.cell.is_union:
        return _("Thành phần: %(count)s người trong danh sách, đại diện cấp trên.") % {"count": count}
    return _(
        "Thành phần: %(count)s đảng viên, trong đó %(official)s chính thức; đại diện cấp ủy cấp trên."
    ) % {"count": count, "official": asked.cell.official}


def _items(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    _ = asked.words.gettext
    cell = asked.cell
    by_review = {row.review: row for row in cell.here}
    for item in agenda_of(cell, asked.words):
        named = [one for one in item.sessions if by_review[one.review].subject != cell.organisation]
        people = ", ".join(one.name for one in named)
        if len(named) > NAMED_MAX:
            people = asked.words.ngettext("%(num)d người", "%(num)d người", len(named)) % {"num": len(named)}
        chairs = dict.fromkeys(usual_chair(cell, by_review[one.review]) for one in item.sessions)
        yield (
            f"{item.title}: {people}" if people else item.title,
            ", ".join(cell.names.person(one) if one else DOTS for one in chairs) or _("Tổ kiểm phiếu"),
            item.clause.label if item.clause else "",
            None,
        )
    if cell.has_ballot:
        yield (_("Công bố kết quả kiểm phiếu"), _("Tổ kiểm phiếu"), "", None)
    yield (_("Thông qua biên bản"), head_name(cell) or DOTS, "", None)
