"""A regime that leaves values open waits for a local layer; under a layer that sets them a campaign opens."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handlers.gather import FactsFromTables
from handlers.opening import open_campaign, read_campaign
from handlers.registry import react
from tests.builders import BASE, BLOC, OFFICER
from tests.town import Town
from tests.workflow.rules.shelf import layer
from workflow.commands.asking import Request
from workflow.commands.campaign import PlanCampaign
from workflow.database import Database
from workflow.engine import Engine
from workflow.errors import LayerNeeded
from workflow.rules.books import Books

YEAR_2026 = date(2026, 11, 2)
OWN = """
[[set]]
rule = "qd366.notice_collective"
parameter = "working_days_min"
value = 7
cite = "Thông báo 3-TB/ĐU (ví dụ)"
"""


def plan(rulebook: str) -> PlanCampaign:
    return PlanCampaign(
        campaign="2026",
        year=2026,
        rulebook=rulebook,
        organisation=BASE,
        superior=BLOC,
        roster_day=YEAR_2026,
    )


def test_the_bare_regime_is_refused_with_what_a_layer_has_to_set(database: Database) -> None:
    town = Town.on(database)
    town.enter_roster()
    town.now.put(YEAR_2026)
    refusal = town.refused(LayerNeeded, plan("qd366_2025"), OFFICER)
    assert [one.id for one in refusal.unset] == [
        "qd366.open_decider_individual",
        "qd366.open_ballot_individual",
        "qd366.open_levels_organisation",
        "qd366.open_quota_base",
        "qd366.open_quota_rounding",
        "qd366.open_quota_groups",
    ]
    assert "theo “Quy định 366-QĐ/TW" in refusal.vi, "by its name, not by an id"
    assert "1) Nơi quyết định mức xếp loại của đảng viên; 2) " in refusal.vi
    assert "6) The groups of similar position" in refusal.en


def test_under_the_example_layer_a_campaign_opens(database: Database) -> None:
    town = Town.on(database)
    town.enter_roster()
    town.now.put(YEAR_2026)
    town.do(plan("vi_du_dang_uy_cong_ty"), OFFICER)
    opened = open_campaign(town.engine, OFFICER, "2026")
    assert opened.stage == "open"


def test_a_layer_of_ones_own_is_planned_from_its_folder(database: Database, tmp_path: Path) -> None:
    layer(tmp_path, "to_may", "vi_du_dang_uy_cong_ty", OWN)
    assert "to_may" in Books(tmp_path).names()
    book = Books(tmp_path).load("to_may")
    assert book.layers == ("vi_du_dang_uy_cong_ty", "to_may")
    assert book.rule("qd366.notice_collective").parameters["working_days_min"] == 7
    town = Town.on(database)
    town.enter_roster()
    town.now.put(YEAR_2026)
    engine = Engine(
        database,
        gather=FactsFromTables(),
        react=react,
        now=town.now,
        load_rulebook=Books(tmp_path).load,
    )
    engine.handle(Request(command=plan("to_may"), actor=OFFICER))
    assert read_campaign(engine, "2026").rulebook == "to_may"
