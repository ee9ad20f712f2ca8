"""A row of the outbox for one letter to one person."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import msgspec

from handlers.courier.bodies import Body
from handlers.reminding.contacts import Contact
from workflow.outbox import QUEUED


def letter(
    key: str, channel: str, contact: Contact, body: Body, *, subject: str, at: datetime, mail_domain: str
) -> dict[str, Any]:
    """The row, to leave from `at` on or when the person's quiet hours end."""
    campaigns = {line.campaign for line in body.lines}
    return {
        "key": key,
        "channel": channel,
        "recipient": contact.person,
        "campaign": campaigns.pop() if len(campaigns) == 1 else "",
        "subject": subject,
        "language": contact.language,
        "body": msgspec.json.encode(body, order="sorted").decode(),
        "message_id": f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{mail_domain}>",
        "created_at": at,
        "not_before": contact.may_be_told_from(at),
        "state": QUEUED,
        "attempts": 0,
        "leased_by": None,
        "leased_until": None,
        "ended_at": None,
        "problem": "",
    }
