"""What rested on a level that is cancelled or lowered is put in doubt until somebody above concludes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from states import review as life
from states.flags import IN_DOUBT
from tests.builders import DECIDED, MET
from tests.workflow.test_flows import JUDGED, NO_BALLOT, after, at, book, decided, done, situation
from workflow.commands.deciding import Annul
from workflow.decide import Extras, decide
from workflow.decision import Decision, Situation
from workflow.errors import Blocked
from workflow.events import review as happened

MEMBERS = """
[[rule]]
id = "test.members"
rows = ["TEST.4"]
cite = "TEST, IV"
says.vi = "Mọi đảng viên từ hoàn thành trở lên."
says.en = "All members completed their tasks."
role = "condition"
level = "HTXSNV"
kinds = ["organisation"]
force = "refuse"
condition = "all_levels_at_least@1"
levels = "members.levels"
pending = "members.pending"
least = "HTNV"
scale = ["HTXSNV", "HTTNV", "HTNV", "KHTNV"]
due_month = 1
due_day = 31
"""


def doubted(standing: Situation) -> list[str]:
    """The reviews beside the one acted on that are marked in doubt."""
    decision = decide(standing, Extras())
    assert isinstance(decision, Decision), decision
    return [
        change.stream
        for change in decision.changes
        for event in change.events
        if isinstance(event, happened.FlagRaised) and event.flag == IN_DOUBT
    ]


def test_a_cancelled_level_puts_in_doubt_what_rested_on_it_once(tmp_path: Path) -> None:
    """C-35: the parent's rating is flagged, not changed."""
    rulebook = book(tmp_path, NO_BALLOT, rules=JUDGED + MEMBERS)
    review, parent = at(life.APPROVED), at(life.APPROVED, kind=life.ORGANISATION)
    cancel = Annul(review=review.id, on=DECIDED, reason="khuyết điểm", document="QĐ 41")
    assert doubted(situation(rulebook, review, cancel, dependents=[parent])) == [parent.stream]
    marked = after(parent, [happened.FlagRaised(flag=IN_DOUBT, reason="", rules=(), on=DECIDED)])
    assert doubted(situation(rulebook, review, cancel, dependents=[marked])) == []
    elsewhere = replace(parent, subject="CB09")
    assert doubted(situation(rulebook, review, cancel, dependents=[elsewhere])) == []


UNDER = """
[[rule]]
id = "test.under"
rows = ["TEST.5"]
cite = "TEST, V"
says.vi = "Không cao hơn tổ chức."
says.en = "Not above the organisation."
role = "cap"
level = "HTNV"
kinds = ["collective"]
force = "refuse"
condition = "one_of@1"
fact = "others.organisation_level"
values = ["HTNV", "KHTNV"]
"""


@pytest.mark.parametrize(("level", "marked"), [("HTNV", True), ("HTTNV", False)])
def test_an_organisation_decided_lower_than_its_committee_puts_the_committee_in_doubt(
    tmp_path: Path, level: str, marked: bool
) -> None:
    """STC-2024.22, checked by whichever of the two acts comes second."""
    rulebook = book(tmp_path, NO_BALLOT + "computed = false\n", "organisation", rules=UNDER)
    rulebook = replace(rulebook, rules=tuple(replace(rule, kinds=("collective",)) for rule in rulebook.rules))
    review, committee = at(life.APPRAISED, kind=life.ORGANISATION), at(life.APPROVED, kind=life.COLLECTIVE)
    decide_it = decided(level, review=review.id, reason="đã xét")
    found = doubted(situation(rulebook, review, decide_it, dependents=[committee]))
    assert found == ([committee.stream] if marked else [])


def test_a_level_in_doubt_is_not_approved_until_somebody_above_concludes(tmp_path: Path) -> None:
    review = at(life.APPRAISED, happened.FlagRaised(flag=IN_DOUBT, reason="", rules=(), on=MET))
    with pytest.raises(Blocked):
        done(situation(book(tmp_path, NO_BALLOT), review, decided("HTXSNV")))
