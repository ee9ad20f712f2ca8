"""What whoever runs the service has to know at once: how much there is, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, text

from handlers.access.tables import GRANTS
from handlers.accounts.tables import ACCOUNTS
from handlers.calendar_tables import CALENDAR_CHANGES
from handlers.deliveries import Counted, counts
from handlers.roster.imports import CONFIRMED, PREVIEWED
from handlers.roster_facts import as_of
from handlers.roster_tables import IMPORTS, ORGANISATIONS, PEOPLE
from handlers.tables import CAMPAIGNS
from states import calendar as calendar_life
from states import campaign as campaign_life
from states import grant as grant_life
from workflow.tables import EVENTS

WAITING_MAX = 3
"""Imports that wait and are named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LastImport:
    """The newest file that became the roster."""

    file_name: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """The service on a day; what waits is counted apart from what is there.

    `newest_waiting` are the ids and file names of the newest imports that wait for a second person.
    """

    people: int
    bodies: int
    last_import: LastImport | None
    imports_waiting: int
    newest_waiting: tuple[tuple[str, str], ...]
    grants: int
    grants_waiting: int
    calendar_waiting: int
    campaigns: int
    campaigns_open: int
    accounts: int
    accounts_disabled: int
    accounts_without_password: int
    letters: tuple[Counted, ...]
    events: int
    database: str

    @property
    def letters_dead(self) -> int:
        """Letters and calls that will not be tried again by themselves."""
        return sum(one.dead for one in self.letters)

    @property
    def letters_late(self) -> int:
        """Letters and calls that wait past their time."""
        return sum(one.late for one in self.letters)


def state_of(connection: Connection, day: date, now: datetime) -> State:
    """The state, in a dozen counts; none of them grows slower than its table's index."""

    def count(asked: Select[Any]) -> int:
        return int(connection.execute(asked).scalar_one())

    newest = connection.execute(
        select(IMPORTS.c.file_name, IMPORTS.c.decided_at)
        .where(IMPORTS.c.state == CONFIRMED)
        .order_by(IMPORTS.c.decided_at.desc())
        .limit(1)
    ).first()
    accounts = select(func.count()).select_from(ACCOUNTS)
    enabled = ACCOUNTS.c.disabled_at.is_(None)
    return State(
        people=count(select(func.count(func.distinct(PEOPLE.c.person_id))).where(as_of(PEOPLE, day))),
        bodies=count(
            select(func.count(func.distinct(ORGANISATIONS.c.organisation_id))).where(
                as_of(ORGANISATIONS, day)
            )
        ),
        last_import=LastImport(file_name=newest[0], at=newest[1]) if newest else None,
        imports_waiting=count(select(func.count()).select_from(IMPORTS).where(IMPORTS.c.state == PREVIEWED)),
        newest_waiting=tuple(
            (row[0], row[1])
            for row in connection.execute(
                select(IMPORTS.c.import_id, IMPORTS.c.file_name)
                .where(IMPORTS.c.state == PREVIEWED)
                .order_by(IMPORTS.c.recorded_at.desc())
                .limit(WAITING_MAX)
            )
        ),
        grants=count(select(func.count()).select_from(GRANTS).where(GRANTS.c.stage == grant_life.GRANTED)),
        grants_waiting=count(
            select(func.count()).select_from(GRANTS).where(GRANTS.c.stage == grant_life.PROPOSED)
        ),
        calendar_waiting=count(
            select(func.count())
            .select_from(CALENDAR_CHANGES)
            .where(CALENDAR_CHANGES.c.stage == calendar_life.PROPOSED)
        ),
        campaigns=count(select(func.count()).select_from(CAMPAIGNS)),
        campaigns_open=count(
            select(func.count()).select_from(CAMPAIGNS).where(CAMPAIGNS.c.stage == campaign_life.OPEN)
        ),
        accounts=count(accounts.where(enabled)),
        accounts_disabled=count(accounts.where(ACCOUNTS.c.disabled_at.is_not(None))),
        accounts_without_password=count(accounts.where(enabled, ACCOUNTS.c.password_hash.is_(None))),
        letters=counts(connection, now),
        events=count(select(func.coalesce(func.max(EVENTS.c.position), 0))),
        database=_database(connection),
    )


def _database(connection: Connection) -> str:
    """The engine and its version, as a person says it."""
    if connection.dialect.name == "postgresql":
        return f"PostgreSQL {connection.execute(text('SHOW server_version')).scalar_one()}"
    return f"SQLite {connection.execute(text('SELECT sqlite_version()')).scalar_one()}"
