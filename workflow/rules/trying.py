"""A layer somebody wrote, tried as text: composed with what it extends, or everything wrong with it.

Nothing is kept: the text lies in a folder of its own for as long as it is read.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from workflow.rules.books import Books
from workflow.rules.composition import Composition, composition
from workflow.rules.loading import HEADER
from workflow.rules.refusals import Problem, RulebookRefused

TEXT_MAX: Final = 200_000
"""Letters of a layer tried at once."""

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_AT_LINE: Final = re.compile(r"\(at line (\d+)")
_MISSHAPEN: Final = (AttributeError, TypeError, KeyError)
_RULE_KEYS: Final = ("id", "rule", "reading")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrong:
    """One thing wrong: the line it stands in, counted from 1 and 0 where none can be named, rule and key."""

    line: int
    rule: str
    key: str
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """What came of it: how it is composed, or what is wrong with it, by line."""

    composed: Composition | None = None
    wrong: tuple[Wrong, ...] = ()


def try_layer(text: str, books: Books) -> Tried:
    """Try a layer that extends one of these books. Never raises for what the text says."""
    if len(text) > TEXT_MAX:
        return Tried(wrong=(_whole("", f"is longer than {TEXT_MAX} letters"),))
    try:
        header = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        return Tried(wrong=(Wrong(line=line, rule="", key="", what=f"is no TOML: {error}"),))
    wrong = tuple(_header_problems(header, text, books))
    if wrong:
        return Tried(wrong=wrong)
    name = str(header["id"])
    with TemporaryDirectory() as shelf:
        folder = Path(shelf) / name
        folder.mkdir()
        (folder / HEADER).write_text(text, encoding="utf-8")
        try:
            return Tried(composed=composition(name, shelf=Path(shelf)))
        except _MISSHAPEN as error:
            # the loader is written for files of ours; a table of another shape than any rulebook has ends it
            what = f"has a table or a value of a shape that no rulebook has ({error})"
            return Tried(wrong=(_whole("", what),))
        except RulebookRefused as refused:
            found = (_placed(problem, name, text) for problem in refused.problems)
            return Tried(wrong=tuple(sorted(found, key=lambda one: (one.line or 10**9, one.rule, one.key))))


def _header_problems(header: dict[str, Any], text: str, books: Books) -> list[Wrong]:
    """What has to be right before a file is looked at: a name, and a shipped regulation below."""
    found = []
    name, extends = header.get("id"), header.get("extends")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        what = "needs a name of small letters, digits and underscores, such as dang_uy_cong_ty"
        found.append(Wrong(line=_line_of(text, "", "id"), rule="", key="id", what=what))
    elif books.has(name):
        what = f"{name} is the name of a regulation there is already"
        found.append(Wrong(line=_line_of(text, "", "id"), rule="", key="id", what=what))
    if not isinstance(extends, str) or not _NAME.fullmatch(extends) or not books.has(extends):
        what = f"names the regulation below; there are: {', '.join(books.names())}"
        found.append(Wrong(line=_line_of(text, "", "extends"), rule="", key="extends", what=what))
    return found


def _placed(problem: Problem, name: str, text: str) -> Wrong:
    own = problem.file.startswith(f"{name}/")
    line = _line_of(text, problem.rule, problem.key) if own or problem.rule else 0
    what = problem.what if own else f"{problem.file}: {problem.what}"
    return Wrong(line=line, rule=problem.rule, key=problem.key, what=what)


def _whole(key: str, what: str) -> Wrong:
    return Wrong(line=0, rule="", key=key, what=what)


def _line_of(text: str, rule: str, key: str) -> int:
    """The line a rule or a key stands in: the key's own behind the rule's name, else the name's, else 0."""
    lines = text.splitlines()
    start = 0
    if rule:
        named = re.compile(rf"\s*(?:{'|'.join(_RULE_KEYS)})\s*=\s*[\"']{re.escape(rule)}[\"']")
        start = next((number for number, line in enumerate(lines, 1) if named.match(line)), 0)
    last = key.rpartition(".")[2]
    if last:
        set_here = re.compile(rf"\s*(?:[\w.]+\.)?{re.escape(last)}\s*=|\s*\[+[\w.]*{re.escape(last)}\]+")
        for number, line in enumerate(lines[start:], start + 1):
            if number > start and start and line.lstrip().startswith("[["):
                break  # the next table is another rule's
            if set_here.match(line):
                return number
    return start
