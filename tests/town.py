"""A small town for tests: one base, two cells, a dozen people, and a clock that stands where it is put.

`Town` is the whole service on a database; a season is lived with its commands, step by step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from api.demo.season import SetClock
from handlers.gather import FactsFromTables
from handlers.opening import open_campaign
from handlers.registry import react
from handlers.roster.apply import apply_difference
from handlers.roster.compare import Difference
from handlers.roster.records import (
    MembershipRecord,
    OrganisationRecord,
    PersonRecord,
    PositionRecord,
    Record,
)
from handlers.roster.vocabulary import OrganisationType, PartyStatus, Post
from states.roles import Role
from tests.builders import (
    APPRAISED,
    BASE,
    BLOC,
    BOARD,
    CAMPAIGN,
    COLLECTIVE_TICKS,
    COMMITTEE,
    COMPLETION,
    DECIDED,
    DECLARED,
    FAULTS,
    FIRST,
    GOOD_POINTS,
    LISTS,
    MET,
    NAMES,
    NOTIFIED,
    OFFICER,
    OPENED,
    POINT_NAMES,
    PREPARED,
    REPORTED,
    ROSTER,
    SECOND,
    SENT,
    TICKS,
    collective,
    member,
    organisation,
)
from workflow.commands.campaign import (DeclareLists, PlanCampaign, RateNeighbour, RecordRosterChange)
from workflow.commands.deciding import (AppraiseBundle, DecideBundle, SubmitBundle)
from workflow.commands.meeting import (CountBallot, IssueBallot, Papers, RecordMeeting)
from workflow.commands.preparing import (NotifySuperior, Prepare, RateSelf, RecordFacts, SendDraft)
from workflow.answer import Answer
from workflow.codec import decode
from workflow.commands.asking import (Actor, Command, Request)
from workflow.commands.meeting import (AgendaItem)
from workflow.commands.preparing import (FactEntry)
from workflow.database import Database
from workflow.engine import Engine
from workflow.errors import Refusal
from workflow.gathering import Gather
from workflow.log import Log, Stored
from workflow.review import Review, fold

R = TypeVar("R", bound=Refusal)


@dataclass
class Town:
    """A base with two cells on one database. The first three people of a cell lead it."""

    database: Database
    now: SetClock
    engine: Engine
    cells: dict[str, int]

    @classmethod
    def on(
        cls,
        database: Database,
        *,
        first: int = 7,
        second: int = 5,
        gather: Gather | None = None,
    ) -> Town:
        """A town nobody has entered into the roster yet."""
        now = SetClock()
        facts = gather or FactsFromTables()
        engine = Engine(database, gather=facts, react=react, now=now)
        return cls(database, now, engine, {FIRST: first, SECOND: second})

    # --- the roster -------------------------------------------------------------------------------

    def enter_roster(
        self,
        *,
        statuses: Mapping[str, PartyStatus] = {},
        admitted: Mapping[str, date] = {},
        founded: Mapping[str, date] = {},
        base_committee: bool = False,
    ) -> None:
        """Base, cells, people and posts become the roster, as an import writes them."""
        self.now.put(ROSTER)
        bodies = [
            OrganisationRecord(
                organisation_id=BASE,
                name="Đảng bộ Công ty Hoa Sen",
                type=OrganisationType.DANG_BO_CO_SO,
                founded_on=date(1990, 2, 3),
                has_committee=base_committee,
            )
        ]
        bodies += [
            OrganisationRecord(
                organisation_id=cell,
                name=f"Chi bộ {cell[-1]}",
                type=OrganisationType.CHI_BO_TRUC_THUOC,
                superior_id=BASE,
                founded_on=founded.get(cell, date(1995, 5, 19)),
                has_committee=True,
            )
            for cell in self.cells
        ]
        people = [
            PersonRecord(
                person_id=person,
                name=NAMES[number % len(NAMES)],
                status=statuses.get(person, PartyStatus.OFFICIAL),
                admitted_on=admitted.get(person, date(2005, 6, 1)),
                is_staff=False,
            )
            for cell in self.cells
            for number, person in enumerate(self.people(cell))
        ]
        memberships = [
            MembershipRecord(person_id=person, organisation_id=cell)
            for cell in self.cells
            for person in self.people(cell)
        ]
        posts = [
            PositionRecord(person_id=person, organisation_id=cell, post=post, held_from=date(2015, 4, 1))
            for cell in self.cells
            for person, post in zip(
                self.people(cell), (Post.HEAD, Post.DEPUTY, Post.COMMITTEE_MEMBER), strict=False
            )
        ]
        if base_committee:
            chosen = zip(
                (self.people(FIRST)[0], self.people(SECOND)[0], self.people(FIRST)[1]),
                (Post.HEAD, Post.DEPUTY, Post.COMMITTEE_MEMBER),
                strict=True,
            )
            posts += [
                PositionRecord(person_id=p, organisation_id=BASE, post=post, held_from=date(2015, 4, 1))
                for p, post in chosen
            ]
        self.change_roster(
            ROSTER,
            new={"organisation": bodies, "person": people, "membership": memberships, "position": posts},
        )

    def change_roster(
        self,
        on: date,
        *,
        new: Mapping[str, Iterable[Record]],
        touched: tuple[tuple[str, str], ...] = (),
    ) -> Answer:
        """Rows join the roster from a day, with the event that covers them."""
        kinds = ("organisation", "person", "membership", "position")
        difference = Difference(
            on=on,
            new={kind: tuple(new.get(kind, ())) for kind in kinds},
            changed=dict.fromkeys(kinds, ()),
            gone=dict.fromkeys(kinds, ()),
            unchanged=dict.fromkeys(kinds, 0),
        )
        asked_for = RecordRosterChange(
            source=f"import-{on:%Y%m%d}", digests=(), closed=0, on=on, touched=touched
        )

        def beside(connection: Connection) -> Command:
            Log(connection).lock(["roster"])
            applied = apply_difference(
                connection, difference, at=self.engine.now(), by=OFFICER.id, source=asked_for.source
            )
            return replace(asked_for, digests=tuple(digest for _, _, digest in applied.digests))

        return self.engine.handle(Request(command=asked_for, actor=OFFICER), beside=beside)

    def people(self, cell: str) -> list[str]:
        """The people of a cell: head, deputy, committee member, then the others."""
        number = int(cell[-2:])
        return [f"{number:02d}{n:02d}" for n in range(1, self.cells[cell] + 1)]

    def head(self, cell: str) -> str:
        """The secretary of a cell."""
        return self.people(cell)[0]

    def deputy(self, cell: str) -> str:
        """The deputy secretary of a cell."""
        return self.people(cell)[1]

    def secretary(self, cell: str) -> Actor:
        """The secretary, entering for the cell."""
        return Actor(id=self.head(cell) if cell in self.cells else "VP-01", role=Role.SECRETARY, body=cell)

    def counter(self, cell: str) -> Actor:
        """A member of the counting team, another person than the secretary."""
        return Actor(id=self.people(cell)[2], role=Role.COUNTING_TEAM, body=cell)

    # --- asking -----------------------------------------------------------------------------------

    def do(
        self, command: Command, actor: Actor, *, key: str | None = None, version: int | None = None
    ) -> Answer:
        """Send a command that has to succeed."""
        return self.engine.handle(Request(command=command, actor=actor, key=key, expected_version=version))

    def refused(
        self,
        why: type[R],
        command: Command,
        actor: Actor,
        *,
        key: str | None = None,
        version: int | None = None,
    ) -> R:
        """Send a command that has to be refused in this way; gives the refusal."""
        request = Request(command=command, actor=actor, key=key, expected_version=version)
        try:
            answer = self.engine.handle(request)
        except why as refusal:
            return spoken(refusal)
        raise AssertionError(f"{command} was let through: {answer}")

    def review(self, review_id: str) -> Review:
        """The review as its log tells it."""
        stream = f"review/{review_id}"
        with self.database.read() as connection:
            stored = Log(connection).read([stream])[stream]
        return fold_of(review_id, stored)

    def history(self, stream: str) -> list[Stored]:
        """Every stored event of a stream."""
        with self.database.read() as connection:
            return Log(connection).read([stream])[stream]

    # --- a season, step by step -------------------------------------------------------------------

    def open(self, **roster: object) -> Town:
        """The roster is entered and the campaign open."""
        self.enter_roster(**roster)  # type: ignore[arg-type]  # handed on as they came
        self.plan()
        open_campaign(self.engine, OFFICER, CAMPAIGN)
        return self

    def plan(self) -> None:
        """The campaign of 2016 is planned."""
        self.now.put(OPENED)
        self.do(
            PlanCampaign(
                campaign=CAMPAIGN,
                year=2016,
                rulebook="duk_2016",
                organisation=BASE,
                superior=BLOC,
                roster_day=OPENED,
            ),
            OFFICER,
        )

    def prepare(self, person: str, level: str = "HTTNV") -> None:
        """The self-review is written, the member rates himself, the facts are entered."""
        secretary = self.secretary(self.cell_of(person))
        self.now.put(PREPARED)
        on = PREPARED
        self.do(Prepare(review=member(person), on=on), secretary)
        self.do(RateSelf(review=member(person), level=level, on=on), secretary)
        facts = [FactEntry(fact="task.completion", value=COMPLETION[level], on=on)]
        facts += [FactEntry(fact=f"fault.{name}", value=False, on=on) for name in FAULTS]
        self.do(RecordFacts(review=member(person), facts=tuple(facts)), secretary)

    def cell_of(self, person: str) -> str:
        """The cell a person's id belongs to."""
        return f"CB{person[:2]}"

    def make_ready(
        self,
        cell: str = FIRST,
        *,
        levels: Mapping[str, str] = {},
        sent: date | None = SENT,
        declare: bool = True,
        people: Iterable[str] | None = None,
    ) -> None:
        """Everything before the meeting: self-reviews, notice to the superior, lists, the draft."""
        secretary = self.secretary(cell)
        self.now.put(PREPARED)
        self.do(Prepare(review=collective(cell), on=PREPARED, document="BC-KĐ"), secretary)
        chosen = self.people(cell) if people is None else list(people)
        for person in chosen:
            self.prepare(person, levels.get(person, "HTTNV"))
        self.now.put(NOTIFIED)
        leaders = [member(p) for p in self.people(cell)[:3] if p in chosen]
        for review in (collective(cell), *leaders):
            self.do(NotifySuperior(review=review, on=NOTIFIED, attachments=True), secretary)
        self.now.put(DECLARED)
        if declare:
            self.declare(cell)
        if sent is not None:
            self.send(cell, sent)

    def declare(self, cell: str, as_of: date = DECLARED) -> Answer:
        """Lists known by their absence are declared complete."""
        self.now.put(as_of)
        return self.do(
            DeclareLists(campaign=CAMPAIGN, organisation=cell, lists=LISTS, as_of=as_of),
            self.secretary(cell),
        )

    def send(self, cell: str, on: date) -> Answer:
        """The draft of the collective goes out."""
        self.now.put(on)
        return self.do(
            SendDraft(review=collective(cell), on=on, recipients=12, ticked=COLLECTIVE_TICKS),
            self.secretary(cell),
        )

    def item(self, person: str, **told: object) -> AgendaItem:
        """A person's item on the agenda, chaired as the regulation wants it."""
        cell = self.cell_of(person)
        chair = self.deputy(cell) if person == self.head(cell) else self.head(cell)
        return AgendaItem(**{"review": member(person), "chair": chair, "ticked": TICKS, **told})  # type: ignore[arg-type]  # fields of an item

    def evening(
        self,
        cell: str = FIRST,
        *,
        day: date = MET,
        levels: Mapping[str, str] = {},
        votes: Mapping[str, int] = {},
        absent: Iterable[str] = (),
        unrated: Iterable[str] = (),
        people: Iterable[str] | None = None,
        with_collective: bool = True,
        ballot: bool = True,
        took_place: bool = False,
    ) -> RecordMeeting:
        """The whole evening of a cell: the committee, its members, the others, and the ballot."""
        chosen = self.people(cell) if people is None else list(people)
        away, not_voted = set(absent), set(unrated)
        entitled = self.entitled(cell)
        items = [
            AgendaItem(review=collective(cell), chair=self.head(cell), ticked=COLLECTIVE_TICKS)
        ] * with_collective
        for person in chosen:
            if person in away:
                items.append(AgendaItem(review=member(person), absent=True))
                continue
            counts: tuple[tuple[str, int], ...] = ()
            if ballot and person not in not_voted:
                counts = ((levels.get(person, "HTTNV"), votes.get(person, entitled)),)
            items.append(self.item(person, counts=counts))
        papers = Papers(issued=entitled, collected=entitled, valid=entitled, invalid=0, secret=True)
        return RecordMeeting(
            meeting=f"{cell}-{day:%m%d}",
            campaign=CAMPAIGN,
            organisation=cell,
            venue=cell,
            day=day,
            items=tuple(items),
            present=max(len(chosen) - len(away), 1),
            invited=1,
            superior_attended=True,
            papers=papers if any(item.counts for item in items) else None,
            announced=True,
            took_place=took_place,
        )

    def entitled(self, cell: str) -> int:
        """Official members of a cell where nobody was entered with another status."""
        return self.cells[cell]

    def meet(self, cell: str = FIRST, **told: object) -> Answer:
        """Record the evening; see `evening`."""
        command = self.evening(cell, **told)  # type: ignore[arg-type]  # handed on as they came
        self.now.put(command.day, 20)
        return self.do(command, self.secretary(cell))

    def sheet(
        self, person: str, level: str, in_favour: int, *, day: date, name: str, entitled: int | None = None
    ) -> Answer:
        """One more sheet for one person and one level, issued and counted."""
        cell = self.cell_of(person)
        cast = entitled or self.entitled(cell)
        self.now.put(day, 20)
        self.do(
            IssueBallot(
                ballot=name,
                campaign=CAMPAIGN,
                organisation=cell,
                meeting=name,
                day=day,
                motions=((member(person), level),),
                secret=True,
            ),
            self.secretary(cell),
        )
        return self.do(
            CountBallot(
                ballot=name,
                issued=cast,
                collected=cast,
                valid=cast,
                invalid=0,
                tallies=((member(person), level, in_favour),),
            ),
            self.counter(cell),
        )

    def bundle(
        self, cell: str = FIRST, *, on: date = REPORTED, name: str = "", reviews: tuple[str, ...] = ()
    ) -> SubmitBundle:
        """The report of a cell to the base."""
        return SubmitBundle(
            submission=name or f"{cell}-KQ", campaign=CAMPAIGN, organisation=cell, on=on, reviews=reviews
        )

    def submit(self, cell: str = FIRST, **told: object) -> Answer:
        """The cell reports; see `bundle`."""
        command = self.bundle(cell, **told)  # type: ignore[arg-type]  # handed on as they came
        self.now.put(command.on)
        return self.do(command, self.secretary(cell))

    def appraise(self, name: str = "CB01-KQ", on: date = APPRAISED) -> Answer:
        """The board appraises the bundle as it was voted."""
        self.now.put(on)
        return self.do(AppraiseBundle(submission=name, on=on), BOARD)

    def decide(self, name: str = "CB01-KQ", on: date = DECIDED) -> Answer:
        """The committee of the base decides what was advised."""
        self.now.put(on)
        return self.do(DecideBundle(submission=name, on=on, document="QĐ 36-QĐ/ĐU"), COMMITTEE)

    def score_organisation(
        self, cell: str = FIRST, points: Iterable[str] = GOOD_POINTS, completion: str = "good"
    ) -> None:
        """The neighbours are rated and the cell scores itself."""
        on = REPORTED
        self.now.put(on)
        secretary = self.secretary(cell)
        for kind in ("administration", "mass_organisation"):
            self.do(
                RateNeighbour(
                    campaign=CAMPAIGN,
                    organisation=cell,
                    neighbour=f"{cell}-{kind[:2]}",
                    neighbour_kind=kind,
                    rank=1,
                    scale_length=4,
                    rated_on=on,
                    document="TB 45",
                ),
                secretary,
            )
        facts = [
            FactEntry(fact=f"score.{name}", value=value, on=on)
            for name, value in zip(POINT_NAMES, points, strict=True)
        ]
        facts += [
            FactEntry(fact="task.completion", value=completion, on=on),
            FactEntry(fact="committee.united", value=True, on=on),
            FactEntry(fact="committee.completion", value=completion, on=on),
            FactEntry(fact="meetings.regular", value=True, on=on),
        ]
        self.do(Prepare(review=organisation(cell), on=on), secretary)
        self.do(RecordFacts(review=organisation(cell), facts=tuple(facts)), secretary)


def fold_of(review_id: str, stored: Iterable[Stored]) -> Review:
    """The fold of stored events, decoded one by one."""
    return fold(review_id, (decode(one.name, one.schema_version, one.data) for one in stored))


def spoken(refusal: R) -> R:
    """The refusal, which has to say something in both languages."""
    assert refusal.vi, "a refusal says something in Vietnamese"
    assert refusal.en, "a refusal says something in English"
    return refusal
