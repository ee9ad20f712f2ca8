"""An evening, its papers and the bundle that reports it, through the API."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from api.demo.season import Season, SetClock, Silent
from api.demo.work import (
    agenda,
    declare,
    notify,
    plan_of,
    prepare_collective,
    prepare_person,
    send,
    votes_for,
)
from handlers.roster.query import head_of
from states.roles import Role
from tests.api.served import BOARD, Served, secretary
from workflow.commands.asking import Actor

HELD = date(2017, 1, 10)


def prepared(served: Served) -> tuple[Season, dict[str, Any]]:
    """A cell whose leaders are reviewed nowhere else, and its evening as the body of one command."""
    now = served.now
    season = Season(served.service, SetClock(), Silent())

    def put(day: date) -> None:
        now.put(day)
        season.now.put(day)

    put(date(2016, 12, 20))
    plan = plan_of(season, "CB09", HELD)
    prepare_collective(season, "CB09", date(2016, 12, 20))
    for person in plan.people:
        prepare_person(season, plan, person, date(2016, 12, 20))
    leaders = tuple(person for person in plan.people if season.view().positions_of(person))
    notify(season, "CB09", leaders, date(2016, 12, 20))
    put(date(2016, 12, 31))
    declare(season, "CB09", date(2016, 12, 31))
    put(date(2017, 1, 3))
    send(season, "CB09", 12, date(2017, 1, 3))
    put(HELD)
    official = len(season.view().official_members("CB09"))
    body = {
        "campaign": "2016",
        "organisation": "CB09",
        "venue": "CB09",
        "day": HELD.isoformat(),
        "items": msgspec.to_builtins(agenda(season, plan, votes_for(season, plan))),
        "present": len(plan.people),
        "invited": 1,
        "superior_attended": True,
        "papers": {
            "issued": official,
            "collected": official,
            "valid": official,
            "invalid": 0,
            "secret": True,
        },
        "announced": True,
    }
    return season, body


def test_a_whole_evening_is_one_command_and_its_counts_are_checked(served: Served) -> None:
    season, body = prepared(served)
    client = served.acting(season.secretary("CB09"))
    path = "/api/v1/meetings/CB09-0110/record"
    counted = {**body["papers"], "invalid": 1}
    refused = client.post(path, json={**body, "papers": counted})
    assert refused.status_code == 422
    assert refused.json()["type"].endswith("bad-counts")
    assert "≠" in refused.json()["detail"]
    turned = {**body, "items": [*body["items"][1:], body["items"][0]]}
    early = client.post(path, json=turned)
    assert early.status_code == 422
    assert {finding["about"] for finding in early.json()["findings"]} <= {
        item["review"] for item in body["items"]
    }
    assert client.get("/api/v1/meetings/CB09-0110").status_code == 404
    held = client.post(path, json=body)
    assert held.status_code == 200, held.text
    assert held.headers["etag"] == '"1"'
    stages = client.get("/api/v1/reviews", params={"organisation": "CB09", "stage": "voted"}).json()["items"]
    assert len(stages) >= len(body["items"]) - 3
    sheet = client.get("/api/v1/ballots/CB09-0110").json()
    assert sheet["stage"] == "counted"
    assert sheet["valid"] == body["papers"]["valid"]
    bundle = {"submission": "2016-CB09", "campaign": "2016", "organisation": "CB09", "on": HELD.isoformat()}
    sent = client.post("/api/v1/submissions", json=bundle)
    assert sent.status_code == 201, sent.text
    assert sent.json()["rows"]
    returned = served.acting(BOARD).post(
        "/api/v1/submissions/2016-CB09/return", json={"on": HELD.isoformat(), "reason": "Thiếu biên bản"}
    )
    assert returned.status_code == 200, returned.text
    assert client.get("/api/v1/submissions/2016-CB09").json()["stage"] == "returned"


def test_what_really_took_place_is_recorded_with_warnings_in_sentences(served: Served) -> None:
    season, body = prepared(served)
    client = served.acting(season.secretary("CB09"), language="en")
    turned = {**body, "items": [*body["items"][1:], body["items"][0]], "took_place": True}
    held = client.post("/api/v1/meetings/CB09-0110/record", json=turned)
    assert held.status_code == 200, held.text
    assert held.json()["warnings"]
    assert held.json()["warned_by"]
    flagged = client.get("/api/v1/reviews", params={"flag": "irregular"}).json()["items"]
    assert flagged


def test_a_meeting_is_planned_seen_and_called_off(served: Served) -> None:
    client = served.acting(secretary("CB03"))
    served.now.put(date(2016, 12, 20))
    plan = {
        "meeting": "CB03-01",
        "campaign": "2016",
        "organisation": "CB03",
        "venue": "CB03",
        "day": "2017-01-20",
        "items": [{"review": "2016.collective.CB03", "chair": head(served, "CB03")}],
    }
    planned = client.post("/api/v1/meetings", json=plan)
    assert planned.status_code == 201, planned.text
    assert planned.headers["location"] == "/api/v1/meetings/CB03-01"
    shown = client.get("/api/v1/meetings/CB03-01")
    assert shown.headers["etag"] == planned.headers["etag"] == '"1"'
    assert shown.json()["agenda"] == ["2016.collective.CB03"]
    listed = client.get("/api/v1/meetings", params={"campaign": "2016", "venue": "CB03"}).json()["items"]
    assert [row["meeting"] for row in listed] == ["CB03-01"]
    stale = client.post(
        "/api/v1/meetings/CB03-01/cancellation", json={"reason": "x"}, headers={"If-Match": '"9"'}
    )
    assert stale.status_code == 412
    off = client.post("/api/v1/meetings/CB03-01/cancellation", json={"reason": "Bí thư đi công tác"})
    assert off.status_code == 200, off.text
    again = client.post("/api/v1/meetings/CB03-01/cancellation", json={"reason": "Bí thư đi công tác"})
    assert again.status_code == 409


def head(served: Served, body: str) -> str:
    """Who heads a body, as the roster says."""
    with served.service.database.read() as connection:
        found = head_of(connection, body, date(2016, 12, 20))
    assert found is not None
    return found.record.person_id


def test_a_sheet_or_bundle_that_is_not_there_is_not_found(served: Served) -> None:
    client = served.acting(BOARD)
    for path in ("ballots/B9", "submissions/S9", "meetings/M9"):
        assert client.get(f"/api/v1/{path}").status_code == 404
    for kind in ("ballots", "submissions", "meetings"):
        assert client.get(f"/api/v1/{kind}", params={"campaign": "2016"}).json() == {"items": []}
        assert client.get(f"/api/v1/{kind}", params={"campaign": "1999"}).status_code == 404
        assert client.get(f"/api/v1/{kind}").status_code == 422


def test_a_bundle_without_a_voted_result_is_refused(served: Served) -> None:
    bundle = {"submission": "2016-CB03", "campaign": "2016", "organisation": "CB03", "on": "2016-12-16"}
    refused = served.acting(secretary("CB03")).post("/api/v1/submissions", json=bundle)
    assert refused.status_code == 422
    decided = served.acting(Actor(id="0125", role=Role.SUPERIOR_COMMITTEE, body="DB01")).post(
        "/api/v1/submissions/2016-CB03/decision", json={"on": "2016-12-16", "document": "QĐ 12"}
    )
    assert decided.status_code == 404
