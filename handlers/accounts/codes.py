"""One-time codes of a phone (RFC 6238: SHA-1, six digits, 30 s), and those that stand in for a lost one."""

from __future__ import annotations

import base64
import hmac
import secrets
import struct
from datetime import datetime
from hashlib import sha1
from typing import Final
from urllib.parse import quote, urlencode

from handlers.accounts.secret_tokens import token_digest

SECRET_BYTES: Final = 20
STEP_SECONDS: Final = 30
DIGITS: Final = 6
STEPS_AWAY: Final = 1
"""A code counts one step before and one after its own: clocks differ."""

RECOVERY_CODES: Final = 10
_RECOVERY_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"


def new_secret() -> bytes:
    """A secret of 160 random bits, as RFC 4226 asks for."""
    return secrets.token_bytes(SECRET_BYTES)


def written(secret: bytes) -> str:
    """The secret to be typed into an app: base32 in groups of four."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def address_for_apps(secret: bytes, login: str) -> str:
    """The otpauth address apps take a secret from."""
    label = quote(f"kiemdiem:{login}", safe="")
    query = {"secret": base64.b32encode(secret).decode(), "issuer": "kiemdiem", "digits": DIGITS}
    return f"otpauth://totp/{label}?{urlencode(query)}"


def step_at(moment: datetime) -> int:
    """The step a moment lies in; a step begins with its first second and ends before the next one."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_at(secret: bytes, step: int) -> str:
    """The code of a step."""
    digest = hmac.new(secret, struct.pack(">Q", step), sha1).digest()
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def step_of(secret: bytes, code: str, now: datetime, last_step: int) -> int | None:
    """The step whose code was typed; None for a wrong one, one too old, and one of a step used or passed."""
    typed = "".join(code.split())
    found: int | None = None
    here = step_at(now)
    for step in range(here - STEPS_AWAY, here + STEPS_AWAY + 1):
        same = hmac.compare_digest(code_at(secret, step).encode(), typed.encode())
        if same and step > last_step:
            found = step
    return found


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes of fifty bits, in groups that can be read out."""
    return tuple(
        "-".join("".join(secrets.choice(_RECOVERY_LETTERS) for _ in range(5)) for _ in range(2))
        for _ in range(RECOVERY_CODES)
    )


def recovery_digest(account: str, code: str) -> str:
    """What is kept of a recovery code; groups and capitals do not matter."""
    plain = "".join(character for character in code.lower() if character.isalnum())
    return token_digest(f"{account}:{plain}")
