"""The one form every life is written in: a table of moves, checked when it is made.

This is the only file that touches `transitions`. One shared machine a table answers "may this be
done now, and by whom?"; folding a long history uses the same rows through a plain dictionary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

from transitions import EventData, Machine, MachineError

from states.roles import Role

NEW = "new"
"""Where every life starts: nothing is in the log yet."""

REMEMBERED = "(remembered)"
"""As a target: back to the stage the side state was entered from."""


class TableError(Exception):
    """A table of moves that cannot be lived; raised when the module that holds it is imported."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row: `trigger` takes `source` to `target` when done by one of `by`, for reviews of `kinds`.

    An empty `kinds` means every kind. A move whose target is its source records an act beside the stage.
    `where` names what a regime's flow has to give for the row to be there ("with_ballot"); a row without it
    is there under every regime. Folding does not ask: what is in the log was allowed when it was done.
    """

    trigger: str
    source: str
    target: str
    by: frozenset[Role]
    kinds: frozenset[str] = frozenset()
    where: str = ""

    def concerns(self, kind: str) -> bool:
        """Whether the row holds for this kind."""
        return not self.kinds or not kind or kind in self.kinds


def moves(
    trigger: str,
    sources: str | Iterable[str],
    target: str,
    *,
    by: Iterable[Role],
    kinds: Iterable[str] = (),
    where: str = "",
) -> tuple[Move, ...]:
    """The same move from several stages; the target `""` stays where it was."""
    names = (sources,) if isinstance(sources, str) else tuple(sources)
    return tuple(
        Move(trigger, name, target or name, frozenset(by), frozenset(kinds), where) for name in names
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What a move would do: the stage it leads to, who may do it, and what the flow has to give for it."""

    target: str
    by: frozenset[Role]
    where: str = ""

    def stands(self, traits: frozenset[str]) -> bool:
        """Whether a flow with these traits has the row."""
        return not self.where or self.where in traits


@dataclass(frozen=True)
class Table:
    """All moves of one life.

    `ends` are the stages with no way on. `remembers` gives, for each side state that can be left
    to `REMEMBERED`, the stages it may have been entered from.
    """

    name: str
    rows: tuple[Move, ...]
    ends: frozenset[str]
    remembers: dict[str, frozenset[str]] = field(default_factory=dict)
    states: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "states", self._states())
        self._check()
        index: dict[tuple[str, str], tuple[Move, ...]] = {}
        for row in self.rows:
            key = (row.trigger, row.source)
            index[key] = (*index.get(key, ()), row)
        object.__setattr__(self, "_index", index)
        object.__setattr__(self, "_machine", self._build_machine())
        object.__setattr__(self, "_fired", {})

    def _states(self) -> tuple[str, ...]:
        seen = [NEW]
        for row in self.rows:
            for name in (row.source, row.target):
                if name != REMEMBERED and name not in seen:
                    seen.append(name)
        return tuple(seen)

    def _check(self) -> None:
        for row in self.rows:
            if not row.by:
                raise TableError(f"{self.name}: nobody may {row.trigger} from {row.source}")
            if row.target == REMEMBERED and row.source not in self.remembers:
                raise TableError(f"{self.name}: {row.source} does not say what it remembers")
        for first in self.rows:
            for second in self.rows:
                clash = (
                    first is not second
                    and (first.trigger, first.source) == (second.trigger, second.source)
                    and (not first.kinds or not second.kinds or first.kinds & second.kinds)
                )
                if clash:
                    raise TableError(f"{self.name}: {first.trigger} from {first.source} is written twice")
        reached = {NEW}
        grows = True
        while grows:
            grows = False
            for row in self.rows:
                if row.source in reached:
                    for target in self._targets(row):
                        if target not in reached:
                            reached.add(target)
                            grows = True
        if lost := [name for name in self.states if name not in reached]:
            raise TableError(f"{self.name}: never reached: {', '.join(lost)}")
        leaving = {row.source for row in self.rows if row.target != row.source}
        if stuck := [name for name in self.states if name not in leaving and name not in self.ends]:
            raise TableError(f"{self.name}: no way on from {', '.join(stuck)}")
        if wrong := [name for name in self.ends if name in leaving or name not in self.states]:
            raise TableError(f"{self.name}: not an end: {', '.join(wrong)}")

    def _targets(self, row: Move) -> tuple[str, ...]:
        if row.target == REMEMBERED:
            return tuple(sorted(self.remembers[row.source]))
        return (row.target,)

    def _build_machine(self) -> Machine:
        machine = Machine(
            model=None,
            states=list(self.states),
            initial=NEW,
            auto_transitions=False,
            send_event=True,
            after_state_change=None,
        )
        for row in self.rows:
            for target in self._targets(row):
                machine.add_transition(
                    row.trigger,
                    row.source,
                    target,
                    conditions=[_allows(row, target if row.target == REMEMBERED else None)],
                )
        return machine

    @property
    def triggers(self) -> tuple[str, ...]:
        """Every trigger once, in the order of the table."""
        return tuple(dict.fromkeys(row.trigger for row in self.rows))

    def step(self, trigger: str, state: str, kind: str = "", remembered: str = "") -> Step | None:
        """What `trigger` leads to from `state`, or None where the table has no such row.

        This is the dictionary: folds use it, a million rows a second and more.
        """
        index = cast("dict[tuple[str, str], tuple[Move, ...]]", self.__dict__["_index"])
        for row in index.get((trigger, state), ()):
            if row.concerns(kind):
                if row.target != REMEMBERED:
                    return Step(row.target, row.by, row.where)
                if remembered in self.remembers[state]:
                    return Step(remembered, row.by, row.where)
        return None

    def fire(self, trigger: str, state: str, role: Role, kind: str = "", remembered: str = "") -> str | None:
        """The stage after `role` does `trigger`, judged by the shared machine; None when it refuses.

        The table never changes, so the machine is asked each question once.
        """
        answers = cast("dict[tuple[str, str, Role, str, str], str | None]", self.__dict__["_fired"])
        question = (trigger, state, role, kind, remembered)
        if question not in answers:
            answers[question] = self._ask_machine(*question)
        return answers[question]

    def _ask_machine(self, trigger: str, state: str, role: Role, kind: str, remembered: str) -> str | None:
        machine = cast(Machine, self.__dict__["_machine"])
        if trigger not in machine.events:
            return None
        standing = SimpleNamespace(state=state, role=role, kind=kind, remembered=remembered)
        try:
            moved = machine.events[trigger].trigger(standing)
        except MachineError:
            return None
        return str(standing.state) if moved else None

    def open_to(self, state: str, kind: str = "") -> tuple[Move, ...]:
        """The rows that lead on from `state`, in table order."""
        return tuple(row for row in self.rows if row.source == state and row.concerns(kind))


def _allows(row: Move, remembered: str | None) -> Callable[..., bool]:
    """The guard of one row: right role, right kind and, for a way back, the stage remembered."""

    def allows(event: EventData) -> bool:
        standing: Any = event.model
        return bool(
            standing.role in row.by
            and row.concerns(standing.kind)
            and (remembered is None or standing.remembered == remembered)
        )

    return allows
