"""Property: as what a person may act on a day is what a fold of the events, told in plain words, says."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.access.capacities import capacities_of
from states.delegation import DELEGABLE
from states.roles import Role
from tests.access.rostered import from_roster
from tests.builders import BASE, FIRST, ROSTER
from tests.town import Town
from workflow.codec import decode
from workflow.commands.access import (
    ConfirmGrant,
    DelegateCapacity,
    EndDelegation,
    EndGrant,
    ProposeGrant,
    WithdrawGrant,
)
from workflow.commands.asking import Actor, Command, Request
from workflow.database import Database
from workflow.errors import Refusal
from workflow.event import Event
from workflow.events import access as happened
from workflow.log import Log

PEOPLE = ("0101", "0102", "0105", "0106")
OFFICER = Actor(id="CB-01", role=Role.OFFICER, body=BASE)
SECOND = Actor(id="CB-02", role=Role.OFFICER, body=BASE)
DAYS = 12

days = st.integers(0, DAYS).map(lambda n: ROSTER + timedelta(days=n))
roles = st.sampled_from(["secretary", "inspection", "organisation_board", "officer"])
names = st.sampled_from(["A", "B", "C"])
people = st.sampled_from(PEOPLE)
bodies = st.sampled_from([BASE, FIRST])

proposing = st.builds(
    ProposeGrant, grant=names, person=people, role=roles, body=bodies, first=days,
    last=st.one_of(st.none(), days), document=st.just("QĐ"),
)  # fmt: skip
delegating = st.builds(
    DelegateCapacity, delegation=names, person=people, role=roles, body=bodies, first=days, last=days
)
steps = st.lists(
    st.tuples(
        st.integers(0, 1),
        people,
        st.one_of(
            proposing,
            st.builds(ConfirmGrant, grant=names),
            st.builds(WithdrawGrant, grant=names, reason=st.just("nhầm")),
            st.builds(EndGrant, grant=names, reason=st.just("thôi")),
            delegating,
            delegating,
            st.builds(EndDelegation, delegation=names),
        ),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def with_roster(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """A file with the roster of the town in it, of which each example gets a copy."""
    path = tmp_path_factory.mktemp("town") / "roster.db"
    copyfile(migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    Town.on(database).enter_roster()
    database.close()
    return path


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=steps)
def test_capacities_on_every_day_are_those_the_events_tell(
    told: list[tuple[int, str, Command]], with_roster: Path, tmp_path: Path
) -> None:
    path = tmp_path / "example.db"
    for left in tmp_path.glob("example.db*"):
        left.unlink()
    copyfile(with_roster, path)
    database = Database(f"sqlite:///{path}")
    town = Town.on(database)
    day = ROSTER
    for later, person, command in told:
        day += timedelta(days=later)
        town.now.put(day)
        _try(town, command, person)
    with database.read() as connection:
        events = [
            (stored.stream, decode(stored.name, stored.schema_version, stored.data))
            for stored in Log(connection).scan()
            if stored.stream.startswith(("grant/", "delegation/"))
        ]
        for number in range(DAYS + 3):
            asked = ROSTER + timedelta(days=number)
            for person in PEOPLE:
                rolls = {(one.role, one.body) for one in from_roster(connection, person, asked)}
                others = {
                    holder: {(one.role, one.body) for one in from_roster(connection, holder, asked)}
                    for holder in PEOPLE
                }
                found = {(one.role, one.body) for one in capacities_of(connection, person, asked)}
                assert found == rolls | _told(events, person, asked, others), (person, asked, events)
    database.close()


def _try(town: Town, command: Command, person: str) -> None:
    by = SECOND if isinstance(command, ConfirmGrant) else OFFICER
    if isinstance(command, DelegateCapacity):
        by = Actor(id=person, role=Role.MEMBER, body=FIRST)
    try:
        town.engine.handle(Request(command=command, actor=by))
    except Refusal:
        return  # what is refused leaves no event, and so tells nothing


Held = set[tuple[Role, str]]


def _told(events: list[tuple[str, Event]], person: str, day: date, rolls: dict[str, Held]) -> Held:
    """By the plainest way: each stream read from its beginning, each day looked at alone."""
    granted = {who: _granted(events, who, day) for who in PEOPLE}
    held = set(granted[person])
    for stream, event in events:
        if isinstance(event, happened.CapacityDelegated) and event.person == person:
            ended = [e.on for s, e in events if s == stream and isinstance(e, happened.DelegationEnded)]
            running = event.first <= day <= event.last and not any(on <= day for on in ended)
            what = (Role(event.role), event.body)
            if running and what in granted[event.holder] | rolls[event.holder]:
                assert what[0] in DELEGABLE
                held.add(what)
    return held


def _granted(events: list[tuple[str, Event]], person: str, day: date) -> Held:
    held: Held = set()
    for stream, event in events:
        if not isinstance(event, happened.GrantProposed) or event.person != person:
            continue
        rest = [e for s, e in events if s == stream]
        confirmed = any(isinstance(e, happened.GrantConfirmed) for e in rest)
        ended = any(isinstance(e, happened.GrantEnded) and e.on <= day for e in rest)
        if confirmed and not ended and event.first <= day and (event.last is None or day <= event.last):
            held.add((Role(event.role), event.body))
    return held
