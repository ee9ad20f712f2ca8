"""Somebody lets another act in a role he holds himself, for some days and no longer than he holds it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from handlers.access.capacities import capacities_of
from handlers.access.first import give_at_set_up
from handlers.rebuild import disagreements, rebuild
from states.roles import Role
from tests.builders import BASE, FIRST, ROSTER, SECOND
from tests.town import Town
from workflow.commands.access import DelegateCapacity, EndDelegation
from workflow.commands.asking import Actor
from workflow.database import Database
from workflow.errors import AlreadyThere, BadInput, NotAllowed, NotFound, WrongStage

HEAD, DEPUTY, MEMBER = "0101", "0102", "0107"
FROM = date(2017, 1, 3)
UNTIL = date(2017, 1, 20)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def town(database: Database) -> Town:
    made = Town.on(database)
    made.enter_roster()
    made.now.put(ROSTER)
    return made


def delegate(delegation: str = "D1", **told: Any) -> DelegateCapacity:
    said = {"person": MEMBER, "role": "secretary", "body": FIRST, "first": FROM, "last": UNTIL}
    return DelegateCapacity(delegation=delegation, **{**said, **told})


def acts_for(town: Town, day: date, person: str = MEMBER, role: str = "secretary") -> str:
    """Who delegated the role, empty where it is not held by delegation."""
    with town.database.read() as connection:
        found = capacities_of(connection, person, day)
    return next((one.holder for one in found if one.role == role and one.basis == "delegation"), "")


def test_another_acts_from_the_first_to_the_last_day_and_on_no_other(town: Town) -> None:
    town.do(delegate(), town.secretary(FIRST))
    assert [acts_for(town, day) for day in (FROM - ONE_DAY, FROM, UNTIL, UNTIL + ONE_DAY)] == [
        "", HEAD, HEAD, "",
    ]  # fmt: skip
    with town.database.write() as connection:
        rebuild(connection)
    assert acts_for(town, FROM) == HEAD
    with town.database.read() as connection:
        assert [str(one) for one in disagreements(connection)] == []


def test_one_delegates_what_one_holds_whatever_capacity_one_acts_in(town: Town) -> None:
    town.do(delegate(), Actor(id=HEAD, role=Role.MEMBER, body=FIRST))
    assert acts_for(town, FROM) == HEAD


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"role": "secretary", "body": SECOND}, "role"),  # he is no secretary there
        ({"role": "organisation_board", "body": BASE}, "role"),
        ({"role": "member"}, "role"),  # no vote by proxy
        ({"role": "officer"}, "role"),
        ({"person": HEAD}, "person"),
        ({"person": "9999"}, "person"),
        ({"first": ROSTER - ONE_DAY}, "first"),
        ({"first": UNTIL, "last": FROM}, "last"),
        ({"delegation": "a b"}, "delegation"),
    ],
)
def test_what_cannot_be_delegated_is_named(town: Town, wrong: dict[str, Any], field: str) -> None:
    assert town.refused(BadInput, delegate(**wrong), town.secretary(FIRST)).field == field


def test_it_may_begin_today(town: Town) -> None:
    town.do(delegate(first=ROSTER, last=ROSTER), town.secretary(FIRST))
    assert acts_for(town, ROSTER) == HEAD


def test_it_lasts_no_longer_than_the_role_of_the_holder(town: Town) -> None:
    give_at_set_up(town.engine, DEPUTY, Role.INSPECTION, BASE, document="QĐ 1", last=UNTIL)
    holder = Actor(id=DEPUTY, role=Role.INSPECTION, body=BASE)
    too_long = delegate(role="inspection", body=BASE, last=UNTIL + ONE_DAY)
    refused = town.refused(BadInput, too_long, holder)
    assert refused.field == "last"
    assert "20/01/2017" in refused.vi
    town.do(delegate(role="inspection", body=BASE, last=UNTIL), holder)


def test_what_was_delegated_is_not_handed_on(town: Town) -> None:
    town.do(delegate(), town.secretary(FIRST))
    town.now.put(FROM)
    again = delegate("D2", person="0106", first=FROM)
    refused = town.refused(BadInput, again, Actor(id=MEMBER, role=Role.SECRETARY, body=FIRST))
    assert "không ủy quyền lại" in refused.vi


@pytest.mark.parametrize("who", [HEAD, MEMBER])
def test_either_of_the_two_ends_it_at_once(town: Town, who: str) -> None:
    town.do(delegate(), town.secretary(FIRST))
    town.now.put(FROM + ONE_DAY)
    end = EndDelegation(delegation="D1")
    town.do(end, Actor(id=who, role=Role.MEMBER, body=FIRST))
    assert acts_for(town, FROM) == HEAD
    assert acts_for(town, FROM + ONE_DAY) == ""
    town.refused(WrongStage, end, Actor(id=who, role=Role.MEMBER, body=FIRST))


def test_those_who_may_end_a_grant_there_end_it_too_and_nobody_else(town: Town) -> None:
    town.do(delegate(), town.secretary(FIRST))
    end = EndDelegation(delegation="D1")
    town.refused(NotAllowed, end, Actor(id="0106", role=Role.MEMBER, body=FIRST))
    town.refused(NotAllowed, end, Actor(id="0201", role=Role.OFFICER, body=SECOND))
    town.refused(NotFound, EndDelegation(delegation="D9"), town.secretary(FIRST))
    town.do(end, Actor(id="CB-02", role=Role.OFFICER, body=BASE))


def test_a_name_is_used_once(town: Town) -> None:
    town.do(delegate(), town.secretary(FIRST))
    town.refused(AlreadyThere, delegate(), town.secretary(FIRST))
