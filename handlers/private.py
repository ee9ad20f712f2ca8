"""Content the log covers only by a digest, list entries and opinions: what is sealed and where it goes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert

from handlers.roster_tables import LIST_ENTRIES
from handlers.tables import EARLIER_YEARS, PRIVATE_TEXTS
from workflow.codec import canonical
from workflow.commands.access import DeclareConflict
from workflow.commands.asking import Request
from workflow.commands.campaign import RecordListEntry
from workflow.commands.deciding import RecordOpinion
from workflow.commands.meeting import IssueBallot, RecordMeeting
from workflow.commands.plan import DrawUpPlan
from workflow.commands.reward import EarlierYear, ImportHistory
from workflow.decide import Extras
from workflow.voters import Voters

ENTRY_FIELDS: Final = (
    "campaign",
    "organisation",
    "list",
    "subject",
    "decided_on",
    "from_day",
    "to_day",
    "cause",
    "self_detected",
    "term_ends",
    "document",
    "violation",
    "charged",
    "disciplined",
    "duty_related",
)
"""What a list entry says; all of it stands in its row and under its digest."""


def deposit(connection: Connection, request: Request, extras: Extras, at: datetime) -> None:
    """Keep the sealed content of the command in its event's transaction, recorded at the same instant."""
    sealed, command = extras.sealed, request.command
    if isinstance(command, ImportHistory):
        connection.execute(
            insert(EARLIER_YEARS),
            [
                {
                    **dataclasses.asdict(row),
                    "history": command.history,
                    "salt": held.salt,
                    "digest": held.digest,
                }
                for row, held in zip(command.rows, extras.sealed_rows, strict=True)
            ],
        )
    if sealed is None:
        return
    if isinstance(command, RecordListEntry):
        connection.execute(
            insert(LIST_ENTRIES),
            {
                **entry_values(command),
                "entry": sealed.id,
                "recorded_at": at,
                "recorded_by": request.actor.id,
                "salt": sealed.salt,
                "digest": bytes.fromhex(sealed.digest),
            },
        )
    elif isinstance(command, TEXTS):
        connection.execute(
            insert(PRIVATE_TEXTS),
            {
                **_place_of(command),
                "salt": sealed.salt,
                "digest": sealed.digest,
                "content": sealed.content.decode(),
            },
        )


Text = RecordOpinion | DrawUpPlan | IssueBallot | RecordMeeting | DeclareConflict
TEXTS: Final = (RecordOpinion, DrawUpPlan, IssueBallot, RecordMeeting, DeclareConflict)
"""Commands whose sealed content is a text."""


def _place_of(command: Text) -> dict[str, str]:
    if isinstance(command, RecordOpinion):
        return {"stream": f"submission/{command.submission}", "kind": "opinion"}
    if isinstance(command, DeclareConflict):
        return {"stream": f"conflict/{command.conflict}", "kind": "conflict"}
    if isinstance(command, IssueBallot | RecordMeeting):
        sheet = command.ballot if isinstance(command, IssueBallot) else command.meeting
        return {"stream": f"ballot/{sheet}", "kind": "voters"}
    return {"stream": f"plan/{command.plan}", "kind": "plan"}


def voters_content(voters: Voters) -> bytes:
    """The two lists of a ballot: who counts, who was to cast; never what anybody voted."""
    return canonical({"counted": sorted(voters.counted), "casting": sorted(voters.casting)})


def private_content(command: RecordListEntry | RecordOpinion | DrawUpPlan) -> bytes:
    """The bytes to be sealed before such a command is decided on."""
    if isinstance(command, RecordOpinion):
        return command.text.encode()
    if isinstance(command, DrawUpPlan):
        return canonical([[item.key, item.weakness, item.remedy] for item in command.items])
    return entry_content(entry_values(command))


def year_content(row: Mapping[str, Any]) -> bytes:
    """Canonical JSON of what a row of an earlier year says; a stored row gives the same bytes."""
    return canonical({field.name: row[field.name] for field in dataclasses.fields(EarlierYear)})


def entry_values(command: RecordListEntry) -> dict[str, Any]:
    """The fields of the entry as its row holds them."""
    return {name: getattr(command, name) for name in ENTRY_FIELDS}


def entry_content(entry: Mapping[str, Any]) -> bytes:
    """Canonical JSON of what a list entry says; a stored row gives the same bytes as the command did.

    Days are `date`. Columns beside ENTRY_FIELDS are not looked at. KeyError where one of them is missing.
    """
    return canonical({name: entry[name] for name in ENTRY_FIELDS})
