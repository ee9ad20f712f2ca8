"""`kiemdiem history import`: levels of earlier years from a file, for rewards that look five years back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from api.terminal.output import (
    DEFAULT_DATABASE,
    ActorOption,
    DatabaseOption,
    JsonOption,
    Language,
    LanguageOption,
    Refused,
    answer_json,
    both,
    officer,
    opened,
    terminal,
)
from handlers.history_import import HistoryRead, read_history
from workflow import clock
from workflow.commands.asking import Request

history = typer.Typer(help="Levels of the years before the log.", no_args_is_help=True)


@history.command("import", epilog="Example: kiemdiem history import lich-su-2011-2015.xlsx")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, help="An .xlsx or .csv: Mã, Năm, Mức, Danh hiệu, Văn bản."
        ),
    ],
    actor: ActorOption = "officer",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Take earlier years over; with one wrong cell nothing is written. The log's own years stay."""
    read = read_history(file.read_bytes(), file.name, today=clock.today())
    if read.wrong:
        if as_json:
            answer_json({"wrong": [_wrong(read, place) for place in range(len(read.wrong))]})
        else:
            _show(read, language)
        count = len(read.wrong)
        raise Refused(
            f"{count} ô cần sửa, chưa nhập dòng nào.", f"{count} cells are wrong; nothing was taken over."
        )
    command = read.command()
    with opened(database) as service:
        service.engine.handle(Request(command=command, actor=officer(actor, ""), key=None))
    if as_json:
        answer_json({"history": command.history, "rows": len(command.rows)})
        return
    vi = f"Đã nhập {len(command.rows)} dòng ({command.history})."
    terminal().print(
        both(language, vi, f"Rows taken over: {len(command.rows)} ({command.history})."), markup=False
    )


def _wrong(read: HistoryRead, place: int) -> dict[str, str]:
    one = read.wrong[place]
    return {"cell": one.cell, "value": one.value, "vi": one.vi, "en": one.en}


def _show(read: HistoryRead, language: Language) -> None:
    table = Table(title=both(language, "Ô cần sửa", "Cells to correct"))
    for words in (("Ô", "Cell"), ("Đang ghi", "Written"), ("Sai gì", "What is wrong")):
        table.add_column(both(language, *words))
    for one in read.wrong:
        table.add_row(one.cell, one.value, both(language, one.vi, one.en))
    terminal().print(table)
