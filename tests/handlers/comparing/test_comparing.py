"""What if another rulebook ruled: what differs is named by its rule, nothing guessed, nothing written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, select

from api.demo.living import live
from api.demo.regimes import Regime
from api.demo.season import Silent
from api.wiring import Service
from handlers.comparing.results import What
from handlers.comparing.run import Comparison, compare_rulebooks
from tests.builders import CAMPAIGN, member
from tests.town import Town
from tests.workflow.rules.shelf import layer
from workflow.database import Database
from workflow.rules.books import Books
from workflow.rules.rulebook import Rulebook

FOUR_FIFTHS = """
[[set]]
rule = "duk.vote_good"
parameter = "numerator"
value = 4
cite = "Nghị quyết 5-NQ/ĐU (ví dụ)"
permission = "Công văn 8-CV/ĐUK (ví dụ)"

[[set]]
rule = "duk.vote_good"
parameter = "denominator"
value = 5
cite = "Nghị quyết 5-NQ/ĐU (ví dụ)"
permission = "Công văn 8-CV/ĐUK (ví dụ)"
"""
NO_QUOTA = """
[[set]]
rule = "duk.quota_share"
parameter = "percent_max"
value = 0
cite = "Nghị quyết 6-NQ/ĐU (ví dụ)"

[[set]]
rule = "duk.quota_small_cell"
parameter = "most"
value = 0
cite = "Nghị quyết 6-NQ/ĐU (ví dụ)"
"""


def decided(database: Database, **votes: int) -> Town:
    """A town whose first cell was decided; `votes` in favour by person, all others unanimous."""
    town = Town.on(database, first=10).open()
    town.make_ready()
    town.meet(votes={person.removeprefix("p"): count for person, count in votes.items()})
    town.submit()
    town.appraise()
    town.decide()
    return town


def under(town: Town, tmp_path: Path, rules: str) -> Comparison:
    """The town's campaign under a layer with these rules."""
    layer(tmp_path, "thu", "duk_2016", rules)
    return compare_rulebooks(town.engine, CAMPAIGN, Books(tmp_path).load("thu"))


def told(found: Comparison) -> dict[str, set[tuple[What, tuple[str, ...]]]]:
    """By review, what differs and by which rules."""
    return {row.review: {(one.what, one.rules) for one in row.differences} for row in found.rows}


def everything(database: Database) -> dict[str, list[Any]]:
    """Every row of every table."""
    with database.read() as connection:
        tables = MetaData()
        tables.reflect(connection)
        return {
            name: sorted(map(repr, connection.execute(select(table))))
            for name, table in tables.tables.items()
        }


def test_a_higher_share_of_votes_refuses_the_level_of_whom_it_leaves_short(
    database: Database, tmp_path: Path
) -> None:
    """Eight of ten are exactly four fifths, which “more than” does not reach; nine are more."""
    town = decided(database, p0104=8, p0105=9)
    found = under(town, tmp_path, FOUR_FIFTHS)
    assert told(found) == {member("0104"): {(What.REFUSED, ("duk.vote_good",))}}
    difference = found.rows[0].differences[0]
    assert (difference.gate, difference.of_own) == ("count_ballot", False)
    assert found.summary.by_rule == {(What.REFUSED, "duk.vote_good", False): 1}


def test_nothing_is_written(database: Database, tmp_path: Path) -> None:
    town = decided(database)
    before = everything(database)
    under(town, tmp_path, FOUR_FIFTHS)
    compare_rulebooks(town.engine, CAMPAIGN, Rulebook.load("tkv_2018"))
    assert everything(database) == before


def test_the_same_rulebook_gives_no_difference(database: Database) -> None:
    town = decided(database, p0104=8)
    with database.read() as connection:
        own = town.engine.rulebook(connection, read_hash(town))
    found = compare_rulebooks(town.engine, CAMPAIGN, own)
    assert (found.rows, found.summary.different) == ((), 0)
    assert found.summary.reviews > 0


def test_facts_nobody_recorded_are_listed_and_give_no_level(database: Database) -> None:
    town = decided(database)
    found = compare_rulebooks(town.engine, CAMPAIGN, Rulebook.load("tkv_2018"))
    assert found.summary.missing["grade.ethics"] >= 10
    row = next(row for row in found.rows if row.review == member("0104"))
    assert What.RATED not in {one.what for one in row.differences}
    missing = next(one for one in row.differences if one.what is What.MISSING)
    assert "tkv.graded_member_ethics" in missing.rules
    assert all(found.other.rule(rule) for rule in missing.rules)


def test_levels_of_another_scale_are_not_translated(database: Database) -> None:
    """Organisations are rated TSVM and YK under the one, HTXSNV and KHTNV under the other."""
    town = decided(database)
    town.score_organisation()
    found = compare_rulebooks(town.engine, CAMPAIGN, Rulebook.load("tkv_2018"))
    of_cell = next(row for row in found.rows if row.kind == "organisation" and row.organisation == "CB01")
    assert What.RATED not in {one.what for one in of_cell.differences}


def test_only_so_many_rows_are_kept_and_all_are_counted(database: Database) -> None:
    town = decided(database)
    found = compare_rulebooks(town.engine, CAMPAIGN, Rulebook.load("tkv_2018"), limit=2)
    assert len(found.rows) == 2
    assert found.left_off == found.summary.different - 2


def read_hash(town: Town) -> str:
    """The hash of the rulebook the town's campaign is pinned to."""
    from handlers.opening import read_campaign

    return read_campaign(town.engine, CAMPAIGN).rulebook_hash


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The whole season of 2016 with its returns, stragglers, corrections and re-rating."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    service = live(f"sqlite:///{path.as_posix()}", Regime.DUK_2016, Silent()).service
    yield service
    service.close()


def test_a_whole_season_under_its_own_rulebook_has_no_difference(demo: Service) -> None:
    found = compare_rulebooks(demo.engine, "2016", demo.books.load("duk_2016"))
    assert found.summary.reviews > 200
    assert told(found) == {}


def test_a_quota_of_none_refuses_everybody_at_the_top(demo: Service, tmp_path: Path) -> None:
    layer(tmp_path, "thu", "duk_2016", NO_QUOTA)
    found = compare_rulebooks(demo.engine, "2016", Books(tmp_path).load("thu"))
    rules = {rule for row in found.rows for one in row.differences for rule in one.rules}
    assert rules <= {"duk.quota_share", "duk.quota_small_cell"}
    assert "duk.quota_share" in rules
    assert {one.what for row in found.rows for one in row.differences} == {What.REFUSED}


def test_a_whole_season_under_another_regime_names_the_rules(demo: Service) -> None:
    found = compare_rulebooks(demo.engine, "2016", demo.books.load("tkv_2018"))
    counted = found.summary.by_rule
    assert counted[What.REFUSED, "tkv.published_after_decision", False] > 100
    assert found.summary.by_what[What.SCOPE], "collectives are rated under TKV alone"
    assert found.summary.by_what[What.DUE], "the deadlines of DUK are not TKV's"
    assert found.summary.by_what[What.STEP], "members' reports go out ahead under TKV"
    assert found.summary.foreign["subordinates.levels"]
