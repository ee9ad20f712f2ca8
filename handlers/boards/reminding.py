"""Reminding now, outside the ladder: of what each of many bodies owes next, whoever answers for it today.

The lines join the inbox as those of a sweep do, under keys of person, step, body and day, so that asking
twice on a day tells nobody twice; the letter of the day carries them like any other line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import structlog
from sqlalchemy import CTE, ColumnElement, Connection, case, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from deadlines.standing import STEPS
from deadlines.tables import DEADLINES, STILL_OPEN
from handlers.among import among
from handlers.notice_tables import NOTICES
from handlers.reminding.recipients import FROM_ABOVE, ITEM, of_bodies

log = structlog.get_logger()

ASKED: Final = "asked:1"
"""The rung of a reminder somebody asked for, beside those of the ladder."""

PART: Final = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminder:
    """What one body owes next, and one person who answers for it today; `recipient` is empty where nobody
    does. `told_at` is when this person was reminded of it today, None where not yet.
    """

    recipient: str
    body: str
    capacity: str
    organisation: str
    kind: str
    gate: str
    rule: str
    due_on: date
    safe_on: date
    hour: str
    items: int
    key: str
    told_at: datetime | None = None


def next_reminders(
    connection: Connection, campaign: str, kind: str, bodies: Iterable[str], today: date
) -> tuple[Reminder, ...]:
    """What these bodies owe next of a kind of review, with everybody who answers for it on the day.

    Of several open steps the one with the earliest last safe day, of the same day the first in the life of a
    review. A body that owes nothing with a date is not there.
    """
    given = {"bodies": sorted(set(bodies))}
    found = _owed_next(campaign, kind, today)
    told = connection.execute(of_bodies(found, today), given).mappings()
    rows = [
        Reminder(
            recipient=row["recipient"],
            body=row["body"],
            capacity=row["capacity"],
            organisation=row["organisation"],
            kind=row["kind"],
            gate=row["gate"],
            rule=row["rule"],
            due_on=row["due_on"],
            safe_on=row["safe_on"],
            hour=row["hour"],
            items=int(row["items"]),
            key=_key(campaign, dict(row), today),
        )
        for row in told
    ]
    rows.sort(key=lambda one: (one.organisation, one.gate, one.recipient))
    return tuple(_with_told(connection, rows))


def remind(
    connection: Connection,
    campaign: str,
    reminders: Sequence[Reminder],
    today: date,
    at: datetime,
) -> Mapping[str, bool]:
    """Write what nobody was told yet today into the inboxes; by key, whether it was written just now.

    In a transaction that writes. What somebody else has written meanwhile is not written again.
    """
    rows = [_row(campaign, one, today, at) for one in reminders if one.recipient and one.told_at is None]
    written: set[str] = set()
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    insert = make(NOTICES).on_conflict_do_nothing(index_elements=["key"]).returning(NOTICES.c.key)
    for start in range(0, len(rows), PART):
        written |= set(connection.execute(insert, rows[start : start + PART]).scalars())
    log.info("reminded", campaign=campaign, asked=len(reminders), written=len(written))
    return {one.key: one.key in written for one in reminders}


def _owed_next(campaign: str, kind: str, today: date) -> CTE:
    """The next step of each body as items, with the columns `of_bodies` asks for."""
    columns: tuple[ColumnElement[Any], ...] = (
        DEADLINES.c.campaign,
        DEADLINES.c.organisation,
        DEADLINES.c.superior,
        DEADLINES.c.kind,
        DEADLINES.c.gate,
        DEADLINES.c.rule,
        DEADLINES.c.last_day,
    )
    open_items = (
        select(
            *columns[:-1],
            DEADLINES.c.last_day.label("due_on"),
            func.min(DEADLINES.c.safe_day).label("safe_on"),
            func.max(DEADLINES.c.hour).label("hour"),
            func.count().label("items"),
        )
        .where(
            DEADLINES.c.campaign == campaign,
            DEADLINES.c.kind == kind,
            DEADLINES.c.subject_kind == "review",
            DEADLINES.c.gate.in_(tuple(STEPS)),
            among(DEADLINES.c.organisation, "bodies"),
            STILL_OPEN,
        )
        .group_by(*columns)
        .cte("open_items")
    )
    place = case({gate: place for gate, (place, _) in STEPS.items()}, value=open_items.c.gate, else_=99)
    first = func.row_number().over(
        partition_by=open_items.c.organisation,
        order_by=(open_items.c.safe_on, place, open_items.c.due_on, open_items.c.rule),
    )
    ranked = select(open_items, first.label("place")).cte("ranked")
    owing = case((ranked.c.gate.in_(FROM_ABOVE), ranked.c.superior), else_=ranked.c.organisation)
    extra: dict[str, ColumnElement[Any]] = {
        "rung": literal(ASKED),
        "level": literal(0),
        "rung_on": literal(today, DEADLINES.c.last_day.type),
    }
    return (
        select(
            *(extra[name].label(name) if name in extra else ranked.c[name] for name in ITEM),
            ranked.c.safe_on,
            ranked.c.hour,
            extra["rung_on"].label("rung_on"),
            ranked.c["items"].label("items"),
            owing.label("owing"),
        )
        .where(ranked.c.place == 1)
        .cte("found")
    )


def _with_told(connection: Connection, rows: Sequence[Reminder]) -> Iterable[Reminder]:
    keys = [one.key for one in rows]
    told: dict[str, datetime] = {}
    if keys:
        chosen = select(NOTICES.c.key, NOTICES.c.created_at).where(among(NOTICES.c.key, "keys"))
        told = {row[0]: row[1] for row in connection.execute(chosen, {"keys": keys})}
    for one in rows:
        yield replace(one, told_at=told.get(one.key))


def _key(campaign: str, row: Mapping[str, Any], today: date) -> str:
    """As a sweep makes it: who, what, until when, and the day it was told."""
    parts = (
        row["recipient"],
        campaign,
        row["organisation"],
        row["kind"],
        row["gate"],
        row["rule"],
        row["due_on"].isoformat(),
        ASKED,
        row["capacity"],
        today.isoformat(),
    )
    return "|".join(parts)


def _row(campaign: str, one: Reminder, today: date, at: datetime) -> dict[str, Any]:
    return {
        "key": one.key,
        "recipient": one.recipient,
        "body": one.body,
        "capacity": one.capacity,
        "campaign": campaign,
        "organisation": one.organisation,
        "kind": one.kind,
        "gate": one.gate,
        "rule": one.rule,
        "due_on": one.due_on,
        "safe_on": one.safe_on,
        "hour": one.hour,
        "rung": ASKED,
        "level": 0,
        "rung_on": today,
        "noticed_on": today,
        "items": one.items,
        "created_at": at,
    }
