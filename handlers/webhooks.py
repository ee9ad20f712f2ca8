"""Webhooks: which endpoints there are, and the calls a sweep's reminders become.

A committee's own system is told of reminders found in its branch of the tree: counts, days and links.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from deadlines.tables import REMINDERS
from handlers.access.scope import Condition, Scope
from handlers.courier.signing import new_secret
from handlers.deliveries import ALL
from handlers.deliveries import WEBHOOK as CHANNEL
from handlers.notice_tables import WEBHOOKS
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS
from handlers.statistics import below
from handlers.webhook_addresses import check_url
from workflow.clock import ZONE
from workflow.errors import NotFound
from workflow.outbox import CANCELLED, OUTBOX, QUEUED, post


@dataclass(frozen=True, kw_only=True, slots=True)
class Webhook:
    """One endpoint as it is shown: its secret is seen once, when it is made."""

    webhook: str
    url: str
    organisation: str
    active: bool
    created_at: datetime
    created_by: str


def webhooks_seen(scope: Scope) -> Condition:
    """The condition on WEBHOOKS: those told of a body of the branch and what lies below it."""
    return scope.own_bodies(WEBHOOKS.c.organisation)


def add_webhook(
    connection: Connection,
    url: str,
    organisation: str,
    *,
    by: str,
    at: datetime,
    private: bool,
    scope: Scope | None = None,
) -> tuple[Webhook, str]:
    """A new endpoint and its secret, which nobody is shown again. `scope` is of who asks by the network.

    Raises BadInput for an address no webhook may have, NotFound for a body the roster does not know that day
    or that is not in scope.
    """
    check_url(url, private=private)
    day = at.astimezone(ZONE).date()
    known = select(ORGANISATIONS.c.organisation_id).where(
        ORGANISATIONS.c.organisation_id == organisation,
        as_of(ORGANISATIONS, day),
        scope.own_bodies(ORGANISATIONS.c.organisation_id) if scope else ALL,
    )
    if connection.execute(known).first() is None:
        raise NotFound("organisation", organisation)
    values = {
        "webhook": secrets.token_hex(6),
        "url": url,
        "organisation": organisation,
        "active": True,
        "created_at": at,
        "created_by": by,
    }
    connection.execute(insert(WEBHOOKS).values(**values, secret=new_secret()))
    return webhook_with_secret(connection, str(values["webhook"]))


def webhooks(connection: Connection, only: Condition = ALL) -> tuple[Webhook, ...]:
    """Every endpoint ever made, the newest first; removed ones say so. `only` as of `webhooks_seen`."""
    rows = connection.execute(
        select(WEBHOOKS)
        .where(only)
        .order_by(WEBHOOKS.c.active.desc(), WEBHOOKS.c.created_at.desc(), WEBHOOKS.c.webhook)
    )
    return tuple(_shown(row) for row in rows)


def webhook_with_secret(connection: Connection, webhook: str, only: Condition = ALL) -> tuple[Webhook, str]:
    """One active endpoint, to call it. NotFound where there is none, or outside `only`."""
    row = connection.execute(
        select(WEBHOOKS).where(WEBHOOKS.c.webhook == webhook, WEBHOOKS.c.active, only)
    ).one_or_none()
    if row is None:
        raise NotFound("webhook", webhook)
    return _shown(row), row.secret


def remove_webhook(connection: Connection, webhook: str, *, at: datetime, only: Condition = ALL) -> None:
    """Call it no more; what waits for it is cancelled. NotFound where none is active, or outside `only`."""
    webhook_with_secret(connection, webhook, only)
    connection.execute(update(WEBHOOKS).where(WEBHOOKS.c.webhook == webhook).values(active=False))
    connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.channel == CHANNEL, OUTBOX.c.recipient == webhook, OUTBOX.c.state == QUEUED)
        .values(
            state=CANCELLED, ended_at=at, leased_by=None, leased_until=None, problem="the webhook was removed"
        )
    )


def post_webhooks(connection: Connection, day: date, now: datetime) -> int:
    """Write a call for every active endpoint with the reminders found on `day` that it was not told of yet.

    Asked in the sweep's transaction, behind its guard. A second sweep with nothing new writes nothing; one
    that finds more the same day writes one more call. How many rows were written.
    """
    newest = connection.execute(
        select(func.max(REMINDERS.c.reminder)).where(REMINDERS.c.found_on == day)
    ).scalar()
    if newest is None:
        return 0
    active = select(WEBHOOKS).where(WEBHOOKS.c.active).order_by(WEBHOOKS.c.webhook)
    endpoints = connection.execute(active).all()
    if not endpoints:
        return 0
    told = _told_up_to(connection, day)
    rows = []
    for endpoint in endpoints:
        after = told.get(endpoint.webhook, 0)
        if newest > after:
            lines = connection.execute(_lines_of(endpoint.organisation, day, after, newest)).all()
            if lines:
                rows.append(_row(endpoint.webhook, endpoint.organisation, day, newest, lines, now))
    return post(connection, rows)


def _told_up_to(connection: Connection, day: date) -> dict[str, int]:
    """By endpoint, the last reminder of that day it has a call about: behind the day in `subject`."""
    lead = f"{day.isoformat()}/"
    rows = connection.execute(
        select(OUTBOX.c.recipient, func.max(OUTBOX.c.subject))
        .where(
            OUTBOX.c.channel == CHANNEL,
            OUTBOX.c.recipient.in_(select(WEBHOOKS.c.webhook).where(WEBHOOKS.c.active)),
            OUTBOX.c.subject.startswith(lead),
        )
        .group_by(OUTBOX.c.recipient)
    )
    return {recipient: int(subject.removeprefix(lead)) for recipient, subject in rows}


def _lines_of(organisation: str, day: date, after: int, newest: int) -> Select[Any]:
    """Reminders of the branch in groups: one row a body, step, date and rung.

    The branch is that of the day, whatever the bodies' roster rows were when the reminders were found.
    """
    same = (
        REMINDERS.c.campaign,
        REMINDERS.c.organisation,
        REMINDERS.c.gate,
        REMINDERS.c.kind,
        REMINDERS.c.rule,
        REMINDERS.c.due_on,
        REMINDERS.c.safe_on,
        REMINDERS.c.hour,
        REMINDERS.c.rung,
        REMINDERS.c.rung_on,
    )
    return (
        select(*same, func.count().label("items"))
        .where(
            REMINDERS.c.found_on == day,
            REMINDERS.c.reminder > after,
            REMINDERS.c.reminder <= newest,
            REMINDERS.c.organisation.in_(below(organisation, day)),
        )
        .group_by(*same)
        .order_by(*same)
    )


def _row(
    webhook: str, organisation: str, day: date, newest: int, lines: Sequence[Row[Any]], now: datetime
) -> dict[str, Any]:
    key = f"webhook:{webhook}:{day.isoformat()}:{newest}"
    body = {"day": day.isoformat(), "lines": [_line(line, day) for line in lines]}
    return {
        "key": key,
        "channel": CHANNEL,
        "recipient": webhook,
        "campaign": "",
        "subject": f"{day.isoformat()}/{newest:015d}",
        "language": "vi",
        "body": json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "message_id": "msg_" + hashlib.sha256(key.encode()).hexdigest()[:32],
        "created_at": now,
        "not_before": now,
        "state": QUEUED,
        "attempts": 0,
        "leased_by": None,
        "leased_until": None,
        "ended_at": None,
        "problem": "",
    }


def _line(line: Row[Any], day: date) -> dict[str, Any]:
    return {
        "campaign": line.campaign,
        "organisation": line.organisation,
        "gate": line.gate,
        "kind": line.kind,
        "rule": line.rule,
        "due_on": line.due_on.isoformat(),
        "safe_on": line.safe_on.isoformat(),
        "hour": line.hour,
        "rung": line.rung,
        "rung_on": line.rung_on.isoformat(),
        "late": line.rung_on < day,
        "items": line.items,
        "href": f"/c/{line.campaign}/o/{line.organisation}",
    }


def _shown(row: Row[Any]) -> Webhook:
    return Webhook(
        webhook=row.webhook,
        url=row.url,
        organisation=row.organisation,
        active=row.active,
        created_at=row.created_at,
        created_by=row.created_by,
    )
