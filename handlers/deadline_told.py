"""What the book of deadlines has to hold, told life by life for `kiemdiem verify`.

Lives come in the order of their streams: campaigns, then meetings and plans, reviews, then bundles. What a
row says is compared; since when it is owed is not, because the fold does not keep on which day a thing was
entered, nor are the columns of the sweep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from deadlines.owed import OF_REVIEW, Row, remedy_rows, reply_rows, review_rows
from deadlines.season import Season, Values
from handlers.deadline_context import RosterOfOpening, season_of
from handlers.deadline_rows import notices_of
from states import meeting as meeting_life
from workflow import kept_rulebooks
from workflow.bodies import Body, Campaign, Meeting, Submission
from workflow.plans import Plan
from workflow.review import Review

AT_ONCE = 500
"""Reviews whose roster rows are read together."""

NOT_COMPARED = frozenset({"opened_on"})


@dataclass(kw_only=True)
class Told:
    """Rows of the book as the log tells them.

    `beside` holds, by key, those of plans, bundles and units: few, and not in the order of the reviews.
    """

    connection: Connection
    beside: dict[tuple[str], Row] = field(default_factory=dict)
    _seasons: dict[str, tuple[Season, RosterOfOpening]] = field(default_factory=dict)
    _agendas: dict[str, list[Meeting]] = field(default_factory=dict)
    _days: dict[tuple[str, str], list[date]] = field(default_factory=dict)
    _plans: dict[str, list[Plan]] = field(default_factory=dict)
    _waiting: list[Review] = field(default_factory=list)

    def knows(self, campaign: str) -> bool:
        """Whether the rows of a campaign can be told: it and its rulebook are there."""
        return campaign in self._seasons

    def note(self, body: Body | Review) -> None:
        """Take in a life that is not a review."""
        match body:
            case Campaign():
                if kept_rulebooks.body_of(self.connection, body.rulebook_hash) is not None:
                    roster = RosterOfOpening(self.connection, body)
                    self._seasons[body.id] = (season_of(self.connection, body), roster)
            case Meeting() if body.stage == meeting_life.PLANNED:
                for review in dict.fromkeys(body.agenda):
                    self._agendas.setdefault(review, []).append(body)
                self._days.setdefault((body.campaign, body.venue), []).append(body.day)
            case Plan():
                self._plans.setdefault(body.review, []).append(body)
            case Submission() if self.knows(body.campaign):
                season, _ = self._seasons[body.campaign]
                self._keep_beside(reply_rows(season, body, season.began))

    def of(self, review: Review) -> Iterator[Row]:
        """The rows of this review and those before it, once enough have come to read their roster rows."""
        self._waiting.append(review)
        if len(self._waiting) >= AT_ONCE:
            yield from self.rest()

    def rest(self) -> Iterator[Row]:
        """The rows of the reviews still waiting, by review and key."""
        waiting, self._waiting = self._waiting, []
        by_campaign: dict[str, list[Review]] = {}
        for review in waiting:
            by_campaign.setdefault(review.campaign, []).append(review)
        said: dict[str, Values] = {}
        for campaign, mine in by_campaign.items():
            season, roster = self._seasons[campaign]
            said |= roster.of(mine, season.asked | season.noticed)
        for review in waiting:
            rows = self._rows_of(self._seasons[review.campaign][0], review, said[review.id])
            yield from sorted(rows, key=lambda row: str(row["deadline"]))

    def _rows_of(self, season: Season, review: Review, roster: Values) -> list[Row]:
        days = [day for venue, _ in review.venues for day in self._days.get((review.campaign, venue), ())]
        rows = review_rows(season, review, roster, days)
        for meeting in self._agendas.get(review.id, ()):
            alone = replace(meeting, agenda=(review.id,))
            rows += notices_of(season, alone, season.began, {review.id: review}, {review.id: roster})
        for plan in self._plans.get(review.id, ()):
            self._keep_beside(remedy_rows(season, plan, review))
        self._keep_beside([row for row in rows if row["subject_kind"] != OF_REVIEW])
        return [_compared(row) for row in rows if row["subject_kind"] == OF_REVIEW]

    def _keep_beside(self, rows: list[Row]) -> None:
        for row in rows:
            self.beside[(row["deadline"],)] = _compared(row)


def _compared(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in NOT_COMPARED}
