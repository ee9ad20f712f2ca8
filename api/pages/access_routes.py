"""The addresses of grants, delegations and declared conflicts of interest."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.conflicts_page import conflicts_page, declare_command
from api.pages.delegations_page import delegate_command, delegations_page, ending_delegation
from api.pages.grants_page import ending_grant, grant_page, grants_page, propose_command
from api.pages.handing import Id, hand_over
from api.pages.problem_page import PageRoute
from api.pages.visits import Looking, Posted
from workflow.commands.access import ConfirmGrant, EndConflict, EndDelegation, EndGrant, WithdrawGrant

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

Asked = Annotated[str, Query(max_length=100)]


@router.get("/grants")
def grants(visit: Looking, search: Asked = "", person: Asked = "") -> Response:
    """Grants of the branch, or of one person with all he may act as."""
    return visit.answer(grants_page(visit, search=search.strip(), person=person.strip()))


@router.post("/grants")
def propose(visit: Looking, typed: Posted) -> Response:
    """A role is proposed for somebody."""
    command = propose_command(visit, typed)
    return hand_over(
        visit,
        typed,
        command,
        f"/grants/{command.grant}" if command else "/grants",
        lambda refused: grants_page(visit, typed=typed, refused=refused),
    )


@router.get("/grants/{grant}")
def one(visit: Looking, grant: Id) -> Response:
    """One grant with its history."""
    return visit.answer(grant_page(visit, grant))


@router.post("/grants/{grant}/confirmation")
def confirm(visit: Looking, typed: Posted, grant: Id) -> Response:
    """Another person confirms."""
    return hand_over(
        visit,
        typed,
        ConfirmGrant(grant=grant),
        f"/grants/{grant}",
        lambda refused: grant_page(visit, grant, refused=refused),
    )


@router.post("/grants/{grant}/withdrawal")
def withdraw(visit: Looking, typed: Posted, grant: Id) -> Response:
    """The proposal is taken back or turned down."""
    command = WithdrawGrant(grant=grant, reason=typed.text("reason"))
    return hand_over(
        visit,
        typed,
        None if typed.errors else command,
        f"/grants/{grant}",
        lambda refused: grant_page(visit, grant, typed=typed, refused=refused),
    )


@router.post("/grants/{grant}/ending")
def end(visit: Looking, typed: Posted, grant: Id) -> Response:
    """The role is not held from today on."""
    command = EndGrant(grant=grant, reason=typed.text("reason"))
    return hand_over(
        visit,
        typed,
        None if typed.errors else command,
        f"/grants/{grant}",
        lambda refused: grant_page(visit, grant, typed=typed, refused=refused),
        ask=lambda _decision: ending_grant(visit, grant),
    )


@router.get("/delegations")
def delegations(visit: Looking) -> Response:
    """What one delegated and was delegated."""
    return visit.answer(delegations_page(visit))


@router.post("/delegations")
def delegate(visit: Looking, typed: Posted) -> Response:
    """Another person may act in one's role."""
    return hand_over(
        visit,
        typed,
        delegate_command(visit, typed),
        "/delegations",
        lambda refused: delegations_page(visit, typed=typed, refused=refused),
    )


@router.post("/delegations/{delegation}/ending")
def end_delegation(visit: Looking, typed: Posted, delegation: Id) -> Response:
    """Nothing is done by it from today on."""
    return hand_over(
        visit,
        typed,
        EndDelegation(delegation=delegation),
        "/delegations",
        lambda refused: delegations_page(visit, refused=refused),
        ask=lambda _decision: ending_delegation(visit, delegation),
    )


@router.get("/conflicts")
def conflicts(visit: Looking) -> Response:
    """Declared ties of oneself and of the branch."""
    return visit.answer(conflicts_page(visit))


@router.post("/conflicts")
def declare(visit: Looking, typed: Posted) -> Response:
    """A tie is declared."""
    return hand_over(
        visit,
        typed,
        declare_command(visit, typed),
        "/conflicts",
        lambda refused: conflicts_page(visit, typed=typed, refused=refused),
    )


@router.post("/conflicts/{conflict}/ending")
def end_conflict(visit: Looking, typed: Posted, conflict: Id) -> Response:
    """The tie is no more."""
    command = EndConflict(conflict=conflict, reason=typed.text("reason"))
    return hand_over(
        visit,
        typed,
        None if typed.errors else command,
        "/conflicts",
        lambda refused: conflicts_page(visit, refused=refused),
    )
