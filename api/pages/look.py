"""How somebody likes to read: size of type and light or dark, kept in a cookie of the browser alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from starlette.requests import Request
from starlette.responses import Response

from api.pages.format import N_

COOKIE: Final = "kiemdiem_look"
A_YEAR: Final = 31_536_000

Size = Literal["100", "125", "150", "200"]
Theme = Literal["auto", "light", "dark"]

SIZES: Final[dict[Size, str]] = {
    "100": N_("Vừa"),
    "125": N_("Lớn"),
    "150": N_("Rất lớn"),
    "200": N_("Gấp đôi"),
}
"""Sizes of type in percent of what the browser is set to."""

THEMES: Final[dict[Theme, str]] = {
    "auto": N_("Theo máy"),
    "light": N_("Nền sáng"),
    "dark": N_("Nền tối"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What was chosen; whoever chose nothing reads as the browser is set up."""

    size: Size = "100"
    theme: Theme = "auto"

    @property
    def dark_media(self) -> str:
        """For which medium the dark colours are: never for paper; empty where they are not wanted."""
        media: dict[Theme, str] = {
            "auto": "screen and (prefers-color-scheme: dark)",
            "light": "",
            "dark": "screen",
        }
        return media[self.theme]

    @property
    def scheme(self) -> str:
        """The colour scheme of what the browser draws itself: fields, bars, the empty page."""
        return {"auto": "light dark", "light": "light", "dark": "dark"}[self.theme]


LOOK: Final = Look()


def look_of(request: Request) -> Look:
    """What the browser remembers; anything it cannot be counts as not chosen."""
    size, _, theme = request.cookies.get(COOKIE, "").partition(".")
    return chosen(size, theme)


def chosen(size: str, theme: str) -> Look:
    """The look of these words, each that is none left as it is by itself."""
    sizes: tuple[Size, ...] = get_args(Size)
    themes: tuple[Theme, ...] = get_args(Theme)
    return Look(
        size=next((one for one in sizes if one == size), LOOK.size),
        theme=next((one for one in themes if one == theme), LOOK.theme),
    )


def remember(response: Response, look: Look, *, secure: bool) -> None:
    """Let the browser remember it for a year."""
    response.set_cookie(
        COOKIE,
        f"{look.size}.{look.theme}",
        max_age=A_YEAR,
        httponly=True,
        samesite="lax",
        secure=secure,
        path="/",
    )
