"""What a stage function is given and what it returns, and the checks every stage shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from states import ballot as ballot_life
from states import calendar as calendar_life
from states import campaign as campaign_life
from states import conflict as conflict_life
from states import delegation as delegation_life
from states import grant as grant_life
from states import meeting as meeting_life
from states import plan as plan_life
from states import review as review_life
from states import reward as reward_life
from states import submission as submission_life
from states.flags import FLAGS
from states.roles import ACTS_AT_OWN_BODY, ACTS_FROM_ABOVE, ACTS_ON_THE_CAMPAIGN, Role
from states.table import NEW, Table
from workflow.bodies import Body, Campaign
from workflow.commands.asking import Actor, Request
from workflow.conflicts import Conflicts
from workflow.errors import BadInput, Blocked, NotAllowed, NotFound, Refusal, RulesFail, WrongStage, day
from workflow.event import Event
from workflow.order import Across, Leaning, VenueOrder
from workflow.review import Review, apply
from workflow.rules.facts import Facts
from workflow.rules.finding import Finding
from workflow.rules.flow import SELF, TWO_ROUNDS, Flow
from workflow.rules.judge import blocking, judge
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import sentence
from workflow.voters import Voters


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Everything a decision may look at: values, no clock, no database.

    `facts` holds what was gathered about each review by its id, and under `""` what concerns the command
    as a whole. `superiors` gives the bodies above each organisation, nearest first. `dependents` are further
    reviews whose level may lean on one the command changes. `voters` are those of the papers handed out,
    `across` what a decision has to know beyond the organisation it is about. `conflicts` are the ties of
    those who chair, count, appraise or decide.
    """

    request: Request
    today: date
    campaign: Campaign | None = None
    reviews: Mapping[str, Review] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)
    facts: Mapping[str, Facts] = field(default_factory=dict)
    order: Mapping[str, VenueOrder] = field(default_factory=dict)
    superiors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chairs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    rulebook: Rulebook | None = None
    entered_by: str = ""
    dependents: Mapping[str, Review] = field(default_factory=dict)
    leaning: Mapping[str, Leaning] = field(default_factory=dict)
    across: Across = field(default_factory=Across)
    voters: Voters | None = None
    conflicts: Conflicts = field(default_factory=Conflicts)

    @property
    def actor(self) -> Actor:
        """Who enters the command, in which capacity."""
        return self.request.actor

    @property
    def rules(self) -> Rulebook:
        """The campaign's rulebook; every command on a review has one."""
        if self.rulebook is None:
            raise AssertionError("a command on a review was decided without its rulebook")
        return self.rulebook

    def review(self, review_id: str) -> Review:
        """The folded review; NotFound where the log has none."""
        review = self.reviews.get(review_id)
        if review is None or review.stage == NEW:
            raise NotFound("review", review_id)
        return review

    def known(self, review_id: str) -> Facts:
        """What was gathered about a review."""
        return self.facts.get(review_id, Facts())


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Events for one stream; `findings` holds for each event, in the same order, those that decided it.

    Where there are fewer, the last events were decided by no rule.
    """

    stream: str
    events: tuple[Event, ...]
    findings: tuple[tuple[Finding, ...], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one row of a command over many reviews."""

    row: str
    done: bool
    refusal: Refusal | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What follows from a command: changes to streams, and an outcome a row where it had rows."""

    changes: tuple[Change, ...]
    occurred_on: date
    outcomes: tuple[Outcome, ...] = ()
    warnings: tuple[Finding, ...] = ()


class Draft:
    """Events being decided for one review: folded as they are added, so that the next one sees them."""

    def __init__(self, situation: Situation, review: Review) -> None:
        self.situation = situation
        self.review = review.copy()
        self.events: list[Event] = []
        self._findings: list[dict[str, Finding]] = []
        self._waiting: dict[str, Finding] = {}

    def add(self, trigger: str, event: Event, *, place: Iterable[str] = ()) -> None:
        """Add an event after checking that the table allows its move and names the actor.

        It takes along the findings that are waiting for the event they decided.
        """
        check_move(self.situation, self.review, trigger, place=place)
        self.follow(event)

    def follow(self, event: Event) -> None:
        """Add what the service itself concludes from an act, whoever acted: a flag raised or cleared."""
        self.events.append(event)
        self._findings.append(self._waiting)
        self._waiting = {}
        apply(self.review, event)

    def find(self, findings: Iterable[Finding]) -> None:
        """Keep findings for the next event; for the last one where none follows. One rule is kept once."""
        for finding in findings:
            self._waiting.setdefault(finding.rule, finding)

    @property
    def change(self) -> Change:
        """What to append to the review's stream."""
        findings = [dict(held) for held in self._findings]
        if findings:
            findings[-1] = {**findings[-1], **self._waiting}
        return Change(
            stream=self.review.stream,
            events=tuple(self.events),
            findings=tuple(tuple(held.values()) for held in findings),
        )


def one_change(draft: Draft, on: date, warnings: Iterable[Finding] = ()) -> Decision:
    """The decision of a command on one review."""
    return Decision(changes=(draft.change,), occurred_on=on, warnings=tuple(warnings))


def check_move(situation: Situation, review: Review, trigger: str, *, place: Iterable[str] = ()) -> None:
    """Raise WrongStage, NotAllowed or Blocked unless the actor may do `trigger` on the review now.

    `place` names further bodies whose own officers may act, such as the venue of a session.
    """
    _not_ended(situation, review, trigger)
    table, actor = review_life.TABLE, situation.actor
    step = table.step(trigger, review.stage, review.kind, review.remembered)
    held = traits(situation, review)
    if step is None or not step.stands(held):
        possible = tuple(
            dict.fromkeys(
                row.trigger
                for row in table.open_to(review.stage, review.kind)
                if row.target != row.source and (not row.where or row.where in held)
            )
        )
        raise WrongStage("review", review.id, trigger, review_life.NAMES[review.stage], possible)
    above = (*situation.superiors.get(review.organisation, ()), review.superior)
    own = trigger in AFTER_THE_END and review.kind == review_life.INDIVIDUAL
    if own and situation.rules.rules_at("annul", review.kind):
        # a grassroots cell's own committee cancels its members' levels; a rule says who may (C-35)
        above = (*above, review.organisation)
    fired = table.fire(trigger, review.stage, actor.role, review.kind, review.remembered)
    if fired is None or not holds_at(actor, review.organisation, above, review.subject, place):
        where = review.superior if step.by & ACTS_FROM_ABOVE else review.organisation
        raise NotAllowed(review.id, trigger, actor.role, actor.body, step.by, where)
    for name, rules in review.flags.items():
        flag = FLAGS[name]
        if trigger in flag.blocks and not set(rules) <= set(review.excepted):
            raise Blocked(review.id, flag.vi, flag.en, flag.closed_by_vi, flag.closed_by_en, rules)
        if trigger in flag.blocks and not rules:
            raise Blocked(review.id, flag.vi, flag.en, flag.closed_by_vi, flag.closed_by_en)


def traits(situation: Situation, review: Review) -> frozenset[str]:
    """What the regime's flow gives this review: the rows of the table that name one are there only then."""
    if not review.rated or situation.rulebook is None:
        return _UNRATED
    flow = situation.rulebook.flow(review.kind)
    held = _TRAITS.get((flow, review.kind))
    if held is None:
        by_self = review.kind == review_life.INDIVIDUAL or flow.source == SELF
        held = _TRAITS[(flow, review.kind)] = frozenset(
            (
                review_life.RATED,
                review_life.WITH_BALLOT if flow.has_ballot else review_life.WITHOUT_BALLOT,
                review_life.WITH_APPRAISAL if flow.appraisal else review_life.WITHOUT_APPRAISAL,
                *((review_life.SELF_RATED,) if by_self else ()),
                *((review_life.TWO_ROUNDS,) if flow.has_ballot and flow.rounds == TWO_ROUNDS else ()),
                *((review_life.DECISION_RECORDED,) if flow.records_decisions else ()),
            )
        )
    return held


_UNRATED = frozenset({review_life.WITHOUT_BALLOT})
_TRAITS: dict[tuple[Flow, str], frozenset[str]] = {}


def check_body_move(
    situation: Situation,
    table: Table,
    what: str,
    body: Body,
    trigger: str,
    organisation: str,
    superior: str = "",
    *,
    flow: frozenset[str] = frozenset(),
) -> None:
    """The same check for a campaign, meeting, ballot or submission; `flow` holds the traits of its rows."""
    step = table.step(trigger, body.stage)
    if step is None or not step.stands(flow):
        names = stage_names(table)
        rows = (row for row in table.open_to(body.stage) if not row.where or row.where in flow)
        possible = tuple(dict.fromkeys(row.trigger for row in rows))
        raise WrongStage(what, body.id, trigger, names.get(body.stage, (body.stage, body.stage)), possible)
    above = (*situation.superiors.get(organisation, ()), *((superior,) if superior else ()))
    actor = situation.actor
    if table.fire(trigger, body.stage, actor.role) is None or not holds_at(actor, organisation, above):
        where = superior or organisation if step.by & ACTS_FROM_ABOVE else organisation
        raise NotAllowed(body.id, trigger, situation.actor.role, situation.actor.body, step.by, where)


def holds_at(
    actor: Actor, organisation: str, above: Iterable[str], subject: str = "", place: Iterable[str] = ()
) -> bool:
    """Whether the actor's capacity is held at the right body; the table has already said which role."""
    if actor.role in ACTS_ON_THE_CAMPAIGN:
        return True
    if actor.role is Role.MEMBER:
        return actor.id == subject
    if actor.role in ACTS_AT_OWN_BODY:
        return actor.body == organisation or actor.body in tuple(place)
    return actor.body in tuple(above)


AFTER_THE_END = frozenset({"annul", "start_round"})
"""What may still be done once a campaign is closed: a defect found later has no time limit (C-35)."""


def _not_ended(situation: Situation, review: Review, trigger: str) -> None:
    """Refuse acts in a campaign that has ended, but for ratings given anew."""
    campaign = situation.campaign
    ended = campaign is not None and campaign.stage == campaign_life.CLOSED
    if campaign is not None and ended and trigger not in AFTER_THE_END and review.round == 1:
        raise WrongStage("campaign", campaign.id, trigger, campaign_life.NAMES[campaign.stage])


def belongs(review: Review, organisation: str) -> None:
    """Refuse a review that another organisation runs."""
    if review.organisation != organisation:
        raise BadInput(
            "organisation",
            organisation,
            f"không phải tổ chức của {review.id} ({review.organisation}).",
            f"is not the organisation of {review.id} ({review.organisation}).",
        )


def stage_names(table: Table) -> dict[str, tuple[str, str]]:
    """Vietnamese and English name of every stage of a life beside the review's."""
    return _NAMES[table.name]


_NAMES: dict[str, dict[str, tuple[str, str]]] = {
    ballot_life.TABLE.name: ballot_life.NAMES,
    calendar_life.TABLE.name: calendar_life.NAMES,
    campaign_life.TABLE.name: campaign_life.NAMES,
    conflict_life.TABLE.name: conflict_life.NAMES,
    delegation_life.TABLE.name: delegation_life.NAMES,
    grant_life.TABLE.name: grant_life.NAMES,
    meeting_life.TABLE.name: meeting_life.NAMES,
    plan_life.TABLE.name: plan_life.NAMES,
    reward_life.TABLE.name: reward_life.NAMES,
    submission_life.TABLE.name: submission_life.NAMES,
}


def judged(
    situation: Situation, review: Review, gate: str, facts: Facts
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """All findings at a gate, and of them those that refuse and are not excepted for this review."""
    findings = judge(situation.rules, gate, review.kind, facts)
    failed = tuple(finding for finding in blocking(findings) if finding.rule not in review.excepted)
    return findings, failed


def rules_fail(
    situation: Situation,
    name: str,
    failed: Iterable[Finding],
    *,
    about: Iterable[str] = (),
    may_report: bool = False,
) -> RulesFail:
    """The refusal for failed rules, a sentence each in both languages.

    Where the command is about many reviews, `about` names the review of each finding; reviews that fail the
    same rule in the same words share one sentence.
    """
    failed = tuple(failed)
    names = tuple(about) or ("",) * len(failed)
    return RulesFail(
        name,
        failed,
        _sentences(situation.rules, failed, names, "vi"),
        _sentences(situation.rules, failed, names, "en"),
        may_report,
        tuple(
            (name, sentence(finding, situation.rules, "vi"), sentence(finding, situation.rules, "en"))
            for name, finding in zip(names, failed, strict=True)
        ),
    )


def _sentences(
    rules: Rulebook, failed: tuple[Finding, ...], names: tuple[str, ...], language: str
) -> tuple[str, ...]:
    shared: dict[str, list[str]] = {}
    for finding, name in zip(failed, names, strict=True):
        shared.setdefault(sentence(finding, rules, language), []).append(name)
    return tuple(
        f"{', '.join(dict.fromkeys(named))}: {text}" if any(named) else text for text, named in shared.items()
    )


def not_after_today(field_name: str, on: date, today: date) -> None:
    """Refuse a day in the future for something said to have happened."""
    if on > today:
        raise BadInput(
            field_name,
            day(on),
            f"là ngày chưa tới; hôm nay là {day(today)}. Ghi ngày việc đã thật sự diễn ra.",
            f"lies in the future; today is {day(today)}. Give the day it really took place.",
        )


def not_before(field_name: str, on: date, earliest: date | None, what_vi: str, what_en: str) -> None:
    """Refuse a day earlier than something that must have come first."""
    if earliest is not None and on < earliest:
        raise BadInput(
            field_name,
            day(on),
            f"sớm hơn {what_vi} ({day(earliest)}). Kiểm tra lại hai ngày này.",
            f"is earlier than {what_en} ({day(earliest)}). Check both days.",
        )


def not_twice(field_name: str, names: Iterable[str]) -> None:
    """Refuse a row that is named twice: which of the two would count?"""
    for name, times in Counter(names).items():
        if times > 1:
            raise BadInput(field_name, name, "được nêu hai lần.", "is named twice.")


def not_blank(field_name: str, value: str) -> None:
    """Refuse an empty text where one is needed."""
    if not value.strip():
        raise BadInput(field_name, value, "còn trống. Hãy ghi rõ.", "is empty. Please fill it in.")
