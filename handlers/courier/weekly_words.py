"""The weekly letter in words: each body directly below with everything beneath it, and who will be late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handlers.courier.bodies import Branch, Missed, Sums, Week
from handlers.courier.links import link
from handlers.courier.told import Told, both, one_line
from handlers.names import Names


def weekly(week: Week, day: date, language: str, names: Names, public_url: str) -> tuple[str, list[Told]]:
    """The subject, and an entry for each campaign of each branch."""
    total = sum(branch.total.open for branch in week.bodies)
    overdue = sum(branch.total.overdue for branch in week.bodies)
    lead = both(language, f"Tổng hợp tuần, ngày {day:%d/%m/%Y}", f"The week, {day:%d/%m/%Y}")
    counted = both(language, f"{total} việc", f"{total} {'task' if total == 1 else 'tasks'}")
    late = both(language, f", {overdue} quá hạn", f", {overdue} overdue") if overdue else ""
    told = [
        Told(
            what=both(
                language,
                f"{one_line(names.body(branch.organisation))}, đợt {branch.campaign}: "
                f"{_counted(branch.total, language)}",
                f"{one_line(names.body(branch.organisation))}, campaign {branch.campaign}: "
                f"{_counted(branch.total, language)}",
            ),
            notes=tuple(_notes(branch, language, names)),
            link=link(public_url, branch.href),
        )
        for branch in week.bodies
    ]
    return f"{lead}: {counted}{late}", told


def _notes(branch: Branch, language: str, names: Names) -> Iterator[str]:
    for missed in branch.will_miss:
        yield _missed(missed, language, names)
    for part in branch.children:
        yield f"{one_line(names.body(part.organisation))}: {_counted(part, language)}"


def _missed(missed: Missed, language: str, names: Names) -> str:
    named = ", ".join(one_line(names.body(name)) for name in missed.named)
    more = missed.bodies - len(missed.named)
    if more:
        named += both(language, f" và {more} đơn vị khác", f" and {more} more")
    units = "unit" if missed.bodies == 1 else "units"
    return both(
        language,
        f"Theo tốc độ hiện nay, {missed.bodies} đơn vị sẽ trễ hạn {missed.day:%d/%m/%Y}: {named}",
        f"At the present pace {missed.bodies} {units} will miss {missed.day:%d/%m/%Y}: {named}",
    )


def _counted(sums: Sums, language: str) -> str:
    """Only what there is: "12 việc, 2 quá hạn, 3 đến hạn tuần này, 1 có nguy cơ trễ"."""
    tasks = "task" if sums.open == 1 else "tasks"
    parts = [both(language, f"{sums.open} việc", f"{sums.open} {tasks}")]
    for number, vi, en in (
        (sums.overdue, "quá hạn", "overdue"),
        (sums.this_week, "đến hạn tuần này", "due this week"),
        (sums.at_risk, "có nguy cơ trễ", "at risk"),
    ):
        if number:
            parts.append(f"{number} {both(language, vi, en)}")
    return ", ".join(parts)
