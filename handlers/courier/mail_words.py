"""A letter in words: subject, plain text and simple HTML, in Vietnamese or English.

What is said of a line: what to do, for which body, until when, by which clause, and where to go for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

import msgspec

from handlers.courier.bodies import Body, Line, body_of
from handlers.courier.links import link
from handlers.names import Names
from handlers.telling.owed import due_words, rung_words, task


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A letter ready for its envelope."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """One line in words; `notes` are its small print, in the order they are read."""

    what: str
    notes: tuple[str, ...]
    link: str


def bodies_named(texts: Iterable[str]) -> set[str]:
    """The ids of every body these letters speak of; none for a letter that cannot be read."""
    named: set[str] = set()
    for text in texts:
        try:
            named.update(line.organisation for line in body_of(text).lines)
        except msgspec.MsgspecError:
            continue
    return named


def write(body: Body, language: str, names: Names, public_url: str) -> Written:
    """The letter. Overdue lines come first, then by their last safe day."""
    lines = sorted(body.lines, key=lambda line: (not _overdue(line, body.day), line.safe_on, line.due_on))
    told = [_told(line, language, names, public_url) for line in lines]
    subject = _subject(body, language)
    opening = _both(
        language,
        f"{subject}.",
        f"{subject}.",
    )
    closing = _both(
        language,
        "Thư tự động, không trả lời được. Trong thư không có tên người và không có mức xếp loại.",
        "Sent automatically; it takes no answers. It holds no person's name and no level.",
    )
    return Written(
        subject=subject,
        text="\n".join(_plain(opening, told, closing)) + "\n",
        html=_html(language, subject, opening, told, closing),
    )


def one_line(text: str) -> str:
    """Text from the roster without breaks or control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _subject(body: Body, language: str) -> str:
    tasks, overdue = len(body.lines), sum(_overdue(line, body.day) for line in body.lines)
    day = _day(body.day)
    if body.form == "weekly":
        lead = _both(language, f"Tổng hợp tuần đến {day}", f"The week up to {day}")
    else:
        lead = _both(language, f"Nhắc việc {day}", f"Reminders {day}")
    counted = _both(language, f"{tasks} việc", f"{tasks} {'task' if tasks == 1 else 'tasks'}")
    late = _both(language, f", {overdue} quá hạn", f", {overdue} overdue") if overdue else ""
    return f"{lead}: {counted}{late}"


def _overdue(line: Line, day: date) -> bool:
    return day > line.due_on


def _told(line: Line, language: str, names: Names, public_url: str) -> _Told:
    what = f"{task(line.gate, line.kind, line.items, language)}: {one_line(names.body(line.organisation))}"
    notes = [due_words(line.due_on, line.safe_on, line.hour, language)]
    if line.rung:
        notes.append(rung_words(line.rung, language))
    if line.late and line.rung_on:
        on = _day(line.rung_on)
        notes.append(_both(language, f"Nhắc muộn, lẽ ra ngày {on}", f"Told late: it was for {on}"))
    if line.cite:
        notes.append(_both(language, f"Căn cứ: {one_line(line.cite)}", f"Clause: {one_line(line.cite)}"))
    return _Told(what=what, notes=tuple(notes), link=link(public_url, line.href))


def _plain(opening: str, told: list[_Told], closing: str) -> Iterator[str]:
    yield opening
    for number, one in enumerate(told, start=1):
        yield ""
        yield f"{number}. {one.what}"
        for note in one.notes:
            yield f"   {note}"
        yield f"   {one.link}"
    yield ""
    yield closing


def _html(language: str, title: str, opening: str, told: list[_Told], closing: str) -> str:
    rows = "".join(
        f'<li style="margin-bottom:12px"><a href="{escape(one.link)}">{escape(one.what)}</a>'
        + "".join(f"<br>{escape(note)}" for note in one.notes)
        + "</li>"
        for one in told
    )
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>"
        '<body style="font-family:sans-serif;font-size:16px;line-height:1.5">'
        f"<p>{escape(opening)}</p><ol>{rows}</ol><p>{escape(closing)}</p></body></html>\n"
    )


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _both(language: str, vi: str, en: str) -> str:
    return en if language == "en" else vi
