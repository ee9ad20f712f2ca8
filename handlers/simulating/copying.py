"""A private copy of what one campaign needs, in a SQLite file of its own that is removed afterwards.

Names, birth dates, card numbers and addresses stay where they are: the copy has a person's id in their place.
Findings, opinions and lists are not copied, webhooks and what was sent before neither: nothing can leave.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    case,
    event,
    insert,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from deadlines.tables import DEADLINES
from handlers.notice_tables import ABSENCES, CONTACTS, SNOOZES
from handlers.roster_tables import LIST_ENTRIES, MEMBERSHIPS, ORGANISATIONS, PEOPLE, POSITIONS
from handlers.tables import (
    BALLOTS,
    BUNDLES,
    CAMPAIGNS,
    MEETINGS,
    PLANS,
    PROGRESS,
    REVIEWS,
    SESSIONS,
)
from workflow import clock
from workflow.database import Database
from workflow.tables import EVENTS, HEADS, RULEBOOKS

PART: Final = 5_000
"""Rows carried over at a time."""

LONG_AGO: Final = datetime(1990, 1, 1, tzinfo=clock.ZONE)
"""Since when the copy believes its roster, so that a season may begin before the roster was entered."""

OF_A_CAMPAIGN: Final = (REVIEWS, SESSIONS, PROGRESS, MEETINGS, BUNDLES, BALLOTS, PLANS)
"""Read models that go over as they are."""

BUNDLE_STREAMS: Final = ((BUNDLES, "submission"),)
"""Whose events go over in any case, since a sweep may close a consultation; what their streams begin with."""

OTHER_STREAMS: Final = ((REVIEWS, "review"), (MEETINGS, "meeting"), (PLANS, "plan"))
"""Whose events go over where the book is written anew from them."""

FOLDER_PREFIX: Final = "kiemdiem-simulate-"
"""What the folder of a copy is called, before a random part."""

NOBODY: Final = "simulation.invalid"
"""The domain of every address in the copy; no mail can reach it (RFC 2606)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What goes over: with `lived` where the campaign stands, else the roster; with `log` every event."""

    campaign: str
    organisation: str
    rulebook_hash: str
    lived: bool
    log: bool


@contextmanager
def empty_copy() -> Iterator[Database]:
    """A migrated, empty SQLite database in a folder of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=FOLDER_PREFIX) as folder:
        database = Database(f"sqlite:///{Path(folder) / 'copy.db'}")
        event.listen(database.engine, "connect", _lose_it_gladly)
        database.migrate()
        try:
            yield database
        finally:
            database.close()


def _lose_it_gladly(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """A copy that is thrown away need not survive a power cut."""
    assert isinstance(connection, sqlite3.Connection)
    connection.execute("PRAGMA synchronous = OFF")


def carry_over(source: Connection, copy: Connection, wanted: Wanted) -> int:
    """Write what is wanted into an empty copy; how many rows. The source is only read."""
    rows = 0
    for table, chosen in _parts(wanted):
        found = source.execution_options(yield_per=PART).execute(chosen).mappings()
        for part in found.partitions(PART):
            copy.execute(insert(table), [dict(row) for row in part])
            rows += len(part)
    return rows


def _parts(wanted: Wanted) -> Iterator[tuple[Table, Select[Any]]]:
    yield RULEBOOKS, select(RULEBOOKS).where(RULEBOOKS.c.hash == wanted.rulebook_hash)
    yield from _roster(wanted.organisation)
    yield ABSENCES, select(ABSENCES)
    yield ABSENCES, _away_sick()
    yield (
        CONTACTS,
        _with(
            CONTACTS,
            email=_address("email"),
            phone=_address("phone"),
            chat=_address("chat"),
            calendar_secret=null(),
        ),
    )
    if not wanted.lived:
        return
    yield CAMPAIGNS, select(CAMPAIGNS).where(CAMPAIGNS.c.campaign == wanted.campaign)
    for table in OF_A_CAMPAIGN:
        yield table, select(table).where(table.c.campaign == wanted.campaign)
    yield SNOOZES, select(SNOOZES).where(SNOOZES.c.campaign == wanted.campaign)
    yield DEADLINES, _never_swept().where(DEADLINES.c.campaign == wanted.campaign)
    of_campaign = select(literal(f"campaign/{wanted.campaign}"))
    streams = [of_campaign] + [
        select(literal(f"{kind}/").concat(table.primary_key.columns[0])).where(
            table.c.campaign == wanted.campaign
        )
        for table, kind in (*BUNDLE_STREAMS, *(OTHER_STREAMS if wanted.log else ()))
    ]
    for table in (EVENTS, HEADS):
        for chosen in streams:
            yield table, select(table).where(table.c.stream.in_(chosen))


def _roster(organisation: str) -> Iterator[tuple[Table, Select[Any]]]:
    """The bodies below and above the campaign's own, with everybody on their rolls or in a post there."""
    current = ORGANISATIONS.c.superseded_at.is_(None)
    bodies = ORGANISATIONS.c.organisation_id, ORGANISATIONS.c.superior_id
    start = select(*bodies).where(bodies[0] == organisation, current)
    below = start.cte("below", recursive=True)
    below = below.union(select(*bodies).where(bodies[1] == below.c.organisation_id, current))
    above = start.cte("above", recursive=True)
    above = above.union(select(*bodies).where(bodies[0] == above.c.superior_id, current))
    scope = select(below.c.organisation_id).union(select(above.c.organisation_id))
    in_scope = {table: _in_scope(table, scope) for table in (ORGANISATIONS, MEMBERSHIPS, POSITIONS)}
    for table, where in in_scope.items():
        yield table, _with(table, recorded_at=literal(LONG_AGO, table.c.recorded_at.type)).where(*where)
    people = or_(
        *(
            PEOPLE.c.person_id.in_(select(table.c.person_id).where(*in_scope[table]))
            for table in (MEMBERSHIPS, POSITIONS)
        )
    )
    unnamed = _with(
        PEOPLE,
        name=case((PEOPLE.c.name.is_(None), null()), else_=PEOPLE.c.person_id),
        birth_date=null(),
        card_number=null(),
        recorded_at=literal(LONG_AGO, PEOPLE.c.recorded_at.type),
    )
    yield PEOPLE, unnamed.where(people, PEOPLE.c.superseded_at.is_(None))


def _in_scope(table: Table, scope: Any) -> tuple[ColumnElement[bool], ...]:
    return table.c.organisation_id.in_(scope), table.c.superseded_at.is_(None)


def _away_sick() -> Select[Any]:
    """Sick leave of somebody with a post becomes an absence: who is told instead follows, why does not."""
    return select(
        LIST_ENTRIES.c.subject.label("person"),
        LIST_ENTRIES.c.from_day,
        LIST_ENTRIES.c.to_day,
        literal(LONG_AGO, ABSENCES.c.recorded_at.type).label("recorded_at"),
        literal("").label("recorded_by"),
    ).where(
        LIST_ENTRIES.c.list == "sick_leave",
        LIST_ENTRIES.c.superseded_at.is_(None),
        LIST_ENTRIES.c.from_day.is_not(None),
        LIST_ENTRIES.c.to_day.is_not(None),
        LIST_ENTRIES.c.subject.in_(select(POSITIONS.c.person_id)),
    )


def _never_swept() -> Select[Any]:
    """Open rows as they stood when they were written, before any sweep."""
    is_open = DEADLINES.c.done_on.is_(None) & DEADLINES.c.dropped.is_(False)
    return _with(
        DEADLINES,
        overdue=literal(False),
        rung=literal(0),
        next_on=case((is_open, DEADLINES.c.opened_on), else_=null()),
    )


def _address(name: str) -> ColumnElement[str]:
    """Whether there is an address is told, the address is not."""
    nobody = CONTACTS.c.person.concat(literal(f"@{NOBODY}"))
    return case((CONTACTS.c[name] == "", ""), else_=nobody)


def _with(table: Table, **instead: ColumnElement[Any]) -> Select[Any]:
    """All columns of a table, some of them with another value."""
    return select(
        *(instead[column.name].label(column.name) if column.name in instead else column for column in table.c)
    )
