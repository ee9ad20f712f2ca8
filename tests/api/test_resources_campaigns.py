"""From an empty database to an opened campaign through the API alone, and what can be asked of it."""

from __future__ import annotations

from fastapi.testclient import TestClient
from sqlalchemy import text

from handlers.demo_roster import FILE_NAME, demo_workbook
from states.roles import Role
from tests.api.served import OFFICER, PLAN, STRANGER, Served, secretary
from workflow.commands.asking import Actor


def test_a_spreadsheet_becomes_an_opened_campaign(empty_served: Served) -> None:
    client = empty_served.acting(OFFICER)
    upload = client.post(
        "/api/v1/imports", files={"file": (FILE_NAME, demo_workbook())}, data={"on": "2016-12-15"}
    )
    assert upload.status_code == 201, upload.text
    assert upload.json()["difference"]["person"]["new"] == 187
    confirmed = client.post(f"{upload.headers['location']}/confirmation")
    assert confirmed.status_code == 200, confirmed.text
    planned = client.post("/api/v1/campaigns", json=PLAN)
    assert planned.status_code == 201, planned.text
    assert planned.headers["location"] == "/api/v1/campaigns/2016"
    assert planned.headers["etag"] == '"1"'
    opened = client.post("/api/v1/campaigns/2016/opening")
    assert opened.status_code == 200, opened.text
    assert opened.json()["stage"] == "open"
    board = client.get("/api/v1/campaigns/2016/board").json()["rows"]
    counted = sum(sum(stages.values()) for row in board for stages in row["stages"].values())
    assert counted == opened.json()["subjects"]
    assert {row["organisation"]: row["name"] for row in board}["CB03"] != "CB03"
    again = client.post("/api/v1/campaigns/2016/opening")
    assert again.status_code == 409


def test_a_planned_campaign_is_seen_only_by_those_who_prepare_it(empty_served: Served) -> None:
    officer = empty_served.acting(OFFICER)
    upload = officer.post(
        "/api/v1/imports", files={"file": (FILE_NAME, demo_workbook())}, data={"on": "2016-12-15"}
    )
    officer.post(f"{upload.headers['location']}/confirmation")
    officer.post("/api/v1/campaigns", json=PLAN)
    assert officer.get("/api/v1/campaigns/2016").status_code == 200
    other = empty_served.acting(STRANGER)
    assert other.get("/api/v1/campaigns").json() == {"items": []}
    assert other.get("/api/v1/campaigns/2016").status_code == 404
    assert other.get("/api/v1/campaigns/2016/board").status_code == 404


def test_a_campaign_of_an_unknown_organisation_or_rulebook_is_refused_by_name(served: Served) -> None:
    client = served.acting(OFFICER)
    nowhere = client.post("/api/v1/campaigns", json={**PLAN, "campaign": "x", "organisation": "DB99"})
    assert nowhere.status_code == 404
    assert "DB99" in nowhere.json()["detail"]
    lawless = client.post("/api/v1/campaigns", json={**PLAN, "campaign": "x", "rulebook": "duk_1916"})
    assert lawless.status_code == 404
    assert "duk_1916" in lawless.json()["detail"]
    taken = client.post("/api/v1/campaigns", json=PLAN)
    assert taken.status_code == 409


def test_lists_of_an_unknown_campaign_or_body_are_not_found(served: Served) -> None:
    """They would otherwise begin a stream for something that is not there."""
    client = served.acting(OFFICER)
    body = {"lists": ["discipline"], "as_of": "2016-12-15"}
    for campaign, organisation in (("1999", "CB03"), ("2016", "CB99")):
        path = f"/api/v1/campaigns/{campaign}/organisations/{organisation}/list-declarations"
        assert client.post(path, json=body).status_code == 404
    path = "/api/v1/campaigns/2016/organisations/CB03"
    assert client.post(f"{path}/list-declarations", json=body).status_code == 200
    assert client.get(f"{path}/lists").json()["declared"] == [{"list": "discipline", "as_of": "2016-12-15"}]


def test_the_board_narrows_to_a_kind(served: Served) -> None:
    rows = (
        served.acting(OFFICER)
        .get("/api/v1/campaigns/2016/board", params={"kind": "collective"})
        .json()["rows"]
    )
    assert {kind for row in rows for kind in row["stages"]} == {"collective"}


def test_the_tree_of_bodies_can_be_walked(served: Served) -> None:
    client = served.acting(OFFICER)
    below = client.get("/api/v1/organisations", params={"superior": "DB01"}).json()["items"]
    assert below
    assert {item["superior"] for item in below} == {"DB01"}


def test_only_the_superior_grants_special_merit(served: Served) -> None:
    body = {"organisation": "CB03", "document": "QĐ 15-QĐ/ĐU"}
    refused = served.acting(secretary("CB03")).post("/api/v1/campaigns/2016/special-merits", json=body)
    assert refused.status_code == 403
    assert refused.json()["by"] == ["superior_committee"]
    superior = Actor(id="0125", role=Role.SUPERIOR_COMMITTEE, body="DB01")
    granted = served.acting(superior).post("/api/v1/campaigns/2016/special-merits", json=body)
    assert granted.status_code == 200, granted.text


def test_every_shipped_rulebook_is_shown_with_its_clauses(served: Served) -> None:
    client = served.acting(OFFICER)
    listed = client.get("/api/v1/rulebooks").json()["items"]
    assert "duk_2016" in {row["id"] for row in listed}
    whole = client.get("/api/v1/rulebooks/duk_2016").json()
    assert len(whole["contents"]) == whole["rules"] > 50
    assert all(rule["cite"] and rule["says"] for rule in whole["contents"])
    pinned = client.get("/api/v1/campaigns/2016").json()["rulebook_hash"]
    assert client.get(f"/api/v1/rulebooks/{pinned}").json()["hash"] == pinned


def test_the_rows_of_a_regulation_say_what_carries_them(served: Served) -> None:
    client = served.acting(OFFICER)
    found = client.get("/api/v1/rulebooks/duk_2016/rows").json()
    assert (found["regime"], found["rows"], found["covered"]) == ("duk_2016", 189, 189)
    notice = next(row for row in found["items"] if row["id"] == "DUK-2016.53")
    assert "duk.notice_to_participants" in {carrier["name"] for carrier in notice["carried_by"]}
    assert client.get("/api/v1/rulebooks/none/rows").status_code == 404


def test_the_readings_of_a_rulebook_say_the_question_and_why(served: Served) -> None:
    client = served.acting(OFFICER)
    listed = client.get("/api/v1/rulebooks/duk_2016/readings").json()["items"]
    quota = next(one for one in listed if one["id"] == "C-17")
    assert "duk.quota_share" in quota["rules"]
    assert quota["question"] and quota["why"] and quota["says"]
    assert client.get("/api/v1/rulebooks/duk_2016/readings/C-17").json() == quota
    assert client.get("/api/v1/rulebooks/duk_2016/readings/C-47").json()["says"] is None
    assert client.get("/api/v1/rulebooks/duk_2016/readings/C-99").status_code == 404


def test_health_needs_nobody_and_names_the_migration_to_those_who_look_after_it(empty_served: Served) -> None:
    health = empty_served.acting(OFFICER).get("/health").json()
    assert health["status"] == "ok"
    assert health["migration"] == health["newest"]
    assert TestClient(empty_served.app).get("/health").json() == {"status": "ok"}
    assert empty_served.acting(secretary("CB03")).get("/health").json() == {"status": "ok"}


def test_a_database_that_lags_behind_is_not_ok_and_why_is_told_to_few(empty_served: Served) -> None:
    with empty_served.service.database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    unknown = TestClient(empty_served.app).get("/health")
    assert (unknown.status_code, unknown.json()) == (503, {"status": "not ok"})
    told = empty_served.acting(OFFICER).get("/health")
    assert told.status_code == 503
    assert told.json()["problem"] == "database needs migrating"
