"""Orders beside the stage: pauses, flags, exceptions, corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.commands.asking import ReviewCommand


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause(ReviewCommand):
    """Stop the review for inspection."""

    on: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Resume(ReviewCommand):
    """Go on after the conclusion, which is cited."""

    on: date
    conclusion: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RaiseFlag(ReviewCommand):
    """Open a flag beside the stage."""

    flag: str
    on: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClearFlag(ReviewCommand):
    """Close a flag beside the stage."""

    flag: str
    on: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AuthoriseException(ReviewCommand):
    """The competent body allows a departure from rules, by a document."""

    rules: tuple[str, ...]
    on: date
    reason: str
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectEntry(ReviewCommand):
    """Put a typed fact right; done by another person than the one who typed it."""

    entry: str
    now: str
    reason: str
