"""Who is responsible now: positions as of the day, the deputy while the head is away, else the nearest above.

Reviews are prepared by the person and the head of the body; appraised and decided by the head of the
superior. The organisation board has no posts in the roster, so what it owes is told to the head it works for.
A remedy is also told to the person who follows the plan.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, and_, case, func, literal, or_, select, union_all

from deadlines.tables import DEADLINES, REMINDERS
from handlers.notice_tables import ABSENCES
from handlers.reminding.capacities import DEPUTY, FURTHER_UP, HEAD, MONITOR, SELF
from handlers.roster_facts import as_of
from handlers.roster_tables import LIST_ENTRIES, ORGANISATIONS, PEOPLE, POSITIONS
from handlers.tables import PLANS, REVIEWS
from states.review import INDIVIDUAL

FROM_ABOVE: Final = ("appraise", "decide")
"""Steps the superior owes."""

OWN: Final = ("prepare", "join_meeting")
"""Steps a person owes as well as the body."""

REMEDY: Final = "remedy"

HIGHEST: Final = 20
"""So many bodies above one are looked at; no tree is as high."""

ITEM: Final = (
    "campaign",
    "organisation",
    "superior",
    "kind",
    "gate",
    "rule",
    "due_on",
    "rung",
    "level",
)
"""What makes reminders one line of an inbox."""


def found_now(after: int) -> CTE:
    """Reminders with a number above `after`, one row an item, with how many there are."""
    return (
        select(
            *(REMINDERS.c[name] for name in ITEM),
            *_agreed(REMINDERS.c),
            func.count().label("items"),
            _owing_body().label("owing"),
        )
        .where(REMINDERS.c.reminder > after)
        .group_by(*(REMINDERS.c[name] for name in ITEM))
        .cte("found_now")
    )


def of_bodies(found: CTE, today: date) -> Any:
    """For each item the people who answer for the body that owes it, or for the `level`-th above it.

    Where nobody does, the nearest body further up that has somebody, whose people are told as such. Where
    there is no body so high, the highest above the owing one is told once more. An item for which there is
    nobody at all comes with the recipient "".
    """
    asked = select(found.c.owing, found.c.level).distinct().cte("asked")
    climb = _climb(asked, today)
    holders = answering(today, select(climb.c.body))
    # the height wanted or the next above; where the tree ends below it, its highest body above the owing one
    rank = case((climb.c.height >= climb.c.level, climb.c.height), else_=2 * HIGHEST - climb.c.height)
    best = (
        select(climb.c.owing, climb.c.level, func.min(rank).label("rank"))
        .where(
            or_(climb.c.level == 0, climb.c.height > 0),
            select(holders.c.body).where(holders.c.body == climb.c.body).correlate(climb).exists(),
        )
        .group_by(climb.c.owing, climb.c.level)
        .cte("best")
    )
    height = case((best.c.rank > HIGHEST, 2 * HIGHEST - best.c.rank), else_=best.c.rank)
    nearest = select(best.c.owing, best.c.level, height.label("height")).cte("nearest")
    reached = and_(
        climb.c.owing == nearest.c.owing,
        climb.c.level == nearest.c.level,
        climb.c.height == nearest.c.height,
    )
    told = (
        select(
            nearest.c.owing,
            nearest.c.level,
            holders.c.person,
            holders.c.body,
            case((nearest.c.height > nearest.c.level, FURTHER_UP), else_=holders.c.post).label("capacity"),
        )
        .join(climb, reached)
        .join(holders, holders.c.body == climb.c.body)
        .cte("told")
    )
    here = and_(told.c.owing == found.c.owing, told.c.level == found.c.level)
    return select(
        *_item(found),
        found.c["items"],
        func.coalesce(told.c.person, "").label("recipient"),
        func.coalesce(told.c.body, "").label("body"),
        func.coalesce(told.c.capacity, "").label("capacity"),
    ).select_from(found.outerjoin(told, here))


def of_people(after: int) -> Any:
    """For each item the people it is about: those under review, and those who follow a plan."""
    under_review = (
        _of_deadlines(after, SELF, REVIEWS.c.subject, REVIEWS.c.organisation)
        .join(REVIEWS, REVIEWS.c.review == DEADLINES.c.subject)
        .where(REMINDERS.c.gate.in_(OWN), REMINDERS.c.kind == INDIVIDUAL)
    )
    following = (
        _of_deadlines(after, MONITOR, PLANS.c.monitor, PLANS.c.organisation)
        .join(PLANS, PLANS.c.plan == DEADLINES.c.subject)
        .where(
            REMINDERS.c.gate == REMEDY,
            select(PEOPLE.c.row_id)
            .where(PEOPLE.c.person_id == PLANS.c.monitor, PEOPLE.c.superseded_at.is_(None))
            .exists(),
        )
    )
    return union_all(under_review, following)


def answering(today: date, bodies: Any) -> CTE:
    """Who answers today for each body a query of ids gives: its head, or its deputies where the head is away
    or there is none.
    """
    present = (
        select(
            POSITIONS.c.organisation_id.label("body"),
            POSITIONS.c.person_id.label("person"),
            POSITIONS.c.post,
        )
        .where(
            POSITIONS.c.organisation_id.in_(bodies),
            as_of(POSITIONS, today),
            POSITIONS.c.post.in_((HEAD, DEPUTY)),
            ~_is_away(today),
        )
        .distinct()
        .cte("present")
    )
    heads = present.alias("heads")
    is_headed = (
        select(heads.c.body)
        .where(heads.c.body == present.c.body, heads.c.post == HEAD)
        .correlate(present)
        .exists()
    )
    return select(present).where(or_(present.c.post == HEAD, ~is_headed)).cte("answering")


def _is_away(today: date) -> ColumnElement[bool]:
    """An absence entered for the day, or sick leave in a list of any campaign; both ends counted."""
    absent = select(ABSENCES.c.person).where(
        ABSENCES.c.withdrawn_at.is_(None), ABSENCES.c.from_day <= today, ABSENCES.c.to_day >= today
    )
    sick = select(LIST_ENTRIES.c.subject).where(
        LIST_ENTRIES.c.list == "sick_leave",
        LIST_ENTRIES.c.superseded_at.is_(None),
        LIST_ENTRIES.c.from_day <= today,
        LIST_ENTRIES.c.to_day >= today,
    )
    return or_(POSITIONS.c.person_id.in_(absent), POSITIONS.c.person_id.in_(sick))


def _climb(asked: CTE, today: date) -> CTE:
    """Every body at or above an owing one, with how high it stands over it."""
    start = select(asked.c.owing, asked.c.level, asked.c.owing.label("body"), literal(0).label("height")).cte(
        "climb", recursive=True
    )
    return start.union_all(
        select(start.c.owing, start.c.level, ORGANISATIONS.c.superior_id, start.c.height + 1).where(
            ORGANISATIONS.c.organisation_id == start.c.body,
            as_of(ORGANISATIONS, today),
            ORGANISATIONS.c.superior_id.is_not(None),
            start.c.height < HIGHEST,
        )
    )


def _owing_body() -> ColumnElement[str]:
    return case((REMINDERS.c.gate.in_(FROM_ABOVE), REMINDERS.c.superior), else_=REMINDERS.c.organisation)


def _of_deadlines(after: int, capacity: str, person: ColumnElement[str], body: ColumnElement[str]) -> Any:
    return (
        select(
            *(REMINDERS.c[name] for name in ITEM),
            *_agreed(REMINDERS.c),
            func.count().label("items"),
            person.label("recipient"),
            body.label("body"),
            literal(capacity).label("capacity"),
        )
        .join(DEADLINES, DEADLINES.c.deadline == REMINDERS.c.deadline)
        .where(REMINDERS.c.reminder > after, REMINDERS.c.level == 0)
        .group_by(*(REMINDERS.c[name] for name in ITEM), person, body)
    )


def _agreed(columns: Any) -> tuple[ColumnElement[Any], ...]:
    """What reminders of one item agree on, but where units have days of their own: then the earlier one."""
    return (
        func.min(columns.safe_on).label("safe_on"),
        func.max(columns.hour).label("hour"),
        func.min(columns.rung_on).label("rung_on"),
    )


def _item(found: CTE) -> tuple[ColumnElement[Any], ...]:
    return (*(found.c[name] for name in ITEM), found.c.safe_on, found.c.hour, found.c.rung_on)
