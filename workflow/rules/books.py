"""The rulebooks there are: those shipped, and those in a committee's own folder beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from workflow.rules.loading import HEADER, SHIPPED, load_rulebook, read_chain
from workflow.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Books:
    """Rulebooks by name.

    `folder` holds layers of one's own, a folder each; a name that is shipped stays the shipped one.
    """

    folder: Path | None = None

    def names(self) -> tuple[str, ...]:
        """Every name there is, in order."""
        own = () if self.folder is None else self.folder.glob(f"*/{HEADER}")
        return tuple(sorted({path.parent.name for path in (*SHIPPED.glob(f"*/{HEADER}"), *own)}))

    def has(self, name: str) -> bool:
        """Whether there is a rulebook of this name."""
        return (self.shelf_of(name) / name / HEADER).is_file()

    def load(self, name: str, opened_on: date | None = None) -> Rulebook:
        """The rulebook of this name; RulebookRefused with everything wrong with it.

        A shipped one is read once; one's own is read anew, since its files may just have been edited.
        """
        shelf = self.shelf_of(name)
        return (
            _shipped(name, opened_on)
            if shelf == SHIPPED
            else load_rulebook(name, opened_on=opened_on, shelf=shelf)
        )

    def regime_of(self, name: str) -> str:
        """The regime below all layers; of a regime itself. RulebookRefused where a folder is missing."""
        return read_chain(name, self.shelf_of(name))[0].name

    def shelf_of(self, name: str) -> Path:
        """The folder in which the rulebook's own folder lies."""
        if self.folder is not None and not (SHIPPED / name / HEADER).is_file():
            return self.folder
        return SHIPPED


@lru_cache(maxsize=32)
def _shipped(name: str, opened_on: date | None) -> Rulebook:
    return load_rulebook(name, opened_on=opened_on)
