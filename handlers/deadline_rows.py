"""The book of deadlines follows the log: opened with its subject, closed with the step, moved with the day.

What a row says follows from the lives folded from the log, the roster as of the campaign's roster day and its
rulebook; what is written here is the difference an event makes to it.

- a review opened: its dated steps, and the day its unit has to set; a step taken closes its rows, a return,
  an annulment or a ballot to be repeated opens them again; paused is only said (C-34); an exempt or unrated
  subject owes no more
- a fact recorded that dates are counted from, or that says whom a date is for: the rows of that review anew
- an absence: the rows of that review anew, with the next meeting; a meeting set or gone moves that date
- a meeting planned, replanned, held or called off: what has to be out before it
- a consultation opened, answered or over; a plan drawn up, followed up or ended: a row a body, a shortcoming
- a campaign opened or ended: whether the sweep looks at its rows
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from deadlines.owed import (
    JOIN_MEETING,
    OF_REVIEW,
    Row,
    notice_rows,
    remedy_rows,
    reply_rows,
    review_rows,
    unit_rows,
)
from deadlines.season import NEXT_MEETING_READING, Season, Values
from deadlines.standing import STEPS, UNDONE_BY_RETURN, done_on, is_over, undone_on, was_absent
from handlers import deadline_writes as book
from handlers.deadline_context import RosterOfOpening, campaign_of, planned_meetings, reviews_of, season_of
from states import campaign as campaign_life
from states import meeting as meeting_life
from states import review as life
from workflow.bodies import Campaign, Meeting, Submission
from workflow.days import ZONE
from workflow.event import Event
from workflow.events.meeting import MeetingPlanned
from workflow.events.submission import ConsultationOpened
from workflow.gathering import Moved
from workflow.plans import Plan
from workflow.review import Review
from workflow.rules.facts import VOCABULARY

Pair = tuple[Review, Review]

GATES = (*STEPS, "notify_superior", JOIN_MEETING)
"""The gates whose rows open and close with the life of a review alone."""


def keep_deadlines(connection: Connection, moved: Sequence[Moved]) -> None:
    """Write what these events change in the book, in their own transaction."""
    _Book(connection, moved).keep()


class _Book:
    """One batch of events, with what is read beside it, each once."""

    def __init__(self, connection: Connection, moved: Sequence[Moved]) -> None:
        self._connection = connection
        self._moved = sorted(moved, key=lambda one: one.stream)
        self._campaigns = {one.after.id: one for one in self._moved if isinstance(one.after, Campaign)}
        self._reviews = {one.after.id: one.after for one in self._moved if isinstance(one.after, Review)}
        self._seasons: dict[str, tuple[Campaign, Season, RosterOfOpening]] = {}

    def keep(self) -> None:
        """Reviews first, then what hangs on them, campaigns last."""
        pairs = [
            (one.before, one.after)
            for one in self._moved
            if isinstance(one.before, Review) and isinstance(one.after, Review)
        ]
        self._open([after for before, after in pairs if before.version == 0])
        self._follow([(before, after) for before, after in pairs if before.version > 0])
        self._meetings([one for one in self._moved if isinstance(one.after, Meeting)])
        for one in self._moved:
            if isinstance(one.after, Submission):
                self._submission(one, one.before, one.after)
            elif isinstance(one.after, Plan):
                self._plan(one.before, one.after)
        for one in self._campaigns.values():
            self._campaign(one)

    # --- reviews ----------------------------------------------------------------------------------

    def _open(self, reviews: list[Review]) -> None:
        """Rows of new reviews: those nobody touched yet by groups that are alike, the others one by one."""
        for campaign, mine in _by_campaign(reviews).items():
            found, season, roster = self._season(campaign)
            said = roster.of(mine, season.asked)
            alike: dict[tuple[Any, ...], list[Review]] = {}
            touched = []
            for review in mine:
                if review.facts or review.dates:
                    touched.append(review)
                    continue
                unit, _ = season.calendar_of(review.organisation)
                key = (review.kind, review.rated, review.stage, unit, *said[review.id].items())
                alike.setdefault(key, []).append(review)
            rows = self._rows(campaign, touched)
            for group in alike.values():
                ids = [review.id for review in group]
                first = group[0]
                for row in review_rows(season, first, said[first.id]):
                    if row["subject_kind"] == OF_REVIEW:
                        book.write_alike(self._connection, book.full(row, found.stage), ids)
                rows += [row for review in group for row in unit_rows(season, review)]
            book.write_new(self._connection, [book.full(row, found.stage) for row in rows])

    def _follow(self, pairs: list[Pair]) -> None:
        """Close and open again by groups of one gate and day, then write anew what changed in other ways."""
        closed: dict[tuple[str, date], list[str]] = {}
        reopened: dict[str, list[str]] = {}
        since: dict[date, list[str]] = {}
        paused: dict[bool, list[str]] = {}
        for before, after in pairs:
            for gate in GATES:
                was, now = done_on(before, gate), done_on(after, gate)
                if now is not None and now != was:
                    closed.setdefault((gate, now), []).append(after.id)
                elif now is None and was is not None:
                    reopened.setdefault(gate, []).append(after.id)
            undone = undone_on(after)
            if undone is not None and undone != undone_on(before):
                since.setdefault(undone, []).append(after.id)
            if (before.stage == life.PAUSED) != (after.stage == life.PAUSED):
                paused.setdefault(after.stage == life.PAUSED, []).append(after.id)
        for (gate, on), reviews in sorted(closed.items()):
            book.close(self._connection, gate, on, reviews)
        for day, reviews in sorted(since.items()):
            for gate in UNDONE_BY_RETURN:
                book.owe_since(self._connection, gate, day, reviews)
        for gate, reviews in sorted(reopened.items()):
            book.reopen(self._connection, gate, reviews)
        over = [after.id for before, after in pairs if is_over(after) and not is_over(before)]
        if over:
            book.drop_notices(self._connection, over)
        for is_paused, reviews in sorted(paused.items()):
            book.pause(self._connection, is_paused, reviews)
        self._write_anew([pair for pair in pairs if self._is_to_be_written_anew(*pair)])

    def _is_to_be_written_anew(self, before: Review, after: Review) -> bool:
        """Whether more changed than that a step was taken or undone."""
        if (
            is_over(before) != is_over(after)
            or was_absent(after) is not None
            or was_absent(before) is not None
        ):
            return True
        changed = {name for name, told in after.facts.items() if before.facts.get(name) != told}
        changed |= before.facts.keys() - after.facts.keys()
        recorded = {name for name in changed if name in VOCABULARY and VOCABULARY[name].recordable}
        if recorded and recorded & self._season(after.campaign)[1].recorded:
            return True
        announced = before.dates.get("announced") != after.dates.get("announced")
        return announced and self._season(after.campaign)[1].has_gate("publish")

    def _write_anew(self, pairs: list[Pair]) -> None:
        for campaign, mine in _by_campaign([after for _, after in pairs]).items():
            found, _, _ = self._season(campaign)
            earlier = self._rows(campaign, [before for before, after in pairs if after.campaign == campaign])
            self._replace(self._rows(campaign, mine), earlier, found.stage)

    def _rows(self, campaign: str, reviews: list[Review]) -> list[Row]:
        _, season, roster = self._season(campaign)
        said = roster.of(reviews, season.asked)
        meetings = self._next_meetings(campaign, reviews)
        return [
            row
            for review in reviews
            for row in review_rows(season, review, said[review.id], meetings.get(review.id, ()))
        ]

    def _next_meetings(self, campaign: str, reviews: Iterable[Review]) -> dict[str, list[date]]:
        """The days of meetings planned where absent subjects are reviewed; read for those alone."""
        absent = [review for review in reviews if was_absent(review) is not None]
        if not absent:
            return {}
        venues = {venue for review in absent for venue, _ in review.venues}
        planned = planned_meetings(self._connection, campaign, venues)
        return {
            review.id: [day for venue, _ in review.venues for day in planned.get(venue, ())]
            for review in absent
        }

    # --- what hangs on them -----------------------------------------------------------------------

    def _meetings(self, moved: list[Moved]) -> None:
        """What has to be out before each meeting that is planned; nothing where it was held or called off."""
        changed: dict[str, list[Moved]] = {}
        for one in moved:
            before, after = one.before, one.after
            assert isinstance(before, Meeting) and isinstance(after, Meeting), "a meeting stays one"
            campaign, season, roster = self._season(after.campaign)
            was = before.agenda if before.stage == meeting_life.PLANNED else ()
            if season.gives_notice and (was or after.stage == meeting_life.PLANNED):
                reviews = self._lives((*was, *after.agenda))
                said = roster.of(reviews.values(), season.noticed)
                since = _last_day_of(one, MeetingPlanned) or season.began
                rows = notices_of(season, after, since, reviews, said)
                self._replace(rows, notices_of(season, before, since, reviews, said), campaign.stage)
            changed.setdefault(after.campaign, []).append(one)
        for name, meetings in changed.items():
            self._move_next_meetings(name, meetings)

    def _move_next_meetings(self, campaign: str, moved: list[Moved]) -> None:
        """Absent members wait for the next meeting of their body, which may just have been set or gone."""
        found, season, _ = self._season(campaign)
        if season.rests_on(NEXT_MEETING_READING, life.INDIVIDUAL) is None:
            return
        venues = {one.after.venue for one in moved if isinstance(one.after, Meeting)}
        waiting = book.waiting_at(self._connection, campaign, venues)
        rows = self._rows(campaign, list(self._lives(sorted(waiting)).values()))
        book.write(self._connection, [book.full(row, found.stage) for row in rows])

    def _submission(self, one: Moved, before: object, after: Submission) -> None:
        assert isinstance(before, Submission), "a bundle stays one"
        if before.reply_until is None and after.reply_until is None:
            return
        campaign, season, _ = self._season(after.campaign)
        rows = reply_rows(season, after, _last_day_of(one, ConsultationOpened) or season.began)
        self._replace(rows, reply_rows(season, before, season.began), campaign.stage)

    def _plan(self, before: object, after: Plan) -> None:
        assert isinstance(before, Plan), "a plan stays one"
        campaign, season, _ = self._season(after.campaign)
        review = self._lives((after.review,))[after.review]
        rows = remedy_rows(season, after, review)
        self._replace(rows, remedy_rows(season, before, review), campaign.stage)

    def _replace(self, rows: list[Row], earlier: list[Row], stage: str) -> None:
        gone = {row["deadline"] for row in earlier} - {row["deadline"] for row in rows}
        book.remove(self._connection, gone)
        book.write(self._connection, [book.full(row, stage) for row in rows])

    def _campaign(self, one: Moved) -> None:
        before, after = one.before, one.after
        assert isinstance(before, Campaign) and isinstance(after, Campaign), "a campaign stays one"
        if before.stage != after.stage == campaign_life.OPEN:
            book.start_campaign(self._connection, after.id)
        elif before.stage != after.stage == campaign_life.CLOSED:
            book.end_campaign(self._connection, after.id)

    # --- what is read beside the events -----------------------------------------------------------

    def _season(self, name: str) -> tuple[Campaign, Season, RosterOfOpening]:
        """The campaign, what its rows are made by, and its roster.

        Where it takes another calendar in this batch, rows are made by the one before; the move comes after.
        """
        if name not in self._seasons:
            one = self._campaigns.get(name)
            if one is None:
                campaign = campaign_of(self._connection, name)
            else:
                assert isinstance(one.before, Campaign), "a campaign stays one"
                assert isinstance(one.after, Campaign), "a campaign stays one"
                pinned = one.before.rulebook_hash or one.after.rulebook_hash
                campaign = replace(one.after, rulebook_hash=pinned)
            season = season_of(self._connection, campaign)
            self._seasons[name] = (campaign, season, RosterOfOpening(self._connection, campaign))
        return self._seasons[name]

    def _lives(self, names: Iterable[str]) -> dict[str, Review]:
        """Reviews as these events leave them; those that did not move, from the log."""
        wanted = dict.fromkeys(names)
        return {
            **reviews_of(self._connection, [name for name in wanted if name not in self._reviews]),
            **{name: self._reviews[name] for name in wanted if name in self._reviews},
        }


def notices_of(
    season: Season, meeting: Meeting, since: date, reviews: Mapping[str, Review], roster: Mapping[str, Values]
) -> list[Row]:
    """What has to be out before a meeting while it is planned, for every review on its agenda."""
    if meeting.stage != meeting_life.PLANNED:
        return []
    return [
        row
        for name in dict.fromkeys(meeting.agenda)
        for row in notice_rows(season, meeting.id, meeting.day, since, reviews[name], roster[name])
    ]


def _last_day_of(one: Moved, kind: type[Event]) -> date | None:
    """The day in Asia/Ho_Chi_Minh on which the last event of a kind was recorded; None without one."""
    days = [
        stored.recorded_at.astimezone(ZONE).date()
        for event, stored in zip(one.events, one.stored, strict=True)
        if isinstance(event, kind)
    ]
    return days[-1] if days else None


def _by_campaign(reviews: Iterable[Review]) -> dict[str, list[Review]]:
    found: dict[str, list[Review]] = {}
    for review in reviews:
        found.setdefault(review.campaign, []).append(review)
    return found
