"""The accounts: made, found, listed, disabled; one a person."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, update

from handlers.accounts.names import login_name, normal_form
from handlers.accounts.security_log import Happened, note
from handlers.accounts.tables import ACCOUNTS, LINKS, SESSIONS
from handlers.names import name_key
from handlers.roster.text import folded
from handlers.roster.vocabulary import Post
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS, PEOPLE, POSITIONS
from workflow.errors import AlreadyThere, BadInput, NotFound

PERSON_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
"""What the log takes for the id of a person."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """An account as it is worked with; without its secrets."""

    account: str
    login: str
    person: str
    label: str
    identity_issuer: str
    identity_subject: str
    """As whom the office's identity server knows this person; empty where it does not."""

    has_password: bool
    must_change: bool
    totp_on: bool
    disabled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """An account in the list: its name as of the day, when it was used last, whether a link to it is open."""

    account: Account
    name: str
    seen_at: datetime | None
    link_until: datetime | None


def make_account(
    connection: Connection,
    *,
    login: str,
    person: str,
    at: datetime,
    by: str,
    label: str = "",
) -> Account:
    """A new account without a password. Raises BadInput for what cannot be, AlreadyThere else."""
    name = login_name(login)
    if not PERSON_ID.fullmatch(person):
        raise BadInput(
            "person",
            person[:40],
            "không phải mã người; cần chữ không dấu, số và . _ -, nhiều nhất 40 ký tự.",
            "is no id of a person; needed are plain letters, digits and . _ -, at most 40 characters.",
        )
    taken = connection.execute(
        select(ACCOUNTS.c.login).where(or_(ACCOUNTS.c.login == name, ACCOUNTS.c.person == person)).limit(1)
    ).scalar_one_or_none()
    if taken is not None:
        raise AlreadyThere("account", name if taken == name else person)
    account = f"TK-{secrets.token_hex(6)}"
    connection.execute(
        insert(ACCOUNTS).values(
            account=account, login=name, person=person, label=label[:120], created_at=at, created_by=by
        )
    )
    note(connection, at, Happened.ACCOUNT_MADE, account=account, by=by)
    return account_of(connection, account)


def account_of(connection: Connection, account: str) -> Account:
    """The account of this id. Raises NotFound."""
    row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.account == account)).one_or_none()
    if row is None:
        raise NotFound("account", account)
    return told(row)


def by_login(connection: Connection, login: str) -> Account:
    """The account of a sign-in name, in whatever form it is typed. Raises NotFound."""
    row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.login == normal_form(login))).one_or_none()
    if row is None:
        raise NotFound("account", "".join(one for one in login if one.isprintable())[:64])
    return told(row)


def by_person(connection: Connection, person: str) -> Account | None:
    """The account of a person; None where there is none."""
    row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.person == person)).one_or_none()
    return None if row is None else told(row)


def disable(connection: Connection, account: str, *, at: datetime, by: str) -> None:
    """Nobody signs in with it any more, and every session of it ends; told once however often it is asked."""
    changed = connection.execute(
        update(ACCOUNTS)
        .where(ACCOUNTS.c.account == account, ACCOUNTS.c.disabled_at.is_(None))
        .values(disabled_at=at)
    )
    if changed.rowcount:
        connection.execute(
            update(SESSIONS)
            .where(SESSIONS.c.account == account, SESSIONS.c.revoked_at.is_(None))
            .values(revoked_at=at)
        )
        connection.execute(
            update(LINKS).where(LINKS.c.account == account, LINKS.c.used_at.is_(None)).values(used_at=at)
        )
        note(connection, at, Happened.ACCOUNT_DISABLED, account=account, by=by)


def enable(connection: Connection, account: str, *, at: datetime, by: str) -> None:
    """It may be signed in with again; its sessions stay ended."""
    changed = connection.execute(
        update(ACCOUNTS)
        .where(ACCOUNTS.c.account == account, ACCOUNTS.c.disabled_at.is_not(None))
        .values(disabled_at=None)
    )
    if changed.rowcount:
        note(connection, at, Happened.ACCOUNT_ENABLED, account=account, by=by)


def listed(connection: Connection, day: date, now: datetime, sought: str = "") -> tuple[Listed, ...]:
    """Every account in the order of a roll, or those whose name, sign-in name or id holds what is sought.

    With or without accents; the accounts are as many as people who sign in, and are looked through here.
    """
    seen = (
        select(SESSIONS.c.account, func.max(SESSIONS.c.seen_at).label("seen_at"))
        .group_by(SESSIONS.c.account)
        .subquery()
    )
    links = (
        select(LINKS.c.account, func.max(LINKS.c.expires_at).label("link_until"))
        .where(LINKS.c.used_at.is_(None), LINKS.c.expires_at > now)
        .group_by(LINKS.c.account)
        .subquery()
    )
    rows = connection.execute(
        select(ACCOUNTS, PEOPLE.c.name, seen.c.seen_at, links.c.link_until)
        .outerjoin(PEOPLE, and_(PEOPLE.c.person_id == ACCOUNTS.c.person, as_of(PEOPLE, day)))
        .outerjoin(seen, seen.c.account == ACCOUNTS.c.account)
        .outerjoin(links, links.c.account == ACCOUNTS.c.account)
    ).all()
    found = [
        Listed(
            account=told(row),
            name=row.name or row.label or row.login,
            seen_at=row.seen_at,
            link_until=row.link_until,
        )
        for row in rows
    ]
    wanted = folded(sought)
    if wanted:
        found = [
            one for one in found if wanted in folded(f"{one.name} {one.account.login} {one.account.person}")
        ]
    return tuple(sorted(found, key=lambda one: (name_key(one.name), one.account.account)))


def heads_without(connection: Connection, day: date) -> Sequence[Any]:
    """Heads of bodies as of a day who have no account: `person_id`, `name`, `organisation_id`, `body`."""
    return connection.execute(
        select(
            POSITIONS.c.person_id,
            PEOPLE.c.name,
            POSITIONS.c.organisation_id,
            ORGANISATIONS.c.name.label("body"),
        )
        .join(PEOPLE, and_(PEOPLE.c.person_id == POSITIONS.c.person_id, as_of(PEOPLE, day)))
        .join(
            ORGANISATIONS,
            and_(ORGANISATIONS.c.organisation_id == POSITIONS.c.organisation_id, as_of(ORGANISATIONS, day)),
        )
        .outerjoin(ACCOUNTS, ACCOUNTS.c.person == POSITIONS.c.person_id)
        .where(as_of(POSITIONS, day), POSITIONS.c.post == Post.HEAD, ACCOUNTS.c.account.is_(None))
        .order_by(POSITIONS.c.organisation_id, POSITIONS.c.person_id)
    ).all()


def name_of(connection: Connection, person: str, day: date) -> str | None:
    """What the roster calls a person as of a day; None where it has none of this id then."""
    found = connection.execute(
        select(PEOPLE.c.name).where(PEOPLE.c.person_id == person, as_of(PEOPLE, day))
    ).scalar_one_or_none()
    return None if found is None else str(found)


def told(row: Row[Any]) -> Account:
    """A row of `accounts` without its secrets."""
    return Account(
        account=row.account,
        login=row.login,
        person=row.person,
        label=row.label,
        identity_issuer=row.identity_issuer or "",
        identity_subject=row.identity_subject or "",
        has_password=row.password_hash is not None,
        must_change=row.must_change,
        totp_on=row.totp_on,
        disabled=row.disabled_at is not None,
    )
