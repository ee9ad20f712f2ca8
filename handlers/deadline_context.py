"""What the book of deadlines is written from beside the lives: rulebooks, roster rows, meetings to come."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, or_, select

from deadlines.season import Season, Values
from handlers.among import among
from handlers.prepared import Prepared
from handlers.roster_tables import ORGANISATIONS, PEOPLE, POSITIONS
from handlers.tables import CAMPAIGNS, MEETINGS
from states import meeting as meeting_life
from states import review as life
from states.bodies import COLLECTIVES, OrganisationType
from workflow import kept_rulebooks
from workflow.bodies import Campaign
from workflow.days import ZONE
from workflow.folding import fold_stored
from workflow.log import Log
from workflow.review import Review
from workflow.rules.rulebook import Rulebook

KEPT_BOOKS: Final = 32
"""How many rulebooks and seasons a process remembers; the oldest are forgotten first."""

_books: OrderedDict[str, Rulebook] = OrderedDict()
_seasons: OrderedDict[tuple[str, int, str, date], Season] = OrderedDict()


def rulebook_of(connection: Connection, rulebook_hash: str) -> Rulebook:
    """The rulebook kept under a hash, parsed once a process. LookupError where the database has none."""
    held = _books.get(rulebook_hash)
    if held is None:
        body = kept_rulebooks.body_of(connection, rulebook_hash)
        if body is None:
            raise LookupError(f"the rulebook {rulebook_hash} of a campaign is not in the database")
        held = _books[rulebook_hash] = Rulebook.from_bytes(body)
        while len(_books) > KEPT_BOOKS:
            _books.popitem(last=False)
    return held


_CAMPAIGN = Prepared(
    select(
        CAMPAIGNS.c.stage,
        CAMPAIGNS.c.year,
        CAMPAIGNS.c.rulebook_hash,
        CAMPAIGNS.c.roster_day,
        CAMPAIGNS.c.believed_at,
    ).where(CAMPAIGNS.c.campaign == bindparam("campaign"))
)


def campaign_of(connection: Connection, campaign: str) -> Campaign:
    """A campaign as its row tells it: what rows of the book are made by. LookupError where there is none."""
    rows = _CAMPAIGN.all(connection, {"campaign": campaign})
    if not rows:
        raise LookupError(f"the campaign {campaign} is not in the database")
    row = rows[0]
    return Campaign(
        id=campaign,
        stage=row.stage,
        year=row.year,
        rulebook_hash=row.rulebook_hash,
        roster_day=row.roster_day,
        believed_at=row.believed_at,
    )


def season_of(connection: Connection, campaign: Campaign) -> Season:
    """What the rows of a campaign are made by; made once a process, with the dates it has counted."""
    began = began_on(campaign)
    key = (campaign.id, campaign.year, campaign.rulebook_hash, began)
    held = _seasons.get(key)
    if held is None:
        rulebook = rulebook_of(connection, campaign.rulebook_hash)
        held = Season(campaign=campaign.id, year=campaign.year, rulebook=rulebook, began=began)
        _seasons[key] = held
        while len(_seasons) > KEPT_BOOKS:
            _seasons.popitem(last=False)
    return held


def began_on(campaign: Campaign) -> date:
    """The day the reviews of a campaign were opened, in Asia/Ho_Chi_Minh; its roster day before that."""
    if not campaign.believed_at:
        return campaign.roster_day
    return datetime.fromisoformat(campaign.believed_at).astimezone(ZONE).date()


class RosterOfOpening:
    """What the roster says of subjects as of a campaign's roster day, as it was believed at the opening.

    Later imports do not change it, so rows made from it stay a function of the log.
    """

    def __init__(self, connection: Connection, campaign: Campaign) -> None:
        self._connection = connection
        self._day = campaign.roster_day
        self._at = datetime.fromisoformat(campaign.believed_at) if campaign.believed_at else None

    def of(self, reviews: Iterable[Review], names: frozenset[str]) -> dict[str, Values]:
        """By review, what the roster tells of these facts; a query a table, none for what is not asked."""
        wanted = list(reviews)
        types: Mapping[str, str] = {}
        if names & {"organisation.type", "collective.type"}:
            types = self._types(sorted({review.organisation for review in wanted}))
        people = sorted({review.subject for review in wanted if review.kind == life.INDIVIDUAL})
        kinds = self._kinds(people) if "subject.staff_kind" in names else {}
        leaders = self._leaders(people) if "subject.is_leader" in names else frozenset()
        found: dict[str, Values] = {}
        for review in wanted:
            type_ = types.get(review.organisation)
            values: dict[str, Any] = {"organisation.type": type_, "review.quality": review.quality}
            if review.kind == life.INDIVIDUAL:
                values["subject.staff_kind"] = kinds.get(review.subject)
                if "subject.is_leader" in names:
                    values["subject.is_leader"] = review.subject in leaders
            elif type_ is not None:
                values["collective.type"] = COLLECTIVES.get(type_)
            found[review.id] = {name: value for name, value in values.items() if name in names}
        return found

    def _types(self, organisations: list[str]) -> dict[str, str]:
        chosen = select(ORGANISATIONS.c.organisation_id, ORGANISATIONS.c.type).where(
            self._holds(ORGANISATIONS), among(ORGANISATIONS.c.organisation_id, "ids")
        )
        return {row[0]: row[1] for row in self._connection.execute(chosen, {"ids": organisations})}

    def _kinds(self, people: list[str]) -> dict[str, str | None]:
        chosen = select(PEOPLE.c.person_id, PEOPLE.c.staff_kind).where(
            self._holds(PEOPLE), among(PEOPLE.c.person_id, "ids")
        )
        return {row[0]: row[1] for row in self._connection.execute(chosen, {"ids": people})}

    def _leaders(self, people: list[str]) -> frozenset[str]:
        """Who holds a post of leadership: the head of a Party group is an ordinary member of the cell."""
        chosen = (
            select(POSITIONS.c.person_id)
            .outerjoin(
                ORGANISATIONS,
                and_(
                    ORGANISATIONS.c.organisation_id == POSITIONS.c.organisation_id,
                    self._holds(ORGANISATIONS),
                ),
            )
            .where(
                self._holds(POSITIONS),
                among(POSITIONS.c.person_id, "ids"),
                or_(ORGANISATIONS.c.type.is_(None), ORGANISATIONS.c.type != OrganisationType.TO_DANG.value),
            )
        )
        return frozenset(self._connection.execute(chosen, {"ids": people}).scalars())

    def _holds(self, table: Table) -> ColumnElement[bool]:
        valid = and_(
            table.c.valid_from <= self._day, or_(table.c.valid_to.is_(None), table.c.valid_to > self._day)
        )
        if self._at is None:
            return and_(table.c.superseded_at.is_(None), valid)
        believed = or_(table.c.superseded_at.is_(None), table.c.superseded_at > self._at)
        return and_(table.c.recorded_at <= self._at, believed, valid)


def planned_meetings(connection: Connection, campaign: str, venues: Iterable[str]) -> dict[str, list[date]]:
    """The days of meetings still planned at these venues."""
    chosen = select(MEETINGS.c.venue, MEETINGS.c.day).where(
        MEETINGS.c.campaign == campaign,
        MEETINGS.c.stage == meeting_life.PLANNED,
        among(MEETINGS.c.venue, "ids"),
    )
    found: dict[str, list[date]] = {}
    for venue, day in connection.execute(chosen, {"ids": sorted(set(venues))}):
        found.setdefault(venue, []).append(day)
    return found


def reviews_of(connection: Connection, names: Iterable[str]) -> dict[str, Review]:
    """Reviews folded from the log, by their id."""
    streams = {f"review/{name}": name for name in names}
    if not streams:
        return {}
    found: dict[str, Review] = {}
    for stream, told in Log(connection).tell(streams).items():
        body = fold_stored(stream, told)
        assert isinstance(body, Review), "a review stream folds to a review"
        found[streams[stream]] = body
    return found
