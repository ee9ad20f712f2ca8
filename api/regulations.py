"""A rulebook by its name, from the service."""

from __future__ import annotations

from api.wiring import Service
from handlers.rulebook_names import book_named
from workflow.rules.rulebook import Rulebook


def book_of(service: Service, name: str) -> Rulebook:
    """The rulebook of this id, or the one a campaign pinned under a hash. Raises NotFound, or the refusal of
    a rulebook of one's own that does not load.
    """
    return book_named(service.engine, service.books, name)
