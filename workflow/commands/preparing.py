"""Orders that prepare a review: its report, its facts, its draft, its notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.commands.asking import ReviewCommand


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepare(ReviewCommand):
    """The collective report or self-review is written; `ticked` confirms what its checklist asks for."""

    on: date
    document: str | None = None
    ticked: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FactEntry:
    """One fact from the vocabulary; points and days as text (`"38.5"`, `"2016-12-20"`)."""

    fact: str
    value: bool | int | str
    on: date
    document: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordFacts(ReviewCommand):
    """Record facts the rules ask for: points, completion, staff rating ..."""

    facts: tuple[FactEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RateSelf(ReviewCommand):
    """The member rates himself."""

    level: str
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposeLevel(ReviewCommand):
    """The proposing body puts a level forward for the ballot."""

    level: str
    on: date
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SendDraft(ReviewCommand):
    """Send the draft to those invited; `on` is the day the last of them had it.

    `ticked` names the checklist items a person confirms.
    """

    on: date
    recipients: int
    minor: bool = False
    ticked: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TickItems(ReviewCommand):
    """A person confirms items of the checklists that only a person can judge, or takes a tick back."""

    on: date
    ticked: tuple[str, ...] = ()
    unticked: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NotifySuperior(ReviewCommand):
    """Tell the superior the day of the review, with the drafts attached or not."""

    on: date
    attachments: bool
