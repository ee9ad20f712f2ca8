"""As whom an office's own identity server knows a person: set by an administrator, never guessed.

An identity is the address of the server (its issuer) and the id it gives the person (the subject). Names and
addresses of mail the server may tell are not asked for: they change hands.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select, update

from handlers.accounts.book import Account, account_of, told
from handlers.accounts.secret_tokens import installation_key, keyed_digest
from handlers.accounts.security_log import Happened, note
from handlers.accounts.sessions import revoke_all
from handlers.accounts.tables import ACCOUNTS
from workflow.errors import BadInput

SUBJECT_MAX: Final = 255
"""Characters of a subject, as OpenID Connect has it."""

SHOWN_DIGEST: Final = 16


def by_identity(connection: Connection, issuer: str, subject: str) -> Account | None:
    """The account an identity server knows by this subject; None where there is none."""
    row = connection.execute(
        select(ACCOUNTS).where(ACCOUNTS.c.identity_issuer == issuer, ACCOUNTS.c.identity_subject == subject)
    ).one_or_none()
    return None if row is None else told(row)


def set_identity(
    connection: Connection, account: str, issuer: str, subject: str, *, at: datetime, by: str
) -> None:
    """From now on this is the person the server means by this subject; the same again changes nothing.

    Every session of the account ends, so that its person notices who may come in now. Raises NotFound, and
    BadInput for what is no subject or is somebody else's.
    """
    chosen = subject.strip()
    if not chosen or len(chosen) > SUBJECT_MAX or not chosen.isprintable():
        raise BadInput(
            "identity",
            "".join(one for one in chosen if one.isprintable())[:SUBJECT_MAX],
            f"không phải mã định danh; cần 1 đến {SUBJECT_MAX} ký tự, như trang đăng nhập hiện ra.",
            f"is no identifier; needed are 1 to {SUBJECT_MAX} characters, as the sign-in page shows them.",
        )
    found = account_of(connection, account)
    if (found.identity_issuer, found.identity_subject) == (issuer, chosen):
        return
    holder = by_identity(connection, issuer, chosen)
    if holder is not None:
        raise BadInput(
            "identity",
            chosen,
            f"đang gắn với tài khoản {holder.login}; gỡ ở tài khoản đó trước.",
            f"belongs to the account {holder.login}; remove it there first.",
        )
    connection.execute(
        update(ACCOUNTS)
        .where(ACCOUNTS.c.account == account)
        .values(identity_issuer=issuer, identity_subject=chosen)
    )
    revoke_all(connection, account, at=at, by=by)
    note(
        connection,
        at,
        Happened.IDENTITY_SET,
        account=account,
        by=by,
        identity=identity_digest(connection, issuer, chosen),
    )


def remove_identity(connection: Connection, account: str, *, at: datetime, by: str) -> None:
    """No server leads into this account any more, and its sessions end. Raises NotFound."""
    found = account_of(connection, account)
    if not found.identity_subject:
        return
    connection.execute(
        update(ACCOUNTS)
        .where(ACCOUNTS.c.account == account)
        .values(identity_issuer=None, identity_subject=None)
    )
    revoke_all(connection, account, at=at, by=by)
    note(connection, at, Happened.IDENTITY_REMOVED, account=account, by=by)


def identity_digest(connection: Connection, issuer: str, subject: str) -> str:
    """What the security log tells of an identity: enough to see that two are the same."""
    key = installation_key(connection)
    return keyed_digest(key, "identity", f"{issuer}\n{subject}")[:SHOWN_DIGEST]
