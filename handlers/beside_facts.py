"""Who heads the bodies beside a Party organisation: its administration, leadership and mass organisations."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, and_, select

from handlers.among import among, day_parameter
from handlers.prepared import Prepared
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS, POSITIONS
from states import review as life
from states.bodies import BODIES, Branch
from workflow.gathering import Standing
from workflow.rules.facts import Fact, Facts

BESIDE = tuple(kind.value for kind, body in BODIES.items() if body.branch is Branch.BESIDE)
HEADS = ("head", "deputy")

_HEADS = Prepared(
    select(ORGANISATIONS.c.superior_id, POSITIONS.c.person_id)
    .join(
        POSITIONS,
        and_(
            POSITIONS.c.organisation_id == ORGANISATIONS.c.organisation_id,
            POSITIONS.c.post.in_(HEADS),
            as_of(POSITIONS, day_parameter()),
        ),
    )
    .where(
        as_of(ORGANISATIONS, day_parameter()),
        ORGANISATIONS.c.type.in_(BESIDE),
        among(ORGANISATIONS.c.superior_id, "organisations"),
    )
)


def beside_facts(connection: Connection, standing: Standing, day: date) -> dict[str, Facts]:
    """Heads and deputies of the bodies beside each organisation under review (DUK-2016, III.1.3.2).

    What is beside stands under the organisation of its own level in the roster.
    """
    of = {
        review.id: review.organisation
        for review in standing.reviews.values()
        if review.kind == life.ORGANISATION and review.version
    }
    if not of:
        return {}
    rows = _HEADS.all(connection, {"organisations": sorted(set(of.values())), "day": day})
    source = f"roster as of {day.isoformat()}"
    return {
        review: Facts(
            {
                "organisation.heads_beside": Fact(
                    tuple(sorted({row.person_id for row in rows if row.superior_id == organisation})), source
                )
            }
        )
        for review, organisation in of.items()
    }
