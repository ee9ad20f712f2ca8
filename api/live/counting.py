"""How many notices of each of these people are open."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Connection, func, select

from handlers.notice_tables import NOTICES


def open_counts(connection: Connection, people: Collection[str], day: date) -> Mapping[str, int]:
    """Notices not read yet, by person."""
    rows = connection.execute(
        select(NOTICES.c.recipient, func.count())
        .where(NOTICES.c.recipient.in_(people), NOTICES.c.read_at.is_(None))
        .group_by(NOTICES.c.recipient)
    ).all()
    return {row[0]: row[1] for row in rows}
