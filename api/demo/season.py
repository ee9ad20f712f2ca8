"""A season that can be lived in a minute: a clock that is set, people who act, commands they send."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

from api.wiring import Service, build
from handlers.roster.query import load_view
from handlers.roster.view import RosterView
from states.roles import Role
from workflow import clock
from workflow.answer import Answer
from workflow.commands.asking import Actor, Command, Request
from workflow.errors import InConflict, Refusal
from workflow.rules.rule import Both

BASE = "DB01"
SECTION = "BP01"
LEADERSHIP = "LD01"
BLOC = "KHOI"
CAMPAIGN = "2016"
YEAR = 2016
CELLS = tuple(f"CB0{number}" for number in range(1, 10))
DAYS = {
    "CB01": date(2017, 1, 9),
    "CB02": date(2017, 1, 9),
    "CB03": date(2017, 1, 10),
    "CB04": date(2017, 1, 10),
    "CB05": date(2017, 1, 11),
    "CB06": date(2017, 1, 11),
    "CB07": date(2017, 1, 12),
    "CB08": date(2017, 1, 12),
    "CB09": date(2017, 1, 13),
}
"""When each cell meets to review and to vote."""


class Teller(Protocol):
    """Who tells the story, in the language it was asked for: the terminal, or nobody."""

    def chapter(self, vi: str, en: str) -> None:
        """A new chapter begins."""
        ...

    def say(self, vi: str, en: str) -> None:
        """One sentence of the story."""
        ...

    def refused(self, asked: Both, says: Both) -> None:
        """Something was asked and refused; the refusal speaks for itself."""
        ...

    def progress(self, what: Both, done: int, of: int) -> None:
        """Long work moves on."""
        ...


class Silent:
    """Tells nothing."""

    def chapter(self, vi: str, en: str) -> None:
        """Nothing is told."""

    def say(self, vi: str, en: str) -> None:
        """Nothing is told."""

    def refused(self, asked: Both, says: Both) -> None:
        """Nothing is told."""

    def progress(self, what: Both, done: int, of: int) -> None:
        """Nothing is told."""


class SetClock:
    """The clock of a told season: stands where it is put, a moment later at each look."""

    def __init__(self) -> None:
        self._now = datetime(YEAR, 12, 15, 1, tzinfo=clock.ZONE)

    def __call__(self) -> datetime:
        self._now += timedelta(milliseconds=1)
        return self._now

    def put(self, day: date, hour: int = 8) -> None:
        """Go to an hour of a day; a season is told forwards."""
        self._now = max(self._now, datetime.combine(day, time(hour), clock.ZONE))

    @property
    def today(self) -> date:
        """The day it is in the story."""
        return self._now.date()


@dataclass
class Season:
    """The service with its set clock, the roster once it is read, and the commands sent so far."""

    service: Service
    now: SetClock
    teller: Teller
    commands: int = 0
    refused: list[tuple[str, ...]] = field(default_factory=list)
    """Every refusal the story met, by its rules; empty where no rule was the reason."""

    _views: dict[date, RosterView] = field(default_factory=dict)

    @classmethod
    def on(cls, url: str, teller: Teller) -> Season:
        """A season on the database of this address."""
        now = SetClock()
        return cls(build(url, now=now), now, teller)

    def view(self) -> RosterView:
        """The roster as of today in the story."""
        today = self.now.today
        if today not in self._views:
            with self.service.database.read() as connection:
                self._views[today] = load_view(connection, today, base=BASE)
        return self._views[today]

    def do(self, command: Command, actor: Actor) -> Answer:
        """Send a command that has to succeed, every row of it."""
        self.commands += 1
        answer = self.service.engine.handle(Request(command=command, actor=actor))
        refused = [row for row in answer.rows if row.problem]
        assert not refused, f"{refused[0].row}: {refused[0].reason_vi}"
        return answer

    def do_between(self, command: Command, first: Actor, second: Actor) -> Answer:
        """The first does all but the rows about himself and those that wait for them, the second the rest."""
        self.commands += 1
        answer = self.service.engine.handle(Request(command=command, actor=first))
        left = {row.problem for row in answer.rows if row.problem}
        assert not left or InConflict.__name__ in left, left
        return self.do(command, second) if left else answer

    def is_refused(self, asked: Both, command: Command, actor: Actor) -> Refusal:
        """Send a command that the regulation refuses; the story fails where it is let through."""
        self.commands += 1
        try:
            self.service.engine.handle(Request(command=command, actor=actor))
        except Refusal as refusal:
            self.refused.append(tuple(one.rule for one in refusal.findings))
            self.teller.refused(asked, Both(refusal.vi, refusal.en))
            return refusal
        raise AssertionError(f"the story expects a refusal: {asked.en}")

    # --- who acts ---------------------------------------------------------------------------------

    def head(self, body: str) -> str:
        """The head of a body."""
        post = self.view().head_of(body)
        assert post is not None, f"{body} has no head in the invented roster"
        return post.record.person_id

    def deputy(self, body: str) -> str:
        """The first deputy of a body."""
        return self.view().deputies_of(body)[0].record.person_id

    def secretary(self, body: str) -> Actor:
        """The secretary of a body, entering for it."""
        return Actor(id=self.head(body), role=Role.SECRETARY, body=body)

    def counter(self, body: str) -> Actor:
        """A member of the counting team, another person than the secretary."""
        people = self.view().committee_of(body)
        return Actor(id=people[-1], role=Role.COUNTING_TEAM, body=body)

    def has_groups(self, cell: str) -> bool:
        """Whether a cell has Party groups."""
        return any(row.record.superior_id == cell for row in self.view().organisations.values())

    def name(self, person: str) -> str:
        """The person's name."""
        row = self.view().people.get(person)
        return (row.record.name if row else None) or person

    def body(self, body: str) -> str:
        """The name of a body."""
        row = self.view().organisations.get(body)
        return row.record.name if row else body


OFFICER = Actor(id="BTC-01", role=Role.OFFICER, body=BASE)
BOARD = Actor(id="BTC-01", role=Role.ORGANISATION_BOARD, body=BASE)
COMMITTEE = Actor(id="0125", role=Role.SUPERIOR_COMMITTEE, body=BASE)
SECOND_DECIDER = Actor(id="0159", role=Role.SUPERIOR_COMMITTEE, body=BASE)
"""Who decides about the one who decides."""
BLOC_BOARD = Actor(id="K-BTC-03", role=Role.ORGANISATION_BOARD, body=BLOC)
BLOC_COMMITTEE = Actor(id="K-BTV-01", role=Role.SUPERIOR_COMMITTEE, body=BLOC)


def member(person: str) -> str:
    """The review of a member."""
    return f"{CAMPAIGN}.member.{person}"


def collective(body: str) -> str:
    """The review of the committee of a body."""
    return f"{CAMPAIGN}.collective.{body}"


def organisation(body: str) -> str:
    """The review of an organisation."""
    return f"{CAMPAIGN}.organisation.{body}"
