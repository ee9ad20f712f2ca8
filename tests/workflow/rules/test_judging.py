"""Judging keeps what it read, blocks on what fails or is missing, and can be repeated from the finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.days import make_calendar
from workflow.rules.conditions.registry import REGISTRY, condition
from workflow.rules.facts import VOCABULARY, FactError, Facts
from workflow.rules.finding import Finding, Operand, Verdict
from workflow.rules.finding_codec import findings_from_bytes, findings_to_bytes
from workflow.rules.judge import blocking, judge, judge_rule, recompute
from workflow.rules.rule import KINDS
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import help_text, label, number_text, operand_text, sentence


@cache
def duk() -> Rulebook:
    return Rulebook.load("duk_2016", opened_on=date(2016, 12, 1))


LATE = {"draft.sent_on": date(2017, 1, 8), "meeting.day": date(2017, 1, 10)}


def late_draft() -> Finding:
    rule = duk().rule("duk.notice_to_participants")
    return judge_rule(duk(), rule, Facts.of("event review/2016.collective.CB03#2", LATE))


def test_a_finding_keeps_what_it_read_and_where_it_came_from() -> None:
    finding = late_draft()
    assert finding.verdict is Verdict.FAILS
    assert finding.comparison == "10/01/2017 − 08/01/2017 = 2 < 3"
    assert finding.operands[0] == Operand(
        name="draft.sent_on", value=date(2017, 1, 8), source="event review/2016.collective.CB03#2"
    )


def test_the_refusal_says_which_day_why_and_what_to_do() -> None:
    assert sentence(late_draft(), duk()) == (
        "Họp ngày 10/01/2017 không được: dự thảo đến tay người cuối cùng ngày 08/01/2017, trước 2 ngày, "
        "cần ít nhất 3 ngày. (10/01/2017 − 08/01/2017 = 2 < 3) Chọn ngày họp từ 11/01/2017 trở đi, "
        "hoặc gửi dự thảo chậm nhất ngày 07/01/2017. (DUK-2016, II.3.1; cách hiểu C-02)"
    )
    assert "Choose 11/01/2017 or later" in sentence(late_draft(), duk(), "en")
    assert help_text(late_draft(), duk(), "en").startswith("Choose 11/01/2017")


def test_what_is_missing_is_named_in_words() -> None:
    rule = duk().rule("duk.notice_to_participants")
    finding = judge_rule(duk(), rule, Facts.of("command", {"meeting.day": date(2017, 1, 10)}))
    assert finding.verdict is Verdict.UNKNOWN
    assert "Còn thiếu: ngày người dự họp cuối cùng nhận dự thảo." in sentence(finding, duk())


def test_advice_that_would_name_an_unknown_day_is_left_out() -> None:
    rule = duk().rule("duk.notice_to_participants")
    finding = judge_rule(duk(), rule, Facts.of("command", {"meeting.day": date(2017, 1, 10)}))
    for language in ("vi", "en"):
        assert "…" not in sentence(finding, duk(), language)
        assert help_text(finding, duk(), language) == ""


def test_every_value_a_condition_derives_has_a_name_in_words() -> None:
    noted = {operand.name for operand in late_draft().operands if operand.name not in VOCABULARY}
    assert noted == {"days", "first_good_day", "last_good_day"}
    for name in noted:
        assert len({name, label(name), label(name, "en")}) == 3


def test_a_year_has_no_point_for_thousands() -> None:
    assert operand_text("campaign.year", 2016) == "2016"
    assert operand_text("ballot.in_favour", 2016) == "2.016"


def test_a_house_default_is_never_shown_under_a_clause() -> None:
    facts = Facts.of(
        "command", {"ballot.level": "TSVM", "ballot.in_favour": 5, "ballot.official_members": 10}
    )
    finding = judge_rule(duk(), duk().rule("duk.vote_organisation"), facts)
    assert "DUK-2016" not in sentence(finding, duk())
    assert "house default" in sentence(finding, duk(), "en")


def test_numbers_are_written_as_each_language_does() -> None:
    assert number_text(Decimal("1234.50")) == "1.234,5"
    assert number_text(Decimal("1234.50"), "en") == "1,234.5"
    assert number_text(1234567) == "1.234.567"


def test_a_changed_operand_no_longer_gives_the_stored_finding() -> None:
    finding = late_draft()
    first = replace(finding.operands[0], value=date(2017, 1, 7))
    forged = replace(finding, operands=(first, *finding.operands[1:]))
    assert recompute(forged, duk()) != forged


def test_a_gate_with_nothing_known_blocks_on_every_rule_that_applies() -> None:
    findings = judge(duk(), "issue_ballot", "individual", Facts())
    assert all(finding.verdict in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE) for finding in findings)
    assert {"duk.self_rating_first", "duk.staff_rated_first"} <= {f.rule for f in blocking(findings)}


def test_a_warning_never_blocks() -> None:
    facts = Facts.of("command", {"meeting.day": date(2017, 3, 1), "campaign.year": 2016})
    facts = facts.merged(Facts.of("roster row 1", {"collective.type": "dang_uy_co_so"}))
    finding = judge_rule(duk(), duk().rule("duk.deadline_review"), facts)
    assert finding.verdict is Verdict.FAILS
    assert blocking([finding]) == ()


def test_a_day_outside_the_pinned_calendar_is_not_known_rather_than_guessed() -> None:
    short = replace(duk(), calendar=make_calendar([2016]))
    facts = Facts.of("command", {"notice.superior_on": date(2016, 12, 30), "meeting.day": date(2017, 1, 10)})
    finding = judge_rule(short, short.rule("duk.notice_to_superior_collective"), facts)
    assert (finding.verdict, finding.missing) == (Verdict.UNKNOWN, ("calendar 2017",))


@pytest.mark.parametrize(
    "gate_kind", [("hold_session", kind) for kind in KINDS] + [("issue_ballot", "organisation")]
)
def test_a_gate_reads_no_fact_it_does_not_announce(gate_kind: tuple[str, str]) -> None:
    """A caller gathers what fact_names lists; a rule that read more would be unknown for ever."""
    announced = duk().fact_names(*gate_kind)
    everything = Facts.of(
        "x", {**LATE, "subject.is_leader": True, "session.venue_kind": "cell", "today": LATE["meeting.day"]}
    )
    for finding in judge(duk(), *gate_kind, everything):
        read = {operand.name for operand in finding.operands} | set(finding.missing)
        assert {name for name in read if "." in name or name == "today"} <= announced


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("meeting.dy", date(2017, 1, 1)),
        ("meeting.day", "2017-01-01"),
        ("quota.top", True),
        ("score.total", 89.5),
        ("score.total", Decimal("NaN")),
        ("subject.status", "tall"),
        ("lists.sick_leave", ((date(2017, 2, 1), date(2017, 1, 1)),)),
        ("mass_organisations.ranks", ((5, 4),)),
        ("mass_organisations.ranks", ((1, 1),)),
        ("lists.discipline", (("0012", date(2017, 1, 1)),)),
    ],
)
def test_a_fact_of_the_wrong_name_type_or_shape_is_the_callers_mistake(name: str, value: object) -> None:
    with pytest.raises(FactError, match=name.replace(".", r"\.")):
        Facts.of("command", {name: value})  # type: ignore[dict-item]  # wrong on purpose


def test_a_condition_is_registered_once() -> None:
    with pytest.raises(ValueError, match="is_true@1 is registered twice"):
        condition("is_true", 1)(REGISTRY["is_true@1"].function)


WORDS = st.text(max_size=20)
VALUES = st.recursive(
    st.booleans() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | WORDS | st.dates(),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=8,
)


@given(st.lists(st.tuples(WORDS, VALUES, WORDS), max_size=5), st.sampled_from(Verdict), WORDS)
def test_findings_come_back_from_their_bytes_exactly(
    operands: list[tuple[str, object, str]], verdict: Verdict, comparison: str
) -> None:
    finding = Finding(
        rule="test.rule",
        cite="TEST, I.1",
        verdict=verdict,
        force="refuse",
        operands=tuple(Operand(name=n, value=v, source=s) for n, v, s in operands),  # type: ignore[arg-type]  # as drawn
        comparison=comparison,
        reading=None,
        missing=("meeting.day",),
    )
    stored = findings_to_bytes([finding])
    assert findings_from_bytes(stored) == (finding,)
    assert findings_to_bytes(findings_from_bytes(stored)) == stored
