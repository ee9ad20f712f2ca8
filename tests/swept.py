"""Sweeping a town in tests: put the clock, sweep, and read what was written."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select

from deadlines.tables import DEADLINES, REMINDERS
from handlers.notice_tables import NOTICES
from handlers.reminding.contacts import Contact, save_contact
from handlers.reminding.manner import USUAL, Manner
from handlers.reminding.run import SweepResult, sweep_once
from handlers.roster.apply import apply_difference
from handlers.roster.compare import Difference
from handlers.roster.records import PositionRecord
from handlers.roster.snapshot import KINDS
from handlers.roster.vocabulary import Post
from tests.builders import BASE, CAMPAIGN, FIRST, OFFICER, OPENED
from tests.town import Town
from workflow.database import Database
from workflow.days import ONE_DAY, ZONE
from workflow.outbox import OUTBOX
from workflow.rules.due_dates import ends_at

DUE, SAFE = date(2017, 1, 30), date(2017, 1, 25)
"""Until when a cell votes in 2016, and the last working day up to it: Tết lies between."""


class Told(NamedTuple):
    """One line of an inbox, as far as tests ask."""

    recipient: str
    capacity: str
    body: str
    gate: str
    rung: str
    items: int


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """A moment in Viet Nam."""
    return datetime.combine(day, time(hour, minute), ZONE)


def swept(town: Town, day: date, hour: int = 8, minute: int = 0, *, manner: Manner = USUAL) -> SweepResult:
    """Put the town's clock and sweep."""
    town.now.put(day, hour)
    return sweep_once(town.engine, at(day, hour, minute), manner=manner)


def swept_daily(town: Town, first: date, last: date, hour: int = 8) -> list[SweepResult]:
    """A sweep a day, both ends counted."""
    return [swept(town, first + n * ONE_DAY, hour) for n in range((last - first).days + 1)]


def only(database: Database, *rows: dict[str, Any]) -> None:
    """The book holds these rows and no others."""
    with database.write() as connection:
        connection.execute(delete(DEADLINES))
        connection.execute(insert(DEADLINES), [{**row_of(), **row} for row in rows])


def row_of(
    name: str = "1",
    *,
    gate: str = "count_ballot",
    organisation: str = FIRST,
    superior: str = BASE,
    last: date = DUE,
    safe: date = SAFE,
    hour: str = "",
    word: str = "at_latest",
    opened_on: date = OPENED,
    kind: str = "individual",
    **changes: Any,
) -> dict[str, Any]:
    """A row of the book: something the first cell owes, to vote by `last`."""
    return {
        "deadline": f"review/{name}/{gate}",
        "campaign": CAMPAIGN,
        "organisation": organisation,
        "superior": superior,
        "subject_kind": "review",
        "subject": name,
        "kind": kind,
        "gate": gate,
        "rule": "duk.deadline_rating",
        "basis": "yearly",
        "stated_day": last,
        "word": word,
        "hour": hour,
        "last_day": last,
        "ends_at": ends_at(last, word, hour),
        "safe_day": safe,
        "unit": "",
        "provisional": False,
        "opened_on": opened_on,
        "done_on": None,
        "dropped": False,
        "paused": False,
        "overdue": False,
        "rung": 0,
        "next_on": opened_on,
        **changes,
    }


def reminders(database: Database) -> list[tuple[str, str, date, date]]:
    """Every reminder in the order it was found: deadline, rung, the day it was for, the day it was found."""
    columns = (REMINDERS.c.deadline, REMINDERS.c.rung, REMINDERS.c.rung_on, REMINDERS.c.found_on)
    with database.read() as connection:
        rows = connection.execute(select(*columns).order_by(REMINDERS.c.reminder))
        return [(row.deadline, row.rung, row.rung_on, row.found_on) for row in rows]


def rungs_of(database: Database, deadline: str = "review/1/count_ballot") -> list[tuple[str, date]]:
    """The rungs of one deadline with the days they were found, in the order they were."""
    return [(rung, found) for name, rung, _, found in reminders(database) if name == deadline]


def overdue(database: Database) -> set[str]:
    """The deadlines marked as overdue."""
    with database.read() as connection:
        return set(
            connection.execute(select(DEADLINES.c.deadline).where(DEADLINES.c.overdue.is_(True))).scalars()
        )


def told(database: Database, **wanted: Any) -> list[Told]:
    """The inbox lines with these values, in the order they were written."""
    columns = [NOTICES.c[name] for name in Told._fields]
    with database.read() as connection:
        rows = connection.execute(
            select(*columns)
            .where(*(NOTICES.c[name] == value for name, value in wanted.items()))
            .order_by(NOTICES.c.notice)
        )
        return [Told(*row) for row in rows]


def letters(database: Database, prefix: str = "") -> list[Any]:
    """The rows of the outbox whose key begins so, in the order they were written."""
    with database.read() as connection:
        rows = connection.execute(select(OUTBOX).order_by(OUTBOX.c.id)).all()
    return [row for row in rows if row.key.startswith(prefix)]


def reached(town: Town, person: str, **how: Any) -> None:
    """The person has an e-mail address."""
    given = {"email": f"n{person}@example.org", **how}
    with town.database.write() as connection:
        save_contact(connection, Contact(person=person, **given), by=person, at=town.engine.now())


def everything(database: Database) -> dict[str, Any]:
    """What sweeps have written, without numbers the database gives: to compare two ways of getting there."""
    with database.read() as connection:
        book = connection.execute(
            select(DEADLINES.c.deadline, DEADLINES.c.overdue, DEADLINES.c.rung, DEADLINES.c.next_on).order_by(
                DEADLINES.c.deadline
            )
        ).all()
        lines = connection.execute(select(NOTICES.c.key, NOTICES.c["items"]).order_by(NOTICES.c.key)).all()
        posted = connection.execute(select(OUTBOX.c.key, OUTBOX.c.body).order_by(OUTBOX.c.key)).all()
    return {
        "book": [tuple(row) for row in book],
        "reminders": sorted(reminders(database)),
        "lines": [tuple(row) for row in lines],
        "letters": [tuple(row) for row in posted],
    }


def post(town: Town, person: str, organisation: str, post: Post, on: date) -> None:
    """The person holds a post from a day on."""
    _positions(
        town,
        on,
        new=(PositionRecord(person_id=person, organisation_id=organisation, post=post, held_from=on),),
    )


def post_ends(town: Town, person: str, organisation: str, post: Post, on: date) -> None:
    """A post of the first roster is given up: the day before `on` is its last."""
    held = PositionRecord(
        person_id=person, organisation_id=organisation, post=post, held_from=date(2015, 4, 1)
    )
    _positions(town, on, gone=(held,))


def _positions(
    town: Town, on: date, new: tuple[PositionRecord, ...] = (), gone: tuple[PositionRecord, ...] = ()
) -> None:
    difference = Difference(
        on=on,
        new={**dict.fromkeys(KINDS, ()), "position": new},
        changed=dict.fromkeys(KINDS, ()),
        gone={**dict.fromkeys(KINDS, ()), "position": gone},
        unchanged=dict.fromkeys(KINDS, 0),
    )
    with town.database.write() as connection:
        apply_difference(connection, difference, at=at(on, 7), by=OFFICER.id, source=f"posts-{on}")
