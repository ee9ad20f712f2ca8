"""`kiemdiem grant`: given at set-up, proposed by one and confirmed by another, ended, listed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.town import Town
from workflow.database import Database


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A file with the roster of the town and no campaign, as the command line is given it."""
    address = f"sqlite:///{tmp_path / 'town.db'}"
    database = Database(address)
    database.migrate()
    Town.on(database).enter_roster()
    database.close()
    return address


def ran(url: str, *words: str, code: int = 0) -> Any:
    result = CliRunner().invoke(app, ["grant", *words, "--database", url, "--json"])
    assert result.exit_code == code, (result.output, result.stderr)
    return json.loads(result.stdout) if code == 0 else result.stderr


def test_two_people_give_a_role_and_one_ends_it(url: str) -> None:
    name = ran(url, "propose", "0107", "inspection", "DB01", "--document", "QĐ 12", "--actor", "BTC-01")[
        "grant"
    ]
    alone = ran(url, "confirm", name, "--actor", "BTC-01", code=1)
    assert "người khác" in alone or "another person" in alone
    ran(url, "confirm", name, "--actor", "BTC-02")
    ran(url, "end", name, "--reason", "chuyển công tác", "--actor", "BTC-01")
    (row,) = ran(url, "list", "--person", "0107")["grants"]
    assert (row["stage"], row["proposed_by"], row["settled_by"]) == ("ended", "BTC-01", "BTC-02")


def test_a_role_is_given_at_set_up_for_some_days(url: str) -> None:
    ran(
        url, "give", "kiem-tra", "auditor", "DB01", "--document", "QĐ 3", "--from", "01/12/2026",
        "--until", "31/12/2099",
    )  # fmt: skip
    (row,) = ran(url, "list", "--body", "DB01")["grants"]
    assert (row["person"], row["from_day"], row["until_day"]) == ("kiem-tra", "2026-12-01", "2099-12-31")


def test_a_proposal_is_withdrawn_and_an_unknown_one_is_named(url: str) -> None:
    name = ran(url, "propose", "0107", "auditor", "DB01", "--document", "QĐ 12")["grant"]
    ran(url, "withdraw", name, "--reason", "ghi nhầm")
    assert "G-9" in ran(url, "confirm", "G-9", code=1)


def test_the_list_is_told_in_words(url: str) -> None:
    ran(url, "give", "0107", "inspection", "DB01", "--document", "QĐ 3")
    told = CliRunner(env={"COLUMNS": "220"}).invoke(app, ["grant", "list", "--database", url])
    assert "ủy ban kiểm tra" in told.output
    assert "đã giao" in told.output
