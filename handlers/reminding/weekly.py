"""Once a week a committee hears how its whole branch stands: what is owed, overdue, due and at risk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, case, func, or_, select

from deadlines.tables import DEADLINES, STILL_OPEN
from handlers.courier.bodies import Body
from handlers.notice_tables import CONTACTS
from handlers.reminding.contacts import Contact
from handlers.reminding.links import body_page, campaign_page
from handlers.reminding.manner import Manner
from handlers.reminding.pace import Pace, paces, will_miss
from handlers.reminding.posting import letter
from handlers.reminding.recipients import answering
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS
from workflow.database import Database
from workflow.days import ZONE, Calendar, DayOutsideCalendar
from workflow.outbox import CANCELLED, OUTBOX, post
from workflow.rules.rulebook import Rulebook

NAMED_MAX: Final = 20
"""So many bodies that will miss a date are named in a letter; the others are counted."""

_NOTHING_OWED: Final = {"state": CANCELLED, "problem": "nothing is owed in the branch"}

COUNTS: Final = ("open", "overdue", "this_week", "at_risk")


@dataclass(slots=True)
class Standing:
    """What a body, or its whole branch, owes: items open, overdue, safe only until this week, at risk."""

    open: int = 0
    overdue: int = 0
    this_week: int = 0
    at_risk: int = 0

    def add(self, other: Standing) -> None:
        """Count another body in."""
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def told(self) -> dict[str, int]:
        """The counts by their names."""
        return {name: getattr(self, name) for name in COUNTS}


@dataclass(frozen=True, slots=True)
class Tree:
    """The body above each, and the bodies directly below each in their order."""

    above: Mapping[str, str]
    below: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Branches:
    """How every body of a campaign stands, alone and with all that is below it."""

    campaign: str
    own: Mapping[str, Standing]
    whole: Mapping[str, Standing]
    below: Mapping[str, tuple[str, ...]]
    at_risk: tuple[Pace, ...] = field(default=())

    def branch(self, body: str) -> Iterator[str]:
        """The body and every body below it."""
        yield body
        for child in self.below.get(body, ()):
            yield from self.branch(child)


def write_weekly(database: Database, as_of: datetime, books: Mapping[str, Rulebook], manner: Manner) -> int:
    """The letters of this week to whoever answers for a body with bodies below; how many were written.

    From the first working day of the week on, at the hour of digests; later where nobody swept then. Who had
    the letter of this week gets no other; whose branch owed nothing then has a row that is not sent, so that
    nobody counts for him again with every tick of the week. A large campaign is counted without keeping
    anybody from writing.
    """
    today = as_of.astimezone(ZONE).date()
    begun = {name: book for name, book in books.items() if _has_begun(book.calendar, today)}
    if not begun or as_of.astimezone(ZONE).time() < manner.digest_at:
        return 0
    told_to: dict[str, list[dict[str, Any]]] = {}
    with database.read() as connection:
        posts = _posts(connection, today)
        if not posts:
            return 0
        tree = tree_on(connection, today)
        for name, book in begun.items():
            # one campaign at a time, so that many take no more memory than one
            branches = branches_of(connection, name, book, today, tree)
            for person, (_, bodies) in posts.items():
                found = (_told(branches, body) for body in bodies)
                told_to.setdefault(person, []).extend(one for one in found if one is not None)
    rows, silent = [], []
    for contact, _ in posts.values():
        told = told_to.get(contact.person, [])
        row = letter(
            f"weekly:{contact.person}:{week_of(today)}",
            contact.channels[0],
            contact,
            Body(form="weekly", day=today, summary={"week": week_of(today), "bodies": told}),
            subject=week_of(today),
            at=as_of,
            mail_domain=manner.mail_domain,
        )
        if told:
            rows.append(row)
        else:
            silent.append(row | _NOTHING_OWED | {"ended_at": as_of})
    with database.write() as connection:
        post(connection, silent)
        return post(connection, rows)


def week_of(day: date) -> str:
    """The week a day belongs to, as ISO 8601 writes it: "2017-W03"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def tree_on(connection: Connection, today: date) -> Tree:
    """The whole tree as of a day."""
    tree = select(ORGANISATIONS.c.organisation_id, ORGANISATIONS.c.superior_id)
    rows = connection.execute(
        tree.where(as_of(ORGANISATIONS, today)).order_by(ORGANISATIONS.c.organisation_id)
    )
    above = {row.organisation_id: row.superior_id for row in rows if row.superior_id}
    below: dict[str, list[str]] = {}
    for name, superior in above.items():
        below.setdefault(superior, []).append(name)
    return Tree(above, {name: tuple(under) for name, under in below.items()})


def branches_of(
    connection: Connection, campaign: str, book: Rulebook, today: date, tree: Tree | None = None
) -> Branches:
    """How every body stands today, with the pace of its steps; `tree` where it was read before."""
    tree = tree or tree_on(connection, today)
    own = _own(connection, campaign, today)
    found = tuple(
        one
        for one in paces(connection, campaign, book.calendar, today, begun=True)
        if one.outlook == "at_risk"
    )
    for one in found:
        own.setdefault(one.organisation, Standing()).at_risk += one.remaining
    whole: dict[str, Standing] = {}
    for name, standing in own.items():
        at, passed = name, {""}
        while at and at not in passed:
            whole.setdefault(at, Standing()).add(standing)
            passed.add(at)
            at = tree.above.get(at, "")
    return Branches(campaign, own, whole, tree.below, found)


def _has_begun(calendar: Calendar, today: date) -> bool:
    """Whether a working day of this week is today or behind."""
    monday = today - timedelta(days=today.weekday())
    try:
        return any(calendar.is_working_day(monday + timedelta(days=n)) for n in range(today.weekday() + 1))
    except DayOutsideCalendar:
        return True


def _posts(connection: Connection, today: date) -> dict[str, tuple[Contact, list[str]]]:
    """Whoever answers for a body with bodies below, has an address and had no letter this week."""
    under = select(ORGANISATIONS.c.superior_id).where(
        ORGANISATIONS.c.superior_id.is_not(None), as_of(ORGANISATIONS, today)
    )
    holders = answering(today, under.distinct())
    key = "weekly:" + holders.c.person + f":{week_of(today)}"
    had = select(OUTBOX.c.id).where(OUTBOX.c.key == key)
    rows = connection.execute(
        select(
            holders.c.body,
            CONTACTS.c.person,
            CONTACTS.c.email,
            CONTACTS.c.chat,
            CONTACTS.c.language,
            CONTACTS.c.quiet_from,
            CONTACTS.c.quiet_to,
        )
        .join(CONTACTS, CONTACTS.c.person == holders.c.person)
        .where(
            or_(CONTACTS.c.email != "", CONTACTS.c.chat != ""),
            ~had.correlate(holders).exists(),
        )
        .order_by(CONTACTS.c.person, holders.c.body)
    )
    found: dict[str, tuple[Contact, list[str]]] = {}
    for row in rows:
        given = {name: value for name, value in row._mapping.items() if name != "body"}
        found.setdefault(row.person, (Contact(**given), []))[1].append(row.body)
    return found


def _own(connection: Connection, campaign: str, today: date) -> dict[str, Standing]:
    sunday = today + timedelta(days=6 - today.weekday())
    overdue, soon = DEADLINES.c.overdue.is_(True), DEADLINES.c.safe_day <= sunday
    rows = connection.execute(
        select(
            DEADLINES.c.organisation,
            func.count().label("open"),
            func.sum(_one_if(overdue)).label("overdue"),
            func.sum(_one_if(soon & ~overdue)).label("this_week"),
        )
        .where(DEADLINES.c.campaign == campaign, STILL_OPEN, DEADLINES.c.opened_on <= today)
        .group_by(DEADLINES.c.organisation)
    )
    return {row.organisation: Standing(row.open, row.overdue, row.this_week) for row in rows}


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _told(branches: Branches, body: str) -> dict[str, Any] | None:
    """The branch of one body: each body directly below with all beneath it; None where nothing is owed."""
    total = branches.whole.get(body)
    if total is None or not total.open:
        return None
    mine = set(branches.branch(body))
    missed = will_miss(one for one in branches.at_risk if one.organisation in mine)
    return {
        "campaign": branches.campaign,
        "organisation": body,
        "href": campaign_page(branches.campaign),
        "total": total.told(),
        "own": branches.own.get(body, Standing()).told(),
        "children": [
            {
                "organisation": child,
                "href": body_page(branches.campaign, child),
                **branches.whole[child].told(),
            }
            for child in branches.below.get(body, ())
            if child in branches.whole
        ],
        "will_miss": [
            {"day": when.isoformat(), "bodies": len(names), "named": list(names[:NAMED_MAX])}
            for when, names in missed.items()
        ],
    }
