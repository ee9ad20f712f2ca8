"""The seasons as they are written in this folder, and each as a story that can be lived."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from handlers.cases.places import Notes, Place, lines_of
from handlers.cases.reading import CaseFile
from handlers.cases.shelves import Shelf
from handlers.cases.stories import Story, read_stories
from handlers.cases.tables import Table

FOLDER: Final = Path(__file__).parent
LAYERS: Final = FOLDER / "layers"
SEASONS: Final = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))

BESIDE_THE_STORY: Final = ("rulebook", "from", "to", "holiday", "worked", "owed", "asked", "not_owed")
"""What a file says beside its story."""


@cache
def read(name: str) -> dict[str, Any]:
    """A season as it is written; days are dates."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def story(name: str) -> Story:
    """The roster, the opening and the steps of a season, ready to be lived; ValueError where they are not."""
    path = FOLDER / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    content = tomllib.loads(text, parse_float=Decimal)
    told = {key: value for key, value in content.items() if key not in BESIDE_THE_STORY}
    told.setdefault("step", [])
    place, notes, shelf = Place(path.name), Notes(), Shelf(LAYERS)
    file = CaseFile(
        path=path,
        rulebook=shelf.load(content["rulebook"]),
        shelf=shelf,
        cases=(),
        stories=(Table(place, told, (), lines_of(text)),),
        settings={},
        problems=(),
        shows={},
    )
    found = list(read_stories(file, notes))
    if notes.problems:
        raise ValueError("; ".join(problem.sentence("en") for problem in notes.problems))
    return found[0]
