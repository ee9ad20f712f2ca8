"""The pages we write keep their form, their words and their links; the lines in the README run."""

import doctest
import re
from pathlib import Path

import pytest

from tests.house import tree

DECISIONS = sorted((tree.ROOT / "docs" / "decisions").glob("*.md"))
PARTS = ["Context", "Decision", "Consequences", "What else we looked at"]
TERM = re.compile(r"^\| (?P<vietnamese>[^|]+) \| (?P<english>[^|]+) \|", re.MULTILINE)
LINK = re.compile(r"\]\((?!\w+:|#)(?P<target>[^)#]+)")


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_why_what_and_what_else(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [page.name[:4] for page in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]


def test_a_word_of_the_glossary_means_one_thing() -> None:
    """Each Vietnamese term has one English word, and each English word one Vietnamese term."""
    rows = TERM.findall((tree.ROOT / "docs" / "glossary.md").read_text("utf-8"))
    words = [row for row in rows if row[0] not in {"Vietnamese", "---"}]
    assert words
    for column in (0, 1):
        seen = [row[column].strip() for row in words]
        assert sorted({word for word in seen if seen.count(word) > 1}) == []


def test_every_link_between_our_pages_leads_somewhere() -> None:
    broken = [
        f"{tree.name_of(page)}: {target}"
        for page in tree.files()
        if page.suffix == ".md"
        for target in LINK.findall(page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_lines_in_the_readme_run() -> None:
    failed, tried = doctest.testfile(
        str(tree.ROOT / "README.md"), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert tried > 0
    assert failed == 0
