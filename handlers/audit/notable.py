"""Departures from the rule and corrections, event by event: what an auditor looks at one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Select, func, select

from handlers.tables import REVIEWS
from workflow import codec
from workflow.event import Event
from workflow.tables import EVENTS, NOTABLE, notable_events

EXCEPTIONS: Final = ("exception_authorised",)
ANNULMENTS: Final = ("review_annulled", "review_re_rated")
BALLOTS_AGAIN: Final = ("ballot_reopened", "ballot_repeated")
CORRECTIONS: Final = tuple(sorted(set(NOTABLE) - {*EXCEPTIONS, *ANNULMENTS, *BALLOTS_AGAIN, "flag_raised"}))
_PREFIX: Final = "review/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Notable:
    """One such event, with the review and the organisation it is about."""

    review: str
    organisation: str
    version: int
    position: int
    name: str
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    capacity: str
    event: Event


def notable(
    connection: Connection, campaign: str, bodies: Select[tuple[str]], names: Collection[str]
) -> Iterator[Notable]:
    """The events of these names, oldest first, of the reviews of a campaign at these bodies.

    KeyError for a name that is not kept in the index.
    """
    if unknown := set(names) - set(NOTABLE):
        raise KeyError(", ".join(sorted(unknown)))
    review = func.substr(EVENTS.c.stream, len(_PREFIX) + 1)
    rows = connection.execute(
        select(
            EVENTS.c.position,
            EVENTS.c.version,
            EVENTS.c.name,
            EVENTS.c.schema_version,
            EVENTS.c.occurred_at,
            EVENTS.c.recorded_at,
            EVENTS.c.actor,
            EVENTS.c.capacity,
            EVENTS.c.data,
            REVIEWS.c.review,
            REVIEWS.c.organisation,
        )
        .join(REVIEWS, REVIEWS.c.review == review)
        .where(
            notable_events(),
            EVENTS.c.name.in_(sorted(names)),
            REVIEWS.c.campaign == campaign,
            REVIEWS.c.organisation.in_(bodies),
        )
        .order_by(EVENTS.c.position)
    )
    for row in rows:
        told = dict(row._mapping)
        event = codec.decode(told["name"], told.pop("schema_version"), told.pop("data"))
        yield Notable(**told, event=event)
