"""A document with criteria for some people only computes no level for the others (C-51)."""

from __future__ import annotations

from workflow.rules.facts import Facts, FactValue
from workflow.rules.rating import Standing, rate
from workflow.rules.rulebook import Rulebook

BOOK = Rulebook.load("cdtkv_2020")


def test_nobody_reaches_the_top_because_no_condition_is_about_him() -> None:
    cadre = rate(BOOK, "individual", Facts.of("roster", {"subject.staff_kind": "full_time"}))
    assert (cadre.standing, cadre.level, cadre.suggestion) == (Standing.ENTERED, None, None)
    assert not any(cadre.against(level) for level in ("HTXSNV", "HTTNV", "HTNV", "KHTNV"))


def test_whose_kind_of_work_is_not_known_has_no_level_yet() -> None:
    """Not known is neither office nor outside."""
    somebody = rate(BOOK, "individual", Facts())
    assert somebody.standing is Standing.UNKNOWN
    assert "subject.staff_kind" in somebody.missing


def test_in_a_gap_the_decider_chooses_between_the_two_lowest_levels() -> None:
    facts: dict[str, FactValue | None] = {
        "subject.staff_kind": "specialist",
        "subject.direct_contact": False,
        "campaign.year": 2020,
        "common.ideology": True,
        "common.ethics": True,
        "common.style": True,
        "common.discipline": True,
        "common.asset_declaration": "declared",
        "tasks.assigned": 20,
        "tasks.done": 20,
        "tasks.on_time_quality": 15,
        "tasks.high_effect": 15,
        "tasks.exceeded": 0,
        "tasks.deficient": 5,
        "degradation.assessed": False,
        "lists.violations": (),
    }
    rating = rate(BOOK, "individual", Facts.of("example", facts))
    assert (rating.standing, rating.choices) == (Standing.NO_LEVEL, ("HTNV", "KHTNV"))
    assert rating.suggestion == "KHTNV"
    assert not rating.against("HTNV")
    assert rating.against("HTTNV")
