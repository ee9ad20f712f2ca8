"""How the life of a kind of review runs under a regime: which steps its document has, and which it lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workflow.rules.topics.choices import COLLECTIVE_TYPES

NOTICE, PASSED = "notice", "passed"
LEVEL, NONE = "level", "none"
BALLOT, SELF, PROPOSAL = "ballot", "self", "proposal"
ASK, FALL_THROUGH = "ask", "fall_through"
LOWEST, HIGHEST = "lowest", "highest"
PER_LEVEL, CUMULATIVE = "per_level", "cumulative"
MOTIONS, TWO_ROUNDS = "motions", "two_rounds"
COUNTED, LEFT_OUT = "counted", "left_out"

Say = Callable[[str, str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """The steps of one kind of review. What a table leaves out is the longest life: every step is there.

    `draft` "passed": no clause asks for sending a draft, the session may follow preparation (C-74).
    `ballot` "none": the document orders no ballot; the level submitted is the `source`: "self" (self-rating)
    or "proposal". `appraisal` False: the decision follows submission. `computed` False: the document has no
    criteria, the decider enters the level with a reason (C-51, C-91). `deciders` 2: two bodies decide and
    have to agree (C-52), on everybody or, with `deciders_for`, on collectives of these types alone.
    `decided_by_ballot`: the deciding body votes and its count is recorded.
    `point_gap`: where no level fits, "ask" the decider, or "fall_through" to the highest level whose other
    conditions hold. `suggests`: what is put forward in such a gap, that level ("highest") or the "lowest".
    `count`: papers in favour count for the level marked alone (C-12), or, "cumulative", those for a better
    level count for the next lower one too, never for the lowest. `rounds`: "motions", each level for itself,
    or "two_rounds": everybody is rated below the top first, then those who reached the second level are put
    to the top one. `barred`: who does not cast for a conflict of interest still counts among those entitled,
    or is "left_out" of them (C-09).
    `open` names the values a layer may set with its own citation alone; `layer` the nearest that set one.
    """

    kind: str
    rows: tuple[str, ...] = ()
    cite: str = ""
    draft: str = NOTICE
    ballot: str = LEVEL
    source: str = BALLOT
    appraisal: bool = True
    computed: bool = True
    deciders: int = 1
    deciders_for: tuple[str, ...] = ()
    decided_by_ballot: bool = False
    point_gap: str = ASK
    suggests: str = LOWEST
    count: str = PER_LEVEL
    rounds: str = MOTIONS
    barred: str = COUNTED
    open: tuple[str, ...] = ()
    layer: str = ""

    @property
    def has_ballot(self) -> bool:
        """Whether a level is voted on before it is submitted."""
        return self.ballot == LEVEL

    def deciders_of(self, collective: str | None) -> int:
        """How many bodies decide on a collective of this type; on a person or organisation it is None."""
        return self.deciders if not self.deciders_for or collective in self.deciders_for else 1

    @property
    def records_decisions(self) -> bool:
        """Whether a decision is recorded before the approval: two deciders, or the decider's own ballot."""
        return self.deciders > 1 or self.decided_by_ballot


# Each value with what it may be, the stricter or longer life first: a layer may go to an earlier one with a
# citation, to a later one by permission alone. Where no order is meant, both lie in OPEN.
CHOICES: dict[str, tuple[object, ...]] = {
    "draft": (NOTICE, PASSED),
    "ballot": (LEVEL, NONE),
    "source": (BALLOT, SELF, PROPOSAL),
    "appraisal": (True, False),
    "computed": (True, False),
    "deciders": (2, 1),
    "decided_by_ballot": (True, False),
    "point_gap": (ASK, FALL_THROUGH),
    "suggests": (LOWEST, HIGHEST),
    "count": (PER_LEVEL, CUMULATIVE),
    "rounds": (MOTIONS, TWO_ROUNDS),
    "barred": (COUNTED, LEFT_OUT),
}
# Nothing is skipped by these, and the documents leave them to whoever concretises them (QD366-2025.22, C-42);
# how papers count, in how many rounds and who counts is a layer's to say, with its citation (C-09, C-12).
OPEN = frozenset({"source", "point_gap", "suggests", "count", "rounds", "barred"})
LISTS = ("rows", "open", "deciders_for")


def read_flow(kind: str, table: Mapping[str, Any], layer: str, say: Say) -> Flow | None:
    """The flow in one `[flow.<kind>]` table; None after `say(key, what)` was called for each thing wrong."""
    wrong: list[str] = []

    def complain(key: str, what: str) -> None:
        wrong.append(key)
        say(key, what)

    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    for key, value in given.items():
        if key in CHOICES:
            problem = _choice_problem(key, value)
            if problem:
                complain(key, problem)
        elif key not in (*LISTS, "cite"):
            complain(key, f"is no key of a flow; there are {', '.join(('cite', *LISTS, *CHOICES))}")
    for key in LISTS:
        value = given.get(key, ())
        if not isinstance(value, tuple) or not all(isinstance(item, str) for item in value):
            complain(key, "must be a list of texts")
            given.pop(key)
    for name in given.get("open", ()):
        if name not in CHOICES:
            complain("open", f"{name!r} is no value of a flow")
    for name in given.get("deciders_for", ()):
        if name not in COLLECTIVE_TYPES:
            complain("deciders_for", f"{name!r} is no type of collective")
    if not str(given.get("cite", "")).strip():
        complain("cite", "is missing: which clause, or which reading, says so?")
    if not given.get("rows"):
        complain("rows", "is missing: which rows of the register does the flow carry out?")
    if wrong:
        return None
    if given.get("ballot") == NONE and "source" not in given:
        complain("source", "is missing: without a ballot the level comes from self or proposal")
        return None
    flow = Flow(kind=kind, layer=layer, **given)
    problem = _mismatch(flow)
    if problem:
        complain("source", problem)
        return None
    return flow


def change_flow(
    flow: Flow, change: Mapping[str, Any], layer: str, say: Say
) -> tuple[Flow, tuple[object, object] | None]:
    """The flow after a layer's `[[set]]`, and (base, value) where only a permission lets it in.

    Complaints go to `say`; the flow then stays as it was. A ballot that is added gives the level, one that is
    taken away leaves it to the proposal unless the layer says otherwise.
    """
    name, value, cite = str(change.get("parameter", "")), change.get("value"), str(change.get("cite", ""))
    if name not in CHOICES:
        say("parameter", f"{name!r} is no value of a flow; there are {', '.join(CHOICES)}")
        return flow, None
    problem = _choice_problem(name, value)
    if problem:
        say(name, problem)
        return flow, None
    base = getattr(flow, name)
    by_permission = not _is_free(flow, name, value)
    if by_permission and not str(change.get("permission", "")).strip():
        say(name, f"the regime has {base!r} and leaves {value!r} to nobody; needs a permission citation")
        return flow, None
    values: dict[str, Any] = {name: value}
    if name == "ballot":
        values["source"] = BALLOT if value == LEVEL else PROPOSAL
    changed = replace(flow, cite="; ".join(filter(None, (flow.cite, cite))), layer=layer, **values)
    problem = _mismatch(changed)
    if problem:
        say(name, problem)
        return flow, None
    return changed, (base, value) if by_permission else None


def _is_free(flow: Flow, name: str, value: object) -> bool:
    if name in flow.open or name in OPEN:
        return True
    places = CHOICES[name]
    return places.index(value) <= places.index(getattr(flow, name))


def _choice_problem(key: str, value: object) -> str | None:
    choices = CHOICES[key]
    if any(type(value) is type(choice) and value == choice for choice in choices):
        return None
    return f"{value!r} is none of {', '.join(map(repr, choices))}"


def _mismatch(flow: Flow) -> str | None:
    if flow.has_ballot and flow.source != BALLOT:
        return f"with a ballot the level submitted is the one voted, not {flow.source!r}"
    if not flow.has_ballot and flow.source == BALLOT:
        return "there is no ballot to take the level from; say self or proposal"
    return None
