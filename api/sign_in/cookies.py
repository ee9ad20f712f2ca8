"""The cookie of a session: sent by our own pages and by links that lead here, read by no script."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.settings import Settings

NAME: Final = "kiemdiem_session"
SECURE_NAME: Final = f"__Host-{NAME}"
"""Under https: browsers take it from this very host over https alone, so no neighbour can plant one."""


def session_token(request: Request) -> str:
    """The token the browser came with, empty without one."""
    return request.cookies.get(_name(request), "")


def give_session(response: Response, request: Request, token: str) -> None:
    """Hand a new session's token to the browser; it is forgotten when the browser is closed.

    Lax, not strict: whoever follows a link in a letter is still signed in; forms of other sites are not sent.
    """
    response.set_cookie(
        _name(request), token, httponly=True, samesite="lax", secure=is_secure(request), path="/"
    )


def take_session(response: Response, request: Request) -> None:
    """Have the browser forget its session."""
    response.delete_cookie(_name(request), httponly=True, samesite="lax", secure=is_secure(request), path="/")


def is_secure(request: Request) -> bool:
    """Whether people reach the service by https, also where a server in front of it ends the encryption."""
    settings: Settings = request.app.state.settings
    return request.url.scheme == "https" or settings.public_url.startswith("https:")


def _name(request: Request) -> str:
    return SECURE_NAME if is_secure(request) else NAME
