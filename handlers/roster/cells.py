"""Reads single cells: identifiers, names, days, yes or no, and words from a closed list."""

from __future__ import annotations

import calendar
import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from handlers.roster.text import cleaned, folded
from handlers.roster.workbook import Cell

Choice = TypeVar("Choice", bound=StrEnum)

FIRST_YEAR = 1900
LAST_YEAR = 2100
NAME_LENGTH_MAX = 200

_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d+)")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_SPELT_DAY = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d+)")
_MONTH_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{4}")
_YEAR = re.compile(r"\d{4}")
_IDENTIFIER = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,31}")
_ZERO_FORMAT = re.compile(r"0+")
_YES = frozenset({"co", "x", "yes", "y", "true", "1", "dung", "v"})
_NO = frozenset({"khong", "no", "n", "false", "0", "k"})
_SERIAL_EPOCH = date(1899, 12, 30)


class CellWrong(Exception):
    """A cell that cannot be read; `kind` is a key of `CELL_SENTENCES`, with the facts its sentence needs."""

    def __init__(self, kind: str, **facts: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts = tuple((name, str(value)) for name, value in facts.items())


def read_text(cell: Cell) -> str:
    """The cleaned text of a cell, "" when blank; raises `CellWrong` for errors and unanswered formulas."""
    if cell.is_formula_without_value:
        raise CellWrong("formula_without_value")
    if cell.is_error:
        raise CellWrong("error_value")
    text = cleaned(cell.shown)
    if len(text) > NAME_LENGTH_MAX:
        raise CellWrong("too_long", length=len(text), limit=NAME_LENGTH_MAX)
    return text


def read_name(cell: Cell) -> str:
    """A name in NFC. Anything a name never holds (an = sign, angle brackets, control characters) is wrong."""
    text = read_text(cell)
    odd = sorted({character for character in text if not _in_names(character)})
    if odd:
        raise CellWrong("odd_characters", characters=" ".join(odd))
    return text


def read_identifier(cell: Cell, width: int | None = None) -> str:
    """An identifier in capitals, blanks inside taken out ("049 012 337" is "049012337").

    Leading zeros stay: text is taken as it is, a number formatted "0000" is padded as shown. A plain
    number shorter than `width`, the one width its column is written in, has probably lost its zeros and
    is reported, not guessed.
    """
    if isinstance(cell.value, bool):
        raise CellWrong("id_characters")
    if isinstance(cell.value, int | float) and not cell.is_error:
        if cell.value != int(cell.value) or not 0 <= cell.value < 10**15:
            raise CellWrong("id_not_whole")
        digits = str(int(cell.value))
        if _ZERO_FORMAT.fullmatch(cell.number_format):
            return digits.zfill(len(cell.number_format))
        if width is not None and len(digits) < width:
            raise CellWrong("leading_zeros_lost", suggestion=digits.zfill(width), width=width)
        return digits
    text = read_text(cell).replace(" ", "").upper()
    if text and not _IDENTIFIER.fullmatch(text):
        raise CellWrong("id_characters")
    return text


def declared_width(cells: Iterable[Cell]) -> int | None:
    """The number of digits a column of identifiers is written in: where all its digits-only texts and
    "0000" numbers agree on one and some begin with 0; None where they do not.
    """
    widths: set[int] = set()
    begins_with_zero = False
    for cell in cells:
        if isinstance(cell.value, str):
            text = cleaned(cell.value).replace(" ", "")
            if not (text.isascii() and text.isdigit()):
                continue
        elif isinstance(cell.value, int) and _ZERO_FORMAT.fullmatch(cell.number_format):
            text = str(cell.value).zfill(len(cell.number_format))
        else:
            continue
        widths.add(len(text))
        begins_with_zero = begins_with_zero or text.startswith("0")
    return widths.pop() if len(widths) == 1 and begins_with_zero else None


def read_day(cell: Cell) -> date | None:
    """A day: a real Excel date (1900 or 1904), or text dd/mm/yyyy, also with . or -, spelt out, or yyyy-mm-
    dd.

    None when blank. The day always stands before the month; two-digit years are wrong rather than guessed.
    """
    if isinstance(cell.value, datetime):
        return _in_range(cell.value.date())
    if isinstance(cell.value, date):
        return _in_range(cell.value)
    if isinstance(cell.value, bool | timedelta):
        raise CellWrong("not_a_date")
    if isinstance(cell.value, int | float) and not cell.is_error:
        return _day_of_number(cell.value)
    text = unicodedata.normalize("NFKC", read_text(cell))
    if not text:
        return None
    if match := _DAY_MONTH_YEAR.fullmatch(text):
        return _day(*match.groups())
    if match := _YEAR_MONTH_DAY.fullmatch(text):
        year, month, day = match.groups()
        return _day(day, month, year)
    if match := _SPELT_DAY.fullmatch(folded(text)):
        return _day(*match.groups())
    if _MONTH_YEAR.fullmatch(text):
        raise CellWrong("day_missing")
    if _YEAR.fullmatch(text):
        raise CellWrong("day_and_month_missing")
    raise CellWrong("not_a_date")


def read_yes_no(cell: Cell) -> bool | None:
    """Yes or no; None when blank, which means not known."""
    if isinstance(cell.value, bool):
        return cell.value
    text = folded(read_text(cell))
    if not text:
        return None
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise CellWrong("not_yes_or_no")


class Words(Generic[Choice]):
    """A closed list and every name its words are known by; the first name of each is the one we print."""

    def __init__(self, names: Mapping[Choice, tuple[str, ...]]) -> None:
        self.names = names
        self.printed = ", ".join(words[0] for words in names.values())
        self._known: dict[str, Choice] = {}
        for choice, words in names.items():
            for word in (*words, choice.value):
                self._known.setdefault(folded(word), choice)

    def read(self, cell: Cell) -> Choice | None:
        """The word a cell means, compared loosely; None when blank."""
        text = folded(read_text(cell))
        if not text:
            return None
        if text in self._known:
            return self._known[text]
        close = difflib.get_close_matches(text[:60], self._known, n=1, cutoff=0.75)
        if close:
            suggestion = self.names[self._known[close[0]]][0]
            raise CellWrong("not_a_choice_suggested", suggestion=suggestion, choices=self.printed)
        raise CellWrong("not_a_choice", choices=self.printed)


def day_text(day: date) -> str:
    """A day as people write it: 05/01/2017."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def _in_names(character: str) -> bool:
    return character in " .,-–'’“”/&():" or unicodedata.category(character)[0] in "LMN"


def _day_of_number(number: int | float) -> date:
    if number == int(number) and FIRST_YEAR <= number <= LAST_YEAR:
        raise CellWrong("day_and_month_missing")
    if 1 <= number < 73_000:
        raise CellWrong("number_not_date", suggestion=day_text(_SERIAL_EPOCH + timedelta(days=int(number))))
    raise CellWrong("not_a_date")


def _day(day_digits: str, month_digits: str, year_digits: str) -> date:
    if len(year_digits) != 4:
        raise (
            CellWrong("short_year", digits=len(year_digits))
            if len(year_digits) < 4
            else CellWrong("not_a_date")
        )
    day, month, year = int(day_digits), int(month_digits), int(year_digits)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellWrong("year_out_of_range", year=year)
    if not 1 <= month <= 12:
        raise CellWrong("no_such_month", month=month)
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise CellWrong("no_such_day", month=month, year=year, days=days)
    return date(year, month, day)


def _in_range(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellWrong("year_out_of_range", year=day.year)
    return day
