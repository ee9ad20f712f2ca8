"""The whole address of a page of ours, as letters carry it."""

from __future__ import annotations


def link(public_url: str, href: str) -> str:
    """The whole address of a page of ours; the front page for what is no path of ours."""
    ours = href.startswith("/") and not href.startswith("//") and href.isprintable() and " " not in href
    return public_url.rstrip("/") + (href if ours else "/")
