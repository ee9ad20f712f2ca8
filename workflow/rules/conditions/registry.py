"""The registry of conditions: a name, a version, typed parameters; once released one never changes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from workflow.rules.case import Outcome
from workflow.rules.vocabulary import VOCABULARY


class Tighter(StrEnum):
    """Which way a layer may move a parameter without permission."""

    HIGHER = "higher"
    LOWER = "lower"
    EARLIER = "earlier"
    SUPERSET = "superset"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NamesFact:
    """Marks a parameter that names a fact of the given type."""

    type: type


DayFact = Annotated[str, NamesFact(date)]
FlagFact = Annotated[str, NamesFact(bool)]
NumberFact = Annotated[str, NamesFact(int)]
PointsFact = Annotated[str, NamesFact(Decimal)]
TextFact = Annotated[str, NamesFact(str)]
ListFact = Annotated[str, NamesFact(tuple)]
AnyFact = Annotated[str, NamesFact(object)]
PointsFacts = Annotated[tuple[str, ...], NamesFact(Decimal)]
TextFacts = Annotated[tuple[str, ...], NamesFact(str)]
FlagFacts = Annotated[tuple[str, ...], NamesFact(bool)]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its type, how a layer may tighten it, the kind of fact it names, its default."""

    name: str
    type: Any
    tighter: Tighter
    fact: type | None
    required: bool

    def problem(self, value: object) -> str | None:
        """What is wrong with a value from a rulebook, None when it fits."""
        if get_origin(self.type) is tuple:
            part = get_args(self.type)[0]
            if not isinstance(value, tuple) or not all(type(item) is part for item in value):
                return f"must be a list of {part.__name__}"
            if not value:
                return "must not be empty"
        elif type(value) is not self.type:
            return f"must be a {self.type.__name__}, not {value!r}"
        if self.fact is None:
            return None
        named = value if isinstance(value, tuple) else (value,)
        return next(filter(None, (self._fact_problem(str(name)) for name in named)), None)

    def _fact_problem(self, name: str) -> str | None:
        kind = VOCABULARY.get(name)
        if kind is None:
            return f"names {name}, which is not in the vocabulary of facts"
        if self.fact is not object and kind.type is not self.fact:
            return (
                f"names {name}, a {kind.type.__name__}, where a {getattr(self.fact, '__name__', '?')} is read"
            )
        return None


@dataclass(frozen=True, slots=True)
class Registered:
    """A condition with its parameters and the facts it reads beside those its parameters name."""

    name: str
    version: int
    function: Callable[..., Outcome]
    parameters: Mapping[str, Parameter]
    reads: tuple[str, ...]

    @property
    def reference(self) -> str:
        """As a rulebook names it: more_than_share@1."""
        return f"{self.name}@{self.version}"


REGISTRY: dict[str, Registered] = {}
Function = TypeVar("Function", bound=Callable[..., Outcome])


def condition(name: str, version: int, *, reads: tuple[str, ...] = ()) -> Callable[[Function], Function]:
    """Register a condition. `reads` names the facts it reads that no parameter names."""

    def register(function: Function) -> Function:
        registered = Registered(name, version, function, _parameters(function), reads)
        unknown = [fact for fact in reads if fact not in VOCABULARY]
        if unknown:
            raise ValueError(f"{registered.reference} reads {', '.join(unknown)}, not in the vocabulary")
        if registered.reference in REGISTRY:
            raise ValueError(f"{registered.reference} is registered twice")
        REGISTRY[registered.reference] = registered
        return function

    return register


def _parameters(function: Callable[..., Outcome]) -> dict[str, Parameter]:
    hints = get_type_hints(function, include_extras=True)
    found = {}
    for name, given in inspect.signature(function).parameters.items():
        if given.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        hint, tighter, fact = hints[name], Tighter.NONE, None
        if get_origin(hint) is Annotated:
            hint, *marks = get_args(hint)
            for mark in marks:
                if isinstance(mark, NamesFact):
                    fact = mark.type
                else:
                    tighter = Tighter(mark)
        found[name] = Parameter(name, hint, tighter, fact, given.default is inspect.Parameter.empty)
    return found
