"""A frame of criteria that does not fit the post is told when it is recorded; the report alone is refused."""

from __future__ import annotations

import pytest

from states import review as life
from tests.builders import PREPARED
from tests.workflow.test_flows import SECRETARY, at, situation
from workflow.commands.preparing import FactEntry, Prepare, RecordFacts
from workflow.decide import Extras, decide
from workflow.decision import Decision
from workflow.events import review as happened
from workflow.rules.checklists import item_names
from workflow.rules.finding import Verdict
from workflow.rules.rulebook import Rulebook

QD366 = Rulebook.load("qd366_2025")


def told(fact: str, value: str | int, *, leader: bool | None) -> set[str]:
    """The warnings that recording a fact of a member brings; the fact is recorded all the same."""
    review = at(life.OPEN)
    command = RecordFacts(review=review.id, facts=(FactEntry(fact=fact, value=value, on=PREPARED),))
    known = {} if leader is None else {"subject.is_leader": leader}
    decision = decide(situation(QD366, review, command, SECRETARY, known=known), Extras())
    assert isinstance(decision, Decision), decision
    events = [event for change in decision.changes for event in change.events]
    assert [type(event).__name__ for event in events] == ["FactRecorded"]
    assert all(finding.verdict is Verdict.FAILS for finding in decision.warnings)
    return {finding.rule for finding in decision.warnings}


@pytest.mark.parametrize(
    ("leader", "frame", "rule"),
    [
        (True, "frame_outside", "qd366.frame_leader_chosen"),
        (True, "frame_not_leader", "qd366.frame_leader_chosen"),
        (False, "frame_leader", "qd366.frame_not_leader_chosen"),
        (False, "frame_central", "qd366.frame_not_leader_chosen"),
    ],
)
def test_a_frame_of_others_is_told_at_once(leader: bool, frame: str, rule: str) -> None:
    assert told("subject.frame", frame, leader=leader) == {rule}


@pytest.mark.parametrize(
    ("leader", "frame"),
    [(True, "frame_leader"), (True, "frame_central"), (False, "frame_not_leader"), (False, "frame_outside")],
)
def test_a_frame_that_fits_is_told_nothing_of(leader: bool, frame: str) -> None:
    assert told("subject.frame", frame, leader=leader) == set()


def test_nothing_is_guessed_where_the_post_or_the_frame_is_not_known() -> None:
    assert told("subject.frame", "frame_leader", leader=None) == set()
    assert told("tasks.done", 3, leader=True) == set()


def test_the_report_of_a_review_with_a_frame_of_others_is_written_and_says_so() -> None:
    recorded = happened.FactRecorded(fact="subject.frame", value="frame_outside", on=PREPARED)
    review = at(life.OPEN, recorded)
    command = Prepare(review=review.id, on=PREPARED, ticked=item_names(QD366, review.kind, "prepare"))
    decision = decide(situation(QD366, review, command, SECRETARY, {"subject.is_leader": True}), Extras())
    assert isinstance(decision, Decision), decision
    found = {
        finding.rule: finding.verdict
        for change in decision.changes
        for findings in change.findings
        for finding in findings
    }
    assert found["qd366.frame_leader_chosen"] is Verdict.FAILS
