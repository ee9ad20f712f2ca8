"""Where signing in leads: a page of ours and nowhere else."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

ADDRESS_MAX: Final = 1_000
_NOT_BACK_TO: Final = ("/sign-in", "/sign-out", "/link", "/forgot", "/api", "/live")


def safe_next(address: str) -> str:
    """The address if it is a path of this service that one may be led to, else the first page.

    A path begins with one slash: browsers read `//host`, `/\\host` and a tab between the two as another host.
    """
    plain = address.isprintable() and len(address) <= ADDRESS_MAX and "\\" not in address
    if not plain or not address.startswith("/") or address.startswith("//"):
        return "/"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or parts.path.startswith(_NOT_BACK_TO):
        return "/"
    return address


def with_next(address: str, following: str) -> str:
    """An address that leads on to another one afterwards; plain where that is the first page anyway."""
    going = safe_next(following)
    return address if going == "/" else f"{address}?next={quote(going, safe='')}"
