"""What a capacity may see, as conditions for SELECT: a list is filtered by the very condition a single look
asks.

A `Scope` is a person's capacity on a day. Its conditions read the tree of the roster as it stands that day;
the body itself counts even where the roster has no row for it, as with many a campaign's superior. In one
campaign, `within` gives a `Within`, whose conditions are `true()` where the campaign is seen as a whole, so
that nothing is paid for then. What is not seen is NotFound, like what is not there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    case,
    false,
    literal,
    or_,
    select,
    true,
    union_all,
)

from handlers.access.tables import DELEGATIONS, GRANTS
from handlers.among import among
from handlers.roster_facts import as_of
from handlers.roster_tables import MEMBERSHIPS, ORGANISATIONS, POSITIONS
from handlers.tables import CAMPAIGNS, REVIEWS, SESSIONS
from states import campaign as life
from states import delegation, grant
from states import review as reviewing
from states.roles import Role
from workflow.commands.asking import Actor
from workflow.errors import NotFound

Condition = ColumnElement[bool]

SEES_A_BRANCH: Final = frozenset(
    {
        Role.SECRETARY,
        Role.COMMITTEE,
        Role.SUPERIOR_DELEGATE,
        Role.ORGANISATION_BOARD,
        Role.SUPERIOR_COMMITTEE,
        Role.INSPECTION,
        Role.OFFICER,
        Role.AUDITOR,
    }
)
"""Who sees everything at the body of the capacity and below it."""

SEES_CONTENT: Final = SEES_A_BRANCH | {Role.MEMBER}
"""Who sees reviews at all. A counting team sees meetings and papers with the names on them; an administrator
sees that there are campaigns and bodies, and nothing of what is said or decided in them.
"""

SEES_UNOPENED: Final = frozenset({Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR})
"""Who sees a campaign before its opening is complete."""

READS_RESTRICTED: Final = frozenset(
    {Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE, Role.INSPECTION, Role.AUDITOR}
)
"""Who reads opinions, documents and other texts kept outside the log, of the reviews they see."""

_OPENED: Final = (life.OPEN, life.CLOSED)


@dataclass(frozen=True, slots=True)
class Within:
    """What a capacity sees of one campaign; `row` is the campaign's.

    `whole` says that the campaign is seen as a whole; otherwise the conditions narrow.
    """

    scope: Scope
    row: Row[tuple[Any, ...]]
    whole: bool

    def reviews(self) -> Condition:
        """The condition on REVIEWS of this campaign for those whose content is seen."""
        return self.scope.reviews_of(self.row.campaign, self.whole)

    def named_reviews(self) -> Condition:
        """The condition on REVIEWS of this campaign for those known by name, content or not."""
        return true() if self.whole else self.scope.own_named_reviews()

    def bodies(self, column: Column[str]) -> Condition:
        """The condition on a column that names a body of this campaign."""
        return true() if self.whole else self.scope.own_bodies(column)

    @property
    def content(self) -> bool:
        """Whether levels, opinions and results are shown: not to a counting team, nor to an administrator."""
        return self.scope.actor.role in SEES_CONTENT

    def body(self, connection: Connection, organisation: str) -> None:
        """NotFound for a body that is not to be seen; one the campaign does not have passes where it is
        seen as a whole, and is for the page to find missing.
        """
        if not self.whole and not self.sees_body(connection, organisation):
            raise NotFound("organisation", organisation)

    def bodies_among(self, connection: Connection, bodies: Iterable[str]) -> frozenset[str]:
        """Those of the bodies that are seen, by one query or none."""
        wanted = frozenset(bodies)
        if self.whole or not wanted or self.scope.actor.role is Role.ADMINISTRATOR:
            return wanted
        return wanted & self.scope.held(connection)

    def reviews_among(self, connection: Connection, reviews: Iterable[str]) -> frozenset[str]:
        """Those of the reviews whose content is seen, by one query or none."""
        wanted = sorted(set(reviews))
        if self.whole or not wanted:
            return frozenset(wanted)
        chosen = select(REVIEWS.c.review).where(among(REVIEWS.c.review, "names"), self.reviews())
        return frozenset(connection.execute(chosen, {"names": wanted}).scalars())

    def sees_body(self, connection: Connection, organisation: str) -> bool:
        """Whether a body lies in what is seen."""
        if self.whole:
            return True
        seen = select(literal(1)).where(self.scope.own_bodies(literal(organisation)))
        return connection.execute(seen).scalar() is not None


@dataclass(frozen=True)
class Scope:
    """A capacity on a day: what it may see, as conditions on the tables that tell it."""

    actor: Actor
    day: date

    # --- conditions on whole tables: what a list shows, and a single look asks -----------------------

    def campaigns(self) -> Condition:
        """The condition on CAMPAIGNS: seen as a whole, or open with a review known to this capacity."""
        return self._seen

    def reviews(self) -> Condition:
        """The condition on REVIEWS for those whose content is seen."""
        return self._of_campaign(REVIEWS.c.campaign, self.own_reviews())

    def named_reviews(self) -> Condition:
        """The condition on REVIEWS for those known by name: what an act may be asked about at all."""
        return self._of_campaign(REVIEWS.c.campaign, self.own_named_reviews())

    def restricted(self) -> Condition:
        """The condition on REVIEWS for those whose restricted texts are read: opinions, documents, private
        texts. The person concerned reads what was decided about him once it is decided.
        """
        if self.actor.role in READS_RESTRICTED:
            return self.reviews()
        if self.actor.role is Role.MEMBER:
            settled = REVIEWS.c.stage.in_(reviewing.SETTLED)
            return and_(self.reviews(), REVIEWS.c.subject == self.actor.id, settled)
        return false()

    def places(self, campaign: Column[str], *bodies: Column[str]) -> Condition:
        """The condition on a table whose rows belong to a campaign and to bodies, one of which is seen."""
        return self._of_campaign(campaign, or_(false(), *(self.own_bodies(body) for body in bodies)))

    # --- one campaign ---------------------------------------------------------------------------------

    def within(self, connection: Connection, campaign: str) -> Within:
        """What is seen of a campaign. NotFound where it is not there or nothing of it is seen."""
        row = connection.execute(self._one, {"named": campaign}).one_or_none()
        if row is None:
            raise NotFound("campaign", campaign)
        return Within(self, row, bool(row.seen_whole))

    def seen_campaigns(self, connection: Connection, *narrowed: Condition) -> dict[str, bool]:
        """Every campaign of which something is seen, and whether all of it is; `narrowed` is on CAMPAIGNS."""
        whole = case((self._whole, 1), else_=0)
        rows = connection.execute(select(CAMPAIGNS.c.campaign, whole).where(self.campaigns(), *narrowed))
        return {campaign: bool(seen) for campaign, seen in rows}

    def reviews_of(self, campaign: str, whole: bool) -> Condition:
        """The condition on REVIEWS of one of the campaigns `seen_campaigns` names, for those whose content is
        seen.
        """
        return true() if whole else self.own_reviews_of(campaign)

    def held(self, connection: Connection) -> frozenset[str]:
        """The bodies of the branch, or one's own alone."""
        if self.actor.role not in SEES_A_BRANCH or not self.actor.body:
            return frozenset({self.actor.body} - {""})
        return frozenset((self.actor.body, *connection.execute(self._below).scalars()))

    # --- the parts ------------------------------------------------------------------------------------

    def own_reviews(self) -> Condition:
        """What is seen of reviews in a campaign that is not seen as a whole."""
        if self.actor.role is Role.MEMBER:
            return self._of_a_member()
        if self.actor.role not in SEES_A_BRANCH or not self.actor.body:
            return false()
        return or_(self._taken(), REVIEWS.c.superior == self.actor.body)

    def own_reviews_of(self, campaign: str) -> Condition:
        """The same where the campaign is known, set by set from its indexes: for lists of many."""
        if self.actor.role not in SEES_A_BRANCH or not self.actor.body:
            return self.own_reviews()
        run = REVIEWS.alias("run")
        here = select(run.c.review).where(run.c.campaign == campaign)
        taken = select(SESSIONS.c.review).where(SESSIONS.c.campaign == campaign)
        return REVIEWS.c.review.in_(
            union_all(
                here.where(self.own_bodies(run.c.organisation)),
                here.where(run.c.superior == self.actor.body),
                taken.where(self.own_bodies(SESSIONS.c.venue)),
            )
        )

    def own_named_reviews(self) -> Condition:
        """The same for reviews known by name: a counting team knows those its body takes."""
        if self.actor.role is Role.COUNTING_TEAM and self.actor.body:
            return self._taken()
        return self.own_reviews()

    def own_bodies(self, body: ColumnElement[str]) -> Condition:
        """Whether a body lies in the branch; for those who see their own body alone, whether it is that."""
        if self.actor.role is Role.ADMINISTRATOR:
            return true()
        if not self.actor.body:
            return false()
        if self.actor.role not in SEES_A_BRANCH:
            return body == self.actor.body
        # one list, so that an index on the column is looked into
        return body.in_(union_all(select(literal(self.actor.body)), self._below))

    def own_people(self, person: ColumnElement[str]) -> Condition:
        """Whether a person was ever on a roll, in a post or given a role at a body of the branch.

        What somebody did here is looked into after he has left, so that no day is asked. Who sees no branch
        sees himself.
        """
        if self.actor.role is Role.ADMINISTRATOR:
            return true()
        if self.actor.role not in SEES_A_BRANCH or not self.actor.body:
            return and_(person == self.actor.id, person != "")
        held = grant.HELD, (delegation.IN_FORCE, delegation.ENDED)
        return person.in_(
            union_all(
                *(
                    select(table.c.person_id).where(self.own_bodies(table.c.organisation_id))
                    for table in (MEMBERSHIPS, POSITIONS)
                ),
                *(
                    select(table.c.person).where(table.c.stage.in_(stages), self.own_bodies(table.c.body))
                    for table, stages in zip((GRANTS, DELEGATIONS), held, strict=True)
                ),
            )
        )

    @cached_property
    def _seen(self) -> Condition:
        if self.actor.role is Role.ADMINISTRATOR:
            return true()
        return or_(self._whole, and_(CAMPAIGNS.c.stage.in_(_OPENED), self._touched()))

    @cached_property
    def _one(self) -> Select[Any]:
        """The campaign given as `named`, where it is seen, and whether all of it is."""
        whole = case((self._whole, 1), else_=0).label("seen_whole")
        named = bindparam("named", type_=CAMPAIGNS.c.campaign.type)
        return select(CAMPAIGNS, whole).where(CAMPAIGNS.c.campaign == named, self._seen)

    @cached_property
    def _below(self) -> Select[tuple[str]]:
        """The bodies under the one of the capacity on the day: a SELECT of ids, without the body itself.

        A roster that leads in a circle ends too, since UNION keeps each body once.
        """
        held = as_of(ORGANISATIONS, self.day)
        start = select(ORGANISATIONS.c.organisation_id).where(
            ORGANISATIONS.c.superior_id == self.actor.body, held
        )
        below = start.cte("below", recursive=True)
        further = select(ORGANISATIONS.c.organisation_id)
        further = further.join(below, ORGANISATIONS.c.superior_id == below.c.organisation_id).where(held)
        reached = below.union(further)
        chosen: Select[tuple[str]] = select(reached.c.organisation_id)
        return chosen

    def _of_a_member(self) -> Condition:
        """By subject, for which there is an index whatever the campaign."""
        own = REVIEWS.alias("own")
        mine = and_(own.c.subject == self.actor.id, own.c.kind == reviewing.INDIVIDUAL)
        collective = and_(
            own.c.subject == self.actor.body,
            own.c.kind == reviewing.COLLECTIVE,
            own.c.organisation == self.actor.body,
        )
        found = select(own.c.review).where(mine)
        return REVIEWS.c.review.in_(union_all(found, select(own.c.review).where(collective)))

    def _taken(self) -> Condition:
        """Reviews run in what is seen, or taken at one of its venues."""
        # campaigns are few and lead the index of sessions, which is not gone through from end to end then
        each = SESSIONS.c.campaign.in_(select(CAMPAIGNS.c.campaign))
        taken = select(SESSIONS.c.review).where(each, self.own_bodies(SESSIONS.c.venue))
        return or_(self.own_bodies(REVIEWS.c.organisation), REVIEWS.c.review.in_(taken))

    def _touched(self) -> Condition:
        """The condition on CAMPAIGNS for those with a review known to this capacity.

        A look into an index each: for those run in the branch, decided by the body, and taken at a venue.
        """
        if self.actor.role is Role.MEMBER:
            mine = select(REVIEWS.c.campaign).where(self._of_a_member())
            return CAMPAIGNS.c.campaign.in_(mine)
        if not self.actor.body or self.actor.role not in SEES_A_BRANCH | {Role.COUNTING_TEAM}:
            return false()
        taken = select(SESSIONS.c.review).where(
            SESSIONS.c.campaign == CAMPAIGNS.c.campaign, self.own_bodies(SESSIONS.c.venue)
        )
        found = [_any_review(self.own_bodies(REVIEWS.c.organisation)), taken.correlate(CAMPAIGNS).exists()]
        if self.actor.role in SEES_A_BRANCH:
            found.append(_any_review(REVIEWS.c.superior == self.actor.body))
        return or_(*found)

    def _of_campaign(self, campaign: Column[str], part: Condition) -> Condition:
        """Rows of campaigns seen as a whole, and of open ones those of the part."""
        whole = select(CAMPAIGNS.c.campaign).where(self._whole)
        opened = select(CAMPAIGNS.c.campaign).where(CAMPAIGNS.c.stage.in_(_OPENED))
        return or_(campaign.in_(whole), and_(campaign.in_(opened), part))

    @cached_property
    def _whole(self) -> Condition:
        """The condition on CAMPAIGNS for those seen as a whole: of the branch, or with the body above."""
        if self.actor.role not in SEES_A_BRANCH or not self.actor.body:
            return false()
        held = or_(self.own_bodies(CAMPAIGNS.c.organisation), CAMPAIGNS.c.superior == self.actor.body)
        return held if self.actor.role in SEES_UNOPENED else and_(held, CAMPAIGNS.c.stage.in_(_OPENED))


@lru_cache(maxsize=256)
def scope_on(actor: Actor, day: date) -> Scope:
    """The scope of a capacity on a day, one and the same each time it is asked for lately.

    Its conditions are the same then; building them anew several times a page took as long as asking them.
    """
    return Scope(actor, day)


def _any_review(condition: Condition) -> Condition:
    """Whether the campaign looked at has a review under a condition."""
    found = select(REVIEWS.c.review).where(REVIEWS.c.campaign == CAMPAIGNS.c.campaign, condition)
    return found.correlate(CAMPAIGNS).exists()
