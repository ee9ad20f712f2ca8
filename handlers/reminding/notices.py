"""The reminders a sweep found become lines in inboxes: one a person, step, body and rung."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Text, cast, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from deadlines.sweep import SweepDay
from deadlines.tables import REMINDERS
from handlers.notice_tables import NOTICES
from handlers.reminding.owing import is_owed
from handlers.reminding.recipients import found_now, of_bodies, of_people

_IN_ORDER: Final = ("recipient", "rung_on", "level", "campaign", "organisation", "gate", "kind", "rule")
"""The order of lines that are written together, on both databases."""

NOBODY: Final = ""
"""The recipient of a line for which the roster has nobody on the day, at the body or anywhere above."""

_KEYED: Final = (
    "recipient",
    "campaign",
    "organisation",
    "kind",
    "gate",
    "rule",
    "due_on",
    "rung",
    "capacity",
)
_COPIED: Final = (
    "recipient",
    "body",
    "capacity",
    "campaign",
    "organisation",
    "kind",
    "gate",
    "rule",
    "due_on",
    "safe_on",
    "hour",
    "rung",
    "level",
    "rung_on",
    "items",
)


def write_notices(connection: Connection, day: SweepDay) -> int:
    """A line for everybody responsible today for what the sweep found; how many lines are new.

    Of a step that was told of today already the line counts more items and is unread again. Lines of nobody
    are kept as well, so that they can be seen.
    """
    if not _anything(connection, day.after):
        return 0
    last = connection.execute(select(func.coalesce(func.max(NOTICES.c.notice), 0))).scalar_one()
    found = found_now(day.after)
    _insert(connection, day, of_bodies(found, day.today))
    _insert(connection, day, of_people(day.after))
    new = select(func.count()).where(NOTICES.c.notice > last)
    return int(connection.execute(new).scalar_one())


def _anything(connection: Connection, after: int) -> bool:
    newest = select(REMINDERS.c.reminder).where(REMINDERS.c.reminder > after).limit(1)
    return connection.execute(newest).first() is not None


def _insert(connection: Connection, day: SweepDay, lines: Any) -> None:
    told = lines.subquery("lines")
    key: ColumnElement[str] = literal(day.today.isoformat())
    for name in reversed(_KEYED):
        key = cast(told.c[name], Text) + "|" + key
    written = {
        "key": key,
        "noticed_on": literal(day.today, NOTICES.c.noticed_on.type),
        "created_at": literal(day.at, NOTICES.c.created_at.type),
    }
    wanted = (
        select(*(told.c[name] for name in _COPIED), *written.values())
        .where(literal(1) == 1)
        .order_by(*(told.c[name] for name in _IN_ORDER))
    )
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make(NOTICES).from_select([*_COPIED, *written], wanted)
    more = statement.on_conflict_do_update(
        index_elements=["key"],
        set_={"items": NOTICES.c["items"] + statement.excluded["items"], "read_at": None},
    )
    connection.execute(more)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unaddressed:
    """So many items at one rung that nobody answers for: no head, no deputy, and nobody above."""

    campaign: str
    organisation: str
    kind: str
    gate: str
    rule: str
    due_on: date
    rung: str
    level: int
    noticed_on: date
    items: int


def unaddressed(connection: Connection, campaign: str) -> tuple[Unaddressed, ...]:
    """The reminders of a campaign that reached nobody and are still owed, the newest first."""
    columns = [NOTICES.c[name] for name in Unaddressed.__dataclass_fields__]
    rows = connection.execute(
        select(*columns)
        .where(NOTICES.c.recipient == NOBODY, NOTICES.c.campaign == campaign, is_owed())
        .order_by(NOTICES.c.noticed_on.desc(), NOTICES.c.organisation, NOTICES.c.notice)
    )
    return tuple(Unaddressed(**row._mapping) for row in rows)


def unaddressed_on(connection: Connection, day: date) -> int:
    """How many lines of one day reached nobody."""
    counted = select(func.count()).where(NOTICES.c.recipient == NOBODY, NOTICES.c.noticed_on == day)
    return int(connection.execute(counted).scalar_one())
