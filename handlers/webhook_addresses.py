"""Where a webhook may lead: https to the world; to this machine and private networks only by a setting."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from workflow.errors import BadInput

URL_MAX = 500
PRIVATE_SETTING = "KIEMDIEM_WEBHOOK_PRIVATE"


def check_url(url: str, *, private: bool) -> SplitResult:
    """The address in its parts. Raises BadInput for one no webhook may have, with the rule it breaks.

    Where the host is a name, what the name leads to is judged again each time it is called (`check_host`).
    """
    parts = _parts(url)
    if not parts.hostname or parts.scheme not in ("https", "http") or not url.isascii() or len(url) > URL_MAX:
        raise BadInput(
            "url",
            url[:URL_MAX],
            "không phải địa chỉ webhook; cần dạng https://may-chu/duong-dan, chỉ gồm chữ không dấu.",
            "is no address of a webhook; needed is https://host/path in plain letters.",
        )
    if parts.username is not None or parts.fragment or any(c.isspace() or not c.isprintable() for c in url):
        raise BadInput(
            "url",
            parts.hostname,
            "không được kèm tên đăng nhập, dấu # hay khoảng trắng; lời gọi được ký bằng khóa riêng.",
            "takes no user name, no # and no space; calls are signed with a secret of their own.",
        )
    host = _literal(parts.hostname)
    if host is not None:
        check_host(parts, [host], private=private)
    elif parts.scheme == "http" and not (private and parts.hostname == "localhost"):
        raise _needs_https(parts)
    return parts


def check_host(
    parts: SplitResult, found: Iterable[ipaddress.IPv4Address | ipaddress.IPv6Address], *, private: bool
) -> None:
    """Raises BadInput unless every machine the name leads to is one that may be called."""
    everywhere = all(one.is_global and not one.is_multicast for one in found)
    if everywhere and parts.scheme == "http":
        raise _needs_https(parts)
    if not everywhere and not private:
        raise BadInput(
            "url",
            parts.hostname or "",
            f"dẫn tới máy này hoặc mạng nội bộ; muốn dùng thì đặt {PRIVATE_SETTING}=1.",
            f"leads to this machine or a private network; to allow that, set {PRIVATE_SETTING}=1.",
        )


def machines(parts: SplitResult) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """What the host leads to now. Raises OSError where the name is not known."""
    host = parts.hostname or ""
    found = socket.getaddrinfo(host, parts.port or (443 if parts.scheme == "https" else 80))
    return [ipaddress.ip_address(str(address[0]).partition("%")[0]) for *_, address in found]


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # asking raises for a port that is none
    except ValueError:
        return urlsplit("")
    return parts


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _needs_https(parts: SplitResult) -> BadInput:
    return BadInput(
        "url",
        parts.hostname or "",
        f"phải dùng https; http chỉ được dùng trong máy này hoặc mạng nội bộ, khi {PRIVATE_SETTING}=1.",
        f"has to be https; http is for this machine or a private network alone, with {PRIVATE_SETTING}=1.",
    )
