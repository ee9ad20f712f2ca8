"""Notices for tests of the inbox, each with a step that is still owed."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import insert, update

from deadlines.tables import DEADLINES
from handlers.notice_tables import NOTICES
from tests.builders import BASE, CAMPAIGN, FIRST, PREPARED
from workflow import clock
from workflow.database import Database

RULE = "duk.review_by"


def remind(database: Database, recipient: str, **changes: Any) -> int:
    """A person is reminded of a step that is owed: the reviews of a cell, unless said otherwise.

    Gives the number of the notice.
    """
    notice: dict[str, Any] = {
        "recipient": recipient,
        "body": FIRST,
        "capacity": "head",
        "campaign": CAMPAIGN,
        "organisation": FIRST,
        "kind": "individual",
        "gate": "hold_session",
        "rule": RULE,
        "due_on": date(2017, 1, 14),
        "safe_on": date(2017, 1, 13),
        "rung": "before:10",
        "level": 0,
        "rung_on": PREPARED,
        "noticed_on": PREPARED,
        "items": 7,
    } | changes
    notice["key"] = "/".join(str(notice[name]) for name in sorted(notice))
    notice["created_at"] = datetime.combine(notice["noticed_on"], time(7), clock.ZONE)
    with database.write() as connection:
        connection.execute(insert(DEADLINES), _owed(notice))
        made = connection.execute(insert(NOTICES).values(notice).returning(NOTICES.c.notice))
        return int(made.scalar_one())


def is_done(database: Database, gate: str = "hold_session") -> None:
    """What was owed of this step is done."""
    with database.write() as connection:
        connection.execute(
            update(DEADLINES).where(DEADLINES.c.gate == gate).values(done_on=PREPARED, next_on=None)
        )


def _owed(notice: dict[str, Any]) -> dict[str, Any]:
    same = ("campaign", "organisation", "kind", "gate", "rule")
    return {name: notice[name] for name in same} | {
        "deadline": f"test/{notice['key']}"[:200],
        "superior": BASE,
        "subject_kind": "review",
        "subject": "test",
        "basis": "yearly",
        "stated_day": notice["due_on"],
        "word": "at_latest",
        "last_day": notice["due_on"],
        "ends_at": datetime.combine(notice["due_on"], time(23), clock.ZONE),
        "safe_day": notice["safe_on"],
        "provisional": False,
        "opened_on": date(2016, 12, 16),
        "dropped": False,
        "paused": False,
        "overdue": False,
        "rung": 0,
        "next_on": PREPARED,
    }
