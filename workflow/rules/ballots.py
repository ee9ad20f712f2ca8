"""Motions of a ballot sheet: which levels are put with how many papers, and what is put next (C-12)."""

from __future__ import annotations

from collections.abc import Iterable

from states.levels import Scale
from workflow.rules.flow import CUMULATIVE, TWO_ROUNDS, Flow
from workflow.rules.rulebook import Rulebook


def motions_of(scale: Scale, marks: Iterable[tuple[str, int]], count: str) -> tuple[tuple[str, int], ...]:
    """The levels of one row of the sheet, best first, each with the papers that count for it.

    A level nobody marked is not put, unless it is the only one on the paper. Counted per level, papers for
    one level never count for another (C-12). Cumulative, papers for a better level count for each lower one
    but the lowest: that one is for a fault, and nobody is led to it by papers that praise. KeyError for a
    level of another scale.
    """
    marked = dict(marks)
    alone = len(marked) == 1
    put, better = [], 0
    for level in sorted(marked, key=scale.place):
        papers = marked[level]
        if count == CUMULATIVE and level != scale.lowest:
            better += papers
            papers = better
        if papers or alone:
            put.append((level, papers))
    return tuple(put)


def columns_of(scale: Scale, flow: Flow, round_number: int) -> tuple[str, ...]:
    """The levels a paper of this round may offer: in two rounds the top level alone has the second."""
    if flow.rounds != TWO_ROUNDS:
        return scale.levels
    return scale.levels[1:] if round_number == 1 else scale.levels[:1]


def next_motion(rulebook: Rulebook, kind: str, level: str) -> str | None:
    """The level put after this one failed, in a new ballot; None after the lowest: there is no result."""
    scale = rulebook.scale(kind)
    return scale.next_lower(level) if scale is not None else None
