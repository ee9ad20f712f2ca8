"""Two rulebooks compared rule by rule: what one side alone orders, and what both order with other values."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from workflow.rules.conditions.shipped import find_condition
from workflow.rules.groups import QuotaGroup
from workflow.rules.readings import Reading
from workflow.rules.rule import GATES, JUDGED_AT_GATES, KINDS, Role, Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.venues import VenueRow
from workflow.rules.when import may_overlap

UNRATED, RATING, QUOTAS = "unrated", "rating", "quotas"
TOPICS: Final = (*GATES, UNRATED, RATING, QUOTAS)
"""Where a rule is met: at a gate, or in one of three topics that have no gate of their own."""

TRAITS: Final = (
    "condition", "role", "force", "gates", "when", "level", "ceiling", "effect", "judgement", "needs_ballot",
    "discretion", "upper_bound", "house_default", "assessment_years",
)  # fmt: skip
"""What a rule orders beside its parameters. Its clause, its days in force and its words are no order."""

ITEM: Final = "item"

Set = TypeVar("Set", Reading, QuotaGroup, VenueRow)


@dataclass(frozen=True, slots=True)
class Point:
    """One parameter or trait of a pair; None on a side that does not have it."""

    name: str
    left: Any
    right: Any

    @property
    def differs(self) -> bool:
        """Whether the two sides have other values; yes is not 1 here."""
        return type(self.left) is not type(self.right) or self.left != self.right


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A rule of each side that orders the same thing for these kinds.

    `parameters` are all those either has, `traits` only those in which they differ.
    """

    topic: str
    kinds: tuple[str, ...]
    left: Rule
    right: Rule
    parameters: tuple[Point, ...]
    traits: tuple[Point, ...]

    @property
    def differs(self) -> bool:
        """Whether anything is ordered differently."""
        return bool(self.traits) or any(point.differs for point in self.parameters)


@dataclass(frozen=True, kw_only=True, slots=True)
class Alone:
    """A rule that for these kinds has no counterpart on the other side."""

    topic: str
    kinds: tuple[str, ...]
    rule: Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting(Generic[Set]):
    """A reading that is a choice, a quota group or a row of venues that is not the same on both sides."""

    key: str
    left: Set | None
    right: Set | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Differences:
    """Everything compared. Each rule is, for each of its kinds, in one pair or alone, never both."""

    pairs: tuple[Pair, ...]
    left_alone: tuple[Alone, ...]
    right_alone: tuple[Alone, ...]
    readings: tuple[Setting[Reading], ...]
    groups: tuple[Setting[QuotaGroup], ...]
    venues: tuple[Setting[VenueRow], ...]

    @property
    def changed(self) -> tuple[Pair, ...]:
        """Pairs in which something differs."""
        return tuple(pair for pair in self.pairs if pair.differs)

    @property
    def equal(self) -> tuple[Pair, ...]:
        """Pairs in which nothing differs."""
        return tuple(pair for pair in self.pairs if not pair.differs)

    @property
    def is_empty(self) -> bool:
        """Whether the two sides order the same."""
        alone = self.left_alone or self.right_alone
        return not (self.changed or alone or self.readings or self.groups or self.venues)


def compare(left: Rulebook, right: Rulebook) -> Differences:
    """What the two order differently; the other way round gives the same with the sides exchanged.

    A rule is paired with the one of the same id. Else with one of the same condition, name and version, for
    the same kind, at a common gate, in the same role, for the same level, that reads the same facts or ticks
    the same item, and for whoever may be the same case: a condition such as "is true" alone would pair what
    has nothing to do with each other. Where several fit, those whose `when` and values agree most are paired,
    each with one other.
    """
    matched: dict[tuple[str, str], list[str]] = {}
    alone: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
    for kind in KINDS:
        ours = {rule.id: rule for rule in left.rules if kind in rule.kinds}
        theirs = {rule.id: rule for rule in right.rules if kind in rule.kinds}
        found = _matched(ours, theirs)
        for pair in found:
            matched.setdefault(pair, []).append(kind)
        for side, rules, place in ((alone[0], ours, 0), (alone[1], theirs, 1)):
            taken = {pair[place] for pair in found}
            for rule_id in rules:
                if rule_id not in taken:
                    side.setdefault(rule_id, []).append(kind)
    return Differences(
        pairs=_in_order(
            _pair(left.rule(one), right.rule(other), tuple(kinds)) for (one, other), kinds in matched.items()
        ),
        left_alone=_apart(left, alone[0]),
        right_alone=_apart(right, alone[1]),
        readings=_unlike(_choices(left), _choices(right), lambda one: one.value),
        groups=_unlike(_by_id(left.groups), _by_id(right.groups), lambda one: (one.kinds, dict(one.when))),
        venues=_unlike(
            _by_id(left.venues), _by_id(right.venues), lambda one: (one.order, one.posts, one.sessions)
        ),
    )


def topic_of(rule: Rule, gates: Iterable[str] = ()) -> str:
    """Where the rule is met first, of these gates where any are named."""
    if rule.role is Role.QUOTA:
        return QUOTAS
    if rule.role is Role.EXEMPTION:
        return UNRATED
    if rule.role not in JUDGED_AT_GATES | {Role.GUIDANCE}:
        return RATING
    wanted = set(gates) or set(rule.gates)
    return next((gate for gate in GATES if gate in wanted), RATING)


def parameters_with_defaults(rule: Rule) -> dict[str, Any]:
    """The parameters a rule gives and those it leaves at what its condition takes without them."""
    registered = find_condition(rule.condition)
    if registered is None:
        return dict(rule.parameters)
    given = inspect.signature(registered.function).parameters
    left_out = {name: given[name].default for name, one in registered.parameters.items() if not one.required}
    return {**rule.parameters, **{k: v for k, v in left_out.items() if k not in rule.parameters}}


def _matched(ours: Mapping[str, Rule], theirs: Mapping[str, Rule]) -> list[tuple[str, str]]:
    """Pairs of ids. After the same ids no id is on both sides, so the order of a tie has no side either."""
    found = [(rule_id, rule_id) for rule_id in ours if rule_id in theirs]
    by_subject: dict[object, list[Rule]] = {}
    for rule in theirs.values():
        if rule.id not in ours and rule.role is not Role.GUIDANCE:
            by_subject.setdefault(_subject(rule), []).append(rule)
    fitting = [
        (one, other)
        for one in ours.values()
        if one.id not in theirs and one.role is not Role.GUIDANCE
        for other in by_subject.get(_subject(one), ())
        if may_overlap(one.when, other.when)
        and (set(one.gates) & set(other.gates) or not (one.gates or other.gates))
    ]
    fitting.sort(key=lambda pair: (_unlikeness(*pair), sorted((pair[0].id, pair[1].id))))
    used: set[str] = set()
    for one, other in fitting:
        if not {one.id, other.id} & used:
            used |= {one.id, other.id}
            found.append((one.id, other.id))
    return found


def _subject(rule: Rule) -> object:
    """What a rule is about, apart from its values."""
    registered = find_condition(rule.condition)
    named = {
        (name, value)
        for name, value in rule.parameters.items()
        if name == ITEM or (registered is not None and registered.parameters[name].fact is not None)
    }
    return rule.condition, rule.role, rule.level, rule.effect, frozenset(named)


def _unlikeness(one: Rule, other: Rule) -> tuple[int, int, int]:
    """How far two rules are apart: for whom they are counts before their values, these before the gates."""
    names = one.when.keys() | other.when.keys()
    alike = sum(1 for name in names if one.when.get(name) == other.when.get(name))
    values = sum(1 for point in _points(one, other) if point.differs)
    return len(names) - 2 * alike, values + (one.force != other.force), len({*one.gates} ^ {*other.gates})


def _points(one: Rule, other: Rule) -> Iterator[Point]:
    ours, theirs = parameters_with_defaults(one), parameters_with_defaults(other)
    for name in sorted(ours.keys() | theirs.keys()):
        yield Point(name, ours.get(name), theirs.get(name))


def _pair(one: Rule, other: Rule, kinds: tuple[str, ...]) -> Pair:
    traits = (Point(name, _trait(one, name), _trait(other, name)) for name in TRAITS)
    return Pair(
        topic=topic_of(one, set(one.gates) & set(other.gates)),
        kinds=kinds,
        left=one,
        right=other,
        parameters=tuple(_points(one, other)),
        traits=tuple(point for point in traits if point.differs),
    )


def _trait(rule: Rule, name: str) -> Any:
    value = getattr(rule, name)
    if name == "gates":
        return tuple(gate for gate in GATES if gate in value)
    return dict(value) if name == "when" else value


def _in_order(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(
        sorted(pairs, key=lambda one: (TOPICS.index(one.topic), sorted((one.left.id, one.right.id))))
    )


def _apart(book: Rulebook, kinds: Mapping[str, list[str]]) -> tuple[Alone, ...]:
    found = (
        Alone(topic=topic_of(book.rule(one)), kinds=tuple(of), rule=book.rule(one))
        for one, of in kinds.items()
    )
    return tuple(sorted(found, key=lambda one: (TOPICS.index(one.topic), one.rule.id)))


def _choices(book: Rulebook) -> dict[str, Reading]:
    return {key: reading for key, reading in book.settings.items() if reading.setting}


def _by_id(items: Iterable[Set]) -> dict[str, Set]:
    return {one.id: one for one in items}


def _unlike(
    ours: Mapping[str, Set], theirs: Mapping[str, Set], value_of: Callable[[Set], object]
) -> tuple[Setting[Set], ...]:
    found = (
        Setting(key=key, left=ours.get(key), right=theirs.get(key))
        for key in sorted(ours.keys() | theirs.keys())
    )
    return tuple(
        one
        for one in found
        if one.left is None or one.right is None or value_of(one.left) != value_of(one.right)
    )
