"""Who may act as what: one's own capacities, grants, delegations, and declared conflicts of interest."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from api.actors import Acting
from api.answers import READ_REFUSED, TheService
from api.asking import scope_of
from api.bodies import ID
from handlers.access.capacities import capacities_of
from handlers.access.given import conflicts_listed, delegations_listed, grant_row, grants_listed
from workflow.errors import NotFound

router = APIRouter(tags=["access"], responses=READ_REFUSED)

Name = Annotated[str, Path(pattern=ID, max_length=100)]
Asked = Annotated[str, Query(max_length=100)]


class CapacityOut(BaseModel):
    """A role at a body; `basis` says what it comes from, `holder` who delegated it, `until` is inclusive."""

    role: str
    body: str
    basis: str
    source: str
    holder: str
    until: date | None


class GrantOut(BaseModel):
    """One grant; held from `first` to `last`, both inclusive, and not from `ended_on` on."""

    grant: str
    stage: str
    person: str
    role: str
    body: str
    first: date
    last: date | None
    document: str
    reason: str
    proposed_by: str
    proposed_on: date
    settled_by: str
    settled_on: date | None
    ended_by: str
    ended_on: date | None


class GrantsOut(BaseModel):
    """Those that wait, those held now or later, those that are over; `more` were left out."""

    waiting: list[GrantOut]
    held: list[GrantOut]
    over: list[GrantOut]
    more: int


class DelegationOut(BaseModel):
    """`holder` lets `person` act in a role from `first` to `last`, both inclusive, not from `ended_on` on."""

    delegation: str
    stage: str
    holder: str
    person: str
    role: str
    body: str
    first: date
    last: date
    document: str
    ended_on: date | None


class ConflictOut(BaseModel):
    """A tie; `reason` is null where none was given or it is not for the asker to read."""

    conflict: str
    stage: str
    person: str
    subject: str
    closeness: str
    body: str
    reason: str | None
    declared_by: str
    declared_on: date
    ended_on: date | None


@router.get("/capacities", summary="As what one may act today, the weightiest first")
def capacities(actor: Acting, service: TheService) -> list[CapacityOut]:
    """By posts and rolls, by grants, and by what others delegated."""
    with service.database.read() as connection:
        found = capacities_of(connection, actor.id, scope_of(service, actor).day)
    return [CapacityOut.model_validate(one, from_attributes=True) for one in found]


@router.get("/grants", summary="Grants of one's own and of the branch")
def grants(
    actor: Acting, service: TheService, search: Asked = "", person: Asked = "", body: Asked = ""
) -> GrantsOut:
    """100 at most; `search` is a part of a name, with or without accents, or an id."""
    with service.database.read() as connection:
        found = grants_listed(connection, scope_of(service, actor), search=search, person=person, body=body)
    return GrantsOut(
        waiting=[_grant(row) for row in found.waiting],
        held=[_grant(row) for row in found.held],
        over=[_grant(row) for row in found.over],
        more=found.more,
    )


@router.get("/grants/{grant}", summary="One grant")
def grant(grant: Name, actor: Acting, service: TheService) -> GrantOut:
    """Who proposed, confirmed and ended it."""
    with service.database.read() as connection:
        row = grant_row(connection, scope_of(service, actor), grant)
    if row is None:
        raise NotFound("grant", grant)
    return _grant(row)


@router.get("/delegations", summary="Delegations of one's own and of the branch")
def delegations(actor: Acting, service: TheService) -> list[DelegationOut]:
    """Those that run or begin later first."""
    with service.database.read() as connection:
        return [_delegation(row) for row in delegations_listed(connection, scope_of(service, actor))]


@router.get("/delegations/{delegation}", summary="One delegation")
def delegation(delegation: Name, actor: Acting, service: TheService) -> DelegationOut:
    """Who acts for whom, and how long."""
    with service.database.read() as connection:
        rows = delegations_listed(connection, scope_of(service, actor), delegation)
    if not rows:
        raise NotFound("delegation", delegation)
    return _delegation(rows[0])


@router.get("/conflicts", summary="Declared conflicts of interest of one's own and of the branch")
def conflicts(actor: Acting, service: TheService) -> list[ConflictOut]:
    """Those that count first."""
    with service.database.read() as connection:
        return [_conflict(row) for row in conflicts_listed(connection, scope_of(service, actor))]


@router.get("/conflicts/{conflict}", summary="One declared conflict of interest")
def conflict(conflict: Name, actor: Acting, service: TheService) -> ConflictOut:
    """Who is too close to whom."""
    with service.database.read() as connection:
        rows = conflicts_listed(connection, scope_of(service, actor), conflict)
    if not rows:
        raise NotFound("conflict", conflict)
    return _conflict(rows[0])


def _grant(row: Any) -> GrantOut:
    told = dict(row._mapping)
    return GrantOut(
        **{name: told[name] for name in GrantOut.model_fields if name in told},
        grant=row.grant_id,
        first=row.from_day,
        last=row.until_day,
    )


def _delegation(row: Any) -> DelegationOut:
    told = dict(row._mapping)
    return DelegationOut(
        **{name: told[name] for name in DelegationOut.model_fields if name in told},
        delegation=row.delegation_id,
        first=row.from_day,
        last=row.until_day,
    )


def _conflict(row: Any) -> ConflictOut:
    told = dict(row._mapping)
    return ConflictOut(
        **{name: told[name] for name in ConflictOut.model_fields if name in told},
        conflict=row.conflict_id,
        closeness=row.kind,
    )
