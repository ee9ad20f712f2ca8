"""Tells a season in the terminal: chapters, refusals, progress bars, then the tables and one replay."""

from __future__ import annotations

import time

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from api.demo.living import LivedSeason, live
from api.demo.regimes import Regime
from api.terminal.audit import tell_replay, voice_for
from api.terminal.campaign import distributions, status_table
from api.terminal.output import Language, both
from handlers.covered import uncovered
from handlers.rebuild import disagreements
from handlers.replay import replay
from handlers.status import status_of
from workflow.checkpoint import checkpoint
from workflow.rules.rule import Both
from workflow.verify import verify_log


class InTheTerminal:
    """A teller that prints in one language, with one progress bar at a time."""

    def __init__(self, console: Console, bar: Progress, language: Language) -> None:
        self._console = console
        self._bar = bar
        self._language = language
        self._task: TaskID | None = None
        self._what = ""

    def chapter(self, vi: str, en: str) -> None:
        """A heading."""
        self._end()
        self._console.print()
        self._console.rule(Text(both(self._language, vi, en), style="bold"), align="left")

    def say(self, vi: str, en: str) -> None:
        """A sentence."""
        self._console.print(Padding(Text(both(self._language, vi, en)), (0, 0, 0, 2)))

    def refused(self, asked: Both, says: Both) -> None:
        """What was asked, and why not."""
        told = asked.in_language(self._language.value)
        self._console.print(Padding(Text(f"✗ {told}", style="bold yellow"), (0, 0, 0, 2)))
        why = says.in_language(self._language.value)
        self._console.print(Padding(Text(why, style="yellow"), (0, 0, 0, 6)))

    def progress(self, what: Both, done: int, of: int) -> None:
        """One bar for each kind of work."""
        told = what.in_language(self._language.value)
        if told != self._what or self._task is None:
            self._end()
            self._task, self._what = self._bar.add_task(told, total=of), told
        self._bar.update(self._task, completed=done, total=of)

    def _end(self) -> None:
        if self._task is not None:
            self._bar.stop_task(self._task)
        self._task, self._what = None, ""


def tell(console: Console, url: str, regime: Regime, language: Language) -> None:
    """Live a season on the database of this address and tell it; raises what the season refuses."""
    began = time.monotonic()
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        lived = live(url, regime, InTheTerminal(console, bar, language))
    try:
        _aftermath(console, lived, language)
    finally:
        lived.service.close()
    commands, refused, seconds = lived.commands, len(lived.refused), time.monotonic() - began
    vi = f"{commands} lệnh, {refused} bị từ chối đúng quy định, {seconds:.0f} giây. Xem trên trang: make run"
    en = f"{commands} commands, {refused} refused as the regulation has it, {seconds:.0f} s. Pages: make run"
    console.print()
    console.print(Text(both(language, vi, en), style="bold"))


def _aftermath(console: Console, lived: LivedSeason, language: Language) -> None:
    """The table of every body, the levels beside the quota, one rating replayed, and the proof of the log."""
    with lived.service.database.read() as connection:
        status = status_of(connection, lived.campaign)
        console.print()
        lead = both(language, "Mọi tổ chức trong đợt", "Every organisation of the campaign")
        console.rule(Text(lead, style="bold"), align="left")
        console.print(status_table(status, language))
        for table in distributions(status, language):
            console.print(table)
        history = replay(connection, lived.replayed)
        lead = both(
            language, "Phát lại một kết quả xếp loại, từng sự kiện", "One rating replayed, event by event"
        )
        console.rule(Text(lead, style="bold"), align="left")
        tell_replay(console, history, voice_for(connection, history, language.value))
        broken = [*verify_log(connection), *disagreements(connection), *uncovered(connection)]
    with lived.service.database.watch() as connection:
        digest = checkpoint(connection)
    if broken or history.differs:
        raise AssertionError(f"the told season does not verify: {broken[:3]} {history.differs[:3]}")
    vi, en = f"Nhật ký nguyên vẹn. Mã kiểm chứng: {digest}", f"The log is whole. Checkpoint: {digest}"
    console.print(Text(both(language, vi, en), style="green"))
