"""A rulebook: the composed rules, scales, readings, venues and calendar a campaign is judged by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from states.levels import Scale
from workflow.days import Calendar
from workflow.rules.carried import Carried
from workflow.rules.case import CALENDAR_UNIT
from workflow.rules.conditions.shipped import find_condition
from workflow.rules.flow import Flow
from workflow.rules.groups import QuotaGroup
from workflow.rules.known import Known
from workflow.rules.planned import FORESEEABLE, PlannedRules
from workflow.rules.readings import Reading
from workflow.rules.reminding import HOUSE, Reminding
from workflow.rules.required import Required
from workflow.rules.rule import JUDGED_AT_GATES, Both, Role, Rule
from workflow.rules.scope import Scope
from workflow.rules.venues import Post, Venue, VenueRow, venues_for


@dataclass(frozen=True, slots=True)
class LayerException:
    """A value a local layer may only have by permission; auditors see these listed."""

    layer: str
    rule: str
    parameter: str
    base: object
    value: object
    cite: str
    permission: str


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """Everything needed to judge, and nothing else. Equal rulebooks have equal bytes and equal hashes.

    `settings` are the readings taken, by C-number. `layers` names the local layers on top of the regime,
    nearest last. `provenance` "secondary": quoted by others, not compared with the original. `unset` is what
    the regime leaves to local layers and none has set; no campaign is planned while it is not empty.
    `reminding` is the ladder of reminders: it decides nothing and says when people are told.
    """

    id: str
    title: Both
    source: str
    in_force: date
    in_force_until: date | None
    scales: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    settings: Mapping[str, Reading]
    venues: tuple[VenueRow, ...]
    calendar: Calendar
    layers: tuple[str, ...] = ()
    exceptions: tuple[LayerException, ...] = ()
    carried: tuple[Carried, ...] = ()
    flows: Mapping[str, Flow] = field(default_factory=dict)
    scope: Scope = field(default_factory=Scope)
    provenance: str = ""
    groups: tuple[QuotaGroup, ...] = ()
    unset: tuple[Required, ...] = ()
    reminding: Reminding = HOUSE
    _by_id: dict[str, Rule] = field(init=False, repr=False, compare=False)
    _at: dict[tuple[str, str], tuple[Rule, ...]] = field(init=False, repr=False, compare=False)
    _of: dict[tuple[Role, str], tuple[Rule, ...]] = field(init=False, repr=False, compare=False)
    _replacers: dict[str, tuple[Rule, ...]] = field(init=False, repr=False, compare=False)
    _scales: dict[str, Scale] = field(init=False, repr=False, compare=False)
    _facts: dict[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    _facts_at: dict[tuple[str, str], frozenset[str]] = field(init=False, repr=False, compare=False)
    _known: dict[str, Known] = field(init=False, repr=False, compare=False)
    _items: dict[str, tuple[Rule, ...]] = field(init=False, repr=False, compare=False)
    _planned: dict[str, PlannedRules] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        at: dict[tuple[str, str], list[Rule]] = {}
        of: dict[tuple[Role, str], list[Rule]] = {}
        replacers: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for kind in rule.kinds:
                of.setdefault((rule.role, kind), []).append(rule)
                if rule.role in JUDGED_AT_GATES:
                    for gate in rule.gates:
                        at.setdefault((gate, kind), []).append(rule)
            for replaced in rule.replaces:
                replacers.setdefault(replaced, []).append(rule)
        object.__setattr__(self, "_by_id", {rule.id: rule for rule in self.rules})
        object.__setattr__(self, "_at", {key: tuple(rules) for key, rules in at.items()})
        object.__setattr__(self, "_of", {key: tuple(rules) for key, rules in of.items()})
        object.__setattr__(self, "_replacers", {key: tuple(rules) for key, rules in replacers.items()})
        object.__setattr__(self, "_scales", {kind: Scale(levels) for kind, levels in self.scales.items()})
        object.__setattr__(self, "_facts", {})
        object.__setattr__(self, "_facts_at", {})
        object.__setattr__(self, "_known", {})
        object.__setattr__(self, "_items", {})
        object.__setattr__(self, "_planned", {})

    @classmethod
    def load(
        cls, rulebook_id: str, *, opened_on: date | None = None, calendar: Calendar | None = None
    ) -> Rulebook:
        """The rulebook shipped under this id, with the rows valid on the opening day of a campaign.

        Without a day, the newest row of each rule. Without a calendar, Vietnam's for the years around the
        opening. RulebookRefused lists everything wrong with it.
        """
        from workflow.rules.loading import load_rulebook  # it builds what this module defines

        return load_rulebook(rulebook_id, opened_on=opened_on, calendar=calendar)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Rulebook:
        """The rulebook `canonical_bytes` wrote; no file is read."""
        from workflow.rules.rulebook_codec import rulebook_from_bytes  # it builds what this module defines

        book = rulebook_from_bytes(stored)
        book.__dict__["hash"] = hashlib.sha256(stored).hexdigest()  # where cached_property looks first
        return book

    def canonical_bytes(self) -> bytes:
        """Canonical JSON of the whole composed rulebook, readings and calendar days included."""
        from workflow.rules.rulebook_codec import rulebook_to_bytes  # it reads what this module defines

        return rulebook_to_bytes(self)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical bytes, in hex; of a stored rulebook, of the bytes as they are stored."""
        return hashlib.sha256(self.canonical_bytes()).hexdigest()

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id; KeyError where the rulebook has none."""
        return self._by_id[rule_id]

    def rules_at(self, gate: str, kind: str) -> tuple[Rule, ...]:
        """The rules `judge` takes at `gate` for a review of `kind`, in the order of the files."""
        return self._at.get((gate, kind), ())

    def rules_of_plan(self, kind: str) -> PlannedRules:
        """What judges a planned session of a kind: rules of planning, and of the session what is foreseen."""
        if kind not in self._planned:
            own = self.rules_at("plan_session", kind)
            on_the_day = (
                rule
                for rule in self.rules_at("hold_session", kind)
                if rule not in own and self.facts_of_rule(rule) <= FORESEEABLE
            )
            self._planned[kind] = PlannedRules.of(
                (rule, self._deciding(rule)) for rule in (*own, *on_the_day)
            )
        return self._planned[kind]

    def rules_of(self, role: Role, kind: str, level: str | None = None) -> tuple[Rule, ...]:
        """The rules of one role for a kind; with a level, those of that level or of every level."""
        found = self._of.get((role, kind), ())
        return found if level is None else tuple(rule for rule in found if rule.level in (level, None))

    def replacers(self, rule_id: str) -> tuple[Rule, ...]:
        """The rules that take the place of this one wherever they apply."""
        return self._replacers.get(rule_id, ())

    def scale(self, kind: str) -> Scale | None:
        """The levels of a kind, best first; None where the document rates no such kind."""
        return self._scales.get(kind)

    def flow(self, kind: str) -> Flow:
        """How a kind's life runs; a rulebook that says nothing about it has every step."""
        return self.flows.get(kind) or Flow(kind=kind)

    def venues_for(self, posts: Iterable[Post], *, in_cell: bool = True) -> tuple[Venue, ...]:
        """Where a person with these posts is reviewed; leadership first, the cell last (C-33, C-79)."""
        return venues_for(self.venues, posts, in_cell=in_cell)

    def fact_names(self, gate: str, kind: str) -> frozenset[str]:
        """The facts the rules of a gate may read, so that a caller knows what to gather."""
        known = self._facts_at.get((gate, kind))
        if known is None:
            rules = self.rules_at(gate, kind)
            known = frozenset(name for rule in rules for name in self.facts_of_rule(rule))
            self._facts_at[(gate, kind)] = known
        return known

    def items_of(self, kind: str) -> tuple[Rule, ...]:
        """Every rule whose item a person ticks on a review of this kind, in the order of the files."""
        if kind not in self._items:
            self._items[kind] = tuple(r for r in self.rules if "item" in r.parameters and kind in r.kinds)
        return self._items[kind]

    def asks_for(self, *beginnings: str) -> bool:
        """Whether any rule reads a fact whose name begins so; what no rule reads need not be gathered."""
        known = self._facts_at.get(("", ""))
        if known is None:
            known = frozenset(name for rule in self.rules for name in self.facts_of_rule(rule))
            self._facts_at[("", "")] = known
        return any(name.startswith(beginnings) for name in known)

    def facts_of_rule(self, rule: Rule) -> frozenset[str]:
        """The facts one rule may read: its condition's own, those its parameters name, and its `when`."""
        if self._by_id.get(rule.id) is not rule:
            return self._find_facts(rule)
        if rule.id not in self._facts:
            self._facts[rule.id] = self._find_facts(rule)
        return self._facts[rule.id]

    def known(self, rule: Rule) -> Known | None:
        """The findings one rule gave before; None for a rule that is not this rulebook's own."""
        held = self._known.get(rule.id)
        if held is None and self._by_id.get(rule.id) is rule:
            held = self._known[rule.id] = Known(self._deciding(rule))
        return held if held is None or self._by_id[rule.id] is rule else None

    def _deciding(self, rule: Rule) -> frozenset[str]:
        """The facts that decide a rule; where units have days of their own, also the days of which count."""
        names = self.facts_of_rule(rule)
        return names | {CALENDAR_UNIT} if self.calendar.units else names

    def _find_facts(self, rule: Rule) -> frozenset[str]:
        registered = find_condition(rule.condition)
        if registered is None:
            raise LookupError(f"{rule.condition} is not shipped by this software")
        named = {
            str(one)
            for name, value in rule.parameters.items()
            if registered.parameters[name].fact is not None
            for one in (value if isinstance(value, tuple) else (value,))
        }
        names = named | set(registered.reads) | set(rule.when)
        for replacer in self.replacers(rule.id):
            names |= set(replacer.when)
        if rule.assessment_years:
            names.add("campaign.year")
        if rule.role is Role.THRESHOLD and rule.level is not None:
            names.add("ballot.level")
        return frozenset(names)
