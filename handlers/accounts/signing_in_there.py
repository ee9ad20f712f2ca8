"""Signing in through an office's own identity server: a browser comes back from it, a session begins or not.

The server says who somebody is; whether he has an account here, and what he may do, is ours to say. A
one-time code that an account has turned on is asked for all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from handlers.accounts import throttle
from handlers.accounts.book import Account
from handlers.accounts.id_tokens import WrongToken
from handlers.accounts.identities import by_identity, identity_digest
from handlers.accounts.identity_attempts import BEGUN, Attempt, NoAttempt, attempts_key, take_attempt
from handlers.accounts.identity_server import IdentityServer, ServerRefuses, ServerSilent, error_word
from handlers.accounts.secret_tokens import installation_key, keyed_digest
from handlers.accounts.security_log import Happened, note
from handlers.accounts.sessions import Lasting, end
from handlers.accounts.signing_in import SHOWN_DIGEST, Signed, begun
from workflow.database import Database

NOT_NOW: Final = ("server_error", "temporarily_unavailable")
"""What a server says to the browser when it could not be asked itself (RFC 6749, 4.1.2.1)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Return:
    """What a browser comes back with: from the server `state`, `code` or `error`; in its cookie `browser`."""

    state: str
    browser: str
    code: str = ""
    error: str = ""
    issuer: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CameIn:
    """A session that began, and where it goes on to."""

    signed: Signed
    following: str


class NotKnownHere(Exception):
    """The server knows this person by `subject`; no account here says so."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        super().__init__("no account has this identity")


class Disabled(Exception):
    """The account is disabled."""


class TurnedAway(Exception):
    """The server let nobody in, because the person or the server said no."""


def come_back(
    database: Database,
    server: IdentityServer,
    now: datetime,
    came: Return,
    *,
    address: str,
    lasting: Lasting,
    session_before: str = "",
) -> CameIn:
    """Sign in by what the server answered. The session the browser came with, if any, ends.

    Raises NoAttempt, TurnedAway, ServerSilent, ServerRefuses, WrongToken, NotKnownHere, Disabled: each is on
    the list of security events, and an attempt in vain under its address. HeldBack after too many of them.
    """
    try:
        with database.write() as connection:
            attempt, following = take_attempt(connection, now, state=came.state, browser=came.browser)
        subject = _subject(server, came, attempt)
    except (NoAttempt, ServerRefuses, WrongToken) as refused:
        _refuse(database, now, address, refused.reason)
        raise
    except ServerSilent:
        _refuse(database, now, address, "silent")
        raise
    except TurnedAway:
        _refuse(database, now, address, "turned_away")
        raise
    with database.write() as connection:
        found = by_identity(connection, server.issuer, subject)
        if found is not None and not found.disabled:
            return CameIn(
                signed=_begin(connection, found, now, address, lasting, session_before), following=following
            )
        identity = identity_digest(connection, server.issuer, subject)
    if found is None:
        _refuse(database, now, address, "unknown", identity=identity)
        raise NotKnownHere(subject)
    _refuse(database, now, address, "disabled", account=found.account, identity=identity)
    raise Disabled


def _subject(server: IdentityServer, came: Return, attempt: Attempt) -> str:
    if came.error in NOT_NOW:
        raise ServerSilent(came.error)
    if came.error == "access_denied":
        raise TurnedAway
    if came.error or not came.code:
        raise ServerRefuses(error_word(came.error))
    return server.subject_by(came.code, attempt, came.issuer)


def _begin(
    connection: Connection,
    found: Account,
    now: datetime,
    address: str,
    lasting: Lasting,
    session_before: str,
) -> Signed:
    key = installation_key(connection)
    throttle.give_back(connection, attempts_key(key, address), BEGUN, now)
    end(connection, session_before, now)
    return begun(
        connection,
        found.account,
        found.person,
        now,
        lasting,
        how="identity",
        waits_for_code=found.totp_on,
        by_identity=True,
        address=keyed_digest(key, "address", address)[:SHOWN_DIGEST],
    )


def _refuse(
    database: Database, now: datetime, address: str, reason: str, *, account: str = "", **detail: str
) -> None:
    """Written down, while not too many come from the address: nobody fills the list from outside."""
    with database.write() as connection:
        key = installation_key(connection)
        throttle.claim(connection, [(keyed_digest(key, "identity", address), throttle.OF_AN_ADDRESS)], now)
        note(
            connection,
            now,
            Happened.IDENTITY_REFUSED,
            account=account,
            reason=reason,
            address=keyed_digest(key, "address", address)[:SHOWN_DIGEST],
            **detail,
        )
