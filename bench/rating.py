"""Rating: the levels of a whole cell from facts alone, every rule judged, every finding kept and encoded."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from datetime import date

from bench.lives import FAULTS, PREPARED
from states.review import INDIVIDUAL
from workflow.rules.facts import Fact, Facts, FactValue
from workflow.rules.finding_codec import findings_to_bytes
from workflow.rules.rating import Standing, rate
from workflow.rules.rulebook import Rulebook

MEMBERS, TURNS = 30, 60
LEVELS = (("HTXSNV", "excellent"), ("HTTNV", "good"), ("HTTNV", "good"), ("HTNV", "basic"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Rated:
    """Milliseconds for one cell: the middle of many turns, and the first, when nothing was rated before."""

    members: int
    findings: int
    first_ms: float
    middle_ms: float


def measure() -> Rated:
    """A cell of thirty under DUK-2016, each with sources of its own, as the log gives them."""
    rulebook = Rulebook.from_bytes(Rulebook.load("duk_2016").canonical_bytes())
    cell = [known_of(number) for number in range(MEMBERS)]
    took, findings = [], 0
    for _ in range(TURNS):
        begun = time.perf_counter()
        findings = sum(_rate(rulebook, facts) for facts in cell)
        took.append((time.perf_counter() - begun) * 1000)
    return Rated(members=MEMBERS, findings=findings, first_ms=took[0], middle_ms=statistics.median(took[1:]))


def _rate(rulebook: Rulebook, facts: Facts) -> int:
    rating = rate(rulebook, INDIVIDUAL, facts)
    assert rating.standing is not Standing.UNKNOWN, f"missing {rating.missing}"
    assert findings_to_bytes(rating.findings), "findings are kept"
    return len(rating.findings)


def known_of(number: int) -> Facts:
    """Everything known of one member; no two have the same days or sources."""
    level, completion = LEVELS[number % len(LEVELS)]
    review = f"2016.member.{number:04}"
    own: dict[str, FactValue] = {
        "task.completion": completion,
        "staff.rating": level,
        "staff.rated_on": PREPARED,
        "self.rating": level,
        **{f"fault.{name}": False for name in FAULTS},
    }
    roster: dict[str, FactValue] = {
        "subject.status": "official",
        "subject.is_staff": True,
        "subject.is_leader": number < 2,
        "subject.is_head": number == 0,
        "subject.admitted_on": date(2000 + number % 15, 1 + number % 12, 1 + number % 28),
        "organisation.type": "chi_bo_truc_thuoc",
    }
    around: dict[str, FactValue] = {
        "campaign.year": 2016,
        "today": date(2017, 1, 24),
        "review.reviewed_on": date(2017, 1, 10),
        "ballot.day": date(2017, 1, 10),
        "lists.discipline": (),
        "lists.sick_leave": (),
        "lists.suggestions": (),
    }
    facts = {name: Fact(value, f"event review/{review}#{at}") for at, (name, value) in enumerate(own.items())}
    facts |= {name: Fact(value, "roster as of 2017-01-24") for name, value in roster.items()}
    facts |= {name: Fact(value, "list declared complete as of 2016-12-31") for name, value in around.items()}
    return Facts(facts)
