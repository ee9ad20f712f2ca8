"""Levels of others a level leans on: the collective, its organisation, the agency, the units managed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select

from handlers.among import among, day_parameter
from handlers.levels import OWES_NOTHING, level_of
from handlers.prepared import Prepared
from handlers.roster_facts import COMMITTEE_POSTS, People, as_of
from handlers.roster_tables import POSITIONS
from handlers.tables import DECLARATIONS, NEIGHBOURS, REVIEWS
from states import review as life
from workflow.commands.deciding import DecideBundle
from workflow.gathering import Standing
from workflow.order import Leaning
from workflow.review import Review
from workflow.rules.facts import Fact, Facts
from workflow.rules.rulebook import Rulebook

_Row = Row[*tuple[Any, ...]]

MANAGING = ("head", "deputy")
"""Posts that manage the units right below a body, or its people where it has no units."""

_OTHERS = Prepared(
    select(
        REVIEWS.c.review,
        REVIEWS.c.kind,
        REVIEWS.c.subject,
        REVIEWS.c.organisation,
        REVIEWS.c.superior,
        REVIEWS.c.stage,
        REVIEWS.c.self_level,
        REVIEWS.c.proposed_level,
        REVIEWS.c.voted_level,
        REVIEWS.c.decided_level,
    )
    .where(
        REVIEWS.c.campaign == bindparam("campaign"),
        REVIEWS.c.rated.is_(True),
        REVIEWS.c.stage.not_in(OWES_NOTHING),
        or_(
            (REVIEWS.c.kind != life.INDIVIDUAL)
            & or_(among(REVIEWS.c.subject, "bodies"), among(REVIEWS.c.superior, "bodies")),
            (REVIEWS.c.kind == life.INDIVIDUAL) & among(REVIEWS.c.organisation, "bodies"),
        ),
    )
    # one order on both databases, so that the same levels give the same finding
    .order_by(REVIEWS.c.review)
)
_AGENCIES = Prepared(
    select(NEIGHBOURS.c.organisation, NEIGHBOURS.c.rank, NEIGHBOURS.c.scale_length)
    .where(
        NEIGHBOURS.c.campaign == bindparam("campaign"),
        NEIGHBOURS.c.kind == "administration",
        among(NEIGHBOURS.c.organisation, "bodies"),
    )
    .order_by(NEIGHBOURS.c.neighbour)
)
_NONE_BELOW = Prepared(
    select(DECLARATIONS.c.organisation).where(
        DECLARATIONS.c.campaign == bindparam("campaign"),
        DECLARATIONS.c.list == "subordinate",
        DECLARATIONS.c.as_of >= day_parameter("needed"),
        among(DECLARATIONS.c.organisation, "bodies"),
    )
)
RELIED_ON_FROM = (life.VOTED, life.SUBMITTED, life.APPRAISED, *life.SETTLED)


def other_facts(connection: Connection, standing: Standing, people: People | None) -> dict[str, Facts]:
    """The others.* facts of every review, as far as they are known.

    A level is the approved one, else the voted one, without a ballot the submitted one, never a self-rating;
    at a decision the approved one alone. Of several bodies a person leads, the lowest level counts, so that
    nobody escapes a cap by choosing the body (C-45). That a person manages no unit and nobody is known only
    once the body he belongs to has declared its list of subordinates complete (C-15).
    """
    if standing.campaign is None or standing.rulebook is None:
        return {}
    leads: dict[str, tuple[str, ...]] = {}
    manages: dict[str, tuple[str, ...]] = {}
    serves: dict[str, tuple[str, ...]] = {}
    for review in standing.reviews.values():
        if review.version:
            leads[review.id], manages[review.id] = bodies_of(review, people)
            serves[review.id] = _serves(review, people)
    bodies = sorted(
        {body for held in (*leads.values(), *manages.values(), *serves.values()) for body in held}
    )
    if not bodies:
        return {}
    asked = {"campaign": standing.campaign.id, "bodies": bodies}
    rows, agencies = _OTHERS.all(connection, asked), _AGENCIES.all(connection, asked)
    homes = sorted({review.organisation for review in standing.reviews.values() if manages.get(review.id)})
    needed = min(standing.today, date(standing.campaign.year, 12, 31))
    told = {"campaign": standing.campaign.id, "needed": needed, "bodies": homes}
    declared = (
        frozenset(row.organisation for row in _NONE_BELOW.all(connection, told)) if homes else frozenset()
    )
    only_approved = isinstance(standing.request.command, DecideBundle)
    reader = _Reader(standing.rulebook, only_approved, rows, agencies, declared)
    return {
        review.id: reader.facts(review, leads[review.id], manages[review.id]).merged(
            reader.collectives(review, serves[review.id])
        )
        for review in standing.reviews.values()
        if review.id in leads
    }


def bodies_of(review: Review, people: People | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The bodies whose committee a subject is or belongs to, and those whose units it manages."""
    if review.kind != life.INDIVIDUAL:
        return (review.subject,), ()
    posts = people.posts.get(review.subject, ()) if people is not None else ()
    heads = tuple(sorted({post.organisation_id for post in posts if post.post == "head"}))
    serves = tuple(sorted({post.organisation_id for post in posts if post.post in COMMITTEE_POSTS}))
    manages = tuple(sorted({post.organisation_id for post in posts if post.post in MANAGING}))
    return heads or serves, manages


def _serves(review: Review, people: People | None) -> tuple[str, ...]:
    """Every body in which a person holds a post, whichever; of a body under review that body."""
    if review.kind != life.INDIVIDUAL:
        return (review.subject,)
    posts = people.posts.get(review.subject, ()) if people is not None else ()
    return tuple(sorted({post.organisation_id for post in posts}))


class _Reader:
    """Levels by body, out of the rows of the register."""

    def __init__(
        self,
        rulebook: Rulebook,
        approved_only: bool,
        rows: Sequence[_Row],
        agencies: Sequence[_Row],
        none_below: frozenset[str],
    ) -> None:
        self.rulebook = rulebook
        self.approved_only = approved_only
        # looked up body by body: a long list of reviews has as many rows
        self.by_review = {row.review: row for row in rows}
        self.by_subject = _grouped(rows, lambda row: (row.kind, row.subject))
        self.by_superior = _grouped(rows, lambda row: row.superior)
        self.people_of = _grouped(rows, lambda row: row.organisation if row.kind == life.INDIVIDUAL else None)
        self.agencies = agencies
        self.none_below = none_below

    def facts(self, review: Review, leads: tuple[str, ...], manages: tuple[str, ...]) -> Facts:
        found: dict[str, Fact] = {}
        for name, kind in (
            ("others.collective_level", life.COLLECTIVE),
            ("others.organisation_level", life.ORGANISATION),
        ):
            if kind == review.kind:
                continue
            rows = _in_order(row for body in leads for row in self.by_subject.get((kind, body), ()))
            self._lowest(found, name, kind, ((self.level(row), row.review) for row in rows))
        agencies = [row for row in self.agencies if row.organisation in leads]
        scale = self.rulebook.scale(review.kind)
        if scale is not None:
            levels = (
                (scale.levels[row.rank - 1], f"rating of the agency, {row.organisation}")
                for row in agencies
                if row.scale_length == len(scale.levels)
            )
            self._lowest(found, "others.agency_level", review.kind, levels)
        units = self._managed(review, manages) if manages else []
        if units or (manages and review.organisation in self.none_below):
            held = [level for row in units if (level := self.level(row))]
            source = f"register, {', '.join(manages)}"
            found["others.units_levels"] = Fact(tuple(held), source)
            found["others.units_pending"] = Fact(len(units) - len(held), source)
        return Facts(found)

    def collectives(self, review: Review, serves: tuple[str, ...]) -> Facts:
        """Collectives under review that come before this one and have no level that counts yet.

        For a person those of the bodies he holds a post in, for an organisation its own and those right
        below (QD366-2025, Điều 12.2). A collective waits for none.
        """
        if review.kind == life.COLLECTIVE:
            return Facts()
        below = serves if review.kind == life.ORGANISATION else ()
        before = [row for body in serves for row in self.by_subject.get((life.COLLECTIVE, body), ())]
        before += [
            row for body in below for row in self.by_superior.get(body, ()) if row.kind == life.COLLECTIVE
        ]
        waiting = tuple(row.review for row in _in_order(before) if not self.level(row))
        return Facts({"others.collectives_pending": Fact(waiting, "register")})

    def level(self, row: _Row) -> str | None:
        """The level that counts for others."""
        return level_of(row, self.rulebook, approved_only=self.approved_only)

    def source(self, row: _Row) -> str:
        """Which review, and whether its level is approved, voted or submitted."""
        kind = "approved" if row.decided_level else "voted" if row.voted_level else "submitted"
        return f"{row.review}, {kind}"

    def _lowest(
        self, found: dict[str, Fact], name: str, kind: str, levels: Iterable[tuple[str | None, str]]
    ) -> None:
        scale = self.rulebook.scale(kind)
        held = [(level, source) for level, source in levels if level is not None]
        if scale is None or not held:
            return
        level, source = max(held, key=lambda item: scale.place(item[0]))
        row = self.by_review.get(source)
        found[name] = Fact(level, self.source(row) if row is not None else source)

    def _managed(self, review: Review, manages: tuple[str, ...]) -> list[_Row]:
        """The rated units right below; where there are none, the rated people of the body itself."""
        units: dict[str, _Row] = {}
        for row in _in_order(row for body in manages for row in self.by_superior.get(body, ())):
            below = row.kind != life.INDIVIDUAL and row.subject not in manages
            if below and (row.subject not in units or row.kind == life.ORGANISATION):
                units[row.subject] = row
        if units:
            return list(units.values())
        people = (row for body in manages for row in self.people_of.get(body, ()))
        return [row for row in _in_order(people) if row.subject != review.subject]


def _grouped(rows: Sequence[_Row], key: Callable[[_Row], object]) -> dict[object, list[_Row]]:
    found: dict[object, list[_Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _in_order(rows: Iterable[_Row]) -> list[_Row]:
    """Each row once, in the order of the reviews' ids, so that the same levels give the same finding."""
    return sorted({row.review: row for row in rows}.values(), key=lambda row: str(row.review))


def resting_on(connection: Connection, standing: Standing) -> dict[str, Leaning]:
    """Reviews that may lean on the levels of those in `standing` and have themselves got as far as a level.

    For people the bodies they lead or serve and those they manage, on the day of the act.
    """
    if standing.campaign is None:
        return {}
    reviews = [review for review in standing.reviews.values() if review.version]
    bodies = {review.subject for review in reviews if review.kind != life.INDIVIDUAL}
    around = bodies | {review.superior for review in reviews} | {review.organisation for review in reviews}
    posts = connection.execute(
        select(POSITIONS.c.person_id, POSITIONS.c.organisation_id, POSITIONS.c.post).where(
            as_of(POSITIONS, standing.today),
            POSITIONS.c.post.in_(COMMITTEE_POSTS),
            POSITIONS.c.organisation_id.in_(sorted(around)),
        )
    ).all()
    chosen = (
        select(REVIEWS.c.review, REVIEWS.c.kind, REVIEWS.c.subject)
        .where(
            REVIEWS.c.campaign == standing.campaign.id,
            REVIEWS.c.rated.is_(True),
            REVIEWS.c.stage.in_(RELIED_ON_FROM),
            or_(
                (REVIEWS.c.kind != life.INDIVIDUAL) & REVIEWS.c.subject.in_(sorted(around)),
                (REVIEWS.c.kind == life.INDIVIDUAL)
                & REVIEWS.c.subject.in_(sorted({row.person_id for row in posts})),
            ),
        )
        .order_by(REVIEWS.c.review)
    )
    found: dict[str, Leaning] = {}
    for review in connection.execute(chosen):
        held = [row for row in posts if row.person_id == review.subject and review.kind == life.INDIVIDUAL]
        found[review.review] = Leaning(
            leads=tuple(row.organisation_id for row in held),
            manages=tuple(row.organisation_id for row in held if row.post in MANAGING),
        )
    return found
