"""As what a person may act on a day: posts and rolls, grants, delegations, each on both sides of its days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from handlers.access.capacities import Capacity, capacities_of, own_periods
from handlers.access.tables import DELEGATIONS, GRANTS
from states.roles import Role
from tests.access.rostered import from_roster
from tests.builders import BASE, FIRST, SECOND
from tests.town import Town
from workflow.database import Database

FROM = date(2017, 1, 3)
UNTIL = date(2017, 1, 20)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def town(database: Database) -> Town:
    made = Town.on(database)
    made.enter_roster(base_committee=True)
    return made


def told(town: Town, person: str, day: date) -> tuple[str, ...]:
    """`role@body` with the basis, as a person would read them."""
    with town.database.read() as connection:
        return tuple(f"{one.role}@{one.body} {one.basis}" for one in capacities_of(connection, person, day))


def granted(town: Town, **told: Any) -> None:
    row = {
        "grant_id": "G1",
        "stage": "granted",
        "role": "inspection",
        "body": BASE,
        "person": "0107",
        "from_day": FROM,
        "until_day": UNTIL,
        "document": "QĐ 12",
        "reason": "",
        "proposed_by": "QT",
        "proposed_on": FROM,
        "settled_by": "CB",
        "settled_on": FROM,
        "ended_by": "",
        "ended_on": None,
    }
    with town.database.write() as connection:
        connection.execute(insert(GRANTS), {**row, **told})


def delegated(town: Town, **told: Any) -> None:
    row = {
        "delegation_id": "D1",
        "stage": "in_force",
        "holder": town.head(FIRST),
        "role": "secretary",
        "body": FIRST,
        "person": "0107",
        "from_day": FROM,
        "until_day": UNTIL,
        "document": "",
        "given_on": FROM,
        "ended_by": "",
        "ended_on": None,
    }
    with town.database.write() as connection:
        connection.execute(insert(DELEGATIONS), {**row, **told})


def test_posts_and_rolls_give_what_the_roster_says_and_a_stranger_nothing(town: Town) -> None:
    head = town.head(FIRST)
    assert told(town, head, FROM) == (
        f"superior_committee@{BASE} post",
        f"secretary@{FIRST} post",
        f"secretary@{BASE} post",
        f"committee@{FIRST} post",
        f"committee@{BASE} post",
        f"member@{FIRST} membership",
    )
    assert told(town, "0107", FROM) == (f"member@{FIRST} membership",)
    assert told(town, "nobody", FROM) == ()


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (FROM - ONE_DAY, False),
        (FROM, True),  # the first day counts
        (UNTIL, True),  # so does the last
        (UNTIL + ONE_DAY, False),
    ],
)
def test_a_grant_holds_from_its_first_to_its_last_day(town: Town, day: date, holds: bool) -> None:
    granted(town)
    assert (f"inspection@{BASE} grant" in told(town, "0107", day)) is holds


@pytest.mark.parametrize("stage", ["proposed", "withdrawn"])
def test_a_proposal_gives_nothing(town: Town, stage: str) -> None:
    granted(town, stage=stage)
    assert told(town, "0107", FROM) == (f"member@{FIRST} membership",)


def test_a_grant_that_was_ended_no_longer_holds_on_that_very_day_and_held_the_day_before(town: Town) -> None:
    ended = FROM + 3 * ONE_DAY
    granted(town, stage="ended", ended_on=ended)
    assert f"inspection@{BASE} grant" in told(town, "0107", ended - ONE_DAY)
    assert f"inspection@{BASE} grant" not in told(town, "0107", ended)


def test_an_open_grant_has_no_last_day(town: Town) -> None:
    granted(town, until_day=None)
    with town.database.read() as connection:
        found = capacities_of(connection, "0107", date(2099, 1, 1))
    assert found[0] == Capacity(role=Role.INSPECTION, body=BASE, basis="grant", source="G1", until=None)


@pytest.mark.parametrize(
    ("day", "holds"), [(FROM - ONE_DAY, False), (FROM, True), (UNTIL, True), (UNTIL + ONE_DAY, False)]
)
def test_a_delegation_holds_from_its_first_to_its_last_day(town: Town, day: date, holds: bool) -> None:
    delegated(town)
    assert (f"secretary@{FIRST} delegation" in told(town, "0107", day)) is holds
    with town.database.read() as connection:
        (first, *_) = capacities_of(connection, "0107", FROM)
    assert (first.holder, first.source, first.until) == (town.head(FIRST), "D1", UNTIL)


def test_a_delegation_gives_nothing_once_the_holder_has_lost_the_role(town: Town) -> None:
    granted(town, person="0106", role="organisation_board", until_day=FROM + ONE_DAY)
    delegated(town, holder="0106", role="organisation_board", body=BASE)
    assert f"organisation_board@{BASE} delegation" in told(town, "0107", FROM + ONE_DAY)
    assert f"organisation_board@{BASE} delegation" not in told(town, "0107", FROM + 2 * ONE_DAY)


def test_what_was_delegated_is_not_handed_on(town: Town) -> None:
    delegated(town)
    delegated(town, delegation_id="D2", holder="0107", person="0106")
    assert told(town, "0106", FROM) == (f"member@{FIRST} membership",)


def test_what_one_holds_oneself_goes_before_the_same_by_delegation(town: Town) -> None:
    deputy = town.deputy(FIRST)
    delegated(town, person=deputy)
    assert f"secretary@{FIRST} post" in told(town, deputy, FROM)
    assert f"secretary@{FIRST} delegation" not in told(town, deputy, FROM)


def test_the_roster_alone_is_read_without_what_was_given(town: Town) -> None:
    granted(town)
    delegated(town)
    with town.database.read() as connection:
        assert [one.role for one in from_roster(connection, "0107", FROM)] == [Role.MEMBER]


def test_periods_are_of_the_person_alone_and_touch_the_range(town: Town) -> None:
    granted(town)
    delegated(town)
    with town.database.read() as connection:
        found = own_periods(connection, "0107", UNTIL, UNTIL + 30 * ONE_DAY)
        later = own_periods(connection, "0107", UNTIL + ONE_DAY, UNTIL + 30 * ONE_DAY)
    assert [(one.capacity.role, one.first, one.before) for one in found] == [
        (Role.MEMBER, found[0].first, None),
        (Role.INSPECTION, FROM, UNTIL + ONE_DAY),
    ]
    assert [one.capacity.role for one in later] == [Role.MEMBER]
    assert SECOND not in {one.capacity.body for one in found}
