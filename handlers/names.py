"""The names of people and bodies as of a day: the log knows ids alone, pages and letters show names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection, Table, select

from handlers.accounts.tables import ACCOUNTS
from handlers.among import among
from handlers.prepared import Prepared
from handlers.roster_tables import ORGANISATIONS, PEOPLE

Key = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]

# The alphabet in its order; tones come after letters: ngang, huyền, hỏi, ngã, sắc, nặng.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LETTER_MARKS = frozenset({"\u0302", "\u0306", "\u031b"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Spell:
    """Days somebody acts for `holder`: `first` inclusive, `before` exclusive."""

    holder: str
    first: date
    before: date


LEADER = "leader"
AS_LEADER = ("(lãnh đạo, quản lý)", "(as leader)")
"""What tells a leader's review from that of the same person as a member, in Vietnamese and English."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id. Whoever is not in it is shown by the id, so that nothing is ever left blank.

    `delegated` tells, of a person and a capacity (`secretary@CB03`), when it was held for somebody else.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    delegated: Mapping[tuple[str, str], tuple[Spell, ...]] = field(default_factory=dict)

    def acted_for(self, person: str, capacity: str, on: date) -> str:
        """Who delegated the capacity to the person on the day; empty where nobody did."""
        spells = self.delegated.get((person, capacity), ())
        return next((one.holder for one in spells if one.first <= on < one.before), "")

    def person(self, person_id: str) -> str:
        """The person's name, else the id."""
        return self.people.get(person_id, person_id)

    def body(self, body_id: str) -> str:
        """The body's name, else the id."""
        return self.bodies.get(body_id, body_id)

    def subject(self, review_id: str) -> str:
        """The name of the person or body a review is about, from the id of the review."""
        _, kind, subject = (*review_id.split(".", 2), "", "")[:3]
        return self.person(subject) if kind in ("member", LEADER) else self.body(subject or review_id)

    def whose(self, review_id: str, language: str) -> str:
        """The subject's name, where reviews stand together: who leads may have one as a member beside it."""
        name = self.subject(review_id)
        if review_id.split(".", 2)[1:2] != [LEADER]:
            return name
        return f"{name} {AS_LEADER[1] if language == 'en' else AS_LEADER[0]}"


def names_on(
    connection: Connection, day: date, *, people: Iterable[str] = (), bodies: Iterable[str] = ()
) -> Names:
    """The names these ids had on a day; where the roster has none for that day, the nearest it knows.

    Asks set by set, never id by id. A person whose name was erased is shown by the id; one outside the roster
    by the label of the account.
    """
    wanted = set(people) - {""}
    known = _names(connection, _PEOPLE, wanted, day)
    return Names(
        known | _labels(connection, wanted - known.keys()),
        _names(connection, _BODIES, set(bodies), day),
    )


def _labels(connection: Connection, people: set[str]) -> dict[str, str]:
    """What those are called who have an account and no row in the roster, such as an administrator."""
    if not people:
        return {}
    rows = _LABELS.all(connection, {"ids": sorted(people)})
    return {row.person: row.label for row in rows}


def _names(connection: Connection, named: Prepared, ids: set[str], day: date) -> dict[str, str]:
    wanted = sorted(ids - {""})
    if not wanted:
        return {}
    found: dict[str, tuple[int, str]] = {}
    for natural_id, name, valid_from, valid_to in named.all(connection, {"ids": wanted}):
        away = _days_away(day, valid_from, valid_to)
        if name is not None and (natural_id not in found or away < found[natural_id][0]):
            found[natural_id] = (away, name)
    return {natural_id: name for natural_id, (_, name) in found.items()}


def _named(table: Table, key: str) -> Prepared:
    chosen = select(table.c[key], table.c.name, table.c.valid_from, table.c.valid_to)
    return Prepared(chosen.where(among(table.c[key], "ids"), table.c.superseded_at.is_(None)))


_PEOPLE, _BODIES = _named(PEOPLE, "person_id"), _named(ORGANISATIONS, "organisation_id")
_LABELS = Prepared(
    select(ACCOUNTS.c.person, ACCOUNTS.c.label).where(among(ACCOUNTS.c.person, "ids"), ACCOUNTS.c.label != "")
)


def _days_away(day: date, valid_from: date, valid_to: date | None) -> int:
    """0 inside the period (its end is exclusive), else the days to its nearer end."""
    if day < valid_from:
        return (valid_from - day).days
    if valid_to is not None and day >= valid_to:
        return (day - valid_to).days + 1
    return 0


def sorted_by_name(names: Mapping[str, str]) -> list[str]:
    """The ids of these names in the order of a roll; namesakes by id."""
    return sorted(names, key=lambda natural_id: (name_key(names[natural_id]), natural_id))


def name_key(name: str) -> Key:
    """Sorts by given name, then family name, then the names between, letters before tones.

    "Nguyễn Văn An" comes before "Bùi Thị Ánh", as on a roll in Vietnam; NFC and NFD are the same name.
    """
    parts = unicodedata.normalize("NFC", name).casefold().split()
    return tuple(_word_key(part) for part in (*parts[-1:], *parts[:-1]))


@lru_cache(maxsize=8_192)  # a roll has few words: every tenth person is a Nguyễn
def _word_key(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    letters: list[int] = []
    tones: list[int] = []
    for character in word:
        base, *marks = tuple(unicodedata.normalize("NFD", character))
        letter = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark in _LETTER_MARKS))
        place = _ALPHABET.find(letter)
        letters.append(place if place >= 0 else len(_ALPHABET) + ord(letter[0]))
        tones.append(next((_TONES[mark] for mark in marks if mark in _TONES), 0))
    return tuple(letters), tuple(tones)


def plain(text: str) -> str:
    """Lower case without marks, đ as d: what a search without accents compares."""
    return " ".join(without_marks(text.casefold()).split())


def without_marks(text: str) -> str:
    """The letters without their marks, đ as d; everything else as it is."""
    spread = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in spread if not unicodedata.combining(c))
