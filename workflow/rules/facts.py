"""Facts: what is known when a rule is judged, each value with where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workflow.rules.values import FactValue
from workflow.rules.vocabulary import VOCABULARY, FactType

__all__ = ["VOCABULARY", "Fact", "FactError", "FactType", "FactValue", "Facts", "check_fact"]


class FactError(ValueError):
    """A fact nobody defined, or a value of another type than its definition: the caller's mistake."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and its source, e.g. "event review/2016.member.0012#3", "roster row 41", "command"."""

    value: FactValue
    source: str


class Facts(Mapping[str, Fact]):
    """Facts by name. A name that is absent is not known, which is neither false nor empty."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Mapping[str, Fact] | None = None) -> None:
        self._facts: dict[str, Fact] = dict(facts) if facts else {}

    @classmethod
    def of(cls, source: str, values: Mapping[str, FactValue | None]) -> Facts:
        """Facts of one source; None means not known. FactError for a wrong name, type or choice."""
        facts = {}
        for name, value in values.items():
            if value is not None:
                check_fact(name, value)
                facts[name] = Fact(value, source)
        return cls(facts)

    def merged(self, *others: Facts) -> Facts:
        """These facts with the others on top; the last word on a name counts."""
        together = dict(self._facts)
        for other in others:
            together.update(other._facts)
        return Facts(together)

    def value(self, name: str) -> FactValue | None:
        """The bare value, None when it is not known."""
        fact = self._facts.get(name)
        return None if fact is None else fact.value

    def values_of(self, names: Iterable[str]) -> tuple[FactValue | None, ...]:
        """The bare values of these names in their order, None for one that is not known."""
        get = self._facts.get
        return tuple([None if (fact := get(name)) is None else fact.value for name in names])

    def source(self, name: str) -> str | None:
        """Where a value came from, None when it is not known."""
        fact = self._facts.get(name)
        return None if fact is None else fact.source

    def __getitem__(self, name: str) -> Fact:
        return self._facts[name]

    def __contains__(self, name: object) -> bool:
        return name in self._facts

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def __repr__(self) -> str:
        return f"Facts({self._facts!r})"


def check_fact(name: str, value: object) -> None:
    """Raise FactError unless `name` is in the vocabulary and `value` fits it."""
    kind = VOCABULARY.get(name)
    if kind is None:
        raise FactError(f"{name} is not a fact of the vocabulary.")
    fits = type(value) is kind.type if kind.type is not str else isinstance(value, str)
    if kind.type is Decimal and isinstance(value, Decimal):
        fits = value.is_finite()
    if isinstance(value, datetime):
        fits = False
    if not fits:
        raise FactError(f"{name} is a {kind.type.__name__}, not {value!r}.")
    if kind.choices and value not in kind.choices:
        raise FactError(f"{name} is one of {', '.join(kind.choices)}, not {value!r}.")
    if isinstance(value, tuple):
        _check_items(name, kind, value)


def _check_items(name: str, kind: FactType, items: tuple[object, ...]) -> None:
    for item in items:
        if len(kind.item) == 1:
            fits = type(item) is kind.item[0]
        else:
            fits = isinstance(item, tuple) and tuple(map(type, item)) == kind.item
        if not fits:
            wanted = ", ".join(part.__name__ for part in kind.item)
            raise FactError(f"{name} holds items of ({wanted}), not {item!r}.")
        if kind.item == (date, date) and isinstance(item, tuple) and item[0] > item[1]:
            raise FactError(f"{name}: {item[0]:%d/%m/%Y} lies after {item[1]:%d/%m/%Y}.")
        if (
            kind.item == (int, int)
            and isinstance(item, tuple)
            and not (item[1] >= 2 and 1 <= item[0] <= item[1])
        ):
            raise FactError(f"{name}: place {item[0]} on a scale of {item[1]} does not exist.")
