"""Each regime's season is lived by the simulation with nobody acting: it comes out as counted by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from deadlines.tables import DEADLINES, REMINDERS
from handlers.cases.living import Life, StoryClock
from handlers.cases.shelves import Shelf
from handlers.gather import FactsFromTables
from handlers.notice_tables import NOTICES
from handlers.rebuild import disagreements
from handlers.registry import react
from handlers.simulating.running import Trial, lived_on_a_copy
from tests.deadlines.seasons.written import LAYERS, SEASONS, read, story
from workflow.database import Database
from workflow.engine import Engine

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@dataclass(frozen=True)
class Seen:
    """What the copy held when the season was over: rows of the book, and what was reminded of each."""

    rows: tuple[Any, ...]
    reminders: tuple[Any, ...]
    notices: tuple[Any, ...]

    def of(self, subject: str, gate: str) -> list[Any]:
        """The rows one subject has for a step, those where nothing is owed any more among them."""
        return [row for row in self.rows if row.subject == subject and row.gate == gate]

    def days(self, row: Any) -> dict[str, date]:
        """On which day each rung of a row was found."""
        return {one.rung: one.found_on for one in self.reminders if one.deadline == row.deadline}

    def told(self, row: Any, level: int) -> set[str]:
        """Who was ever told of such a row at a level."""
        same = ("organisation", "kind", "gate", "rule")
        return {
            one.recipient
            for one in self.notices
            if (one.due_on, one.level) == (row.last_day, level)
            and all(getattr(one, name) == getattr(row, name) for name in same)
        }


@contextmanager
def lived(database: Database, name: str) -> Iterator[tuple[dict[str, Any], Seen]]:
    """The season of this name opened, its steps taken, and then its days simulated one by one."""
    season, told = read(name), story(name)
    now = StoryClock()
    engine = Engine(
        database, gather=FactsFromTables(), react=react, now=now, load_rulebook=Shelf(LAYERS).load
    )
    result = Life(told, engine, now).live()
    assert not result.wrong, result.wrong
    with database.read() as connection:
        assert list(disagreements(connection)) == []
    trial = Trial(campaign=told.campaign, first=season["from"], last=season["to"])
    with lived_on_a_copy(engine, trial) as copy, copy.database.read() as connection:
        yield (
            season,
            Seen(
                tuple(connection.execute(select(DEADLINES))),
                tuple(connection.execute(select(REMINDERS))),
                tuple(connection.execute(select(NOTICES))),
            ),
        )


def subject_of(season: Mapping[str, Any], of: str) -> str:
    """The id behind a subject as the files write it: a person's name, or a kind with a code."""
    kind, _, code = of.partition(" ")
    if kind in ("submission", "plan"):
        return code
    if kind in ("collective", "organisation"):
        return f"{season['year']}.{kind}.{code}"
    return f"{season['year']}.member.{person_of(season, of)}"


def person_of(season: Mapping[str, Any], name: str) -> str:
    """The code of the one person whose name ends so."""
    found = [line for line in season["people"] if line.endswith(f" {name}")]
    assert len(found) == 1, f"{name} is one person"
    return str(found[0].split(",")[0])


def check_season(database: Database, name: str) -> None:
    with lived(database, name) as (season, seen):
        for owed in season["owed"]:
            rows = seen.of(subject_of(season, owed["of"]), owed["gate"])
            assert rows, f"nothing is owed: {owed['who']}"
            for row in rows:
                dates = (row.rule, row.stated_day, row.last_day, row.hour, row.safe_day)
                by_hand = (
                    owed.get("rule", row.rule),
                    owed["stated"],
                    owed["last"],
                    owed.get("hour", ""),
                    owed["safe"],
                )
                assert dates == by_hand, owed["who"]
                assert seen.days(row) == owed["reminders"], owed["who"]
                if "told" in owed:
                    people = [owed["told"], *([one] for one in owed.get("above", ()))]
                    for level, names in enumerate(people):
                        wanted = {person_of(season, name) for name in names}
                        assert seen.told(row, level) == wanted, f"{owed['who']}, level {level}"
        for asked in season.get("asked", ()):
            days = [
                one.found_on
                for one in seen.reminders
                if (one.organisation, one.gate) == (asked["of"], asked["gate"])
            ]
            assert min(days) == asked["from"], asked["who"]
        for one in season.get("not_owed", ()):
            for gate in one["gates"]:
                rows = seen.of(subject_of(season, one["of"]), gate)
                assert [row for row in rows if not row.dropped] == [], f"{one['who']}: {gate}"
        assert all(one.found_on == one.rung_on for one in seen.reminders), "every rung on its own day"


@SQLITE
@pytest.mark.parametrize("name", SEASONS)
def test_a_season_comes_out_as_it_was_counted_by_hand(database: Database, name: str) -> None:
    check_season(database, name)


@POSTGRESQL
def test_the_season_of_duk_2016_comes_out_the_same_on_postgresql(database: Database) -> None:
    check_season(database, "duk_2016")
