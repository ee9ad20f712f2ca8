"""Finds the body or the person a cell means, by code or by name, and suggests one where the spelling is
near.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from handlers.roster.text import folded

# What people leave out or put in front of the name of a body.
_PREFIXES = ("chi bo", "dang bo", "dang bo bo phan", "to dang")


class Names:
    """Codes and names of bodies, or codes of people, that a reference may use."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self._by_name: dict[str, set[str]] = {}
        self._shown: dict[str, str] = {}
        # Looking for near spellings is slow; a file with thousands of unknown codes needs no thousands of
        # hints.
        self._suggestions_left = 200

    def add(self, code: str, name: str | None = None, also: str | None = None) -> None:
        """Makes a code known, with the name or a second code (a card number) it may be meant by."""
        self.codes[code] = code
        if also:
            self.codes.setdefault(also, code)
        if name:
            for text in _variants(name):
                self._by_name.setdefault(text, set()).add(code)
                self._shown.setdefault(text, name)

    def find(self, text: str) -> list[str]:
        """The codes a text may mean: exactly one when it is clear, none when unknown."""
        code = text.replace(" ", "").upper()
        if code in self.codes:
            return [self.codes[code]]
        for variant in _variants(text):
            if variant in self._by_name:
                return sorted(self._by_name[variant])
        return []

    def suggestion(self, text: str) -> str | None:
        """A name or code spelt much like this text, if there is one; the first 200 times it is asked."""
        if self._suggestions_left == 0:
            return None
        self._suggestions_left -= 1
        for variant in _variants(text):
            close = difflib.get_close_matches(_expanded(variant), self._by_name, n=1, cutoff=0.75)
            if close:
                return self._shown[close[0]]
        codes = difflib.get_close_matches(text.replace(" ", "").upper(), self.codes, n=1, cutoff=0.8)
        return codes[0] if codes else None


def _variants(name: str) -> Iterable[str]:
    text = folded(name)
    yield text
    for prefix in _PREFIXES:
        if text.startswith(prefix + " "):
            yield text.removeprefix(prefix + " ")


def _expanded(text: str) -> str:
    """Common short forms written out, so that "PX Đúcc" is near "Phân xưởng Đúc"."""
    short = {"px": "phan xuong", "p": "phong", "cb": "chi bo", "db": "dang bo"}
    return " ".join(short.get(word, word) for word in text.split())
