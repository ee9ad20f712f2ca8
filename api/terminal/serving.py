"""The commands that run something: the pages and the API, or a whole campaign told in the terminal."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from api.terminal.output import (
    DEFAULT_DATABASE,
    DatabaseOption,
    Language,
    LanguageOption,
    both,
    terminal,
)
from workflow.database import Database
from workflow.log import Log

DEMO_DATABASE = "sqlite:///var/demo.db"
"""Where the demo lies, apart from the database everything else uses: a demo is open to everybody."""


def serve(
    demo: Annotated[
        bool,
        typer.Option("--demo", help="Load the demo campaign first where the database is new; for a look."),
    ] = False,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8000,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Serve the pages and the API. With --demo anybody may act as anybody: for a look, on this machine."""
    import uvicorn

    if demo:
        from api.demo.tell import SHOWN_AT

        if database == DEFAULT_DATABASE:
            database = DEMO_DATABASE
        _load_demo(database, language)
        os.environ["KIEMDIEM_DEVELOPMENT"] = "1"
        os.environ["KIEMDIEM_CLOCK_STARTS_AT"] = SHOWN_AT.isoformat()
    os.environ["KIEMDIEM_DATABASE_URL"] = database
    where = f"http://{host}:{port}"
    console = terminal()
    vi = f"Trang: {where}   API: {where}/docs   Dừng: Ctrl+C"
    en = f"Pages: {where}   API: {where}/docs   Stop: Ctrl+C"
    console.print(both(language, vi, en), markup=False)
    if demo:
        vi = "Bản thử dừng ở chiều 11/01/2017. Chọn người thao tác ở cuối trang."
        en = "The demo stands on the afternoon of 11/01/2017. Choose whom to act as at the foot of the page."
        console.print(both(language, vi, en), markup=False)
    uvicorn.run("api.app:create_app", factory=True, host=host, port=port, log_level="warning")


def demo(
    keep: Annotated[
        str | None, typer.Option("--keep", metavar="URL", help="Keep the told campaign in this database.")
    ] = None,
) -> None:
    """Tell one whole campaign in the terminal, December 2016 to February 2017, and end."""
    from api.demo.tell import tell

    if keep is not None:
        tell(terminal(), keep)
        return
    with tempfile.TemporaryDirectory(prefix="kiemdiem-") as folder:
        tell(terminal(), f"sqlite:///{(Path(folder) / 'demo.db').as_posix()}")


def _load_demo(database: str, language: Language) -> None:
    """Fill a new database with the demo; one that holds anything else is not opened to everybody."""
    from api.demo.season import CAMPAIGN, OFFICER
    from api.demo.tell import prepare

    held = Database(database)
    held.migrate()
    with held.read() as connection:
        stream = f"campaign/{CAMPAIGN}"
        planned = Log(connection).read([stream])[stream]
        filled = next(Log(connection).scan(), None) is not None
    held.close()
    if planned and planned[0].actor == OFFICER.id:
        return
    if filled:
        vi = "--demo chỉ mở cơ sở dữ liệu mới hoặc do chính nó nạp; cơ sở dữ liệu này đã có số liệu khác."
        en = "--demo opens a new database or one it filled itself; this one holds something else."
        raise typer.BadParameter(both(language, vi, en), param_hint="--database")
    vi, en = "Nạp đợt kiểm điểm mẫu, chừng một phút…", "Loading the demo campaign, about a minute…"
    terminal().print(both(language, vi, en), markup=False)
    prepare(database)
