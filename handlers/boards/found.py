"""The bodies of a campaign with somebody of a name, asked with or without accents and found by the database.

Each letter asked for becomes the letters that are the same without their marks: "phuong" also finds "Phượng",
by a pattern of character sets, GLOB on SQLite and a regular expression on PostgreSQL. Nothing but the bodies
comes back, whatever the number of people.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from string import ascii_lowercase
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, literal, select

from handlers.access.scope import Within
from handlers.names import plain
from handlers.roster_facts import as_of
from handlers.roster_tables import PEOPLE
from handlers.tables import REVIEWS
from states.review import INDIVIDUAL

SHORTEST: Final = 2
"""Who asks for less than so many letters asks for everybody."""

_MARKED: Final = frozenset("aeiouyd")
"""The letters that carry marks in Vietnamese."""

_MARKED_LETTERS: Final = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))


def bodies_with(
    connection: Connection, within: Within, asked: str, campaign: str, today: date
) -> frozenset[str]:
    """The bodies that review a person of this name or with this id; none for fewer letters than SHORTEST.

    Only reviews that are known by name to whoever asks are looked through.
    """
    if len(plain(asked)) < SHORTEST:
        return frozenset()
    people = select(PEOPLE.c.person_id).where(
        matches(PEOPLE.c.name, asked, connection.dialect.name), as_of(PEOPLE, today)
    )
    rows = connection.execute(
        select(REVIEWS.c.organisation)
        .where(
            REVIEWS.c.subject.in_(people.union_all(select(literal(asked)))),
            REVIEWS.c.campaign == campaign,
            REVIEWS.c.kind == INDIVIDUAL,
            within.named_reviews(),
        )
        .distinct()
    )
    return frozenset(rows.scalars())


def matches(name: ColumnElement[str], asked: str, dialect: str) -> ColumnElement[bool]:
    """Whether a name in the database holds what is asked, marks and case aside.

    SQLite first leaves out what lacks the letters that never carry a mark: LIKE is ten times as fast there.
    """
    letters = plain(asked)
    pattern = "".join(_set(one, dialect) for one in letters)
    if dialect == "postgresql":
        return name.bool_op("~")(pattern)
    loosely = "".join("_" if one in _MARKED or not one.isascii() else one for one in letters)
    escaped = "".join(f"\\{one}" if one in "\\%" else one for one in loosely)
    return and_(name.like(f"%{escaped}%", escape="\\"), name.bool_op("GLOB")(f"*{pattern}*"))


def _set(letter: str, dialect: str) -> str:
    """The pattern of one letter."""
    alike = _alike().get(letter, letter)
    if len(alike) > 1:
        return f"[{alike}]"
    if dialect == "postgresql":
        return re.escape(letter)
    return f"[{letter}]" if letter in "*?[" else letter


@lru_cache(maxsize=1)
def _alike() -> dict[str, str]:
    """For each plain letter the letters that are it without marks, in both cases."""
    found = {letter: letter + letter.upper() for letter in ascii_lowercase}
    for code in _MARKED_LETTERS:
        bare = plain(chr(code))
        if bare in _MARKED:
            found[bare] += chr(code)
    return found
