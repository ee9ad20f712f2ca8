"""Tables of who may sign in, from where they are signed in, and what happened around it.

None of them is a read model: the log holds nothing of them. Nothing is kept from which a password, a link, a
session or a token could be told; the secret of one-time codes has to be kept as it is, and is shown to nobody
after it was set up.
"""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import Boolean, CheckConstraint, Index, Integer, LargeBinary, Table, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from workflow.stored_types import Instant, Number, Word


class AccountRow(SQLModel, table=True):
    """Somebody who may sign in, by a name in its normal form (`names.login_name`).

    `person` is the id the log keeps: one of the roster, or of a person of the system, who then has a `label`
    to be shown by. Without a `password_hash` only a one-time link leads in, or the office's own identity
    server, which knows the person as `identity_subject` of `identity_issuer`. `last_step` is the newest
    one-time code used, so that none is used twice.
    """

    __tablename__: ClassVar[Any] = "accounts"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("login", name="accounts_by_login"),
        UniqueConstraint("person", name="accounts_by_person"),
        UniqueConstraint("identity_issuer", "identity_subject", name="accounts_by_identity"),
    )

    account: str = Field(primary_key=True, sa_type=Word)
    login: str = Field(sa_type=Word)
    person: str = Field(sa_type=Word)
    label: str = Field(default="", sa_type=Text)
    identity_issuer: str | None = Field(default=None, sa_type=Word)
    identity_subject: str | None = Field(default=None, sa_type=Word)
    password_hash: str | None = Field(default=None, sa_type=Text)
    password_at: datetime | None = Field(default=None, sa_type=Instant)
    must_change: bool = Field(default=False, sa_type=Boolean)
    totp_secret: bytes | None = Field(default=None, sa_type=LargeBinary)
    totp_on: bool = Field(default=False, sa_type=Boolean)
    last_step: int = Field(default=0, sa_type=Number)
    created_at: datetime = Field(sa_type=Instant)
    created_by: str = Field(sa_type=Word)
    disabled_at: datetime | None = Field(default=None, sa_type=Instant)


class RecoveryCodeRow(SQLModel, table=True):
    """SHA-256 of a code that stands in, once, for a phone that was lost."""

    __tablename__: ClassVar[Any] = "recovery_codes"

    account: str = Field(primary_key=True, sa_type=Word)
    code_sha256: str = Field(primary_key=True, sa_type=Word)


class SessionRow(SQLModel, table=True):
    """One browser that is signed in, by SHA-256 of its token; it ends idle, at `expires_at`, or revoked.

    `waits_for_code` while only the first step was right; `by_identity` where that was an answer of the
    office's identity server. `capacity` is `role@body` as chosen, empty before.
    """

    __tablename__: ClassVar[Any] = "sign_in_sessions"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("token_sha256", name="sign_in_sessions_by_token"),
        Index("sign_in_sessions_of", "account"),
        {"sqlite_autoincrement": True},
    )

    session: int | None = Field(default=None, primary_key=True, sa_type=Number)
    token_sha256: str = Field(sa_type=Word)
    account: str = Field(sa_type=Word)
    created_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
    waits_for_code: bool = Field(default=False, sa_type=Boolean)
    by_identity: bool = Field(default=False, sa_type=Boolean)
    capacity: str = Field(default="", sa_type=Word)


class IdentityAttemptRow(SQLModel, table=True):
    """A browser that was sent to the office's identity server: SHA-256 of the state it has to come back with
    and of the secret in its cookie, and where it goes on to.
    """

    __tablename__: ClassVar[Any] = "identity_attempts"
    __table_args__: ClassVar[Any] = (Index("identity_attempts_over", "expires_at"),)

    state_sha256: str = Field(primary_key=True, sa_type=Word)
    browser_sha256: str = Field(sa_type=Word)
    following: str = Field(sa_type=Text)
    expires_at: datetime = Field(sa_type=Instant)


class OneTimeLinkRow(SQLModel, table=True):
    """SHA-256 of the token in a link that sets a password once; the first administrator's has no account."""

    __tablename__: ClassVar[Any] = "one_time_links"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("token_sha256", name="one_time_links_by_token"),
        Index("one_time_links_of", "account"),
        {"sqlite_autoincrement": True},
    )

    link: int | None = Field(default=None, primary_key=True, sa_type=Number)
    token_sha256: str = Field(sa_type=Word)
    purpose: str = Field(sa_type=Word)
    account: str = Field(default="", sa_type=Word)
    made_by: str = Field(sa_type=Word)
    made_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class ApiTokenRow(SQLModel, table=True):
    """SHA-256 of a token for programs, with what it may do (`read` or `act`) and in which capacity."""

    __tablename__: ClassVar[Any] = "api_tokens"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("token_sha256", name="api_tokens_by_token"),
        CheckConstraint("scope IN ('read', 'act')", name="api_tokens_scope"),
        Index("api_tokens_of", "account"),
        {"sqlite_autoincrement": True},
    )

    token: int | None = Field(default=None, primary_key=True, sa_type=Number)
    token_sha256: str = Field(sa_type=Word)
    account: str = Field(sa_type=Word)
    name: str = Field(sa_type=Text)
    scope: str = Field(sa_type=Word)
    capacity: str = Field(sa_type=Word)
    made_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


class ThrottleRow(SQLModel, table=True):
    """Attempts in vain under one key, a keyed digest of a name or an address, and until when it waits."""

    __tablename__: ClassVar[Any] = "sign_in_throttle"
    __table_args__: ClassVar[Any] = (Index("sign_in_throttle_last", "last_at"),)

    key: str = Field(primary_key=True, sa_type=Word)
    failures: int = Field(sa_type=Integer)
    last_at: datetime = Field(sa_type=Instant)
    wait_until: datetime = Field(sa_type=Instant)


class InstallationKeyRow(SQLModel, table=True):
    """Random bytes of this installation that digests of names and addresses, and letters' links, rest on."""

    __tablename__: ClassVar[Any] = "installation_keys"

    name: str = Field(primary_key=True, sa_type=Word)
    key: bytes = Field(sa_type=LargeBinary)


class SecurityRow(SQLModel, table=True):
    """One event around signing in: ids only, each hashed together with the one before."""

    __tablename__: ClassVar[Any] = "security_log"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("length(entry_hash) = 32", name="security_log_hash_length"),
        CheckConstraint("length(previous_hash) IN (0, 32)", name="security_log_previous_length"),
        Index("security_log_of", "account", "position"),
        Index("security_log_what", "what", "position"),
        {"info": {"append_only": True}},
    )

    position: int = Field(primary_key=True, sa_type=Number)
    at: datetime = Field(sa_type=Instant)
    what: str = Field(sa_type=Word)
    account: str = Field(sa_type=Word)
    by: str = Field(sa_type=Word)
    detail: str = Field(sa_type=Text)
    entry_hash: bytes = Field(sa_type=LargeBinary)
    previous_hash: bytes = Field(sa_type=LargeBinary)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


ACCOUNTS: Final = _table("accounts")
RECOVERY_CODES: Final = _table("recovery_codes")
SESSIONS: Final = _table("sign_in_sessions")
IDENTITY_ATTEMPTS: Final = _table("identity_attempts")
LINKS: Final = _table("one_time_links")
API_TOKENS: Final = _table("api_tokens")
THROTTLE: Final = _table("sign_in_throttle")
INSTALLATION_KEYS: Final = _table("installation_keys")
SECURITY_LOG: Final = _table("security_log")
