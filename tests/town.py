"""A small town for tests: one base, two cells, a dozen people, and a clock that stands where it is put.

`Town` is the whole service on a database; a season is lived with its commands, step by step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from handlers.opening import open_campaign
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
    NOTIFIED,
    OFFICER,
    OPENED,
    POINT_NAMES,
    PREPARED,
    REPORTED,
    SENT,
    TICKS,
    collective,
    member,
    organisation,
    written,
)
from tests.townspeople import Townspeople
from workflow.answer import Answer
from workflow.codec import decode
from workflow.commands.asking import Actor, Command, Request
from workflow.commands.campaign import DeclareLists, PlanCampaign, RateNeighbour
from workflow.commands.deciding import AppraiseBundle, DecideBundle, SubmitBundle
from workflow.commands.meeting import AgendaItem, CountBallot, IssueBallot, Papers, RecordMeeting
from workflow.commands.preparing import FactEntry, NotifySuperior, RateSelf, RecordFacts, SendDraft
from workflow.errors import Refusal
from workflow.log import Log, Stored
from workflow.review import Review, fold

R = TypeVar("R", bound=Refusal)


class Town(Townspeople):
    """The service on a database with its townspeople: commands sent, seasons lived step by step."""

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
        self.do(written(member(person), on), secretary)
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
        self.do(written(collective(cell), PREPARED, "BC-KĐ"), secretary)
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
            SendDraft(review=collective(cell), on=on, recipients=12),
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
        self.do(written(organisation(cell), on), secretary)
        self.do(RecordFacts(review=organisation(cell), facts=tuple(facts)), secretary)


def fold_of(review_id: str, stored: Iterable[Stored]) -> Review:
    """The fold of stored events, decoded one by one."""
    return fold(review_id, (decode(one.name, one.schema_version, one.data) for one in stored))


def spoken(refusal: R) -> R:
    """The refusal, which has to say something in both languages."""
    assert refusal.vi, "a refusal says something in Vietnamese"
    assert refusal.en, "a refusal says something in English"
    return refusal
