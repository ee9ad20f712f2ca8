"""The gate before every route: the row of its address in the table of permissions, then the scope.

Nobody sees what is public and is otherwise asked who he is (NobodyActs). A role without the act, and a thing
outside the scope, are answered like what does not exist; the running of the service alone says who may.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from fastapi import Request
from sqlalchemy import Connection

from api.actors import Actors
from api.asking import scope_of
from api.bodies import ID
from api.permissions import API, BY_ROUTE, About, Row
from handlers.access.scope import Scope
from handlers.access.things import check, check_review
from workflow.commands.asking import Actor
from workflow.errors import NotAllowed, NotFound

Named = Mapping[str, str]

_OPEN: Final = (About.ANYBODY, About.ACCOUNT)
"""Where no capacity is asked for: what is public, and what an account does before it has one."""

_WELL_FORMED: Final = re.compile(ID)


def gate(request: Request) -> None:
    """Raise NobodyActs, NotFound or NotAllowed unless the table and the scope let this request pass."""
    row = row_of(request)
    if row.about in _OPEN:
        return
    actors: Actors = request.app.state.actors
    actor = actors.of(request)
    named = _named(request, row)
    if actor.role not in row.by:
        raise _without(row, actor, named)
    look = _LOOKS.get(row.about)
    if look is None:
        return
    for what, name in named.items():
        if not _WELL_FORMED.fullmatch(name):
            raise NotFound(what, name[:100])  # nothing can be called so, and no database is asked
    service = request.app.state.service
    with service.database.read() as connection:
        look(connection, scope_of(service, actor), named)


def is_public(request: Request) -> bool:
    """Whether nobody has to act as somebody for this address."""
    return row_of(request).about in _OPEN


def row_of(request: Request) -> Row:
    """The row of the address asked. A route without one is a fault of the program, never a way in."""
    path: str = request.scope["route"].path
    if request.url.path.startswith(f"{API}/") and not path.startswith(f"{API}/"):
        path = f"{API}{path}"  # a nested router tells its own part alone
    method = "GET" if request.method == "HEAD" else request.method
    row = BY_ROUTE.get(f"{method} {path}")
    if row is None:
        raise AssertionError(f"{method} {path} has no row in api/permissions.py, so nobody may ask it")
    return row


def _named(request: Request, row: Row) -> Named:
    """What the address names, in its path or, for lists and sums, behind the question mark."""
    asked = {name: request.query_params.get(name, "") for name in _ASKED.get(row.about, ())}
    named = {**asked, **{name: str(value) for name, value in request.path_params.items()}}
    return {name: value for name, value in named.items() if name in _NOUNS and value}


_ASKED: Final[Mapping[About, tuple[str, ...]]] = {
    About.CAMPAIGN: ("campaign",),
    About.SUMS: ("organisation",),
}


_NOUNS: Final = ("review", "meeting", "ballot", "submission", "plan", "reward", "organisation", "campaign")
"""Names that are looked for, the narrowest first."""


def _without(row: Row, actor: Actor, named: Named) -> NotAllowed | NotFound:
    """The answer to a role that has not got the act."""
    for what in _NOUNS:
        if what in named:
            return NotFound(what, named[what])
    return NotAllowed(actor.body, row.act, actor.role, actor.body, row.by, actor.body)


def _campaign(connection: Connection, scope: Scope, named: Named) -> None:
    if "campaign" in named:
        scope.within(connection, named["campaign"])


def _whole(connection: Connection, scope: Scope, named: Named) -> None:
    if not scope.within(connection, named["campaign"]).whole:
        raise NotFound("campaign", named["campaign"])


def _sums(connection: Connection, scope: Scope, named: Named) -> None:
    """The body named behind the question mark, else the whole; for routes that do cut by the name alone."""
    (_body if "organisation" in named else _whole)(connection, scope, named)


def _body(connection: Connection, scope: Scope, named: Named) -> None:
    scope.within(connection, named["campaign"]).body(connection, named["organisation"])


def _review(connection: Connection, scope: Scope, named: Named) -> None:
    check_review(connection, scope, named["review"])


def _thing(what: str) -> Callable[[Connection, Scope, Named], None]:
    return lambda connection, scope, named: check(connection, scope, what, named[what])


_LOOKS: Final[Mapping[About, Callable[[Connection, Scope, Named], None]]] = {
    About.CAMPAIGN: _campaign,
    About.WHOLE: _whole,
    About.SUMS: _sums,
    About.BODY: _body,
    About.REVIEW: _review,
    About.NAMED: _thing("review"),
    About.MEETING: _thing("meeting"),
    About.BALLOT: _thing("ballot"),
    About.SUBMISSION: _thing("submission"),
    About.PLAN: _thing("plan"),
    About.REWARD: _thing("reward"),
}
"""What is looked for, by what an address is about; for the rest the role decides, or the command tells."""
