"""Read models of campaigns, meetings, sheets, bundles and lists: one row each, from the fold or the event."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete

from handlers.register import upsert
from handlers.tables import BALLOTS, BUNDLES, CAMPAIGNS, DECLARATIONS, MEETINGS, NEIGHBOURS
from workflow.bodies import Ballot, Campaign, Lists, Meeting, Submission
from workflow.events.campaign import ListDeclaredComplete, ListEntryRecorded, NeighbourRated
from workflow.gathering import Moved


def keep_bodies(connection: Connection, moved: Sequence[Moved]) -> None:
    """One row for every campaign, meeting, sheet and bundle that moved."""
    after = [one.after for one in moved]
    upsert(
        connection,
        CAMPAIGNS,
        (
            {
                "campaign": body.id,
                "stage": body.stage,
                "year": body.year,
                "period": body.period,
                "rulebook": body.rulebook,
                "rulebook_hash": body.rulebook_hash,
                "organisation": body.organisation,
                "superior": body.superior,
                "roster_day": body.roster_day,
                "subjects": body.subjects,
                "version": body.version,
            }
            for body in after
            if isinstance(body, Campaign)
        ),
    )
    upsert(
        connection,
        MEETINGS,
        (
            {
                "meeting": body.id,
                "campaign": body.campaign,
                "venue": body.venue,
                "day": body.day,
                "stage": body.stage,
                "items": len(body.agenda),
                "version": body.version,
            }
            for body in after
            if isinstance(body, Meeting)
        ),
    )
    upsert(
        connection,
        BALLOTS,
        (
            {
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
            for body in after
            if isinstance(body, Ballot)
        ),
    )
    upsert(
        connection,
        BUNDLES,
        (
            {
                "submission": body.id,
                "campaign": body.campaign,
                "organisation": body.organisation,
                "receiver": body.to,
                "stage": body.stage,
                "kind": body.kind,
                "sent_on": body.on,
                "rows": len(body.rows),
                "decided": len(body.decided),
                "version": body.version,
            }
            for body in after
            if isinstance(body, Submission)
        ),
    )


def keep_lists(connection: Connection, moved: Sequence[Moved]) -> None:
    """Declarations and neighbours' ratings; an entry made after a declaration reopens its list."""
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
                upsert(
                    connection,
                    DECLARATIONS,
                    [
                        {
                            "campaign": event.campaign,
                            "organisation": event.organisation,
                            "list": event.list,
                            "as_of": event.as_of,
                            "stream_version": stored.version,
                        }
                    ],
                )
            elif isinstance(event, NeighbourRated):
                upsert(
                    connection,
                    NEIGHBOURS,
                    [
                        {
                            "campaign": event.campaign,
                            "organisation": event.organisation,
                            "neighbour": event.neighbour,
                            "kind": event.neighbour_kind,
                            "rank": event.rank,
                            "scale_length": event.scale_length,
                            "rated_on": event.rated_on,
                            "stream_version": stored.version,
                        }
                    ],
                )
