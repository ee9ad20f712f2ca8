"""Every regime's season is lived to its end, holds when verified, and meets the refusals that are its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from typer.testing import CliRunner

from api.actors import HEADER
from api.app import create_app
from api.cli import app
from api.demo.living import all_lived, live, live_all, shown_at
from api.demo.people import set_passwords
from api.demo.regimes import CURRENT, Regime
from api.demo.season import Silent
from api.demo.written import written_season
from api.settings import Settings
from handlers.covered import uncovered
from handlers.rebuild import disagreements
from handlers.replay import replay
from handlers.tables import CAMPAIGNS, REVIEWS
from states import review as life
from tests.api.browsing import forms_of
from workflow.database import Database
from workflow.rules.rule import Both
from workflow.verify import verify_log

TYPICAL = {
    Regime.DUK_2016: {
        "duk.notice_to_participants",
        "duk.collective_first_in_cell",
        "duk.deputy_chairs_for_head",
        "duk.top_neighbours",
        "duk.quota_share",
        "duk.consultation_closed",
    },
    Regime.TKV_2018: {
        "tkv.notice_individual",
        "tkv.deputy_chairs_for_head",
        "tkv.ballot_secret",
        "tkv.excellent_core_grades",
        "tkv.published_after_decision",
    },
    Regime.BG_2019: {
        "bg.base_standing_committee_proposes",
        "bg.shortcomings_attributed",
        "bg.consultation_held",
        "bg.consultation_closed",
        "bg.decision_vote",
    },
    Regime.CDTKV_2020: {
        "cdtkv.collective_first",
        "cdtkv.office_decided_by_chairman",
        "cdtkv.gap_needs_reasons",
        "cdtkv.branch_waits_for_unions",
        "cdtkv.chairman_above_union",
    },
    Regime.STC_2024: {
        "stc.old_unit_comments",
        "stc.quota_small_cell",
        "stc.committee_under_good_organisation",
        "stc.head_under_good_committee",
    },
    Regime.QD366_2025: {
        "vdct.points_common_1",
        "qd366.notice_collective",
        "vdct.secret",
        "qd366.collective_first",
        "qd366.quota",
    },
}
"""What a committee under each regime runs into in its season."""

UNTOLD = {life.OPEN, life.PREPARED, life.DRAFT_SENT, life.VOTED, life.SUBMITTED, life.APPRAISED}
"""Where nothing may be left standing at the end of a season."""

ENGLISH_ONLY = re.compile(r"kỳ kiểm điểm|chi bộ họp|bị từ chối|Nhật ký", re.IGNORECASE)


class Heard(Silent):
    """Remembers every sentence, in both languages."""

    def __init__(self) -> None:
        self.sentences: list[Both] = []

    def chapter(self, vi: str, en: str) -> None:
        """Keep a heading."""
        self.sentences.append(Both(vi, en))

    def say(self, vi: str, en: str) -> None:
        """Keep a sentence."""
        self.sentences.append(Both(vi, en))

    def refused(self, asked: Both, says: Both) -> None:
        """Keep what was asked and what was answered."""
        self.sentences += [asked, says]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The database a demo to click through begins with."""
    url = f"sqlite:///{(tmp_path_factory.mktemp('demo') / 'demo.db').as_posix()}"
    assert live_all(url, Silent(), lambda done, of: None) == shown_at()
    database = Database(url)
    yield database
    database.close()


@pytest.mark.parametrize("regime", Regime)
def test_a_season_is_lived_to_its_end_and_verifies(regime: Regime, tmp_path: Path) -> None:
    heard = Heard()
    lived = live(f"sqlite:///{tmp_path.as_posix()}/season.db", regime, heard)
    refused = {rule for rules in lived.refused for rule in rules}
    assert refused >= TYPICAL[regime]
    assert heard.sentences
    for sentence in heard.sentences:
        assert sentence.vi and sentence.en and sentence.vi != sentence.en, sentence
    with lived.service.database.read() as connection:
        assert not [*verify_log(connection), *disagreements(connection), *uncovered(connection)]
        history = replay(connection, lived.replayed)
        left = connection.execute(
            select(REVIEWS.c.review, REVIEWS.c.stage).where(REVIEWS.c.stage.in_(UNTOLD))
        ).all()
        stage = connection.execute(select(CAMPAIGNS.c.stage)).scalar_one()
    lived.service.close()
    assert history.review.decided_level
    assert not history.differs
    assert not left
    assert stage == "closed"


@pytest.mark.parametrize("regime", [one for one in Regime if one is not Regime.DUK_2016])
def test_what_is_refused_in_a_written_season_says_what_was_asked(regime: Regime) -> None:
    season = written_season(regime)
    for step, told in zip(season.story.steps, season.told, strict=True):
        refusing = not step.expect.accepted or step.expect.rows is not None
        assert (told.asks is not None) is refusing, step.place


def test_the_demo_to_click_through_has_six_campaigns_and_stands_in_the_current_one(shown: Database) -> None:
    with shown.read() as connection:
        assert all_lived(connection) is True
        found = connection.execute(select(CAMPAIGNS.c.campaign, CAMPAIGNS.c.stage)).all()
        assert not [*verify_log(connection), *disagreements(connection)]
        open_now = set(
            connection.execute(select(REVIEWS.c.stage).where(REVIEWS.c.campaign == "2026")).scalars()
        )
    stages = {row.campaign: row.stage for row in found}
    assert stages.pop("2026") == "open"
    assert stages == dict.fromkeys(("2016", "2018", "2019", "2020", "2024"), "closed")
    assert open_now >= {life.PREPARED, life.APPRAISED}, "there is something to do"


def test_whoever_looks_finds_the_current_campaign_first_and_its_people_to_act_as(shown: Database) -> None:
    settings = Settings(development=True, clock_starts_at=shown_at())
    html = {"accept": "text/html"}
    url = shown.engine.url.render_as_string(hide_password=False)
    with TestClient(create_app(url, settings), headers=html) as client:
        nobody = client.get("/")
        officer = client.get("/campaigns", headers={HEADER: "officer@DBMT:can-bo"}).text
    acting = re.findall(r'<option value="secretary@(\w+):', nobody.text)
    assert nobody.status_code == 401
    assert set(acting) == {"DBMT", "MTKT", "MTVP", "MTXC"}
    assert set(re.findall(r'href="/c/(\d{4})"', officer)) == {"2026"}


def test_everybody_of_the_demo_signs_in_with_the_password_printed(shown: Database) -> None:
    """Nobody is signed in before; a new start draws new passwords and ends the sessions there were."""
    old = set_passwords(shown, shown_at())
    settings = Settings(demo=True, clock_starts_at=shown_at(), allowed_hosts=("testserver",))
    url = shown.engine.url.render_as_string(hide_password=False)
    with TestClient(create_app(url, settings), headers={"accept": "text/html"}) as client:
        assert client.get("/c/2026").url.path == "/sign-in"
        for one, before in zip(set_passwords(shown, shown_at()), old, strict=True):
            assert one.password != before.password
            form = {"csrf": forms_of(client.get("/sign-in").text)[0].value("csrf"), "login": one.login}
            assert client.post("/sign-in", data=form | {"password": before.password}).status_code == 422
            page = client.post("/sign-in?next=/capacity", data=form | {"password": one.password})
            assert page.url.path == "/capacity"
            assert "Đang dùng" in page.text, "everybody of the demo holds a capacity"
            client.cookies.clear()


def test_a_demo_broken_off_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path.as_posix()}/demo.db"
    database = Database(url)
    database.migrate()
    with database.read() as connection:
        assert all_lived(connection) is None, "nothing there yet"
    live(url, Regime.STC_2024, Silent()).service.close()
    with database.read() as connection:
        assert all_lived(connection) is False
    database.close()


def test_the_current_season_is_shown_in_the_middle() -> None:
    steps = [step.at for step in written_season(CURRENT).story.steps if step.at is not None]
    assert min(steps) < shown_at() < max(steps)


@pytest.mark.parametrize(
    ("regime", "clause"),
    [("stc_2024", "(STC-2024, ¶8; reading C-47)"), ("cdtkv_2020", "(CDTKV-2020, III.2; reading C-54)")],
)
def test_a_season_is_told_in_english(regime: str, clause: str, tmp_path: Path) -> None:
    """One with organisations and ballots, and one of a union, which has neither."""
    kept = f"sqlite:///{tmp_path.as_posix()}/kept.db"
    told = CliRunner().invoke(
        app, ["demo", "--regime", regime, "--language", "en", "--keep", kept], env={"COLUMNS": "200"}
    )
    assert told.exit_code == 0, told.output
    assert "The log is whole." in told.output
    assert clause in told.output
    assert not ENGLISH_ONLY.search(told.output)
