"""Who acts: the one place that turns a request into an Actor.

In development mode the acting person is named by the asker, in the header `X-Kiemdiem-Actor` or in a cookie:

    secretary@CB03:0012         role @ body : person

Elsewhere `app.state.actors` is the sign-in of api/sign_in/signed_in.py; routes ask `acting` only.
"""

from __future__ import annotations

import re
from typing import Annotated, Protocol
from urllib.parse import quote, unquote

from fastapi import Depends, Request, Response
from fastapi.security import APIKeyHeader

from states.roles import Role
from workflow.commands.asking import Actor

HEADER = "X-Kiemdiem-Actor"
COOKIE = "kiemdiem_actor"

FORM = re.compile(
    r"(?P<role>[a-z_]{1,40})@(?P<body>[A-Za-z0-9][A-Za-z0-9._-]{0,39}):(?P<id>[A-Za-z0-9][A-Za-z0-9._-]{0,39})"
)


class NobodyActs(Exception):
    """The request does not say who acts, or not in a way that counts here.

    `leads_to` is the page where a person can put that right, empty where there is none.
    """

    def __init__(self, vi: str, en: str, *, leads_to: str = "") -> None:
        self.vi, self.en, self.leads_to = vi, en, leads_to
        super().__init__(en)


class TokenReadsOnly(NobodyActs):
    """A token made for reading came with something to be done."""


class Actors(Protocol):
    """Turns a request into the person who acts, or raises NobodyActs."""

    def of(self, request: Request) -> Actor:
        """Who acts in this request."""
        ...


class NamedByTheAsker:
    """Development mode: the request says who acts and is believed."""

    def of(self, request: Request) -> Actor:
        """The actor of the header, else of the cookie."""
        said = request.headers.get(HEADER) or unquote(request.cookies.get(COOKIE, ""))
        if not said:
            raise NobodyActs(
                f"Chưa biết ai đang thao tác. Gửi kèm tiêu đề {HEADER}: <vai>@<tổ chức>:<mã người>.",
                f"Nobody is named as acting. Send the header {HEADER}: <role>@<body>:<person>.",
            )
        return actor_from(said)


def actor_from(text: str) -> Actor:
    """`secretary@CB03:0012` as an Actor. Raises NobodyActs for any other form or an unknown role."""
    found = FORM.fullmatch(text)
    acting = {role.value for role in Role if role is not Role.CLOCK}
    if found is None or found["role"] not in acting:
        roles = ", ".join(sorted(acting))
        raise NobodyActs(
            f"Không đọc được người thao tác; cần <vai>@<tổ chức>:<mã người>, vai là một trong: {roles}.",
            f"The acting person cannot be read; needed is <role>@<body>:<person> with a role of: {roles}.",
        )
    return Actor(id=found["id"], role=Role(found["role"]), body=found["body"])


def actor_text(actor: Actor) -> str:
    """The form `actor_from` reads."""
    return f"{actor.role.value}@{actor.body}:{actor.id}"


def remember_actor(response: Response, actor: Actor) -> None:
    """Let the browser act as this person from now on; development mode only reads it."""
    response.set_cookie(COOKIE, quote(actor_text(actor), safe=""), httponly=True, samesite="strict")


_scheme = APIKeyHeader(
    name=HEADER,
    auto_error=False,
    description="Development mode: `<role>@<body>:<person>`, for example `secretary@CB03:0012`.",
)


def acting(request: Request, _: Annotated[str | None, Depends(_scheme)] = None) -> Actor:
    """Who acts in this request; raises NobodyActs. The dependency every route asks."""
    actors: Actors = request.app.state.actors
    return actors.of(request)


Acting = Annotated[Actor, Depends(acting)]
"""The annotation of a route's parameter that receives the acting person."""
