"""What the board counts is what counting review by review gives; filters, order, branches and pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.board_filter import SHOWS, Wanted, read_kept
from api.pages.board_lines import ROWS_AT_ONCE, Lines, lines_of
from api.pages.counted import STEPS
from api.pages.views_board import BoardRow, BranchRow
from states import review as life
from states.roles import Role
from tests.board.planted import BRANCHES, CELLS, Planted, Review
from tests.builders import BASE, FIRST, SECOND
from workflow.commands.asking import Actor

PROPERTY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

BEHIND = {
    life.OPEN: 0, life.PREPARED: 1, life.ABSENT: 1, life.PAUSED: 1, life.ANNULLED: 1, life.DRAFT_SENT: 2,
    life.REVIEWED: 3, life.VOTED: 4, life.RETURNED: 4, life.SUBMITTED: 5, life.APPRAISED: 6,
    life.APPROVED: 7, life.RE_RATED: 7,
}  # fmt: skip
"""How many steps are behind a review at a stage, told once more."""

BODIES = (FIRST, SECOND, *CELLS)
LEVELS = ("", "HTXSNV", "HTTNV")


def reviews() -> st.SearchStrategy[list[Review]]:
    """Up to some dozens of reviews, anywhere, at any stage."""
    one = st.tuples(st.sampled_from(BODIES), st.sampled_from(life.EVERY), st.sampled_from(LEVELS))
    return st.lists(one, max_size=60)


def recounted(reviews: Sequence[Review], step: str) -> tuple[int, int]:
    """How many have passed a step and how many must, review by review."""
    place = STEPS.index(step) + 1
    done = total = 0
    for _, stage, _ in reviews:
        if stage == life.EXEMPT or (stage == life.REVIEWED_UNRATED and place > 3):
            continue
        total += 1
        done += stage == life.REVIEWED_UNRATED or BEHIND[stage] >= place
    return done, total


@PROPERTY
@given(drawn=reviews())
def test_every_count_is_that_of_counting_the_reviews_one_by_one(board: Planted, drawn: list[Review]) -> None:
    board.give(drawn)
    found = board.board().found
    assert {row.body.body for row in found.rows} == {organisation for organisation, _, _ in drawn}
    for row in found.rows:
        mine = [one for one in drawn if one[0] == row.body.body]
        told = [(row.standing.done(step), row.standing.total(step)) for step in found.steps]
        assert told == [recounted(mine, step) for step in found.steps], row.body.body
    lines = walked(board, Wanted())
    for line in lines.lines:
        if isinstance(line, BranchRow):
            inside = [
                one for one in drawn if one[0] in ((FIRST, SECOND) if line.direct else cells(line.code))
            ]
            told = [(cell.done, cell.total) for cell in line.cells]
            assert told == [recounted(inside, step) for step in found.steps], line.code


@PROPERTY
@given(
    drawn=reviews(),
    show=st.sampled_from(SHOWS),
    stage=st.sampled_from(("", *STEPS)),
    level=st.sampled_from(LEVELS),
    query=st.sampled_from(("", "phan xuong", "ĐÚC KA", "zzz")),
)
def test_filters_together_keep_what_each_of_them_keeps_and_say_how_many_before(
    board: Planted, drawn: list[Review], show: str, stage: str, level: str, query: str
) -> None:
    board.give(drawn)
    kept = set(board.shown(show=show, stage=stage, level=level, query=query))
    alone = [
        set(board.shown(show=show)),
        set(board.shown(stage=stage)),
        set(board.shown(level=level)),
        set(board.shown(query=query)),
    ]
    assert kept == set.intersection(*alone)
    beside = board.board(Wanted(stage=stage, level=level, query=query)).found
    assert beside.by_show.get(show, 0) == len(kept)
    assert (
        board.board(Wanted(show=show, level=level, query=query)).found.by_stage.get(stage, 0)
        == (len(kept) if stage else 0)
        or not stage
    )
    if level:
        counted = board.board(Wanted(show=show, stage=stage, query=query)).found.by_level.get(level, 0)
        assert counted == len(kept)


def test_a_body_is_stuck_at_the_first_step_somebody_has_still_to_pass(board: Planted) -> None:
    board.give([("KA01", life.VOTED, ""), ("KA01", life.PREPARED, ""), ("KA02", life.SUBMITTED, "")])
    assert board.shown(stage="draft_sent") == ["KA01"]
    assert board.shown(stage="appraised") == ["KA02"]
    assert board.shown(stage="voted") == []


def test_the_most_urgent_come_first_where_that_is_asked_for(board: Planted) -> None:
    """Late before sent back, what is done last."""
    board.give(
        [
            ("KA01", life.APPROVED, ""),
            ("KA02", life.RETURNED, ""),
            ("KB01", life.OPEN, ""),
            ("KB02", life.APPROVED, ""),
        ]
    )
    board.town.now.put(date(2017, 2, 2))
    assert board.shown(sort="late", show="late")[0] in {"KA02", "KB01"}
    assert board.shown(sort="late")[-2:] == ["KA01", "KB02"]
    assert board.shown() == ["KA01", "KA02", "KB01", "KB02"]


def test_branches_stand_in_the_order_of_the_tree_what_is_directly_below_the_base_first(
    board: Planted,
) -> None:
    board.give([(cell, life.OPEN, "") for cell in BODIES])
    lines = walked(board, Wanted())
    headings = [line.code for line in lines.lines if isinstance(line, BranchRow)]
    assert headings == [BASE, *BRANCHES]
    rows = [line.href.rpartition("/")[2] for line in lines.lines if isinstance(line, BoardRow)]
    assert rows == list(BODIES)


def test_a_folded_branch_is_one_row_with_its_sums_and_is_still_counted(board: Planted) -> None:
    board.give([(cell, life.VOTED, "") for cell in BODIES])
    lines = walked(board, Wanted(fold=("KA",)))
    assert lines.last == len(BODIES) - 6
    (branch,) = [line for line in lines.lines if isinstance(line, BranchRow) and line.code == "KA"]
    assert branch.folded
    assert (branch.bodies, branch.matching) == (6, 6)
    assert (branch.cells[0].done, branch.cells[0].total) == (6, 6)
    assert "fold" not in branch.fold_href, "pressing it once more unfolds it"
    assert len(board.shown(fold=("KA",))) == len(BODIES), "all that match, whatever is folded"


def test_pages_follow_one_another_without_a_gap_and_nothing_twice(board: Planted) -> None:
    """Also in a filter, in another order, and where a branch goes on over the page."""
    many = [f"X{number:04}" for number in range(ROWS_AT_ONCE + 57)]
    board.give([(cell, life.OPEN, "") for cell in (*many, *CELLS)])
    for wanted in (Wanted(), Wanted(sort="late"), Wanted(query="x0"), Wanted(fold=("KB",))):
        seen: list[str] = []
        page, more = 1, True
        while more:
            lines = walked(board, read_kept(wanted.kept), page)
            rows = [line.href.rpartition("/")[2] for line in lines.lines if isinstance(line, BoardRow)]
            assert (lines.first, lines.last) == (len(seen) + 1, len(seen) + len(rows))
            seen, page, more = seen + rows, page + 1, lines.more
        matching = board.board(wanted).found.kept
        hidden = 6 if wanted.fold else 0
        assert len(seen) == len(set(seen)) == len(matching) - hidden
        assert page > 2 or wanted.query


def test_a_page_beyond_the_last_is_empty(board: Planted) -> None:
    board.give([("KA01", life.OPEN, "")])
    lines = walked(board, Wanted(), 4)
    assert (lines.lines, lines.more) == ((), False)


def test_who_sees_one_branch_has_no_row_of_another_and_sums_of_what_is_seen(board: Planted) -> None:
    board.give([(cell, life.OPEN, "") for cell in BODIES])
    committee = Actor(id="91", role=Role.COMMITTEE, body="KA")
    found = board.board(Wanted(), committee).found
    assert {row.body.body for row in found.rows} == set(cells("KA"))
    assert found.by_show["all"] == 6
    assert board.shown(committee, query="KB01") == []


def test_the_names_follow_the_roster_and_the_counts_every_event(board: Planted) -> None:
    """One service for all looks, as in a running process."""
    service = board.service
    board.give([("KA01", life.OPEN, ""), ("Z9", life.OPEN, "")])
    before = {row.body.body: row.body.name for row in board.board(service=service).found.rows}
    assert before == {"KA01": "Chi bộ Phân xưởng Đúc KA01", "Z9": "Z9"}
    board.give([("KA01", life.OPEN, ""), ("KA02", life.VOTED, "")])
    then = board.board(service=service).found
    assert [row.body.body for row in then.rows] == ["KA01", "KA02"]
    assert then.rows[1].body.name == "Chi bộ Phân xưởng Đúc KA02"


def cells(branch: str) -> tuple[str, ...]:
    """The cells below a branch."""
    return tuple(cell for cell in CELLS if cell.startswith(branch))


def walked(board: Planted, wanted: Wanted, page: int = 1) -> Lines:
    """A page of the board as it is drawn."""
    asked = Wanted(**{**{name: getattr(wanted, name) for name in wanted.__slots__}, "page": page})
    read = board.board(asked)
    return lines_of(read.campaign, read.found, read.base, asked, flat=asked.sort != "tree")
