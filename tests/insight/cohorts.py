"""Reviews for tests of the insight, written into their table as they are told: so many alike at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert

from handlers.roster_tables import MEMBERSHIPS, PEOPLE
from handlers.tables import REVIEWS
from states import review as life
from workflow.bodies import Campaign
from workflow.rules.books import Books

CAMPAIGN = "2017"
BOOK = Books().load("duk_2016")
TOP, GOOD, MET, FAILED = "HTXSNV", "HTTNV", "HTNV", "KHTNV"


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """So many reviews of one organisation with these levels; `first` numbers their subjects."""

    organisation: str = "CB01"
    own: str | None = None
    voted: str | None = None
    decided: str | None = None
    stage: str = life.APPROVED
    quality: str = "member"
    rated: bool = True
    reviews: int = 1


def campaign(year: int = 2017) -> Campaign:
    """A campaign of one base, as its log would tell it."""
    return Campaign(
        id=str(year), year=year, organisation="DB01", superior="KHOI", roster_day=date(year, 12, 1)
    )


def enter(connection: Connection, told: Iterable[Told], year: str = CAMPAIGN) -> None:
    """Write the reviews; subjects count up from 1 in the order they are told."""
    number = 0
    rows = []
    for one in told:
        for _ in range(one.reviews):
            number += 1
            rows.append(
                {
                    "review": f"{year}.{one.quality}.{number:06}",
                    "campaign": year,
                    "kind": life.INDIVIDUAL,
                    "quality": one.quality,
                    "subject": f"{number:06}",
                    "organisation": one.organisation,
                    "superior": "DB01",
                    "stage": one.stage,
                    "remembered": "",
                    "rated": one.rated,
                    "round": 1,
                    "self_level": one.own,
                    "voted_level": one.voted,
                    "decided_level": one.decided,
                    "flags": "",
                    "version": 1,
                }
            )
    connection.execute(insert(REVIEWS), rows)


def campaign_row(year: int) -> dict[str, Any]:
    """A closed campaign as its row holds it."""
    return {
        "campaign": str(year),
        "stage": "closed",
        "year": year,
        "period": "year",
        "rulebook": "duk_2016",
        "rulebook_hash": "",
        "organisation": "DB01",
        "superior": "KHOI",
        "roster_day": date(year, 12, 1),
        "believed_at": "",
        "subjects": 0,
        "version": 1,
    }


def paper(subject: str, year: int, level: str) -> dict[str, Any]:
    """A level of an earlier year as an import leaves it."""
    return {
        "history": "nhap",
        "subject": subject,
        "year": year,
        "level": level,
        "standing": "none",
        "document": "QĐ 1",
        "salt": b"0" * 32,
        "digest": "",
    }


def enter_roll(connection: Connection, organisation: str, members: int) -> None:
    """So many official members on the roll of a cell since 2010."""
    kept = {
        "valid_from": date(2010, 1, 1),
        "recorded_at": datetime(2010, 1, 1, tzinfo=UTC),
        "recorded_by": "BTC-01",
        "source": "nhap",
        "salt": b"0" * 32,
        "digest": b"1" * 32,
    }
    ids = [f"{organisation}-{number:05}" for number in range(members)]
    people = [{**kept, "person_id": one, "name": f"Người {one}", "status": "official"} for one in ids]
    rolls = [
        {**kept, "membership_id": one, "person_id": one, "organisation_id": organisation, "kind": "official"}
        for one in ids
    ]
    connection.execute(insert(PEOPLE), people)
    connection.execute(insert(MEMBERSHIPS), rolls)
