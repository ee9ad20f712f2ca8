"""What changes an account's own secrets: another password, one-time codes on and off, a link that is used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from handlers.accounts import passwords, throttle
from handlers.accounts.book import PERSON_ID, make_account
from handlers.accounts.codes import new_recovery_codes, new_secret, recovery_digest, step_of
from handlers.accounts.links import Purpose, link_of, use
from handlers.accounts.names import login_name
from handlers.accounts.secret_tokens import installation_key, keyed_digest
from handlers.accounts.security_log import Happened, note
from handlers.accounts.sessions import Lasting, Seat, begin, end, revoke_all
from handlers.accounts.signing_in import Signed, WrongCode, WrongPassword, begun
from handlers.accounts.tables import ACCOUNTS, RECOVERY_CODES
from workflow.database import Database
from workflow.errors import BadInput


class LinkOver(Exception):
    """The link was used, is over, or never was."""


def change_password(
    database: Database, now: datetime, *, seat: Seat, token: str, old: str, new: str, lasting: Lasting
) -> Signed:
    """Another password, the old one given. Every session ends; the one that asked goes on under a new token.

    Raises HeldBack, WrongPassword for the old one, BadInput for a new one that is refused, Busy.
    """
    chosen = passwords.check_new(new, seat.login)
    if chosen == old:
        raise BadInput(
            "password", "", "phải khác mật khẩu đang dùng.", "must differ from the password in use."
        )
    with database.write() as connection:
        key = keyed_digest(installation_key(connection), "name", seat.login)
        throttle.claim(connection, [(key, throttle.OF_A_NAME)], now)
        kept = connection.execute(
            select(ACCOUNTS.c.password_hash).where(ACCOUNTS.c.account == seat.account)
        ).scalar_one()
    right, _ = passwords.verified(old, kept)
    if not right:
        with database.write() as connection:
            note(connection, now, Happened.PASSWORD_CHANGE_REFUSED, account=seat.account, by=seat.person)
        raise WrongPassword
    hashed = passwords.hashed(chosen)
    with database.write() as connection:
        throttle.forget(connection, key)
        set_hash(connection, seat.account, hashed, now)
        note(connection, now, Happened.PASSWORD_CHANGED, account=seat.account, by=seat.person)
        return _rotated(connection, seat, token, now, lasting)


def use_link(
    database: Database,
    now: datetime,
    *,
    token: str,
    password: str,
    lasting: Lasting,
    login: str = "",
    grant: Callable[[str], None],
    session_before: str = "",
) -> Signed:
    """Set a password by a one-time link and sign in; of two who come with it one is let in.

    The first administrator's link makes the account `login` and has `grant` make its person administrator.
    A second step set up before stays: the link stands in for the password alone. Raises LinkOver, BadInput,
    AlreadyThere, Busy; nothing is used up by a password or name that is refused.
    """
    with database.read() as connection:
        link = link_of(connection, token, now)
    if link is None:
        raise LinkOver
    first = link.purpose is Purpose.FIRST_ADMINISTRATOR
    name = login_name(login) if first else link.login
    if first and not PERSON_ID.fullmatch(name):
        raise BadInput(
            "login",
            name,
            "của người quản trị đầu tiên chỉ gồm chữ không dấu, số và . _ -, nhiều nhất 40 ký tự.",
            "of the first administrator takes only plain letters, digits and . _ -, at most 40 characters.",
        )
    hashed = passwords.hashed(passwords.check_new(password, name))
    with database.write() as connection:
        if not use(connection, link, now):
            raise LinkOver
        account = link.account
        if first:
            account = make_account(
                connection, login=name, person=name, at=now, by="set-up", label=name
            ).account
        row = connection.execute(
            select(ACCOUNTS.c.person, ACCOUNTS.c.totp_on).where(ACCOUNTS.c.account == account)
        ).one()
        set_hash(connection, account, hashed, now)
        note(connection, now, Happened.LINK_USED, account=account, by=row.person, link=link.link)
        revoke_all(connection, account, at=now, by=row.person)
        end(connection, session_before, now)
        signed = begun(
            connection, account, row.person, now, lasting, how="link", waits_for_code=bool(row.totp_on)
        )
    if first:
        grant(signed.person)
    return signed


def propose_codes(connection: Connection, account: str) -> bytes:
    """A secret for the phone; it counts only once a code of it was typed. An older proposal is gone."""
    secret = new_secret()
    connection.execute(
        update(ACCOUNTS)
        .where(ACCOUNTS.c.account == account, ACCOUNTS.c.totp_on.is_(False))
        .values(totp_secret=secret, last_step=0)
    )
    return secret


def proposed_secret(connection: Connection, account: str) -> bytes | None:
    """The secret being set up; None once it is in use, and where none was proposed."""
    found = connection.execute(
        select(ACCOUNTS.c.totp_secret).where(ACCOUNTS.c.account == account, ACCOUNTS.c.totp_on.is_(False))
    ).scalar_one_or_none()
    return None if found is None else bytes(found)


def turn_codes_on(
    database: Database, now: datetime, code_time: datetime, *, seat: Seat, code: str
) -> tuple[str, ...]:
    """Codes are asked for from now on; gives the recovery codes, shown once. Raises HeldBack, WrongCode."""
    with database.write() as connection:
        key = keyed_digest(installation_key(connection), "code", seat.account)
        throttle.claim(connection, [(key, throttle.OF_A_NAME)], now)
        secret = proposed_secret(connection, seat.account)
        step = None if secret is None else step_of(secret, code, code_time, 0)
        if step is None:
            note(connection, now, Happened.CODE_REFUSED, account=seat.account, by=seat.person)
        else:
            throttle.forget(connection, key)
            connection.execute(
                update(ACCOUNTS)
                .where(ACCOUNTS.c.account == seat.account)
                .values(totp_on=True, last_step=step)
            )
            codes = new_recovery_codes()
            connection.execute(delete(RECOVERY_CODES).where(RECOVERY_CODES.c.account == seat.account))
            connection.execute(
                insert(RECOVERY_CODES),
                [
                    {"account": seat.account, "code_sha256": recovery_digest(seat.account, one)}
                    for one in codes
                ],
            )
            note(connection, now, Happened.CODES_TURNED_ON, account=seat.account, by=seat.person)
            return codes
    raise WrongCode


def turn_codes_off(connection: Connection, account: str, *, at: datetime, by: str) -> None:
    """No codes any more: by their owner with his password, or by an administrator for a lost phone."""
    connection.execute(
        update(ACCOUNTS)
        .where(ACCOUNTS.c.account == account)
        .values(totp_on=False, totp_secret=None, last_step=0)
    )
    connection.execute(delete(RECOVERY_CODES).where(RECOVERY_CODES.c.account == account))
    note(connection, at, Happened.CODES_TURNED_OFF, account=account, by=by)


def confirm_password(database: Database, now: datetime, *, seat: Seat, password: str) -> None:
    """Whoever sits here knows the password. Raises HeldBack, WrongPassword, Busy."""
    with database.write() as connection:
        key = keyed_digest(installation_key(connection), "name", seat.login)
        throttle.claim(connection, [(key, throttle.OF_A_NAME)], now)
        kept = connection.execute(
            select(ACCOUNTS.c.password_hash).where(ACCOUNTS.c.account == seat.account)
        ).scalar_one()
    right, _ = passwords.verified(password, kept)
    if not right:
        raise WrongPassword
    with database.write() as connection:
        throttle.forget(connection, key)


def set_hash(
    connection: Connection, account: str, hashed: str, at: datetime, *, must_change: bool = False
) -> None:
    """A new password's hash; with `must_change` its owner is asked for another at once."""
    connection.execute(
        update(ACCOUNTS)
        .where(ACCOUNTS.c.account == account)
        .values(password_hash=hashed, password_at=at, must_change=must_change)
    )


def _rotated(connection: Connection, seat: Seat, token: str, now: datetime, lasting: Lasting) -> Signed:
    revoke_all(connection, seat.account, at=now, by=seat.person, but=seat.session)
    end(connection, token, now)

    fresh, session = begin(connection, seat.account, now, lasting, capacity=seat.capacity)
    note(
        connection,
        now,
        Happened.SESSION_ROTATED,
        account=seat.account,
        by=seat.person,
        session=session,
        before=seat.session,
    )
    return Signed(fresh, seat.account, seat.person, False)
