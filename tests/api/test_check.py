"""`kiemdiem check`: what it says of cases that differ, of files that are wrong, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.printed.cases import cases
from handlers.cases.orders import BY_STEP
from tests.house import tree
from workflow.rules.vocabulary import VOCABULARY

GUIDES = tree.ROOT / "docs" / "guides"
BLOCK = re.compile(r"```toml\n(.*?)```", re.DOTALL)
GOOD = """
rulebook = "duk_2016"

["duk.vote_good"]
given = { "ballot.level" = "HTTNV" }
holds = [{ "ballot.in_favour" = 10, "ballot.official_members" = 19 }]
fails = [{ "ballot.in_favour" = 9, "ballot.official_members" = 18, because = "a tie fails" }]
"""
LAYER = """
id = "my_layer"
extends = "duk_2016"
title.vi = "Quy định riêng"
title.en = "Rules of our own"
source = "NQ 1-NQ/CB"
in_force = 2016-12-01

[[rule]]
id = "my.quorum"
rows = []
cite = "NQ 1-NQ/CB"
says.vi = "Người dự họp được ghi nhận đã trình bày."
says.en = "Who is reviewed has presented himself."
role = "gate"
gates = ["hold_session"]
kinds = ["individual"]
force = "warn"
condition = "is_true@1"
fact = "session.presented"
"""


def check(*arguments: object, language: str = "en") -> Any:
    return CliRunner().invoke(app, ["check", *map(str, arguments), "--language", language])


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_file_in_which_all_comes_as_expected_ends_with_0(tmp_path: Path) -> None:
    answer = check(written(tmp_path, "good.toml", GOOD))
    assert answer.exit_code == 0, answer.output
    assert "2 cases in 1 files: 2 as expected, 0 otherwise." in answer.output


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("- expected: holds", "+ got: fails")), ("vi", ("- mong đợi: holds", "+ thực tế: fails"))],
)
def test_a_case_that_differs_shows_what_was_expected_what_came_and_the_clause(
    tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    wrong = GOOD.replace("fails = [{", "fails = []\nunknown = []\nnot_applicable = []\n").split("\nfails")[0]
    path = written(tmp_path, "wrong.toml", wrong.replace("= 10,", "= 9,"))
    answer = check(path, language=language)
    assert answer.exit_code == 1, answer.output
    told = answer.output.replace("\n", " ")
    assert all(word in told for word in words)
    assert 'wrong.toml:4: ["duk.vote_good"], holds 1' in told
    assert "DUK-2016, III.2.3" in told, "the clause"


def test_a_file_that_is_wrong_ends_with_2_and_the_others_are_run(tmp_path: Path) -> None:
    written(tmp_path, "good.toml", GOOD)
    written(tmp_path, "bad.toml", GOOD.replace("ballot.in_favour", "ballot.in_favor"))
    answer = check(tmp_path)
    assert answer.exit_code == 2
    assert "Is “ballot.in_favour” meant?" in answer.output
    assert "2 as expected" in answer.output


def test_no_such_file_and_an_empty_folder(tmp_path: Path) -> None:
    assert check(tmp_path / "nowhere.toml").exit_code == 2
    answer = check(tmp_path)
    assert answer.exit_code == 2
    assert "no .toml file in this folder" in answer.output.replace("\n", " ")


def test_a_layer_of_ones_own_is_found_on_its_shelf_and_by_its_path(tmp_path: Path) -> None:
    written(tmp_path, "layers/my_layer/rulebook.toml", LAYER)
    case = (
        '["my.quorum"]\nholds = [{ "session.presented" = true }]\nfails = [{ "session.presented" = false }]\n'
    )
    by_name = written(tmp_path, "cases/by_name.toml", f'rulebook = "my_layer"\n{case}')
    answer = check(by_name, "--rulebooks", tmp_path / "layers")
    assert answer.exit_code == 0, answer.output
    assert check(by_name).exit_code == 2, "without the shelf it is not there"
    by_path = written(tmp_path, "cases/by_path.toml", f'rulebook = "../layers/my_layer"\n{case}')
    assert check(by_path).exit_code == 0


def test_a_layer_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    written(tmp_path, "layers/my_layer/rulebook.toml", LAYER.replace("is_true@1", "is_so@1"))
    path = written(tmp_path, "by_name.toml", 'rulebook = "my_layer"\n["my.quorum"]\nholds = []\n')
    answer = check(path, "--rulebooks", tmp_path / "layers")
    assert answer.exit_code == 2
    assert "my_layer/rulebook.toml, my.quorum" in answer.output


def test_a_story_stops_where_it_goes_otherwise(tmp_path: Path) -> None:
    (text,) = [
        block for block in BLOCK.findall((GUIDES / "cases.en.md").read_text("utf-8")) if "story" in block
    ]
    path = written(tmp_path, "story.toml", text.replace("at = 2017-01-08", "at = 2017-01-07"))
    answer = check(path)
    assert answer.exit_code == 1
    told = answer.output.replace("\n", " ")
    assert "step 4, plan_meeting" in told
    assert "- expected: refused [duk.notice_to_participants]" in told
    assert "+ got: accepted" in told
    early = text.replace("[[story.step]]\nnotify", 'expect = "refused"\n[[story.step]]\nnotify')
    told = check(written(tmp_path, "early.toml", early)).output
    assert "Steps not lived after this one: 3." in told


def test_a_machine_is_told_the_same(tmp_path: Path) -> None:
    path = written(tmp_path, "wrong.toml", GOOD.replace("= 10,", "= 9,"))
    answer = CliRunner().invoke(app, ["check", str(path), "--json", "--language", "en"])
    document = json.loads(answer.stdout)
    assert (document["cases"], len(document["failed"]), document["problems"]) == (2, 1, [])
    (difference,) = document["failed"][0]["differences"]
    assert (difference["expected"], difference["got"]) == ("holds", "fails")
    assert difference["why"]


@pytest.mark.parametrize("guide", ["cases.vi.md", "cases.en.md"])
def test_the_examples_of_the_guide_run(guide: str, tmp_path: Path) -> None:
    blocks = BLOCK.findall((GUIDES / guide).read_text("utf-8"))
    assert len(blocks) == 3
    for number, block in enumerate(blocks):
        written(tmp_path, f"{number}.toml", block)
    answer = check(tmp_path)
    assert answer.exit_code == 0, answer.output


def test_the_reference_has_every_step_and_every_fact() -> None:
    page = cases()
    assert [name for name in BY_STEP if f"### `{name}`" not in page] == []
    assert [name for name in VOCABULARY if f"| `{name}` |" not in page] == []


def test_looking_at_what_is_not_there_is_told(tmp_path: Path) -> None:
    (text,) = [
        block for block in BLOCK.findall((GUIDES / "cases.en.md").read_text("utf-8")) if "story" in block
    ]
    nobody = text.replace('check = { review = "cell"', 'check = { review = "2016.member.0199"')
    answer = check(written(tmp_path, "nobody.toml", nobody))
    assert answer.exit_code == 1
    assert "There is no review “2016.member.0199”" in answer.output.replace("\n", " ")


def test_a_year_no_calendar_reaches_is_told(tmp_path: Path) -> None:
    due = 'rulebook = "duk_2016"\n[[due]]\nyear = 2050\nexpect = { "duk.deadline_report" = 2051-02-05 }\n'
    answer = check(written(tmp_path, "late.toml", due))
    assert answer.exit_code == 1
    assert "no calendar of 2051" in answer.output
