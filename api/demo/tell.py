"""Tells the season in the terminal: chapters, refusals, progress bars, then the tables and one replay."""

from __future__ import annotations

import time
from datetime import datetime

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text
from sqlalchemy import select

from api.demo.season import CAMPAIGN, Season, Silent
from api.demo.story import tell_season
from api.terminal.audit import tell_replay, voice_for
from api.terminal.campaign import distributions, status_table
from api.terminal.output import Language
from handlers.covered import uncovered
from handlers.rebuild import disagreements
from handlers.replay import replay
from handlers.status import status_of
from handlers.tables import REVIEWS
from workflow import clock
from workflow.checkpoint import checkpoint
from workflow.errors import Refusal
from workflow.verify import verify_log


class InTheTerminal:
    """A teller that prints, with one progress bar at a time."""

    def __init__(self, console: Console, bar: Progress) -> None:
        self._console = console
        self._bar = bar
        self._task: TaskID | None = None
        self._what = ""

    def chapter(self, title: str) -> None:
        """A heading."""
        self._end()
        self._console.print()
        self._console.rule(Text(title, style="bold"), align="left")

    def say(self, text: str) -> None:
        """A sentence."""
        self._console.print(Padding(Text(text), (0, 0, 0, 2)))

    def refused(self, asked: str, refusal: Refusal) -> None:
        """What was asked, and why not."""
        self._console.print(Padding(Text(f"✗ {asked}", style="bold yellow"), (0, 0, 0, 2)))
        self._console.print(Padding(Text(refusal.vi, style="yellow"), (0, 0, 0, 6)))

    def progress(self, what: str, done: int, of: int) -> None:
        """One bar for each kind of work."""
        if what != self._what or self._task is None:
            self._end()
            self._task, self._what = self._bar.add_task(what, total=of), what
        self._bar.update(self._task, completed=done, total=of)

    def _end(self) -> None:
        if self._task is not None:
            self._bar.stop_task(self._task)
        self._task, self._what = None, ""


SHOWN_AT = datetime(2017, 1, 11, 14, tzinfo=clock.ZONE)
"""The moment a demo to click through stands at: four cells have voted, five are still to meet."""


def prepare(url: str) -> None:
    """Live the season up to SHOWN_AT on the database of this address, telling nothing."""
    season = Season.on(url, Silent(), until=SHOWN_AT)
    tell_season(season)
    season.service.close()


def tell(console: Console, url: str) -> None:
    """Live the season on the database of this address and tell it; raises what the season refuses."""
    began = time.monotonic()
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        season = Season.on(url, InTheTerminal(console, bar))
        tell_season(season)
    _aftermath(console, season)
    seconds = time.monotonic() - began
    console.print()
    console.print(
        Text(
            f"{season.commands} lệnh, {season.refusals} bị từ chối đúng quy định, {seconds:.0f} giây. "
            "Xem trên trang: make run",
            style="bold",
        )
    )
    season.service.close()


def _aftermath(console: Console, season: Season) -> None:
    """The table of every cell, the levels beside the quota, one rating replayed, and the proof of the log."""
    with season.service.database.read() as connection:
        status = status_of(connection, CAMPAIGN)
        console.print()
        console.rule(Text("Mọi tổ chức trong đợt", style="bold"), align="left")
        console.print(status_table(status, Language.VI))
        for table in distributions(status, Language.VI):
            console.print(table)
        annulled = connection.execute(
            select(REVIEWS.c.review).where(REVIEWS.c.campaign == CAMPAIGN, REVIEWS.c.round > 1)
        ).scalar_one()
        history = replay(connection, annulled)
        console.rule(Text("Phát lại một kết quả xếp loại, từng sự kiện", style="bold"), align="left")
        tell_replay(console, history, voice_for(connection, history, "vi"))
        broken = [*verify_log(connection), *disagreements(connection), *uncovered(connection)]
    with season.service.database.watch() as connection:
        digest = checkpoint(connection)
    if broken or history.differs:
        raise AssertionError(f"the told season does not verify: {broken[:3]} {history.differs[:3]}")
    console.print(Text(f"Nhật ký nguyên vẹn. Mã kiểm chứng: {digest}", style="green"))
