"""The commands that run something: the pages and the API, or a whole campaign told in the terminal."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.channels import channels_of
from api.demo.regimes import Regime
from api.settings import Settings
from api.terminal.output import (
    DEFAULT_DATABASE,
    DatabaseOption,
    Language,
    LanguageOption,
    both,
    terminal,
)
from workflow import clock
from workflow.database import Database

STOP_SECONDS = 10
"""How long the server waits, when told to stop, for one who reads its answer no further."""

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
        if database == DEFAULT_DATABASE:
            database = DEMO_DATABASE
        day = _load_demo(database, language)
        os.environ["KIEMDIEM_DEVELOPMENT"] = "1"
        os.environ["KIEMDIEM_CLOCK_STARTS_AT"] = day.isoformat()
    os.environ["KIEMDIEM_DATABASE_URL"] = database
    channels_of(Settings(), clock.now)  # a setting that cannot be right is said before anything is served
    where = f"http://{host}:{port}"
    console = terminal()
    vi = f"Trang: {where}   API: {where}/docs   Dừng: Ctrl+C"
    en = f"Pages: {where}   API: {where}/docs   Stop: Ctrl+C"
    console.print(both(language, vi, en), markup=False)
    if demo:
        vi = f"Bản thử dừng ở chiều {day:%d/%m/%Y}, đợt {day.year}: {where}/c/{day.year}; cạnh đó năm đợt cũ."
        en = (
            f"The demo stands on the afternoon of {day:%d/%m/%Y}, campaign {day.year}: {where}/c/{day.year}; "
        )
        en += "five older campaigns beside it."
        console.print(both(language, vi, en), markup=False)
        vi, en = "Chọn người thao tác ở cuối trang.", "Choose whom to act as at the foot of the page."
        console.print(both(language, vi, en), markup=False)
    uvicorn.run(
        "api.app:create_app",
        factory=True,
        host=host,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def demo(
    regime: Annotated[
        Regime, typer.Option("--regime", help="The regime whose season is told.")
    ] = Regime.DUK_2016,
    keep: Annotated[
        str | None, typer.Option("--keep", metavar="URL", help="Keep the told campaign in this database.")
    ] = None,
    language: LanguageOption = Language.VI,
) -> None:
    """Tell one whole campaign of a regime in the terminal, with what the regulation refuses, and end."""
    from api.demo.tell import tell

    if keep is not None:
        tell(terminal(), keep, regime, language)
        return
    with tempfile.TemporaryDirectory(prefix="kiemdiem-") as folder:
        tell(terminal(), f"sqlite:///{(Path(folder) / 'demo.db').as_posix()}", regime, language)


def _load_demo(database: str, language: Language) -> datetime:
    """Fill a new database with the demo's seasons; the moment they stand at. One that holds anything else is
    not opened to everybody.
    """
    from api.demo.living import all_lived, live_all, shown_at
    from api.demo.season import Silent

    held = Database(database)
    held.migrate()
    with held.read() as connection:
        lived = all_lived(connection)
    held.close()
    if lived:
        return shown_at()
    if lived is False:
        vi = (
            "--demo chỉ mở cơ sở dữ liệu mới hoặc do chính nó nạp xong; cơ sở dữ liệu này đã có số liệu khác "
        )
        vi += "hoặc một bản mẫu cũ, nạp dở. Xóa bản mẫu cũ rồi chạy lại, hoặc chỉ rõ --database."
        en = (
            "--demo opens a new database or one it filled itself; this one holds something else, or an older "
        )
        en += "or unfinished demo. Delete the old demo and start again, or give --database."
        raise typer.BadParameter(both(language, vi, en), param_hint="--database")
    vi, en = "Nạp sáu đợt kiểm điểm mẫu, chừng một phút", "Loading six demo campaigns, about a minute"
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=terminal()) as bar:
        task = bar.add_task(both(language, vi, en), total=None)
        return live_all(database, Silent(), lambda done, of: bar.update(task, completed=done, total=of))
