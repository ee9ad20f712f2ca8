"""The pages printed from the code are on disk as the code is now, and leave nothing out."""

from pathlib import Path

import pytest

from api.printed.lifecycle import LIVES
from api.printed.pages import PAGES, out_of_date, write
from api.printed.rules import books
from tests.house import tree
from workflow.event import EVENTS
from workflow.naming import TRIGGER_NAMES
from workflow.rules.register import questions
from workflow.rules.rulebook import Rulebook

DOCS = tree.ROOT / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_a_printed_page_is_as_the_code_is_now(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == PAGES[name](), "run: make docs"


def test_the_lifecycle_names_every_stage_and_every_move() -> None:
    page = PAGES["lifecycle.md"]()
    for _, _, table, _ in LIVES:
        assert [name for name in (*table.states, *table.triggers) if f"`{name}`" not in page] == []


def test_every_move_has_its_vietnamese_words() -> None:
    triggers = {trigger for _, _, table, _ in LIVES for trigger in table.triggers}
    named_elsewhere = {"open_review", "exempt", "conclude_review"}  # nobody asks for these by name
    assert sorted(triggers - set(TRIGGER_NAMES) - named_elsewhere) == []


def test_the_events_page_has_every_event_and_the_rules_page_every_rule() -> None:
    events = PAGES["events.md"]()
    assert [name for name in EVENTS if f"### `{name}`" not in events] == []
    for name in books():
        page = PAGES[f"rules/{name}.md"]()
        assert [rule.id for rule in Rulebook.load(name).rules if f"### {rule.id}\n" not in page] == []
        assert f"rules/{name}.md" in PAGES["rules.md"]()


def test_the_readings_page_has_every_question_and_the_pages_of_rules_lead_there() -> None:
    page = PAGES["rules/readings.md"]()
    assert [key for key in questions() if f"## {key}\n" not in page] == []
    for name in books():
        taken = Rulebook.load(name).settings
        assert [
            key for key in taken if f"(readings.md#{key.lower()})" not in PAGES[f"rules/{name}.md"]()
        ] == []


def test_an_old_page_and_a_missing_page_are_named_and_written(tmp_path: Path) -> None:
    write(tmp_path)
    assert out_of_date(tmp_path) == []
    (tmp_path / "events.md").write_text("old", "utf-8")
    (tmp_path / "rules" / "readings.md").unlink()
    assert [path.name for path in out_of_date(tmp_path)] == ["events.md", "readings.md"]
    assert [path.name for path in write(tmp_path)] == ["events.md", "readings.md"]
    assert out_of_date(tmp_path) == []
