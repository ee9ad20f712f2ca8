"""The pages of docs/ that are printed from the code, and whether those on disk are as the code is now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from api.printed.cases import cases
from api.printed.events import events
from api.printed.lifecycle import lifecycle
from api.printed.permissions import permissions
from api.printed.readings import readings
from api.printed.rules import books, index, rules

PAGES: dict[str, Callable[[], str]] = {
    "lifecycle.md": lifecycle,
    "events.md": events,
    "permissions.md": permissions,
    "cases.md": cases,
    "rules.md": index,
    "rules/readings.md": readings,
    **{f"rules/{name}.md": partial(rules, name) for name in books()},
}
"""File name in docs/ -> what prints it."""


def write(folder: Path) -> list[Path]:
    """Print every page into the folder; returns those that changed."""
    changed = out_of_date(folder)
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGES[path.relative_to(folder).as_posix()](), encoding="utf-8")
    return changed


def out_of_date(folder: Path) -> list[Path]:
    """The pages that are missing or differ from what the code prints now."""
    return [
        folder / name
        for name, printed in PAGES.items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != printed()
    ]
