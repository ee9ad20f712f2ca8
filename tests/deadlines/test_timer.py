"""The timer of a process: first at start-up, again and again, whatever one job does."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
from structlog.testing import capture_logs

from deadlines.timer import Timer

PATIENCE = 30
"""Seconds after which a tick that never comes is given up on."""

OFTEN = timedelta(milliseconds=20)


class Counted:
    """A job that says when it has run so many times."""

    def __init__(self, times: int = 1) -> None:
        self.runs = 0
        self._times = times
        self._enough = Event()

    def __call__(self) -> None:
        self.runs += 1
        if self.runs >= self._times:
            self._enough.set()

    def wait(self) -> None:
        assert self._enough.wait(PATIENCE), "no tick came"


def test_the_first_tick_comes_at_start_up_and_not_before() -> None:
    job = Counted()
    timer = Timer([job], every=timedelta(days=1))
    assert job.runs == 0 and timer.last_ended is None
    timer.start()
    job.wait()
    timer.stop()
    assert job.runs == 1 and timer.last_ended is not None and timer.last_failed is None


def test_jobs_run_again_and_again_in_their_order() -> None:
    order: list[str] = []
    last = Counted(3)
    timer = Timer([lambda: order.append("sweep"), lambda: order.append("send"), last], every=OFTEN)
    timer.start()
    last.wait()
    timer.stop()
    assert order[:4] == ["sweep", "send", "sweep", "send"]


def test_a_job_that_fails_is_said_and_tried_again_and_keeps_nobody_else_from_running() -> None:
    tries = Counted(3)
    after = Counted(3)

    def fails() -> None:
        tries()
        raise ValueError("Nguyễn Thị Hoa, hoa@example.org")

    timer = Timer([fails, after], every=OFTEN)
    with capture_logs() as lines:
        timer.start()
        tries.wait()
        after.wait()
        timer.stop()
    said = [line for line in lines if line["event"] == "tick failed"]
    assert len(said) >= 2 and timer.last_failed is not None
    assert timer.last_ended is None  # not everything was done
    assert said[0]["error"] == "ValueError" and said[0]["where"]
    assert not any("Hoa" in str(line) or "example.org" in str(line) for line in lines)


def test_what_the_library_says_of_a_failed_job_is_not_repeated(capfd: pytest.CaptureFixture[str]) -> None:
    """It would hold the exception's own words."""
    failed = Counted()

    def fails() -> None:
        failed()
        raise ValueError("hoa@example.org")

    timer = Timer([fails], every=timedelta(days=1))
    with capture_logs():
        timer.start()
        failed.wait()
        timer.stop()
    assert "hoa@example.org" not in "".join(capfd.readouterr())


def test_stopping_lets_the_running_job_end() -> None:
    begun, may_end, ended = Event(), Event(), Event()

    def slow() -> None:
        begun.set()
        may_end.wait(PATIENCE)
        ended.set()

    timer = Timer([slow], every=OFTEN)
    timer.start()
    assert begun.wait(PATIENCE)
    may_end.set()
    timer.stop()
    assert ended.is_set()


def test_stopping_what_never_started_does_nothing() -> None:
    Timer([Counted()], every=OFTEN).stop()
