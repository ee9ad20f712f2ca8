"""Sessions on the server: begun anew at every sign-in, found by their token's digest, ended when revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, update

from handlers.accounts.secret_tokens import new_token, token_digest
from handlers.accounts.security_log import Happened, note
from handlers.accounts.tables import ACCOUNTS, SESSIONS
from handlers.prepared import Prepared

SEEN_EVERY: Final = timedelta(minutes=1)
"""How often at most a session's last use is written down."""

CODE_WITHIN: Final = timedelta(minutes=5)
"""How long a right first step waits for its one-time code."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lasting:
    """How long a session lasts: `idle` since it was last seen, `whole` since it was begun; ends exclusive."""

    idle: timedelta = timedelta(hours=2)
    whole: timedelta = timedelta(hours=12)


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """Who is signed in here, and in which capacity he works (`role@body`, empty before a choice).

    `must_change` asks for another password only of whoever came in by the one he has.
    """

    session: int
    account: str
    login: str
    person: str
    label: str
    has_password: bool
    must_change: bool
    totp_on: bool
    waits_for_code: bool
    by_identity: bool
    capacity: str
    seen_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenSession:
    """A session that has not ended, as its owner sees it."""

    session: int
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def begin(
    connection: Connection,
    account: str,
    now: datetime,
    lasting: Lasting,
    *,
    waits_for_code: bool = False,
    by_identity: bool = False,
    capacity: str = "",
) -> tuple[str, int]:
    """A new session: its token, which is nowhere kept, and its number."""
    token = new_token()
    ends = now + (CODE_WITHIN if waits_for_code else lasting.whole)
    number = connection.execute(
        insert(SESSIONS)
        .values(
            token_sha256=token_digest(token),
            account=account,
            created_at=now,
            seen_at=now,
            expires_at=ends,
            waits_for_code=waits_for_code,
            by_identity=by_identity,
            capacity=capacity,
        )
        .returning(SESSIONS.c.session)
    ).scalar_one()
    return token, int(number)


def seat_of(connection: Connection, token: str, now: datetime, lasting: Lasting) -> Seat | None:
    """Whose session this token is; None where it is none, has ended, or its account is disabled."""
    given = {"token_sha256": token_digest(token), "now": now, "seen_after": now - lasting.idle}
    row = next(iter(_SEAT.all(connection, given)), None)
    if row is None:
        return None
    return Seat(
        session=row.session,
        account=row.account,
        login=row.login,
        person=row.person,
        label=row.label,
        has_password=bool(row.has_password),
        must_change=bool(row.must_change) and not row.by_identity,
        totp_on=bool(row.totp_on),
        waits_for_code=bool(row.waits_for_code),
        by_identity=bool(row.by_identity),
        capacity=row.capacity,
        seen_at=row.seen_at,
    )


def seen(connection: Connection, session: int, now: datetime) -> None:
    """Write down that a session was used just now."""
    connection.execute(update(SESSIONS).where(SESSIONS.c.session == session).values(seen_at=now))


def choose(connection: Connection, seat: Seat, capacity: str, now: datetime) -> None:
    """From now on this session works in another capacity."""
    connection.execute(update(SESSIONS).where(SESSIONS.c.session == seat.session).values(capacity=capacity))
    note(
        connection,
        now,
        Happened.CAPACITY_CHOSEN,
        account=seat.account,
        by=seat.person,
        session=seat.session,
        capacity=capacity,
    )


def end(connection: Connection, token: str, now: datetime) -> None:
    """Whatever session a browser comes with ends; nothing where it has none."""
    connection.execute(
        update(SESSIONS)
        .where(SESSIONS.c.token_sha256 == token_digest(token), SESSIONS.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def sign_out(connection: Connection, seat: Seat, now: datetime) -> None:
    """This session ends because its owner said so."""
    if _revoke(connection, seat.account, now, only=seat.session):
        note(
            connection,
            now,
            Happened.SIGNED_OUT,
            account=seat.account,
            by=seat.person,
            session=seat.session,
        )


def revoke(connection: Connection, account: str, session: int, *, at: datetime, by: str) -> bool:
    """One session of an account ends; whether there was one to end."""
    if not _revoke(connection, account, at, only=session):
        return False
    note(connection, at, Happened.SESSION_REVOKED, account=account, by=by, session=session)
    return True


def revoke_all(connection: Connection, account: str, *, at: datetime, by: str, but: int | None = None) -> int:
    """Every session of an account ends, but the one named; how many there were."""
    ended = _revoke(connection, account, at, but=but)
    if ended:
        note(connection, at, Happened.SESSIONS_REVOKED, account=account, by=by, sessions=ended)
    return ended


def open_sessions(
    connection: Connection, account: str, now: datetime, lasting: Lasting
) -> tuple[OpenSession, ...]:
    """The sessions of an account that have not ended, the one used last first."""
    rows = connection.execute(
        select(SESSIONS)
        .where(
            SESSIONS.c.account == account,
            SESSIONS.c.revoked_at.is_(None),
            SESSIONS.c.expires_at > now,
            SESSIONS.c.seen_at > now - lasting.idle,
            SESSIONS.c.waits_for_code.is_(False),
        )
        .order_by(SESSIONS.c.seen_at.desc(), SESSIONS.c.session.desc())
    )
    return tuple(
        OpenSession(
            session=row.session, created_at=row.created_at, seen_at=row.seen_at, expires_at=row.expires_at
        )
        for row in rows
    )


def _revoke(
    connection: Connection, account: str, at: datetime, *, only: int | None = None, but: int | None = None
) -> int:
    chosen = update(SESSIONS).where(
        SESSIONS.c.account == account, SESSIONS.c.revoked_at.is_(None), SESSIONS.c.expires_at > at
    )
    if only is not None:
        chosen = chosen.where(SESSIONS.c.session == only)
    if but is not None:
        chosen = chosen.where(SESSIONS.c.session != but)
    return int(connection.execute(chosen.values(revoked_at=at)).rowcount)


_SEAT: Final = Prepared(
    select(
        SESSIONS.c.session,
        SESSIONS.c.account,
        ACCOUNTS.c.login,
        ACCOUNTS.c.person,
        ACCOUNTS.c.label,
        ACCOUNTS.c.password_hash.is_not(None).label("has_password"),
        ACCOUNTS.c.must_change,
        ACCOUNTS.c.totp_on,
        SESSIONS.c.waits_for_code,
        SESSIONS.c.by_identity,
        SESSIONS.c.capacity,
        SESSIONS.c.seen_at,
    )
    .join(ACCOUNTS, ACCOUNTS.c.account == SESSIONS.c.account)
    .where(
        SESSIONS.c.token_sha256 == bindparam("token_sha256"),
        SESSIONS.c.revoked_at.is_(None),
        SESSIONS.c.expires_at > bindparam("now", type_=SESSIONS.c.expires_at.type),
        SESSIONS.c.seen_at > bindparam("seen_after", type_=SESSIONS.c.seen_at.type),
        ACCOUNTS.c.disabled_at.is_(None),
    )
)
