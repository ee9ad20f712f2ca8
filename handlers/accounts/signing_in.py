"""Signing in: name and password, then a one-time code where one is asked for; each step a new session.

An answer of the office's identity server may take the place of name and password (`signing_in_there`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from handlers.accounts import passwords, throttle
from handlers.accounts.codes import recovery_digest, step_of
from handlers.accounts.names import normal_form
from handlers.accounts.secret_tokens import installation_key, keyed_digest
from handlers.accounts.security_log import Happened, note
from handlers.accounts.sessions import Lasting, Seat, begin, end
from handlers.accounts.tables import ACCOUNTS, RECOVERY_CODES
from workflow.database import Database

SHOWN_DIGEST = 16
"""Hexadecimal digits of a keyed digest in the security log: enough to see that two are the same."""


class WrongPassword(Exception):
    """Name and password do not go together, or the account is disabled: which of them is not told."""


class WrongCode(Exception):
    """The one-time code is wrong, too old or was used already."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A new session's token; where it waits for a one-time code it is good for nothing else."""

    token: str
    account: str
    person: str
    waits_for_code: bool


def sign_in(
    database: Database,
    now: datetime,
    *,
    login: str,
    password: str,
    address: str,
    lasting: Lasting,
    session_before: str = "",
) -> Signed:
    """Sign in by password. The session the browser came with, if any, ends: it may have been planted.

    Raises HeldBack after too many attempts, WrongPassword, and Busy where too many are signing in at once.
    """
    name = normal_form(login)
    with database.write() as connection:
        key = installation_key(connection)
        name_key, address_key = keyed_digest(key, "name", name), keyed_digest(key, "address", address)
        throttle.claim(
            connection, [(name_key, throttle.OF_A_NAME), (address_key, throttle.OF_AN_ADDRESS)], now
        )
        row = connection.execute(
            select(ACCOUNTS.c.account, ACCOUNTS.c.password_hash).where(
                ACCOUNTS.c.login == name, ACCOUNTS.c.disabled_at.is_(None)
            )
        ).one_or_none()
    kept = row.password_hash if row is not None else None
    right, grown = passwords.verified(password, kept)
    with database.write() as connection:
        account = _still(connection, row.account, kept) if row is not None and right else None
        if account is None:
            known = {"account": row.account} if row is not None else {}
            note(
                connection,
                now,
                Happened.SIGN_IN_REFUSED,
                **known,
                name=name_key[:SHOWN_DIGEST],
                address=address_key[:SHOWN_DIGEST],
            )
        else:
            throttle.forget(connection, name_key)
            throttle.give_back(connection, address_key, throttle.OF_AN_ADDRESS, now)
            if grown is not None:
                connection.execute(
                    update(ACCOUNTS).where(ACCOUNTS.c.account == account.account).values(password_hash=grown)
                )
            end(connection, session_before, now)
            return begun(
                connection,
                account.account,
                account.person,
                now,
                lasting,
                waits_for_code=account.totp_on,
                how="password",
                address=address_key[:SHOWN_DIGEST],
            )
    raise WrongPassword


def give_code(
    database: Database,
    now: datetime,
    code_time: datetime,
    *,
    seat: Seat,
    token: str,
    code: str,
    lasting: Lasting,
) -> Signed:
    """The second step: a one-time code, or a recovery code. `code_time` is the moment phones have.

    Raises HeldBack, WrongCode.
    """
    with database.write() as connection:
        key = keyed_digest(installation_key(connection), "code", seat.account)
        throttle.claim(connection, [(key, throttle.OF_A_NAME)], now)
        how = _code_holds(connection, seat.account, code, code_time)
        if how is None:
            note(connection, now, Happened.CODE_REFUSED, account=seat.account, session=seat.session)
        else:
            throttle.forget(connection, key)
            end(connection, token, now)
            if how == "recovery":
                note(connection, now, Happened.RECOVERY_CODE_USED, account=seat.account, by=seat.person)
            return begun(
                connection,
                seat.account,
                seat.person,
                now,
                lasting,
                how=f"identity+{how}" if seat.by_identity else how,
                by_identity=seat.by_identity,
            )
    raise WrongCode


def begun(
    connection: Connection,
    account: str,
    person: str,
    now: datetime,
    lasting: Lasting,
    *,
    how: str,
    waits_for_code: bool = False,
    by_identity: bool = False,
    **detail: str,
) -> Signed:
    """A new session, told in the security log once it is whole."""
    token, session = begin(
        connection, account, now, lasting, waits_for_code=waits_for_code, by_identity=by_identity
    )
    if not waits_for_code:
        note(
            connection,
            now,
            Happened.SIGNED_IN,
            account=account,
            by=person,
            session=session,
            how=how,
            **detail,
        )
    return Signed(token, account, person, waits_for_code)


@dataclass(frozen=True, slots=True)
class _Signing:
    account: str
    person: str
    totp_on: bool


def _still(connection: Connection, account: str, kept: str | None) -> _Signing | None:
    """The account, unless it was disabled or given another password while this one was looked at."""
    row = connection.execute(
        select(ACCOUNTS.c.account, ACCOUNTS.c.person, ACCOUNTS.c.totp_on).where(
            ACCOUNTS.c.account == account,
            ACCOUNTS.c.password_hash == kept,
            ACCOUNTS.c.disabled_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else _Signing(row.account, row.person, bool(row.totp_on))


def _code_holds(connection: Connection, account: str, code: str, code_time: datetime) -> str | None:
    row = connection.execute(
        select(ACCOUNTS.c.totp_secret, ACCOUNTS.c.last_step).where(ACCOUNTS.c.account == account)
    ).one()
    if row.totp_secret is None:
        return None
    step = step_of(bytes(row.totp_secret), code, code_time, row.last_step)
    if step is not None:
        taken = connection.execute(
            update(ACCOUNTS)
            .where(ACCOUNTS.c.account == account, ACCOUNTS.c.last_step < step)
            .values(last_step=step)
        )
        return "code" if taken.rowcount else None
    used = connection.execute(
        delete(RECOVERY_CODES).where(
            RECOVERY_CODES.c.account == account,
            RECOVERY_CODES.c.code_sha256 == recovery_digest(account, code),
        )
    )
    return "recovery" if used.rowcount else None
