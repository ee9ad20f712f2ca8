"""What happened around signing in: a list that only grows, each entry hashed together with the one before.

It holds ids and keyed digests: no name, no address, no password, nothing that was typed. Entries are counted
without a gap under the guard `security_log`, so that a missing one shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, Row, insert, select, true

from handlers.access.scope import Condition, Scope
from handlers.accounts.tables import ACCOUNTS, SECURITY_LOG
from states.roles import Role
from workflow.checkpoint import Beside
from workflow.log import Log
from workflow.stored_types import instant_text
from workflow.verify import Broken

GUARD: Final = "security_log"
FORM: Final = "kiemdiem security entry 1"
_CHUNK: Final = 5_000


class Happened(StrEnum):
    """What an entry may tell of."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    CODE_REFUSED = "code_refused"
    RECOVERY_CODE_USED = "recovery_code_used"
    SIGNED_OUT = "signed_out"
    SESSION_REVOKED = "session_revoked"
    SESSIONS_REVOKED = "sessions_revoked"
    SESSION_ROTATED = "session_rotated"
    CAPACITY_CHOSEN = "capacity_chosen"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_CHANGE_REFUSED = "password_change_refused"
    PASSWORD_SET_AT_START = "password_set_at_start"
    RESET_ASKED = "reset_asked"
    LINK_MADE = "link_made"
    LINK_USED = "link_used"
    CODES_TURNED_ON = "codes_turned_on"
    CODES_TURNED_OFF = "codes_turned_off"
    TOKEN_MADE = "token_made"
    TOKEN_FIRST_USED = "token_first_used"
    TOKEN_REVOKED = "token_revoked"
    ACCOUNT_MADE = "account_made"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    IDENTITY_SET = "identity_set"
    IDENTITY_REMOVED = "identity_removed"
    IDENTITY_REFUSED = "identity_refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry; `by` is the person who did it, or the service, `detail` ids and digests by name."""

    position: int
    at: datetime
    what: Happened
    account: str
    by: str
    detail: Mapping[str, str | int]


def note(
    connection: Connection,
    at: datetime,
    what: Happened,
    *,
    account: str = "",
    by: str = "",
    **detail: str | int,
) -> None:
    """Write an entry in the caller's transaction, as the last thing in it: the guard is held to its end."""
    Log(connection).lock([GUARD])
    newest = connection.execute(
        select(SECURITY_LOG.c.position, SECURITY_LOG.c.entry_hash)
        .order_by(SECURITY_LOG.c.position.desc())
        .limit(1)
    ).one_or_none()
    position, previous = (newest.position + 1, bytes(newest.entry_hash)) if newest else (1, b"")
    told = json.dumps(detail, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    connection.execute(
        insert(SECURITY_LOG).values(
            position=position,
            at=at,
            what=what,
            account=account,
            by=by,
            detail=told,
            entry_hash=_hash(position, at, what, account, by, told, previous),
            previous_hash=previous,
        )
    )


def entries_seen(scope: Scope) -> Condition:
    """The condition on SECURITY_LOG: accounts of people of the branch; for an administrator everything, also
    what was tried under a name nobody has.
    """
    if scope.actor.role is Role.ADMINISTRATOR:
        return true()
    people = select(ACCOUNTS.c.account).where(scope.own_people(ACCOUNTS.c.person))
    return SECURITY_LOG.c.account.in_(people)


def entries(
    connection: Connection,
    *,
    since: datetime | None = None,
    account: str = "",
    what: Happened | None = None,
    after: int | None = None,
    limit: int = 200,
    only: Condition | None = None,
) -> tuple[Entry, ...]:
    """The newest entries first: from `since` on (inclusive), of one account, of one kind.

    `after` is the position the page before ended with, exclusive; `only` as of `entries_seen`.
    """
    chosen = select(SECURITY_LOG).order_by(SECURITY_LOG.c.position.desc()).limit(limit)
    if since is not None:
        chosen = chosen.where(SECURITY_LOG.c.at >= since)
    if only is not None:
        chosen = chosen.where(only)
    if account:
        chosen = chosen.where(SECURITY_LOG.c.account == account)
    if what is not None:
        chosen = chosen.where(SECURITY_LOG.c.what == what)
    if after is not None:
        chosen = chosen.where(SECURITY_LOG.c.position < after)
    return tuple(_entry(row) for row in connection.execute(chosen))


def head_at(connection: Connection, position: int | None = None) -> Beside | None:
    """The entry a checkpoint covers: the newest one, or that at a position; None without one."""
    chosen = select(SECURITY_LOG.c.position, SECURITY_LOG.c.entry_hash)
    if position is None:
        chosen = chosen.order_by(SECURITY_LOG.c.position.desc()).limit(1)
    else:
        chosen = chosen.where(SECURITY_LOG.c.position == position)
    row = connection.execute(chosen).one_or_none()
    return None if row is None else Beside(GUARD, row.position, bytes(row.entry_hash).hex())


def broken(connection: Connection) -> Iterator[Broken]:
    """Every entry that does not follow from the one before, or whose hash is not that of what is stored.

    Wants `Database.read`. That the newest entries are missing is shown by a printed checkpoint alone.
    """
    position, end = 0, b""
    while chunk := connection.execute(
        select(SECURITY_LOG)
        .where(SECURITY_LOG.c.position > position)
        .order_by(SECURITY_LOG.c.position)
        .limit(_CHUNK)
    ).all():
        for row in chunk:
            expected, position = position + 1, row.position
            previous = bytes(row.previous_hash)
            if position != expected:
                yield _broken(position, f"entry {expected} was to come here")
            elif previous != end:
                yield _broken(position, "the previous hash is not that of the entry before")
            end = bytes(row.entry_hash)
            if _hash(position, row.at, row.what, row.account, row.by, row.detail, previous) != end:
                yield _broken(position, "what is stored does not give the stored hash")


def _hash(
    position: int, at: datetime, what: str, account: str, by: str, detail: str, previous: bytes
) -> bytes:
    fields = [FORM, position, instant_text(at), str(what), account, by, detail, previous.hex()]
    return sha256(json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode()).digest()


def _broken(position: int, what: str) -> Broken:
    return Broken(stream=GUARD, version=position, what=what)


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(
        position=row.position,
        at=row.at,
        what=Happened(row.what),
        account=row.account,
        by=row.by,
        detail=json.loads(row.detail),
    )
