"""What the guide to layers shows and says is so: its example runs, its keys and messages exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.house import tree
from workflow.rules.flow import CHOICES
from workflow.rules.loading import TABLES
from workflow.rules.rule import GATES, KINDS, Role, Rule

GUIDES = [tree.ROOT / "docs" / "guides" / f"layers.{language}.md" for language in ("vi", "en")]
SOURCES = "\n".join(path.read_text("utf-8") for path in (tree.ROOT / "workflow" / "rules").glob("*.py"))
WRITTEN_BY_THE_LOADER = {"parameters", "layer", "by_reading"}
OF_A_REGIME = {"reading", "carried", "flow", "scope", "rule"}


def ran(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_example_of_the_guide_is_right(guide: Path, tmp_path: Path) -> None:
    found = re.search(r"```toml\n(.+?)```", guide.read_text("utf-8"), re.DOTALL)
    assert found
    (tmp_path / "to_may").mkdir()
    (tmp_path / "to_may" / "rulebook.toml").write_text(found[1], "utf-8")
    assert ran("rulebook", "check", str(tmp_path / "to_may"))[0] == 0
    code, output = ran("rulebook", "show", "to_may", "--composed", "--rulebook-folder", str(tmp_path))
    assert code == 0
    assert "qd366.notice_collective, working_days_min: 3 → 7 (to_may; Hướng dẫn 02-HD/ĐU, mục 2)" in output


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_key_is_told(guide: Path) -> None:
    text = guide.read_text("utf-8")
    keys = set(Rule.__dataclass_fields__) - WRITTEN_BY_THE_LOADER
    told = set(re.findall(r"[a-z_]+", text))
    assert sorted((keys | set(CHOICES) | set(GATES) | set(KINDS) | set(Role)) - told) == []
    assert sorted(table for table in TABLES - OF_A_REGIME if f"[{table}]" not in text) == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_message_of_the_guide_is_one_the_loader_writes(guide: Path) -> None:
    """Each piece between dots stands in the code that writes it."""
    table = guide.read_text("utf-8").split("|---|---|")[-1]
    messages = [line.split("|")[1].strip() for line in table.strip().splitlines() if line.startswith("|")]
    pieces = [piece.strip(" ,") for row in messages for piece in re.split(r"…|; ", row)]
    assert [piece for piece in pieces if piece and piece not in SOURCES] == []


def test_what_a_rule_may_name_is_listed() -> None:
    code, output = ran("rulebook", "conditions", "points_at_least")
    assert code == 0
    assert "least*: int, chặt hơn: higher" in output
    code, output = ran("rulebook", "facts", "points.common", "--json")
    assert '"by_hand": true' in output
