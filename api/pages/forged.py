"""Form posts come from our own pages: a token in a same-site cookie, and what the browser says."""

from __future__ import annotations

import secrets
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


def check_sender(request: Request, token: str) -> None:
    """Raises ForgedForm unless browser and token say that the form is from here."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise ForgedForm
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise ForgedForm
    known = request.cookies.get(COOKIE, "")
    if not known or not compare_digest(known.encode(), token.encode()):
        raise ForgedForm
