"""What a file of cases cannot mean is said in one sentence with its place, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.cases.running import Read, read
from handlers.cases.shelves import Shelf

SHELF = Shelf()
HEAD = 'rulebook = "duk_2016"\n'
STORY = """
[[story]]
name = "S"
year = 2016
organisation = "DB01"
opened = 2016-12-16
organisations = ["DB01, dang_bo_co_so", "CB01, chi_bo_truc_thuoc, under DB01"]
people = ["0101, CB01, head, name Nguyễn Thị Hoa", "0102, CB01, name Trần Văn Bình"]
"""
STEP = HEAD + STORY + "[[story.step]]\nat = 2016-12-20\n"

WRONG = [
    (
        "an unknown fact",
        HEAD + '["duk.vote_good"]\nholds = [{ "ballot.in_favor" = 1 }]',
        "holds 1",
        "“ballot.in_favor” is not a fact of the vocabulary. Is “ballot.in_favour” meant?",
    ),
    (
        "a fact of another type",
        HEAD + '["duk.vote_good"]\nholds = [{ "ballot.in_favour" = "1" }]',
        "holds 1",
        "ballot.in_favour is a whole number, not 1.",
    ),
    (
        "a value no choice has",
        HEAD + '["duk.vote_good"]\ngiven = { "ballot.level" = "A" }\nholds = [{}]',
        "holds 1",
        "ballot.level is one of: ",
    ),
    (
        "a fact missing that nobody defined",
        HEAD + '["duk.vote_good"]\nunknown = [{ missing = ["x"] }]',
        "unknown 1",
        "“x” is not a fact",
    ),
    (
        "an unknown rule",
        HEAD + '["duk.vote_goof"]\nholds = []',
        "duk.vote_goof",
        "has no rule “duk.vote_goof”. Is “duk.vote_good” meant?",
    ),
    ("a rule without quotes", HEAD + "[duk.vote_good]\nholds = []", "duk", 'in quotes: ["duk.vote_good"]'),
    ("an unknown word", HEAD + "[[ratings]]\n", "ratings", "“ratings” is not understood"),
    (
        "an unknown outcome",
        HEAD + '["duk.vote_good"]\nhold = []',
        "duk.vote_good",
        "there is no “hold” here. Is “hol",
    ),
    ("no rulebook", '["duk.vote_good"]\nholds = []', "", "does not say which rulebook"),
    ("an unknown rulebook", 'rulebook = "duk_2017"\n', "", "no rulebook “duk_2017”. Is “duk_2016” meant?"),
    ("no TOML", "rulebook = duk", "", "is not TOML"),
    ("nothing", "", "", "is empty"),
    ("a head and no case", HEAD, "", "has no case in it"),
    (
        "a kind nobody rates",
        HEAD + '[[rating]]\nkind = "collective"\nlevel = "HTTNV"',
        "rating 1",
        "is not rated by duk_2016; there are: member, organisation.",
    ),
    (
        "a level of no scale",
        HEAD + '[[rating]]\nkind = "member"\nlevel = "TSVM"',
        "rating 1",
        "level has to be one of",
    ),
    (
        "nothing expected",
        HEAD + '[[rating]]\nkind = "member"\n',
        "rating 1",
        "does not say what it has to come to",
    ),
    (
        "left out what was not given",
        HEAD + '[[rating]]\nkind = "member"\nlevel = "HTNV"\nwithout = ["today"]',
        "rating 1",
        "“today” is not given",
    ),
    (
        "a list refused by nobody there is",
        HEAD + '[[list]]\nrefused_by = ["duk.quota"]',
        "list 1",
        "has no rule “duk.quota”",
    ),
    (
        "a due date of no rule",
        HEAD + '[[due]]\nyear = 2016\nexpect = { "duk.x" = 2017-01-01 }',
        "due 1",
        "no rule “duk.x”",
    ),
    (
        "a due date that is no day",
        HEAD + '[[due]]\nyear = 2016\nexpect = { "duk.deadline_report" = "mai" }',
        "due 1",
        "last has to be a day",
    ),
    ("an unknown step", STEP + "preparee = {}", "step 1", "no step “preparee”. Is “prepare” meant?"),
    ("two steps in one", STEP + "prepare = {}\nrate_self = {}", "step 1", "a step does one thing"),
    ("a step that does nothing", HEAD + STORY + '[[story.step]]\nby = "secretary"', "step 1", "does nothing"),
    (
        "an unknown field",
        STEP + 'prepare = { review = "Hoa", day = 2016-12-20 }',
        "prepare",
        "prepare has no field “day”.",
    ),
    (
        "a field left out",
        STEP + 'rate_self = { review = "Hoa" }',
        "rate_self",
        "“level” of rate_self is missing.",
    ),
    (
        "a day that is none",
        STEP + 'prepare = { review = "Hoa", on = "20/13/2016" }',
        "prepare",
        "on has to be a day",
    ),
    (
        "a review of nobody",
        STEP + 'prepare = { review = "Lan" }',
        "prepare",
        "not clear whose review “Lan” is",
    ),
    ("a body that may be two", STEP + 'prepare = { review = "CB01" }', "prepare", "“collective CB01” or"),
    (
        "an unknown role",
        STEP + 'by = "boss"\nprepare = { review = "Hoa" }',
        "prepare",
        "by = “boss” cannot be read",
    ),
    (
        "a moment that is none",
        HEAD + STORY + '[[story.step]]\nat = "soon"\nprepare = { review = "Hoa" }',
        "prepare",
        "at = soon is no moment",
    ),
    (
        "a story told backwards",
        STEP + 'prepare = { review = "Hoa" }\n[[story.step]]\nat = 2016-12-19\n',
        "step 2",
        "told forwards",
    ),
    (
        "refused by no rule",
        STEP + 'expect = { refused = ["duk.x"] }\nprepare = { review = "Hoa" }',
        "expect",
        "has no rule “duk.x”",
    ),
    (
        "refused in no known way",
        STEP + 'expect = { refused = "Wrong" }\nprepare = { review = "Hoa" }',
        "expect",
        "refused has to be one of",
    ),
    ("a check of nothing", STEP + 'check = { stage = "open" }', "check 1", "a check is about one thing"),
    (
        "a stage nobody knows",
        STEP + 'check = { review = "Hoa", stage = "done" }',
        "check 1",
        "stage has to be one of",
    ),
    (
        "a finding of no rule",
        STEP + 'check = { review = "Hoa", findings = { "duk.x" = "holds" } }',
        "check 1",
        "no rule “duk.x”",
    ),
    (
        "an unknown fact in a step",
        STEP + 'record_facts = { review = "Hoa", facts = { "task.completio" = "good" } }',
        "record_facts",
        "Is “task.completion” meant?",
    ),
    (
        "a name that means itself",
        HEAD + STORY + 'names = { a = "a" }\n[[story.step]]\nat = 2016-12-20\nprepare = { review = "a" }',
        "prepare",
        "not clear whose review “a” is",
    ),
    ("a check that is no table", STEP + "check = 5", "step 1", "check has to be a table"),
    (
        "a stream of no kind",
        STEP + 'check = { stream = "plans/x" }',
        "check 1",
        "has to begin with one of: review, ",
    ),
    (
        "a verdict nobody gives",
        STEP + 'check = { review = "Hoa", findings = { "duk.vote_good" = "yes" } }',
        "check 1",
        "duk.vote_good has to be one of",
    ),
    (
        "a setting nobody wrote",
        HEAD
        + '[[story]]\nsetting = "x"\nyear = 2016\norganisation = "A"\norganisations = ["A, dang_bo_co_so"]',
        "story 1",
        "setting has to be one of",
    ),
    (
        "a body of no kind",
        HEAD + STORY.replace("dang_bo_co_so", "dang_bo"),
        "story 1",
        "“dang_bo” is not understood",
    ),
    (
        "a person nowhere",
        HEAD + STORY.replace("0102, CB01", "0102, CB09"),
        "story 1",
        "“CB09” is not understood",
    ),
    (
        "a story of no organisation",
        HEAD + STORY.replace('organisation = "DB01"', 'organisation = "X"'),
        "story 1",
        "“X” is not among organisations",
    ),
]


def of(text: str, folder: Path) -> Read:
    path = folder / "cases.toml"
    path.write_text(text, "utf-8")
    return read(path, SHELF, "cases.toml")


@pytest.mark.parametrize(
    ("text", "place", "said"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_what_a_file_cannot_mean_is_said_with_its_place(
    tmp_path: Path, text: str, place: str, said: str
) -> None:
    problems = of(text, tmp_path).problems
    found = [problem.sentence("en") for problem in problems]
    assert any(said in sentence and place in sentence for sentence in found), found
    assert all(sentence.startswith("cases.toml") for sentence in found)
    for problem in problems:
        assert problem.sentence("vi") != problem.sentence("en")


def test_everything_wrong_is_said_at_once_and_the_rest_can_be_run(tmp_path: Path) -> None:
    text = HEAD + '["duk.vote_good"]\nholds = [{ "x" = 1 }, { "y" = 2 }]\n' + STORY
    found = of(text, tmp_path)
    assert len(found.problems) == 2
    assert [story.name for story in found.stories] == ["S"]


def test_a_place_has_the_line_of_its_table(tmp_path: Path) -> None:
    text = HEAD + STORY + "\n[[story.step]]\nat = 2016-12-20\n\n[[story.step]]\n[story.step.prepare]\nx = 1\n"
    (problem, *_) = of(text, tmp_path).problems
    assert problem.place.line == text[: text.index("[story.step.prepare]")].count("\n")
    assert "step 2, prepare" in problem.place.name
