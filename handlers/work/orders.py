"""What long work was asked for, in a form that outlives the process: it is gone on with from these words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import msgspec

from handlers.deciding_together import Terms
from workflow.codec import canonical
from workflow.commands.asking import ReviewCommand
from workflow.commands.deciding import Judgement
from workflow.commands.preparing import Prepare, RateSelf, RecordFacts, TickItems

Orders = TypeVar("Orders")


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenCampaign:
    """The roster becomes the reviews of a planned campaign."""

    campaign: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeOverRoster:
    """An upload becomes the roster."""

    import_id: str
    good_rows_only: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CompareBooks:
    """A campaign's recorded facts are judged under another rulebook as well."""

    campaign: str
    rulebook: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """One command by its name, under the idempotency key it has in its form."""

    key: str
    command: str
    body: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class EnterMany:
    """Many commands of one form, each sent by itself."""

    commands: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgeTogether:
    """Rows of several reports appraised or decided; `seen` is the version each had when it was shown.

    `gone` are rows that waited no more when the form arrived.
    """

    terms: Terms
    rows: dict[str, tuple[Judgement, ...]]
    seen: dict[str, int]
    gone: tuple[str, ...] = ()


ENTERED: Final[Mapping[str, type[ReviewCommand]]] = {
    one.__name__: one for one in (Prepare, RateSelf, RecordFacts, TickItems)
}
"""The commands forms for many reviews are made of."""


def named(key: str, command: ReviewCommand) -> Named:
    """A command as it is kept. KeyError for one no form for many sends."""
    name = type(command).__name__
    assert ENTERED[name] is type(command), "the register names each command once"
    return Named(key=key, command=name, body=msgspec.to_builtins(command))


def command_of(one: Named) -> ReviewCommand:
    """The command that was kept."""
    return msgspec.convert(one.body, ENTERED[one.command])


def written(orders: object) -> str:
    """The orders as JSON."""
    return canonical(orders).decode()


def read(kept: str, kind: type[Orders]) -> Orders:
    """The orders of a kind from JSON."""
    return msgspec.json.decode(kept, type=kind)
