"""Which rulebook a file of cases is about: a shipped one, one of the user's, or a folder beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from handlers.cases.facts import near
from handlers.cases.places import Say
from workflow.rules.loading import HEADER, SHIPPED, load_rulebook
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook


def shipped() -> tuple[str, ...]:
    """The rulebooks that come with the program, by name."""
    return tuple(folder.name for folder in sorted(SHIPPED.iterdir()) if (folder / HEADER).is_file())


@dataclass
class Shelf:
    """Rulebooks by name: those of a folder first, then the shipped ones. Each is read once."""

    folder: Path | None = None
    _loaded: dict[tuple[Path, str, date | None], Rulebook] = field(default_factory=dict)

    def load(self, name: str, opened_on: date | None = None) -> Rulebook:
        """The rulebook of this name; RulebookRefused with everything wrong with it."""
        return self._load(self._shelf_of(name), name, opened_on)

    def has(self, name: str) -> bool:
        """Whether there is a rulebook of this name."""
        return (self._shelf_of(name) / name / HEADER).is_file()

    def beside(self, file: Path, name: str) -> Shelf:
        """The shelf on which a file finds the rulebook it names: a path is meant from the file's folder."""
        if "/" not in name and "\\" not in name:
            return self
        return Shelf((file.parent / name).resolve().parent, self._loaded)

    def rulebook_for(self, file: Path, name: str | None, opened_on: date | None, say: Say) -> Rulebook | None:
        """The rulebook a file is about: the one it names, else the one its folder is named after."""
        wanted = name if name is not None else file.parent.name
        if name is None and not self.has(wanted):
            say(
                'thiếu dòng cho biết bộ quy định, ví dụ: rulebook = "duk_2016".',
                'does not say which rulebook it is about, such as: rulebook = "duk_2016".',
            )
            return None
        shelf, last = self.beside(file, wanted), Path(wanted).name
        if not shelf.has(last):
            say(
                f"không có bộ quy định “{wanted}”.{near(wanted, shipped(), 'vi')}",
                f"there is no rulebook “{wanted}”.{near(wanted, shipped(), 'en')}",
            )
            return None
        try:
            return shelf.load(last, opened_on)
        except RulebookRefused as refused:
            wrong = "; ".join(map(str, refused.problems))
            say(
                f"bộ quy định “{wanted}” không dùng được: {wrong}.",
                f"the rulebook “{wanted}” cannot be used: {wrong}.",
            )
            return None

    def _shelf_of(self, name: str) -> Path:
        if self.folder is not None and (self.folder / name / HEADER).is_file():
            return self.folder
        return SHIPPED

    def _load(self, shelf: Path, name: str, opened_on: date | None) -> Rulebook:
        key = (shelf, name, opened_on)
        if key not in self._loaded:
            self._loaded[key] = load_rulebook(name, opened_on=opened_on, shelf=shelf)
        return self._loaded[key]
