"""Remembers the answer of every accepted command, so that sending it again by mistake does nothing twice."""

import hashlib
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from workflow.contention import Retry
from workflow.errors import KeyReused
from workflow.tables import IDEMPOTENCY


class Answer(NamedTuple):
    """What was answered when the key came first, and the command that was carried out."""

    text: str
    command_id: str


def recall(connection: Connection, actor: str, key: str, body: bytes) -> Answer | None:
    """The answer given to this actor for this key and body, None when the key is new.

    Raises KeyReused when the key came with another body.
    """
    columns = IDEMPOTENCY.c
    asked = select(columns.body_digest, columns.answer, columns.command_id).where(
        columns.actor == actor, columns.key == key
    )
    kept = connection.execute(asked).one_or_none()
    if kept is None:
        return None
    if kept.body_digest != _digest(body):
        raise KeyReused(key)
    return Answer(kept.answer, kept.command_id)


def remember(
    connection: Connection,
    actor: str,
    key: str,
    body: bytes,
    answer: Answer,
    recorded_at: datetime,
) -> None:
    """Keeps the answer for ever, in the transaction of the command. Refused commands are not remembered.

    Raises Retry when the same key was remembered by another transaction since `recall`.
    """
    row = {
        "actor": actor,
        "key": key,
        "body_digest": _digest(body),
        "answer": answer.text,
        "command_id": answer.command_id,
        "recorded_at": recorded_at,
    }
    try:
        connection.execute(insert(IDEMPOTENCY), row)
    except IntegrityError as error:
        raise Retry(f"key {key} of {actor} was used by another transaction at the same moment") from error


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()
