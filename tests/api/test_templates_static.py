"""Static files: what was written elsewhere is listed with its sum; colours can be read; styles stay small."""

import re
import tomllib
from hashlib import sha256

import pytest

from api.pages.rendering import STATIC_FOLDER, static_address

VENDOR = STATIC_FOLDER / "vendor"
FILES = tomllib.loads((VENDOR / "manifest.toml").read_text("utf-8"))["file"]


def test_every_file_written_elsewhere_is_listed_with_its_licence() -> None:
    present = {path.name for path in VENDOR.iterdir()} - {"manifest.toml"}
    assert {entry["name"] for entry in FILES} == present
    for entry in FILES:
        assert entry["licence"] in {"0BSD", "OFL-1.1", "Apache-2.0"}
        assert (VENDOR / entry["licence_text"]).is_file()


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: entry["name"])
def test_a_vendored_file_is_the_one_that_was_listed(entry: dict[str, str]) -> None:
    assert sha256((VENDOR / entry["name"]).read_bytes()).hexdigest() == entry["sha256"]


def test_the_styles_stay_under_sixty_kilobytes_and_load_only_our_files() -> None:
    styles = [(STATIC_FOLDER / name).read_text("utf-8") for name in ("app.css", "dark.css", "fonts.css")]
    assert sum(len(text.encode()) for text in styles) < 60_000
    for text in styles:
        assert "@import" not in text
        for address in re.findall(r'url\("([^"]+)"\)', text):
            name, _, _ = address.partition("?")
            assert static_address(name) == f"/static/{address}", "a font is asked for by its sum"


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC_FOLDER / "icons.svg").read_text("utf-8")))
    used: set[str] = set()
    for template in (STATIC_FOLDER.parent / "templates").rglob("*.html"):
        used |= set(re.findall(r'icon\("([\w-]+)"', template.read_text("utf-8")))
    assert used
    assert used <= sprite
    assert {f"bars-{count}" for count in (1, 2, 3, 4)} <= sprite


def test_the_address_of_a_static_file_changes_with_its_bytes() -> None:
    digest = sha256((STATIC_FOLDER / "app.css").read_bytes()).hexdigest()
    assert static_address("app.css") == f"/static/app.css?v={digest[:12]}"


def _tokens() -> tuple[dict[str, str], dict[str, str]]:
    light, dark = (
        re.findall(r":root \{(.*?)\}", (STATIC_FOLDER / name).read_text("utf-8"), re.DOTALL)[0]
        for name in ("app.css", "dark.css")
    )
    found = re.compile(r"--(\w+): (#[0-9a-f]{3,6});")
    return dict(found.findall(light)), dict(found.findall(dark))


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


READ_ON = {
    "ink": ("paper", "sheet", "tint", "bluetint", "latetint", "h1", "h2", "h3", "h4", "hdone"),
    "ink2": ("paper", "sheet", "tint", "bluetint", "hdone", "latetint"),
    "ink3": ("paper", "sheet"),
    "blue": ("paper", "sheet", "bluetint", "latetint"),
    "onblue": ("blue",),
    "seal": ("sheet",),
    "ok": ("sheet", "oktint"),
    "warn": ("sheet", "warntint"),
    "late": ("sheet", "latetint"),
}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read_on_every_surface_it_stands_on(theme: int) -> None:
    """WCAG 2.2 AA: 4.5 for text, 3 for the edges of controls and for signs."""
    tokens = _tokens()[theme]
    for text, surfaces in READ_ON.items():
        for surface in surfaces:
            assert _contrast(tokens[text], tokens[surface]) >= 4.5, (text, surface)
    for edge in ("edge", "lateedge", "gold"):
        assert _contrast(tokens[edge], tokens["sheet"]) >= 3, edge


def test_both_themes_name_the_same_colours() -> None:
    light, dark = _tokens()
    assert set(light) == set(dark)
