"""What the roster says of people over time, counted in whole months of the year (C-66), never guessed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers.careers import Spell, career_facts, months_at_old_unit, moved_in_on
from handlers.places import place_facts
from handlers.roster import query
from handlers.roster.apply import apply_difference
from handlers.roster.compare import compare
from handlers.roster.read import read_roster
from tests.builders import OFFICER
from tests.handlers.roster.test_unions import BODIES, PEOPLE, POSITIONS, file, row
from workflow.bodies import Campaign
from workflow.commands.asking import Request
from workflow.commands.campaign import CloseCampaign
from workflow.database import Database
from workflow.gathering import Standing
from workflow.review import Review

LONG_AGO = date(2015, 1, 1)
END = date(2020, 12, 31)


@pytest.mark.parametrize(
    ("moved", "months"),
    [
        (date(2020, 6, 30), 5),
        (date(2020, 7, 1), 6),
        (date(2020, 2, 29), 1),
        (date(2020, 1, 31), 0),
        (date(2020, 2, 1), 1),
        (date(2020, 12, 31), 11),
        (date(2020, 1, 1), 0),
        (date(2019, 9, 1), 0),
    ],
)
def test_months_at_the_old_unit_are_whole_months_of_the_year(moved: date, months: int) -> None:
    """The last day there is the day before the move; six months are six (STC-2024, ¶7; C-66)."""
    spells = [Spell("A", LONG_AGO, moved), Spell("B", moved)]
    assert months_at_old_unit(spells, None, END, 2020) == months
    assert moved_in_on(spells, END) == moved


def test_of_two_old_units_the_longer_one_counts_and_times_at_one_add_up() -> None:
    """A, B, A again, then C: three months and four at A, three at B."""
    spells = [
        Spell("A", LONG_AGO, date(2020, 4, 1)),
        Spell("B", date(2020, 4, 1), date(2020, 7, 1)),
        Spell("A", date(2020, 7, 1), date(2020, 11, 1)),
        Spell("C", date(2020, 11, 1)),
    ]
    assert months_at_old_unit(spells, None, END, 2020) == 7
    assert moved_in_on(spells, END) == date(2020, 11, 1)


def test_another_group_of_the_cell_is_no_move() -> None:
    spells = [Spell("A", LONG_AGO, date(2020, 5, 1)), Spell("A", date(2020, 5, 1))]
    assert moved_in_on(spells, END) is None
    assert months_at_old_unit(spells, None, END, 2020) == 0


def test_who_came_from_outside_the_roster_is_not_known_to_have_been_nowhere() -> None:
    """The file says since when he is here, and the roster has no former cell of his."""
    new = [Spell("A", date(2020, 3, 1), joined_on=date(2020, 3, 1))]
    assert months_at_old_unit(new, date(2001, 5, 19), END, 2020) is None
    assert months_at_old_unit(new, date(2020, 3, 1), END, 2020) == 0, "admitted there, so nowhere before"
    old = [Spell("A", date(2020, 3, 1), joined_on=date(2019, 3, 1))]
    assert months_at_old_unit(old, date(2001, 5, 19), END, 2020) == 0


def test_the_day_of_an_import_is_not_taken_for_the_first_day_at_the_old_unit() -> None:
    """The roster began in October and the move was in November: how long he was there is not stated."""
    imported, moved = date(2020, 10, 1), date(2020, 11, 1)
    assert months_at_old_unit([Spell("A", imported, moved), Spell("B", moved)], None, END, 2020) is None
    stated = [Spell("A", imported, moved, joined_on=date(2018, 2, 1)), Spell("B", moved)]
    assert months_at_old_unit(stated, None, END, 2020) == 10
    assert months_at_old_unit(stated[1:], None, date(2020, 10, 31), 2020) is None, "not here yet"


def told(database: Database, person: str, body: str, day: date) -> dict[str, Any]:
    review = Review(f"C.member.{person}")
    review.version, review.kind, review.subject, review.organisation = 1, "individual", person, body
    standing = Standing(
        request=Request(command=CloseCampaign(campaign="C"), actor=OFFICER),
        today=day,
        campaign=Campaign(id="C", version=1, year=2020),
        reviews={review.id: review},
        bodies={},
        rulebook=None,
    )
    with database.read() as connection:
        facts = career_facts(connection, standing, day).get(review.id)
    return {} if facts is None else {name: facts.value(name) for name in facts}


def take_over(database: Database, content: bytes, on: date, at: datetime) -> None:
    parsed = read_roster(content, file_name="a.xlsx", today=date(2020, 12, 15))
    parsed.require_clean()
    with database.write() as connection:
        difference = compare(query.snapshot_for(connection, parsed, on), parsed, on=on)
        apply_difference(connection, difference, at=at, by="officer", source="import-1")


def test_what_the_roster_says_of_each_person(database: Database) -> None:
    take_over(database, file(), date(2020, 1, 1), datetime(2020, 1, 2, tzinfo=UTC))
    moved = row(2, 5, "BP1")
    take_over(database, file(people=moved), date(2020, 8, 1), datetime(2020, 8, 2, tzinfo=UTC))
    manager = told(database, "0001", "CQ", END)
    assert manager["subject.staff_kind"] == "manager"
    assert manager["subject.appointed_on"] == date(2018, 3, 1)
    assert manager["subject.is_party_member"] is True
    assert manager["subject.temporary_elsewhere"] is False
    specialist = told(database, "0002", "CQ", END)
    assert specialist["subject.is_party_member"] is False
    assert specialist["subject.direct_contact"] is True
    cadre = told(database, "0003", "BP1", END)
    assert "subject.is_party_member" not in cadre, "nobody has said"
    assert cadre["subject.moved_in_on"] == date(2020, 8, 1)
    assert cadre["transfer.months_at_old_unit"] == 7
    assert told(database, "0004", "CB01", END)["subject.temporary_elsewhere"] is True
    assert told(database, "0099", "CB01", END) == {}


def test_an_appointment_is_not_known_while_one_of_the_posts_has_no_day(database: Database) -> None:
    posts = (*POSITIONS[1:], ("0001", "TC", "Trưởng ban", None, None, None))
    take_over(database, file(positions=posts), date(2020, 1, 1), datetime(2020, 1, 2, tzinfo=UTC))
    assert "subject.appointed_on" not in told(database, "0001", "CQ", END)
    assert told(database, "0003", "CD7", END)["subject.appointed_on"] == date(2015, 2, 10)


def test_the_size_of_a_place(database: Database) -> None:
    """Exempt members and those here for a time are not on the roll; the place counts the cell itself."""
    exempt = ("0005", "Ninh Thu Hà", "CB01", "Miễn sinh hoạt", "03/02/1970", None, None, None, None)
    new = ("0006", "Cao Bá Lộc", "CB01", "Dự bị", "03/02/2020", None, None, None, None)
    take_over(
        database, file(people=(*PEOPLE, exempt, new)), date(2020, 1, 1), datetime(2020, 1, 2, tzinfo=UTC)
    )
    with database.read() as connection:
        places = place_facts(connection, [code for code, *_ in BODIES], END)
    assert places["CB01"].value("cell.members") == 3
    assert places["CB02"].value("group.members") == 0
    assert places["CB01"].value("group.organisations") == 2
    assert places["DB01"].value("group.organisations") == 1
    assert "cell.members" not in places["DB01"]
    assert len(places["CQ"]) == 0
