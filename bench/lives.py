"""The commands of whole lives: each member of a cell in eight steps, then the report and the decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from bench.town import BASE, CAMPAIGN, cell_name, member_name
from states.review import COLLECTIVE, INDIVIDUAL
from states.roles import Role
from workflow.commands.asking import Actor, Command
from workflow.commands.campaign import DeclareLists
from workflow.commands.deciding import AppraiseBundle, DecideBundle, SubmitBundle
from workflow.commands.meeting import (
    AgendaItem,
    AnnounceResult,
    CountBallot,
    HoldSession,
    IssueBallot,
    RecordMeeting,
)
from workflow.commands.preparing import FactEntry, NotifySuperior, Prepare, RateSelf, RecordFacts, SendDraft
from workflow.rules.checklists import item_names
from workflow.rules.rulebook import Rulebook

STEPS_A_LIFE = 8
LEVEL = "HTTNV"
PREPARED, NOTIFIED, YEAR_END = date(2016, 12, 20), date(2016, 12, 28), date(2016, 12, 31)
SENT, MET, REPORTED, DECIDED = date(2017, 1, 3), date(2017, 1, 9), date(2017, 1, 19), date(2017, 1, 24)
LISTS = ("discipline", "sick_leave", "suggestion", "mass_organisation", "administration")
FAULTS = ("cell_tasks", "prohibited_conduct", "refused_assignment", "disunity")

Sent = tuple[Command, Actor]


@cache
def ticks(kind: str, *gates: str) -> tuple[str, ...]:
    """The checklist items a person confirms for a kind of review."""
    return item_names(Rulebook.load("duk_2016"), kind, *gates)


def life_of_cell(cell: int, members: int) -> Iterator[Sent]:
    """Every command of one cell in its lawful order: committee, head and deputy, then the others."""
    code = cell_name(cell)
    secretary = Actor(id=member_name(cell, 0), role=Role.SECRETARY, body=code)
    counter = Actor(id=member_name(cell, 1), role=Role.COUNTING_TEAM, body=code)
    declared = DeclareLists(campaign=CAMPAIGN, organisation=code, lists=LISTS, as_of=YEAR_END)
    yield declared, secretary
    for command in collective_life(code, member_name(cell, 0)):
        yield command, secretary
    for number in range(members):
        yield from _member(cell, number, members, secretary, counter)
    yield from _report(code, secretary)


def collective_life(code: str, head: str) -> Iterator[Command]:
    """What the committee of a cell does up to its own session."""
    review = f"{CAMPAIGN}.collective.{code}"
    yield Prepare(review=review, on=PREPARED, document="BC-KĐ", ticked=ticks(COLLECTIVE, "prepare", "submit"))
    yield NotifySuperior(review=review, on=NOTIFIED, attachments=True)
    yield SendDraft(review=review, on=SENT, recipients=12)
    yield RecordMeeting(
        meeting=f"{code}-KĐ",
        campaign=CAMPAIGN,
        organisation=code,
        venue=code,
        day=MET,
        items=(AgendaItem(review=review, chair=head, ticked=ticks(COLLECTIVE, "hold_session")),),
        present=12,
        superior_attended=True,
    )


def _member(cell: int, number: int, members: int, secretary: Actor, counter: Actor) -> Iterator[Sent]:
    code, person = cell_name(cell), member_name(cell, number)
    review, sheet = f"{CAMPAIGN}.member.{person}", f"{code}-{number}"
    facts = [FactEntry(fact="task.completion", value="good", on=PREPARED)]
    facts += [FactEntry(fact=f"fault.{name}", value=False, on=PREPARED) for name in FAULTS]
    facts.append(FactEntry(fact="staff.rating", value=LEVEL, on=PREPARED, document="QĐ 118"))
    facts.append(FactEntry(fact="staff.rated_on", value=PREPARED.isoformat(), on=PREPARED))
    yield Prepare(review=review, on=PREPARED, ticked=ticks(INDIVIDUAL, "prepare")), secretary
    yield RateSelf(review=review, level=LEVEL, on=PREPARED), secretary
    yield RecordFacts(review=review, facts=tuple(facts)), secretary
    yield NotifySuperior(review=review, on=NOTIFIED, attachments=True), secretary
    yield (
        HoldSession(
            review=review,
            meeting=f"{code}-{MET:%m%d}",
            venue=code,
            day=MET,
            item=number + 2,
            chair=member_name(cell, 1 if number == 0 else 0),
            ticked=ticks(INDIVIDUAL, "hold_session"),
        ),
        secretary,
    )
    yield (
        IssueBallot(
            ballot=sheet,
            campaign=CAMPAIGN,
            organisation=code,
            meeting=sheet,
            day=MET,
            motions=((review, LEVEL),),
            secret=True,
        ),
        secretary,
    )
    yield (
        CountBallot(
            ballot=sheet,
            issued=members,
            collected=members,
            valid=members,
            invalid=0,
            tallies=((review, LEVEL, members - 1),),
        ),
        counter,
    )
    yield AnnounceResult(review=review, on=MET), secretary


def _report(code: str, secretary: Actor) -> Iterator[Sent]:
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
    board = Actor(id="BTC-02", role=Role.ORGANISATION_BOARD, body=BASE)
    committee = Actor(id="BTV-01", role=Role.SUPERIOR_COMMITTEE, body=BASE)
    yield AppraiseBundle(submission=bundle, on=DECIDED), board
    yield DecideBundle(submission=bundle, on=DECIDED, document="QĐ 36-QĐ/ĐU"), committee
