"""Form posts come from our own pages: a token in a same-site cookie, and what the browser says."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hmac import compare_digest
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "kiemdiem_form"


class ForgedForm(Exception):
    """A form that did not come from a page of ours, or from one opened before the browser was closed."""

    vi = (
        "Biểu mẫu này không được gửi từ trang của hệ thống, hoặc trang đã mở quá lâu. Chưa ghi gì. "
        "Mở lại trang rồi gửi lần nữa."
    )
    en = (
        "This form was not sent from a page of the service, or the page is too old. Nothing was written. "
        "Open the page again and send it once more."
    )


def form_token(request: Request) -> str:
    """The token of this browser; a new one where it has none yet."""
    known = request.cookies.get(COOKIE, "")
    return known if len(known) >= 32 else secrets.token_urlsafe(32)


def remember_token(response: Response, request: Request, token: str) -> None:
    """Gives a new token to the browser, readable by no script and sent by no other site."""
    if request.cookies.get(COOKIE) != token:
        response.set_cookie(
            COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/"
        )


def masked(token: str) -> str:
    """The token as one page shows it: another in every answer, so that the length of a compressed page tells
    nothing of it.
    """
    plain = token.encode()
    mask = secrets.token_bytes(len(plain))
    hidden = bytes(one ^ other for one, other in zip(plain, mask, strict=True))
    return urlsafe_b64encode(mask + hidden).decode()


def unmasked(shown: str) -> bytes:
    """The token a page showed; empty where it is none."""
    try:
        both = urlsafe_b64decode(shown.encode())
    except ValueError:
        return b""
    half = len(both) // 2
    return bytes(one ^ other for one, other in zip(both[:half], both[half:], strict=False))


def comes_from_here(request: Request) -> bool | None:
    """Whether the browser says that a page of this host sends it; None where it does not say."""
    origin = request.headers.get("origin")
    return None if origin is None else urlsplit(origin).netloc == request.headers.get("host")


def check_sender(request: Request, token: str) -> None:
    """Raises ForgedForm unless browser and token say that the form is from here."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise ForgedForm
    if comes_from_here(request) is False:
        raise ForgedForm
    known = request.cookies.get(COOKIE, "")
    if not known or not compare_digest(known.encode(), unmasked(token)):
        raise ForgedForm
