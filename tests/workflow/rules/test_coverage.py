"""Coverage: what carries a row, which rows nothing carries, and carriers that are not what they say."""

from __future__ import annotations

from pathlib import Path

from tests.workflow.rules.shelf import NOTICE, put
from workflow.rules.coverage import Coverage, coverage
from workflow.rules.loading import load_rulebook
from workflow.rules.register import Register, Row
from workflow.rules.rule import Both

CARRIED = """
[[carried]]
rows = ["{row}"]
by = "{by}"
name = "{name}"
says.vi = "Ở trang kiểm điểm."
says.en = "On the review's page."
"""


def covering(shelf: Path, rules: str) -> Coverage:
    """The coverage of a register of two rows, the second of which orders nothing."""
    put(shelf, "test", rules)
    text = Both("Nội dung.", "Contents.")
    rows = (Row("TEST.1", "I.1", "notice-period", text), Row("TEST.2", "I.2", "INFO", text, no_rule=True))
    return coverage(load_rulebook("test", shelf=shelf), Register("test", rows), {"SendDraft"})


def test_a_row_says_what_carries_it_with_which_force_and_where(tmp_path: Path) -> None:
    found = covering(tmp_path, NOTICE + CARRIED.format(row="TEST.2", by="no_rule", name=""))
    (carrier,) = found.rows[0].carriers
    assert (carrier.way, carrier.name, carrier.force) == ("rule", "test.notice", "refuse")
    assert carrier.where.en == "when the review session is recorded"
    assert (found.covered, found.uncovered, found.is_whole) == (2, (), True)


def test_a_row_nothing_carries_is_named(tmp_path: Path) -> None:
    found = covering(tmp_path, NOTICE)
    assert [row.id for row in found.uncovered] == ["TEST.2"]
    assert (found.covered, found.is_whole) == (1, False)


def test_a_row_no_register_has_is_named_with_what_names_it(tmp_path: Path) -> None:
    found = covering(tmp_path, NOTICE.replace('"TEST.1"', '"TEST.1", "TEST.9"'))
    assert found.unknown == (("TEST.9", "test.notice"),)
    assert not found.is_whole


def test_a_command_that_is_none_is_named(tmp_path: Path) -> None:
    whole = NOTICE + CARRIED.format(row="TEST.2", by="command", name="SendDraft")
    assert covering(tmp_path, whole).is_whole
    wrong = covering(tmp_path, whole.replace("SendDraft", "SendLetter"))
    assert wrong.problems == ("carried TEST.2: 'SendLetter' is no command",)
    assert not wrong.is_whole


def test_only_a_row_the_register_marks_is_carried_by_saying_so(tmp_path: Path) -> None:
    found = covering(tmp_path, NOTICE + CARRIED.format(row="TEST.1", by="no_rule", name=""))
    assert found.problems == ("carried TEST.1: the register does not mark it as a row without a rule",)


def test_a_rule_of_a_layer_may_name_rows_of_its_own_document(tmp_path: Path) -> None:
    put(tmp_path, "test", NOTICE)
    added = NOTICE.replace("test.notice", "local.present").replace("TEST.1", "LOCAL.1")
    added = added.replace("calendar_days_before@1", "is_true@1").split("earlier =")[0]
    added += 'fact = "session.presented"\n'
    put(tmp_path, "local", added, header='extends = "test"')
    text = Both("Nội dung.", "Contents.")
    register = Register("test", (Row("TEST.1", "I.1", "notice-period", text),))
    assert coverage(load_rulebook("local", shelf=tmp_path), register, ()).unknown == ()
