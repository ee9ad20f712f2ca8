"""Rows that the machine itself carries out: what the loader takes, refuses and keeps."""

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import states
from states.table import Table
from tests.workflow.rules.shelf import NOTICE, put
from workflow.rules.carried import TABLES
from workflow.rules.loading import load_rulebook
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook

CARRIED = """
[[carried]]
rows = ["TEST.3", "TEST.4"]
by = "move"
name = "send_draft"
says.vi = "Gửi dự thảo ở trang kiểm điểm."
says.en = "The draft is sent on the review's page."
"""


def test_an_entry_comes_back_from_the_bytes(tmp_path: Path) -> None:
    put(tmp_path, "test", NOTICE + CARRIED)
    book = load_rulebook("test", shelf=tmp_path)
    assert [(entry.rows, entry.by, entry.name) for entry in book.carried] == [
        (("TEST.3", "TEST.4"), "move", "send_draft")
    ]
    again = Rulebook.from_bytes(book.canonical_bytes())
    assert again == book
    assert again.hash == book.hash


def test_a_rulebook_without_entries_keeps_the_bytes_it_had(tmp_path: Path) -> None:
    """A campaign pinned before these entries existed is found by its hash."""
    put(tmp_path, "test", NOTICE)
    assert b'"carried"' not in load_rulebook("test", shelf=tmp_path).canonical_bytes()


@pytest.mark.parametrize(
    ("was", "becomes", "key", "says"),
    [
        ('rows = ["TEST.3", "TEST.4"]', "rows = []", "rows", "which rows of the register"),
        ('rows = ["TEST.3", "TEST.4"]', 'rows = "TEST.3"', "rows", "must be a list"),
        ('by = "move"', 'by = "magic"', "by", "is none of move, command"),
        ('name = "send_draft"', 'name = "send_letter"', "name", "'send_letter' is no move"),
        ('name = "send_draft"', "", "name", "which move carries the rows"),
        ('name = "send_draft"', "name = 3", "name", "is missing"),
        ('by = "move"', 'by = "report"', "name", "'send_draft' is no report; there are "),
        ('by = "move"', 'by = "scale"', "name", "'send_draft' is no scale; there are collective"),
        ('says.en = "The draft is sent on the review\'s page."', "", "says", "in vi and in en"),
        ('by = "move"', 'by = "move"\nwhere = "there"', "where", "is none of by, name"),
    ],
)
def test_an_entry_that_is_not_whole_is_refused(
    tmp_path: Path, was: str, becomes: str, key: str, says: str
) -> None:
    assert was in CARRIED
    put(tmp_path, "test", NOTICE + CARRIED.replace(was, becomes))
    with pytest.raises(RulebookRefused) as refusal:
        load_rulebook("test", shelf=tmp_path)
    line = next(line for line in str(refusal.value).splitlines() if f", {key}: " in line)
    assert line.startswith("test/rules.toml, carried ")
    assert says in line


def test_every_table_of_moves_may_be_named() -> None:
    modules = [import_module(f"states.{found.name}") for found in pkgutil.iter_modules(states.__path__)]
    tables = {module.TABLE.name for module in modules if isinstance(getattr(module, "TABLE", None), Table)}
    assert {table.name for table in TABLES} == tables
