"""What was typed into a form: read field by field, every wrong one named, nothing lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime

from starlette.datastructures import FormData

from api.pages.format import N_
from api.pages.words import words

TEXT_MAX = 4_000
NUMBER_MAX = 1_000_000
YEARS = (1900, 2100)

EMPTY = N_("Còn trống, hãy điền.")
NO_DAY = N_("Không có ngày này. Ghi theo dạng ngày/tháng/năm, ví dụ 11/01/2017.")
NO_NUMBER = N_("Phải là số nguyên không âm, ví dụ 12.")
TOO_LONG = N_("Dài quá 4.000 ký tự.")
NOT_OFFERED = N_("Không có trong các lựa chọn.")


class Typed:
    """A posted form. Reading a field that is wrong notes its message and gives a neutral value."""

    def __init__(self, form: FormData, language: str) -> None:
        self.form = form
        self.errors: dict[str, str] = {}
        self._speak = words(language).gettext

    def raw(self, name: str) -> str:
        """What was typed, in NFC and without control characters and surrounding spaces."""
        value = self.form.get(name, "")
        text = unicodedata.normalize("NFC", value) if isinstance(value, str) else ""
        kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
        return "".join(kept).strip()

    def text(self, name: str, *, required: bool = True) -> str:
        """A text of at most 4,000 characters."""
        value = self.raw(name)
        if required and not value:
            self.wrong(name, EMPTY)
        if len(value) > TEXT_MAX:
            self.wrong(name, TOO_LONG)
        return value[:TEXT_MAX]

    def one_of(self, name: str, offered: Iterator[str] | tuple[str, ...], *, required: bool = True) -> str:
        """One of the values the form offered."""
        value = self.raw(name)
        if not value and not required:
            return ""
        if value not in tuple(offered):
            self.wrong(name, NOT_OFFERED if value else EMPTY)
            return ""
        return value

    def day(self, name: str, *, required: bool = True) -> date:
        """A day as dd/mm/yyyy, with -, . or / between; `date.min` where it is wrong or left out."""
        value = self.raw(name)
        if not value and not required:
            return date.min
        found = read_day(value)
        if found is None:
            self.wrong(name, NO_DAY if value else EMPTY)
            return date.min
        return found

    def number(self, name: str, *, required: bool = True) -> int:
        """A whole number from 0; 0 where it is wrong or left out."""
        value = self.raw(name)
        if not value and not required:
            return 0
        if not value.isascii() or not value.isdecimal() or len(value) > 7 or int(value) > NUMBER_MAX:
            self.wrong(name, NO_NUMBER if value else EMPTY)
            return 0
        return int(value)

    def tick(self, name: str) -> bool:
        """Whether a tick was set."""
        return bool(self.raw(name))

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may come several times."""
        return tuple(value for value in self.form.getlist(name) if isinstance(value, str))

    def wrong(self, name: str, message: str) -> None:
        """Notes what is wrong with a field; the first word on it stays."""
        self.errors.setdefault(name, self._speak(message))


def read_day(text: str) -> date | None:
    """11/01/2017, 11-1-2017, 11.01.2017 or 2017-01-11 as a day; None where there is no such day."""
    plain = text.strip().replace("-", "/").replace(".", "/")
    for form in ("%d/%m/%Y", "%Y/%m/%d"):
        try:
            found = datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return found if YEARS[0] <= found.year <= YEARS[1] else None
    return None
