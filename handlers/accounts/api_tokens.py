"""Tokens for programs: made by their owner for one capacity, to read or to act, until a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import Connection, insert, select, update

from handlers.accounts.secret_tokens import new_token, token_digest
from handlers.accounts.security_log import Happened, note
from handlers.accounts.tables import ACCOUNTS, API_TOKENS
from workflow.errors import BadInput

TokenScope = Literal["read", "act"]
SCOPES: Final[tuple[TokenScope, ...]] = ("read", "act")
DAYS_MAX: Final = 366
NAME_MAX: Final = 80
PREFIX: Final = "kd_"
"""What every token begins with, so that one in a wrong place is recognised."""

USED_EVERY: Final = timedelta(hours=1)
"""How often at most its last use is written down."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bearer:
    """Who comes with a token, and what it is for."""

    token: int
    account: str
    person: str
    scope: TokenScope
    capacity: str
    used_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnToken:
    """A token that may still be used, as its owner sees it."""

    token: int
    name: str
    scope: TokenScope
    capacity: str
    expires_at: datetime
    used_at: datetime | None


def make_token(
    connection: Connection,
    account: str,
    *,
    name: str,
    scope: TokenScope,
    capacity: str,
    days: int,
    at: datetime,
    by: str,
) -> str:
    """A new token, which is nowhere kept. Raises BadInput for a name or a number of days that cannot be."""
    called = name.strip()
    if not called or len(called) > NAME_MAX or not called.isprintable():
        raise BadInput(
            "name",
            called[:NAME_MAX],
            f"không dùng làm tên được; ghi mã này dùng để làm gì, nhiều nhất {NAME_MAX} ký tự.",
            f"cannot be its name; say what the token is for, in at most {NAME_MAX} characters.",
        )
    if not 1 <= days <= DAYS_MAX:
        raise BadInput("days", str(days), f"phải từ 1 đến {DAYS_MAX} ngày.", f"must be 1 to {DAYS_MAX} days.")
    token = PREFIX + new_token()
    number = connection.execute(
        insert(API_TOKENS)
        .values(
            token_sha256=token_digest(token),
            account=account,
            name=called,
            scope=scope,
            capacity=capacity,
            made_at=at,
            expires_at=at + timedelta(days=days),
        )
        .returning(API_TOKENS.c.token)
    ).scalar_one()
    note(
        connection,
        at,
        Happened.TOKEN_MADE,
        account=account,
        by=by,
        token=int(number),
        scope=scope,
        capacity=capacity,
    )
    return token


def bearer_of(connection: Connection, token: str, now: datetime) -> Bearer | None:
    """Whose token this is; None where it is none, is over, was revoked, or its account is disabled."""
    row = connection.execute(
        select(API_TOKENS, ACCOUNTS.c.person)
        .join(ACCOUNTS, ACCOUNTS.c.account == API_TOKENS.c.account)
        .where(
            API_TOKENS.c.token_sha256 == token_digest(token),
            API_TOKENS.c.revoked_at.is_(None),
            API_TOKENS.c.expires_at > now,
            ACCOUNTS.c.disabled_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    return Bearer(
        token=row.token,
        account=row.account,
        person=row.person,
        scope=row.scope,
        capacity=row.capacity,
        used_at=row.used_at,
    )


def used(connection: Connection, bearer: Bearer, now: datetime) -> None:
    """Write down that a token was used; the first time also among the security events."""
    connection.execute(update(API_TOKENS).where(API_TOKENS.c.token == bearer.token).values(used_at=now))
    if bearer.used_at is None:
        note(
            connection,
            now,
            Happened.TOKEN_FIRST_USED,
            account=bearer.account,
            by=bearer.person,
            token=bearer.token,
        )


def own_tokens(connection: Connection, account: str, now: datetime) -> tuple[OwnToken, ...]:
    """The tokens of an account that may still be used, the newest first."""
    rows = connection.execute(
        select(API_TOKENS)
        .where(
            API_TOKENS.c.account == account, API_TOKENS.c.revoked_at.is_(None), API_TOKENS.c.expires_at > now
        )
        .order_by(API_TOKENS.c.token.desc())
    )
    return tuple(
        OwnToken(
            token=row.token,
            name=row.name,
            scope=row.scope,
            capacity=row.capacity,
            expires_at=row.expires_at,
            used_at=row.used_at,
        )
        for row in rows
    )


def revoke_token(connection: Connection, account: str, token: int, *, at: datetime, by: str) -> bool:
    """A token of an account is taken back; whether there was one."""
    ended = connection.execute(
        update(API_TOKENS)
        .where(
            API_TOKENS.c.token == token, API_TOKENS.c.account == account, API_TOKENS.c.revoked_at.is_(None)
        )
        .values(revoked_at=at)
    )
    if ended.rowcount:
        note(connection, at, Happened.TOKEN_REVOKED, account=account, by=by, token=token)
    return bool(ended.rowcount)
