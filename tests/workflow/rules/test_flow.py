"""How the life of a kind runs is data of the regime: read, stored, set by layers, refused where wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workflow.rules.shelf import NOTICE, SCALES, layer, put
from workflow.rules.flow import Flow
from workflow.rules.loading import load_rulebook
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook

SHORT = """
[flow.individual]
rows = ["TEST.5", "TEST.6"]
cite = "TEST, II.1"
draft = "passed"
ballot = "none"
source = "self"
appraisal = false
computed = false
deciders = 2
decided_by_ballot = true
"""
SET = """
[[set]]
flow = "individual"
parameter = "{parameter}"
value = {value}
cite = "LOCAL, 4"
"""


def loaded(shelf: Path, flow: str, changes: str = "") -> Rulebook:
    put(shelf, "base", NOTICE, header=SCALES + flow)
    if not changes:
        return load_rulebook("base", shelf=shelf)
    layer(shelf, "local", "base", changes)
    return load_rulebook("local", shelf=shelf)


def refused(shelf: Path, flow: str, changes: str = "") -> str:
    with pytest.raises(RulebookRefused) as refusal:
        loaded(shelf, flow, changes)
    return str(refusal.value)


def test_a_regime_that_says_nothing_has_every_step(tmp_path: Path) -> None:
    flow = loaded(tmp_path, "").flow("individual")
    assert flow == Flow(kind="individual")
    assert flow.has_ballot
    assert (flow.draft, flow.source, flow.appraisal, flow.computed) == ("notice", "ballot", True, True)
    assert (flow.deciders, flow.decided_by_ballot, flow.point_gap) == (1, False, "ask")


def test_a_flow_is_read_and_comes_back_from_its_bytes(tmp_path: Path) -> None:
    rulebook = loaded(tmp_path, SHORT)
    flow = rulebook.flow("individual")
    assert flow.rows == ("TEST.5", "TEST.6")
    assert (flow.cite, flow.draft, flow.ballot, flow.source) == ("TEST, II.1", "passed", "none", "self")
    assert (flow.appraisal, flow.computed) == (False, False)
    assert (flow.deciders, flow.decided_by_ballot) == (2, True)
    assert Rulebook.from_bytes(rulebook.canonical_bytes()) == rulebook


def test_two_bodies_may_decide_on_some_collectives_alone(tmp_path: Path) -> None:
    table = SHORT + 'deciders_for = ["btv_cong_doan_nganh"]\n'
    rulebook = loaded(tmp_path, table)
    flow = rulebook.flow("individual")
    assert [flow.deciders_of(kind) for kind in ("btv_cong_doan_nganh", "bch_cong_doan_co_so", None)] == [
        2,
        1,
        1,
    ]
    assert loaded(tmp_path, SHORT).flow("individual").deciders_of("bch_cong_doan_co_so") == 2
    assert Rulebook.from_bytes(rulebook.canonical_bytes()) == rulebook
    assert "'soviet' is no type of collective" in refused(
        tmp_path, table.replace("btv_cong_doan_nganh", "soviet")
    )


def test_a_flow_is_part_of_the_hash(tmp_path: Path) -> None:
    before = loaded(tmp_path, SHORT).hash
    assert loaded(tmp_path, SHORT.replace("deciders = 2", "deciders = 1")).hash != before


@pytest.mark.parametrize(
    ("key", "table", "what"),
    [
        ("draft", SHORT.replace('"passed"', '"skipped"'), "'skipped' is none of 'notice', 'passed'"),
        ("deciders", SHORT.replace("deciders = 2", "deciders = 3"), "3 is none of 2, 1"),
        # true is no number of deciders, though Python counts it as 1
        ("deciders", SHORT.replace("deciders = 2", "deciders = true"), "True is none of 2, 1"),
        ("appraisal", SHORT.replace("appraisal = false", "appraisal = 0"), "0 is none of True, False"),
        ("votes", SHORT + "votes = 1\n", "is no key of a flow"),
        ("cite", SHORT.replace('cite = "TEST, II.1"', ""), "is missing"),
        ("rows", SHORT.replace('rows = ["TEST.5", "TEST.6"]', ""), "is missing"),
        ("rows", SHORT.replace('rows = ["TEST.5", "TEST.6"]', 'rows = "TEST.5"'), "must be a list"),
        ("open", SHORT + 'open = ["votes"]\n', "'votes' is no value of a flow"),
        ("source", SHORT.replace('source = "self"', ""), "is missing: without a ballot"),
        ("source", SHORT.replace('source = "self"', 'source = "ballot"'), "there is no ballot"),
        ("source", SHORT.replace('ballot = "none"', 'ballot = "level"'), "with a ballot the level"),
    ],
)
def test_what_is_wrong_is_named_by_its_key(tmp_path: Path, key: str, table: str, what: str) -> None:
    message = refused(tmp_path, table)
    assert f"base/rulebook.toml, flow.individual, {key}: " in message
    assert what in message


def test_a_kind_that_is_not_rated_has_no_flow(tmp_path: Path) -> None:
    message = refused(tmp_path, SHORT.replace("individual", "collective"))
    assert "flow.collective: 'collective' is no kind that [scales] rates" in message


def test_a_layer_may_add_a_ballot_with_its_own_citation(tmp_path: Path) -> None:
    rulebook = loaded(tmp_path, SHORT, SET.format(parameter="ballot", value='"level"'))
    flow = rulebook.flow("individual")
    assert (flow.ballot, flow.source) == ("level", "ballot")
    assert flow.cite == "TEST, II.1; LOCAL, 4"
    assert flow.layer == "local"
    assert rulebook.exceptions == ()
    assert Rulebook.from_bytes(rulebook.canonical_bytes()) == rulebook


@pytest.mark.parametrize(
    ("parameter", "value", "free"),
    [
        ("ballot", '"none"', False),
        ("draft", '"passed"', False),
        ("appraisal", "false", False),
        ("computed", "false", False),
        ("deciders", "2", True),
        ("decided_by_ballot", "true", True),
        ("point_gap", '"fall_through"', True),
    ],
)
def test_a_step_is_added_freely_and_taken_away_by_permission_alone(
    tmp_path: Path, parameter: str, value: str, free: bool
) -> None:
    change = SET.format(parameter=parameter, value=value)
    if not free:
        assert f"flow.individual, {parameter}: " in (message := refused(tmp_path, "", change))
        assert "needs a permission citation" in message
        change += 'permission = "SUPERIOR, 7"\n'
    rulebook = loaded(tmp_path, "", change)
    assert getattr(rulebook.flow("individual"), parameter) != getattr(Flow(kind="individual"), parameter)
    assert [(item.rule, item.parameter, item.permission) for item in rulebook.exceptions] == (
        [] if free else [("flow.individual", parameter, "SUPERIOR, 7")]
    )


def test_a_ballot_taken_away_leaves_the_level_to_the_proposal(tmp_path: Path) -> None:
    change = SET.format(parameter="ballot", value='"none"') + 'permission = "SUPERIOR, 7"\n'
    assert loaded(tmp_path, "", change).flow("individual").source == "proposal"


def test_what_the_regime_leaves_open_needs_no_permission(tmp_path: Path) -> None:
    flow = '[flow.individual]\nrows = ["TEST.5"]\ncite = "TEST, II.1"\nopen = ["appraisal"]\n'
    rulebook = loaded(tmp_path, flow, SET.format(parameter="appraisal", value="false"))
    assert not rulebook.flow("individual").appraisal
    assert rulebook.exceptions == ()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (SET.format(parameter="votes", value="1"), "'votes' is no value of a flow"),
        (SET.format(parameter="draft", value='"skipped"'), "'skipped' is none of"),
        (SET.format(parameter="deciders", value="2").replace('cite = "LOCAL, 4"', ""), "cite: is missing"),
        (SET.format(parameter="deciders", value="2") * 2, "is set twice in one layer"),
        (SET.format(parameter="deciders", value="2").replace('"individual"', '"collective"'), "no kind"),
        (SET.format(parameter="source", value='"self"'), "with a ballot the level submitted"),
        (SHORT, "belongs to the regime"),
    ],
)
def test_a_layers_wrong_flow_is_refused(tmp_path: Path, change: str, what: str) -> None:
    assert what in refused(tmp_path, "", change)
