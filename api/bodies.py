"""Request bodies made from the commands themselves: strict, bounded, with what the path says left out.

A command class is the one place that says what an order holds. Here its fields become a pydantic model: no
unknown field, no number for a text or text for a number, days as yyyy-mm-dd, texts in NFC without control
characters, ids that are safe in addresses and stream names.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Union, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, create_model
from pydantic_core import PydanticCustomError

from workflow.commands.asking import Command

NUMBER_MAX = 1_000_000
ROWS_MAX = 5_000
TEXT_MAX = 4_000
YEARS = (1900, 2100)

ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"
ID_FIELDS = frozenset(
    {
        "appraiser", "award", "ballot", "body", "by", "campaign", "chair", "change", "fact", "flag",
        "granted_by", "history", "key", "kind", "level", "list", "meeting", "monitor", "neighbour",
        "neighbour_kind", "organisation", "period", "plan", "residence_comment", "responsible", "review",
        "reward", "rulebook", "standing", "subject", "submission", "superior", "through", "venue",
    }
)  # fmt: skip
"""Text fields that name something; every other text is written for people."""

LISTS_OF_IDS = frozenset(
    {
        "absent",
        "barred",
        "bodies",
        "counters",
        "counts",
        "exempt_attending",
        "lists",
        "motions",
        "remedied",
        "reviews",
        "rules",
        "tallies",
        "ticked",
    }
)
MAY_BE_EMPTY = frozenset({"chair"})

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPOKEN = {"\n", "\t", "\r"}


def iso_day(value: object) -> object:
    """A day as yyyy-mm-dd that exists and lies within YEARS."""
    if type(value) is date:
        day = value
    else:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise PydanticCustomError("day_form", "a day is written yyyy-mm-dd")
        try:
            day = date.fromisoformat(value)
        except ValueError as error:
            raise PydanticCustomError("no_such_day", "there is no such day") from error
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise PydanticCustomError("year_out_of_range", "the year lies outside 1900 to 2100")
    return day


def plain_text(value: str) -> str:
    """The text in NFC; control characters other than line breaks and tabs are refused."""
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in _SPOKEN for letter in value):
        raise PydanticCustomError("odd_characters", "the text holds control characters")
    return unicodedata.normalize("NFC", value)


def one_of(choices: Iterable[str]) -> AfterValidator:
    """Refuses, naming the choices, a text that is none of them."""
    named = tuple(choices)

    def check(value: str | None) -> str | None:
        if value is not None and value not in named:
            raise PydanticCustomError("enum", "one of: {expected}", {"expected": ", ".join(named)})
        return value

    return AfterValidator(check)


Day = Annotated[date, BeforeValidator(iso_day)]
Number = Annotated[int, Field(strict=True, ge=-NUMBER_MAX, le=NUMBER_MAX)]
Text = Annotated[str, Field(strict=True, max_length=TEXT_MAX), AfterValidator(plain_text)]
Id = Annotated[str, Field(strict=True, pattern=ID)]
IdOrNothing = Annotated[str, Field(strict=True, pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]{0,99})?$")]


class Body(BaseModel):
    """A body that refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_made: dict[tuple[type, tuple[str, ...]], type[Body]] = {}


def body_of(
    cls: type, left_out: tuple[str, ...] = (), examples: tuple[Mapping[str, Any], ...] = ()
) -> type[Body]:
    """The model of a command or of one of its rows, without the fields that stand in the path."""
    key = (cls, left_out)
    if key not in _made:
        hints = typing.get_type_hints(cls)
        fields: dict[str, Any] = {}
        for field in dataclasses.fields(cls):
            if field.name not in left_out:
                default = ... if field.default is dataclasses.MISSING else field.default
                fields[field.name] = (_annotation(hints[field.name], field.name), default)
        model = create_model(f"{cls.__name__}Body", __base__=Body, __doc__=cls.__doc__, **fields)
        if examples:
            model.model_config["json_schema_extra"] = {"examples": [dict(example) for example in examples]}
            model.model_rebuild(force=True)
        _made[key] = model
    return _made[key]


def command_from(cls: type[Command], body: BaseModel, **path: str) -> Command:
    """The command a checked body and its path ask for."""
    return cast(Command, _built(cls, body, path))


def _built(cls: type, body: BaseModel, path: Mapping[str, str]) -> object:
    hints = typing.get_type_hints(cls)
    values: dict[str, object] = dict(path)
    for name in type(body).model_fields:
        values[name] = _value(hints[name], getattr(body, name))
    return cls(**values)


def _value(hint: Any, value: object) -> object:
    if isinstance(value, Body):
        return _built(_dataclass_in(hint), value, {})
    if isinstance(value, tuple):
        inside = typing.get_args(hint)[0] if typing.get_args(hint) else object
        return tuple(_value(inside, item) for item in value)
    return value


def _dataclass_in(hint: Any) -> type:
    found = [one for one in (hint, *typing.get_args(hint)) if isinstance(one, type)]
    return next(one for one in found if dataclasses.is_dataclass(one))


def _annotation(hint: Any, name: str) -> Any:
    """The strict, bounded type for a field of this type and name."""
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if hint is str:
        return _word(name)
    if hint is int:
        return Number
    if hint is bool:
        return StrictBool
    if hint is date:
        return Day
    if origin in (Union, types.UnionType):
        return Union[tuple(None if one is type(None) else _annotation(one, name) for one in inside)]  # noqa: UP007 - made at run time
    if origin is tuple and inside[-1:] == (Ellipsis,):
        return Annotated[tuple[_annotation(inside[0], name), ...], Field(max_length=ROWS_MAX)]  # type: ignore[misc]  # made at run time
    if origin is tuple:
        return tuple[tuple(_annotation(one, name) for one in inside)]  # type: ignore[misc]  # made at run time
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return body_of(hint)
    raise AssertionError(f"no body can be made of {hint} in {name}")


def _word(name: str) -> Any:
    if name in MAY_BE_EMPTY:
        return IdOrNothing
    return Id if name in ID_FIELDS or name in LISTS_OF_IDS else Text


PathId = Annotated[str, Field(pattern=ID, max_length=100)]
"""An id in an address."""

Kind = Literal["individual", "collective", "organisation"]
