"""A table of a file of cases, read key by key; what is wrong with a key is noted with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from handlers.cases.facts import near
from handlers.cases.places import Notes, Path, Place, shown
from workflow.rules.facts import VOCABULARY
from workflow.rules.finding import Verdict
from workflow.rules.rulebook import Rulebook


@dataclass(frozen=True)
class Table:
    """A table with its place and the lines of the headers below it."""

    place: Place
    content: Mapping[str, Any]
    path: Path = ()
    lines: Mapping[Path, int] = field(default_factory=dict)

    def below(self, *keys: str | int, content: Any = None, name: str = "") -> Table:
        """The table further down at these keys; its line is that of its header, or of what it stands in."""
        path = (*self.path, *keys)
        place = self.place.inside(name or " ".join(map(str, keys)))
        line = self.lines.get(path, place.line)
        return Table(
            Place(place.file, line, place.name), content if content is not None else {}, path, self.lines
        )


class Reader:
    """Reads one table. Every method notes what is wrong and then gives what is nearest to nothing."""

    def __init__(
        self,
        place: Place,
        content: Mapping[str, Any],
        lines: Mapping[Path, int],
        notes: Notes,
        path: Path = (),
    ) -> None:
        self.table = Table(place, content, path, lines)
        self.notes = notes

    # --- tables below -----------------------------------------------------------------------------

    def at(self, table: Table) -> Reader:
        """A reader of a table further down."""
        return Reader(table.place, table.content, table.lines, self.notes, table.path)

    def below(self, key: str) -> Reader | None:
        """The table under a key; None where it is no table."""
        content = self.table.content[key]
        if not isinstance(content, Mapping):
            self._say(key, "phải là một bảng", "has to be a table", content)
            return None
        return self.at(self.table.below(key, content=content, name=f'["{key}"]' if "." in key else key))

    def below_value(self, name: str, content: Mapping[str, Any]) -> Reader:
        """A table written inside a line."""
        return self.at(Table(self.table.place.inside(name), content, self.table.path, self.table.lines))

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of an array, each named by its number and its `name` or `because`."""
        for number, content in enumerate(self.items(key), start=1):
            title = str(content.get("name", ""))
            name = f"{key} {number}" + (f" “{title}”" if title else "")
            yield self.table.below(key, number, content=content, name=name)

    def named_tables(self, key: str) -> Iterator[tuple[str, Table]]:
        """The tables under a key by their names."""
        for name, content in self.mapping(key).items():
            if isinstance(content, Mapping):
                yield name, self.table.below(key, name, content=content, name=f"{key} {name}")

    def items(self, key: str) -> list[Mapping[str, Any]]:
        """The tables of a list."""
        found = self.table.content.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
            self._say(key, "phải là danh sách các bảng { … }", "has to be a list of tables { … }", found)
            return []
        return found

    # --- values -----------------------------------------------------------------------------------

    def value(self, key: str) -> Any:
        """The value as it is, None where the key is not there."""
        return self.table.content.get(key)

    def text(self, key: str) -> str | None:
        """A text."""
        found: str | None = self._typed(key, str, "chữ trong ngoặc kép", "text in quotes")
        return found

    def number(self, key: str) -> int | None:
        """A whole number."""
        found: int | None = self._typed(key, int, "số nguyên", "a whole number")
        if isinstance(found, bool):
            self._say(key, "phải là số nguyên", "has to be a whole number", found)
            return None
        return found

    def flag(self, key: str) -> bool | None:
        """true or false."""
        found: bool | None = self._typed(key, bool, "true hoặc false", "true or false")
        return found

    def day(self, key: str) -> date | None:
        """A day without a time."""
        found = self.value(key)
        if found is None or (isinstance(found, date) and not isinstance(found, datetime)):
            return found
        self.wrong_day(key, found)
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text stands for a list of one."""
        found = self.value(key)
        if isinstance(found, str):
            return (found,)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            self._say(key, 'phải là danh sách chữ, như ["…"]', 'has to be a list of texts, as ["…"]', found)
            return ()
        return tuple(found)

    def mapping(self, key: str) -> Mapping[str, Any]:
        """A table of names and values."""
        found = self.value(key)
        if found is None:
            return {}
        if not isinstance(found, Mapping):
            self._say(key, "phải là bảng { tên = giá trị }", "has to be a table { name = value }", found)
            return {}
        return found

    def one_of(self, key: str, known: Iterable[str]) -> str | None:
        """A text out of a few."""
        found, known = self.text(key), tuple(known)
        if found is None or found in known:
            return found
        listed = ", ".join(known)
        self._say(key, f"phải là một trong: {listed}", f"has to be one of: {listed}", found)
        return None

    def rules(self, key: str, book: Rulebook) -> tuple[str, ...]:
        """A list of rules of the rulebook."""
        found = self.texts(key)
        for rule in found:
            self.rule_known(rule, book)
        return found

    def verdicts(self, key: str, book: Rulebook) -> dict[str, str]:
        """Rule -> verdict."""
        found = {}
        for rule, verdict in self.mapping(key).items():
            self.rule_known(rule, book)
            if verdict not in [one.value for one in Verdict]:
                listed = ", ".join(one.value for one in Verdict)
                self._say(rule, f"phải là một trong: {listed}", f"has to be one of: {listed}", verdict)
            found[rule] = str(verdict)
        return found

    # --- what is wrong ----------------------------------------------------------------------------

    def only(self, known: Iterable[str]) -> None:
        """Notes every key the format does not have here."""
        known = tuple(known)
        for key in self.table.content:
            if key not in known:
                self.say(
                    f"không có mục “{key}” ở đây.{near(key, known, 'vi')} Có: {', '.join(known)}.",
                    f"there is no “{key}” here.{near(key, known, 'en')} There are: {', '.join(known)}.",
                )

    def rule_known(self, rule: str, book: Rulebook) -> None:
        """Notes a rule the rulebook does not have."""
        ids = [one.id for one in book.rules]
        if rule not in ids:
            self.say(
                f"bộ quy định {book.id} không có quy tắc “{rule}”.{near(rule, ids, 'vi')}",
                f"the rulebook {book.id} has no rule “{rule}”.{near(rule, ids, 'en')}",
            )

    def facts_known(self, names: Iterable[str]) -> None:
        """Notes facts nobody defined."""
        for name in names:
            if name not in VOCABULARY and not name.startswith("calendar "):
                self.say(
                    f"“{name}” không phải là dữ kiện có trong từ điển.{near(name, VOCABULARY, 'vi')}",
                    f"“{name}” is not a fact of the vocabulary.{near(name, VOCABULARY, 'en')}",
                )

    def missing(self, key: str) -> None:
        """Notes a key that has to be there."""
        self.say(f"còn thiếu mục “{key}”.", f"“{key}” is missing.")

    def wrong_day(self, key: str, found: Any) -> None:
        """Notes something that is no day."""
        self._say(key, "phải là ngày, viết 2017-01-10", "has to be a day, written 2017-01-10", found)

    def say(self, vi: str, en: str) -> None:
        """Notes a sentence at this table."""
        self.notes.at(self.table.place)(vi, en)

    def _typed(self, key: str, kind: type, vi: str, en: str) -> Any:
        found = self.value(key)
        if found is None or isinstance(found, kind):
            return found
        self._say(key, f"phải là {vi}", f"has to be {en}", found)
        return None

    def _say(self, key: str, vi: str, en: str, found: Any) -> None:
        self.say(f"{key} {vi}, không phải {shown(found)}.", f"{key} {en}, not {shown(found)}.")
