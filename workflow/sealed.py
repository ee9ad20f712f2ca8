"""Content that stays out of the log: covered by a salted digest, the salt kept beside the content."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass

SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Sealed:
    """A text or row with its salt; the log knows only `id` and `digest`."""

    id: str
    salt: bytes
    content: bytes
    digest: str


def seal(content: bytes) -> Sealed:
    """Draw a salt and cover the content: digest = SHA-256 over 32 random bytes and the content, in hex."""
    salt = secrets.token_bytes(SALT_BYTES)
    return Sealed(uuid.uuid4().hex, salt, content, hashlib.sha256(salt + content).hexdigest())
