"""Reads a file of cases: what can be run, and everything that cannot, each with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from handlers.cases.facts import facts_of, near
from handlers.cases.judged import Case, DueCase, ListCase, RatingCase, RuleCase
from handlers.cases.places import Notes, Place, Problem, lines_of
from handlers.cases.shelves import Shelf
from handlers.cases.tables import Reader, Table
from workflow.rules.finding import Verdict
from workflow.rules.rating import Standing
from workflow.rules.rule import KINDS
from workflow.rules.rulebook import Rulebook

OUTCOMES = tuple(verdict.value for verdict in Verdict)
HEADER = ("rulebook", "opened_on", "because", "given", "settings_from")
ARRAYS = ("case", "rating", "list", "due", "story")
RULE_KEYS = ("given", *OUTCOMES, "shows", "because")
OF_A_CASE = ("because", "missing", "shows")
RATING_KEYS = (
    "kind", "because", "shows", "given", "facts", "without", "standing", "level", "suggestion", "ceiling",
    "possible", "effect", "missing", "triggered", "trace",
)  # fmt: skip
COMPARED = ("level", "suggestion", "ceiling", "possible", "effect", "missing", "triggered")
LIST_KEYS = ("kind", "because", "shows", "given", "facts", "refused_by", "room")
DUE_KEYS = ("year", "because", "shows", "expect")
DUE_VALUES = ("last", "safe", "day", "word", "gate")
LEVELS_FILE = "-levels"
KIND_WORDS = {"member": "individual", "individual": "individual", "collective": "collective",
              "organisation": "organisation"}  # fmt: skip
"""How a file calls a kind of review."""


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """One file as read. Where there are problems, only the cases without one are among `cases`."""

    path: Path
    rulebook: Rulebook | None
    shelf: Shelf
    cases: tuple[Case, ...]
    stories: tuple[Table, ...]
    settings: Mapping[str, Table]
    problems: tuple[Problem, ...]
    shows: Mapping[str, tuple[str, ...]]
    """By rule id, the readings its table says its cases show."""


def read_file(path: Path, shelf: Shelf, name: str = "") -> CaseFile:
    """Everything a file says; `name` is how it is called in messages."""
    notes = Notes()
    place = Place(name or str(path))
    content, lines = _content(path, notes, place)
    reader = Reader(place, content, lines, notes)
    book = None
    if content:
        named, opened_on = reader.text("rulebook"), reader.day("opened_on")
        book = shelf.rulebook_for(path, named, opened_on, notes.at(place))
        if named is not None:
            shelf = shelf.beside(path, named)
    cases: tuple[Case, ...] = ()
    stories: tuple[Table, ...] = ()
    settings: dict[str, Table] = {}
    if book is not None:
        _check_top(reader, book)
        cases = (*_rules(reader, book), *_ratings(path, reader, book), *_lists(reader, book),
                 *_dues(reader, book))  # fmt: skip
        stories = tuple(reader.tables("story"))
        settings = _settings(path, reader, notes)
    shows = {
        key: tuple(map(str, value.get("shows", ())))
        for key, value in content.items()
        if isinstance(value, Mapping) and "." in key
    }
    return CaseFile(
        path=path,
        rulebook=book,
        shelf=shelf,
        cases=cases,
        stories=stories,
        settings=settings,
        problems=tuple(notes.problems),
        shows=shows,
    )


def _settings(path: Path, reader: Reader, notes: Notes) -> dict[str, Table]:
    """The settings of the file, and those of the files it takes settings from."""
    found: dict[str, Table] = {}
    for name in reader.texts("settings_from"):
        other = Place(str(Path(reader.table.place.file).parent / name))
        content, lines = _content(path.parent / name, notes, other)
        found |= dict(Reader(other, content, lines, notes).named_tables("setting"))
    return found | dict(reader.named_tables("setting"))


def _content(path: Path, notes: Notes, place: Place) -> tuple[dict[str, Any], Mapping[Any, int]]:
    say = notes.at(place)
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text, parse_float=Decimal)
    except (OSError, UnicodeDecodeError) as error:
        say(f"không đọc được: {error}.", f"cannot be read: {error}.")
        return {}, {}
    except tomllib.TOMLDecodeError as error:
        say(
            f"không đúng dạng TOML: {error}. Giờ viết đủ giây (2017-01-10T14:00:00) hoặc trong ngoặc kép.",
            f"is not TOML: {error}. A time is written with seconds (2017-01-10T14:00:00) or in quotes.",
        )
        return {}, {}
    if not content:
        say("tệp trống, không có trường hợp nào.", "is empty: there is no case in it.")
    return content, lines_of(text)


def _check_top(reader: Reader, book: Rulebook) -> None:
    """Names at the top of a file are rules, or one of the few words of the format."""
    ids = {rule.id for rule in book.rules}
    for key, value in reader.table.content.items():
        say = reader.notes.at(reader.table.below(key).place)
        if "." in key:
            if key not in ids:
                say(
                    f"bộ quy định {book.id} không có quy tắc “{key}”.{near(key, ids, 'vi')}",
                    f"the rulebook {book.id} has no rule “{key}”.{near(key, ids, 'en')}",
                )
        elif key not in (*HEADER, *ARRAYS, "setting"):
            quoted = isinstance(value, Mapping) and any(f"{key}.{inner}" in ids for inner in value)
            if quoted:
                inner = next(inner for inner in value if f"{key}.{inner}" in ids)
                say(
                    f'tên quy tắc phải để trong ngoặc kép: ["{key}.{inner}"].',
                    f'the name of a rule stands in quotes: ["{key}.{inner}"].',
                )
            else:
                known = (*HEADER, *ARRAYS, "setting")
                say(
                    f"không hiểu mục “{key}”; có thể viết: {', '.join(known)} hoặc tên một quy tắc.",
                    f"“{key}” is not understood; there are: {', '.join(known)}, or the name of a rule.",
                )


def _rules(reader: Reader, book: Rulebook) -> Iterator[RuleCase]:
    ids = {rule.id for rule in book.rules}
    for rule_id in [key for key in reader.table.content if "." in key and key in ids]:
        rule_reader = reader.below(rule_id)
        if rule_reader is None:
            continue
        rule_reader.only(RULE_KEYS)
        given = rule_reader.mapping("given")
        shows = rule_reader.texts("shows")
        for outcome in OUTCOMES:
            for number, content in enumerate(rule_reader.items(outcome), start=1):
                place = rule_reader.table.place.inside(f"{outcome} {number}")
                case = Reader(place, content, {}, reader.notes)
                facts = {key: value for key, value in content.items() if key not in OF_A_CASE}
                missing = case.texts("missing")
                case.facts_known(missing)
                yield RuleCase(
                    place=place,
                    because=case.text("because") or "",
                    shows=(*shows, *case.texts("shows")),
                    rule=rule_id,
                    outcome=outcome,
                    facts=facts_of({**given, **facts}, reader.notes.at(place)),
                    missing=missing,
                )


def _ratings(path: Path, reader: Reader, book: Rulebook) -> Iterator[RatingCase]:
    """Whole cases: `[[rating]]` with its kind, or `[[case]]` in a file named after the kind."""
    of_file = path.stem.removesuffix(LEVELS_FILE).removesuffix("s") if LEVELS_FILE in path.stem else None
    for key in ("rating", "case"):
        for table in reader.tables(key):
            case = reader.at(table)
            case.only(RATING_KEYS)
            word = case.text("kind") or of_file
            kind = KIND_WORDS.get(word or "")
            scale = book.scale(kind) if kind else None
            if kind is None or scale is None:
                rated = [word for word, kind in KIND_WORDS.items() if book.scale(kind) and word != kind]
                rated += [kind for kind in KINDS if book.scale(kind) and kind != "individual"]
                say = reader.notes.at(table.place)
                say(
                    f"kind = “{word or ''}” không được xếp loại theo {book.id}; có: {', '.join(rated)}.",
                    f"kind = “{word or ''}” is not rated by {book.id}; there are: {', '.join(rated)}.",
                )
                continue
            expected = {name: case.value(name) for name in COMPARED if name in case.table.content}
            expected["standing"] = case.one_of("standing", [s.value for s in Standing]) or "level"
            for name in ("level", "suggestion", "ceiling", "possible"):
                if expected.get(name) == "none":
                    expected[name] = None
                elif name in expected:
                    case.one_of(name, (*scale.levels, "none"))
            if "missing" in expected:
                expected["missing"] = case.texts("missing")
                case.facts_known(expected["missing"])
            if expected["standing"] == "level" and expected.get("level") is None:
                reader.notes.at(table.place)(
                    "không nói kết quả mong đợi: ghi level = … hoặc standing = ….",
                    "does not say what it has to come to: write level = … or standing = ….",
                )
                continue
            yield RatingCase(
                place=table.place,
                because=case.text("because") or "",
                shows=case.texts("shows"),
                kind=kind,
                facts=_facts(reader, case),
                expected=dict(sorted(expected.items(), key=lambda item: item[0] != "standing")),
                trace=case.verdicts("trace", book),
            )


def _facts(reader: Reader, case: Reader) -> Any:
    """What all cases of the file share, then what is the case's own, without what it leaves out."""
    together = {**reader.mapping("given"), **case.mapping("given"), **case.mapping("facts")}
    for name in case.texts("without"):
        if name not in together:
            case.notes.at(case.table.place)(
                f"without: “{name}” không có trong given, không có gì để bỏ.",
                f"without: “{name}” is not given, so there is nothing to leave out.",
            )
        together.pop(name, None)
    return facts_of(together, case.notes.at(case.table.place))


def _lists(reader: Reader, book: Rulebook) -> Iterator[ListCase]:
    for table in reader.tables("list"):
        case = reader.at(table)
        case.only(LIST_KEYS)
        room = case.value("room")
        yield ListCase(
            place=table.place,
            because=case.text("because") or "",
            shows=case.texts("shows"),
            kind=KIND_WORDS[case.one_of("kind", tuple(KIND_WORDS)) or "member"],
            facts=_facts(reader, case),
            refused_by=case.rules("refused_by", book),
            room=None if room == "unknown" else case.number("room"),
            says_room=room is not None,
        )


def _dues(reader: Reader, book: Rulebook) -> Iterator[DueCase]:
    for table in reader.tables("due"):
        case = reader.at(table)
        case.only(DUE_KEYS)
        year = case.number("year")
        if year is None:
            case.missing("year")
            continue
        yield DueCase(
            place=table.place,
            because=case.text("because") or "",
            shows=case.texts("shows"),
            year=year,
            expected=expected_dues(case, "expect", book),
        )


def expected_dues(case: Reader, key: str, book: Rulebook) -> dict[str, dict[str, Any]]:
    """Rule -> what is expected of its due date; a day alone is the last good day."""
    found: dict[str, dict[str, Any]] = {}
    for rule, value in case.mapping(key).items():
        case.rule_known(rule, book)
        inner = case.below_value(f"{key}, {rule}", value if isinstance(value, Mapping) else {"last": value})
        inner.only(DUE_VALUES)
        for name in ("last", "safe", "day"):
            day = inner.value(name)
            if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
                inner.wrong_day(name, day)
        found[rule] = dict(inner.table.content)
    return found
