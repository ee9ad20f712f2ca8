"""Read models: tables anybody may drop and rebuild from the log, and the private texts beside it.

A table marked `info={"read_model": True}` is written only by reactions to events and holds nothing the log
does not tell; `kiemdiem rebuild` empties exactly these.
"""

from datetime import date
from typing import Any, ClassVar, Final

from sqlalchemy import Boolean, Date, Index, Integer, LargeBinary, Table, Text
from sqlmodel import Field, SQLModel

from deadlines import tables as deadline_tables  # noqa: F401 - their tables join the same metadata
from handlers import calendar_tables, notice_tables, roster_tables  # noqa: F401 - so do these
from handlers.access import tables as access_tables  # noqa: F401 - and these
from workflow.stored_types import Number, Word

_READ_MODEL: Final = {"info": {"read_model": True}}


class CampaignRow(SQLModel, table=True):
    """One campaign; `stage` tells whether it may be seen, `believed_at` when the roster was read."""

    __tablename__: ClassVar[Any] = "campaigns"
    __table_args__: ClassVar[Any] = (_READ_MODEL,)

    campaign: str = Field(primary_key=True, sa_type=Word)
    stage: str = Field(sa_type=Text)
    year: int = Field(sa_type=Integer)
    period: str = Field(sa_type=Text)
    rulebook: str = Field(sa_type=Text)
    rulebook_hash: str = Field(sa_type=Word)
    organisation: str = Field(sa_type=Word)
    superior: str = Field(sa_type=Word)
    roster_day: date = Field(sa_type=Date)
    believed_at: str = Field(sa_type=Text)
    subjects: int = Field(sa_type=Integer)
    version: int = Field(sa_type=Integer)


class ReviewRow(SQLModel, table=True):
    """Where every review stands: the fold, as one row."""

    __tablename__: ClassVar[Any] = "reviews"
    __table_args__: ClassVar[Any] = (
        Index("reviews_in_order", "campaign", "review"),
        Index("reviews_of_organisation", "campaign", "organisation", "kind"),
        Index("reviews_of_superior", "campaign", "superior", "kind"),
        Index("reviews_of_subject", "subject"),
        _READ_MODEL,
    )

    review: str = Field(primary_key=True, sa_type=Word)
    campaign: str = Field(sa_type=Word)
    kind: str = Field(sa_type=Word)
    quality: str = Field(sa_type=Word)
    subject: str = Field(sa_type=Word)
    organisation: str = Field(sa_type=Word)
    superior: str = Field(sa_type=Word)
    stage: str = Field(sa_type=Word)
    remembered: str = Field(sa_type=Text)
    rated: bool = Field(sa_type=Boolean)
    round: int = Field(sa_type=Integer)
    self_level: str | None = Field(default=None, sa_type=Text)
    proposed_level: str | None = Field(default=None, sa_type=Text)
    voted_level: str | None = Field(default=None, sa_type=Text)
    appraised_level: str | None = Field(default=None, sa_type=Text)
    decided_level: str | None = Field(default=None, sa_type=Text)
    flags: str = Field(default="", sa_type=Text)
    bundle: str | None = Field(default=None, sa_type=Word)
    prepared_on: date | None = Field(default=None, sa_type=Date)
    draft_sent_on: date | None = Field(default=None, sa_type=Date)
    superior_told_on: date | None = Field(default=None, sa_type=Date)
    reviewed_on: date | None = Field(default=None, sa_type=Date)
    voted_on: date | None = Field(default=None, sa_type=Date)
    submitted_on: date | None = Field(default=None, sa_type=Date)
    appraised_on: date | None = Field(default=None, sa_type=Date)
    decided_on: date | None = Field(default=None, sa_type=Date)
    version: int = Field(sa_type=Integer)


class SessionRow(SQLModel, table=True):
    """Every venue a review is taken at; `at` is empty until the session was held."""

    __tablename__: ClassVar[Any] = "sessions"
    __table_args__: ClassVar[Any] = (Index("sessions_of_venue", "campaign", "venue"), _READ_MODEL)

    review: str = Field(primary_key=True, sa_type=Word)
    venue: str = Field(primary_key=True, sa_type=Word)
    campaign: str = Field(sa_type=Word)
    venue_kind: str = Field(sa_type=Text)
    meeting: str | None = Field(default=None, sa_type=Word)
    at: str | None = Field(default=None, sa_type=Word)


class ProgressRow(SQLModel, table=True):
    """How many reviews of an organisation stand at a stage with a level; sums go up the tree on read."""

    __tablename__: ClassVar[Any] = "progress"
    __table_args__: ClassVar[Any] = (_READ_MODEL,)

    campaign: str = Field(primary_key=True, sa_type=Word)
    organisation: str = Field(primary_key=True, sa_type=Word)
    kind: str = Field(primary_key=True, sa_type=Word)
    stage: str = Field(primary_key=True, sa_type=Word)
    level: str = Field(primary_key=True, sa_type=Word)
    reviews: int = Field(sa_type=Integer)


class MeetingRow(SQLModel, table=True):
    """Every meeting planned or held."""

    __tablename__: ClassVar[Any] = "meetings"
    __table_args__: ClassVar[Any] = (Index("meetings_of_venue", "campaign", "venue"), _READ_MODEL)

    meeting: str = Field(primary_key=True, sa_type=Word)
    campaign: str = Field(sa_type=Word)
    venue: str = Field(sa_type=Word)
    day: date = Field(sa_type=Date)
    stage: str = Field(sa_type=Text)
    items: int = Field(sa_type=Integer)
    version: int = Field(sa_type=Integer)


class BundleRow(SQLModel, table=True):
    """Every submission and how far it is; `awaited_until` is the day consulted bodies may answer, until its
    passing is recorded.
    """

    __tablename__: ClassVar[Any] = "bundles"
    __table_args__: ClassVar[Any] = (Index("bundles_of", "campaign", "organisation"), _READ_MODEL)

    submission: str = Field(primary_key=True, sa_type=Word)
    campaign: str = Field(sa_type=Word)
    organisation: str = Field(sa_type=Word)
    receiver: str = Field(sa_type=Word)
    stage: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    sent_on: date = Field(sa_type=Date)
    rows: int = Field(sa_type=Integer)
    decided: int = Field(sa_type=Integer)
    awaited_until: date | None = Field(default=None, sa_type=Date)
    version: int = Field(sa_type=Integer)


class BallotRow(SQLModel, table=True):
    """Every sheet of papers."""

    __tablename__: ClassVar[Any] = "ballots"
    __table_args__: ClassVar[Any] = (Index("ballots_of", "campaign", "organisation"), _READ_MODEL)

    ballot: str = Field(primary_key=True, sa_type=Word)
    campaign: str = Field(sa_type=Word)
    organisation: str = Field(sa_type=Word)
    meeting: str = Field(sa_type=Word)
    day: date = Field(sa_type=Date)
    stage: str = Field(sa_type=Text)
    entitled: int = Field(sa_type=Integer)
    valid: int = Field(sa_type=Integer)
    version: int = Field(sa_type=Integer)


class PlanRow(SQLModel, table=True):
    """Every remediation plan and how far it is; `next_due` is the earliest day of an open shortcoming."""

    __tablename__: ClassVar[Any] = "plans"
    __table_args__: ClassVar[Any] = (
        Index("plans_of", "campaign", "organisation"),
        Index("plans_of_review", "review"),
        _READ_MODEL,
    )

    plan: str = Field(primary_key=True, sa_type=Word)
    campaign: str = Field(sa_type=Word)
    organisation: str = Field(sa_type=Word)
    review: str = Field(sa_type=Word)
    stage: str = Field(sa_type=Text)
    monitor: str = Field(sa_type=Word)
    appraiser: str = Field(sa_type=Word)
    items: int = Field(sa_type=Integer)
    open_items: int = Field(sa_type=Integer)
    next_due: date | None = Field(default=None, sa_type=Date)
    drawn_up_on: date = Field(sa_type=Date)
    reported_on: date | None = Field(default=None, sa_type=Date)
    version: int = Field(sa_type=Integer)


class RewardRow(SQLModel, table=True):
    """Every reward somebody was put forward for; `grounds` are reviews with rounds, "id#round id#round"."""

    __tablename__: ClassVar[Any] = "rewards"
    __table_args__: ClassVar[Any] = (
        Index("rewards_of", "campaign", "superior"),
        Index("rewards_of_review", "review"),
        _READ_MODEL,
    )

    reward: str = Field(primary_key=True, sa_type=Word)
    campaign: str = Field(sa_type=Word)
    organisation: str = Field(sa_type=Word)
    superior: str = Field(sa_type=Word)
    review: str = Field(sa_type=Word)
    award: str = Field(sa_type=Text)
    granted_by: str = Field(sa_type=Text)
    by: str = Field(sa_type=Word)
    through: str = Field(sa_type=Word)
    stage: str = Field(sa_type=Text)
    grounds: str = Field(sa_type=Text)
    proposed_on: date = Field(sa_type=Date)
    ended_on: date | None = Field(default=None, sa_type=Date)
    document: str = Field(sa_type=Text)
    version: int = Field(sa_type=Integer)


class EarlierYearRow(SQLModel, table=True):
    """The level of a year before the log, from an imported file; of two imports the later one counts.

    The event of the import holds SHA-256(salt || what the row says), row by row.
    """

    __tablename__: ClassVar[Any] = "earlier_years"
    __table_args__: ClassVar[Any] = (
        Index("earlier_years_of", "subject", "year"),
        {"sqlite_autoincrement": True, "info": {"append_only": True}},
    )

    row_id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    history: str = Field(sa_type=Word, index=True)
    subject: str = Field(sa_type=Word)
    year: int = Field(sa_type=Integer)
    level: str = Field(sa_type=Text)
    standing: str = Field(sa_type=Text)
    document: str = Field(sa_type=Text)
    salt: bytes = Field(sa_type=LargeBinary)
    digest: str = Field(sa_type=Word)


class NeighbourRow(SQLModel, table=True):
    """Ratings of same-level bodies: place on a scale of so many steps, 1 being the best."""

    __tablename__: ClassVar[Any] = "neighbours"
    __table_args__: ClassVar[Any] = (_READ_MODEL,)

    campaign: str = Field(primary_key=True, sa_type=Word)
    organisation: str = Field(primary_key=True, sa_type=Word)
    neighbour: str = Field(primary_key=True, sa_type=Word)
    kind: str = Field(sa_type=Text)
    rank: int = Field(sa_type=Integer)
    scale_length: int = Field(sa_type=Integer)
    rated_on: date = Field(sa_type=Date)
    stream_version: int = Field(sa_type=Integer)


class DeclarationRow(SQLModel, table=True):
    """Lists a body declared complete; an entry made later takes the row away again."""

    __tablename__: ClassVar[Any] = "declarations"
    __table_args__: ClassVar[Any] = (_READ_MODEL,)

    campaign: str = Field(primary_key=True, sa_type=Word)
    organisation: str = Field(primary_key=True, sa_type=Word)
    list: str = Field(primary_key=True, sa_type=Word)
    as_of: date = Field(sa_type=Date)
    stream_version: int = Field(sa_type=Integer)


class SettlementRow(SQLModel, table=True):
    """Since when an entry of a list is settled: remedied, verified, or explained in a report received."""

    __tablename__: ClassVar[Any] = "settlements"
    __table_args__: ClassVar[Any] = (_READ_MODEL,)

    entry: str = Field(primary_key=True, sa_type=Word)
    campaign: str = Field(sa_type=Word)
    organisation: str = Field(sa_type=Word)
    list: str = Field(sa_type=Word)
    settled_on: date = Field(sa_type=Date)
    stream_version: int = Field(sa_type=Integer)


class PrivateTextRow(SQLModel, table=True):
    """Opinions and other texts that stay out of the log; the log holds SHA-256(salt || content)."""

    __tablename__: ClassVar[Any] = "private_texts"
    __table_args__: ClassVar[Any] = ({"sqlite_autoincrement": True, "info": {"append_only": True}},)

    row_id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    stream: str = Field(sa_type=Word, index=True)
    kind: str = Field(sa_type=Text)
    salt: bytes = Field(sa_type=LargeBinary)
    digest: str = Field(sa_type=Word)
    content: str = Field(sa_type=Text)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


CAMPAIGNS: Final = _table("campaigns")
REVIEWS: Final = _table("reviews")
SESSIONS: Final = _table("sessions")
PROGRESS: Final = _table("progress")
MEETINGS: Final = _table("meetings")
BUNDLES: Final = _table("bundles")
BALLOTS: Final = _table("ballots")
PLANS: Final = _table("plans")
REWARDS: Final = _table("rewards")
EARLIER_YEARS: Final = _table("earlier_years")
NEIGHBOURS: Final = _table("neighbours")
DECLARATIONS: Final = _table("declarations")
SETTLEMENTS: Final = _table("settlements")
PRIVATE_TEXTS: Final = _table("private_texts")


def read_models() -> tuple[Table, ...]:
    """The tables `rebuild` may empty."""
    return tuple(table for table in SQLModel.metadata.sorted_tables if table.info.get("read_model"))
