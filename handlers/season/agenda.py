"""The meeting a body would plan next: everything still to be taken there, in lawful order, with usual
chairs."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from handlers.roster_facts import COMMITTEE_POSTS, as_of
from handlers.roster_tables import POSITIONS
from handlers.tables import MEETINGS, REVIEWS, SESSIONS
from states import meeting as meeting_life
from states import review as life
from workflow.commands.meeting import AgendaItem, PlanMeeting

_POSTS: Final = {post: place for place, post in enumerate((*COMMITTEE_POSTS, "leading_member"))}


def next_meeting(
    connection: Connection, campaign: str, organisation: str, today: date, day: date
) -> PlanMeeting | None:
    """A meeting on `day` with all reviews still open at the body; None where nothing is left to take.

    The collective first, then who leads, then the others; the head chairs, for himself the first deputy. It
    is the meeting already planned there, if one is.
    """
    posts = _posts(connection, organisation, today)
    rows = connection.execute(
        select(REVIEWS.c.review, REVIEWS.c.kind, REVIEWS.c.subject)
        .join(SESSIONS, SESSIONS.c.review == REVIEWS.c.review)
        .where(
            SESSIONS.c.campaign == campaign,
            SESSIONS.c.venue == organisation,
            SESSIONS.c.at.is_(None),
            REVIEWS.c.kind != life.ORGANISATION,
            REVIEWS.c.stage.not_in(life.CLOSED),
        )
    ).all()
    if not rows:
        return None
    in_order = sorted(
        rows,
        key=lambda row: (
            row.kind != life.COLLECTIVE,
            _POSTS.get(posts.get(row.subject, ""), len(_POSTS)),
            row.review,
        ),
    )
    leading = [person for post in ("head", "deputy") for person, held in posts.items() if held == post]
    return PlanMeeting(
        meeting=_name(connection, campaign, organisation, day),
        campaign=campaign,
        organisation=organisation,
        venue=organisation,
        day=day,
        items=tuple(
            AgendaItem(
                review=row.review,
                chair=next((person for person in leading if person != row.subject), ""),
            )
            for row in in_order
        ),
    )


def _posts(connection: Connection, organisation: str, today: date) -> dict[str, str]:
    """The highest post held at a body, by person."""
    rows = connection.execute(
        select(POSITIONS.c.person_id, POSITIONS.c.post)
        .where(POSITIONS.c.organisation_id == organisation, as_of(POSITIONS, today))
        .order_by(POSITIONS.c.row_id)
    ).all()
    held: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: _POSTS.get(row.post, len(_POSTS))):
        held.setdefault(row.person_id, row.post)
    return held


def _name(connection: Connection, campaign: str, organisation: str, day: date) -> str:
    rows = connection.execute(
        select(MEETINGS.c.meeting, MEETINGS.c.stage)
        .where(MEETINGS.c.campaign == campaign, MEETINGS.c.venue == organisation)
        .order_by(MEETINGS.c.day)
    ).all()
    planned = next((row.meeting for row in rows if row.stage == meeting_life.PLANNED), None)
    if planned is not None:
        return str(planned)
    taken = {row.meeting for row in rows}
    base = f"{campaign}-{organisation}-{day:%m%d}"
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, 1000))) if name not in taken)
