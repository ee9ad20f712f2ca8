"""The statements plans are read by, compiled once: of `campaign` and `day`, and of `bodies` where chosen."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Subquery, Text, and_, bindparam, func, or_, select

from handlers.among import among, day_parameter
from handlers.prepared import Prepared
from handlers.roster_facts import GROUP, as_of
from handlers.roster_tables import ORGANISATIONS, PEOPLE, POSITIONS
from handlers.tables import REVIEWS, SESSIONS
from states import review as life

OUTER_VENUES = ("committee", "leadership")
_CAMPAIGN = bindparam("campaign", type_=Text())


@cache
def roster_bodies(*, chosen: bool) -> Prepared:
    """The bodies the roster has on the day."""
    return Prepared(
        select(
            ORGANISATIONS.c.organisation_id,
            ORGANISATIONS.c.name,
            ORGANISATIONS.c.type,
            ORGANISATIONS.c.superior_id,
        ).where(as_of(ORGANISATIONS, day_parameter()), *_only(ORGANISATIONS.c.organisation_id, chosen))
    )


@cache
def review_groups(*, staff_kind: bool, chosen: bool) -> Prepared:
    """How many open reviews share what they are grouped by."""
    columns, source = _described(_leading(), _heading("heads"), staff_kind)
    return Prepared(
        select(*columns, func.count().label("reviews"))
        .select_from(source)
        .where(
            REVIEWS.c.campaign == _CAMPAIGN,
            REVIEWS.c.stage.not_in(life.CLOSED),
            *_only(REVIEWS.c.organisation, chosen),
        )
        .group_by(*columns)
    )


@cache
def guest_reviews(*, staff_kind: bool, chosen: bool) -> Prepared:
    """Open reviews with a session at a venue other than the body that runs them."""
    there, home = _heading("there"), SESSIONS.alias("home")
    columns, source = _described(_leading(), _heading("heads"), staff_kind)
    source = source.join(SESSIONS, SESSIONS.c.review == REVIEWS.c.review)
    source = source.outerjoin(
        home, and_(home.c.review == REVIEWS.c.review, home.c.venue == REVIEWS.c.organisation)
    )
    source = source.outerjoin(
        there, and_(there.c.person_id == REVIEWS.c.subject, there.c.organisation_id == SESSIONS.c.venue)
    )
    # of some bodies their sessions are looked for by the reviews: by campaign every one would be read
    within = _theirs() if chosen else (SESSIONS.c.campaign == _CAMPAIGN,)
    return Prepared(
        select(
            *columns,
            SESSIONS.c.venue,
            SESSIONS.c.venue_kind,
            home.c.venue.label("home"),
            home.c.at.label("home_at"),
            there.c.person_id.is_not(None).label("heads_venue"),
        )
        .select_from(source)
        .where(
            SESSIONS.c.venue_kind.in_(OUTER_VENUES),
            SESSIONS.c.at.is_(None),
            SESSIONS.c.venue != REVIEWS.c.organisation,
            REVIEWS.c.kind == life.INDIVIDUAL,
            REVIEWS.c.stage.not_in(life.CLOSED),
            *within,
        )
    )


def _theirs() -> tuple[ColumnElement[bool], ...]:
    """The sessions of reviews the chosen bodies run, and those held at them."""
    run = select(REVIEWS.c.review).where(
        REVIEWS.c.campaign == _CAMPAIGN, among(REVIEWS.c.organisation, "bodies")
    )
    taken = select(SESSIONS.c.review).where(
        SESSIONS.c.campaign == _CAMPAIGN, among(SESSIONS.c.venue, "bodies")
    )
    return (
        SESSIONS.c.review.in_(run.union(taken)),
        or_(among(REVIEWS.c.organisation, "bodies"), among(SESSIONS.c.venue, "bodies")),
    )


def _described(leads: Subquery, heads: Subquery, staff_kind: bool) -> tuple[list[ColumnElement[Any]], Any]:
    """The columns that make a group, and what they are read from."""
    source: Any = REVIEWS.outerjoin(leads, leads.c.person_id == REVIEWS.c.subject).outerjoin(
        heads,
        and_(heads.c.person_id == REVIEWS.c.subject, heads.c.organisation_id == REVIEWS.c.organisation),
    )
    columns: list[ColumnElement[Any]] = [
        REVIEWS.c.organisation,
        REVIEWS.c.kind,
        REVIEWS.c.stage,
        REVIEWS.c.remembered,
        REVIEWS.c.rated,
        REVIEWS.c.superior_told_on.is_not(None).label("told"),
        leads.c.person_id.is_not(None).label("leads"),
        heads.c.person_id.is_not(None).label("heads"),
    ]
    if staff_kind:
        source = source.outerjoin(
            PEOPLE, and_(PEOPLE.c.person_id == REVIEWS.c.subject, as_of(PEOPLE, day_parameter()))
        )
        columns.append(PEOPLE.c.staff_kind)
    return columns, source


def _leading() -> Subquery:
    """Who holds a post of leadership; the head of a Party group leads no body (C-39)."""
    source: FromClause = POSITIONS.outerjoin(
        ORGANISATIONS,
        and_(
            ORGANISATIONS.c.organisation_id == POSITIONS.c.organisation_id,
            as_of(ORGANISATIONS, day_parameter()),
        ),
    )
    return (
        select(POSITIONS.c.person_id)
        .select_from(source)
        .where(
            as_of(POSITIONS, day_parameter()),
            or_(ORGANISATIONS.c.type.is_(None), ORGANISATIONS.c.type != GROUP),
        )
        .distinct()
        .subquery("leading")
    )


def _heading(name: str) -> Subquery:
    return (
        select(POSITIONS.c.person_id, POSITIONS.c.organisation_id)
        .where(as_of(POSITIONS, day_parameter()), POSITIONS.c.post == "head")
        .distinct()
        .subquery(name)
    )


def _only(column: ColumnElement[str], chosen: bool) -> tuple[ColumnElement[bool], ...]:
    return (among(column, "bodies"),) if chosen else ()
