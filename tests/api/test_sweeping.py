"""`kiemdiem sweep`, and the service that sweeps by itself: what they say, and what they find."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.actors import HEADER, actor_text
from api.app import create_app
from api.cli import app
from api.settings import Settings
from api.ticking import sweep_job
from api.wiring import Service
from deadlines.timer import Timer
from tests.builders import OFFICER
from tests.swept import at, letters, reached, reminders, told
from tests.town import Town
from workflow.database import Database

TEN = date(2017, 1, 11)


@pytest.fixture
def town(database: Database) -> Town:
    """The town with its campaign open."""
    return Town.on(database).open()


def run(town: Town, *arguments: str, language: str = "vi") -> Any:
    url = town.database.engine.url.render_as_string(hide_password=False)
    environment = {"KIEMDIEM_DATABASE": url, "COLUMNS": "200", "KIEMDIEM_LANGUAGE": language}
    return CliRunner().invoke(app, ("sweep", *arguments), env=environment)


def test_a_day_alone_means_its_last_minute_and_a_second_sweep_finds_nothing(town: Town) -> None:
    first = json.loads(run(town, "--as-of", "11/01/2017", "--json").stdout)
    again = json.loads(run(town, "--as-of", "2017-01-11", "--json").stdout)
    assert first["at"] == "2017-01-11 23:59:00+07:00"
    assert (first["reminders"], again["reminders"]) == (len(reminders(town.database)), 0)
    assert first["notices"] == len(told(town.database)) > 0


def test_an_hour_is_one_in_viet_nam(town: Town) -> None:
    reached(town, "0101")
    assert json.loads(run(town, "--as-of", "11/01/2017 07:29", "--json").stdout)["letters"] == 0
    assert json.loads(run(town, "--as-of", "2017-01-11T07:30", "--json").stdout)["letters"] == 1
    assert letters(town.database)[0].created_at == at(TEN, 7, 30)


@pytest.mark.parametrize(("language", "said"), [("vi", "lần nhắc mới"), ("en", "new reminders")])
def test_it_says_in_a_sentence_what_it_found_and_what_reaches_nobody(
    town: Town, language: str, said: str
) -> None:
    """Nobody leads the base: what it owes itself reaches nobody."""
    found = run(town, "--as-of", "11/01/2017", language=language)
    assert found.exit_code == 0 and said in found.stdout
    nobody = {"vi": "không có ai phụ trách", "en": "nobody in charge"}[language]
    assert (nobody in found.stdout) == bool(told(town.database, recipient=""))
    assert told(town.database, recipient="")


def test_what_is_no_moment_is_refused_with_an_example(town: Town) -> None:
    refused = run(town, "--as-of", "31/02/2017")
    assert refused.exit_code == 2 and "2017-01-31 15:00" in refused.output
    assert reminders(town.database) == []


def test_a_serving_process_sweeps_as_of_its_own_clock_in_the_timers_thread(town: Town) -> None:
    town.now.put(TEN)
    swept = Event()
    job = sweep_job(Service(town.database, town.engine), Settings())
    timer = Timer((job, swept.set), every=timedelta(days=1))
    timer.start()
    assert swept.wait(60)
    timer.stop()
    assert {found for _, _, _, found in reminders(town.database)} == {TEN}
    assert timer.last_ended is not None and timer.last_failed is None


def test_a_service_that_was_handed_in_is_swept_by_its_giver(town: Town) -> None:
    town.now.put(TEN)
    with TestClient(create_app(Service(town.database, town.engine), Settings(development=True))) as client:
        health = client.get("/health", headers={HEADER: actor_text(OFFICER)}).json()
    assert health["status"] == "ok"
    assert not {"last_sweep", "last_failure"} & health.keys()
    assert reminders(town.database) == []


def test_the_hour_of_digests_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIEMDIEM_DIGEST_AT", "06:45")
    assert Settings().digest_at == time(6, 45)
