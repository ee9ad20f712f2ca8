"""Roles given while the service is being set up: the first administrator, and those of a new town."""

from __future__ import annotations

import secrets
from datetime import date

from handlers.access.gathered import has_administrator
from states.grant import EVERYWHERE
from states.roles import Role
from workflow import clock
from workflow.answer import Answer
from workflow.commands.access import GiveAtSetUp
from workflow.commands.asking import Actor, Request
from workflow.engine import Engine

AT_THE_MACHINE = Actor(id="set-up", role=Role.ADMINISTRATOR, body=EVERYWHERE)
"""Who gives roles at set-up: whoever has the machine the service runs on; no person of the roster."""


def there_is_an_administrator(engine: Engine) -> bool:
    """Whether anybody holds the role of administrator today."""
    with engine.database.read() as connection:
        return has_administrator(connection, today_of(engine))


def grant_first_administrator(engine: Engine, person: str, *, document: str) -> Answer:
    """Make a person administrator of the whole service; AlreadyThere as soon as there is an administrator.

    Of two who try at the same moment the second is refused.
    """
    command = _given(engine, person, Role.ADMINISTRATOR, EVERYWHERE, document, as_the_first=True)
    return engine.handle(Request(command=command, actor=AT_THE_MACHINE))


def give_at_set_up(
    engine: Engine,
    person: str,
    role: Role,
    body: str,
    *,
    document: str,
    first: date | None = None,
    last: date | None = None,
) -> Answer:
    """Give a role before any campaign that touches the body is open; `first` is today where it is left out.

    It is an event like any other grant. Raises BadInput once a campaign is open, for a body that is not
    there, and for days in the wrong order.
    """
    command = _given(engine, person, role, body, document, first=first, last=last)
    return engine.handle(Request(command=command, actor=AT_THE_MACHINE))


def _given(
    engine: Engine,
    person: str,
    role: Role,
    body: str,
    document: str,
    *,
    first: date | None = None,
    last: date | None = None,
    as_the_first: bool = False,
) -> GiveAtSetUp:
    return GiveAtSetUp(
        grant=f"G-{secrets.token_hex(6)}",
        person=person,
        role=role,
        body=body,
        first=first or today_of(engine),
        last=last,
        document=document,
        as_the_first=as_the_first,
    )


def today_of(engine: Engine) -> date:
    """This day in Vietnam, by the engine's clock."""
    return engine.now().astimezone(clock.ZONE).date()
