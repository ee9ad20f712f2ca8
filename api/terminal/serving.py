"""The commands that run something: the pages and the API, or a whole campaign told in the terminal."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from api.channels import channels_of
from api.demo.people import set_passwords
from api.demo.regimes import Regime
from api.settings import Settings
from api.sign_in.oidc import identity_server_of
from api.terminal.accounts import first_link
from api.terminal.output import (
    DEFAULT_DATABASE,
    DatabaseOption,
    Language,
    LanguageOption,
    both,
    opened,
    terminal,
)
from workflow import clock
from workflow.database import Database

STOP_SECONDS = 10
"""How long the server waits, when told to stop, for one who reads its answer no further."""

DEMO_DATABASE = "sqlite:///var/demo.db"
"""Where the demo lies, apart from the database everything else uses: its people are invented."""


def serve(
    demo: Annotated[
        bool,
        typer.Option("--demo", help="Load the demo campaigns first where the database is new; for a look."),
    ] = False,
    stand_ins: Annotated[
        bool,
        typer.Option(
            "--stand-ins",
            help="With --demo: look at pages without signing in, as anybody, chosen at the foot of the page.",
        ),
    ] = False,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8000,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Serve the pages and the API. Without an administrator yet, a one-time link for the first is printed."""
    import uvicorn

    if stand_ins and not demo:
        raise typer.BadParameter("only together with --demo", param_hint="--stand-ins")
    if demo and database == DEFAULT_DATABASE:
        database = DEMO_DATABASE
    where = f"http://{host}:{port}"
    os.environ.setdefault("KIEMDIEM_PUBLIC_URL", where)
    day = None
    if demo:
        day = _load_demo(database, language)
        os.environ["KIEMDIEM_DEVELOPMENT" if stand_ins else "KIEMDIEM_DEMO"] = "1"
        os.environ["KIEMDIEM_CLOCK_STARTS_AT"] = day.isoformat()
    os.environ["KIEMDIEM_DATABASE_URL"] = database
    channels_of(Settings(), clock.now)  # a setting that cannot be right is said before anything is served
    identity_server_of(Settings(), clock.now)  # likewise
    vi = f"Trang: {where}   API: {where}/docs   Dừng: Ctrl+C"
    en = f"Pages: {where}   API: {where}/docs   Stop: Ctrl+C"
    terminal().print(both(language, vi, en), markup=False)
    if day is not None:
        _tell_demo(database, day, where, language, stand_ins=stand_ins)
    elif not Settings().development:
        _tell_first_administrator(database, language)
    sys.stdout.flush()  # what is printed into a file or a pipe is to be read while the service runs
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


def _tell_demo(database: str, day: datetime, where: str, language: Language, *, stand_ins: bool) -> None:
    console = terminal()
    vi = f"Bản thử dừng ở chiều {day:%d/%m/%Y}, đợt {day.year}: {where}/c/{day.year}; cạnh đó năm đợt cũ."
    en = f"The demo stands on the afternoon of {day:%d/%m/%Y}, campaign {day.year}: {where}/c/{day.year}; "
    en += "five older campaigns beside it."
    console.print(both(language, vi, en), markup=False)
    if stand_ins:
        vi, en = "Chọn người thao tác ở cuối trang.", "Choose whom to act as at the foot of the page."
        console.print(both(language, vi, en), markup=False)
        return
    table = (
        Table("Tên đăng nhập", "Mật khẩu", "Là ai")
        if language is Language.VI
        else Table("Sign-in name", "Password", "Who")
    )
    held = Database(database)
    for one in set_passwords(held, day):
        table.add_row(one.login, one.password, both(language, one.is_.vi, one.is_.en))
    held.close()
    console.print(table)
    vi = f"Đăng nhập tại {where}/sign-in; mật khẩu được đặt mới mỗi lần khởi động."
    en = f"Sign in at {where}/sign-in; the passwords are drawn anew at each start."
    console.print(both(language, vi, en), markup=False)


def _tell_first_administrator(database: str, language: Language) -> None:
    """On the terminal alone: whoever reads the log of the service is not let in by it."""
    with opened(database, create=True) as service:
        link = first_link(service)
    if link is None:
        return
    vi = f"Chưa có người quản trị. Đặt mật khẩu cho người đầu tiên, trong 24 giờ, một lần: {link}"
    en = f"There is no administrator yet. Set the first one's password, within 24 hours, once: {link}"
    terminal().print(both(language, vi, en), markup=False)


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
