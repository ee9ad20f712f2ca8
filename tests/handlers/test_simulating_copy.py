"""What a simulation leaves alone, what its copy does not hold, and what it refuses."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlmodel import SQLModel

from deadlines.tables import REMINDERS
from handlers.notice_tables import CONTACTS
from handlers.roster_tables import PEOPLE, POSITIONS
from handlers.simulating.copying import FOLDER_PREFIX, NOBODY
from handlers.simulating.running import DAYS_MAX, lived_on_a_copy, simulate
from tests.builders import CAMPAIGN, FIRST, OFFICER
from tests.handlers.simulated import (
    FROM,
    SEASON,
    SQLITE,
    contact,
    open_town,
    planned,
    trial,
)
from tests.town import Town
from workflow.commands.campaign import CloseCampaign
from workflow.database import Database
from workflow.errors import BadInput, LayerNeeded, NotFound
from workflow.outbox import OUTBOX
from workflow.rules.rulebook import Rulebook


def everything(database: Database) -> dict[str, list[Any]]:
    """Every row of every table."""
    with database.read() as connection:
        return {
            table.name: sorted(connection.execute(select(table)).all(), key=repr)
            for table in SQLModel.metadata.sorted_tables
        }


# --- what it leaves alone -------------------------------------------------------------------------


def test_nothing_is_written_and_nothing_leaves(database: Database) -> None:
    """Row for row the database is what it was; with an address for everybody the outbox stays empty."""
    town = open_town(database)
    with database.write() as connection:
        people = connection.execute(select(PEOPLE.c.person_id)).scalars().all()
        connection.execute(insert(CONTACTS), [contact(person) for person in people])
    before = everything(database)
    season = simulate(town.engine, SEASON)
    assert sum(season.mails.values()) > 10, "the copy had letters to send"
    assert everything(database) == before
    with database.read() as connection:
        assert connection.execute(select(OUTBOX)).all() == []
        assert connection.execute(select(REMINDERS)).all() == []


@SQLITE
def test_the_file_itself_is_byte_for_byte_what_it_was(database: Database, database_url: str) -> None:
    town = open_town(database)
    database.close()
    file = Path(database_url.removeprefix("sqlite:///"))
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    simulate(town.engine, SEASON)
    simulate(town.engine, trial(rulebook=Rulebook.load("tkv_2018")))
    database.close()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    assert not file.with_name(file.name + "-wal").exists()


def test_no_name_birth_date_or_address_is_copied(database: Database) -> None:
    town = planned(database)
    with database.write() as connection:
        connection.execute(insert(CONTACTS), [contact(town.people(FIRST)[0])])
        connection.execute(update(CONTACTS).values(phone="0912 345 678", calendar_secret="x"))
    with lived_on_a_copy(town.engine, SEASON) as lived, lived.database.read() as connection:
        people = connection.execute(select(PEOPLE)).all()
        kept = connection.execute(select(CONTACTS)).one()
        posts = connection.execute(select(POSITIONS)).all()
    assert {(row.name, row.birth_date, row.card_number) for row in people} == {
        (row.person_id, None, None) for row in people
    }
    assert len(people) == 12
    assert posts
    nobody = f"{kept.person}@{NOBODY}"
    assert (kept.email, kept.phone, kept.chat, kept.calendar_secret) == (nobody, nobody, "", None)


@SQLITE
def test_the_copy_is_gone_afterwards(database: Database) -> None:
    town = planned(database)
    with lived_on_a_copy(town.engine, SEASON) as lived:
        file = Path(str(lived.database.engine.url.database))
        assert file.is_file()
    assert not file.parent.exists()


@SQLITE
def test_the_copy_is_gone_after_an_exception_too(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a temporary folder of its own, so that no other test's copy is looked at."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    town = planned(database)
    seen: list[Path] = []

    def fall_over(done: int, of: int) -> None:
        seen.extend(tmp_path.glob(f"{FOLDER_PREFIX}*/copy.db"))
        raise KeyError(done)

    with pytest.raises(KeyError):
        simulate(town.engine, SEASON, fall_over)
    assert seen
    assert not any(file.exists() for file in seen)


# --- what is refused ------------------------------------------------------------------------------


@SQLITE
def test_a_campaign_nobody_planned_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        simulate(Town.on(database).engine, SEASON)


@SQLITE
def test_a_campaign_that_has_ended_has_nothing_to_simulate(database: Database) -> None:
    town = open_town(database)
    town.do(CloseCampaign(campaign=CAMPAIGN), OFFICER)
    with pytest.raises(BadInput, match="planned or open"):
        simulate(town.engine, SEASON)


@SQLITE
@pytest.mark.parametrize(("days", "accepted"), [(0, False), (1, True), (DAYS_MAX + 1, False)])
def test_a_season_has_at_least_one_day_and_not_too_many(
    database: Database, days: int, accepted: bool
) -> None:
    town = open_town(database)
    asked = trial(last=FROM + timedelta(days=days - 1))
    if accepted:
        assert simulate(town.engine, asked).last == FROM
    else:
        with pytest.raises(BadInput):
            simulate(town.engine, asked)


@SQLITE
def test_a_rulebook_with_open_points_is_refused_as_planning_would_be(database: Database) -> None:
    """QD366-2025 leaves six points to a layer; a campaign under it alone could not be planned either."""
    town = planned(database)
    with pytest.raises(LayerNeeded):
        simulate(town.engine, trial(rulebook=Rulebook.load("qd366_2025")))
