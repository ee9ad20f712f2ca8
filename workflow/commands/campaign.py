"""Orders about a campaign, the lists kept in it and the roster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.commands.asking import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanCampaign(Command):
    """Plan a campaign of a year or quarter for an organisation, under a rulebook."""

    campaign: str
    year: int
    period: str = "year"
    quarter: int | None = None
    rulebook: str
    organisation: str
    superior: str
    roster_day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class StartOpening(Command):
    """Begin to expand the roster, as it was believed at an instant, into so many reviews."""

    campaign: str
    subjects: int
    believed_at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """One review to open, as the rulebook read the roster."""

    review: str
    kind: str
    quality: str
    subject: str
    organisation: str
    superior: str
    venues: tuple[tuple[str, str], ...]
    rated: bool
    exempt_by: str | None = None
    roster_rows: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenBatch(Command):
    """Open one batch of subjects; batches count from 1 and come in order."""

    campaign: str
    batch: int
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FinishOpening(Command):
    """Make the campaign visible once every batch is there."""

    campaign: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseCampaign(Command):
    """End the campaign."""

    campaign: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantSpecialMerit(Command):
    """The superior recognises specially excellent achievements of one organisation."""

    campaign: str
    organisation: str
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordListEntry(Command):
    """Enter something known: a discipline, a violation, a spell of sick leave, a complaint ...

    `decided_on` is the day of the decision or conclusion, or the day a complaint was received, a shortcoming
    found, a suggestion made. `violation` is a key all decisions on one violation share, `charged` the body a
    violation is put down to.
    """

    campaign: str
    organisation: str
    list: str
    subject: str
    from_day: date | None = None
    to_day: date | None = None
    decided_on: date | None = None
    cause: str | None = None
    self_detected: bool | None = None
    term_ends: date | None = None
    document: str | None = None
    violation: str | None = None
    charged: str | None = None
    disciplined: bool | None = None
    duty_related: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SettleListEntry(Command):
    """Record the day a shortcoming was remedied, a complaint verified, a suggested report received.

    `entry` is the id the entry got when it was recorded, in this campaign or an earlier one.
    """

    campaign: str
    organisation: str
    list: str
    entry: str
    settled_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclareLists(Command):
    """Declare lists of an organisation complete as of a day, that day included."""

    campaign: str
    organisation: str
    lists: tuple[str, ...]
    as_of: date


@dataclass(frozen=True, kw_only=True, slots=True)
class RateNeighbour(Command):
    """Record the rating of the administration or a mass organisation of the same level."""

    campaign: str
    organisation: str
    neighbour: str
    neighbour_kind: str
    rank: int
    scale_length: int
    rated_on: date
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordRosterChange(Command):
    """Cover roster rows just written by their digests, and tell the reviews they touch how."""

    source: str
    digests: tuple[str, ...]
    closed: int
    on: date
    touched: tuple[tuple[str, str], ...] = ()
