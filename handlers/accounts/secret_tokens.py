"""Random tokens: handed out once in full, kept as SHA-256 alone; and digests keyed by this installation."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from handlers.accounts.tables import INSTALLATION_KEYS

TOKEN_BYTES: Final = 32
_DIGESTS: Final = "digests"


def new_token() -> str:
    """A token of 256 random bits, fit for addresses and headers."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_digest(token: str) -> str:
    """What is kept of a token. A token has as many bits as its digest, so no salt is needed."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def installation_key(connection: Connection) -> bytes:
    """The key of this installation, drawn at the first asking; wants `Database.write` then."""
    chosen = select(INSTALLATION_KEYS.c.key).where(INSTALLATION_KEYS.c.name == _DIGESTS)
    known = connection.execute(chosen).scalar_one_or_none()
    if known is None:
        make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        drawn = {"name": _DIGESTS, "key": secrets.token_bytes(TOKEN_BYTES)}
        connection.execute(make(INSTALLATION_KEYS).values(drawn).on_conflict_do_nothing())
        known = connection.execute(chosen).scalar_one()
    return bytes(known)


def keyed_digest(key: bytes, kind: str, text: str) -> str:
    """A digest of a name or an address that says nothing to whoever has not the key."""
    return hmac.new(key, f"{kind}\n{text}".encode("utf-8", "surrogatepass"), sha256).hexdigest()
