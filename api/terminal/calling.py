"""The command that lists whom to call: who must do what by when, for people no e-mail reaches."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from api.feeds import cites_of
from api.terminal.output import (
    DEFAULT_DATABASE,
    DatabaseOption,
    JsonOption,
    Language,
    LanguageOption,
    answer_json,
    both,
    day_option,
    opened,
    terminal,
)
from handlers.call_list import (
    DAYS_AHEAD,
    HEADS,
    CallList,
    call_list,
    inside_only,
    nobody,
    scope,
    title,
    workbook,
)
from handlers.opening import read_campaign
from workflow.clock import ZONE


def call_list_(
    campaign: Annotated[str, typer.Argument(help="The campaign.")],
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Write a workbook to print.")
    ] = None,
    on: Annotated[date | None, day_option("--on", "The day of the calls; today where none is given.")] = None,
    days: Annotated[
        int, typer.Option("--days", min=0, max=366, help="What is best done within so many days.")
    ] = DAYS_AHEAD,
    everybody: Annotated[
        bool, typer.Option("--everybody", help="Also those who have an e-mail address.")
    ] = False,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """List who is to be called about what, by last safe day. It names people: for use inside only."""
    with opened(database) as service:
        planned = read_campaign(service.engine, campaign)
        with service.database.read() as connection:
            found = call_list(
                connection,
                campaign,
                planned.organisation,
                on or service.engine.now().astimezone(ZONE).date(),
                language.value,
                cites=cites_of(service, connection, campaign),
                days=days,
                everybody=everybody,
            )
    if xlsx is not None:
        xlsx.write_bytes(workbook(found, language.value))
    if as_json:
        answer_json(dataclasses.asdict(found))
        return
    if xlsx is not None:
        vi = f"Đã ghi {len(found.calls)} dòng vào {xlsx}."
        terminal().print(both(language, vi, f"Written: {len(found.calls)} rows to {xlsx}."), markup=False)
        return
    _print(found, language)


def _print(found: CallList, language: Language) -> None:
    console = terminal()
    for line in (title(found, language.value), scope(found, language.value), inside_only(language.value)):
        console.print(line, markup=False)
    table = Table()
    for vi, en, _ in HEADS[:-1]:
        table.add_column(both(language, vi, en))
    for call in found.calls:
        late = both(language, " (quá hạn)", " (overdue)") if call.overdue else ""
        table.add_row(
            f"{call.safe_on:%d/%m/%Y}",
            call.name or nobody(language.value),
            call.body,
            call.phone,
            call.task + late,
            f"{call.hour} {call.due_on:%d/%m/%Y}".strip(),
            call.cite,
        )
    console.print(table)
