"""Reading less for a command changes nothing it decides: what its rules ask for is there."""

import pytest

from handlers import wanted
from handlers.roster_facts import Bodies, People
from workflow.decide import PLAIN
from workflow.rules.rule import GATES
from workflow.rules.rulebook import Rulebook

READ_FROM_TABLES = (*wanted.BODIES, *wanted.PEOPLE, *wanted.LISTS, *wanted.LEVELS)


def test_every_listed_command_is_one_that_is_decided_and_every_gate_exists() -> None:
    assert set(wanted.JUDGED_AT) <= set(PLAIN)
    assert {gate for listed in wanted.JUDGED_AT.values() for gate in listed} <= set(GATES)


@pytest.mark.parametrize("kind", ["individual", "collective", "organisation"])
def test_each_fact_the_roster_gives_is_read_when_its_beginning_is_wanted(kind: str) -> None:
    """A fact under another beginning would be gathered only by chance."""
    bodies, people = Bodies({}, frozenset()), People({}, {}, {})
    given = people.roll_facts("CB01", bodies.type_of("CB01"), kind)
    assert all(name.startswith(wanted.PEOPLE) for name in given)


def test_what_is_remembered_about_a_rulebook_is_what_its_rules_say() -> None:
    rulebook = Rulebook.load("duk_2016")
    again = Rulebook.load("duk_2016")
    for rule in rulebook.rules:
        assert rulebook.facts_of_rule(rule) == again.facts_of_rule(rule)
    assert rulebook.fact_names("hold_session", "individual") is rulebook.fact_names(
        "hold_session", "individual"
    )
