"""Which steps the reviews of one body still owe under a regime, and which of them wait for which others.

What comes before what is read off the flow of a kind and off the rules that refuse at a gate; nothing is
added that no clause and no table of moves asks for. Where no clause names a gap between two steps there is
none: both may be done on one day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from deadlines.season import Season
from deadlines.standing import STEPS
from states import review as life
from workflow.rules.case import Case, Missing
from workflow.rules.due_dates import AT_LATEST, YEARLY
from workflow.rules.facts import Facts
from workflow.rules.finding import Force
from workflow.rules.rule import Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.values import FactValue
from workflow.rules.when import applies
from workflow.stages.reviewing import asks_for_draft

PREPARE, SEND_DRAFT, NOTIFY, HOLD = "prepare", "send_draft", "notify_superior", "hold_session"
COUNT, SUBMIT, APPRAISE, DECIDE, PUBLISH = "count_ballot", "submit", "appraise", "decide", "publish"
SAME_LEVEL, STAFF_RATING, ANNOUNCE, CONSULT = "same_level", "staff_rating", "announce", "consult"
SET_UNIT_DAY = "set_unit_day"

MAIN: Final = (PREPARE, HOLD, COUNT, SUBMIT, APPRAISE, DECIDE, PUBLISH)
"""The steps that follow one upon the other; the others hang between two of them."""

GATES: Final = (
    SET_UNIT_DAY, PREPARE, SEND_DRAFT, NOTIFY, SAME_LEVEL, HOLD, STAFF_RATING, COUNT, ANNOUNCE, SUBMIT,
    CONSULT, APPRAISE, DECIDE, PUBLISH,
)  # fmt: skip
"""Every step in the order of a season. "same_level" is the rating of the bodies beside, "staff_rating" that
of the person as an official, "announce" the reading of a count to the meeting, "consult" the asking of
opinions."""

OUTSIDE: Final[Mapping[str, tuple[str, str | None]]] = {
    "order.same_level_reviewed": (SAME_LEVEL, None),
    "staff.rated_on": (STAFF_RATING, None),
    "result.announced_on": (ANNOUNCE, COUNT),
    "consultation.held": (CONSULT, SUBMIT),
}
"""What has to be there before a step, by the fact its rule reads: the step it is, and the step it follows."""

COLLECTIVE, HEAD, LEADER, MEMBER, ORGANISATION = "collective", "head", "leader", "member", "organisation"
ROLES: Final = (COLLECTIVE, HEAD, LEADER, MEMBER, ORGANISATION)
"""The order in which a body takes its reviews: itself, who leads it, the others."""

BEFORE_OTHERS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "order.collective_at": ((COLLECTIVE,), HOLD),
    "order.leaders_pending": ((HEAD, LEADER), HOLD),
    "order.head_pending": ((HEAD,), HOLD),
    "others.collectives_pending": ((COLLECTIVE,), DECIDE),
}
"""Who comes first inside one body, by the fact the rule of order reads, and with which step."""

OUTER_FIRST: Final = "order.other_venues_pending"
CELL_FIRST: Final = "order.cell_pending"
BELOW_FIRST: Final = "subordinates.pending"
"""What bodies owe each other: leadership venues before the cell, the cell before them, subordinates first."""

STEP_OF: Final[Mapping[str, str]] = {"plan_session": HOLD, "issue_ballot": COUNT, "join_meeting": HOLD}
"""The step a gate belongs to, where it has another name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """One date of these reviews for one step, as the book of deadlines has it; days are counted ones."""

    gate: str
    last: date
    safe: date
    rule: str
    stated: date
    word: str = AT_LATEST
    hour: str = ""
    basis: str = YEARLY
    provisional: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """A step has to be done by these days because of a step of another body, by this rule."""

    gate: str
    last: date
    safe: date
    rule: str
    body: str
    then: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Reviews of one body that are alike: the same kind and place, as far along, under the same dates.

    `place` counts the steps behind them as in deadlines/standing.py; `done` names those that leave no place
    behind. The reviews of a `guest` are another body's and are only taken here. `values` are facts that
    decide which dates are theirs. `owed` are their dates as the book has them; None: read off the rules for
    `values`. `meeting` is the day a meeting is planned for them, `reply_until` that of opinions being asked
    for.
    """

    kind: str
    role: str
    place: int = 0
    rated: bool = True
    guest: bool = False
    values: tuple[tuple[str, FactValue], ...] = ()
    done: frozenset[str] = frozenset()
    owed: tuple[Owed, ...] | None = None
    meeting: date | None = None
    reply_until: date | None = None
    bounds: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """One rule of order: the `earlier` roles take the step `first` before others of its kinds take `then`."""

    rule: Rule
    earlier: tuple[str, ...]
    first: str
    then: str


def facts_of(part: Part, venue_kind: str, has_collective: bool) -> dict[str, FactValue | None]:
    """What rules of order and notice may ask about these reviews."""
    person = part.kind == life.INDIVIDUAL
    return {
        "subject.is_leader": person and part.role in (HEAD, LEADER),
        "subject.is_head": person and part.role == HEAD,
        "session.venue_kind": venue_kind or None,
        "order.collective_exists": has_collective,
        **dict(part.values),
    }


def remaining(season: Season, part: Part, known: Mapping[str, FactValue | None]) -> tuple[str, ...]:
    """The steps still owed, in the order of a season."""
    asked = _asked(season, part, known)
    asked |= {one.gate for one in part.owed or () if one.gate in (SET_UNIT_DAY, PUBLISH)}
    if part.guest:
        asked &= {PREPARE, SEND_DRAFT, NOTIFY, HOLD}
    behind = {gate for gate, (place, _) in STEPS.items() if place <= part.place}
    if part.place >= STEPS[HOLD][0]:
        behind |= {SEND_DRAFT, NOTIFY, SAME_LEVEL}
    if part.place >= STEPS[SUBMIT][0]:
        behind |= {STAFF_RATING, ANNOUNCE}
    return tuple(gate for gate in GATES if gate in asked - behind - part.done)


def _asked(season: Season, part: Part, known: Mapping[str, FactValue | None]) -> set[str]:
    rulebook, kind = season.rulebook, part.kind
    flow = rulebook.flow(kind)
    rated = part.rated and rulebook.scale(kind) is not None
    asked = {PREPARE, HOLD}
    if asks_for_draft(rulebook, kind):
        asked.add(SEND_DRAFT)
    if _gives_notice(rulebook, kind, known):
        asked.add(NOTIFY)
    if rated or kind != life.INDIVIDUAL:
        asked.add(SUBMIT)
    if rated:
        asked |= {DECIDE, *([COUNT] if flow.has_ballot else []), *([APPRAISE] if flow.appraisal else [])}
        if part.owed is None:
            dated = {due.gate for due in season.dues(kind, dict(part.values), "")}
            asked |= dated & {PUBLISH}
    return asked | {step for step, _, _, _ in outside(rulebook, part, known) if rated or step == SAME_LEVEL}


def _gives_notice(rulebook: Rulebook, kind: str, known: Mapping[str, FactValue | None]) -> bool:
    return any(
        rule.parameters.get("earlier") == "notice.superior_on" and is_for(rulebook, rule, known) is not False
        for rule in rulebook.rules_at("plan_session", kind)
    )


def outside(
    rulebook: Rulebook, part: Part, known: Mapping[str, FactValue | None]
) -> Iterator[tuple[str, str | None, str, Rule]]:
    """What others have to give first: the step, the step it follows, the one it comes before, by which rule.

    Only where it is known that the rule is for these reviews.
    """
    for rule in _refusing(rulebook, part.kind):
        for fact, (step, after) in OUTSIDE.items():
            if fact in rulebook.facts_of_rule(rule) and is_for(rulebook, rule, known):
                yield step, after, step_of(rule), rule


def orders(rulebook: Rulebook, kind: str) -> Iterator[Order]:
    """The rules that let reviews of a kind wait for others of the same body."""
    for rule in _refusing(rulebook, kind):
        for fact, (earlier, first) in BEFORE_OTHERS.items():
            if fact in rulebook.facts_of_rule(rule):
                yield Order(rule, earlier, first, step_of(rule))


def across(rulebook: Rulebook, fact: str) -> tuple[Rule, ...]:
    """The rules that let one body wait for another, by the fact they read: OUTER_FIRST and its neighbours."""
    kinds = (life.ORGANISATION,) if fact == BELOW_FIRST else (life.INDIVIDUAL,)
    return tuple(
        rule
        for kind in kinds
        for rule in _refusing(rulebook, kind)
        if fact in rulebook.facts_of_rule(rule) and fact not in rule.when
    )


def step_of(rule: Rule) -> str:
    """The step a rule is judged at first."""
    return STEP_OF.get(rule.gates[0], rule.gates[0])


def is_for(rulebook: Rulebook, rule: Rule, known: Mapping[str, FactValue | None]) -> bool | None:
    """Whether a rule is for whom these facts describe; None where that is not known."""
    try:
        return applies(rule.when, Case(Facts.of("plan", known), rulebook.calendar))
    except Missing:
        return None


def _refusing(rulebook: Rulebook, kind: str) -> Iterable[Rule]:
    """The refusing rules at the gates of a life, in the order of the files, each once."""
    found: dict[str, Rule] = {}
    for gate in ("plan_session", HOLD, "issue_ballot", COUNT, SUBMIT, APPRAISE, DECIDE):
        for rule in rulebook.rules_at(gate, kind):
            if rule.force is Force.REFUSE:
                found.setdefault(rule.id, rule)
    return found.values()
