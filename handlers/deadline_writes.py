"""The statements that change the book of deadlines: whole groups of rows, never one row after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Date,
    Delete,
    Insert,
    Text,
    Update,
    and_,
    bindparam,
    case,
    delete,
    exists,
    false,
    insert,
    literal,
    null,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from deadlines.owed import JOIN_MEETING, OF_REVIEW, Row
from deadlines.tables import DEADLINES
from handlers.among import among
from handlers.prepared import Prepared
from handlers.tables import CAMPAIGNS, REVIEWS, SESSIONS
from states import campaign as campaign_life
from workflow.rules.due_dates import BEFORE_MEETING

OPEN_ROW: Final = and_(DEADLINES.c.done_on.is_(None), DEADLINES.c.dropped.is_(false()))
"""A row somebody still owes."""


def full(row: Row, stage: str) -> Row:
    """The row with the columns of the sweep as they begin; it looks at rows of open campaigns alone."""
    is_open = row["done_on"] is None and not row["dropped"]
    return {
        **row,
        "overdue": False,
        "rung": 0,
        "next_on": row["opened_on"] if is_open and stage == campaign_life.OPEN else None,
    }


def write_new(connection: Connection, rows: Sequence[Row]) -> None:
    """Insert rows of subjects that had none; complete with the columns of the sweep."""
    if rows:
        connection.execute(insert(DEADLINES), list(rows))


def write_alike(connection: Connection, row: Row, reviews: Sequence[str]) -> None:
    """Insert the row of one review for all of these, which have the same dates and stand at the same place.

    What differs is taken from the register, where they stand already: at an opening nothing is as fast.
    """
    connection.execute(_alike(), {**{f"b_{name}": row[name] for name in _SHARED}, "subjects": list(reviews)})


_OWN: Final = {
    "deadline": literal("review/", Text) + REVIEWS.c.review + "/" + bindparam("b_gate", type_=Text),
    "organisation": REVIEWS.c.organisation,
    "superior": REVIEWS.c.superior,
    "subject": REVIEWS.c.review,
}
_SHARED: Final = tuple(column.name for column in DEADLINES.columns if column.name not in _OWN)


@cache
def _alike() -> Insert:
    values: dict[str, Any] = {
        name: bindparam(f"b_{name}", type_=DEADLINES.c[name].type) for name in _SHARED
    } | _OWN
    names = [column.name for column in DEADLINES.columns]
    rows = select(*(values[name] for name in names)).where(among(REVIEWS.c.review, "subjects"))
    return insert(DEADLINES).from_select(names, rows)


def write(connection: Connection, rows: Sequence[Row]) -> None:
    """Insert rows, or write them anew where they stand.

    A row that stays open with the same dates keeps what the sweep knows of it; every other begins anew. It is
    owed since the later of the two days: a date that moved, since the day it moved.
    """
    if rows:
        in_order = sorted(rows, key=lambda row: str(row["deadline"]))
        _upsert(connection.dialect.name).run(connection, in_order)


@cache
def _upsert(dialect: str) -> Prepared:
    made = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(DEADLINES)
    given = made.excluded
    same = and_(
        DEADLINES.c.done_on.is_(None),
        given.done_on.is_(None),
        DEADLINES.c.dropped == given.dropped,
        DEADLINES.c.last_day == given.last_day,
        DEADLINES.c.safe_day == given.safe_day,
        DEADLINES.c.ends_at == given.ends_at,
    )
    opened = case((DEADLINES.c.opened_on > given.opened_on, DEADLINES.c.opened_on), else_=given.opened_on)
    values: dict[str, Any] = {
        column.name: given[column.name] for column in DEADLINES.columns if column.name != "deadline"
    }
    values["opened_on"] = opened
    values["overdue"] = case((same, DEADLINES.c.overdue), else_=given.overdue)
    values["rung"] = case((same, DEADLINES.c.rung), else_=given.rung)
    begins = case((given.next_on.is_not(None), opened))
    values["next_on"] = case((same, DEADLINES.c.next_on), else_=begins)
    return Prepared(made.on_conflict_do_update(index_elements=["deadline"], set_=values))


def remove(connection: Connection, deadlines: Iterable[str]) -> None:
    """Take rows away: what they were about does not exist any more."""
    keys = sorted(deadlines)
    if keys:
        connection.execute(_REMOVE, {"keys": keys})


_REMOVE: Final[Delete] = delete(DEADLINES).where(among(DEADLINES.c.deadline, "keys"))

_OF_REVIEWS: Final = and_(
    DEADLINES.c.subject_kind == OF_REVIEW,
    among(DEADLINES.c.subject, "subjects"),
    DEADLINES.c.gate == bindparam("of_gate"),
)


def close(connection: Connection, gate: str, on: date, reviews: Iterable[str]) -> None:
    """The step of a gate was taken on this day for these reviews."""
    _CLOSE.run(connection, [{"of_gate": gate, "on": on, "subjects": sorted(reviews)}])


_CLOSE: Final = Prepared(
    update(DEADLINES)
    .where(_OF_REVIEWS)
    .values(done_on=bindparam("on", type_=Date()), dropped=false(), overdue=false(), rung=0, next_on=null())
)


def reopen(connection: Connection, gate: str, reviews: Iterable[str]) -> None:
    """The step of a gate is owed again for these reviews."""
    connection.execute(_REOPEN, {"of_gate": gate, "subjects": sorted(reviews)})


def owe_since(connection: Connection, gate: str, since: date, reviews: Iterable[str]) -> None:
    """Rows of a gate are owed since this day at the earliest."""
    connection.execute(_SINCE, {"of_gate": gate, "subjects": sorted(reviews), "since": since})


_SINCE: Final[Update] = (
    update(DEADLINES)
    .where(_OF_REVIEWS, DEADLINES.c.opened_on < bindparam("since", type_=Date()))
    .values(opened_on=bindparam("since", type_=Date()))
)

CAMPAIGN_RUNS: Final = exists(
    select(CAMPAIGNS.c.campaign).where(
        CAMPAIGNS.c.campaign == DEADLINES.c.campaign, CAMPAIGNS.c.stage == campaign_life.OPEN
    )
)

_REOPEN: Final[Update] = (
    update(DEADLINES)
    .where(_OF_REVIEWS)
    .values(
        done_on=null(),
        overdue=false(),
        rung=0,
        next_on=case((and_(DEADLINES.c.dropped.is_(false()), CAMPAIGN_RUNS), DEADLINES.c.opened_on)),
    )
)


def pause(connection: Connection, paused: bool, reviews: Iterable[str]) -> None:
    """Say of every row of these reviews whether the review is paused; the dates run on (C-34)."""
    connection.execute(_PAUSE, {"is_paused": paused, "subjects": sorted(reviews)})


_PAUSE: Final[Update] = (
    update(DEADLINES)
    .where(DEADLINES.c.subject_kind == OF_REVIEW, among(DEADLINES.c.subject, "subjects"))
    .values(paused=bindparam("is_paused"))
)


def drop_notices(connection: Connection, reviews: Iterable[str]) -> None:
    """Nothing has to be out any more for these reviews before a meeting."""
    connection.execute(_DROP_NOTICES, {"subjects": sorted(reviews)})


_DROP_NOTICES: Final[Update] = (
    update(DEADLINES)
    .where(
        DEADLINES.c.subject_kind == OF_REVIEW,
        among(DEADLINES.c.subject, "subjects"),
        DEADLINES.c.basis == BEFORE_MEETING,
        DEADLINES.c.done_on.is_(None),
    )
    .values(dropped=true(), overdue=false(), rung=0, next_on=null())
)


def start_campaign(connection: Connection, campaign: str) -> None:
    """The campaign is open: everything owed may be reminded of."""
    connection.execute(
        update(DEADLINES)
        .where(DEADLINES.c.campaign == campaign, OPEN_ROW)
        .values(next_on=DEADLINES.c.opened_on)
    )


def end_campaign(connection: Connection, campaign: str) -> None:
    """The campaign ended: nobody is reminded of anything any more."""
    connection.execute(
        update(DEADLINES)
        .where(DEADLINES.c.campaign == campaign, DEADLINES.c.next_on.is_not(None))
        .values(next_on=null())
    )


def waiting_at(connection: Connection, campaign: str, venues: Iterable[str]) -> set[str]:
    """The absent members reviewed at these venues who still wait for their next meeting."""
    chosen = (
        select(DEADLINES.c.subject)
        .join(SESSIONS, SESSIONS.c.review == DEADLINES.c.subject)
        .where(
            DEADLINES.c.subject_kind == OF_REVIEW,
            DEADLINES.c.gate == JOIN_MEETING,
            SESSIONS.c.campaign == campaign,
            among(SESSIONS.c.venue, "venues"),
            OPEN_ROW,
        )
    )
    return set(connection.execute(chosen, {"venues": sorted(set(venues))}).scalars())
