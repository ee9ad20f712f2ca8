"""One entry of a letter in words, whatever the letter is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What it is about, its small print in the order it is read, and where to go."""

    what: str
    notes: tuple[str, ...]
    link: str


def one_line(text: str) -> str:
    """Text from the roster without breaks or control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def both(language: str, vi: str, en: str) -> str:
    """The text in the language asked for."""
    return en if language == "en" else vi
