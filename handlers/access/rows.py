"""Read models of grants, delegations and declared conflicts: one row each, from the fold alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table

from handlers.access.tables import CONFLICTS, DELEGATIONS, GRANTS
from handlers.register import Row, upsert
from workflow.access import Conflict, Delegation, Grant
from workflow.bodies import Body
from workflow.gathering import Moved
from workflow.review import Review

ACCESS_TABLES = (GRANTS, DELEGATIONS, CONFLICTS)


def keep_access(connection: Connection, moved: Sequence[Moved]) -> None:
    """The row of every grant, delegation and declaration that moved."""
    for table in ACCESS_TABLES:
        rows = (access_row(table, one.after) for one in moved)
        upsert(connection, table, (row for row in rows if row is not None))


def access_row(table: Table, body: Body | Review) -> Row | None:
    """The row a life has in a table; None where it belongs to another table."""
    match body:
        case Grant() if table is GRANTS:
            return {
                "grant_id": body.id,
                "stage": body.stage,
                "role": body.role,
                "body": body.body,
                "person": body.person,
                "from_day": body.first,
                "until_day": body.last,
                "document": body.document,
                "reason": body.reason,
                "proposed_by": body.proposed_by,
                "proposed_on": body.proposed_on,
                "settled_by": body.settled_by,
                "settled_on": body.settled_on,
                "ended_by": body.ended_by,
                "ended_on": body.ended_on,
            }
        case Delegation() if table is DELEGATIONS:
            return {
                "delegation_id": body.id,
                "stage": body.stage,
                "holder": body.holder,
                "role": body.role,
                "body": body.body,
                "person": body.person,
                "from_day": body.first,
                "until_day": body.last,
                "document": body.document,
                "given_on": body.given_on,
                "ended_by": body.ended_by,
                "ended_on": body.ended_on,
            }
        case Conflict() if table is CONFLICTS:
            return {
                "conflict_id": body.id,
                "stage": body.stage,
                "person": body.person,
                "subject": body.subject,
                "kind": body.closeness,
                "body": body.body,
                "reason_digest": body.digest,
                "declared_by": body.declared_by,
                "declared_on": body.declared_on,
                "ended_by": body.ended_by,
                "ended_on": body.ended_on,
            }
    return None
