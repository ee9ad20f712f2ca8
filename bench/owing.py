"""Campaigns with any number of open reviews and what they owe, written set by set: a million take a minute.

Only what a sweep reads is there: no log, so nothing here can be verified or rebuilt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Integer,
    Table,
    Text,
    cast,
    insert,
    literal,
    null,
    select,
)

from api.wiring import Service
from deadlines.ladder import rungs
from deadlines.tables import DEADLINES
from handlers.notice_tables import CONTACTS
from handlers.roster_tables import ORGANISATIONS, POSITIONS
from handlers.tables import CAMPAIGNS, REVIEWS
from states import campaign as campaign_life
from states import review as life
from workflow import kept_rulebooks
from workflow.rules.due_dates import AT_LATEST, FIXED, ends_at
from workflow.rules.rulebook import Rulebook

CELLS, MEMBERS = 1_000, 20
"""Cells of a campaign and members of a cell: 20,000 reviews a campaign."""

OPENED: Final = date(2016, 12, 16)
SWEPT: Final = date(2017, 1, 10)
"""A Tuesday in the middle of a season. Sweeps of the days before are behind."""

STEPS: Final = (
    ("count_ballot", "duk.deadline_rating", 0),
    ("submit", "duk.deadline_report", 5),
)
"""What each review owes by its rulebook, and how many days after the first of them."""

QUIET_LAST, REMINDED_LAST = date(2017, 3, 6), date(2017, 1, 13)
"""The last day of a campaign nobody is reminded of on SWEPT, and of one whose rung "before:3" comes then."""

_LONG_AGO, _RECORDED = date(2005, 2, 3), datetime(2016, 12, 1, tzinfo=UTC)
_FIRST: Final = 100_000
"""Numbers begin here, so that all have the same length."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Owing:
    """How much there is: campaigns of 20,000 reviews each, and how many of these are reminded of on SWEPT."""

    campaigns: int
    reminded: int
    cells: int = CELLS
    members: int = MEMBERS

    @property
    def reviews(self) -> int:
        """Open reviews in all."""
        return self.campaigns * self.cells * self.members

    @property
    def rows(self) -> int:
        """Open deadlines in all."""
        return self.reviews * len(STEPS)

    @property
    def reminders(self) -> int:
        """How many reminders a sweep of SWEPT finds: one of the two steps of each review."""
        return self.reminded * self.cells * self.members


def write_owing(service: Service, owing: Owing) -> None:
    """Campaigns, their bodies, who leads them, their reviews, and deadlines as earlier sweeps left them."""
    book = Rulebook.load("duk_2016")
    with service.database.write() as connection:
        kept_rulebooks.keep(connection, book.canonical_bytes())
    for number in range(owing.campaigns):
        with service.database.write() as connection:
            _campaign(connection, owing, number, book)
    service.database.count_anew()


def campaign_name(number: int) -> str:
    """The name of a campaign, counted from 0."""
    return f"K{_FIRST + number}"


def _campaign(connection: Connection, owing: Owing, number: int, book: Rulebook) -> None:
    name, base = campaign_name(number), f"D{_FIRST + number}"
    connection.execute(
        insert(CAMPAIGNS).values(
            campaign=name,
            stage=campaign_life.OPEN,
            year=2016,
            period="",
            rulebook="duk_2016",
            rulebook_hash=book.hash,
            organisation=base,
            superior="KHOI",
            roster_day=OPENED,
            believed_at="2016-12-16T01:00:00.000000Z",
            subjects=owing.cells * owing.members,
            version=3,
        )
    )
    _roster(connection, owing, number, base)
    people = _numbers(owing.cells * owing.members)
    cell = "C" + _text(_FIRST + number * owing.cells + people.c.number // owing.members)
    person = literal(f"{_FIRST + number}.") + _text(_FIRST + people.c.number)
    review = name + ".member." + person
    _fill(
        connection,
        REVIEWS,
        people,
        {
            "review": review,
            "campaign": literal(name),
            "kind": literal(life.INDIVIDUAL),
            "quality": literal("member"),
            "subject": person,
            "organisation": cell,
            "superior": literal(base),
            "stage": literal(life.PREPARED),
            "remembered": literal(""),
            "rated": literal(True),
            "round": literal(1),
            "flags": literal(""),
            "version": literal(2),
        },
    )
    last = REMINDED_LAST if number < owing.reminded else QUIET_LAST
    for gate, rule, days in STEPS:
        _deadlines(
            connection, book, people, name, review, cell, base, gate, rule, last + timedelta(days=days)
        )


def _deadlines(
    connection: Connection,
    book: Rulebook,
    people: CTE,
    campaign: str,
    review: ColumnElement[str],
    cell: ColumnElement[str],
    base: str,
    gate: str,
    rule: str,
    last: date,
) -> None:
    """Deadlines as the sweeps of the days before SWEPT left them."""
    ladder = rungs(book.reminding, book.calendar, last, last)
    behind = sum(rung.day < SWEPT for rung in ladder)
    _fill(
        connection,
        DEADLINES,
        people,
        {
            "deadline": "review/" + review + "/" + gate,
            "campaign": literal(campaign),
            "organisation": cell,
            "superior": literal(base),
            "subject_kind": literal("review"),
            "subject": review,
            "kind": literal(life.INDIVIDUAL),
            "gate": literal(gate),
            "rule": literal(rule),
            "basis": literal(FIXED),
            "stated_day": literal(last),
            "word": literal(AT_LATEST),
            "hour": literal(""),
            "last_day": literal(last),
            "ends_at": literal(ends_at(last, AT_LATEST), DEADLINES.c.ends_at.type),
            "safe_day": literal(last),
            "unit": literal(""),
            "provisional": literal(False),
            "opened_on": literal(OPENED),
            "dropped": literal(False),
            "paused": literal(False),
            "overdue": literal(False),
            "rung": literal(behind),
            "next_on": literal(ladder[behind].day),
        },
    )


def _roster(connection: Connection, owing: Owing, number: int, base: str) -> None:
    """The base and its cells; each has a head and a deputy who want mail."""
    cells = _numbers(owing.cells)
    cell = "C" + _text(_FIRST + number * owing.cells + cells.c.number)
    believed = {
        "valid_from": literal(_LONG_AGO),
        "recorded_at": literal(_RECORDED, ORGANISATIONS.c.recorded_at.type),
        "recorded_by": literal("bench"),
        "source": literal("bench"),
        "salt": literal(bytes(32)),
        "digest": literal(bytes(32)),
    }
    bodies: tuple[tuple[CTE, ColumnElement[Any], str, Any], ...] = (
        (_numbers(1), literal(base), "dang_bo_co_so", null()),
        (cells, cell, "chi_bo_truc_thuoc", literal(base)),
    )
    for source, body, type_, superior in bodies:
        _fill(
            connection,
            ORGANISATIONS,
            source,
            {
                **believed,
                "organisation_id": body,
                "name": body,
                "type": literal(type_),
                "superior_id": superior,
                "has_committee": literal(True),
            },
        )
        for post in ("head", "deputy"):
            holder = post[0] + body
            _fill(
                connection,
                POSITIONS,
                source,
                {
                    **believed,
                    "position_id": "P" + holder,
                    "person_id": holder,
                    "organisation_id": body,
                    "post": literal(post),
                    "held_from": literal(_LONG_AGO),
                },
            )
            _fill(
                connection,
                CONTACTS,
                source,
                {
                    "person": holder,
                    "email": holder + "@example.org",
                    "phone": literal(""),
                    "chat": literal(""),
                    "language": literal("vi"),
                    "quiet_from": literal(""),
                    "quiet_to": literal(""),
                    "changed_at": literal(_RECORDED, CONTACTS.c.changed_at.type),
                    "changed_by": literal("bench"),
                },
            )


def _numbers(count: int) -> CTE:
    """0 to count - 1, exclusive, as a table of one column."""
    first = select(literal(0, Integer).label("number")).cte("numbers", recursive=True)
    return first.union_all(select(first.c.number + 1).where(first.c.number < count - 1))


def _text(number: ColumnElement[Any]) -> ColumnElement[str]:
    return cast(number, Text)


def _fill(connection: Connection, table: Table, source: CTE, columns: dict[str, Any]) -> None:
    chosen = select(*(value.label(name) for name, value in columns.items())).select_from(source)
    connection.execute(insert(table).from_select(list(columns), chosen))
