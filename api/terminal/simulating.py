"""The command that tries a season before it is lived: whom the service would remind of what on which day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.comparison import other_book
from api.settings import Settings
from api.terminal.output import (
    DEFAULT_DATABASE,
    DatabaseOption,
    Language,
    LanguageOption,
    Refused,
    beside,
    both,
    day_option,
    opened,
    terminal,
)
from api.terminal.season_tables import Words, day_table, due_table, late_table, summary
from api.ticking import manner_of
from api.wiring import Service
from handlers.calendar_days import held_days
from handlers.calendar_sheet import read_days
from handlers.names import Names, names_on
from handlers.simulating.results import Simulation
from handlers.simulating.running import Assume, Trial
from handlers.simulating.running import simulate as live_season
from workflow import clock
from workflow.commands.calendar import DatedDay
from workflow.database import Database
from workflow.rules.books import Books


def simulate(
    campaign: Annotated[str, typer.Option("--campaign", metavar="ID", help="The campaign, planned or open.")],
    first: Annotated[date, day_option("--from", "The first day that is lived.")],
    last: Annotated[date, day_option("--to", "The last day that is lived.")],
    rulebook: Annotated[
        str | None,
        typer.Option("--rulebook", metavar="ID", help="Another rulebook or layer instead of the pinned one."),
    ] = None,
    rulebooks: Annotated[
        Path | None,
        typer.Option(
            "--rulebooks", metavar="FOLDER", exists=True, file_okay=False, help="Where your own layers lie."
        ),
    ] = None,
    calendar: Annotated[
        Path | None,
        typer.Option(
            "--calendar", metavar="FILE", exists=True, dir_okay=False, help="Calendar entries (.xlsx) to try."
        ),
    ] = None,
    assume: Annotated[
        Assume,
        typer.Option("--assume", help="Nobody acts, or every step is taken on its last safe day."),
    ] = Assume.NOTHING,
    every: Annotated[
        bool, typer.Option("--all/--digest", help="A row for every person and body, or one for each step.")
    ] = False,
    names: Annotated[bool, typer.Option("--names", help="Show the names of those reminded.")] = False,
    to_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write everything to a JSON file.")
    ] = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Run the clock through a season in seconds: who would be reminded when, and what would be late.

    Nothing is sent and nothing is written: the days are lived on a private copy.
    """
    if to_file is not None and not to_file.parent.is_dir():
        raise Refused(f"Không có thư mục {to_file.parent}.", f"There is no folder {to_file.parent}.")
    with opened(database) as service:
        held = replace(service, books=Books(rulebooks)) if rulebooks is not None else service
        trial = Trial(
            campaign=campaign,
            first=first,
            last=last,
            rulebook=other_book(held, rulebook) if rulebook is not None else None,
            days=_days_of(service, calendar) if calendar is not None else (),
            assume=assume,
            manner=manner_of(Settings()),
        )
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=beside(), transient=True) as bar:
            task = bar.add_task(both(language, "Chạy thử từng ngày", "Living the days"), total=None)
            season = live_season(
                service.engine, trial, lambda done, of: bar.update(task, completed=done, total=of)
            )
        known = _names(service.database, season)
    if to_file is not None:
        told = season_document(season, known if names else Names())
        to_file.write_text(json.dumps(told, ensure_ascii=False, indent=2, default=str), encoding="utf-8")
    words = Words(season, known, language, people=names)
    console = terminal()
    console.print(_lead(words, trial), markup=False)
    if not season.dates:
        vi = "Bộ quy định này không đặt hạn nào cho đợt, nên không nhắc ai."
        console.print(both(language, vi, "This rulebook sets no date in the campaign: nobody is reminded."))
        return
    console.print(due_table(words))
    if season.lines:
        console.print(day_table(words, every_post=every))
    if season.late:
        console.print(late_table(words, every_body=every))
    else:
        console.print(both(language, "Không việc nào quá hạn.", "Nothing would be late."))
    for line in summary(words, every_post=every):
        console.print(line, markup=False)


def season_document(season: Simulation, names: Names) -> dict[str, Any]:
    """The season for machines: days as 2017-01-25, everything by code; names only where they are given."""
    return {
        "campaign": season.campaign,
        "rulebook": season.rulebook.id,
        "rulebook_hash": season.rulebook.hash,
        "calendar": season.rulebook.calendar.version,
        "from": season.first,
        "to": season.last,
        "dates": [asdict(one) for one in season.dates],
        "rungs": [asdict(one) for one in season.rungs],
        "lines": [asdict(one) | _named(names.people, one.recipient) for one in season.lines],
        "late": [asdict(one) for one in season.late],
        "letters": [
            {"body": body, "capacity": capacity, "recipient": person, "letters": count}
            for (body, capacity, person), count in season.letters.most_common()
        ],
        "leaving": {str(day): count for day, count in sorted(season.mails.items())},
    }


def _named(people: Mapping[str, str], person: str) -> dict[str, str]:
    return {"name": people[person]} if person in people else {}


def _days_of(service: Service, file: Path) -> tuple[DatedDay, ...]:
    """The days of a filled calendar template; Refused with every wrong cell at once."""
    today = service.engine.now().astimezone(clock.ZONE).date()
    read = read_days(file.read_bytes())
    with service.database.read() as connection:
        read = read.checked(held_days(connection, read.days, today))
    if read.wrong:
        wrong = [(f"{one.cell} “{one.value}”" if one.cell else "", one) for one in read.wrong]
        raise Refused(
            f"{file.name}: " + "; ".join(f"{where} {one.vi}".strip() for where, one in wrong),
            f"{file.name}: " + "; ".join(f"{where} {one.en}".strip() for where, one in wrong),
        )
    return read.days


def _names(database: Database, season: Simulation) -> Names:
    bodies = {line.body for line in season.lines} | {one.organisation for one in season.late}
    people = {line.recipient for line in season.lines}
    with database.read() as connection:
        return names_on(connection, season.first, people=people, bodies=bodies)


def _lead(words: Words, trial: Trial) -> str:
    season = words.season
    meanwhile = {
        Assume.NOTHING: ("không ai làm gì", "nobody acts"),
        Assume.PLAN: (
            "việc nào cũng xong vào ngày an toàn cuối cùng",
            "every step is taken on its last safe day",
        ),
    }[trial.assume]
    return words.both(
        f"Chạy thử đợt {season.campaign} từ {words.day(season.first)} đến {words.day(season.last)} theo "
        f"{season.rulebook.id}, nếu {meanwhile[0]}. Không gửi gì, không ghi gì.",
        f"Campaign {season.campaign} from {words.day(season.first)} to {words.day(season.last)} under "
        f"{season.rulebook.id}, if {meanwhile[1]}. Nothing is sent, nothing is written.",
    )
