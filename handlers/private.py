"""Where the content goes that the log covers only by a digest: list entries and opinions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from handlers.roster_tables import LIST_ENTRIES
from handlers.tables import PRIVATE_TEXTS
from workflow.commands.asking import Request
from workflow.commands.campaign import RecordListEntry
from workflow.commands.deciding import RecordOpinion
from workflow.decide import Extras


def deposit(connection: Connection, request: Request, extras: Extras, at: datetime) -> None:
    """Keep the sealed content of the command in its event's transaction, recorded at the same instant."""
    sealed, command = extras.sealed, request.command
    if sealed is None:
        return
    if isinstance(command, RecordListEntry):
        connection.execute(
            insert(LIST_ENTRIES),
            {
                "campaign": command.campaign,
                "organisation": command.organisation,
                "list": command.list,
                "subject": command.subject,
                "decided_on": command.decided_on,
                "from_day": command.from_day,
                "to_day": command.to_day,
                "cause": command.cause,
                "self_detected": command.self_detected,
                "term_ends": command.term_ends,
                "recorded_at": at,
                "recorded_by": request.actor.id,
                "salt": sealed.salt,
                "digest": bytes.fromhex(sealed.digest),
            },
        )
    elif isinstance(command, RecordOpinion):
        connection.execute(
            insert(PRIVATE_TEXTS),
            {
                "stream": f"submission/{command.submission}",
                "kind": "opinion",
                "salt": sealed.salt,
                "digest": sealed.digest,
                "content": sealed.content.decode(),
            },
        )
