"""The invented base organisation has the cells, sizes and people the demo speaks of."""

from collections import Counter
from datetime import date

import pytest

from handlers.demo_roster import FILE_NAME, demo_people, demo_workbook
from handlers.roster.parsed import ParsedRoster
from handlers.roster.read import read_roster
from handlers.roster.vocabulary import OrganisationType, PartyStatus, Post


@pytest.fixture(scope="module")
def parsed() -> ParsedRoster:
    return read_roster(demo_workbook(), file_name=FILE_NAME, today=date(2016, 12, 1))


def test_it_imports_without_a_wrong_cell(parsed: ParsedRoster) -> None:
    assert parsed.problems == ()
    assert parsed.dropped == ()


def test_it_has_nine_cells_four_of_them_in_the_production_section(parsed: ParsedRoster) -> None:
    bodies = parsed.snapshot.organisations.values()
    cells = Counter(body.superior_id for body in bodies if body.type is OrganisationType.CHI_BO_TRUC_THUOC)
    assert cells == {"BP01": 4, "DB01": 5}


def test_187_members_of_whom_183_are_reviewed_and_180_rated(parsed: ParsedRoster) -> None:
    people = parsed.snapshot.people.values()
    assert Counter(person.status for person in people) == {
        PartyStatus.OFFICIAL: 176,
        PartyStatus.PROBATIONARY: 7,
        PartyStatus.EXEMPT: 4,
    }
    recent = [person for person in people if person.admitted_on and person.admitted_on > date(2016, 7, 31)]
    assert len(recent) == 3


def test_each_cell_has_the_size_the_board_shows(parsed: ParsedRoster) -> None:
    snapshot = parsed.snapshot
    reviewed = Counter(
        membership.organisation_id
        for key, membership in snapshot.memberships.items()
        if snapshot.people[key].status is not PartyStatus.EXEMPT
    )
    assert [reviewed[f"CB{number:02}"] for number in range(1, 10)] == [23, 27, 26, 21, 22, 19, 14, 17, 14]


def test_every_cell_has_a_secretary_a_deputy_and_a_committee(parsed: ParsedRoster) -> None:
    held = [record for record in parsed.snapshot.positions.values() if record.held_to is None]
    for number in range(1, 10):
        posts = Counter(record.post for record in held if record.organisation_id == f"CB{number:02}")
        assert posts[Post.HEAD] == posts[Post.DEPUTY] == 1
        assert posts[Post.COMMITTEE_MEMBER] >= 1


def test_names_are_all_different_and_ids_run_from_0001() -> None:
    people = demo_people()
    assert len({person.name for person in people}) == 187
    assert [person.person_id for person in people] == [f"{number:04}" for number in range(1, 188)]


def test_the_file_is_the_same_on_every_run() -> None:
    assert demo_workbook() == demo_workbook()
