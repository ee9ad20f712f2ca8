"""The list of refused commands, beside the log: who asked for what, and every rule that failed.

A refusal changes no stream, so it is no event; a review shows it in its replay. Like the log it holds no
names and no texts: the kind of refusal, the ids and verdicts of rules, and a digest of what was sent.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from workflow.tables import REFUSALS, REFUSED_STREAMS


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """One refused command. `refusal` names its class in `errors.py`; `failing` is (rule id, verdict)."""

    recorded_at: datetime
    command: str
    command_id: str
    actor: str
    capacity: str
    streams: tuple[str, ...]
    refusal: str
    failing: tuple[tuple[str, str], ...]
    body_digest: str


def digest_of(body: bytes) -> str:
    """The SHA-256 of a command's canonical bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def record(connection: Connection, refused: Refused) -> None:
    """Adds a refused command; in a transaction of its own, since that of the command is rolled back."""
    row = {
        "recorded_at": refused.recorded_at,
        "command": refused.command,
        "command_id": refused.command_id,
        "actor": refused.actor,
        "capacity": refused.capacity,
        "refusal": refused.refusal,
        "failing": json.dumps(refused.failing, ensure_ascii=False, separators=(",", ":")),
        "body_digest": bytes.fromhex(refused.body_digest),
    }
    added = connection.execute(insert(REFUSALS).returning(REFUSALS.c.id), row).scalar_one()
    about = [{"stream": stream, "refusal": added} for stream in sorted(set(refused.streams))]
    if about:
        connection.execute(insert(REFUSED_STREAMS), about)


def refusals_of(connection: Connection, streams: Sequence[str]) -> list[Refused]:
    """Every refused command about any of these streams, oldest first, each once."""
    about = select(REFUSED_STREAMS.c.refusal).where(REFUSED_STREAMS.c.stream.in_(list(streams)))
    rows = connection.execute(select(REFUSALS).where(REFUSALS.c.id.in_(about)).order_by(REFUSALS.c.id)).all()
    pairs = connection.execute(
        select(REFUSED_STREAMS.c.refusal, REFUSED_STREAMS.c.stream)
        .where(REFUSED_STREAMS.c.refusal.in_([row.id for row in rows]))
        .order_by(REFUSED_STREAMS.c.stream)
    )
    streams_of: dict[int, list[str]] = {row.id: [] for row in rows}
    for refusal, stream in pairs:
        streams_of[refusal].append(stream)
    return [
        Refused(
            recorded_at=row.recorded_at,
            command=row.command,
            command_id=row.command_id,
            actor=row.actor,
            capacity=row.capacity,
            streams=tuple(streams_of[row.id]),
            refusal=row.refusal,
            failing=tuple((rule, verdict) for rule, verdict in json.loads(row.failing)),
            body_digest=row.body_digest.hex(),
        )
        for row in rows
    ]
