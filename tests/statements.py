"""Every statement a database is sent, however it is sent: through the expression language or straight to the
driver.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from sqlalchemy import event
from sqlalchemy.pool import Pool

ASKING: Final = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")
"""Transactions begin and end in their own words, which are not counted."""


@contextmanager
def statements_sent() -> Iterator[list[str]]:
    """The statements sent from now on, in their order; to whichever database this process talks to."""
    sent: list[str] = []

    def note(statement: str) -> None:
        if statement.lstrip().upper().startswith(ASKING):
            sent.append(statement)

    class Noting(psycopg.Cursor[Any]):
        def execute(self, query: Any, *given: Any, **named: Any) -> Any:
            note(str(query))
            return super().execute(query, *given, **named)

    def out(driver: Any, *_: object) -> None:
        if isinstance(driver, sqlite3.Connection):
            driver.set_trace_callback(note)
        else:
            driver.cursor_factory = Noting

    def back(driver: Any, *_: object) -> None:
        if isinstance(driver, sqlite3.Connection):
            driver.set_trace_callback(None)
        elif driver is not None:
            driver.cursor_factory = psycopg.Cursor

    event.listen(Pool, "checkout", out)
    event.listen(Pool, "checkin", back)
    try:
        yield sent
    finally:
        event.remove(Pool, "checkout", out)
        event.remove(Pool, "checkin", back)
