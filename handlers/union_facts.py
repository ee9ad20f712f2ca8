"""What posts a person holds in unions, and whether the unions below have reported (CDTKV-2020, III.2)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, and_, bindparam, func, select

from handlers.among import among, day_parameter
from handlers.prepared import Prepared
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS, POSITIONS
from handlers.tables import REVIEWS
from states import review as life
from states.bodies import OrganisationType
from workflow.gathering import Standing
from workflow.rules.facts import Fact, Facts
from workflow.rules.topics.union_work import BRANCH_POSTS

BRANCH = OrganisationType.CONG_DOAN_NGANH
CHAIRED = (BRANCH, OrganisationType.CONG_DOAN_CAP_TREN, OrganisationType.CONG_DOAN_CO_SO)
"""The unions whose head is called chairman here; a section union is part of a grassroots union."""

OWES_A_REPORT = (*life.BEFORE_SUBMISSION, life.RETURNED, life.PAUSED, life.ABSENT, life.ANNULLED)

_POSTS = Prepared(
    select(POSITIONS.c.person_id, POSITIONS.c.post, ORGANISATIONS.c.type)
    .join(
        ORGANISATIONS,
        and_(
            ORGANISATIONS.c.organisation_id == POSITIONS.c.organisation_id,
            as_of(ORGANISATIONS, day_parameter()),
        ),
    )
    .where(
        as_of(POSITIONS, day_parameter()),
        among(POSITIONS.c.person_id, "people"),
        ORGANISATIONS.c.type.in_([kind.value for kind in CHAIRED]),
    )
)
_UNREPORTED = Prepared(
    select(func.count().label("owing")).where(
        REVIEWS.c.campaign == bindparam("campaign"),
        REVIEWS.c.kind == life.COLLECTIVE,
        REVIEWS.c.superior == bindparam("branch"),
        REVIEWS.c.subject != bindparam("branch"),
        REVIEWS.c.stage.in_(OWES_A_REPORT),
    )
)


def union_facts(connection: Connection, standing: Standing, day: date) -> dict[str, Facts]:
    """The union's facts of every review as of the day: posts of the person, unions that owe their report."""
    reviews = [review for review in standing.reviews.values() if review.version]
    if standing.campaign is None or not reviews:
        return {}
    people = sorted({review.subject for review in reviews if review.kind == life.INDIVIDUAL})
    posts = _POSTS.all(connection, {"people": people, "day": day}) if people else ()
    asked = {"campaign": standing.campaign.id, "branch": standing.campaign.organisation}
    (counted,) = _UNREPORTED.all(connection, asked)
    unreported = {"unions.unreported": Fact(int(counted.owing), "register")}
    source = f"roster as of {day.isoformat()}"
    found: dict[str, Facts] = {}
    for review in reviews:
        known = dict(unreported)
        if review.kind == life.INDIVIDUAL:
            held = [(row.type, row.post) for row in posts if row.person_id == review.subject]
            at_branch = {post for kind, post in held if kind == BRANCH}
            post = next((post for post in BRANCH_POSTS if post in at_branch), BRANCH_POSTS[-1])
            known["union.is_chairman"] = Fact(any(post == "head" for _, post in held), source)
            known["union.branch_post"] = Fact(post, source)
        found[review.id] = Facts(known)
    return found
