"""The exact bytes of every rulebook a campaign was opened with, kept under their hash."""

import hashlib

from sqlalchemy import Connection, select, text

from workflow.tables import RULEBOOKS


def keep(connection: Connection, body: bytes) -> str:
    """Keeps canonical bytes under their SHA-256, which is returned in hexadecimal; once is enough."""
    key = hashlib.sha256(body).hexdigest()
    added = text("INSERT INTO rulebooks (hash, body) VALUES (:hash, :body) ON CONFLICT DO NOTHING")
    connection.execute(added, {"hash": key, "body": body.decode()})
    return key


def body_of(connection: Connection, key: str) -> bytes | None:
    """The canonical bytes under a hash, None when no campaign was opened with them."""
    body = connection.execute(select(RULEBOOKS.c.body).where(RULEBOOKS.c.hash == key)).scalar()
    return None if body is None else str(body).encode()
