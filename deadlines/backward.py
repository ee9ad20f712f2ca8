"""The backward plan: for every step a body still owes, the last legal and the last safe day, and why.

Values in, values out. Both days are counted back from the final dates through the order of steps and bodies,
the notices before a meeting, meetings already planned and days that are not worked. The legal day is the last
on which nothing is refused or late if every later step is taken on its own last legal day; the safe day keeps
every later step on a safe, worked day, and a notice one working day more (C-01, C-06).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Final

from deadlines.chains import (
    COLLECTIVE,
    GATES,
    HOLD,
    MAIN,
    NOTIFY,
    PREPARE,
    SEND_DRAFT,
    STEP_OF,
    Bound,
    Owed,
    Part,
    facts_of,
    is_for,
    orders,
    outside,
    remaining,
)
from deadlines.season import Season
from workflow.days import ONE_DAY, SATURDAY, Calendar, DayOutsideCalendar
from workflow.rules.due_dates import WORKING_DAYS, DueDate
from workflow.rules.rule import Rule

DUE, LIFE, NOTICE, ORDER = "due", "life", "notice", "order"
PLANNED, ELSEWHERE, OUTSIDE_FIRST = "planned", "elsewhere", "outside"
WHYS: Final = (DUE, PLANNED, NOTICE, ELSEWHERE, ORDER, OUTSIDE_FIRST, LIFE)
"""Why a step has to be done by a day, the most telling first where several say the same day: its own date,
the meeting that is planned, a notice before it, another body, the order inside the body, what others give,
and the life."""

Node = tuple[int, str]
"""A step of a part: its number among the parts, and its gate."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why a step has to be done by its day.

    `later` is the step that waits for it, `counted_from` the day counted back from: that step's day, or the
    day the clause states. `n` working or calendar days lie between. `skipped` are weekdays off on the way.
    """

    why: str
    counted_from: date
    rule: str = ""
    later: Node | None = None
    n: int = 0
    working: bool = False
    skipped: tuple[date, ...] = ()
    body: str = ""
    then: str = ""
    word: str = ""
    hour: str = ""
    basis: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step some reviews still owe.

    `last` is the last day on which the final dates can still be met, `safe` the last safe one; None where no
    date bounds it. `own` is the last day of a date of its own, `planned` the day set for it.
    """

    part: int
    gate: str
    last: date | None = None
    safe: date | None = None
    why: Reason | None = None
    why_safe: Reason | None = None
    own: Owed | None = None
    planned: date | None = None
    provisional: bool = False

    @property
    def node(self) -> Node:
        """Its name in the plan."""
        return (self.part, self.gate)


@dataclass(frozen=True)
class Plan:
    """The steps of one body, in the order of a season, with what waits for what."""

    parts: tuple[Part, ...]
    steps: tuple[Step, ...]
    waits: Mapping[Node, tuple[Node, ...]]
    """For each step those that come before it."""
    gaps: Mapping[Node, tuple[int, bool]]
    """For each notice before a meeting how many days lie between, and whether they are working days."""

    @cached_property
    def by_node(self) -> dict[Node, Step]:
        """The steps by name."""
        return {step.node: step for step in self.steps}

    def final(self, step: Step) -> Step:
        """The step whose own date, planned day or other body binds this one in the end."""
        while step.why is not None and step.why.later is not None:
            step = self.by_node[step.why.later]
        return step


@dataclass(frozen=True, slots=True)
class _Day:
    """A candidate for both days of a step, with the reasons."""

    last: date
    safe: date
    why: Reason
    why_safe: Reason


class _Counting:
    """One backward count over the steps of a body."""

    def __init__(self, season: Season, organisation: str, venue_kind: str, parts: Sequence[Part]) -> None:
        self.season, self.organisation, self.parts = season, organisation, tuple(parts)
        self.calendar = season.calendar_of(organisation)[1]
        has_collective = any(part.role == COLLECTIVE for part in parts)
        self.known = [facts_of(part, venue_kind, has_collective) for part in parts]
        self.gates = [
            remaining(season, part, known) for part, known in zip(self.parts, self.known, strict=True)
        ]
        self.later: dict[Node, list[tuple[Node, Rule | None, str]]] = {}
        self.gaps: dict[Node, tuple[int, bool]] = {}
        for number in range(len(self.parts)):
            for gate in self.gates[number]:
                self.later[(number, gate)] = []
        for number in range(len(self.parts)):
            self._link_life(number)
            self._link_orders(number)
        self.steps: dict[Node, Step] = {}

    def plan(self) -> Plan:
        for node in self.later:
            self._step(node)
        waits: dict[Node, list[Node]] = {node: [] for node in self.later}
        for node, followers in self.later.items():
            for after, _, _ in followers:
                waits[after].append(node)
        in_order = sorted(
            self.steps.values(), key=lambda step: (step.last or date.max, GATES.index(step.gate), step.part)
        )
        before = {node: tuple(nodes) for node, nodes in waits.items()}
        return Plan(self.parts, tuple(in_order), before, self.gaps)

    # --- what waits for what ----------------------------------------------------------------------

    def _link(self, before: Node, after: Node, rule: Rule | None, why: str) -> None:
        if before in self.later and after in self.later and before != after:
            self.later[before].append((after, rule, why))

    def _link_life(self, number: int) -> None:
        gates = self.gates[number]
        main = [gate for gate in MAIN if gate in gates]
        for first, then in pairwise(main):
            self._link((number, first), (number, then), None, LIFE)
        for gate in (SEND_DRAFT, NOTIFY):
            self._link((number, PREPARE), (number, gate), None, LIFE)
            self._link((number, gate), (number, HOLD), None, NOTICE)
            if gate in gates:
                self._note_gap(number, gate)
        for step, after, then, rule in outside(self.season.rulebook, self.parts[number], self.known[number]):
            if after is not None:
                self._link((number, after), (number, step), None, LIFE)
            following = (gate for gate in MAIN if MAIN.index(gate) >= MAIN.index(then) and gate in gates)
            self._link((number, step), (number, next(following, then)), rule, OUTSIDE_FIRST)

    def _note_gap(self, number: int, gate: str) -> None:
        due = self._notice_before(number, gate, self.season.began)
        if due is not None:
            self.gaps[(number, gate)] = _gap(self.season.rulebook.rule(due.rule))

    def _link_orders(self, number: int) -> None:
        part = self.parts[number]
        for order in orders(self.season.rulebook, part.kind):
            if is_for(self.season.rulebook, order.rule, self.known[number]) is False:
                continue
            for other, earlier in enumerate(self.parts):
                if earlier.role in order.earlier and earlier.role != part.role:
                    self._link((other, order.first), (number, order.then), order.rule, ORDER)

    # --- counting back ----------------------------------------------------------------------------

    def _step(self, node: Node) -> Step:
        if node in self.steps:
            return self.steps[node]
        number, gate = node
        own = min(self._owed(node), key=lambda one: (one.last, one.hour or "24:00", one.rule), default=None)
        found = list(self._days(node, own))
        planned = self.parts[number].meeting if gate == HOLD else None
        step = Step(part=number, gate=gate, own=own, planned=planned)
        if found:
            legal = min(found, key=lambda day: (day.last, WHYS.index(day.why.why)))
            safe = min(found, key=lambda day: (day.safe, WHYS.index(day.why_safe.why)))
            step = replace(
                step,
                last=legal.last,
                safe=safe.safe,
                why=legal.why,
                why_safe=safe.why_safe,
                provisional=self._may_move(safe.safe, legal.why.counted_from)
                or (own is not None and own.provisional and own.last == legal.last),
            )
        self.steps[node] = step
        return step

    def _days(self, node: Node, own: Owed | None) -> Iterator[_Day]:
        number, gate = node
        part = self.parts[number]
        if own is not None:
            why = Reason(
                why=DUE,
                counted_from=own.stated,
                rule=own.rule,
                word=own.word,
                hour=own.hour,
                basis=own.basis,
                skipped=self._off_between(own.safe, own.last),
            )
            yield _Day(own.last, own.safe, why, why)
        if gate == HOLD and part.meeting is not None:
            why = Reason(why=PLANNED, counted_from=part.meeting)
            yield _Day(part.meeting, part.meeting, why, why)
        for bound in part.bounds:
            if bound.gate == gate:
                yield _bounded(bound)
        for after, rule, reason in self.later[node]:
            step = self._step(after)
            if step.last is None or step.safe is None:
                continue
            if reason == NOTICE:
                yield from self._notice(number, gate, step.node, step.last, step.safe)
            else:
                told = Reason(
                    why=reason, counted_from=step.last, rule=rule.id if rule else "", later=step.node
                )
                yield _Day(step.last, step.safe, told, replace(told, counted_from=step.safe))

    def _notice(self, number: int, gate: str, later: Node, last: date, safe: date) -> Iterator[_Day]:
        legal, strict = self._notice_before(number, gate, last), self._notice_before(number, gate, safe)
        if legal is None or strict is None:
            why = Reason(why=LIFE, counted_from=last, later=later)
            yield _Day(last, safe, why, replace(why, counted_from=safe))
            return
        rule = self.season.rulebook.rule(legal.rule)
        n, working = _gap(rule)
        told = Reason(why=NOTICE, counted_from=last, rule=rule.id, later=later, n=n, working=working)
        skipped = self._off_between(legal.last_good_day, last) if working else ()
        off = self._off_between(strict.last_safe_day, safe)
        yield _Day(
            legal.last_good_day,
            strict.last_safe_day,
            replace(told, skipped=skipped),
            replace(told, counted_from=safe, skipped=off),
        )

    def _notice_before(self, number: int, gate: str, day: date) -> DueDate | None:
        part = self.parts[number]
        found = self.season.notices(part.kind, day, self.known[number], self.organisation)
        return next((due for due in found if due.gate == gate), None)

    def _owed(self, node: Node) -> tuple[Owed, ...]:
        number, gate = node
        part = self.parts[number]
        if part.guest:
            return ()
        owed = part.owed
        if owed is None:
            owed = owed_by_rules(self.season, part, self.organisation)
        return tuple(one for one in owed if STEP_OF.get(one.gate, one.gate) == gate)

    def _off_between(self, first: date, last: date) -> tuple[date, ...]:
        """Weekdays off from `first` to `last`, both counted: what a plain count would not see."""
        return tuple(weekdays_off(self.calendar, first, last))

    def _may_move(self, first: date, last: date) -> bool:
        return first <= last and self.calendar.is_provisional_between(first, last)


def plan(season: Season, organisation: str, venue_kind: str, parts: Sequence[Part]) -> Plan:
    """The backward plan of the reviews a body runs, and of those taken there.

    `venue_kind` is "cell", "committee" or "leadership", or empty where a union has none. The calendar is that
    of the body.
    """
    return _Counting(season, organisation, venue_kind, parts).plan()


def owed_by_rules(season: Season, part: Part, organisation: str) -> tuple[Owed, ...]:
    """The dates of reviews as the rules give them for what is known of them."""
    return tuple(
        Owed(
            gate=due.gate,
            last=due.last_good_day,
            safe=due.last_safe_day,
            rule=due.rule,
            stated=due.stated_day,
            word=due.word,
            hour=due.hour,
            basis=due.basis,
            provisional=due.provisional,
        )
        for due in season.dues(part.kind, dict(part.values), organisation)
    )


def weekdays_off(calendar: Calendar, first: date, last: date) -> Iterator[date]:
    """Days off from Monday to Friday between two days, both counted; none beyond the calendar's years."""
    day = first
    while day <= last:
        try:
            if day.weekday() < SATURDAY and not calendar.is_working_day(day):
                yield day
        except DayOutsideCalendar:
            return
        day += ONE_DAY


def _gap(rule: Rule) -> tuple[int, bool]:
    working = rule.condition == WORKING_DAYS
    return int(rule.parameters["working_days_min" if working else "days_min"]), working


def _bounded(bound: Bound) -> _Day:
    why = Reason(why=ELSEWHERE, counted_from=bound.last, rule=bound.rule, body=bound.body, then=bound.then)
    return _Day(bound.last, bound.safe, why, replace(why, counted_from=bound.safe))
