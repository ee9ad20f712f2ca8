"""What a body's page is made from: its reviews, its roll, its posts, its meetings and bundles, set by set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, and_, select, union

from api.pages.campaigns import campaign_of, visible
from api.pages.visits import Visit
from handlers.access.ties import ties_of
from handlers.count_drafts import CountDraft, read_draft
from handlers.lists import OpenEntry, open_entries
from handlers.names import Names, name_key, names_on
from handlers.roster_facts import CELLS, COMMITTEE_POSTS, UNION_TYPES, as_of
from handlers.roster_tables import MEMBERSHIPS, ORGANISATIONS, PEOPLE, POSITIONS
from handlers.tables import BALLOTS, BUNDLES, DECLARATIONS, MEETINGS, NEIGHBOURS, REVIEWS, SESSIONS
from states import ballot as ballot_life
from states import meeting as meeting_life
from states import review as life
from states import submission as bundle_life
from states.flags import IRREGULAR
from workflow.bodies import Ballot, Campaign, Submission
from workflow.errors import NotFound
from workflow.folding import fold_stored
from workflow.log import Log
from workflow.rules.flow import TWO_ROUNDS
from workflow.rules.rulebook import Rulebook

Stored = Row[*tuple[Any, ...]]
Rows = Sequence[Stored]

READY_FOR_A_SESSION = (life.PREPARED, life.DRAFT_SENT, life.ABSENT, life.REVIEWED)
NOT_RATED = (life.EXEMPT, life.REVIEWED_UNRATED)
POST_ORDER = {post: number for number, post in enumerate((*COMMITTEE_POSTS, "leading_member"))}


@dataclass(frozen=True, kw_only=True)
class CellData:
    """One body in one campaign, as read for its page."""

    campaign: Campaign
    rulebook: Rulebook
    organisation: str
    name: str
    type: str
    superior: str
    reviews: Rows
    """Reviews the body runs or that are taken there; `venue_kind` and `at` are those of the session here."""
    roll: Mapping[str, str]
    """Status by person, of everybody who takes part here."""
    posts: Mapping[str, str]
    """The highest post held here, by person."""
    meetings: Rows
    bundles: Rows
    sheets: tuple[Ballot, ...]
    """Sheets that were counted and not put aside for a new ballot, the earliest first."""
    lives: Mapping[str, Submission]
    """Each report as its own log tells it, by its name."""
    same_level: tuple[str, ...]
    """Administration and mass organisations of the same level: whom a report is usually asked about."""
    declared: Mapping[str, object]
    open_entries: tuple[OpenEntry, ...]
    """Shortcomings, complaints and suggestions still to be settled."""
    neighbours: Rows
    names: Names
    language: str
    """In which the pages and papers of the body are read."""
    ties: frozenset[tuple[str, str]]
    """Declared ties of those who lead here, as pairs (person, subject)."""
    draft: CountDraft
    """Rows of a count that were kept before the whole was recorded."""

    @property
    def is_cell(self) -> bool:
        """Whether members vote here."""
        return self.type in CELLS

    @cached_property
    def own(self) -> tuple[Stored, ...]:
        """The reviews the body itself runs, in the order of the agenda."""
        return tuple(row for row in self.in_order if row.organisation == self.organisation)

    @cached_property
    def here(self) -> tuple[Stored, ...]:
        """The reviews taken here, in lawful order: the collective, the head, the committee, the rest."""
        taken = (row for row in self.in_order if row.venue_kind is not None)
        return tuple(row for row in taken if row.stage != life.EXEMPT)

    @cached_property
    def in_order(self) -> tuple[Stored, ...]:
        """Every review, in the order of the agenda."""
        return tuple(sorted(self.reviews, key=self._place))

    def is_open(self, row: Stored) -> bool:
        """Whether a session of this review is owed here, or has to be repeated."""
        if row.stage not in READY_FOR_A_SESSION:
            return False
        return row.at is None or row.stage == life.ABSENT or IRREGULAR in row.flags

    @property
    def unconfirmed(self) -> tuple[Ballot, ...]:
        """Sheets whose count no second person has confirmed yet."""
        return tuple(sheet for sheet in self.sheets if sheet.stage == ballot_life.COUNTED)

    def puts_to_the_vote(self, row: Stored) -> bool:
        """Whether a ballot of this body settles the level of a review that is submitted."""
        voted = bool(row.rated) and self.rulebook.flow(row.kind).has_ballot
        return voted and self.is_cell and row.stage not in NOT_RATED

    @cached_property
    def has_ballot(self) -> bool:
        """Whether anything at all is voted on here."""
        return any(self.puts_to_the_vote(row) for row in self.own)

    def may_be_voted(self, row: Stored) -> bool:
        """Whether papers may be counted for this review at an evening of this body."""
        if not self.puts_to_the_vote(row) or row.organisation != self.organisation or not row.venue_kind:
            return False
        scale = self.rulebook.scale(row.kind)
        two = self.rulebook.flow(row.kind).rounds == TWO_ROUNDS
        second = two and scale is not None and row.voted_level == scale.levels[1]
        return row.stage == life.REVIEWED or self.is_open(row) or (row.stage == life.VOTED and second)

    def waiting(self, submission: str) -> tuple[str, ...]:
        """The reviews of a report that nobody has appraised yet."""
        bundle = self.lives[submission]
        if bundle.stage not in (bundle_life.SUBMITTED, bundle_life.APPRAISED):
            return ()
        return tuple(
            row.review for row in self.reviews if row.review in bundle.rows and row.stage == life.SUBMITTED
        )

    @property
    def planned(self) -> Stored | None:
        """The next meeting that was planned and not held."""
        waiting = [row for row in self.meetings if row.stage == meeting_life.PLANNED]
        return min(waiting, key=lambda row: row.day) if waiting else None

    @property
    def official(self) -> int:
        """How many of the roll are official members."""
        return sum(1 for status in self.roll.values() if status == "official")

    @property
    def is_union(self) -> bool:
        """Whether the body is a union, which has posts and papers of its own words."""
        return self.type in UNION_TYPES

    def may_chair(self, person: str, row: Stored) -> bool:
        """Whether somebody is neither the subject of a review nor too close to it (C-09)."""
        own = row.kind == life.INDIVIDUAL and person == row.subject
        return not own and (person, row.subject) not in self.ties

    def person(self, row: Stored) -> str:
        """The subject's name, with the quality where it is a leader's."""
        return self.names.whose(row.review, self.language)

    def _place(self, row: Stored) -> tuple[int, int, object, str]:
        group = {life.COLLECTIVE: 0, life.INDIVIDUAL: 1, life.ORGANISATION: 2}[row.kind]
        post = POST_ORDER.get(self.posts.get(row.subject, ""), len(POST_ORDER))
        return (group, post, name_key(self.names.subject(row.review)), row.review)


def read_cell(connection: Connection, visit: Visit, campaign_id: str, organisation: str) -> CellData:
    """The body in the campaign. NotFound where either is unknown or the body has nothing to do with it."""
    campaign, rulebook = campaign_of(connection, visit.service, campaign_id)
    day = visit.today
    body = connection.execute(
        select(ORGANISATIONS.c.name, ORGANISATIONS.c.type, ORGANISATIONS.c.superior_id).where(
            ORGANISATIONS.c.organisation_id == organisation, as_of(ORGANISATIONS, day)
        )
    ).first()
    # two looks into an index each; joined by "or", all reviews of the campaign would be gone through
    run = select(REVIEWS.c.review).where(
        REVIEWS.c.campaign == campaign_id, REVIEWS.c.organisation == organisation
    )
    taken = select(SESSIONS.c.review).where(
        SESSIONS.c.campaign == campaign_id, SESSIONS.c.venue == organisation
    )
    reviews = connection.execute(
        select(REVIEWS, SESSIONS.c.venue_kind, SESSIONS.c.at)
        .outerjoin(SESSIONS, and_(SESSIONS.c.review == REVIEWS.c.review, SESSIONS.c.venue == organisation))
        .where(REVIEWS.c.review.in_(union(run, taken)))
    ).all()
    if not visible(campaign) or not reviews:
        raise NotFound("organisation", organisation)
    roll = connection.execute(
        select(MEMBERSHIPS.c.person_id, PEOPLE.c.status)
        .join(PEOPLE, and_(PEOPLE.c.person_id == MEMBERSHIPS.c.person_id, as_of(PEOPLE, day)))
        .where(
            MEMBERSHIPS.c.organisation_id == organisation,
            MEMBERSHIPS.c.kind != "temporary",
            as_of(MEMBERSHIPS, day),
        )
    ).all()
    posts = _posts(connection, visit, organisation)
    bundles = connection.execute(
        select(BUNDLES)
        .where(BUNDLES.c.campaign == campaign_id, BUNDLES.c.organisation == organisation)
        .order_by(BUNDLES.c.sent_on, BUNDLES.c.submission)
    ).all()
    neighbours = connection.execute(
        select(NEIGHBOURS).where(
            NEIGHBOURS.c.campaign == campaign_id, NEIGHBOURS.c.organisation == organisation
        )
    ).all()
    superior = (body.superior_id if body else None) or campaign.superior
    lives = _lives(connection, [row.submission for row in bundles])
    same_level = _same_level(connection, day, (organisation, superior)) if bundles else ()
    same_level = tuple(dict.fromkeys((*same_level, *(row.neighbour for row in neighbours))))
    people = {row.subject for row in reviews} | {row.person_id for row in roll} | set(posts)
    asked = {one for bundle in lives.values() for one in bundle.consulted}
    bodies = {organisation, *(row.subject for row in reviews), superior, *same_level, *asked}
    return CellData(
        campaign=campaign,
        rulebook=rulebook,
        organisation=organisation,
        name=body.name if body else organisation,
        type=body.type if body else "",
        superior=superior,
        reviews=reviews,
        roll={row.person_id: row.status for row in roll},
        posts=posts,
        meetings=connection.execute(
            select(MEETINGS)
            .where(MEETINGS.c.campaign == campaign_id, MEETINGS.c.venue == organisation)
            .order_by(MEETINGS.c.day)
        ).all(),
        bundles=bundles,
        sheets=_sheets(connection, campaign_id, organisation),
        lives=lives,
        same_level=same_level,
        declared={
            row.list: row.as_of
            for row in connection.execute(
                select(DECLARATIONS.c.list, DECLARATIONS.c.as_of).where(
                    DECLARATIONS.c.campaign == campaign_id, DECLARATIONS.c.organisation == organisation
                )
            )
        },
        open_entries=open_entries(connection, campaign_id, campaign.year, organisation),
        neighbours=neighbours,
        names=names_on(connection, day, people=people, bodies=bodies),
        language=visit.language,
        ties=ties_of(connection, posts, day).pairs,
        draft=read_draft(connection, campaign_id, organisation),
    )


def _posts(connection: Connection, visit: Visit, organisation: str) -> dict[str, str]:
    rows = connection.execute(
        select(POSITIONS.c.person_id, POSITIONS.c.post).where(
            POSITIONS.c.organisation_id == organisation, as_of(POSITIONS, visit.today)
        )
    ).all()
    held: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: POST_ORDER.get(row.post, len(POST_ORDER))):
        held.setdefault(row.person_id, row.post)
    return held


def _sheets(connection: Connection, campaign: str, organisation: str) -> tuple[Ballot, ...]:
    chosen = (
        select(BALLOTS.c.ballot)
        .where(
            BALLOTS.c.campaign == campaign,
            BALLOTS.c.organisation == organisation,
            BALLOTS.c.stage.in_((ballot_life.COUNTED, ballot_life.CONFIRMED)),
        )
        .order_by(BALLOTS.c.day, BALLOTS.c.ballot)
    )
    streams = [f"ballot/{ballot}" for ballot in connection.execute(chosen).scalars()]
    stored = Log(connection).read(streams) if streams else {}
    told = (fold_stored(stream, stored[stream]) for stream in streams)
    return tuple(sheet for sheet in told if isinstance(sheet, Ballot))


def _lives(connection: Connection, submissions: Sequence[str]) -> dict[str, Submission]:
    streams = [f"submission/{name}" for name in submissions]
    stored = Log(connection).read(streams) if streams else {}
    told = (fold_stored(stream, stored[stream]) for stream in streams)
    return {life.id: life for life in told if isinstance(life, Submission)}


def _same_level(connection: Connection, on: date, above: Sequence[str]) -> tuple[str, ...]:
    """Administration and mass organisations beside or under the body."""
    rows = connection.execute(
        select(ORGANISATIONS.c.organisation_id)
        .where(
            as_of(ORGANISATIONS, on),
            ORGANISATIONS.c.superior_id.in_(above),
            ORGANISATIONS.c.type.in_(("administration", "mass_organisation")),
        )
        .order_by(ORGANISATIONS.c.organisation_id)
    )
    return tuple(row.organisation_id for row in rows)
