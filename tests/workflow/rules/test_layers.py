"""A layer sets what is open, tightens what has an order, adds rules; anything else needs a permission."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workflow.rules.shelf import HOUSE, NOTICE, QUOTA, layer, put
from workflow.rules.loading import load_rulebook
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook

SET = """
[[set]]
rule = "{rule}"
parameter = "{parameter}"
value = {value}
cite = "LOCAL, 3"
"""


def composed(shelf: Path, rules: str) -> Rulebook:
    put(shelf, "base", NOTICE + QUOTA + HOUSE)
    layer(shelf, "local", "base", rules)
    return load_rulebook("local", shelf=shelf)


def refused(shelf: Path, rules: str) -> str:
    with pytest.raises(RulebookRefused) as refusal:
        composed(shelf, rules)
    return str(refusal.value)


def test_a_stricter_value_needs_only_its_own_citation(tmp_path: Path) -> None:
    rulebook = composed(tmp_path, SET.format(rule="test.notice", parameter="days_min", value=5))
    rule = rulebook.rule("test.notice")
    assert rule.parameters["days_min"] == 5
    assert rule.cite == "TEST, I.1; LOCAL, 3"
    assert rule.layer == "local"
    assert rulebook.layers == ("local",)
    assert rulebook.exceptions == ()
    assert Rulebook.from_bytes(rulebook.canonical_bytes()) == rulebook


@pytest.mark.parametrize(
    ("rule", "parameter", "value"), [("test.notice", "days_min", 2), ("test.quota", "percent_max", 20)]
)
def test_a_looser_value_is_refused_without_permission(
    tmp_path: Path, rule: str, parameter: str, value: int
) -> None:
    message = refused(tmp_path, SET.format(rule=rule, parameter=parameter, value=value))
    assert f"local/rules.toml, {rule}, {parameter}: {value} is looser" in message


def test_a_permission_lets_a_looser_value_in_and_auditors_see_it(tmp_path: Path) -> None:
    change = SET.format(rule="test.quota", parameter="percent_max", value=20) + 'permission = "SUPERIOR, 7"'
    (exception,) = composed(tmp_path, change).exceptions
    assert (exception.base, exception.value, exception.permission) == (15, 20, "SUPERIOR, 7")


def test_a_value_without_an_order_is_not_changed(tmp_path: Path) -> None:
    message = refused(tmp_path, SET.format(rule="test.notice", parameter="later", value='"today"'))
    assert "neither open nor to be tightened" in message


def test_an_open_value_is_set_once(tmp_path: Path) -> None:
    once = SET.format(rule="test.house", parameter="numerator", value=2)
    assert composed(tmp_path, once).rule("test.house").parameters["numerator"] == 2
    assert "is set twice in one layer" in refused(tmp_path, once + once)


def test_a_house_default_decided_by_a_layer_stands_under_its_document_alone(tmp_path: Path) -> None:
    """Nobody reads a value of the house under a document, nor a decided value as one of the house."""
    half = SET.format(rule="test.house", parameter="numerator", value=2)
    rule = composed(tmp_path, half).rule("test.house")
    assert (rule.cite, rule.house_default) == ("house default; LOCAL, 3", True)
    rest = SET.format(rule="test.house", parameter="denominator", value=3)
    rule = composed(tmp_path, half + rest).rule("test.house")
    assert (rule.cite, rule.house_default) == ("LOCAL, 3", False)


def test_a_clause_of_two_documents_keeps_both_beside_the_layer(tmp_path: Path) -> None:
    put(tmp_path, "base", NOTICE.replace('"TEST, I.1"', '"TEST, I.1; FORM, 2"'))
    layer(tmp_path, "local", "base", SET.format(rule="test.notice", parameter="days_min", value=5))
    assert load_rulebook("local", shelf=tmp_path).rule("test.notice").cite == "TEST, I.1; FORM, 2; LOCAL, 3"


def test_a_layer_cites_its_own_document(tmp_path: Path) -> None:
    change = SET.format(rule="test.notice", parameter="days_min", value=5).replace("LOCAL, 3", "")
    assert "test.notice, cite: is missing" in refused(tmp_path, change)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (SET.format(rule="test.nothing", parameter="x", value=1), "is not a rule of the regime"),
        (SET.format(rule="test.notice", parameter="weeks", value=1), "is not a parameter"),
        (SET.format(rule="test.notice", parameter="days_min", value='"5"'), "must be a int"),
    ],
)
def test_a_change_of_something_that_is_not_there_is_refused(tmp_path: Path, change: str, says: str) -> None:
    assert says in refused(tmp_path, change)


def test_a_house_default_may_be_switched_off_and_a_clause_may_not(tmp_path: Path) -> None:
    off = '[[set]]\nrule = "{}"\noff = true\ncite = "LOCAL, 4"\n'
    assert all(rule.id != "test.house" for rule in composed(tmp_path, off.format("test.house")).rules)
    assert "only a house default" in refused(tmp_path, off.format("test.notice"))
    permitted = composed(tmp_path, off.format("test.notice") + 'permission = "SUPERIOR, 8"')
    assert all(rule.id != "test.notice" for rule in permitted.rules)
    assert permitted.exceptions[0].parameter == "off"


def test_a_layer_adds_rules_and_does_not_replace_those_of_the_regime(tmp_path: Path) -> None:
    added = NOTICE.replace("test.notice", "local.present").replace("calendar_days_before@1", "is_true@1")
    added = added.split("earlier =")[0] + 'fact = "session.presented"\n'
    assert composed(tmp_path, added).rule("local.present").layer == "local"
    replacing = added.replace('role = "gate"', 'role = "gate"\nreplaces = ["test.notice"]')
    assert "cannot replace test.notice of the regime" in refused(tmp_path, replacing)


def test_of_two_layers_the_nearer_wins_and_both_are_checked_on_the_regime(tmp_path: Path) -> None:
    put(tmp_path, "base", NOTICE + QUOTA)
    layer(tmp_path, "far", "base", SET.format(rule="test.notice", parameter="days_min", value=7))
    layer(tmp_path, "near", "far", SET.format(rule="test.notice", parameter="days_min", value=5))
    rulebook = load_rulebook("near", shelf=tmp_path)
    assert rulebook.rule("test.notice").parameters["days_min"] == 5
    assert rulebook.layers == ("far", "near")
    layer(tmp_path, "near", "far", SET.format(rule="test.notice", parameter="days_min", value=2))
    with pytest.raises(RulebookRefused, match=r"near/rules\.toml, test\.notice, days_min: 2 is looser"):
        load_rulebook("near", shelf=tmp_path)


def test_a_layer_on_itself_is_refused(tmp_path: Path) -> None:
    layer(tmp_path, "ring", "ring", NOTICE)
    with pytest.raises(RulebookRefused, match="ring extends itself"):
        load_rulebook("ring", shelf=tmp_path)
