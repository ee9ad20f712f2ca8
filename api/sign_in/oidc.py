"""The office's own identity server as the settings name it, and the cookie of a browser sent there."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from api.settings import Settings
from api.sign_in.cookies import is_secure
from handlers.accounts.id_tokens import is_installed
from handlers.accounts.identity_attempts import LASTS
from handlers.accounts.identity_server import IdentityServer, Registration, is_here, is_safe
from handlers.courier.links import link
from workflow.errors import BadInput

BEGIN: Final = "/sign-in/oidc"
CALLBACK: Final = "/sign-in/oidc/callback"
"""Where the server sends people back to; what is registered there is this address behind `public_url`."""

_COOKIE: Final = "kiemdiem_identity"


def identity_server_of(settings: Settings, now: Callable[[], datetime]) -> IdentityServer | None:
    """The server the settings name; None without one. It is not asked anything yet.

    Raises BadInput naming the setting that cannot be right, and where the extra is missing.
    """
    issuer = settings.oidc_issuer
    if not issuer:
        return None
    if not is_installed():
        raise BadInput(
            "KIEMDIEM_OIDC_ISSUER",
            issuer,
            "cần phần cài thêm `oidc`, hiện chưa cài: pip install 'kiemdiem[oidc]'.",
            "needs the extra `oidc`, which is not installed: pip install 'kiemdiem[oidc]'.",
        )
    if not (is_safe(issuer) or is_here(issuer)) or not issuer.isprintable() or set(issuer) & set(" ?#"):
        raise BadInput(
            "KIEMDIEM_OIDC_ISSUER",
            issuer,
            "không phải tên máy chủ định danh; cần địa chỉ https, không có ? và #, đúng như máy chủ tự ghi.",
            "names no identity server; needed is its https address without ? and #, as it writes it itself.",
        )
    if not settings.oidc_client_id:
        raise BadInput(
            "KIEMDIEM_OIDC_CLIENT_ID",
            "",
            "còn trống; cần mã mà máy chủ định danh cấp cho hệ thống này.",
            "is empty; needed is the id the identity server gave this service.",
        )
    _check_authority(settings)
    return IdentityServer(
        Registration(
            issuer=issuer,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret.get_secret_value(),
            redirect_uri=link(settings.public_url, CALLBACK),
            ca_file=settings.oidc_ca_file,
        ),
        now,
    )


def identity_server_at(request: Request) -> IdentityServer | None:
    """The server people may sign in through here; None without one."""
    found: IdentityServer | None = request.app.state.identity_server
    return found


def is_at_public_url(request: Request) -> bool:
    """Whether the browser is where the server will send it back to: its cookie is for that name alone."""
    settings: Settings = request.app.state.settings
    return request.url.hostname == urlsplit(settings.public_url).hostname


def browser_secret(request: Request) -> str:
    """What the browser was given when it was sent to the server, empty without it."""
    return request.cookies.get(_name(request), "")


def give_browser_secret(response: Response, request: Request, secret: str) -> None:
    """Lax: the server's answer comes as a link from another site."""
    response.set_cookie(
        _name(request),
        secret,
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
        path="/",
    )


def take_browser_secret(response: Response, request: Request) -> None:
    """Have the browser forget it: whoever came in needs it no more."""
    response.delete_cookie(_name(request), httponly=True, samesite="lax", secure=is_secure(request), path="/")


def _name(request: Request) -> str:
    return f"__Host-{_COOKIE}" if is_secure(request) else _COOKIE


def _check_authority(settings: Settings) -> None:
    if settings.oidc_ca_file is None:
        return
    try:
        ssl.create_default_context(cafile=settings.oidc_ca_file)
    except (OSError, ssl.SSLError) as error:
        raise BadInput(
            "KIEMDIEM_OIDC_CA_FILE",
            str(settings.oidc_ca_file),
            "không phải tệp chứng thư gốc đọc được (dạng PEM).",
            "is no readable file of certificate authorities (PEM).",
        ) from error
