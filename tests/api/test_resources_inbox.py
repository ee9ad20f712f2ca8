"""The inbox as JSON: one's own reminders, read and put aside."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from handlers.notice_tables import SNOOZES
from tests.api.browsing import Browser
from tests.api.notices import is_done, remind
from tests.builders import FIRST, PREPARED, SECOND
from tests.town import Town
from workflow.database import Database

INBOX = "/api/v1/inbox"


@pytest.fixture
def town(database: Database) -> Town:
    """The town with its campaign open."""
    town = Town.on(database).open()
    town.now.put(PREPARED)
    return town


@pytest.fixture
def client(town: Town) -> TestClient:
    """The secretary of the first cell."""
    return Browser(town, town.secretary(FIRST)).client


def test_the_newest_come_first_and_one_reads_on_from_the_last(town: Town, client: TestClient) -> None:
    numbers = [
        remind(town.database, "0101", noticed_on=PREPARED - timedelta(days=days)) for days in (3, 2, 1, 0)
    ]
    first = client.get(INBOX, params={"limit": 3}).json()
    assert [one["id"] for one in first["items"]] == numbers[:0:-1]
    assert (first["open"], first["next"]) == (4, numbers[1])
    rest = client.get(INBOX, params={"limit": 3, "before": first["next"]}).json()
    assert ([one["id"] for one in rest["items"]], rest["next"]) == ([numbers[0]], None)


def test_what_is_done_or_put_aside_can_be_left_out(town: Town, client: TestClient) -> None:
    remind(town.database, "0101", gate="submit")
    aside = remind(town.database, "0101")
    is_done(town.database, "submit")
    assert [one["is_owed"] for one in client.get(INBOX).json()["items"]] == [True, False]
    body = {"notice": aside, "until": "2016-12-22", "reason": "Chờ biên bản"}
    answer = client.post(f"{INBOX}/snoozes", json=body)
    assert (answer.status_code, answer.json()) == (201, {"notice": aside, "until": "2016-12-22"})
    assert client.get(INBOX).json()["items"][0]["snoozed_until"] == "2016-12-22"
    assert client.get(INBOX, params={"owed_only": True}).json()["items"] == []


def test_reading_twice_is_harmless_and_reads_nobody_elses(town: Town, client: TestClient) -> None:
    mine = remind(town.database, "0101")
    theirs = remind(town.database, "0201", organisation=SECOND)
    answers = [client.post(f"{INBOX}/reads", json={"notices": [mine, theirs]}).json() for _ in range(2)]
    assert answers == [{"read": 1}, {"read": 0}]
    assert client.get(INBOX).json()["open"] == 0
    other = Browser(town, town.secretary(SECOND)).client
    assert other.get(INBOX).json()["open"] == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("given", "status", "word"),
    [
        ({"notice": 999_999}, 404, "not-found"),
        ({"until": "2016-12-20"}, 422, "bad-input"),
        ({"until": "2016-13-20"}, 422, "invalid-fields"),
        ({"reason": ""}, 422, "invalid-fields"),
        ({"reason": "  "}, 422, "bad-input"),
        ({"reason": "x" * 501}, 422, "bad-input"),
        ({"why": "x"}, 422, "invalid-fields"),
    ],
)
def test_what_cannot_be_put_aside_is_refused_and_nothing_kept(
    town: Town, client: TestClient, given: dict[str, object], status: int, word: str
) -> None:
    body = {"notice": remind(town.database, "0101"), "until": "2016-12-22", "reason": "Chờ biên bản"}
    answer = client.post(f"{INBOX}/snoozes", json=body | given)
    assert (answer.status_code, answer.json()["type"].rsplit(":", 1)[1]) == (status, word)
    with town.database.read() as connection:
        assert connection.execute(select(SNOOZES)).all() == []


def test_an_inbox_is_somebodys(town: Town) -> None:
    assert Browser(town).client.get(INBOX).status_code == 401
