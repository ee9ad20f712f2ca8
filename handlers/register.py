"""The register: one row a review, and one a venue, always what the fold says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from handlers.prepared import Prepared
from handlers.tables import REVIEWS, SESSIONS
from workflow.gathering import Moved
from workflow.review import Review

Row = Mapping[str, Any]


def review_row(review: Review) -> dict[str, Any]:
    """The row a review has in the register, taken from its fold alone."""
    dates, told = review.dates, review.facts.get("notice.superior_on")
    return {
        "review": review.id,
        "campaign": review.campaign,
        "kind": review.kind,
        "quality": review.quality,
        "subject": review.subject,
        "organisation": review.organisation,
        "superior": review.superior,
        "stage": review.stage,
        "remembered": review.remembered,
        "rated": review.rated,
        "round": review.round,
        "self_level": review.self_level,
        "proposed_level": review.proposed_level,
        "voted_level": review.voted_level,
        "appraised_level": review.appraised_level,
        "decided_level": review.decided_level,
        "flags": ",".join(sorted(review.flags)),
        "bundle": review.bundle,
        "prepared_on": dates.get("prepared"),
        "draft_sent_on": dates.get("draft_sent"),
        "superior_told_on": told[0] if told is not None else None,
        "reviewed_on": dates.get("reviewed"),
        "voted_on": dates.get("voted"),
        "submitted_on": dates.get("submitted"),
        "appraised_on": dates.get("appraised"),
        "decided_on": dates.get("decided"),
        "version": review.version,
    }


def session_rows(review: Review) -> list[dict[str, Any]]:
    """The rows of a review's venues, those not held yet included."""
    rows = []
    for venue, kind in review.venues:
        held = review.sessions.get(venue)
        rows.append(
            {
                "review": review.id,
                "venue": venue,
                "campaign": review.campaign,
                "venue_kind": kind,
                "meeting": held.meeting if held else None,
                "at": held.at if held else None,
            }
        )
    return rows


_CHANGING = tuple(
    column.name
    for column in REVIEWS.columns
    if column.name
    not in ("review", "campaign", "kind", "quality", "subject", "organisation", "superior", "rated")
)
_UPDATE_REVIEW = Prepared(
    update(REVIEWS)
    .where(REVIEWS.c.review == bindparam("b_review"))
    .values({name: bindparam(f"b_{name}") for name in _CHANGING})
)
_UPDATE_SESSION = Prepared(
    update(SESSIONS)
    .where(SESSIONS.c.review == bindparam("b_review"), SESSIONS.c.venue == bindparam("b_venue"))
    .values(meeting=bindparam("b_meeting"), at=bindparam("b_at"))
)


def keep_register(connection: Connection, moved: Sequence[Moved]) -> None:
    """Write the rows of every review that moved: new ones inserted, others updated, in key order."""
    pairs = [
        (one.before, one.after)
        for one in sorted(moved, key=lambda one: one.stream)
        if isinstance(one.after, Review) and isinstance(one.before, Review)
    ]
    new = [after for before, after in pairs if before.version == 0]
    grown = [(before, after) for before, after in pairs if before.version > 0]
    if new:
        connection.execute(insert(REVIEWS), [review_row(review) for review in new])
        sessions = [row for review in new for row in session_rows(review)]
        if sessions:
            connection.execute(insert(SESSIONS), sessions)
    if grown:
        rows = [review_row(after) for _, after in grown]
        _UPDATE_REVIEW.run(
            connection,
            [{"b_review": row["review"], **{f"b_{name}": row[name] for name in _CHANGING}} for row in rows],
        )
        changed = [
            {
                "b_review": row["review"],
                "b_venue": row["venue"],
                "b_meeting": row["meeting"],
                "b_at": row["at"],
            }
            for before, after in grown
            if before.sessions != after.sessions
            for row in session_rows(after)
        ]
        if changed:
            _UPDATE_SESSION.run(connection, changed)


def upsert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows or, where their key stands already, write every other column anew."""
    rows = list(rows)
    if not rows:
        return
    _upsert_into(connection.dialect.name, table).run(connection, rows)


@cache
def _upsert_into(dialect: str, table: Table) -> Prepared:
    keys = [column.name for column in table.primary_key.columns]
    statement = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    others = {
        column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys
    }
    return Prepared(statement.on_conflict_do_update(index_elements=keys, set_=others))


def empty(connection: Connection, tables: Iterable[Table]) -> None:
    """Remove every row of read models; they are rebuilt from the log."""
    for table in tables:
        connection.execute(delete(table))
