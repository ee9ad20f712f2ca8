"""The ballot: one paper a voter, with every name and a box a level; nothing on it tells who votes."""

from __future__ import annotations

from collections.abc import Iterator

from api.pages.cell_ballot import columns, round_of
from api.pages.cell_data import Stored
from api.pages.format import KINDS, LEVELS, N_
from api.pages.prints.asked import Asked
from api.pages.prints.forms import mark_of
from handlers.names import name_key
from handlers.printing.papers import Column, Head, Paper, Table, file_name
from states import review as life

TITLE = N_("Phiếu xếp loại")
HALF_AN_A4 = 7
"""So many rows leave room for two papers on one A4; a long name counts as two."""
LONG_NAME = 30
ROWS_MAX = 4_000
"""So many rows are laid out at once; beyond that one paper is, and the printer makes the copies."""


def ballots(asked: Asked) -> Paper:
    """As many papers as people who count, laid out two on an A4 where few names are on it."""
    _ = asked.words.gettext
    cell = asked.cell
    tables = tuple(_tables(asked))
    rows = sum(len(table.rows) for table in tables)
    tall = sum(2 if len(str(row[1])) > LONG_NAME else 1 for table in tables for row in table.rows)
    copies = max(cell.official, 1)
    return Paper(
        name=file_name(_(TITLE), cell.name, cell.campaign.year),
        head=Head(left=(cell.name.upper(),), right=(_("ĐẢNG CỘNG SẢN VIỆT NAM"),)),
        title=_(TITLE).upper(),
        subtitle=_("chất lượng năm %(year)s") % {"year": cell.campaign.year},
        opening=(_("Đánh dấu X vào một ô ở mỗi dòng. Không ghi tên người bỏ phiếu."),),
        tables=tables,
        mark=mark_of(asked),
        copies=copies if copies * rows <= ROWS_MAX else 1,
        per_sheet=2 if tall + 2 * (len(tables) - 1) <= HALF_AN_A4 else 1,
    )


def advice(asked: Asked, paper: Paper) -> str:
    """What to know before printing them."""
    _ = asked.words.gettext
    told = {"count": max(asked.cell.official, 1)}
    if paper.copies == 1 and told["count"] > 1:
        return _("Phiếu có nhiều tên nên trang này chỉ xếp một phiếu: in %(count)s bản.") % told
    return (
        _("%(count)s phiếu, mỗi đảng viên chính thức một phiếu. Người không được bỏ phiếu thì bớt đi.") % told
    )


def _tables(asked: Asked) -> Iterator[Table]:
    _ = asked.words.gettext
    groups: dict[tuple[str, int], list[Stored]] = {}
    for row in asked.to_vote:
        groups.setdefault((row.kind, round_of(asked.cell, row)), []).append(row)
    for (kind, number), rows in groups.items():
        offered = columns(asked.cell, rows[0])
        titles = [_(LEVELS[level]) for level in offered]
        if len(offered) == 1:
            titles = [_("Đồng ý %(level)s") % {"level": titles[0]}, _("Không đồng ý")]
        caption = _(KINDS[kind]) if len(groups) > 1 else ""
        if caption and number == 2:
            caption = _("%(kind)s, vòng %(round)s") % {"kind": caption, "round": number}
        yield Table(
            caption=caption,
            columns=(
                Column(title=_("TT"), width=6, align="center"),
                Column(title=_("Họ và tên") if kind == life.INDIVIDUAL else _("Tổ chức"), width=26),
                Column(title=_("Mức đề nghị"), width=23, small=True),
                *(Column(title=title, width=12, align="center") for title in titles),
            ),
            rows=tuple(
                (place, asked.cell.person(row), _proposed(asked, row), *(None for _title in titles))
                for place, row in enumerate(in_order_of_names(asked, rows), start=1)
            ),
        )


def in_order_of_names(asked: Asked, rows: list[Stored]) -> list[Stored]:
    """As on a roll: by given name."""
    return sorted(rows, key=lambda row: (name_key(asked.cell.names.subject(row.review)), row.review))


def _proposed(asked: Asked, row: Stored) -> str:
    level = row.proposed_level or row.self_level or ""
    return asked.words.gettext(LEVELS[level]) if level in LEVELS else "–"
