"""Deciding in bulk: reports of whole cells, each judged row by row and then against its quota."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import URL

from api.wiring import Service
from bench.lives import (
    DECIDED,
    FAULTS,
    LISTS,
    NOTIFIED,
    PREPARED,
    REPORTED,
    YEAR_END,
    Sent,
    collective_life,
    ticks,
)
from bench.places import new_database
from bench.town import BASE, CAMPAIGN, cell_name, member_name, opened
from states.review import INDIVIDUAL
from states.roles import Role
from workflow.commands.asking import Actor, Request
from workflow.commands.campaign import DeclareLists
from workflow.commands.deciding import AppraiseBundle, DecideBundle, SubmitBundle
from workflow.commands.meeting import AgendaItem, Papers, RecordMeeting
from workflow.commands.preparing import FactEntry, NotifySuperior, Prepare, RateSelf, RecordFacts

TOP, GOOD = "HTXSNV", "HTTNV"
EVENING = date(2017, 1, 10)
ONE_TOP_IN = 10
"""Every tenth member is rated at the top, which the quota of 15% allows."""

BOARD = Actor(id="BTC-02", role=Role.ORGANISATION_BOARD, body=BASE)
COMMITTEE = Actor(id="BTV-01", role=Role.SUPERIOR_COMMITTEE, body=BASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """How long deciding took, from the first command to the last commit."""

    database: str
    bundles: int
    reviews: int
    seconds: float

    @property
    def a_second(self) -> float:
        """Reviews decided a second."""
        return self.reviews / self.seconds


def measure(kind: str, server: URL | None, *, cells: int, members: int) -> Decided:
    """Appraised reports of so many cells are decided, one command each; the time before is not counted."""
    with new_database(kind, server) as url:
        service = opened(url, cells=cells, members=members)
        service.database.count_anew()
        for cell in range(cells):
            for command, actor in until_appraised(cell, members):
                _handle(service, command, actor)
        begun = time.perf_counter()
        reviews = sum(_decide(service, cell) for cell in range(cells))
        seconds = time.perf_counter() - begun
        service.close()
    assert reviews == cells * members, f"{reviews} of {cells * members} were decided"
    return Decided(database=kind, bundles=cells, reviews=reviews, seconds=seconds)


def _decide(service: Service, cell: int) -> int:
    """The rows one decision took."""
    command = DecideBundle(submission=f"{cell_name(cell)}-KQ", on=DECIDED, document="QĐ 36-QĐ/ĐU")
    answer = service.engine.handle(Request(command=command, actor=COMMITTEE))
    return sum(1 for row in answer.rows if row.done)


def _handle(service: Service, command: object, actor: Actor) -> None:
    answer = service.engine.handle(Request(command=command, actor=actor))  # type: ignore[arg-type]  # a command
    refused = [row for row in answer.rows if not row.done]
    assert not refused, f"{refused[0].row}: {refused[0].reason_en}"


def until_appraised(cell: int, members: int) -> Iterator[Sent]:
    """Every command of one cell up to the appraisal of its report; the evening is one command."""
    code = cell_name(cell)
    secretary = Actor(id=member_name(cell, 0), role=Role.SECRETARY, body=code)
    declared = DeclareLists(campaign=CAMPAIGN, organisation=code, lists=LISTS, as_of=YEAR_END)
    yield declared, secretary
    for command in collective_life(code, member_name(cell, 0)):
        yield command, secretary
    items = []
    for number in range(members):
        person = member_name(cell, number)
        review = f"{CAMPAIGN}.member.{person}"
        level = TOP if number % ONE_TOP_IN == ONE_TOP_IN - 1 else GOOD
        yield from ((command, secretary) for command in prepared(review, level))
        items.append(
            AgendaItem(
                review=review,
                chair=member_name(cell, 1 if number == 0 else 0),
                ticked=ticks(INDIVIDUAL, "hold_session"),
                counts=((level, members - 1),),
            )
        )
    yield (
        RecordMeeting(
            meeting=f"{code}-BP",
            campaign=CAMPAIGN,
            organisation=code,
            venue=code,
            day=EVENING,
            items=tuple(items),
            present=members,
            superior_attended=True,
            papers=Papers(issued=members, collected=members, valid=members, invalid=0, secret=True),
            announced=True,
        ),
        secretary,
    )
    bundle = f"{code}-KQ"
    yield (
        SubmitBundle(
            submission=bundle,
            campaign=CAMPAIGN,
            organisation=code,
            on=REPORTED,
            documents=("rating_report", "member_list", "member_summary"),
        ),
        secretary,
    )
    yield AppraiseBundle(submission=bundle, on=DECIDED), BOARD


def prepared(review: str, level: str) -> Iterator[Prepare | RateSelf | RecordFacts | NotifySuperior]:
    """What one member brings to the evening: the self-review, the own rating, the facts."""
    excellent = level == TOP
    facts = [FactEntry(fact="task.completion", value="excellent" if excellent else "good", on=PREPARED)]
    facts += [FactEntry(fact=f"fault.{name}", value=False, on=PREPARED) for name in FAULTS]
    facts.append(FactEntry(fact="staff.rating", value=level, on=PREPARED, document="QĐ 118"))
    facts.append(FactEntry(fact="staff.rated_on", value=PREPARED.isoformat(), on=PREPARED))
    yield Prepare(review=review, on=PREPARED, ticked=ticks(INDIVIDUAL, "prepare"))
    yield RateSelf(review=review, level=level, on=PREPARED)
    yield RecordFacts(review=review, facts=tuple(facts))
    yield NotifySuperior(review=review, on=NOTIFIED, attachments=True)
