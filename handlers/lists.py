"""What the declared lists say: known only where a body declared the list complete, never assumed empty."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection, bindparam, select

from handlers.among import among, day_parameter
from handlers.prepared import Prepared
from handlers.roster_tables import LIST_ENTRIES
from handlers.tables import DECLARATIONS, NEIGHBOURS
from states import review as life
from workflow.gathering import Standing
from workflow.rules.facts import Fact, Facts

_DECLARED = Prepared(
    select(DECLARATIONS).where(
        DECLARATIONS.c.campaign == bindparam("campaign"),
        among(DECLARATIONS.c.organisation, "organisations"),
        DECLARATIONS.c.as_of >= day_parameter("needed"),
    )
)
_ENTRIES = Prepared(
    select(LIST_ENTRIES).where(
        LIST_ENTRIES.c.campaign == bindparam("campaign"),
        among(LIST_ENTRIES.c.organisation, "organisations"),
        LIST_ENTRIES.c.superseded_at.is_(None),
        LIST_ENTRIES.c.erased_at.is_(None),
    )
)
_BESIDE = Prepared(
    select(NEIGHBOURS).where(
        NEIGHBOURS.c.campaign == bindparam("campaign"), among(NEIGHBOURS.c.organisation, "organisations")
    )
)


def list_facts(connection: Connection, standing: Standing, day: date) -> dict[str, Facts]:
    """Discipline, sick leave and same-level bodies of every review, as far as they are known.

    A declaration counts when it reaches to the day of the act, or to the end of the assessment year where
    that comes first (C-15).
    """
    if standing.campaign is None:
        return {}
    year = standing.campaign.year
    reviews = [review for review in standing.reviews.values() if review.version]
    needed = min(day, date(year, 12, 31))
    asked = {
        "campaign": standing.campaign.id,
        "organisations": sorted({review.organisation for review in reviews}),
        "needed": needed,
    }
    declared = {(row.organisation, row.list): row for row in _DECLARED.all(connection, asked)}
    entries = _ENTRIES.all(connection, asked) if declared else []
    organisations_rated = any(review.kind == life.ORGANISATION for review in reviews)
    neighbours = _BESIDE.all(connection, asked) if organisations_rated else []
    found: dict[str, Facts] = {}
    for review in reviews:
        mine = [row for row in entries if row.organisation == review.organisation]
        if review.kind == life.INDIVIDUAL:
            mine = [row for row in mine if row.subject == review.subject]
        known: dict[str, Fact] = {}
        discipline = declared.get((review.organisation, "discipline"))
        if discipline is not None:
            known["lists.discipline"] = Fact(
                tuple(
                    (
                        row.subject,
                        row.decided_on,
                        row.cause or "other",
                        bool(row.self_detected),
                        row.term_ends or one_year_after(row.decided_on),
                    )
                    for row in mine
                    if row.list == "discipline" and row.decided_on is not None
                ),
                f"list declared complete as of {discipline.as_of.isoformat()}",
            )
        sick = declared.get((review.organisation, "sick_leave"))
        if sick is not None:
            known["lists.sick_leave"] = Fact(
                tuple(
                    (row.from_day, row.to_day or min(day, date(year, 12, 31)))
                    for row in mine
                    if row.list == "sick_leave" and row.from_day is not None
                ),
                f"list declared complete as of {sick.as_of.isoformat()}",
            )
        if review.kind == life.ORGANISATION:
            beside = [row for row in neighbours if row.organisation == review.organisation]
            known |= _beside(review.organisation, beside, declared)
        found[review.id] = Facts(known)
    return found


def one_year_after(day: date) -> date:
    """The first day after a one-year term that begins on `day` (C-28); 29 February ends on 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28) + timedelta(days=1)


def _beside(organisation: str, rows: list, declared: dict) -> dict[str, Fact]:  # type: ignore[type-arg]  # rows of the driver
    known: dict[str, Fact] = {}
    administration = next((row for row in rows if row.kind == "administration"), None)
    if administration is not None:
        source = f"event lists/{administration.campaign}/{organisation}#{administration.stream_version}"
        known["administration.exists"] = Fact(True, source)
        known["administration.rank"] = Fact(administration.rank, source)
        known["administration.scale_length"] = Fact(administration.scale_length, source)
    elif (organisation, "administration") in declared:
        known["administration.exists"] = Fact(False, "list declared complete")
    if (organisation, "mass_organisation") in declared:
        known["mass_organisations.ranks"] = Fact(
            tuple((row.rank, row.scale_length) for row in rows if row.kind == "mass_organisation"),
            "list declared complete",
        )
    return known
