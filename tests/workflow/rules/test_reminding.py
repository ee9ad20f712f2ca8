"""The ladder of reminders as layer data: what a layer may set, and what the loader turns down."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from workflow.rules.loading import load_rulebook
from workflow.rules.refusals import RulebookRefused
from workflow.rules.reminding import HOUSE, Reminding, read_reminding
from workflow.rules.rulebook import Rulebook

SET = {"cite": "CV 12-CV/ĐU", "before": [7, 2], "escalate": [2]}


def said(table: Mapping[str, object], below: Reminding = HOUSE) -> list[tuple[str, str]]:
    problems: list[tuple[str, str]] = []
    found = read_reminding(table, below, "lop", lambda key, what: problems.append((key, what)))
    assert (found is None) == bool(problems)
    return problems


def test_what_a_layer_does_not_name_stays_as_it_was() -> None:
    found = read_reminding(SET, HOUSE, "lop", lambda key, what: pytest.fail(f"{key} {what}"))
    assert found == Reminding(
        before=(7, 2), on_day=True, after=(1,), escalate=(2,), cite="CV 12-CV/ĐU", layer="lop"
    )


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"cite": ""}, "cite"),
        ({"cite": None}, "cite"),
        ({"before": [3, 0]}, "before"),
        ({"before": [-1]}, "before"),
        ({"before": [1, 3]}, "before"),
        ({"before": [3, 3]}, "before"),
        ({"before": [2.5]}, "before"),
        ({"before": [True]}, "before"),
        ({"before": 5}, "before"),
        ({"before": [251]}, "before"),
        ({"before": list(range(13, 0, -1))}, "before"),
        ({"after": [2, 1]}, "after"),
        ({"escalate": [8, 3]}, "escalate"),
        ({"escalate": [0]}, "escalate"),
        ({"on_day": 1}, "on_day"),
        ({"befor": [1]}, "befor"),
    ],
)
def test_numbers_that_are_not_positive_in_order_and_cited_are_turned_down(
    change: dict[str, object], key: str
) -> None:
    assert said(SET) == []
    assert key in {named for named, _ in said({**SET, **change})}


@pytest.mark.parametrize("days", [[250], list(range(12, 0, -1))])
def test_the_longest_ladders_that_are_taken(days: list[int]) -> None:
    assert said({**SET, "before": days}) == []


def test_a_ladder_without_a_single_day_is_turned_down() -> None:
    nothing = {"cite": "CV 1", "before": [], "after": [], "escalate": [], "on_day": False}
    assert [key for key, _ in said(nothing)] == ["before"]
    assert said({**nothing, "after": [1]}) == []


def test_a_layer_of_ones_own_sets_its_ladder_and_a_campaign_keeps_it(tmp_path: Path) -> None:
    book = load_rulebook("lop", shelf=layer(tmp_path, 'cite = "CV 12-CV/ĐU"\nbefore = [7, 2]'))
    assert (book.reminding.before, book.reminding.after, book.reminding.layer) == ((7, 2), (1,), "lop")
    assert Rulebook.from_bytes(book.canonical_bytes()).reminding == book.reminding


def test_the_house_ladder_is_left_out_of_the_bytes_so_that_pinned_rulebooks_keep_their_hash() -> None:
    book = Rulebook.load("duk_2016")
    assert book.reminding == HOUSE and b"reminding" not in book.canonical_bytes()
    assert Rulebook.from_bytes(book.canonical_bytes()) == book


def test_a_wrong_ladder_is_said_with_file_table_and_key(tmp_path: Path) -> None:
    with pytest.raises(RulebookRefused) as refused:
        load_rulebook("lop", shelf=layer(tmp_path, "before = [1, 5]"))
    assert {(problem.file, problem.rule, problem.key) for problem in refused.value.problems} == {
        ("lop/rulebook.toml", "reminding", "cite"),
        ("lop/rulebook.toml", "reminding", "before"),
    }


def layer(shelf: Path, reminding: str) -> Path:
    folder = shelf / "lop"
    folder.mkdir()
    (folder / "rulebook.toml").write_text(
        'id = "lop"\nextends = "duk_2016"\nsource = "CV 12-CV/ĐU"\nin_force = 2016-01-01\n'
        f'[title]\nvi = "Lớp"\nen = "Layer"\n[reminding]\n{reminding}\n',
        encoding="utf-8",
    )
    return shelf
