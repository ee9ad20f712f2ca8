"""The register as a list in pages, by review id: what a capacity sees, narrowed by what is asked for.

Each campaign gives the first lines of its own order, from the index that has it in that order, and the page
is the first of all of them; so a page costs the same whatever the number of reviews.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, literal, select, union_all

from deadlines.tables import DEADLINES, STILL_OPEN
from handlers.access.scope import Condition, Scope
from handlers.boards.found import matches
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS, PEOPLE
from handlers.tables import CAMPAIGNS, REVIEWS

LATE: Final = "late"
RISK: Final = "risk"

_EQUAL: Final = ("kind", "stage", "organisation", "superior", "subject")
"""What is asked for by the very value of a column."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewsAsked:
    """What of the register is asked for; None narrows nothing.

    `level` is the decided one, else the voted. `show` is LATE for reviews with a step whose date has passed,
    RISK for those whose last safe day has come while the date is still ahead. `query` is the name, with or
    without accents, or the id of whom a review is about. `after` is the last review of the page before.
    """

    campaign: str | None = None
    regime: str | None = None
    kind: str | None = None
    stage: str | None = None
    organisation: str | None = None
    superior: str | None = None
    subject: str | None = None
    level: str | None = None
    flag: str | None = None
    show: str | None = None
    query: str | None = None
    after: str | None = None


def review_rows(
    connection: Connection, scope: Scope, asked: ReviewsAsked, now: datetime, rows_max: int
) -> Sequence[RowMapping]:
    """The first rows of REVIEWS with their `level`, at most so many. Two queries, whatever is asked for."""
    seen = scope.seen_campaigns(connection, *_of_campaigns(asked))
    dialect = connection.dialect.name
    conditions = list(_conditions(asked, scope, now, dialect))
    parts = [
        select(REVIEWS, _level().label("level"))
        .where(REVIEWS.c.campaign == campaign, scope.reviews_of(campaign, whole), *conditions)
        .order_by(REVIEWS.c.review)
        .limit(rows_max)
        for campaign, whole in sorted(seen.items())
    ]
    return connection.execute(_first(parts, rows_max)).mappings().all() if parts else ()


def _first(parts: Sequence[Select[Any]], rows_max: int) -> Select[Any]:
    """The first rows of all parts together."""
    if len(parts) == 1:
        return parts[0]
    together = union_all(*(select(part.subquery()) for part in parts)).subquery()
    return select(together).order_by(together.c.review).limit(rows_max)


def _of_campaigns(asked: ReviewsAsked) -> list[Condition]:
    found: list[Condition] = []
    if asked.campaign is not None:
        found.append(CAMPAIGNS.c.campaign == asked.campaign)
    if asked.regime is not None:
        found.append(CAMPAIGNS.c.rulebook == asked.regime)
    return found


def _conditions(asked: ReviewsAsked, scope: Scope, now: datetime, dialect: str) -> list[Condition]:
    found: list[Condition] = [
        REVIEWS.c[name] == value for name in _EQUAL if (value := getattr(asked, name)) is not None
    ]
    if asked.after is not None:
        found.append(REVIEWS.c.review > asked.after)
    if asked.level is not None:
        found.append(_level() == asked.level)
    if asked.flag is not None:
        listed = literal(",").concat(REVIEWS.c.flags).concat(",")
        found.append(listed.contains(f",{asked.flag},", autoescape=True))
    if asked.show is not None:
        found.append(_owing(asked, scope, now))
    if asked.query is not None:
        found.append(_named(asked.query, scope, dialect))
    return found


def _level() -> ColumnElement[str | None]:
    return func.coalesce(REVIEWS.c.decided_level, REVIEWS.c.voted_level)


def _owing(asked: ReviewsAsked, scope: Scope, now: datetime) -> Condition:
    """Reviews with an open step that is late, or at risk."""
    passed = DEADLINES.c.ends_at <= now
    near: ColumnElement[bool] = and_(DEADLINES.c.ends_at > now, DEADLINES.c.safe_day <= scope.day)
    owing = select(DEADLINES.c.subject).where(
        DEADLINES.c.subject_kind == "review", STILL_OPEN, passed if asked.show == LATE else near
    )
    if asked.campaign is not None:
        owing = owing.where(DEADLINES.c.campaign == asked.campaign)
    return REVIEWS.c.review.in_(owing)


def _named(query: str, scope: Scope, dialect: str) -> Condition:
    """Reviews about a person or a body of this name on the day, or with this id."""
    people = select(PEOPLE.c.person_id).where(
        matches(PEOPLE.c.name, query, dialect), as_of(PEOPLE, scope.day)
    )
    bodies = select(ORGANISATIONS.c.organisation_id).where(
        matches(ORGANISATIONS.c.name, query, dialect), as_of(ORGANISATIONS, scope.day)
    )
    return REVIEWS.c.subject.in_(union_all(people, bodies, select(literal(query))))
