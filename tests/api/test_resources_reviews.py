"""Reviews through the API: the register in pages, one of them, its moves, versions, keys and replay."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from api.doors import DOORS
from deadlines.tables import DEADLINES
from handlers.tables import CAMPAIGNS, REVIEWS
from tests.api.served import BOARD, OFFICER, STRANGER, Served, secretary
from tests.builders import PREPARED_TICKS
from workflow.decide import COMMANDS

OWN = {
    "StartOpening",
    "OpenBatch",
    "FinishOpening",
    "RecordRosterChange",
    "CloseConsultation",
    "GiveAtSetUp",
}
"""Commands of the service itself, reached through the opening, the import, the sweep and the machine."""

REVIEW = "2016.collective.CB03"
PREPARATION = f"/api/v1/reviews/{REVIEW}/preparation"
WRITTEN = {"on": "2016-12-16", "ticked": list(PREPARED_TICKS["collective"])}


def test_every_command_has_its_noun() -> None:
    assert {door.command for door in DOORS} == {cls for cls in COMMANDS if cls.__name__ not in OWN}
    assert len({door.path for door in DOORS}) == len(DOORS)


def test_the_register_is_read_page_by_page_without_gap_or_repetition(served: Served) -> None:
    client = served.acting(OFFICER)
    found: list[str] = []
    after: str | None = None
    while True:
        asked = {"limit": "70"} | ({"after": after} if after else {})
        page = client.get("/api/v1/reviews", params=asked).json()
        found += [row["review"] for row in page["items"]]
        after = page["next"]
        if after is None:
            break
    whole = client.get("/api/v1/campaigns/2016").json()["subjects"]
    assert len(found) == len(set(found)) == whole
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"kind": "organisation"}, lambda row: row["kind"] == "organisation"),
        ({"organisation": "CB03"}, lambda row: row["organisation"] == "CB03"),
        ({"stage": "exempt"}, lambda row: row["stage"] == "exempt"),
        ({"superior": "KHOI"}, lambda row: row["superior"] == "KHOI"),
        ({"regime": "duk_2016"}, lambda row: row["campaign"] == "2016"),
        ({"q": "0045"}, lambda row: row["subject"] == "0045"),
    ],
)
def test_a_filter_narrows(served: Served, asked: dict[str, str], holds: Any) -> None:
    items = served.acting(OFFICER).get("/api/v1/reviews", params={**asked, "limit": "500"}).json()["items"]
    assert items
    assert all(holds(row) for row in items)


def test_a_filter_that_names_no_stage_lists_those_there_are(served: Served) -> None:
    wrong = served.acting(OFFICER).get("/api/v1/reviews", params={"stage": "finished"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["field"] == "stage"
    assert "reviewed" in wrong.json()["detail"]


def test_a_flag_is_found_by_its_whole_name(served: Served) -> None:
    client = served.acting(OFFICER)
    flag = {"flag": "supplementary_required", "on": "2016-12-16", "reason": "Có đơn"}
    raised = served.acting(secretary("CB03")).post(f"/api/v1/reviews/{REVIEW}/flags", json=flag)
    assert raised.status_code == 200, raised.text
    flagged = client.get("/api/v1/reviews", params={"flag": "supplementary_required"}).json()["items"]
    assert [row["review"] for row in flagged] == [REVIEW]
    assert client.get("/api/v1/reviews", params={"flag": "in_doubt"}).json()["items"] == []


def test_a_review_says_what_may_follow_and_by_whom(served: Served) -> None:
    shown = served.acting(secretary("CB03")).get(f"/api/v1/reviews/{REVIEW}")
    assert shown.status_code == 200, shown.text
    assert shown.headers["etag"] == '"1"'
    follows = {move["act"]: move for move in shown.json()["next"]}
    assert follows["prepare"]["leads_to"] == "prepared"
    assert follows["prepare"]["you_may"] is True
    assert "secretary" in follows["prepare"]["by"]
    other = served.acting(BOARD).get(f"/api/v1/reviews/{REVIEW}").json()
    assert not any(move["you_may"] for move in other["next"] if move["act"] == "prepare")
    assert served.acting(STRANGER).get(f"/api/v1/reviews/{REVIEW}").status_code == 404


def test_a_page_that_was_overtaken_is_told_so(served: Served) -> None:
    client = served.acting(secretary("CB03"))
    first = client.post(PREPARATION, json=WRITTEN, headers={"If-Match": '"1"'})
    assert first.status_code == 200, first.text
    assert first.headers["etag"] == '"3"'
    late = client.post(PREPARATION, json=WRITTEN, headers={"If-Match": '"1"'})
    assert late.status_code == 412
    assert late.json()["version"] == 3
    assert client.post(PREPARATION, json=WRITTEN, headers={"If-Match": "*"}).status_code == 200
    odd = client.post(PREPARATION, json=WRITTEN, headers={"If-Match": "yesterday"})
    assert odd.status_code == 422
    assert odd.json()["errors"][0]["field"] == "If-Match"


def test_sending_twice_with_a_key_does_it_once(served: Served) -> None:
    client = served.acting(secretary("CB03"))
    keyed = {"Idempotency-Key": "form-17"}
    first = client.post(PREPARATION, json=WRITTEN, headers=keyed).json()
    again = client.post(PREPARATION, json=WRITTEN, headers=keyed).json()
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert first["command_id"] == again["command_id"]
    other = client.post(PREPARATION, json={**WRITTEN, "on": "2016-12-15"}, headers=keyed)
    assert other.status_code == 422
    assert other.json()["type"].endswith("key-reused")
    assert client.get(f"/api/v1/reviews/{REVIEW}").json()["version"] == 3


def test_a_move_from_the_wrong_stage_names_what_is_possible(served: Served) -> None:
    early = served.acting(secretary("CB03")).post(
        f"/api/v1/reviews/{REVIEW}/announcement", json={"on": "2016-12-16"}
    )
    assert early.status_code == 409
    assert "prepare" in early.json()["possible"]


def test_another_office_is_told_whose_act_it_is(served: Served) -> None:
    refused = served.acting(BOARD).post(PREPARATION, json={"on": "2016-12-16"})
    assert refused.status_code == 403
    assert refused.json()["where"] == "CB03"


def test_the_replay_tells_every_event_with_its_findings(served: Served) -> None:
    client = served.acting(secretary("CB03"))
    client.post(PREPARATION, json=WRITTEN)
    told = client.get(f"/api/v1/reviews/{REVIEW}/events")
    assert told.status_code == 200, told.text
    assert told.json()["agrees"] is True
    events = told.json()["items"]
    assert [event["name"] for event in events] == ["review_opened", "items_ticked", "draft_prepared"]
    assert [event["stage"] for event in events] == ["open", "open", "prepared"]
    assert all(event["says"].endswith(".") for event in events)
    assert all(finding["agrees"] for event in events for finding in event["findings"])


def test_refused_commands_are_kept_beside_the_review(served: Served) -> None:
    served.acting(BOARD).post(PREPARATION, json={"on": "2016-12-16"})
    kept = served.acting(OFFICER).get(f"/api/v1/reviews/{REVIEW}/refusals").json()["items"]
    assert [(one["command"], one["refusal"]) for one in kept] == [("Prepare", "NotAllowed")]


def test_many_commands_have_an_outcome_a_row(served: Served) -> None:
    rows = [
        {"command": "Prepare", "body": {"review": REVIEW, **WRITTEN}},
        {"command": "Prepare", "body": {"review": "2016.collective.CB99", "on": "2016-12-16"}},
        {"command": "Prepare", "body": {"review": REVIEW, "on": "31/02/2017"}},
        {"command": "OpenBatch", "body": {}},
        {"command": "SendDraft", "body": {"review": REVIEW, "on": "2016-12-16", "recipients": 0}},
    ]
    client = served.acting(secretary("CB03"), language="en")
    answer = client.post("/api/v1/commands", json={"commands": rows}, headers={"Idempotency-Key": "bulk"})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert [row["status"] for row in told["rows"]] == [200, 404, 422, 404, 422]
    assert (told["done"], told["refused"]) == (1, 4)
    assert told["rows"][2]["problem"]["errors"][0]["field"] == "on"
    again = client.post(
        "/api/v1/commands", json={"commands": rows}, headers={"Idempotency-Key": "bulk"}
    ).json()
    assert again["rows"][0]["accepted"]["repeated"] is True
    too_many = client.post("/api/v1/commands", json={"commands": rows[:1] * 1_001})
    assert too_many.status_code == 422


def test_a_repeated_flag_is_closed_by_its_own_noun(served: Served) -> None:
    client = served.acting(secretary("CB03"))
    noun = f"/api/v1/reviews/{REVIEW}/flags"
    client.post(noun, json={"flag": "supplementary_required", "on": "2016-12-16", "reason": "Có đơn"})
    closed = client.post(
        f"{noun}/supplementary_required/closure", json={"on": "2016-12-16", "reason": "TB 09"}
    )
    assert closed.status_code == 200, closed.text
    assert client.get(f"/api/v1/reviews/{REVIEW}").json()["flags"] == []


@pytest.mark.parametrize("day", [date(2016, 12, 20), date(2017, 1, 10), date(2017, 3, 1)])
def test_late_and_at_risk_are_told_by_the_book_of_deadlines(served: Served, day: date) -> None:
    served.now.put(day)
    now = served.service.engine.now()
    with served.service.database.read() as connection:
        book = connection.execute(select(DEADLINES).where(DEADLINES.c.subject_kind == "review")).all()
    owed = [row for row in book if row.done_on is None and not row.dropped]
    late = {row.subject for row in owed if row.ends_at <= now}
    risk = {row.subject for row in owed if row.safe_day <= day and row.ends_at > now}
    for show, expected in (("late", late), ("risk", risk)):
        asked = {"show": show, "limit": "500"}
        items = served.acting(OFFICER).get("/api/v1/reviews", params=asked).json()["items"]
        assert {row["review"] for row in items} == expected
    if day > date(2017, 2, 1):
        assert late, "nothing was done, so everything is late"


def test_people_and_bodies_are_found_by_name_without_accents(served: Served) -> None:
    client = served.acting(OFFICER)
    found = client.get("/api/v1/reviews", params={"q": "chi bo", "limit": "500"}).json()["items"]
    assert {row["kind"] for row in found} <= {"collective", "organisation"}
    assert found
    other = client.get("/api/v1/reviews", params={"q": "CB03"}).json()["items"]
    assert {row["subject"] for row in other} == {"CB03"}
    short = client.get("/api/v1/reviews", params={"q": "a"})
    assert (short.status_code, short.json()["errors"][0]["field"]) == (422, "q")


def test_filters_may_be_asked_together_across_every_campaign(served: Served) -> None:
    """The register of two campaigns is one list, and each is read from the index that has it in order."""
    client = served.acting(OFFICER)
    with served.service.database.write() as connection:
        other = dict(connection.execute(select(CAMPAIGNS)).mappings().one()) | {"campaign": "2015"}
        connection.execute(CAMPAIGNS.insert(), [other | {"rulebook": "tkv_2018"}])
        row = dict(connection.execute(select(REVIEWS).where(REVIEWS.c.review == REVIEW)).mappings().one())
        moved = {"review": "2015.collective.CB03", "campaign": "2015"}
        connection.execute(REVIEWS.insert(), [row | moved])
    first = client.get("/api/v1/reviews", params={"limit": "1"}).json()
    assert [one["review"] for one in first["items"]] == ["2015.collective.CB03"]
    second = client.get("/api/v1/reviews", params={"limit": "1", "after": first["next"]}).json()
    assert second["items"][0]["campaign"] == "2016"
    for asked in ({"campaign": "2015"}, {"regime": "tkv_2018"}, {"regime": "tkv_2018", "kind": "collective"}):
        found = client.get("/api/v1/reviews", params=asked).json()["items"]
        assert [one["review"] for one in found] == ["2015.collective.CB03"]
    assert client.get("/api/v1/reviews", params={"regime": "tkv_2018", "campaign": "2016"}).json() == {
        "items": [],
        "next": None,
    }
