"""The exact bytes of every rulebook a campaign was opened with, under their hash, as long as the log lives."""

import hashlib

from sqlalchemy import Connection, insert, select

from workflow.tables import RULEBOOKS


def keep(connection: Connection, body: bytes) -> str:
    """Keeps canonical bytes and returns their SHA-256 in hexadecimal; keeping the same ones again does nothing."""
    key = hashlib.sha256(body).hexdigest()
    if body_of(connection, key) is None:
        connection.execute(insert(RULEBOOKS), {"hash": key, "body": body.decode()})
    return key


def body_of(connection: Connection, key: str) -> bytes | None:
    """The canonical bytes under a hash, None when no campaign was opened with them."""
    body = connection.execute(select(RULEBOOKS.c.body).where(RULEBOOKS.c.hash == key)).scalar()
    return None if body is None else str(body).encode()
