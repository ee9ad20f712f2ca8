"""What a regime leaves to local layers is named while unset; what a layer may not do is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workflow.rules.shelf import HOUSE, NOTICE, QUOTA, SCALES, layer, put
from workflow.rules.loading import load_rulebook
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook

DECIDER = """
[[required]]
id = "test.open_decider"
rows = ["TEST.9"]
says.vi = "Nơi quyết định."
says.en = "Who decides."
rule = { role = "gate", gates = ["decide"], kinds = ["individual"], fact = "decision.by" }
"""
GROUPS = """
[[required]]
id = "test.open_groups"
rows = ["TEST.9"]
says.vi = "Các nhóm."
says.en = "The groups."
group = ["individual"]
"""
LEVELS = """
[[required]]
id = "test.open_levels"
rows = ["TEST.9"]
says.vi = "Điều kiện từng mức."
says.en = "Conditions of the levels."
rule = { role = "condition", kinds = ["individual"], levels = ["HTXSNV", "HTTNV"] }
"""
BY_BODY = """
[[rule]]
id = "local.decided_by"
cite = "LOCAL, 4"
says.vi = "Ban thường vụ quyết định."
says.en = "The standing committee decides."
role = "gate"
gates = ["decide"]
kinds = ["individual"]
force = "refuse"
condition = "one_of@1"
fact = "decision.by"
values = ["btv"]
"""
GROUP = """
[[quota_group]]
id = "local.{name}"
cite = "LOCAL, 6"
says.vi = "Nhóm."
says.en = "A group."
kinds = ["individual"]
when = {when}
"""
CONDITION = """
[[rule]]
id = "local.{level}"
cite = "LOCAL, 5"
says.vi = "Từ {least} điểm."
says.en = "{least} points or more."
role = "condition"
level = "{level}"
kinds = ["individual"]
force = "refuse"
condition = "points_at_least@1"
fact = "points.total"
least = {least}
"""
DEADLINE = """
[[rule]]
id = "test.deadline"
rows = ["TEST.8"]
cite = "TEST, 8"
says.vi = "Trước ngày 31/12."
says.en = "Before 31 December."
role = "deadline"
gates = ["decide"]
kinds = ["individual"]
force = "warn"
condition = "by_yearly_day@1"
fact = "decision.on"
month = 12
day = 31
word = "before"
years_after = 0
"""
DUE = """
[[set]]
rule = "test.deadline"
parameter = "due"
value = {value}
cite = "LOCAL, 7"
"""


def composed(shelf: Path, base: str, local: str) -> Rulebook:
    put(shelf, "base", base)
    layer(shelf, "local", "base", local)
    return load_rulebook("local", shelf=shelf)


def refused(shelf: Path, base: str, local: str) -> str:
    with pytest.raises(RulebookRefused) as refusal:
        composed(shelf, base, local)
    return str(refusal.value)


def unset(book: Rulebook) -> list[str]:
    return [one.id for one in book.unset]


def test_the_regime_names_what_no_layer_has_set(tmp_path: Path) -> None:
    book = composed(tmp_path, NOTICE + DECIDER + GROUPS, "")
    assert unset(book) == ["test.open_decider", "test.open_groups"]
    assert Rulebook.from_bytes(book.canonical_bytes()) == book


def test_a_layers_rule_of_the_sort_settles_it(tmp_path: Path) -> None:
    assert unset(composed(tmp_path, NOTICE + DECIDER, BY_BODY)) == []


def test_a_rule_about_another_fact_does_not(tmp_path: Path) -> None:
    other = BY_BODY.replace('"decision.by"', '"annul.by"').replace('"btv"', '"other"')
    assert unset(composed(tmp_path, NOTICE + DECIDER, other)) == ["test.open_decider"]


def test_every_level_needs_its_condition(tmp_path: Path) -> None:
    top, good = CONDITION.format(level="HTXSNV", least=90), CONDITION.format(level="HTTNV", least=70)
    top, good = top.replace("local.HTXSNV", "local.top"), good.replace("local.HTTNV", "local.good")
    assert unset(composed(tmp_path, NOTICE + LEVELS, top)) == ["test.open_levels"]
    assert unset(composed(tmp_path, NOTICE + LEVELS, top + good)) == []


def test_quota_groups_settle_it_and_may_not_overlap(tmp_path: Path) -> None:
    leaders = GROUP.format(name="leaders", when='{ "subject.is_leader" = true }')
    others = GROUP.format(name="others", when='{ "subject.is_leader" = false }')
    everybody = GROUP.format(name="everybody", when="{}")
    book = composed(tmp_path, NOTICE + GROUPS, leaders + others)
    assert unset(book) == []
    assert [group.id for group in book.groups] == ["local.leaders", "local.others"]
    assert Rulebook.from_bytes(book.canonical_bytes()) == book
    wrong = refused(tmp_path, NOTICE + GROUPS, leaders + everybody)
    assert wrong == (
        "local/rules.toml, local.everybody, when: overlaps local.leaders: somebody would be counted twice"
    )


def test_groups_are_needed_for_every_kind_named(tmp_path: Path) -> None:
    needed = GROUPS.replace('group = ["individual"]', 'group = ["individual", "collective"]')
    people = GROUP.format(name="people", when="{}")
    committees = GROUP.format(name="committees", when="{}").replace('"individual"', '"collective"')
    assert unset(composed(tmp_path, NOTICE + needed, people)) == ["test.open_groups"]
    layer(tmp_path, "both", "base", people + committees)
    assert unset(load_rulebook("both", shelf=tmp_path)) == []


def test_an_earlier_day_needs_only_its_own_document(tmp_path: Path) -> None:
    book = composed(tmp_path, DEADLINE, DUE.format(value="{ day = 20, month = 12 }"))
    rule = book.rule("test.deadline")
    assert (rule.parameters["day"], rule.parameters["month"], rule.layer) == (20, 12, "local")
    assert rule.cite == "TEST, 8; LOCAL, 7"


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("{ day = 5, month = 1, years_after = 1 }", "is later than the regime's before 31/12"),
        ('{ day = 31, month = 12, word = "at_latest" }', "is later than the regime's before 31/12"),
        ("{ day = 31, month = 2 }", "31/2 is no day of the year"),
        ("{ day = 1 }", "must be a table of day, month, word, years_after; day and month are needed"),
        ('{ day = 1, month = 12, word = "soon" }', "word 'soon' is none of before, at_latest"),
    ],
)
def test_a_day_that_is_later_or_none_is_refused(tmp_path: Path, value: str, wrong: str) -> None:
    message = refused(tmp_path, DEADLINE, DUE.format(value=value))
    assert message.startswith("local/rules.toml, test.deadline, due: ")
    assert wrong in message


def test_a_later_day_by_permission_is_among_the_exceptions(tmp_path: Path) -> None:
    later = DUE.format(value="{ day = 5, month = 1, years_after = 1 }") + 'permission = "SUPERIOR, 7"'
    (exception,) = composed(tmp_path, DEADLINE, later).exceptions
    assert (exception.base, exception.value) == ("before 31/12", "before 05/01 of the next year")


LOOSER = """
[[set]]
rule = "test.notice"
parameter = "days_min"
value = 2
cite = "LOCAL, 3"
"""
ONE_STEP = SCALES.replace('["HTXSNV", "HTTNV", "HTNV", "KHTNV"]', '["HTXSNV"]')


@pytest.mark.parametrize(
    ("local", "wrong"),
    [
        (LOOSER, "local/rules.toml, test.notice, days_min: 2 is looser than the regime's 3"),
        (LOOSER.replace('cite = "LOCAL, 3"', ""), "test.notice, cite: is missing: a layer cites"),
        (LOOSER.replace("test.notice", "test.none"), "test.none, rule: is not a rule of the regime"),
        (
            LOOSER.replace("days_min", "days"),
            "parameter: 'days' is not a parameter of calendar_days_before@1",
        ),
        (LOOSER.replace("value", "vallue"), "test.notice, vallue: is none of cite, off, parameter"),
        (LOOSER.replace("[[set]]", "[[sett]]"), "local/rules.toml, sett: is no table of a rulebook"),
        (BY_BODY.replace("decision.by", "decision.bye"), "local.decided_by, fact: names decision.bye"),
        (
            BY_BODY.replace("one_of@1", "one_off@1"),
            "local.decided_by, condition: 'one_off@1' is not a condition",
        ),
        (
            BY_BODY.replace('cite = "LOCAL, 4"', ""),
            "local.decided_by, cite: is missing: a rule never travels",
        ),
        (GROUP.format(name="g", when="{}").replace('["individual"]', "[]"), "local.g, kinds: is missing"),
        (
            GROUP.format(name="g", when='{ "subject.rank" = 1 }'),
            "local.g, when: names subject.rank, which is not in the vocabulary of facts",
        ),
    ],
)
def test_what_a_layer_may_not_say_is_told_by_file_rule_and_key(
    tmp_path: Path, local: str, wrong: str
) -> None:
    message = refused(tmp_path, NOTICE + QUOTA + HOUSE, local)
    assert wrong in message
    assert "\n" not in message, "one thing wrong is one sentence"


def test_a_scale_with_one_step_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "base", NOTICE, header=ONE_STEP)
    with pytest.raises(RulebookRefused) as refusal:
        load_rulebook("base", shelf=tmp_path)
    assert str(refusal.value) == (
        "base/rulebook.toml, scales: individual has 1 step; a scale has two or more, each once"
    )
