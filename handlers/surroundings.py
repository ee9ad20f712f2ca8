"""Read models of campaigns, meetings, sheets, bundles and lists: one row each, from the fold or the event."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table, delete

from handlers.register import Row, upsert
from handlers.tables import (
    BALLOTS,
    BUNDLES,
    CAMPAIGNS,
    DECLARATIONS,
    MEETINGS,
    NEIGHBOURS,
    PLANS,
    REWARDS,
    SETTLEMENTS,
)
from workflow.bodies import Ballot, Body, Campaign, Lists, Meeting, Submission
from workflow.events.campaign import (
    ListDeclaredComplete,
    ListEntryRecorded,
    ListEntrySettled,
    NeighbourRated,
)
from workflow.gathering import Moved
from workflow.plans import Plan
from workflow.review import Review
from workflow.rewards import Reward

BODY_TABLES = (CAMPAIGNS, MEETINGS, BALLOTS, BUNDLES, PLANS, REWARDS)
"""The tables that hold one row a body."""


def keep_bodies(connection: Connection, moved: Sequence[Moved]) -> None:
    """One row for every campaign, meeting, sheet and bundle that moved."""
    for table in BODY_TABLES:
        upsert(connection, table, (row for one in moved if (row := body_row(table, one.after)) is not None))


def body_row(table: Table, body: Body | Review) -> Row | None:
    """The row a body has in a table, taken from its fold alone; None where it belongs to another table."""
    match body:
        case Campaign() if table is CAMPAIGNS:
            return {
                "campaign": body.id,
                "stage": body.stage,
                "year": body.year,
                "period": body.period,
                "rulebook": body.rulebook,
                "rulebook_hash": body.rulebook_hash,
                "organisation": body.organisation,
                "superior": body.superior,
                "roster_day": body.roster_day,
                "believed_at": body.believed_at,
                "subjects": body.subjects,
                "version": body.version,
            }
        case Meeting() if table is MEETINGS:
            return {
                "meeting": body.id,
                "campaign": body.campaign,
                "venue": body.venue,
                "day": body.day,
                "stage": body.stage,
                "items": len(body.agenda),
                "version": body.version,
            }
        case Ballot() if table is BALLOTS:
            return {
                "ballot": body.id,
                "campaign": body.campaign,
                "organisation": body.organisation,
                "meeting": body.meeting,
                "day": body.day,
                "stage": body.stage,
                "entitled": body.entitled,
                "valid": body.valid,
                "version": body.version,
            }
        case Submission() if table is BUNDLES:
            return {
                "submission": body.id,
                "campaign": body.campaign,
                "organisation": body.organisation,
                "receiver": body.to,
                "stage": body.stage,
                "kind": body.kind,
                "sent_on": body.on,
                "rows": len(body.rows),
                "decided": len(body.decided),
                "awaited_until": body.awaited_until,
                "version": body.version,
            }
        case Plan() if table is PLANS:
            return {
                "plan": body.id,
                "campaign": body.campaign,
                "organisation": body.organisation,
                "review": body.review,
                "stage": body.stage,
                "monitor": body.monitor,
                "appraiser": body.appraiser,
                "items": len(body.items),
                "open_items": len(body.open_items),
                "next_due": body.next_due,
                "drawn_up_on": body.dates["drawn_up"],
                "reported_on": body.dates.get("reported"),
                "version": body.version,
            }
        case Reward() if table is REWARDS:
            return {
                "reward": body.id,
                "campaign": body.campaign,
                "organisation": body.organisation,
                "superior": body.superior,
                "review": body.review,
                "award": body.award,
                "granted_by": body.granted_by,
                "by": body.by,
                "through": body.through,
                "stage": body.stage,
                "grounds": " ".join(f"{review}#{round_}" for review, round_ in body.grounds),
                "proposed_on": body.proposed_on,
                "ended_on": body.ended_on,
                "document": body.document,
                "version": body.version,
            }
    return None


def keep_lists(connection: Connection, moved: Sequence[Moved]) -> None:
    """Declarations, settled entries and neighbours' ratings; a later entry reopens a declared list."""
    for one in moved:
        if not isinstance(one.after, Lists):
            continue
        for event, stored in zip(one.events, one.stored, strict=True):
            if isinstance(event, ListEntryRecorded):
                connection.execute(
                    delete(DECLARATIONS).where(
                        DECLARATIONS.c.campaign == event.campaign,
                        DECLARATIONS.c.organisation == event.organisation,
                        DECLARATIONS.c.list == event.list,
                    )
                )
            elif isinstance(event, ListDeclaredComplete):
                upsert(connection, DECLARATIONS, [declaration_row(event, stored.version)])
            elif isinstance(event, ListEntrySettled):
                upsert(connection, SETTLEMENTS, [settlement_row(event, stored.version)])
            elif isinstance(event, NeighbourRated):
                upsert(connection, NEIGHBOURS, [neighbour_row(event, stored.version)])


def declaration_row(event: ListDeclaredComplete, version: int) -> Row:
    """The row of a declaration."""
    return {
        "campaign": event.campaign,
        "organisation": event.organisation,
        "list": event.list,
        "as_of": event.as_of,
        "stream_version": version,
    }


def settlement_row(event: ListEntrySettled, version: int) -> Row:
    """The row of an entry that was settled."""
    return {
        "entry": event.entry,
        "campaign": event.campaign,
        "organisation": event.organisation,
        "list": event.list,
        "settled_on": event.settled_on,
        "stream_version": version,
    }


def neighbour_row(event: NeighbourRated, version: int) -> Row:
    """The row of a same-level body's rating."""
    return {
        "campaign": event.campaign,
        "organisation": event.organisation,
        "neighbour": event.neighbour,
        "kind": event.neighbour_kind,
        "rank": event.rank,
        "scale_length": event.scale_length,
        "rated_on": event.rated_on,
        "stream_version": version,
    }
