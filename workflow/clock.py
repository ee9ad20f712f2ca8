"""The only place that knows what time it is; everything else is given an instant or a day."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
"""The zone in which days are days: deadlines, meetings and admissions are dated in it."""


def now() -> datetime:
    """This instant, aware, in UTC, as the log keeps it."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in Viet Nam, which is not always the day it is in UTC."""
    return now().astimezone(ZONE).date()


def running_from(start: datetime) -> Callable[[], datetime]:
    """A clock that stands at `start` (aware) now and runs on: to show a season on one of its days."""
    began = time.monotonic()
    return lambda: start.astimezone(UTC) + timedelta(seconds=time.monotonic() - began)
