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
        items = sorted(
            _items(body.lines),
            key=lambda item: (not _overdue(item[-1], body.day), item[-1].safe_on, item[-1].due_on),
        )
        subject = _subject(items, body.day, language)
        told = [_told(item, language, names, public_url) for item in items]
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


def _items(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of each thing owed, in the order of their rungs: after a stop there may be several."""
    found: dict[tuple[object, ...], list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.rung_on or date.min):
        same = (line.campaign, line.organisation, line.gate, line.kind, line.rule, line.due_on, line.href)
        found.setdefault(same, []).append(line)
    return list(found.values())


def _subject(items: Sequence[Sequence[Line]], day: date, language: str) -> str:
    tasks, overdue = len(items), sum(_overdue(item[-1], day) for item in items)
    lead = both(language, f"Nhắc việc {day:%d/%m/%Y}", f"Reminders {day:%d/%m/%Y}")
    counted = both(language, f"{tasks} việc", f"{tasks} {'task' if tasks == 1 else 'tasks'}")
    late = both(language, f", {overdue} quá hạn", f", {overdue} overdue") if overdue else ""
    return f"{lead}: {counted}{late}"


def _overdue(line: Line, day: date) -> bool:
    return day > line.due_on


def _told(item: Sequence[Line], language: str, names: Names, public_url: str) -> Told:
    """What is owed as the newest line has it. A rung found after its day says for which day it was: what it
    says of the time left was so then.
    """
    line = item[-1]
    what = f"{task(line.gate, line.kind, line.items, language)}: {one_line(names.body(line.organisation))}"
    notes = [due_words(line.due_on, line.safe_on, line.hour, language)]
    notes += [_rung(one, language) for one in item if one.rung]
    if line.cite:
        notes.append(both(language, f"căn cứ: {one_line(line.cite)}", f"clause: {one_line(line.cite)}"))
    notes = [note[:1].upper() + note[1:] for note in notes]
    return Told(what=what, notes=tuple(notes), link=link(public_url, line.href))


def _rung(line: Line, language: str) -> str:
    words = rung_words(line.rung, language)
    if not line.late or line.rung_on is None:
        return words
    on = f"{line.rung_on:%d/%m/%Y}"
    return both(language, f"nhắc muộn, lẽ ra ngày {on}: {words}", f"told late, it was for {on}: {words}")


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
