"""What is still owed and by whom as of a day, from the book of deadlines: for the call list and the feed.

The people are found as the sweep finds them (`handlers/reminding/recipients.py`); reminders need not have
come for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    and_,
    case,
    func,
    literal,
    select,
    union_all,
)

from deadlines.tables import DEADLINES, STILL_OPEN
from handlers.among import among
from handlers.reminding.capacities import MONITOR, SELF
from handlers.reminding.recipients import FROM_ABOVE, ITEM, OWN, REMEDY, answering, of_bodies
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS, POSITIONS
from handlers.tables import CAMPAIGNS, PLANS, REVIEWS
from states import campaign as life
from states.review import INDIVIDUAL

SHARED: Final = ("yearly", "fixed", "unit_day", "house")
"""Bases whose date is one for everything of a body; others have a date for each meeting, plan or reply."""


NOTHING: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """So many items of one step of one body with one date, and one person who answers for them.

    `recipient` is empty where the roster names nobody. `since` is the day this date is owed from, the latest
    of the items; `one_of` is the first of their deadlines, which tells apart what shares everything else.
    """

    recipient: str
    body: str
    capacity: str
    campaign: str
    organisation: str
    kind: str
    gate: str
    rule: str
    basis: str
    due_on: date
    safe_on: date
    hour: str
    provisional: bool
    items: int
    since: date
    one_of: str


def owed_in(connection: Connection, campaign: str, today: date, until: date) -> tuple[Owed, ...]:
    """What a campaign is owed and is best done by `until` (counted), with whoever answers for it."""
    return _owed(connection, today, and_(DEADLINES.c.campaign == campaign, DEADLINES.c.safe_day <= until))


def owed_by(connection: Connection, person: str, today: date) -> tuple[Owed, ...]:
    """Everything open that one person answers for today, in all open campaigns, the earliest first.

    Looked for in the branches below the bodies they head, by the roster of the day, so that a calendar which
    asks every hour costs the branch and not the book.
    """
    opened = DEADLINES.c.campaign.in_(select(CAMPAIGNS.c.campaign).where(CAMPAIGNS.c.stage == life.OPEN))
    found = list(_of_people(connection, opened, person))
    reach = sorted(_answers_for(connection, person, today))
    if reach:
        which = and_(opened, among(DEADLINES.c.organisation, "branch"), among(_owing(), "reach"))
        branch = sorted(_branch_of(connection, reach, today))
        given = {"branch": branch, "reach": reach}
        told = _of_bodies(connection, today, which, given)
        found += [one for one in told if one.recipient == person]
    return tuple(sorted(found, key=lambda one: (one.safe_on, one.due_on, one.organisation, one.gate)))


def together(owed: Iterable[Owed]) -> Iterator[tuple[Owed, int]]:
    """Steps of a body's own, and one for all other bodies whose step one person answers for with one date.

    With each how many bodies it is for: whoever decides for two thousand cells has one entry, not as many.
    What nobody answers for stays apart, body by body.
    """
    others: dict[tuple[Any, ...], list[Owed]] = {}
    for one in owed:
        if one.organisation == one.body or not one.recipient:
            yield one, 1
        else:
            own = "" if one.basis in SHARED else one.one_of
            key = (one.recipient, one.campaign, one.body, one.kind, one.gate, one.rule, one.capacity)
            others.setdefault((*key, one.due_on, one.safe_on, own), []).append(one)
    for several in others.values():
        merged = replace(
            several[0],
            items=sum(one.items for one in several),
            since=max(one.since for one in several),
            provisional=any(one.provisional for one in several),
        )
        yield merged, len({one.organisation for one in several})


def _owed(connection: Connection, today: date, which: ColumnElement[bool]) -> tuple[Owed, ...]:
    return (*_of_bodies(connection, today, which), *_of_people(connection, which))


def _of_bodies(
    connection: Connection, today: date, which: ColumnElement[bool], given: Mapping[str, Any] = NOTHING
) -> Iterable[Owed]:
    found = _open_items(which)
    told = connection.execute(of_bodies(found, today), given).mappings().all()
    items = connection.execute(select(found), given).mappings()
    more = {tuple(row[name] for name in ITEM): row for row in items}
    for row in told:
        item = more[tuple(row[name] for name in ITEM)]
        yield _as_owed(item, row["recipient"], row["body"], row["capacity"])


def _of_people(
    connection: Connection, which: ColumnElement[bool], person: str | None = None
) -> Iterable[Owed]:
    under_review = (
        _open_rows(SELF, REVIEWS.c.subject, REVIEWS.c.organisation)
        .join(REVIEWS, REVIEWS.c.review == DEADLINES.c.subject)
        .where(
            which,
            DEADLINES.c.gate.in_(OWN),
            DEADLINES.c.kind == INDIVIDUAL,
            DEADLINES.c.subject_kind == "review",
        )
    )
    following = (
        _open_rows(MONITOR, PLANS.c.monitor, PLANS.c.organisation)
        .join(PLANS, PLANS.c.plan == DEADLINES.c.subject)
        .where(which, DEADLINES.c.gate == REMEDY, DEADLINES.c.subject_kind == "plan", PLANS.c.monitor != "")
    )
    if person is not None:
        # said of the deadline too: its index by subject is what keeps a feed from reading the whole book
        mine = select(REVIEWS.c.review).where(REVIEWS.c.subject == person)
        followed = select(PLANS.c.plan).where(PLANS.c.monitor == person)
        under_review = under_review.where(DEADLINES.c.subject.in_(mine))
        following = following.where(DEADLINES.c.subject.in_(followed))
    for row in connection.execute(union_all(under_review, following)).mappings():
        yield _as_owed(row, row["recipient"], row["body"], row["capacity"])


def _open_items(which: ColumnElement[bool]) -> CTE:
    """Open rows in items, with the columns `of_bodies` asks for."""
    same = _same()
    return (
        select(*same, *_agreed(), _owing().label("owing"))
        .where(STILL_OPEN, which)
        .group_by(*same, _owing())
        .cte("still_open")
    )


def _open_rows(capacity: str, person: ColumnElement[str], body: ColumnElement[str]) -> Any:
    same = _same()
    return (
        select(
            *same,
            *_agreed(),
            person.label("recipient"),
            body.label("body"),
            literal(capacity).label("capacity"),
        )
        .select_from(DEADLINES)
        .where(STILL_OPEN)
        .group_by(*same, person, body)
    )


def _same() -> tuple[ColumnElement[Any], ...]:
    return (
        DEADLINES.c.campaign,
        DEADLINES.c.organisation,
        DEADLINES.c.superior,
        DEADLINES.c.kind,
        DEADLINES.c.gate,
        DEADLINES.c.rule,
        DEADLINES.c.last_day.label("due_on"),
        literal("").label("rung"),
        literal(0).label("level"),
    )


def _agreed() -> tuple[ColumnElement[Any], ...]:
    return (
        func.min(DEADLINES.c.safe_day).label("safe_on"),
        func.max(DEADLINES.c.hour).label("hour"),
        func.max(DEADLINES.c.opened_on).label("rung_on"),
        func.min(DEADLINES.c.basis).label("basis"),
        func.max(case((DEADLINES.c.provisional, 1), else_=0)).label("provisional"),
        func.min(DEADLINES.c.deadline).label("one_of"),
        func.count().label("items"),
    )


def _owing() -> ColumnElement[str]:
    """The body that owes a step, as for reminders."""
    return case((DEADLINES.c.gate.in_(FROM_ABOVE), DEADLINES.c.superior), else_=DEADLINES.c.organisation)


def _answers_for(connection: Connection, person: str, today: date) -> set[str]:
    """The bodies a person answers for, and those below them that nobody does: these are told further up."""
    theirs = select(POSITIONS.c.organisation_id).where(POSITIONS.c.person_id == person)
    holders = answering(today, theirs)
    mine = set(connection.execute(select(holders.c.body).where(holders.c.person == person)).scalars())
    if not mine:
        return mine
    branch = _branch(sorted(mine), today)
    below = answering(today, select(branch.c.body))
    nobodys = select(branch.c.body).where(branch.c.body.not_in(select(below.c.body)))
    return mine | set(connection.execute(nobodys).scalars())


def _branch_of(connection: Connection, bodies: Sequence[str], today: date) -> set[str]:
    return set(connection.execute(select(_branch(bodies, today).c.body)).scalars())


def _branch(bodies: Sequence[str], today: date) -> CTE:
    """These bodies and everything below them; of those above one another each once."""
    start = (
        select(ORGANISATIONS.c.organisation_id.label("body"))
        .where(ORGANISATIONS.c.organisation_id.in_(bodies), as_of(ORGANISATIONS, today))
        .cte("branch", recursive=True)
    )
    below = ORGANISATIONS.alias("below")
    return start.union(
        select(below.c.organisation_id).where(below.c.superior_id == start.c.body, as_of(below, today))
    )


def _as_owed(item: Any, recipient: str, body: str, capacity: str) -> Owed:
    return Owed(
        recipient=recipient,
        body=body,
        capacity=capacity,
        campaign=item["campaign"],
        organisation=item["organisation"],
        kind=item["kind"],
        gate=item["gate"],
        rule=item["rule"],
        basis=item["basis"],
        due_on=item["due_on"],
        safe_on=item["safe_on"],
        hour=item["hour"],
        provisional=bool(item["provisional"]),
        items=item["items"],
        since=item["rung_on"],
        one_of=item["one_of"],
    )
