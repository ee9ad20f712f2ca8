"""Who acts for another is told so: the secretary for a member, one by delegation for its holder."""

from __future__ import annotations

import pytest

from handlers.access.acting_for import with_delegations
from handlers.names import names_on
from handlers.telling.voice import Voice
from handlers.timeline import Line, bodies_of, line, people_of
from states.roles import Role
from tests.builders import FIRST, MET, PREPARED, ROSTER, collective, member, written
from tests.town import Town
from workflow.codec import decode
from workflow.commands.access import DelegateCapacity
from workflow.commands.asking import Actor
from workflow.commands.preparing import RateSelf
from workflow.database import Database
from workflow.errors import BadInput

HEAD, DEPUTY, MEMBER = "0101", "0102", "0107"


@pytest.fixture
def town(database: Database) -> Town:
    return Town.on(database).open()


def told(town: Town, review: str, language: str = "vi") -> list[Line]:
    stored = town.history(f"review/{review}")
    events = [decode(one.name, one.schema_version, one.data) for one in stored]
    with town.database.read() as connection:
        names = names_on(connection, MET, people=people_of(events, stored), bodies=bodies_of(events, stored))
        names = with_delegations(connection, names, stored, MET)
    voice = Voice(language=language, names=names)
    return [line(event, one, voice) for event, one in zip(events, stored, strict=True)]


def name(town: Town, person: str) -> str:
    with town.database.read() as connection:
        return names_on(connection, ROSTER, people={person}).person(person)


def test_what_the_secretary_enters_for_a_member_says_for_whom(town: Town) -> None:
    town.now.put(PREPARED)
    town.do(written(member(MEMBER), PREPARED), town.secretary(FIRST))
    town.do(RateSelf(review=member(MEMBER), level="HTTNV", on=PREPARED), town.secretary(FIRST))
    for one in told(town, member(MEMBER))[-2:]:
        assert one.by.endswith(f", nhập thay đồng chí {name(town, MEMBER)}")
        assert one.by.startswith(name(town, HEAD))
    assert told(town, member(MEMBER), "en")[-1].by.endswith(f", entered for {name(town, MEMBER)}")


def test_what_a_member_enters_himself_is_his_own(town: Town) -> None:
    town.now.put(PREPARED)
    town.do(written(member(MEMBER), PREPARED), Actor(id=MEMBER, role=Role.MEMBER, body=FIRST))
    assert "nhập thay" not in told(town, member(MEMBER))[-1].by


def test_the_report_of_a_collective_is_entered_for_nobody(town: Town) -> None:
    town.now.put(PREPARED)
    town.do(written(collective(FIRST), PREPARED, "BC"), town.secretary(FIRST))
    assert "nhập thay" not in told(town, collective(FIRST))[-1].by


def test_what_is_done_by_delegation_says_whose_it_is_on_those_days_alone(town: Town) -> None:
    town.now.put(PREPARED)
    delegate = DelegateCapacity(
        delegation="D1", person="0106", role="secretary", body=FIRST, first=PREPARED, last=PREPARED
    )
    town.do(delegate, town.secretary(FIRST))
    deputed = Actor(id="0106", role=Role.SECRETARY, body=FIRST)
    town.do(written(member(MEMBER), PREPARED), deputed)
    by = told(town, member(MEMBER))[-1].by
    assert f"theo ủy quyền của {name(town, HEAD)}" in by
    assert by.endswith(f"nhập thay đồng chí {name(town, MEMBER)}")
    town.now.put(MET)
    town.do(RateSelf(review=member(MEMBER), level="HTTNV", on=PREPARED), deputed)
    assert "theo ủy quyền" not in told(town, member(MEMBER))[-1].by


def test_who_holds_the_role_already_is_not_delegated_it(town: Town) -> None:
    """Else it could not be told in which of the two he acted."""
    town.now.put(PREPARED)
    command = DelegateCapacity(
        delegation="D1", person=DEPUTY, role="secretary", body=FIRST, first=PREPARED, last=MET
    )
    assert town.refused(BadInput, command, town.secretary(FIRST)).field == "person"
