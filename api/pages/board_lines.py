"""The lines of one page of a board: rows under the branches they belong to, or all in one list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from api.board_filter import Wanted
from api.pages.board_rows import Found, Row
from api.pages.counted import Standing, standing_of, together
from api.pages.views_board import BoardRow, BranchRow, HeatCell
from handlers.boards.tree import Tree
from workflow.bodies import Campaign

ROWS_AT_ONCE: Final = 300
"""Rows on one page; the sums in the head are of all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lines:
    """What a page draws: rows `first` to `last` of all that match, both counted from 1; `more` follow."""

    lines: tuple[BoardRow | BranchRow, ...]
    first: int
    last: int
    more: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Item:
    """A row, or the heading of a branch, with how many rows come before it."""

    at: int
    depth: int
    row: Row | None = None
    branch: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Branch:
    """A body with rows below it: how many there are, how many match, how many are late or at risk."""

    bodies: int
    matching: int
    late: int
    risk: int
    standing: Standing


def lines_of(campaign: Campaign, found: Found, base: str, wanted: Wanted, *, flat: bool) -> Lines:
    """The lines of the page that is asked for; `flat` leaves the tree aside, since the rows are in another
    order.
    """
    first = (wanted.page - 1) * ROWS_AT_ONCE
    last = first + ROWS_AT_ONCE
    if flat:
        rows = found.kept
        drawn: list[BoardRow | BranchRow] = [
            _row(found, base, row, 0, above=found.tree.name(row.body.superior)) for row in rows[first:last]
        ]
        return _lines(drawn, first, min(last, len(rows)), len(rows) > last)
    return _Walk(campaign, found, base, wanted).page(first, last)


def _lines(drawn: Sequence[BoardRow | BranchRow], first: int, last: int, more: bool) -> Lines:
    return Lines(lines=tuple(drawn), first=min(first + 1, last), last=last, more=more)


class _Walk:
    """A way down the tree, branch by branch: what is directly below a body, then the branches below that."""

    def __init__(self, campaign: Campaign, found: Found, base: str, wanted: Wanted) -> None:
        self._found, self._base, self._wanted = found, base, wanted
        self._tree: Tree = found.tree
        self._root = campaign.organisation
        self._folded = frozenset(wanted.fold)
        self._several = len({row.body.superior for row in found.rows}) > 1
        self._ways: dict[str, tuple[str, ...]] = {}
        self._branches = self._summed()

    def page(self, first: int, last: int) -> Lines:
        """The lines from row `first` to before row `last`, from 0. A branch that began on an earlier page is
        headed again.
        """
        items, total = self._items()
        on_page = [item for item in items if first <= min(item.at, max(total - 1, 0)) < last]
        drawn: list[BoardRow | BranchRow] = []
        if first and on_page and on_page[0].row is not None:
            way = self._way(on_page[0].row.body.superior)
            drawn += [self._branch(name, depth, again=True) for depth, name in enumerate(way)]
        for item in on_page:
            if item.row is not None:
                drawn.append(_row(self._found, self._base, item.row, item.depth))
            else:
                drawn.append(self._branch(item.branch, item.depth))
        return _lines(drawn, first, min(last, total), total > last)

    def _items(self) -> tuple[list[_Item], int]:
        """Everything there is to draw, in order, and how many rows that is without what is folded."""
        places, unknown = self._tree.places, len(self._tree.places)
        kept = sorted(
            self._found.kept,
            key=lambda row: (places.get(row.body.superior, unknown), row.place, row.body.body),
        )
        items: list[_Item] = []
        headed: set[str] = set()
        rows = 0
        for row in kept:
            way = self._way(row.body.superior)
            hidden = False
            for depth, name in enumerate(way):
                if name not in headed:
                    headed.add(name)
                    items.append(_Item(at=rows, depth=depth, branch=name))
                if name in self._folded:
                    hidden = True
                    break
            if not hidden:
                items.append(_Item(at=rows, depth=max(len(way) - 1, 0), row=row))
                rows += 1
        return items, rows

    def _way(self, superior: str) -> tuple[str, ...]:
        """The headings over the rows directly below a body, the highest first. What lies outside the
        campaign's branch has none, and so has a board with all its bodies below one.
        """
        if superior not in self._ways:
            self._ways[superior] = self._found_way(superior) if self._several else ()
        return self._ways[superior]

    def _found_way(self, superior: str) -> tuple[str, ...]:
        if superior == self._root:
            return (superior,)
        chain = (superior, *self._tree.above(superior))
        if self._root not in chain:
            return ()
        return tuple(reversed(chain[: chain.index(self._root)]))

    def _branch(self, name: str, depth: int, *, again: bool = False) -> BranchRow:
        one, folded = self._branches[name], name in self._folded
        fold = self._wanted.fold
        other = tuple(each for each in fold if each != name) if folded else (*fold, name)
        return BranchRow(
            code=name,
            name=self._tree.name(name),
            direct=name == self._root,
            depth=depth,
            bodies=one.bodies,
            matching=one.matching,
            late=one.late,
            risk=one.risk,
            cells=_cells(one.standing, ()),
            folded=folded,
            again=again,
            fold_href=self._wanted.address(self._base, fold=other),
        )

    def _summed(self) -> Mapping[str, _Branch]:
        """The sums of every branch: of all its bodies, whatever is asked for."""
        parts: dict[str, list[Row]] = {}
        for row in self._found.rows:
            for name in self._way(row.body.superior):
                parts.setdefault(name, []).append(row)
        kept = {id(row) for row in self._found.kept}
        return {
            name: _Branch(
                bodies=len(rows),
                matching=sum(1 for row in rows if id(row) in kept),
                late=sum(1 for row in rows if row.shows == "late"),
                risk=sum(1 for row in rows if row.shows == "risk"),
                standing=standing_of(self._found.steps, together([row.counts for row in rows])),
            )
            for name, rows in parts.items()
        }


def _row(found: Found, base: str, row: Row, depth: int, above: str = "") -> BoardRow:
    return BoardRow(
        name=row.body.name,
        href=f"{base}/o/{row.body.body}",
        members=row.standing.total(),
        cells=_cells(row.standing, row.late),
        state=row.state,
        secretary=row.body.head,
        depth=depth,
        above=above,
    )


@lru_cache(maxsize=20_000)
def _cells(standing: Standing, late: tuple[str, ...]) -> tuple[HeatCell, ...]:
    return tuple(
        HeatCell(stage=stage, done=standing.done(stage), total=standing.total(stage), late=stage in late)
        for stage in standing.steps
    )
