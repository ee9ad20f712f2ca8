"""A season written as data: a story as worked examples tell it, with what is told of each step."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from handlers.cases.places import Notes, Place, lines_of
from handlers.cases.reading import CaseFile
from handlers.cases.shelves import Shelf
from handlers.cases.stories import Story, read_stories
from handlers.cases.tables import Table
from workflow import clock
from workflow.rules.rule import Both

FOLDER = Path(__file__).parent / "seasons"
"""One file a regime, named after it."""

OF_THE_SEASON = ("rulebook", "opening", "replayed", "shown_at")
"""What a file says beside its story: the rulebook, the first chapter, whose rating is replayed, and when a
demo to click through stands."""

OF_A_STEP = ("chapter", "asks", "says")
"""What is told of a step: the chapter it begins, what was asked where it is refused, a sentence after it."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is told of one step."""

    chapter: Both | None = None
    asks: Both | None = None
    says: Both | None = None


@dataclass(frozen=True, kw_only=True)
class WrittenSeason:
    """A season of one regime, ready to be lived. `told` has one entry a step of the story."""

    story: Story
    told: tuple[Told, ...]
    replayed: str
    shown_at: datetime | None


def written_season(regime: str) -> WrittenSeason:
    """The season of a regime. Raises ValueError with everything in the file that cannot be lived."""
    path = FOLDER / f"{regime}.toml"
    text = path.read_text(encoding="utf-8")
    content = tomllib.loads(text, parse_float=Decimal)
    story = {key: value for key, value in content.items() if key not in OF_THE_SEASON}
    steps = content["step"]
    story["step"] = [{key: step[key] for key in step if key not in OF_A_STEP} for step in steps]
    place, notes, shelf = Place(path.name), Notes(), Shelf()
    file = CaseFile(
        path=path,
        rulebook=shelf.load(content["rulebook"]),
        shelf=shelf,
        cases=(),
        stories=(Table(place, story, (), lines_of(text)),),
        settings={},
        problems=(),
        shows={},
    )
    found = list(read_stories(file, notes))
    if notes.problems:
        raise ValueError("; ".join(problem.sentence("en") for problem in notes.problems))
    told = [Told(**{key: _both(step, key) for key in OF_A_STEP}) for step in steps]
    entered = len(found[0].steps) - len(steps)
    opening = [Told(chapter=_both(content, "opening")), *(Told() for _ in range(entered - 1))]
    shown = content.get("shown_at")
    return WrittenSeason(
        story=found[0],
        told=(*opening, *told),
        replayed=content["replayed"],
        shown_at=shown.replace(tzinfo=clock.ZONE) if isinstance(shown, datetime) else None,
    )


def _both(told: Mapping[str, Any], key: str) -> Both | None:
    return Both(told[key]["vi"], told[key]["en"]) if key in told else None
