"""Links that set a password once: for the first administrator, a new account, a forgotten password."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, insert, select, update

from handlers.accounts.secret_tokens import installation_key, new_token, token_digest
from handlers.accounts.security_log import Happened, note
from handlers.accounts.tables import ACCOUNTS, LINKS


class Purpose(StrEnum):
    """What a link is for."""

    FIRST_ADMINISTRATOR = "first_admin"
    RESET = "reset"
    INVITE = "invite"


LASTS: Final = {
    Purpose.FIRST_ADMINISTRATOR: timedelta(hours=24),
    Purpose.RESET: timedelta(minutes=30),
    Purpose.INVITE: timedelta(days=14),
}
"""How long each may be used; the end is exclusive."""

ADMINISTRATORS_RESET: Final = timedelta(days=3)
"""How long a link lasts that an administrator hands to somebody who has a password already."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link that may still be used; `account` is empty where one is made by using it."""

    link: int
    purpose: Purpose
    account: str
    login: str
    expires_at: datetime


def make_link(
    connection: Connection,
    purpose: Purpose,
    *,
    at: datetime,
    by: str,
    account: str = "",
    lasts: timedelta | None = None,
) -> tuple[str, datetime]:
    """A new link: its token, which is nowhere kept, and until when it lasts. Earlier ones end."""
    token = new_token()
    _insert(connection, purpose, token, account, at=at, by=by, lasts=lasts)
    return token, at + (lasts or LASTS[purpose])


def make_mailed_link(connection: Connection, account: str, *, at: datetime, by: str) -> int:
    """A link whose token is made only when its letter is written (`mailed_token`); its number."""
    number = _insert(connection, Purpose.RESET, "", account, at=at, by=by, lasts=None)
    token = mailed_token(installation_key(connection), number)
    connection.execute(update(LINKS).where(LINKS.c.link == number).values(token_sha256=token_digest(token)))
    return number


def mailed_token(key: bytes, link: int) -> str:
    """The token of a mailed link, from the key of the installation: the outbox need not hold it."""
    return hmac.new(key, f"mailed link {link}".encode(), sha256).hexdigest()


def link_of(connection: Connection, token: str, now: datetime) -> Link | None:
    """The link of a token; None where it is none, was used, is over, or its account is disabled."""
    row = connection.execute(
        select(LINKS, ACCOUNTS.c.login, ACCOUNTS.c.disabled_at)
        .outerjoin(ACCOUNTS, ACCOUNTS.c.account == LINKS.c.account)
        .where(
            LINKS.c.token_sha256 == token_digest(token), LINKS.c.used_at.is_(None), LINKS.c.expires_at > now
        )
    ).one_or_none()
    if row is None or row.disabled_at is not None or (row.account and row.login is None):
        return None
    return Link(
        link=row.link,
        purpose=Purpose(row.purpose),
        account=row.account,
        login=row.login or "",
        expires_at=row.expires_at,
    )


def use(connection: Connection, link: Link, now: datetime) -> bool:
    """Take the link: True for exactly one of those who come with it."""
    taken = connection.execute(
        update(LINKS)
        .where(LINKS.c.link == link.link, LINKS.c.used_at.is_(None), LINKS.c.expires_at > now)
        .values(used_at=now)
    )
    return taken.rowcount == 1


def _insert(
    connection: Connection,
    purpose: Purpose,
    token: str,
    account: str,
    *,
    at: datetime,
    by: str,
    lasts: timedelta | None,
) -> int:
    connection.execute(
        update(LINKS)
        .where(LINKS.c.purpose == purpose, LINKS.c.account == account, LINKS.c.used_at.is_(None))
        .values(used_at=at)
    )
    number = connection.execute(
        insert(LINKS)
        .values(
            # a mailed link has no token before it has its number; a random one keeps the column unique
            token_sha256=token_digest(token or new_token()),
            purpose=purpose,
            account=account,
            made_by=by,
            made_at=at,
            expires_at=at + (lasts or LASTS[purpose]),
        )
        .returning(LINKS.c.link)
    ).scalar_one()
    note(connection, at, Happened.LINK_MADE, account=account, by=by, link=int(number), purpose=purpose)
    return int(number)
