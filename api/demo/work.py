"""The ordinary work of a season, done as every cell does it: prepare, notify, send, meet, vote, report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from api.demo.season import CAMPAIGN, Season, collective, member, organisation
from states.review import COLLECTIVE, INDIVIDUAL, ORGANISATION
from workflow.answer import Answer
from workflow.commands.campaign import DeclareLists, RateNeighbour
from workflow.commands.deciding import SubmitBundle
from workflow.commands.meeting import (
    AgendaItem,
    AnnounceResult,
    CountBallot,
    IssueBallot,
    Papers,
    RecordMeeting,
)
from workflow.commands.preparing import (
    FactEntry,
    NotifySuperior,
    Prepare,
    ProposeLevel,
    RateSelf,
    RecordFacts,
    SendDraft,
    TickItems,
)
from workflow.rules.checklists import item_names
from workflow.rules.rulebook import Rulebook

LISTS = ("discipline", "sick_leave", "suggestion", "mass_organisation", "administration")
COMPLETION = {"HTXSNV": "excellent", "HTTNV": "good", "HTNV": "basic", "KHTNV": "not"}
STAFF = {"HTXSNV": "HTXSNV", "HTTNV": "HTTNV", "HTNV": "HTNV_HAN_CHE", "KHTNV": "KHTNV"}


@cache
def ticks(kind: str, *gates: str) -> tuple[str, ...]:
    """The checklist items a person confirms for a kind of review at these gates."""
    return item_names(Rulebook.load("duk_2016"), kind, *gates)


COLLECTIVE_TICKS = ticks(COLLECTIVE, "hold_session")
TICKS = ticks(INDIVIDUAL, "hold_session")


@dataclass
class CellPlan:
    """What will be put to the vote in a cell: a level a person, everybody else at HTTNV."""

    code: str
    people: tuple[str, ...]
    levels: dict[str, str] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    unrated: tuple[str, ...] = ()

    def level(self, person: str) -> str:
        """The level proposed for a person."""
        return self.levels.get(person, "HTTNV")

    @property
    def voted(self) -> tuple[str, ...]:
        """Those who are at the meeting and may be rated."""
        return tuple(p for p in self.people if p not in self.absent and p not in self.unrated)


def plan_of(season: Season, code: str, day: date) -> CellPlan:
    """Fifteen in a hundred at the top, two at the third level, the leaders first in line."""
    view = season.view()
    reviewed = [row.record.person_id for row in view.people_of_cell(code) if row.record.status != "exempt"]
    young = tuple(
        row.record.person_id
        for row in view.people_of_cell(code)
        if row.record.admitted_on and months_short(row.record.admitted_on, day)
    )
    leaders = [p for p in view.committee_of(code) if p in reviewed]
    posted = [p for p in reviewed if view.positions_of(p) and p not in leaders]
    rest = [p for p in reviewed if p not in leaders and p not in posted]
    ordered = (*leaders, *posted, *rest)
    plan = CellPlan(code, tuple(ordered), unrated=young)
    rated = [p for p in ordered if p not in young]
    plan.levels.update(dict.fromkeys(rated[-2:], "HTNV"))
    room = 15 * (len(rated) - 2) // 100
    plan.levels.update(dict.fromkeys(rated[:room], "HTXSNV"))
    return plan


def months_short(admitted: date, day: date) -> bool:
    """Whether six calendar months have not passed (reading C-07)."""
    months = (day.year - admitted.year) * 12 + day.month - admitted.month - (day.day < admitted.day)
    return months < 6


def prepare_person(season: Season, plan: CellPlan, person: str, on: date) -> None:
    """The self-review is handed in, the member rates himself, the facts the rules ask for are entered."""
    secretary, review, level = season.secretary(plan.code), member(person), plan.level(person)
    season.do(Prepare(review=review, on=on, ticked=ticks(INDIVIDUAL, "prepare")), secretary)
    season.do(RateSelf(review=review, level=level, on=on), secretary)
    row = season.view().people[person].record
    facts = [FactEntry(fact="task.completion", value=COMPLETION[level], on=on)]
    facts += [
        FactEntry(fact=f"fault.{name}", value=False, on=on)
        for name in ("cell_tasks", "prohibited_conduct", "refused_assignment", "disunity")
    ]
    if season.has_groups(plan.code):  # reviewed in the cell all the same
        facts.append(FactEntry(fact="order.reviewed_in_group", value=False, on=on))
    if row.is_staff:
        facts.append(FactEntry(fact="staff.rating", value=STAFF[level], on=on, document="QĐ 118/QĐ-CĐBT"))
        facts.append(FactEntry(fact="staff.rated_on", value=on.isoformat(), on=on))
    season.do(RecordFacts(review=review, facts=tuple(facts)), secretary)


def prepare_collective(season: Season, body: str, on: date) -> None:
    """The committee's report is written."""
    ticked = ticks(COLLECTIVE, "prepare")
    season.do(
        Prepare(review=collective(body), on=on, document="BC-KĐ", ticked=ticked), season.secretary(body)
    )


def notify(season: Season, body: str, people: tuple[str, ...], on: date) -> None:
    """The superior is told of the collective's review and of those of leaders, documents attached."""
    secretary = season.secretary(body)
    season.do(NotifySuperior(review=collective(body), on=on, attachments=True), secretary)
    for person in people:
        season.do(NotifySuperior(review=member(person), on=on, attachments=True), secretary)


def send(season: Season, body: str, recipients: int, on: date) -> None:
    """The collective's draft goes to everybody invited."""
    season.do(
        SendDraft(review=collective(body), on=on, recipients=recipients),
        season.secretary(body),
    )


def declare(season: Season, body: str, as_of: date) -> None:
    """The lists that are known only by their absence are declared complete."""
    season.do(
        DeclareLists(campaign=CAMPAIGN, organisation=body, lists=LISTS, as_of=as_of), season.secretary(body)
    )


def score(
    season: Season, body: str, points: tuple[str, str, str, str, str], completion: str, on: date
) -> None:
    """The self-score sheet 40 + 20 + 15 + 15 + 10, and the judgements beside it."""
    names = ("political_tasks", "ideology", "organisation", "administration_mass", "inspection")
    facts = [
        FactEntry(fact=f"score.{name}", value=value, on=on) for name, value in zip(names, points, strict=True)
    ]
    facts += [
        FactEntry(fact="task.completion", value=completion, on=on),
        FactEntry(fact="committee.united", value=True, on=on),
        FactEntry(fact="committee.completion", value=completion, on=on),
        FactEntry(fact="meetings.regular", value=True, on=on),
    ]
    secretary = season.secretary(body)
    season.do(Prepare(review=organisation(body), on=on, document="BĐ-TC"), secretary)
    season.do(RecordFacts(review=organisation(body), facts=tuple(facts)), secretary)


def neighbours(season: Season, body: str, on: date, administration: int = 1, union: int = 1) -> None:
    """The administration and the union of the same level are rated, on four steps."""
    secretary = season.secretary(body)
    for kind, rank in (("administration", administration), ("mass_organisation", union)):
        season.do(
            RateNeighbour(
                campaign=CAMPAIGN,
                organisation=body,
                neighbour=f"{body}-{'CQ' if kind == 'administration' else 'CĐ'}",
                neighbour_kind=kind,
                rank=rank,
                scale_length=4,
                rated_on=on,
                document="TB 45/TB-CĐBT",
            ),
            secretary,
        )


def propose(season: Season, body: str, level: str, on: date, by: str = "chi_uy") -> None:
    """The dossier is complete, and the committee puts a level forward for its organisation."""
    secretary = season.secretary(body)
    for review, kind in ((collective(body), COLLECTIVE), (organisation(body), ORGANISATION)):
        season.do(TickItems(review=review, on=on, ticked=ticks(kind, "submit")), secretary)
    season.do(ProposeLevel(review=organisation(body), level=level, on=on, by=by), secretary)


def announce(season: Season, code: str, person: str, on: date) -> None:
    """The result of one ballot is announced in the cell."""
    season.do(AnnounceResult(review=member(person), on=on), season.secretary(code))


def results(code: str, on: date, submission: str = "") -> SubmitBundle:
    """The report of a cell: everything that is ready."""
    return SubmitBundle(
        submission=submission or f"{code}-KQ",
        campaign=CAMPAIGN,
        organisation=code,
        on=on,
        documents=("rating_report", "member_list", "member_summary"),
    )


def vote_again(season: Season, code: str, person: str, level: str, day: date, sheet: str) -> None:
    """One more sheet for one person and one level, counted by the counting team."""
    entitled = len(season.view().official_members(code))
    season.do(
        IssueBallot(
            ballot=sheet,
            campaign=CAMPAIGN,
            organisation=code,
            meeting=sheet,
            day=day,
            motions=((member(person), level),),
            secret=True,
        ),
        season.secretary(code),
    )
    season.do(
        CountBallot(
            ballot=sheet,
            issued=entitled,
            collected=entitled,
            valid=entitled,
            invalid=0,
            tallies=((member(person), level, entitled - 1),),
        ),
        season.counter(code),
    )
    announce(season, code, person, day)


def organisation_evening(
    season: Season, code: str, day: date, level: str, *, committee: bool = False
) -> RecordMeeting:
    """The ballot on the organisation itself: all official members of a cell, or the committee."""
    view = season.view()
    cast = len(view.committee_of(code)) if committee else len(view.official_members(code))
    return RecordMeeting(
        meeting=f"{code}-TC-{day:%m%d}",
        campaign=CAMPAIGN,
        organisation=code,
        venue=code,
        day=day,
        items=(AgendaItem(review=organisation(code), chair=season.head(code), counts=((level, cast - 1),)),),
        present=cast,
        papers=Papers(issued=cast, collected=cast, valid=cast, invalid=0, secret=True),
        announced=True,
    )


def agenda(
    season: Season, plan: CellPlan, votes: dict[str, int], *, ballot: bool = True
) -> tuple[AgendaItem, ...]:
    """The lawful order of an evening: the committee, its members (the head under a deputy), the rest."""
    head, deputy = season.head(plan.code), season.deputy(plan.code)
    items = [AgendaItem(review=collective(plan.code), chair=head, ticked=COLLECTIVE_TICKS)]
    for person in plan.people:
        if person in plan.absent:
            items.append(AgendaItem(review=member(person), absent=True))
            continue
        counts = ((plan.level(person), votes[person]),) if ballot and person not in plan.unrated else ()
        items.append(
            AgendaItem(
                review=member(person),
                chair=deputy if person == head else head,
                ticked=TICKS,
                counts=counts,
            )
        )
    return tuple(items)


def votes_for(season: Season, plan: CellPlan) -> dict[str, int]:
    """Papers in favour: nearly all for everybody, always more than two thirds."""
    official = len(season.view().official_members(plan.code))
    cast = official - len(plan.absent)
    return {person: cast - (number % 3 == 2) for number, person in enumerate(plan.people)}


def meet(
    season: Season, plan: CellPlan, day: date, votes: dict[str, int], *, took_place: bool = False
) -> Answer:
    """The whole evening of a cell in one entry."""
    official = len(season.view().official_members(plan.code))
    cast = official - len(plan.absent)
    return season.do(
        RecordMeeting(
            meeting=f"{plan.code}-{day:%m%d}",
            campaign=CAMPAIGN,
            organisation=plan.code,
            venue=plan.code,
            day=day,
            items=agenda(season, plan, votes),
            present=len(plan.people) - len(plan.absent),
            invited=1,
            superior_attended=True,
            papers=Papers(issued=cast, collected=cast, valid=cast, invalid=0, secret=True),
            announced=True,
            took_place=took_place,
        ),
        season.secretary(plan.code),
    )
