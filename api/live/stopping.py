"""Hears that the server is told to stop.

A server ends its lifespan after its last connection, and an open stream is one that never ends by itself: so
the streams must hear of the end before the lifespan does.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def told_of_the_end(close: Callable[[], None]) -> Iterator[None]:
    """Inside it `close` is called in the running loop at the first signal to stop, before whoever handles it.

    Outside the main thread no signal arrives, and nothing is done: there whoever ends the server closes the
    feed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def stop(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(close)
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    chained = [number for number in SIGNALS if callable(before[number])]
    for number in chained:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in chained:
            signal.signal(number, before[number])
