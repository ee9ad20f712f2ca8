"""Reads the roster from the database: whole views in a handful of statements, and single questions on hot
paths.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, or_, select, union

from handlers.roster.apply import rows_by_key
from handlers.roster.parsed import ParsedRoster
from handlers.roster.records import OrganisationRecord, PersonRecord, PositionRecord
from handlers.roster.snapshot import KINDS, Snapshot
from handlers.roster.stored import KEPT, StoredRow, read_columns, stored_row
from handlers.roster.view import RosterView
from handlers.roster.vocabulary import MembershipKind, PartyStatus, Post
from handlers.roster_tables import MEMBERSHIPS, ORGANISATIONS, PEOPLE, POSITIONS


def load_view(
    connection: Connection, on: date, *, base: str | None = None, as_believed: datetime | None = None
) -> RosterView:
    """The roster on a day, as believed at an instant (None: now); with `base`, that body and all below it.

    Four statements whatever the size. People who hold a post below `base` are there even when they take
    part elsewhere.
    """
    scope = _subtree(base, on, as_believed) if base is not None else None
    organisations = _holding(ORGANISATIONS, on, as_believed).order_by(ORGANISATIONS.c.organisation_id)
    memberships = _holding(MEMBERSHIPS, on, as_believed).order_by(MEMBERSHIPS.c.membership_id)
    positions = _holding(POSITIONS, on, as_believed).order_by(POSITIONS.c.position_id)
    people = _holding(PEOPLE, on, as_believed).order_by(PEOPLE.c.person_id)
    if scope is not None:
        organisations = organisations.where(ORGANISATIONS.c.organisation_id.in_(scope))
        memberships = memberships.where(MEMBERSHIPS.c.organisation_id.in_(scope))
        positions = positions.where(POSITIONS.c.organisation_id.in_(scope))
        people = people.where(
            PEOPLE.c.person_id.in_(
                union(
                    memberships.order_by(None).with_only_columns(MEMBERSHIPS.c.person_id),
                    positions.order_by(None).with_only_columns(POSITIONS.c.person_id),
                )
            )
        )
    return RosterView(
        on,
        as_believed,
        {row.record.key: row for row in _rows(connection, "organisation", organisations)},
        {row.record.key: row for row in _rows(connection, "person", people)},
        {row.record.key: row for row in _rows(connection, "membership", memberships)},
        tuple(_rows(connection, "position", positions)),
    )


def load_snapshot(connection: Connection, on: date, *, base: str | None = None) -> Snapshot:
    """The records now believed for a day, to compare a file with. Posts that have ended by their own last
    day are there too; those a former file merely stopped naming are not.
    """
    view = load_view(connection, on, base=base)
    ended = select(*read_columns(POSITIONS)).where(
        POSITIONS.c.superseded_at.is_(None), POSITIONS.c.held_to.is_not(None)
    )
    if base is not None:
        ended = ended.where(POSITIONS.c.organisation_id.in_(_subtree(base, on, None)))
    upcoming = select(*read_columns(POSITIONS)).where(
        POSITIONS.c.superseded_at.is_(None), POSITIONS.c.valid_from > on
    )
    if base is not None:
        upcoming = upcoming.where(POSITIONS.c.organisation_id.in_(_subtree(base, on, None)))
    positions = {row.record.key: row.record for row in view.positions}
    on_rolls = {row.record.person_id for row in view.memberships.values()}
    for statement in (ended, upcoming):
        positions |= {row.record.key: row.record for row in _rows(connection, "position", statement)}
    return Snapshot(
        {key: row.record for key, row in view.organisations.items()},
        {key: row.record for key, row in view.people.items() if key in on_rolls},
        {key: row.record for key, row in view.memberships.items()},
        positions,
    )


def snapshot_for(connection: Connection, parsed: ParsedRoster, on: date) -> Snapshot:
    """The part of the roster a file speaks for: what is below its topmost bodies, and whatever else it names.

    A file of one base organisation so takes nothing away from another. A file without bodies speaks for all.
    """
    if parsed.organisations is None:
        return load_snapshot(connection, on)
    tops = [placed.record.key for placed in parsed.organisations if placed.record.superior_id is None]
    kinds: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for top in tops:
        part = load_snapshot(connection, on, base=top)
        for kind in KINDS:
            kinds[kind] |= part.of_kind(kind)
    stated = parsed.snapshot
    for kind in KINDS:
        elsewhere = stated.of_kind(kind).keys() - kinds[kind].keys()
        for rows in rows_by_key(connection, kind, elsewhere).values():
            for row in rows:
                if row.valid_from <= on and (row.valid_to is None or on < row.valid_to):
                    kinds[kind][row.record.key] = row.record
    return Snapshot(kinds["organisation"], kinds["person"], kinds["membership"], kinds["position"])


def size_below(connection: Connection, on: date, base: str) -> tuple[int, int]:
    """How many bodies a body and all below it are on a day, and how many people on their rolls."""
    tree = _subtree(base, on, None)
    bodies = select(func.count()).where(
        ORGANISATIONS.c.organisation_id.in_(tree), _holds(ORGANISATIONS, on, None)
    )
    people = select(func.count(MEMBERSHIPS.c.person_id.distinct())).where(
        MEMBERSHIPS.c.organisation_id.in_(tree),
        MEMBERSHIPS.c.kind != MembershipKind.TEMPORARY.value,
        _holds(MEMBERSHIPS, on, None),
    )
    return connection.execute(bodies).scalar_one(), connection.execute(people).scalar_one()


def person_on(
    connection: Connection, person: str, on: date, *, as_believed: datetime | None = None
) -> StoredRow[PersonRecord] | None:
    """One person as on a day."""
    statement = _holding(PEOPLE, on, as_believed).where(PEOPLE.c.person_id == person)
    return next(iter(_rows(connection, "person", statement)), None)


def cell_of(
    connection: Connection, person: str, on: date, *, as_believed: datetime | None = None
) -> str | None:
    """The cell of a person's official registration on a day."""
    statement = _holding(MEMBERSHIPS, on, as_believed).where(
        MEMBERSHIPS.c.person_id == person, MEMBERSHIPS.c.kind == MembershipKind.OFFICIAL.value
    )
    found: str | None = connection.scalar(statement.with_only_columns(MEMBERSHIPS.c.organisation_id))
    return found


def organisation_on(
    connection: Connection, organisation: str, on: date, *, as_believed: datetime | None = None
) -> StoredRow[OrganisationRecord] | None:
    """One body as on a day; its record names the direct superior."""
    statement = _holding(ORGANISATIONS, on, as_believed).where(
        ORGANISATIONS.c.organisation_id == organisation
    )
    return next(iter(_rows(connection, "organisation", statement)), None)


def posts_in(
    connection: Connection,
    organisation: str,
    on: date,
    *posts: Post,
    as_believed: datetime | None = None,
) -> tuple[StoredRow[PositionRecord], ...]:
    """The posts held in a body on a day, of these kinds if any are given, by person."""
    statement = _holding(POSITIONS, on, as_believed).where(POSITIONS.c.organisation_id == organisation)
    if posts:
        statement = statement.where(POSITIONS.c.post.in_([post.value for post in posts]))
    return tuple(_rows(connection, "position", statement.order_by(POSITIONS.c.person_id)))


def head_of(
    connection: Connection, organisation: str, on: date, *, as_believed: datetime | None = None
) -> StoredRow[PositionRecord] | None:
    """Who heads a body on a day; None when nobody is known to."""
    return next(iter(posts_in(connection, organisation, on, Post.HEAD, as_believed=as_believed)), None)


def deputies_of(
    connection: Connection, organisation: str, on: date, *, as_believed: datetime | None = None
) -> tuple[StoredRow[PositionRecord], ...]:
    """The deputies of a body on a day, by person."""
    return posts_in(connection, organisation, on, Post.DEPUTY, as_believed=as_believed)


def positions_of(
    connection: Connection, person: str, on: date, *, as_believed: datetime | None = None
) -> tuple[StoredRow[PositionRecord], ...]:
    """The posts a person holds on a day."""
    statement = _holding(POSITIONS, on, as_believed).where(POSITIONS.c.person_id == person)
    return tuple(_rows(connection, "position", statement.order_by(POSITIONS.c.position_id)))


def people_of_cell(
    connection: Connection,
    cell: str,
    on: date,
    *statuses: PartyStatus,
    as_believed: datetime | None = None,
) -> tuple[StoredRow[PersonRecord], ...]:
    """Who is on the roll of a cell or union on a day, of these standings if any are given, by id.

    With `PartyStatus.OFFICIAL` alone: the members on the roll who count for a vote (C-09).
    """
    belongs = select(MEMBERSHIPS.c.person_id).where(
        MEMBERSHIPS.c.organisation_id == cell,
        MEMBERSHIPS.c.kind != MembershipKind.TEMPORARY.value,
        _holds(MEMBERSHIPS, on, as_believed),
    )
    statement = _holding(PEOPLE, on, as_believed).where(PEOPLE.c.person_id.in_(belongs))
    if statuses:
        statement = statement.where(PEOPLE.c.status.in_([status.value for status in statuses]))
    return tuple(_rows(connection, "person", statement.order_by(PEOPLE.c.person_id)))


def _subtree(base: str, on: date, as_believed: datetime | None) -> Select[Any]:
    """The codes of a body and everything below it. UNION rather than UNION ALL ends even in a circle."""
    tree = (
        select(ORGANISATIONS.c.organisation_id)
        .where(ORGANISATIONS.c.organisation_id == base, _holds(ORGANISATIONS, on, as_believed))
        .cte("subtree", recursive=True)
    )
    below = (
        select(ORGANISATIONS.c.organisation_id)
        .join(tree, ORGANISATIONS.c.superior_id == tree.c.organisation_id)
        .where(_holds(ORGANISATIONS, on, as_believed))
    )
    return select(tree.union(below).c.organisation_id)


def _holding(table: Table, on: date, as_believed: datetime | None) -> Select[Any]:
    return select(*read_columns(table)).where(_holds(table, on, as_believed))


def _holds(table: Table, on: date, as_believed: datetime | None) -> ColumnElement[bool]:
    """Valid on the day (`valid_to` is exclusive) and believed at the instant."""
    valid = and_(table.c.valid_from <= on, or_(table.c.valid_to.is_(None), table.c.valid_to > on))
    if as_believed is None:
        return and_(table.c.superseded_at.is_(None), valid)
    return and_(
        table.c.recorded_at <= as_believed,
        or_(table.c.superseded_at.is_(None), table.c.superseded_at > as_believed),
        valid,
    )


def _rows(connection: Connection, kind: str, statement: Select[Any]) -> Iterable[StoredRow[Any]]:
    assert kind in KEPT
    return [stored_row(kind, row) for row in connection.execute(statement).mappings()]
