"""Readings as settings: a rule takes the choice of its reading, a layer may take another one and cites it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workflow.rules.shelf import NOTICE, QUOTA, layer, put
from workflow.rules.finding import Finding, Verdict
from workflow.rules.loading import SHIPPED, load_rulebook
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import clause

READING = """
[reading."C-17"]
rows = ["TEST.2"]
says.vi = "Không quá 15% của cơ số."
says.en = "At most 15% of the base."
setting = "quota_percent"
value = 15
choices = [15, 20]
in_words.15.vi = "mười lăm phần trăm"
in_words.15.en = "fifteen per cent"
"""
BY_READING = QUOTA.replace("percent_max = 15", 'percent_max = { reading = "C-17" }\nreading = "C-17"')
TAKE = """
[[set]]
reading = "C-17"
value = 20
cite = "LOCAL, 5"
says.vi = "Không quá 20% của cơ số."
says.en = "At most 20% of the base."
"""


def base(shelf: Path, rules: str = BY_READING + READING) -> Rulebook:
    put(shelf, "base", NOTICE + rules)
    return load_rulebook("base", shelf=shelf)


def composed(shelf: Path, rules: str) -> Rulebook:
    base(shelf)
    layer(shelf, "local", "base", rules)
    return load_rulebook("local", shelf=shelf)


def refused(shelf: Path, rules: str) -> str:
    with pytest.raises(RulebookRefused) as refusal:
        composed(shelf, rules)
    return str(refusal.value)


def test_a_parameter_takes_the_choice_of_its_reading(tmp_path: Path) -> None:
    book = base(tmp_path)
    rule = book.rule("test.quota")
    assert rule.parameters["percent_max"] == 15
    assert rule.by_reading == {"percent_max": "C-17"}
    assert book.settings["C-17"].value_in("en") == "fifteen per cent"
    assert Rulebook.from_bytes(book.canonical_bytes()) == book


def test_a_reading_that_is_no_setting_keeps_the_bytes_it_had(tmp_path: Path) -> None:
    """A campaign pinned before there were settings is found by its hash."""
    plain = READING.split("setting")[0]
    written = base(tmp_path, plain).canonical_bytes()
    assert b'"choices"' not in written
    assert b'"in_words"' not in written
    assert b'"by_reading"' not in written


def test_a_layer_takes_another_choice_and_its_document_stands_beside_the_clause(tmp_path: Path) -> None:
    book = composed(tmp_path, TAKE)
    reading = book.settings["C-17"]
    assert book.rule("test.quota").parameters["percent_max"] == 20
    assert (reading.layer, reading.cite) == ("local", "LOCAL, 5")
    assert reading.says.en == "At most 20% of the base."
    assert book.exceptions == ()
    assert Rulebook.from_bytes(book.canonical_bytes()) == book
    finding = Finding(
        rule="test.quota",
        cite="TEST, I.2",
        verdict=Verdict.HOLDS,
        force="refuse",
        operands=(),
        comparison="",
        reading="C-17",
    )
    assert clause(finding, book, "en") == "(TEST, I.2; reading C-17: 20, by LOCAL, 5)"
    assert clause(finding, book, "vi") == "(TEST, I.2; cách hiểu C-17: 20, theo LOCAL, 5)"
    assert clause(finding, base(tmp_path), "en") == "(TEST, I.2; reading C-17: fifteen per cent)"


def test_the_nearer_layer_takes_the_choice(tmp_path: Path) -> None:
    composed(tmp_path, TAKE)
    layer(tmp_path, "near", "local", TAKE.replace("value = 20", "value = 15").replace("LOCAL, 5", "NEAR, 1"))
    book = load_rulebook("near", shelf=tmp_path)
    assert book.rule("test.quota").parameters["percent_max"] == 15
    assert (book.settings["C-17"].layer, book.settings["C-17"].cite) == ("near", "NEAR, 1")


@pytest.mark.parametrize(
    ("was", "becomes", "key", "says"),
    [
        ("value = 20", "value = 25", "value", "25 is none of the choices 15, 20"),
        ("value = 20", "value = true", "value", "True is none of the choices"),
        ("value = 20", "", "value", "None is none of the choices"),
        ('cite = "LOCAL, 5"', 'cite = " "', "cite", "cites its own document"),
        ('"C-17"', '"C-18"', "reading", "is not among the readings"),
        ('says.en = "At most 20% of the base."', "", "says", "in vi and in en"),
    ],
)
def test_a_choice_that_does_not_fit_is_refused(
    tmp_path: Path, was: str, becomes: str, key: str, says: str
) -> None:
    assert was in TAKE
    message = refused(tmp_path, TAKE.replace(was, becomes))
    line = next(line for line in message.splitlines() if f", {key}: " in line)
    assert line.startswith("local/rules.toml, C-1")
    assert says in line


def test_another_choice_needs_words_so_that_the_explanation_stays_true(tmp_path: Path) -> None:
    message = refused(tmp_path, TAKE.split("says.vi")[0])
    assert "local/rules.toml, C-17, says: is missing: how is the clause read then?" in message


def test_a_layer_takes_a_choice_once_and_does_not_write_the_reading_anew(tmp_path: Path) -> None:
    assert "C-17, reading: is set twice in one layer" in refused(tmp_path, TAKE + TAKE)
    assert "C-17, reading: is given already" in refused(tmp_path, READING)


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        (BY_READING, "test.quota, percent_max: takes the choice of C-17, which is not among the readings"),
        (
            BY_READING.replace('\nreading = "C-17"', "") + READING,
            "test.quota, reading: is missing: percent_max takes the choice of C-17",
        ),
        (BY_READING + READING.replace("value = 15", "value = 10"), "C-17, value: 10 is none of the choices"),
        (BY_READING + READING.replace("choices = [15, 20]", ""), "C-17, setting: needs setting, value and"),
        (BY_READING + READING.replace("in_words.15", "in_words.30"), "C-17, in_words: names a choice"),
        (
            BY_READING + READING.replace('value = 15\nchoices = [15, 20]', 'value = "x"\nchoices = ["x"]')
            .replace("in_words.15", "in_words.x"),
            "test.quota, percent_max: must be a int",
        ),
        (BY_READING + READING.replace("rows", "lines"), "C-17, lines: is none of"),
    ],
)  # fmt: skip
def test_a_setting_that_is_not_whole_is_refused(tmp_path: Path, rules: str, says: str) -> None:
    with pytest.raises(RulebookRefused) as refusal:
        base(tmp_path, rules)
    assert says in str(refusal.value)


def test_every_choice_of_a_shipped_reading_has_its_words() -> None:
    for folder in SHIPPED.iterdir():
        if not (folder / "rulebook.toml").is_file():
            continue
        for reading in load_rulebook(folder.name).settings.values():
            missing = [str(choice) for choice in reading.choices if str(choice) not in reading.in_words]
            assert missing == [], f"{folder.name}, {reading.id}"
