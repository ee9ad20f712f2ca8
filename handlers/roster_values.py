"""What the roster says about one review, out of bodies and people that were read at once."""

from __future__ import annotations

from handlers.roster_facts import Bodies, People
from states import review as life
from workflow.review import Review
from workflow.rules.facts import FactValue


def roster_values(
    review: Review, bodies: Bodies | None, people: People | None, venue: str | None
) -> dict[str, FactValue | None]:
    """What the roster says about a review; nothing about what was not read."""
    values: dict[str, FactValue | None] = {}
    individual = review.kind == life.INDIVIDUAL
    if not individual:
        values |= {"subject.is_leader": False, "subject.is_head": False, "subject.is_staff": False}
    if bodies is not None:
        values |= bodies.facts(review.organisation)
        if not individual:
            values["collective.type"] = bodies.collective_type(review.subject)
    if people is not None:
        if individual:
            values |= people.person_facts(review.subject, venue or review.organisation)
        else:
            values["organisation.leaders"] = people.leaders_of(review.organisation)
            values["organisation.has_standing_committee"] = people.has_standing(review.subject)
    if bodies is not None and people is not None:
        values |= people.roll_facts(review.organisation, bodies.type_of(review.organisation), review.kind)
    return values
