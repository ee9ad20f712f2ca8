"""Days on which somebody is away, so that the deputy is told instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from handlers.notice_tables import ABSENCES
from workflow.errors import BadInput, NotFound
from workflow.errors import day as written


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """A person is away from one day to another, both counted."""

    id: int
    person: str
    from_day: date
    to_day: date


def absences_of(connection: Connection, person: str, today: date) -> tuple[Absence, ...]:
    """The absences of a person that are not over, the next one first."""
    rows = connection.execute(
        select(ABSENCES.c.id, ABSENCES.c.person, ABSENCES.c.from_day, ABSENCES.c.to_day)
        .where(ABSENCES.c.person == person, ABSENCES.c.to_day >= today, ABSENCES.c.withdrawn_at.is_(None))
        .order_by(ABSENCES.c.from_day, ABSENCES.c.id)
    )
    return tuple(
        Absence(id=row.id, person=row.person, from_day=row.from_day, to_day=row.to_day) for row in rows
    )


def record_absence(
    connection: Connection, person: str, from_day: date, to_day: date, *, by: str, today: date, at: datetime
) -> int:
    """Keep that a person is away, both days counted; gives its number.

    Raises BadInput where the days are in the wrong order or all of them are over.
    """
    if to_day < from_day:
        raise BadInput(
            "to_day",
            written(to_day),
            f"trước ngày bắt đầu {written(from_day)}.",
            f"is before the first day, {written(from_day)}.",
        )
    if to_day < today:
        raise BadInput(
            "to_day",
            written(to_day),
            "đã qua; kỳ vắng mặt đã hết thì không cần ghi.",
            "has passed; an absence that is over need not be recorded.",
        )
    made = connection.execute(
        insert(ABSENCES)
        .values(person=person, from_day=from_day, to_day=to_day, recorded_at=at, recorded_by=by)
        .returning(ABSENCES.c.id)
    )
    return int(made.scalar_one())


def withdraw_absence(connection: Connection, person: str, absence: int, *, at: datetime) -> None:
    """Take an absence back from this moment on. NotFound where the person has none of that number."""
    changed = connection.execute(
        update(ABSENCES)
        .where(ABSENCES.c.id == absence, ABSENCES.c.person == person, ABSENCES.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )
    if not changed.rowcount:
        raise NotFound("absence", str(absence))
