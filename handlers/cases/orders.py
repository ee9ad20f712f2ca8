"""Steps of a story become commands: every command there is, built from its own fields."""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Union, get_args, get_origin, get_type_hints

from handlers.cases.facts import near
from handlers.cases.names import Names
from handlers.cases.places import Say, shown
from workflow.commands.asking import Command
from workflow.decide import COMMANDS
from workflow.rules.vocabulary import VOCABULARY
from workflow.stages.listing import LISTS

REVIEWS = frozenset({"review", "reviews"})
"""Fields that name reviews."""

REVIEW_FIRST = frozenset({"motions", "tallies", "touched"})
"""Fields whose rows begin with a review."""

PEOPLE = frozenset(
    {"chair", "person", "member", "monitor", "subject", "counters", "absent", "barred", "exempt_attending"}
)
"""Fields that name a person, or something else that is left as it is."""

DAYS = frozenset({"on", "day", "as_of", "rated_on", "roster_day"})
"""Days that are the day of the step where nothing else is said."""

TICKS = frozenset({"ticked", "unticked"})
"""Fields that name items of checklists, or "all" of them."""

ALL = "all"
"""Every list there is, every item of a checklist."""

EACH = "each"
"""In a command with rows: what all its rows share."""

WORD = re.compile(r"(?<!^)(?=[A-Z])")


def step_name(command: type[Command]) -> str:
    """How a step is called: the command in small letters, `SendDraft` as `send_draft`."""
    return WORD.sub("_", command.__name__).lower()


BY_STEP: dict[str, type[Command]] = {step_name(command): command for command in COMMANDS}
"""Every command by the name of its step."""


@dataclass(frozen=True)
class Orders:
    """Builds the commands of one step: short names are resolved, what is not said takes its default."""

    names: Names
    today: date
    say: Say

    def build(self, cls: type[Command], told: Mapping[str, Any]) -> list[Command]:
        """The commands a step stands for: one, or one for each review where a list of reviews is named."""
        if not self._fields_known(cls, told, (EACH,)):
            return []
        fields = self._with_defaults(cls, told)
        hints = hints_of(cls)
        if "review" in hints and "review" in fields:
            reviews = self.names.reviews(fields["review"], self.say)
            made = [self._one(cls, {**fields, "review": review}) for review in reviews]
        else:
            made = [self._one(cls, fields)]
        return [command for command in made if command is not None]

    def _with_defaults(self, cls: type[Any], told: Mapping[str, Any]) -> dict[str, Any]:
        hints = hints_of(cls)
        fields = dict(told)
        for name in ("campaign", "rulebook", "superior"):
            if name in hints:
                fields.setdefault(name, getattr(self.names, name))
        if "organisation" in hints and "organisation" not in fields:
            body = self.names.body_of(fields)
            cells = self.names.roster.bodies_with_people()
            fields["organisation"] = body or (cells[0] if len(cells) == 1 else None)
            if fields["organisation"] is None:
                del fields["organisation"]
        if "venue" in hints and "organisation" in fields:
            fields.setdefault("venue", fields["organisation"])
        elif "venue" in hints and "review" in fields:
            fields.setdefault("venue", self.names.body_of(fields))
        for name in DAYS & set(hints):
            fields.setdefault(name, self.today)
        return fields

    def _one(self, cls: type[Any], fields: Mapping[str, Any]) -> Any:
        """One command or one row; None where something is wrong with it, which has been said."""
        each = fields.get(EACH, {})
        hints, values, good = hints_of(cls), {}, True
        for field in dataclasses.fields(cls):
            if field.name in fields:
                told = fields[field.name]
                if field.name in TICKS:
                    told = self.names.items(told, str(fields.get("review", "")))
                if field.name == "fact" and told not in VOCABULARY:
                    self._no_fact(told)
                    good = False
                if field.name == "lists" and told == ALL:
                    told = list(LISTS)
                try:
                    values[field.name] = self._value(told, hints[field.name], field.name, each)
                except _Wrong as wrong:
                    self.say(f"{field.name} {wrong.vi}", f"{field.name} {wrong.en}")
                    good = False
                except _SaidBelow:
                    good = False
            elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
                self.say(
                    f"còn thiếu mục “{field.name}” của {step_name(cls)}.",
                    f"“{field.name}” of {step_name(cls)} is missing.",
                )
                good = False
        return cls(**values) if good else None

    def _no_fact(self, name: Any) -> None:
        self.say(
            f"“{name}” không phải là dữ kiện có trong từ điển.{near(str(name), VOCABULARY, 'vi')}",
            f"“{name}” is not a fact of the vocabulary.{near(str(name), VOCABULARY, 'en')}",
        )

    def _value(self, value: Any, hint: Any, name: str, each: Mapping[str, Any]) -> Any:
        """A TOML value as the field wants it. _Wrong says what it has to be."""
        origin, args = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            return self._either(value, args, name, each)
        if origin is tuple and args[-1] is Ellipsis:
            return tuple(self._rows(value, args[0], name, each))
        if origin is tuple:
            return self._fixed(value, args, name, each)
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            if not isinstance(value, Mapping):
                raise _Wrong("là bảng { … }", "a table { … }", value)
            return self._row(hint, value)
        return self._plain(value, hint, name)

    def _plain(self, value: Any, hint: Any, name: str) -> Any:
        if hint is date:
            return _day(value)
        if hint is bool:
            if not isinstance(value, bool):
                raise _Wrong("true hoặc false", "true or false", value)
            return value
        if hint is int:
            if not isinstance(value, int) or isinstance(value, bool):
                raise _Wrong("số nguyên", "a whole number", value)
            return value
        text = _text(value)
        if name in REVIEWS:
            found = self.names.reviews(text, self.say)
            return found[0] if found else text
        return self.names.person(text) or text if name in PEOPLE else text

    def _either(self, value: Any, args: tuple[Any, ...], name: str, each: Mapping[str, Any]) -> Any:
        wanted = [arg for arg in args if arg is not type(None)]
        for arg in wanted:
            if isinstance(arg, type) and type(value) is arg:
                return self._value(value, arg, name, each)
        return self._value(value, str if str in wanted else wanted[0], name, each)

    def _rows(self, value: Any, hint: Any, name: str, each: Mapping[str, Any]) -> Iterator[Any]:
        """The rows of a list; one value stands for a list of one."""
        told = _listed(value, hint) if isinstance(value, Mapping) else value
        told = told if isinstance(told, list) else [told]
        for row in told:
            if name in REVIEWS:
                yield from self.names.reviews(row, self.say)
            elif get_origin(hint) is tuple and name in REVIEW_FIRST and isinstance(row, list) and row:
                for review in self.names.reviews(row[0], self.say):
                    yield self._value([review, *row[1:]], hint, name, each)
            elif dataclasses.is_dataclass(hint) and isinstance(hint, type):
                yield from self._rows_of(hint, row, each)
            else:
                yield self._value(row, hint, name, each)

    def _rows_of(self, hint: type[Any], row: Any, each: Mapping[str, Any]) -> Iterator[Any]:
        """Rows with fields of their own; one that names several reviews is that many rows."""
        names = [field.name for field in dataclasses.fields(hint)]
        told = row if isinstance(row, Mapping) else {names[0]: row}
        told = {**each, **told}
        if "review" in names and "review" in told:
            for review in self.names.reviews(told["review"], self.say):
                yield self._row(hint, {**told, "review": review})
        else:
            yield self._row(hint, told)

    def _row(self, hint: type[Any], told: Mapping[str, Any]) -> Any:
        made = self._one(hint, self._with_defaults(hint, told)) if self._fields_known(hint, told) else None
        if made is None:
            raise _SaidBelow
        return made

    def _fixed(
        self, value: Any, args: tuple[Any, ...], name: str, each: Mapping[str, Any]
    ) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) != len(args):
            raise _Wrong(f"danh sách {len(args)} phần", f"a list of {len(args)} parts", value)
        return tuple(self._value(item, arg, "", each) for item, arg in zip(value, args, strict=True))

    def _fields_known(self, cls: type[Any], told: Mapping[str, Any], more: tuple[str, ...] = ()) -> bool:
        names = [*(field.name for field in dataclasses.fields(cls)), *more]
        unknown = [key for key in told if key not in names]
        for key in unknown:
            what = step_name(cls)
            self.say(
                f"{what} không có mục “{key}”.{near(key, names, 'vi')} Có: {', '.join(names)}.",
                f"{what} has no field “{key}”.{near(key, names, 'en')} There are: {', '.join(names)}.",
            )
        return not unknown


class _SaidBelow(Exception):
    """Something is wrong with a row, which has been said with its own field."""


class _Wrong(Exception):
    def __init__(self, vi: str, en: str, value: Any) -> None:
        self.vi = f"phải là {vi}, không phải {shown(value)}."
        self.en = f"has to be {en}, not {shown(value)}."
        super().__init__(self.en)


_HINTS: dict[type[Any], dict[str, Any]] = {}


def hints_of(cls: type[Any]) -> dict[str, Any]:
    """The types of the fields of a command or row."""
    if cls not in _HINTS:
        _HINTS[cls] = get_type_hints(cls)
    return _HINTS[cls]


def _listed(told: Mapping[str, Any], hint: Any) -> list[Any]:
    """A table name = value as a list of rows that begin with the name and go on with the value."""
    if not (dataclasses.is_dataclass(hint) and isinstance(hint, type)):
        return [[key, *(value if isinstance(value, list) else [value])] for key, value in told.items()]
    first, *rest = [field.name for field in dataclasses.fields(hint)]
    second = rest[0] if rest else ""
    return [
        {first: key, **(value if isinstance(value, Mapping) else {second: value})}
        for key, value in told.items()
    ]


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(value, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
    raise _Wrong("ngày, viết 2017-01-10", "a day, written 2017-01-10", value)


def _text(value: Any) -> str:
    """Text as it is; points, numbers and days as a form would send them."""
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal, date)):
        raise _Wrong("chữ trong ngoặc kép", "text in quotes", value)
    return value.isoformat() if isinstance(value, date) else str(value)
