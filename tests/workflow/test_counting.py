"""Counts on paper: what cannot be is never accepted, columns count as a layer says, two lists differ."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.levels import Scale
from workflow.commands.meeting import Papers
from workflow.errors import BadCounts
from workflow.rules.ballots import columns_of, motions_of
from workflow.rules.flow import CUMULATIVE, PER_LEVEL, TWO_ROUNDS, Flow
from workflow.stages.counting import check_sums, reconcile
from workflow.voters import voters_of

SCALE = Scale(("HTXSNV", "HTTNV", "HTNV", "KHTNV"))
FEW = st.integers(-1, 7)
ROWS = st.lists(st.lists(FEW, min_size=1, max_size=4), max_size=3)


@given(casting=FEW, issued=FEW, collected=FEW, valid=FEW, invalid=FEW, rows=ROWS)
def test_what_is_accepted_could_have_been_cast(
    casting: int, issued: int, collected: int, valid: int, invalid: int, rows: list[list[int]]
) -> None:
    """A paper handed out to each of those who cast, at most one mark a name on each valid one."""
    papers = Papers(issued=issued, collected=collected, valid=valid, invalid=invalid)
    counts = {str(n): list(zip(SCALE.levels, row, strict=False)) for n, row in enumerate(rows)}
    named = [(f"{n} {level}", votes) for n, row in counts.items() for level, votes in row]
    possible = (
        0 <= collected <= issued <= casting
        and valid >= 0
        and invalid >= 0
        and valid + invalid == collected
        and all(votes >= 0 for _, votes in named)
        and all(sum(row) <= valid for row in rows)
    )
    try:
        reconcile("P1", papers, casting, named)
        check_sums("P1", papers, counts)
        accepted = True
    except BadCounts:
        accepted = False
    assert accepted == possible


@pytest.mark.parametrize(
    ("marks", "count", "put"),
    [
        # each column for itself; what nobody marked is not put
        ({"HTXSNV": 3, "HTTNV": 0, "HTNV": 2}, PER_LEVEL, (("HTXSNV", 3), ("HTNV", 2))),
        # a level alone on the paper is put even with no vote
        ({"HTTNV": 0}, PER_LEVEL, (("HTTNV", 0),)),
        # better levels count for lower ones, never for the lowest
        ({"HTXSNV": 3, "HTTNV": 1, "KHTNV": 2}, CUMULATIVE, (("HTXSNV", 3), ("HTTNV", 4), ("KHTNV", 2))),
        ({"HTXSNV": 3, "HTTNV": 0, "HTNV": 0}, CUMULATIVE, (("HTXSNV", 3), ("HTTNV", 3), ("HTNV", 3))),
        ({"KHTNV": 0, "HTNV": 0, "HTXSNV": 0}, CUMULATIVE, ()),
    ],
)
def test_columns_become_motions(marks: dict[str, int], count: str, put: tuple[tuple[str, int], ...]) -> None:
    assert motions_of(SCALE, marks.items(), count) == put


@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_counted_cumulatively_no_level_has_fewer_papers_than_marked(marked: list[int]) -> None:
    marks = dict(zip(SCALE.levels, marked, strict=True))
    put = dict(motions_of(SCALE, marks.items(), CUMULATIVE))
    alone = dict(motions_of(SCALE, marks.items(), PER_LEVEL))
    assert all(put[level] >= papers for level, papers in alone.items())
    assert max(put.values(), default=0) <= sum(marked)


def test_the_top_level_has_the_second_round_for_itself() -> None:
    two = Flow(kind="individual", rounds=TWO_ROUNDS)
    assert columns_of(SCALE, two, 1) == ("HTTNV", "HTNV", "KHTNV")
    assert columns_of(SCALE, two, 2) == ("HTXSNV",)
    assert columns_of(SCALE, Flow(kind="individual"), 1) == SCALE.levels


@dataclass(frozen=True)
class People:
    counters: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    exempt_attending: tuple[str, ...] = ()


def test_who_counts_and_who_casts_are_two_lists() -> None:
    """Absent members count, exempt ones only where they came, barred ones unless a layer says so (C-09)."""
    named = People(absent=("b",), barred=("c",), exempt_attending=("x",))
    lists = voters_of(("a", "b", "c"), ("x", "y"), named, barred_left_out=False)
    assert (lists.counted, lists.casting) == (frozenset("abcx"), frozenset("ax"))
    assert (lists.exempt_away, lists.strangers) == (1, ())
    lists = voters_of(("a", "b", "c"), ("x", "y"), named, barred_left_out=True)
    assert (lists.counted, lists.casting) == (frozenset("abx"), frozenset("ax"))


def test_somebody_who_has_no_place_in_the_lists_is_named() -> None:
    named = People(absent=("y", "z"), exempt_attending=("a",))
    assert voters_of(("a",), ("y",), named, barred_left_out=False).strangers == ("a", "y", "z")
