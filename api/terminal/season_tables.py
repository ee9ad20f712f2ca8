"""How a simulated season is shown: due dates and their reminder days, who is told what, what is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from rich.table import Table

from api.terminal.output import Language, both
from deadlines.ladder import AFTER, BEFORE
from handlers.names import Names
from handlers.reminding.capacities import NAMES as CAPACITIES
from handlers.simulating.results import Dated, Late, Line, Simulation
from handlers.telling.owed import rung_words, task

SHOWN = 10
"""How many posts and days the summary names, unless all are asked for."""

WEEKDAYS_VI = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Words:
    """What a season is told in: a language, the names of bodies, and of people where they are asked for."""

    def __init__(self, season: Simulation, names: Names, language: Language, *, people: bool) -> None:
        self.season, self.names, self.language, self.people = season, names, language, people

    def day(self, day: date) -> str:
        """A day with its weekday."""
        weekday = both(self.language, WEEKDAYS_VI[day.weekday()], WEEKDAYS_EN[day.weekday()])
        return f"{weekday} {day:%d/%m/%Y}"

    def post(self, body: str, capacity: str, person: str) -> str:
        """Who it is: the capacity at the body, and the name where it is asked for."""
        if not person:
            return self.both("chưa có ai giữ chức vụ", "nobody holds the post")
        named = f" {self.names.person(person)}" if self.people else ""
        return f"{self.capacity(capacity)}{named}, {self.names.body(body)}"

    def capacity(self, capacity: str) -> str:
        """As what somebody is told."""
        if not capacity:
            return self.both("chưa có ai giữ chức vụ", "nobody holds the post")
        return CAPACITIES[capacity][1 if self.language is Language.EN else 0]

    def task(self, gate: str, kind: str, items: int) -> str:
        """What is owed, of how many."""
        return task(gate, kind, items, self.language.value)

    def last(self, last_day: date, hour: str) -> str:
        """The last day that meets a date, and until when on it."""
        return f"{hour} {self.day(last_day)}".strip()

    def rung(self, line: Line) -> str:
        """How near it is, and for which day it was where it is told later."""
        told = rung_words(line.rung, self.language.value)
        if line.day <= line.rung_on:
            return told
        return told + self.both(f" (mốc ngày {line.rung_on:%d/%m})", f" (for {line.rung_on:%d/%m})")

    def clause(self, rule: str) -> str:
        """The clause of a rule; a date of this service says that it has none."""
        found = next((one for one in self.season.rulebook.rules if one.id == rule), None)
        if found is None:
            return self.both("mốc của hệ thống, không có điều khoản", "a day of this service, no clause")
        return found.cite

    def both(self, vi: str, en: str) -> str:
        """The text in the language asked for."""
        return both(self.language, vi, en)


def due_table(words: Words) -> Table:
    """Every due date of the season with the days it is reminded of."""
    caption = words.both(
        "(-5) còn 5 ngày làm việc, (0) ngày cuối cùng nên làm xong, (+1) quá hạn, (↑) báo cấp trên, (↑↑) báo "
        "cấp trên nữa",
        "(-5) 5 working days left, (0) the last safe day, (+1) overdue, (↑) the superior is told, (↑↑) the "
        "one above that",
    )
    title = words.both("Các hạn trong đợt và ngày nhắc", "Due dates and the days of reminding")
    table = Table(title=title, caption=caption)
    table.add_column(words.both("Việc", "Step"), overflow="fold", min_width=20)
    table.add_column(words.both("Căn cứ", "Clause"), overflow="fold")
    table.add_column(words.both("Hạn", "Last day"), overflow="fold")
    table.add_column(words.both("Nên xong", "Best done by"), overflow="fold")
    table.add_column(words.both("Ngày nhắc", "Reminded on"), overflow="fold", min_width=20)
    for dated in words.season.dates:
        table.add_row(
            _plain(words.task(dated.gate, dated.kind, dated.items)),
            _plain(words.clause(dated.rule)),
            _last(words, dated),
            words.day(dated.safe_day),
            "  ".join(_days_of(words, dated)) or "–",
        )
    return table


def _last(words: Words, dated: Dated) -> str:
    last = words.last(dated.last_day, dated.hour)
    return last + words.both(" (tạm tính)", " (provisional)") if dated.provisional else last


def _days_of(words: Words, dated: Dated) -> Iterator[str]:
    """Each rung once, in the order of its days: -5 before the safe day, 0 on it, +1 after, ↑ upwards."""
    found = {
        (one.rung_on, one.level, one.rung)
        for one in words.season.rungs
        if (one.kind, one.gate, one.rule, one.due_on) == (dated.kind, dated.gate, dated.rule, dated.last_day)
    }
    for day, level, rung in sorted(found):
        sort, _, number = rung.partition(":")
        sign = {BEFORE: "-", AFTER: "+"}.get(sort, "")
        yield f"{day:%d/%m} ({'↑' * level or sign + number})"


def day_table(words: Words, *, every_post: bool) -> Table:
    """Day by day what goes out; with `every_post` a row a person, else one a step with how many people."""
    table = Table(title=words.both("Từng ngày", "Day by day"))
    table.add_column(words.both("Ngày", "Day"))
    table.add_column(words.both("Gửi ai", "To"), overflow="fold")
    table.add_column(words.both("Việc", "Step"), overflow="fold", min_width=20)
    table.add_column(words.both("Hạn", "Last day"), overflow="fold")
    table.add_column(words.both("Mốc nhắc", "Rung"), overflow="fold")
    rows = _every_post(words) if every_post else _by_step(words)
    said = ""
    for day, to, what, due, rung in rows:
        table.add_row("" if day == said else day, _plain(to), _plain(what), due, rung)
        said = day
    return table


Row = tuple[str, str, str, str, str]


def _every_post(words: Words) -> Iterator[Row]:
    for day, lines in words.season.days.items():
        for line in lines:
            yield (
                words.day(day),
                words.post(line.body, line.capacity, line.recipient),
                words.task(line.gate, line.kind, line.items),
                words.last(line.due_on, line.hour),
                words.rung(line),
            )


def _by_step(words: Words) -> Iterator[Row]:
    for day, lines in words.season.days.items():
        groups: dict[tuple[object, ...], list[Line]] = {}
        for line in lines:
            key = (
                line.rung_on,
                line.due_on,
                line.hour,
                line.gate,
                line.kind,
                line.rule,
                line.rung,
                line.capacity,
            )
            groups.setdefault(key, []).append(line)
        for group in groups.values():
            first, items = group[0], sum(line.items for line in group)
            yield (
                words.day(day),
                _counted(words, group),
                words.task(first.gate, first.kind, items),
                words.last(first.due_on, first.hour),
                words.rung(first),
            )


def _counted(words: Words, lines: Iterable[Line]) -> str:
    """The one post there is, else how many there are of the capacity."""
    posts = {(line.body, line.capacity, line.recipient) for line in lines}
    if len(posts) == 1:
        return words.post(*posts.pop())
    capacity = words.capacity(next(iter(posts))[1])
    return words.both(f"{len(posts)} người: {capacity}", f"{len(posts)} people: {capacity}")


def late_table(words: Words, *, every_body: bool) -> Table:
    """What would be late, from which day on."""
    table = Table(title=words.both("Sẽ quá hạn", "Would be late"))
    table.add_column(words.both("Từ ngày", "From"))
    table.add_column(words.both("Tổ chức", "Organisation"), overflow="fold")
    table.add_column(words.both("Việc", "Step"), overflow="fold", min_width=20)
    table.add_column(words.both("Căn cứ", "Clause"), overflow="fold")
    groups: dict[tuple[object, ...], list[Late]] = {}
    for one in words.season.late:
        key = (one.from_day, one.last_day, one.hour, one.gate, one.kind, one.rule)
        groups.setdefault((*key, one.organisation) if every_body else key, []).append(one)
    for group in groups.values():
        first, bodies = group[0], {one.organisation for one in group}
        where = words.names.body(first.organisation)
        if len(bodies) > 1:
            where = words.both(f"{len(bodies)} tổ chức", f"{len(bodies)} organisations")
        table.add_row(
            words.day(first.from_day),
            _plain(where),
            _plain(words.task(first.gate, first.kind, sum(one.items for one in group))),
            _plain(words.clause(first.rule)),
        )
    return table


def summary(words: Words, *, every_post: bool) -> Iterator[str]:
    """How many letters there would be, who gets most, and on which days most go out."""
    season = words.season
    letters = sum(season.letters_on(day) for day in season.days)
    mails = sum(season.mails.values())
    yield words.both(
        f"{letters} thư tổng hợp (mỗi người mỗi ngày nhiều nhất một thư) trong {len(season.days)} ngày; "
        f"{mails} thư sẽ rời hệ thống qua thư điện tử hoặc nhắn tin.",
        f"{letters} digests (one a person a day at most) on {len(season.days)} days; {mails} would leave by "
        "mail or chat.",
    )
    busiest = Counter({day: season.letters_on(day) for day in season.days}).most_common(SHOWN)
    told = ", ".join(f"{words.day(day)}: {count}" for day, count in busiest)
    if told:
        yield words.both(f"Ngày nhiều thư nhất: {told}.", f"Days with most letters: {told}.")
    most = season.letters.most_common(None if every_post else SHOWN)
    for (body, capacity, person), count in most:
        who = words.post(body, capacity, person)
        yield words.both(f"{count:5} thư  {who}", f"{count:5} letters  {who}")
    left = len(season.letters) - len(most)
    if left > 0:
        yield words.both(f"… và {left} người nữa (xem hết: --all).", f"… and {left} more (all: --all).")
    if season.unheard:
        yield words.both(
            f"{season.unheard} dòng nhắc không có ai nhận: từ cấp đó trở lên chưa ai giữ chức vụ.",
            f"{season.unheard} reminders reach nobody: the roster has no post at that level or above.",
        )


def _plain(text: str) -> str:
    """Text that is no markup."""
    return text.replace("[", r"\[")
