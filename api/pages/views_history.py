"""What the replay of a review shows: the record event by event, each laid open with its arithmetic."""

from dataclasses import dataclass
from datetime import datetime

from api.pages.views import FindingLine, HistoryLine, Link, Page, StatusText


@dataclass(frozen=True, kw_only=True, slots=True)
class StageBand:
    """How many events in a row the review stood in one stage; `href` opens the first of them.

    A narrow one has no room for its words: they are there for who cannot see it, and in the list below.
    """

    stage: str
    events: int
    href: str
    current: bool = False
    narrow: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What one event changed about the review: from one value to another."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedLine:
    """A stored finding; where judging it again comes to something else, `again` is that."""

    finding: FindingLine
    agrees: bool = True
    again: FindingLine | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusedLine:
    """A command that was refused: when, what was wanted and what held it, by whom."""

    at: datetime
    sentence: str
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EventDetail:
    """One event laid open: what it left, the rules it was judged by, who entered it and when.

    `failing` findings fail or are unknown, `passing` hold or do not apply. `refused` came after the event
    before this one, `refused_since` after the last of all.
    """

    number: int
    sentence: str
    name: str
    stage: str
    stage_note: str = ""
    level: str | None = None
    level_note: str = ""
    flags: tuple[str, ...] = ()
    known: int = 0
    changes: tuple[Change, ...] = ()
    failing: tuple[JudgedLine, ...] = ()
    passing: tuple[JudgedLine, ...] = ()
    refused: tuple[RefusedLine, ...] = ()
    refused_since: tuple[RefusedLine, ...] = ()
    actor: str = ""
    capacity: str = ""
    occurred_at: datetime | None = None
    recorded_at: datetime | None = None
    late_note: StatusText | None = None
    event_hash: str = ""
    previous_hash: str = ""
    rulebook: str = ""
    rulebook_href: str = ""
    rulebook_hash: str = ""
    software: str = ""

    @property
    def findings(self) -> tuple[JudgedLine, ...]:
        """All of them, those that fail first."""
        return (*self.failing, *self.passing)


@dataclass(frozen=True, kw_only=True, slots=True)
class Integrity:
    """Whether the chain of the record is whole, and how many findings were judged again.

    `differences` names findings that recompute otherwise.
    """

    whole: bool
    checked: int
    total: int
    judged: int = 0
    head: str = ""
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HistoryPage(Page):
    """Is the record whole; what did this event do, with what arithmetic?

    GET `action`?v=n chooses the event; `first_failure` leads to the first failing rule.
    """

    TEMPLATE = "history.html"
    name: str
    lead: str
    action: str
    review_href: str
    events: tuple[HistoryLine, ...]
    bands: tuple[StageBand, ...]
    event: EventDetail
    integrity: Integrity | None = None
    first_href: str | None = None
    previous_href: str | None = None
    next_href: str | None = None
    last_href: str | None = None
    first_failure: Link | None = None
