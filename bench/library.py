"""The same eight steps on an aggregate of the `eventsourcing` library: load, trigger, save; no rules.

Its SQLite module sets WAL and leaves `synchronous` at SQLite's own default, which is FULL, the setting of
kiemdiem too; on PostgreSQL both run with the server's settings.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from sqlalchemy import make_url


class LibraryReview(Aggregate):
    """One review with a field for whatever each of its steps tells."""

    @event("Opened")
    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.told: dict[str, str] = {}

    @event("Prepared")
    def prepare(self, on: str) -> None:
        """The self-review is written."""
        self.told["prepared"] = on

    @event("SelfRated")
    def rate_self(self, level: str, on: str) -> None:
        """The member rates himself."""
        self.told["self"] = level

    @event("FactsRecorded")
    def record_facts(self, facts: list[tuple[str, str]], on: str) -> None:
        """Facts became known."""
        self.told |= dict(facts)

    @event("SuperiorNotified")
    def notify_superior(self, on: str) -> None:
        """The superior was told."""
        self.told["notified"] = on

    @event("SessionHeld")
    def hold_session(self, venue: str, meeting: str, on: str, item: int, chair: str) -> None:
        """The session was held."""
        self.told["session"] = on

    @event("BallotIssued")
    def issue_ballot(self, ballot: str, level: str, on: str) -> None:
        """Papers were handed out."""
        self.told["ballot"] = ballot

    @event("BallotCounted")
    def count_ballot(self, issued: int, valid: int, in_favour: int) -> None:
        """Papers were counted."""
        self.told["level"] = str(in_favour)

    @event("ResultAnnounced")
    def announce(self, on: str) -> None:
        """The result was announced."""
        self.told["announced"] = on


FACTS = [
    ("task.completion", "good"),
    ("fault.cell_tasks", "no"),
    ("fault.prohibited_conduct", "no"),
    ("fault.refused_assignment", "no"),
    ("fault.disunity", "no"),
    ("staff.rating", "HTTNV"),
    ("staff.rated_on", "2016-12-20"),
]

STEPS: tuple[Callable[[Any], None], ...] = (
    lambda review: review.prepare(on="2016-12-20"),
    lambda review: review.rate_self(level="HTTNV", on="2016-12-20"),
    lambda review: review.record_facts(facts=FACTS, on="2016-12-20"),
    lambda review: review.notify_superior(on="2016-12-28"),
    lambda review: review.hold_session(
        venue="CB0001", meeting="CB0001-0109", on="2017-01-09", item=3, chair="head"
    ),
    lambda review: review.issue_ballot(ballot="CB0001-3", level="HTTNV", on="2017-01-09"),
    lambda review: review.count_ballot(issued=12, valid=12, in_favour=11),
    lambda review: review.announce(on="2017-01-09"),
)


def application(url: str) -> Application[UUID]:
    """The library on a new database."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        env = {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": str(address.database),
            "SQLITE_LOCK_TIMEOUT": "15",
        }
    else:
        env = {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": address.database or "",
            "POSTGRES_HOST": address.host or "127.0.0.1",
            "POSTGRES_PORT": str(address.port or 5432),
            "POSTGRES_USER": address.username or "postgres",
            "POSTGRES_PASSWORD": address.password or "",
        }
    return Application(env=env)


def open_reviews(app: Application[UUID], subjects: int) -> list[UUID]:
    """Reviews that wait for their first step; not measured, as the opening of a campaign is not."""
    reviews = [LibraryReview(subject=str(number)) for number in range(subjects)]
    app.save(*reviews)
    return [review.id for review in reviews]


def live(app: Application[UUID], review_id: UUID) -> None:
    """Eight steps, each loaded and saved on its own."""
    for step in STEPS:
        review: LibraryReview = app.repository.get(review_id)
        step(review)
        app.save(review)


def synchronous_of_sqlite() -> str:
    """The name of the setting a new connection has, which the library leaves as it is."""
    connection = sqlite3.connect(":memory:")
    (number,) = connection.execute("PRAGMA synchronous").fetchone()
    connection.close()
    return {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}[number]
