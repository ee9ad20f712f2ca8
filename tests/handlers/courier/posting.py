"""What tests of the courier share: rows of the outbox, contacts, a clock that is put, the channels."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.headerregistry import Address
from typing import Any

from sqlalchemy import insert, select

from handlers.courier.mail_server import Mail, MailServer, Security
from handlers.notice_tables import CONTACTS
from workflow.database import Database
from workflow.outbox import ATTEMPTS, OUTBOX, post

START = datetime(2017, 1, 11, 1, 0, tzinfo=UTC)
"""08:00 in Viet Nam on 11/01/2017."""

SHORT_STEPS = (1, 5, 15)


class PutClock:
    """A clock that stands where it is put."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def later(self, minutes: float) -> None:
        """Put it forward."""
        self.at += timedelta(minutes=minutes)


def a_line(**other: Any) -> dict[str, Any]:
    """A step that twelve members of a cell owe."""
    return {
        "campaign": "2016",
        "organisation": "CB01",
        "gate": "count_ballot",
        "kind": "individual",
        "rule": "duk.vote",
        "cite": "DUK-2016, II.3",
        "due_on": "2017-01-14",
        "safe_on": "2017-01-13",
        "hour": "",
        "rung": "before:3",
        "rung_on": "2017-01-11",
        "late": False,
        "items": 12,
        "href": "/c/2016/o/CB01",
        **other,
    }


def digest(*lines: dict[str, Any], day: date = date(2017, 1, 11)) -> str:
    """The body of a digest."""
    return json.dumps({"form": "digest", "day": day.isoformat(), "lines": lines})


def a_row(recipient: str = "0101", *, channel: str = "email", key: str = "", **other: Any) -> dict[str, Any]:
    """A row of the outbox, due at START."""
    key = key or f"{channel}:{recipient}:2017-01-11"
    return {
        "key": key,
        "channel": channel,
        "recipient": recipient,
        "campaign": "2016",
        "subject": "2017-01-11",
        "language": "vi",
        "body": digest(a_line()),
        "message_id": f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@kiemdiem.example.org>",
        "created_at": START,
        "not_before": START,
        "state": "queued",
        "attempts": 0,
        "leased_by": None,
        "leased_until": None,
        "ended_at": None,
        "problem": "",
        **other,
    }


def put(database: Database, *rows: dict[str, Any], emails: Iterable[tuple[str, str]] = ()) -> None:
    """Post rows; each e-mail recipient without an address of its own gets one."""
    given = dict(emails)
    people = {row["recipient"]: "an@example.org" for row in rows if row["channel"] == "email"} | given
    with database.write() as connection:
        known = set(connection.execute(select(CONTACTS.c.person)).scalars())
        new = [
            {"person": person, "email": email, "changed_at": START, "changed_by": "test"}
            for person, email in people.items()
            if person not in known
        ]
        if new:
            connection.execute(insert(CONTACTS), [contact(**one) for one in new])
        assert post(connection, rows) == len(rows)


def contact(**given: Any) -> dict[str, Any]:
    """A whole row of contacts."""
    return {
        "email": "",
        "phone": "",
        "chat": "",
        "language": "vi",
        "quiet_from": "",
        "quiet_to": "",
        "calendar_secret": None,
        "changed_at": START,
        "changed_by": "test",
    } | given


def rows(database: Database) -> list[Any]:
    """The outbox in its order."""
    with database.read() as connection:
        return list(connection.execute(select(OUTBOX).order_by(OUTBOX.c.id)).all())


def tries(database: Database) -> list[tuple[int, int, str]]:
    """Every try kept: row, number, outcome."""
    with database.read() as connection:
        found = connection.execute(select(ATTEMPTS).order_by(ATTEMPTS.c.id))
        return [(row.outbox, row.number, row.outcome) for row in found]


def mail_to(
    port: int,
    now: PutClock,
    *,
    security: Security = "none",
    seconds: float = 5,
    host: str = "127.0.0.1",
    **server: Any,
) -> Mail:
    """The mail channel to a server on this machine."""
    return Mail(
        server=MailServer(host=host, port=port, security=security, seconds=seconds, **server),
        sender=Address("", "nhac-viec", "example.org"),
        domain="kiemdiem.example.org",
        public_url="https://kiemdiem.example.org",
        now=now,
    )
