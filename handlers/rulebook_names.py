"""A rulebook by its name: as it is shipped or lies in one's own folder, or as a campaign pinned it."""

from __future__ import annotations

import re

from workflow import kept_rulebooks
from workflow.engine import Engine, unusable
from workflow.errors import NotFound
from workflow.rules.books import Books
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook

HASH = re.compile(r"[0-9a-f]{64}")


def book_named(engine: Engine, books: Books, name: str) -> Rulebook:
    """The rulebook of this id, or the one a campaign pinned under a hash. Raises NotFound.

    A rulebook of one's own that does not load is refused with everything wrong with it.
    """
    if HASH.fullmatch(name):
        with engine.database.read() as connection:
            if kept_rulebooks.body_of(connection, name) is None:
                raise NotFound("rulebook", name)
            return engine.rulebook(connection, name)
    if not books.has(name):
        raise NotFound("rulebook", name)
    try:
        return books.load(name)
    except RulebookRefused as error:
        raise unusable(name, error) from error
