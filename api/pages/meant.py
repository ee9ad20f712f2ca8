"""Whom and which body a form means: a code as it is, a name where only one person or body has it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from api.asking import scope_of
from api.pages.typed import Typed
from api.pages.visits import Visit
from handlers.access.gathered import known_ids
from handlers.found_by_name import bodies_named, people_at

SHOWN_MAX = 5
"""So many of those who may be meant are named with their codes."""


def person_meant(visit: Visit, connection: Connection, typed: Typed, name: str) -> str:
    """The person's code; where nobody or several are meant, `typed.errors` says so."""
    text = typed.text(name)
    if not text or known_ids(connection, (text,), visit.today):
        return text
    found = people_at(connection, scope_of(visit.service, visit.known), text)
    return _the_one(visit, typed, name, [(one.person, one.name) for one in found])


def body_meant(visit: Visit, connection: Connection, typed: Typed, name: str) -> str:
    """The body's code; likewise."""
    text = typed.text(name)
    if not text or known_ids(connection, (text,), visit.today):
        return text
    found = bodies_named(connection, scope_of(visit.service, visit.known), text)
    return _the_one(visit, typed, name, [(one.body, one.name) for one in found])


def _the_one(visit: Visit, typed: Typed, name: str, found: Sequence[tuple[str, str]]) -> str:
    _ = visit.words.gettext
    if len(found) == 1:
        return found[0][0]
    if not found:
        typed.wrong(name, _("Không tìm thấy tên hay mã này trong phạm vi của bạn."))
        return ""
    shown = ", ".join(f"{told} ({code})" for code, told in sorted(found, key=lambda one: one[1])[:SHOWN_MAX])
    typed.wrong(name, _("Có nhiều nơi khớp, hãy ghi mã: %(found)s.") % {"found": shown})
    return ""
