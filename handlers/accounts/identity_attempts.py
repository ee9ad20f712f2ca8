"""Attempts to sign in at the office's identity server: one row each, ten minutes long, good for one return.

A row holds digests alone. What the server has to be told again, the PKCE verifier and the nonce, is derived
from the state, the cookie of the browser and the key of the installation, so neither a copy of the database
nor an address overheard is enough to finish somebody's attempt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from handlers.accounts import throttle
from handlers.accounts.secret_tokens import installation_key, keyed_digest, new_token, token_digest
from handlers.accounts.tables import IDENTITY_ATTEMPTS
from workflow.database import Database

LASTS: Final = timedelta(minutes=10)
"""How long one may take to sign in at the server; the end is exclusive."""

BEGUN: Final = throttle.Pace(free=200, longest=timedelta(minutes=1))
"""Attempts begun from one address and not finished: an office behind one address is many people."""

_SWEPT: Final = 100
"""Old rows that one attempt takes away with it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """What goes with the browser: `state` in its address, `browser` in its cookie; and what rests on them."""

    state: str
    browser: str
    nonce: str
    verifier: str


class NoAttempt(Exception):
    """Nobody is expected with this state; `reason` is for the security log, the page says all the same."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def begin_attempt(
    database: Database, now: datetime, *, browser: str, following: str, address: str
) -> Attempt:
    """A new attempt of a browser, which goes on to `following` afterwards. Raises HeldBack."""
    with database.write() as connection:
        key = installation_key(connection)
        throttle.claim(connection, [(attempts_key(key, address), BEGUN)], now)
        attempt = _attempt(key, new_token(), browser or new_token())
        connection.execute(
            insert(IDENTITY_ATTEMPTS).values(
                state_sha256=token_digest(attempt.state),
                browser_sha256=token_digest(attempt.browser),
                following=following,
                expires_at=now + LASTS,
            )
        )
        rows = IDENTITY_ATTEMPTS.c
        over = select(rows.state_sha256).where(rows.expires_at <= now).limit(_SWEPT)
        connection.execute(
            delete(IDENTITY_ATTEMPTS).where(rows.state_sha256.in_(over.with_for_update(skip_locked=True)))
        )
        return attempt


def take_attempt(connection: Connection, now: datetime, *, state: str, browser: str) -> tuple[Attempt, str]:
    """The attempt a browser comes back from, and where it goes on to; nobody takes it again.

    Raises NoAttempt. What another browser began stays there for that one.
    """
    rows = IDENTITY_ATTEMPTS.c
    begun = rows.state_sha256 == token_digest(state)
    taken = connection.execute(
        delete(IDENTITY_ATTEMPTS)
        .where(begun, rows.browser_sha256 == token_digest(browser))
        .returning(rows.following, rows.expires_at)
    ).one_or_none()
    if taken is None:
        elsewhere = connection.execute(select(rows.state_sha256).where(begun)).one_or_none()
        raise NoAttempt("state" if elsewhere is None else "browser")
    if taken.expires_at <= now:
        raise NoAttempt("late")
    return _attempt(installation_key(connection), state, browser), taken.following


def attempts_key(key: bytes, address: str) -> str:
    """The key under which attempts begun from an address are counted."""
    return keyed_digest(key, "identity attempts", address)


def _attempt(key: bytes, state: str, browser: str) -> Attempt:
    both = f"{state}\n{browser}"
    return Attempt(
        state=state,
        browser=browser,
        nonce=keyed_digest(key, "identity nonce", both),
        verifier=keyed_digest(key, "identity verifier", both),
    )
