"""Which review was taken when at one venue: day, then agenda item, never the order of entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workflow.rules.facts import Facts


@dataclass(frozen=True, slots=True)
class Session:
    """One venue's session as it was held. `at` orders sessions by day, then agenda item.

    `group` is the Party group it was held in, where that stood for the cell.
    """

    meeting: str
    on: date
    item: int
    chair_role: str
    group: str = ""

    @property
    def at(self) -> str:
        """Day and agenda number in a form that compares as text."""
        return f"{self.on.isoformat()}#{self.item:03d}"


@dataclass(slots=True)
class VenueOrder:
    """The sessions a venue has held in a campaign, as far as order rules ask for them.

    `collective` is the venue's own collective review, if it has one. `leaders` maps each committee member
    or leader reviewed at this venue to when their session was held there, None while it is owed; absent
    and exempt ones are left out. `heads` are those of them who head the venue.
    """

    venue: str
    kind: str
    collective: str | None = None
    collective_at: str | None = None
    leaders: dict[str, str | None] = field(default_factory=dict)
    heads: set[str] = field(default_factory=set)
    cell: str = ""
    """The cell where the venue is one of its Party groups: who was taken when is told of the cell."""

    @property
    def place(self) -> str:
        """The venue of a review that a session here fills."""
        return self.cell or self.venue

    def of_group(self, group: str) -> VenueOrder:
        """The order in a Party group of this cell."""
        made = self.copy()
        made.venue, made.kind, made.cell = group, "group", self.venue
        return made

    def note(self, review: str, at: str) -> None:
        """A session was held: later items of the same meeting see it."""
        if review == self.collective:
            self.collective_at = min(at, self.collective_at or at)
        if review in self.leaders:
            self.leaders[review] = at

    def leave_out(self, review: str) -> None:
        """A leader turned out to be absent; the others do not wait for him."""
        self.leaders.pop(review, None)

    def leaders_pending(self, before: str, asking: str) -> int:
        """How many leaders were not taken before this moment, the asking review left out."""
        return sum(
            1 for review, at in self.leaders.items() if review != asking and (at is None or at >= before)
        )

    def heads_pending(self, before: str, asking: str) -> int:
        """How many heads of the venue were not taken before this moment, the asking review left out."""
        owed = {review for review, at in self.leaders.items() if at is None or at >= before}
        return len(owed & self.heads - {asking})

    def copy(self) -> VenueOrder:
        """A copy to note further sessions in."""
        return VenueOrder(
            self.venue,
            self.kind,
            self.collective,
            self.collective_at,
            dict(self.leaders),
            set(self.heads),
            self.cell,
        )


@dataclass(frozen=True, slots=True)
class Leaning:
    """The bodies whose level a person's level may lean on: those he leads or serves, those he manages."""

    leads: tuple[str, ...] = ()
    manages: tuple[str, ...] = ()
    people: bool = False
    """Whether no unit stands below what he manages, so that its people count in the place of units."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A review of another organisation on a quota list: its group ("" where none is set), its level there."""

    review: str
    kind: str
    group: str
    level: str


@dataclass(frozen=True, slots=True)
class Across:
    """What a decision has to know beyond the organisation it is about.

    `offices` says for each review under decision which bodies its subject is, leads and manages. `listed` are
    the reviews of other organisations on the lists its rows are counted in, `above` what the rules ask about
    the body that decides.
    """

    offices: Mapping[str, Leaning] = field(default_factory=dict)
    listed: tuple[Listed, ...] = ()
    above: Facts = field(default_factory=Facts)
