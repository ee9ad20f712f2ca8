"""A letter in words: subject, plain text and simple HTML, in Vietnamese or English.

What is said of a line: what to do, for which body, until when, by which clause, and where to go for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import msgspec

from handlers.courier.bodies import Body, Line, body_of, week_of
from handlers.courier.links import link
from handlers.courier.told import Told, both, one_line
from handlers.courier.weekly_words import weekly
from handlers.names import Names
from handlers.telling.owed import due_words, rung_words, task

SETTINGS = "/inbox/settings"
"""Where people say how they are told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A letter ready for its envelope."""

    subject: str
    text: str
    html: str


def bodies_named(texts: Iterable[str]) -> set[str]:
    """The ids of every body these letters speak of; none for a letter that cannot be read."""
    named: set[str] = set()
    for text in texts:
        try:
            body = body_of(text)
        except msgspec.MsgspecError:
            continue
        named.update(line.organisation for line in body.lines)
        if body.form == "weekly":
            for branch in week_of(body).bodies:
                named.add(branch.organisation)
                named.update(part.organisation for part in branch.children)
                named.update(name for missed in branch.will_miss for name in missed.named)
    return named


def write(body: Body, language: str, names: Names, public_url: str) -> Written:
    """The letter. In a digest overdue lines come first, then by their last safe day."""
    if body.form == "weekly":
        subject, told = weekly(week_of(body), body.day, language, names, public_url)
    else:
        lines = sorted(body.lines, key=lambda line: (not _overdue(line, body.day), line.safe_on, line.due_on))
        subject = _subject(body, language)
        told = [_told(line, language, names, public_url) for line in lines]
    closing = both(
        language,
        "Thư tự động, không trả lời được. Trong thư không có tên người và không có mức xếp loại.",
        "Sent automatically; it takes no answers. It holds no person's name and no level.",
    )
    settings = link(public_url, SETTINGS)
    change = both(language, f"Đổi cách nhận tin: {settings}", f"To change how you are told: {settings}")
    return Written(
        subject=subject,
        text="\n".join(_plain(f"{subject}.", told, (closing, change))) + "\n",
        html=_html(language, subject, told, (closing, change)),
    )


def _subject(body: Body, language: str) -> str:
    tasks, overdue = len(body.lines), sum(_overdue(line, body.day) for line in body.lines)
    lead = both(language, f"Nhắc việc {body.day:%d/%m/%Y}", f"Reminders {body.day:%d/%m/%Y}")
    counted = both(language, f"{tasks} việc", f"{tasks} {'task' if tasks == 1 else 'tasks'}")
    late = both(language, f", {overdue} quá hạn", f", {overdue} overdue") if overdue else ""
    return f"{lead}: {counted}{late}"


def _overdue(line: Line, day: date) -> bool:
    return day > line.due_on


def _told(line: Line, language: str, names: Names, public_url: str) -> Told:
    what = f"{task(line.gate, line.kind, line.items, language)}: {one_line(names.body(line.organisation))}"
    notes = [due_words(line.due_on, line.safe_on, line.hour, language)]
    if line.rung:
        notes.append(rung_words(line.rung, language))
    if line.late and line.rung_on:
        on = f"{line.rung_on:%d/%m/%Y}"
        notes.append(both(language, f"nhắc muộn, lẽ ra ngày {on}", f"told late, it was for {on}"))
    if line.paused:
        rest = f"{line.paused}/{line.items}"
        notes.append(
            both(language, f"tạm dừng: {rest}, hạn vẫn tính", f"suspended: {rest}, the date runs on")
        )
    if line.cite:
        notes.append(both(language, f"căn cứ: {one_line(line.cite)}", f"clause: {one_line(line.cite)}"))
    notes = [note[:1].upper() + note[1:] for note in notes]
    return Told(what=what, notes=tuple(notes), link=link(public_url, line.href))


def _plain(opening: str, told: Sequence[Told], closing: Sequence[str]) -> Iterator[str]:
    yield opening
    for number, one in enumerate(told, start=1):
        yield ""
        yield f"{number}. {one.what}"
        for note in one.notes:
            yield f"   {note}"
        yield f"   {one.link}"
    yield ""
    yield from closing


def _html(language: str, subject: str, told: Sequence[Told], closing: Sequence[str]) -> str:
    rows = "".join(
        f'<li style="margin-bottom:12px"><a href="{escape(one.link)}">{escape(one.what)}</a>'
        + "".join(f"<br>{escape(note)}" for note in one.notes)
        + "</li>"
        for one in told
    )
    foot = "<br>".join(escape(line) for line in closing)
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(subject)}</title></head>"
        '<body style="font-family:sans-serif;font-size:16px;line-height:1.5">'
        f"<p>{escape(subject)}.</p><ol>{rows}</ol><p>{foot}</p></body></html>\n"
    )
