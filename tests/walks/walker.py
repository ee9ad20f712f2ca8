"""A random walk: people of every role send commands, sensible and not, while the days go by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from states.flags import FLAGS
from states.roles import Role
from tests.builders import BASE, BOARD, CAMPAIGN, COMMITTEE, FIRST, SECOND, TICKS, written
from tests.builders import collective as of_collective
from tests.builders import member as of_member
from tests.builders import organisation as of_organisation
from tests.town import Town
from tests.walks.lists import draw_on_lists
from workflow.answer import Answer
from workflow.commands.asking import Actor, Command, Request
from workflow.commands.beside import AuthoriseException, ClearFlag, CorrectEntry, Pause, RaiseFlag, Resume
from workflow.commands.deciding import (
    Annul,
    AppraiseBundle,
    DecideBundle,
    Judgement,
    OpenConsultation,
    RecordOpinion,
    ReturnBundle,
    StartRound,
    SubmitBundle,
)
from workflow.commands.meeting import (
    AgendaItem,
    AnnounceResult,
    CancelMeeting,
    CloseUnrated,
    CorrectCount,
    CountBallot,
    HoldSession,
    IssueBallot,
    MarkAbsent,
    Papers,
    PlanMeeting,
    RecordMeeting,
    RepeatBallot,
)
from workflow.commands.preparing import (
    FactEntry,
    NotifySuperior,
    ProposeLevel,
    RateSelf,
    RecordFacts,
    SendDraft,
)
from workflow.errors import Refusal

INDIVIDUAL_LEVELS = ("HTXSNV", "HTTNV", "HTNV", "KHTNV")
ORGANISATION_LEVELS = ("TSVM", "HTTNV", "HTNV", "YK")


@dataclass
class Walker:
    """Draws commands and the people who send them, and counts what became of them."""

    town: Town
    random: Random
    sheets: list[str] = field(default_factory=list)
    bundles: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    number: int = 0

    def __post_init__(self) -> None:
        self.people = [*self.town.people(FIRST), *self.town.people(SECOND)]
        self.reviews = [of_member(person) for person in self.people]
        self.reviews += [of_collective(cell) for cell in (FIRST, SECOND)]
        self.reviews += [of_organisation(body) for body in (FIRST, SECOND, BASE)]

    @property
    def today(self) -> date:
        """The day it is on the way."""
        return self.town.now.today

    def step(self) -> tuple[Command, Answer | Refusal]:
        """One more command; anything but an answer or a refusal is a fault and ends the walk."""
        self.number += 1
        if self.random.random() < 0.03:
            self.town.now.put(self.today + timedelta(days=self.random.randint(1, 2)), 8)
        command, actor = self._draw()
        request = Request(
            command=command,
            actor=actor,
            key=f"key-{self.random.randint(1, 400)}" if self.random.random() < 0.05 else None,
            expected_version=self.random.randint(0, 9) if self.random.random() < 0.03 else None,
        )
        outcome: Answer | Refusal
        try:
            outcome = self.town.engine.handle(request)
        except Refusal as refusal:
            outcome = refusal
        done = isinstance(outcome, Answer)
        self.outcomes[f"{type(command).__name__} {'done' if done else type(outcome).__name__}"] += 1
        if done and isinstance(command, IssueBallot):
            self.sheets.append(command.ballot)
        if done and isinstance(command, RecordMeeting) and command.papers is not None:
            self.sheets.append(command.meeting)
        if done and isinstance(command, SubmitBundle) and command.submission not in self.bundles:
            self.bundles.append(command.submission)
        return command, outcome

    # --- what is asked, and by whom ---------------------------------------------------------------

    def _draw(self) -> tuple[Command, Actor]:
        cell = self.random.choice((FIRST, FIRST, SECOND))
        draw = self.random.choices(
            (self._on_review, self._at_meeting, self._at_ballot, self._with_bundle, self._lists),
            (60, 12, 12, 14, 4),
        )[0]
        command, actor = draw(cell)
        if self.random.random() < 0.12:
            actor = Actor(
                id=self.random.choice(self.people),
                role=self.random.choice(list(Role)),
                body=self.random.choice((FIRST, SECOND, BASE, "KHOI", "")),
            )
        return command, actor

    def _day(self) -> date:
        if self.random.random() < 0.85:
            return self.today
        return self.today + timedelta(days=self.random.randint(-20, 3))

    def _level(self, review: str) -> str:
        if self.random.random() < 0.02:
            return "TỐT"
        if ".organisation." in review:
            return self.random.choice(ORGANISATION_LEVELS)
        return self.random.choices(INDIVIDUAL_LEVELS, (2, 6, 2, 1))[0]

    def _review(self, cell: str) -> str:
        if self.random.random() < 0.02:
            return "2016.member.9999"
        mine = [of_member(p) for p in self.town.people(cell)] * 2
        return self.random.choice([*mine, of_collective(cell), of_collective(cell), of_organisation(cell)])

    def _on_review(self, cell: str) -> tuple[Command, Actor]:
        review, on, pick = self._review(cell), self._day(), self.random
        secretary, level = self.town.secretary(cell), self._level(review)
        counter = self.town.counter(cell)
        committee = [written(review, on)] * 5
        facts = [FactEntry(fact="task.completion", value=pick.choice(("excellent", "good", "basic")), on=on)]
        facts += [
            FactEntry(fact=f"fault.{name}", value=pick.random() < 0.05, on=on)
            for name in ("cell_tasks", "prohibited_conduct", "refused_assignment", "disunity")
        ]
        if ".organisation." in review:
            parts = [("political_tasks", 40), ("ideology", 20), ("organisation", 15)]
            parts += [("administration_mass", 15), ("inspection", 10)]
            facts = [
                FactEntry(fact=f"score.{name}", value=str(most - pick.choice((0, 1, 2, 9, -1))), on=on)
                for name, most in parts
            ]
            facts.append(FactEntry(fact="task.completion", value="good", on=on))
            facts.append(FactEntry(fact="committee.united", value=True, on=on))
            facts.append(FactEntry(fact="committee.completion", value="good", on=on))
            facts.append(FactEntry(fact="meetings.regular", value=True, on=on))
        ordinary: list[tuple[Command, Actor]] = [(one, secretary) for one in committee]
        ordinary += [
            (RecordFacts(review=review, facts=tuple(facts)), secretary),
            (RecordFacts(review=review, facts=tuple(facts)), secretary),
            (RateSelf(review=review, level=level, on=on), secretary),
            (RateSelf(review=review, level=level, on=on), secretary),
            (ProposeLevel(review=review, level=level, on=on, by="chi_uy"), secretary),
            (NotifySuperior(review=review, on=on, attachments=pick.random() < 0.9), secretary),
            (
                SendDraft(
                    review=review,
                    on=on,
                    recipients=pick.choice((12, 12, 0)),
                    minor=pick.random() < 0.2,
                    ticked=("report.directed_by_head",),
                ),
                secretary,
            ),
            (self._session(cell, review), secretary),
            (self._session(cell, review), secretary),
            (AnnounceResult(review=review, on=on), secretary),
            (AnnounceResult(review=review, on=on), secretary),
        ]
        rare: list[tuple[Command, Actor]] = [
            (MarkAbsent(review=review, on=on), secretary),
            (Pause(review=review, on=on, reason=pick.choice(("kiểm tra", " "))), secretary),
            (Resume(review=review, on=on, conclusion="KL 12"), secretary),
            (Resume(review=review, on=on, conclusion="KL 12"), secretary),
            (CloseUnrated(review=review, on=on), secretary),
            (RepeatBallot(review=review, reason="vượt hạn mức"), secretary),
            (Annul(review=review, on=on, reason="khuyết điểm", document="QĐ 41"), COMMITTEE),
            (StartRound(review=review, on=on), COMMITTEE),
            (StartRound(review=review, on=on), COMMITTEE),
            (
                RaiseFlag(review=review, flag=pick.choice([*FLAGS, "x"]), on=on, reason="đơn thư"),
                COMMITTEE,
            ),
            (
                ClearFlag(review=review, flag=pick.choice([*FLAGS]), on=on, reason="kết luận"),
                COMMITTEE,
            ),
            (self._exception(review, on), COMMITTEE),
            (self._exception(review, on), COMMITTEE),
            (
                CorrectEntry(
                    review=review, entry="task.completion", now=pick.choice(("good", "basic")), reason="nhầm"
                ),
                counter,
            ),
            (
                CorrectEntry(review=review, entry="fault.disunity", now="false", reason="nhầm"),
                counter,
            ),
        ]
        return pick.choice(rare) if pick.random() < 0.3 else pick.choice(ordinary)

    def _exception(self, review: str, on: date) -> Command:
        stands = self.town.review(review)
        rules = stands.flags.get("irregular", ()) or ("duk.notice_to_participants",)
        return AuthoriseException(
            review=review, rules=rules, on=on, reason="ba ca", document=self.random.choice(("CV 15", ""))
        )

    def _session(self, cell: str, review: str) -> Command:
        venue = BASE if self.random.random() < 0.1 else cell
        return HoldSession(
            review=review,
            meeting=f"{cell}-le",
            venue=venue,
            day=self._day(),
            item=self.random.randint(1, 9),
            chair=self.random.choice(self.town.people(cell)[:3]),
            presented=self.random.random() < 0.9,
            residence_comment=self.random.choice(("read", "missing_with_reason", "?")),
            concluded=self.random.random() < 0.9,
            ticked=TICKS if self.random.random() < 0.9 else (),
            took_place=self.random.random() < 0.4,
        )

    def _at_meeting(self, cell: str) -> tuple[Command, Actor]:
        pick, people = self.random, self.town.people(cell)
        entitled = self.town.entitled(cell)
        chosen = people if pick.random() < 0.4 else pick.sample(people, pick.randint(1, len(people)))
        items = [AgendaItem(review=of_collective(cell), chair=people[0], ticked=("report.directed_by_head",))]
        items *= pick.random() < 0.5
        for person in chosen:
            review = of_member(person)
            chair = people[1] if person == people[0] else people[0]
            if pick.random() < 0.05:
                items.append(AgendaItem(review=review, absent=True))
                continue
            counts = ((self._level(review), pick.randint(0, entitled)),) * (pick.random() < 0.7)
            items.append(AgendaItem(review=review, chair=chair, ticked=TICKS, counts=counts))
        if pick.random() < 0.1:
            items.append(items[-1])
        if pick.random() < 0.15:
            review = of_organisation(cell)
            items.append(
                AgendaItem(review=review, chair=people[0], counts=((self._level(review), entitled),))
            )
        meeting = f"{cell}-{pick.randint(1, 40)}"
        told: dict[str, object] = {
            "meeting": meeting,
            "campaign": CAMPAIGN,
            "organisation": cell,
            "venue": cell,
        }
        told |= {"items": tuple(items), "day": self._day()}
        draw = pick.random()
        if draw < 0.2:
            return PlanMeeting(**told), self.town.secretary(cell)  # type: ignore[arg-type]  # fields just above
        if draw < 0.25:
            return CancelMeeting(meeting=meeting, reason="mưa"), self.town.secretary(cell)
        return (
            RecordMeeting(
                **told,  # type: ignore[arg-type]  # fields just above
                present=max(len(chosen) - pick.randint(0, 1), 0),
                papers=self._papers(entitled) if pick.random() < 0.95 else None,
                announced=pick.random() < 0.8,
                took_place=pick.random() < 0.5,
            ),
            self.town.secretary(cell),
        )

    def _papers(self, entitled: int) -> Papers:
        off = self.random.choice((0, 0, 0, 0, 0, 0, 0, 1, -1))
        return Papers(
            issued=entitled + (off > 0), collected=entitled, valid=entitled - off, invalid=0, secret=True
        )

    def _at_ballot(self, cell: str) -> tuple[Command, Actor]:
        pick = self.random
        entitled = self.town.entitled(cell)
        review = self._review(cell)
        level, votes = self._level(review), pick.randint(entitled // 2, entitled)
        sheet = (
            pick.choice(self.sheets) if self.sheets and pick.random() < 0.6 else f"S-{pick.randint(1, 60)}"
        )
        draw = pick.random()
        if draw < 0.4:
            return (
                IssueBallot(
                    ballot=sheet,
                    campaign=CAMPAIGN,
                    organisation=cell,
                    meeting=sheet,
                    day=self._day(),
                    motions=((review, level),) * pick.choice((1, 1, 1, 2)),
                    secret=pick.choice((True, None)),
                    took_place=pick.random() < 0.3,
                ),
                self.town.secretary(cell),
            )
        motions = self._motions(sheet) or ((review, level),)
        if draw < 0.75:
            papers = self._papers(entitled)
            tallies = [(name, put, pick.choice((0, votes, votes))) for name, put in motions]
            if pick.random() < 0.2:
                tallies.append((motions[0][0], "HTNV", 0))
            return (
                CountBallot(
                    ballot=sheet,
                    issued=papers.issued,
                    collected=papers.collected,
                    valid=papers.valid,
                    invalid=papers.invalid,
                    tallies=tuple(tallies),
                ),
                self.town.counter(cell),
            )
        name, put = pick.choice(motions)
        return (
            CorrectCount(
                ballot=sheet, review=name, level=put, now=pick.randint(-1, entitled), reason="nhập nhầm"
            ),
            pick.choice((self.town.counter(cell), Actor(id="0199", role=Role.COUNTING_TEAM, body=cell))),
        )

    def _motions(self, sheet: str) -> tuple[tuple[str, str], ...]:
        from workflow.bodies import Ballot
        from workflow.folding import fold_stored

        body = fold_stored(f"ballot/{sheet}", self.town.history(f"ballot/{sheet}"))
        assert isinstance(body, Ballot)
        return tuple(body.tallies) or body.motions

    def _with_bundle(self, cell: str) -> tuple[Command, Actor]:
        pick, on = self.random, self._day()
        names = self.bundles or ["none"]
        name = pick.choice(names) if pick.random() < 0.9 else f"{cell}-{pick.randint(1, 30)}"
        some = tuple(pick.sample(self.reviews, pick.randint(1, 3))) if pick.random() < 0.3 else ()
        rows = tuple(Judgement(review=r, level=self._level(r), reason="xét lại") for r in some)
        draws: list[tuple[Command, Actor]] = [
            (
                SubmitBundle(
                    submission=name if pick.random() < 0.3 else f"{cell}-{pick.randint(1, 30)}",
                    campaign=CAMPAIGN,
                    organisation=cell,
                    on=on,
                    reviews=some if pick.random() < 0.3 else (),
                ),
                self.town.secretary(cell),
            ),
            (ReturnBundle(submission=name, on=on, reason="thiếu", reviews=some), BOARD),
            (
                OpenConsultation(
                    submission=name, bodies=("CĐ",), until=on + timedelta(days=pick.randint(-1, 2))
                ),
                BOARD,
            ),
            (RecordOpinion(submission=name, body="CĐ", on=on, text="nhất trí"), BOARD),
            (AppraiseBundle(submission=name, on=on, rows=rows), BOARD),
            (AppraiseBundle(submission=name, on=on), BOARD),
            (DecideBundle(submission=name, on=on, document="QĐ 36", rows=rows), COMMITTEE),
            (DecideBundle(submission=name, on=on, document="QĐ 36"), COMMITTEE),
        ]
        return pick.choice(draws)

    def _lists(self, cell: str) -> tuple[Command, Actor]:
        return draw_on_lists(self.random, cell, self.people, self._day()), self.town.secretary(cell)
