"""What the insight counts, beside counts made by hand and beside a plain recount of random reviews."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Select, insert, select

from handlers.insight.ceilings import Ceiling, ceilings
from handlers.insight.cohort import read_cohort
from handlers.insight.earlier import year_before
from handlers.insight.reading import all_alike, spreads
from handlers.insight.shifts import DECISION, SELF, VOTE, shifts
from handlers.tables import CAMPAIGNS, EARLIER_YEARS, REVIEWS
from states import review as life
from tests.insight.cohorts import (
    BOOK,
    CAMPAIGN,
    FAILED,
    GOOD,
    MET,
    TOP,
    Told,
    campaign,
    campaign_row,
    enter,
    enter_roll,
    paper,
)
from workflow.database import Database

EVERYWHERE: Select[tuple[str]] = select(REVIEWS.c.organisation)
SCALE = BOOK.scale(life.INDIVIDUAL)
LEVELS = (TOP, GOOD, MET, FAILED)


def ceilings_of(connection: Connection, year: int = 2017) -> dict[str, Ceiling]:
    cohort = read_cohort(connection, str(year), EVERYWHERE)
    found = ceilings(connection, campaign(year), BOOK, cohort, EVERYWHERE, whole=True)
    return {one.body: one for one in found}


def test_a_year_of_two_cells_counted_by_hand(database: Database) -> None:
    """21 and 13 reviews: levels, shares that make 1000, and who owes none."""
    with database.write() as connection:
        enter(
            connection,
            [
                Told(own=TOP, voted=TOP, decided=TOP, reviews=3),
                Told(own=TOP, voted=GOOD, decided=GOOD, reviews=4),
                Told(own=GOOD, voted=GOOD, decided=GOOD, reviews=11),
                Told(own=GOOD, voted=MET, decided=MET, reviews=2),
                Told(stage=life.EXEMPT, rated=False),
                Told(organisation="CB02", own=GOOD, voted=GOOD, stage=life.VOTED, reviews=9),
                Told(organisation="CB02", own=GOOD, voted=FAILED, stage=life.VOTED),
                Told(organisation="CB02", own=MET, stage=life.PREPARED, reviews=3),
            ],
        )
        cohort = read_cohort(connection, CAMPAIGN, EVERYWHERE)
    (people,) = spreads(cohort, Counter(), BOOK)
    assert [(one.level, one.now) for one in people.shares] == [(TOP, 3), (GOOD, 24), (MET, 2), (FAILED, 1)]
    assert [one.now_tenths for one in people.shares] == [100, 800, 67, 33]
    assert (people.rated, people.owing, people.unrated, people.known_then) == (30, 3, 1, 0)


def test_own_rating_vote_and_decision_are_put_beside_each_other(database: Database) -> None:
    with database.write() as connection:
        enter(
            connection,
            [
                Told(own=TOP, voted=TOP, decided=GOOD, reviews=2),
                Told(own=TOP, voted=GOOD, decided=GOOD, reviews=4),
                Told(own=GOOD, voted=TOP, decided=TOP),
                Told(own=GOOD, voted=GOOD, stage=life.VOTED, reviews=5),
                Told(voted=MET, decided=MET),  # no own rating: not in the first table
                Told(own=TOP, voted=GOOD, stage=life.REVIEWED_UNRATED),  # left out by a clause
            ],
        )
        cohort = read_cohort(connection, CAMPAIGN, EVERYWHERE)
    assert SCALE is not None
    to_vote, to_decision = shifts(cohort, SCALE, life.INDIVIDUAL)
    assert (to_vote.before, to_vote.after, to_decision.before, to_decision.after) == (
        SELF, VOTE, VOTE, DECISION,
    )  # fmt: skip
    assert (to_vote.total, to_vote.kept, to_vote.lowered, to_vote.raised) == (12, 7, 4, 1)
    assert to_vote.cells[(TOP, GOOD)] == 4
    assert (to_decision.total, to_decision.kept, to_decision.lowered, to_decision.raised) == (8, 6, 2, 0)


@pytest.mark.parametrize(
    ("top", "good", "allowed", "above", "exactly"),
    [
        (2, 18, 3, 0, False),  # 15% of 20 is 3: one place is left
        (3, 17, 3, 0, True),  # every place used
        (4, 16, 3, 1, False),  # one too many
        (2, 17, 2, 0, True),  # 15% of 19 is 2.85, rounded down
        (0, 6, 0, 0, False),  # 15% of 6 is 0.9: no place, which is not being at the ceiling
        (1, 5, 0, 1, False),
    ],
)
def test_a_cell_stands_under_at_or_above_its_ceiling(
    database: Database, top: int, good: int, allowed: int, above: int, exactly: bool
) -> None:
    with database.write() as connection:
        enter(
            connection,
            [
                Told(own=TOP, voted=TOP, stage=life.VOTED, reviews=top),
                Told(own=GOOD, voted=GOOD, stage=life.VOTED, reviews=good),
            ],
        )
        enter_roll(connection, "CB01", 30)
        found = ceilings_of(connection)["CB01"]
    assert (found.top, found.allowed, found.above, found.exactly) == (top, allowed, above, exactly)


def test_the_year_before_is_that_of_the_same_people_log_before_paper(database: Database) -> None:
    """Five people: two in the campaign of last year, one of whom also on paper, two on paper alone."""
    with database.write() as connection:
        connection.execute(insert(CAMPAIGNS), campaign_row(2016))
        enter(connection, [Told(voted=TOP, decided=TOP), Told(stage=life.ANNULLED)], "2016")
        enter(connection, [Told(voted=GOOD, decided=GOOD, reviews=5)])
        connection.execute(
            insert(EARLIER_YEARS),
            [
                paper("000001", 2016, GOOD),  # the log says TOP
                paper("000002", 2016, GOOD),  # annulled in the log: an older paper does not stand for it
                paper("000003", 2016, MET),
                paper("000003", 2016, GOOD),  # a later import counts
                paper("000004", 2015, TOP),  # another year
                paper("000009", 2016, TOP),  # not reviewed this year
            ],
        )
        then = year_before(connection, CAMPAIGN, 2017, EVERYWHERE)
    assert then == {("CB01", life.INDIVIDUAL, TOP): 1, ("CB01", life.INDIVIDUAL, GOOD): 1}


def test_everybody_at_one_level_shows_from_five_members_on_and_only_when_all_have_one(
    database: Database,
) -> None:
    with database.write() as connection:
        enter(
            connection,
            [
                Told(organisation="A", voted=GOOD, reviews=5),
                Told(organisation="B", voted=GOOD, reviews=4),
                Told(organisation="C", voted=GOOD, reviews=9),
                Told(organisation="C", stage=life.PREPARED),
                Told(organisation="D", voted=GOOD, reviews=9),
                Told(organisation="D", voted=MET),
            ],
        )
        cohort = read_cohort(connection, CAMPAIGN, EVERYWHERE)
    assert all_alike(cohort, BOOK) == (("A", GOOD, 5),)


level = st.sampled_from((*LEVELS, None))
told = st.builds(
    Told,
    organisation=st.sampled_from(("CB01", "CB02", "CB03")),
    own=level,
    voted=level,
    decided=level,
    stage=st.sampled_from((life.APPROVED, life.VOTED, life.EXEMPT, life.REVIEWED_UNRATED, life.PREPARED)),
    quality=st.sampled_from(("member", "member", "leader")),
    rated=st.sampled_from((True, True, True, False)),
    reviews=st.integers(1, 4),
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# one database for all examples: each example empties the table first
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reviews=st.lists(told, min_size=1, max_size=30))
def test_every_number_is_that_of_a_plain_recount(database_url: str, reviews: list[Told]) -> None:
    database = Database(database_url)
    with database.write() as connection:
        connection.execute(REVIEWS.delete())
        enter(connection, reviews)
        cohort = read_cohort(connection, CAMPAIGN, EVERYWHERE)
        lists = ceilings_of(connection)
    database.close()
    each = [one for one in reviews for _ in range(one.reviews)]
    owing = [one for one in each if one.rated and one.stage not in (life.EXEMPT, life.REVIEWED_UNRATED)]
    now = Counter(one.decided or one.voted for one in owing)
    (people,) = spreads(cohort, Counter(), BOOK)
    assert {one.level: one.now for one in people.shares} == {level: now[level] for level in LEVELS}
    assert (people.rated, people.owing) == (len(owing) - now[None], now[None])
    assert people.unrated == len(each) - len(owing)
    assert sum(one.now_tenths for one in people.shares) == (1000 if people.rated else 0)
    assert SCALE is not None
    for shift in shifts(cohort, SCALE, life.INDIVIDUAL):
        pairs = [recounted(one, shift.before, shift.after) for one in owing]
        plain = Counter(pair for pair in pairs if pair is not None)
        assert shift.cells == plain
        assert shift.kept + shift.lowered + shift.raised == shift.total == plain.total()
    for body, found in lists.items():
        members = [one for one in owing if one.organisation == body and one.quality == "member"]
        held = [one.decided or one.voted for one in members]
        assert (found.top, found.good) == (held.count(TOP), held.count(GOOD))
        assert found.rated == len(held) - held.count(None)


def recounted(one: Told, before: str, after: str) -> tuple[str, str] | None:
    values = {SELF: one.own, VOTE: one.voted, DECISION: one.decided}
    if (before, after) == (SELF, DECISION) and one.voted:
        return None
    first, second = values[before], values[after]
    return (first, second) if first and second else None
