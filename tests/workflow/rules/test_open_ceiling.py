"""BG-2019 has a ceiling without a value: shown and not judged, until a district's layer sets one (C-40)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workflow.rules.facts import Facts
from workflow.rules.finding import Finding, Verdict
from workflow.rules.judge import blocking, judge_rule, recompute, warnings
from workflow.rules.loading import SHIPPED, load_rulebook
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import sentence

CEILING = "bg.excellent_ceiling"
LAYER = """
id = "district"
title.vi = "Huyện thử"
title.en = "A district for tests"
source = "Hướng dẫn 9-HD/HU"
in_force = 2019-11-10
extends = "bg_2019"
"""
VALUE = """
[[set]]
rule = "bg.excellent_ceiling"
parameter = "percent_max"
value = 20
cite = "{cite}"
"""


def district(shelf: Path, cite: str = "9-HD/HU, mục 3") -> Rulebook:
    shutil.copytree(SHIPPED / "bg_2019", shelf / "bg_2019")
    folder = shelf / "district"
    folder.mkdir()
    (folder / "rulebook.toml").write_text(LAYER, encoding="utf-8")
    (folder / "values.toml").write_text(VALUE.format(cite=cite), encoding="utf-8")
    return load_rulebook("district", shelf=shelf)


def ceiling(rulebook: Rulebook, excellent: int, rated: int) -> Finding:
    levels = ("HTXSNV",) * excellent + ("HTTNV",) * (rated - excellent)
    facts = Facts.of("test", {"subordinates.levels": levels})
    return judge_rule(rulebook, rulebook.rule(CEILING), facts)


def test_without_a_value_the_share_is_shown_and_nothing_is_judged() -> None:
    shipped = Rulebook.load("bg_2019")
    finding = ceiling(shipped, 1, 3)
    assert finding.verdict is Verdict.UNKNOWN
    assert not blocking([finding])
    assert not warnings([finding])
    words = sentence(finding, shipped)
    assert "1/3 = 33,3 %" in words
    assert "mức trần không có trong nguồn" in words


def test_a_district_sets_the_ceiling_with_its_own_document(tmp_path: Path) -> None:
    """20 of 100 is the ceiling itself; 21 is above it, a warning and no refusal."""
    local = district(tmp_path)
    assert local.exceptions == ()
    assert "9-HD/HU, mục 3" in local.rule(CEILING).cite
    at_the_ceiling, above = ceiling(local, 20, 100), ceiling(local, 21, 100)
    assert (at_the_ceiling.verdict, above.verdict) == (Verdict.HOLDS, Verdict.FAILS)
    assert warnings([above])
    assert not blocking([above])
    assert recompute(above, local) == above


def test_a_ceiling_without_a_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookRefused, match="cites its own document"):
        district(tmp_path, cite="")
