"""The list a body submits: everybody it rates, with self-rating, ballot and the level put forward."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from api.pages.cell_data import Stored
from api.pages.format import LEVELS, N_, STANDINGS
from api.pages.prints.asked import Asked
from api.pages.prints.count import in_favour
from api.pages.prints.forms import (
    head_of,
    levels_needed,
    mark_of,
    post_of,
    signed_by_head,
)
from handlers.printing.papers import Cell, Column, Paper, Signature, Table, file_name
from states import review as life
from states import submission as bundle_life
from workflow.rules.flow import PROPOSAL, SELF

TITLE = N_("Danh sách đề nghị xếp loại")
CAPTIONS = {
    life.INDIVIDUAL: N_("Cá nhân"),
    life.COLLECTIVE: N_("Tập thể"),
    life.ORGANISATION: N_("Tổ chức"),
}


def submission_list(asked: Asked) -> Paper:
    """A table a kind of review, in lawful order; who is not rated is listed with the reason."""
    _ = asked.words.gettext
    cell = asked.cell
    sent = [row.sent_on for row in cell.bundles if row.stage != bundle_life.RETURNED]
    return Paper(
        name=file_name(_(TITLE), cell.name, cell.campaign.year),
        head=head_of(asked, "DS", max(sent, default=None)),
        title=_(TITLE).upper(),
        subtitle=_("chất lượng năm %(year)s, gửi %(superior)s")
        % {"year": cell.campaign.year, "superior": cell.names.body(cell.superior)},
        tables=tuple(_tables(asked)),
        signatures=(
            Signature(lines=(_("NGƯỜI LẬP"),)),
            signed_by_head(asked),
        ),
        mark=mark_of(asked),
    )


def level_of(asked: Asked, row: Stored) -> str:
    """The level put forward: the one voted, or what stands in its place where nothing is voted on."""
    source = asked.cell.rulebook.flow(row.kind).source
    if source == SELF:
        return row.self_level or ""
    if source == PROPOSAL:
        return row.proposed_level or ""
    return row.voted_level or ""


def _tables(asked: Asked) -> Iterator[Table]:
    groups: dict[str, list[Stored]] = {}
    for row in asked.cell.own:
        if row.rated or row.stage in (life.EXEMPT, life.REVIEWED_UNRATED):
            groups.setdefault(row.kind, []).append(row)
    for kind, rows in groups.items():
        yield _table(asked, kind, rows, alone=len(groups) == 1)


def _table(asked: Asked, kind: str, rows: list[Stored], *, alone: bool) -> Table:
    _ = asked.words.gettext
    voted = any(asked.cell.puts_to_the_vote(row) for row in rows)
    return Table(
        caption="" if alone else _(CAPTIONS[kind]),
        notes=tuple(_sums(asked, kind, rows, voted=voted)),
        columns=(
            Column(title=_("TT"), width=6, align="center"),
            Column(title=_("Họ và tên") if kind == life.INDIVIDUAL else _("Tên"), width=28),
            *((Column(title=_("Chức vụ"), width=16),) if kind == life.INDIVIDUAL else ()),
            Column(title=_("Tự xếp loại"), width=16),
            *((Column(title=_("Phiếu đồng ý"), width=10, align="center"),) if voted else ()),
            Column(title=_("Đề nghị"), width=16),
            Column(title=_("Ghi chú"), width=16),
        ),
        rows=tuple(
            _row(asked, row, place, voted=voted, post=kind == life.INDIVIDUAL)
            for place, row in enumerate(rows, start=1)
        ),
    )


def _row(asked: Asked, row: Stored, place: int, *, voted: bool, post: bool) -> tuple[Cell, ...]:
    level = level_of(asked, row)
    return (
        place,
        asked.cell.person(row),
        *((post_of(asked, row.subject),) if post else ()),
        _word(asked, row.self_level),
        *((_votes(asked, row),) if voted else ()),
        _word(asked, level),
        _note(asked, row, level),
    )


def _word(asked: Asked, level: str | None) -> str:
    return asked.words.gettext(LEVELS[level]) if level in LEVELS else "–"


def _votes(asked: Asked, row: Stored) -> str:
    """In favour of how many, on the latest sheet that carried the level."""
    for sheet in reversed(asked.cell.sheets):
        votes = in_favour(asked, sheet, row)
        if votes is not None:
            return f"{votes}/{sheet.entitled}"
    return "–"


def _note(asked: Asked, row: Stored, level: str) -> str:
    """Where somebody stands who is not ready to be put forward, or why nobody rates him."""
    _ = asked.words.gettext
    if row.stage in (life.EXEMPT, life.REVIEWED_UNRATED) or not level:
        return _(STANDINGS[row.stage])
    return ""


def _sums(asked: Asked, kind: str, rows: list[Stored], *, voted: bool) -> Iterator[str]:
    _ = asked.words.gettext
    scale = asked.cell.rulebook.scale(kind)
    levels = scale.levels if scale else ()
    counted = Counter(level_of(asked, row) for row in rows)
    put = sum(counted[level] for level in levels)
    parts = "; ".join(f"{_(LEVELS[level])}: {counted[level]}" for level in levels if counted[level])
    told = {"count": len(rows), "put": put, "levels": parts}
    if not put:
        yield _("%(count)s kỳ, chưa đề nghị kỳ nào.") % told
    elif kind == life.INDIVIDUAL and not asked.cell.is_union:
        yield _("%(count)s đảng viên, đề nghị %(put)s: %(levels)s.") % told
    else:
        yield _("%(count)s kỳ, đề nghị %(put)s: %(levels)s.") % told
    if voted:
        entitled = asked.cell.sheets[-1].entitled if asked.cell.sheets else asked.cell.official
        yield from levels_needed(asked, kind, levels, 1, entitled)
