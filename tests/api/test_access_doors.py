"""Grants, delegations and ties through the API: each command has its address, and a stranger sees nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handlers.roster_tables import MEMBERSHIPS, POSITIONS
from states.roles import Role
from tests.api.served import OFFICER, Served
from workflow.commands.asking import Actor

SECOND = Actor(id="BTC-02", role=Role.OFFICER, body="DB01")
GRANT = {
    "grant": "KT-1", "person": "0045", "role": "inspection", "body": "DB01",
    "first": "2016-12-20", "last": "2017-03-31", "document": "QĐ 12-QĐ/ĐU",
}  # fmt: skip


def head_of(served: Served, body: str) -> Actor:
    """The secretary the roster has for a body."""
    chosen = select(POSITIONS.c.person_id).where(
        POSITIONS.c.organisation_id == body, POSITIONS.c.post == "head"
    )
    with served.service.database.read() as connection:
        person = connection.execute(chosen).scalar_one()
    return Actor(id=person, role=Role.SECRETARY, body=body)


def members(served: Served, body: str) -> list[Actor]:
    """The members of a cell without a post, each acting as such."""
    posts = select(POSITIONS.c.person_id)
    chosen = select(MEMBERSHIPS.c.person_id).where(
        MEMBERSHIPS.c.organisation_id == body, MEMBERSHIPS.c.person_id.not_in(posts)
    )
    with served.service.database.read() as connection:
        people = sorted(connection.execute(chosen).scalars())
    return [Actor(id=person, role=Role.MEMBER, body=body) for person in people]


@pytest.fixture
def granted(served: Served) -> Served:
    made = served.acting(OFFICER).post("/api/v1/grants", json=GRANT)
    assert made.status_code == 201, made.text
    assert made.headers["Location"] == "/api/v1/grants/KT-1"
    return served


def test_a_grant_is_proposed_seen_confirmed_and_ended(granted: Served) -> None:
    shown = granted.acting(SECOND).get("/api/v1/grants").json()
    assert [one["grant"] for one in shown["waiting"]] == ["KT-1"]
    alone = granted.acting(OFFICER).post("/api/v1/grants/KT-1/confirmation", json={})
    assert alone.status_code == 422
    done = granted.acting(SECOND).post("/api/v1/grants/KT-1/confirmation", json={})
    assert done.status_code == 200, done.text
    one = granted.acting(OFFICER).get("/api/v1/grants/KT-1").json()
    assert (one["stage"], one["settled_by"], one["last"]) == ("granted", SECOND.id, "2017-03-31")
    ended = granted.acting(OFFICER).post("/api/v1/grants/KT-1/ending", json={"reason": "chuyển"})
    assert ended.status_code == 200
    shown = granted.acting(OFFICER).get("/api/v1/grants", params={"search": "0045"}).json()
    assert [row["grant"] for row in shown["over"]] == ["KT-1"]


def test_a_grant_is_found_by_a_part_of_the_name_without_accents(granted: Served) -> None:
    client = granted.acting(OFFICER)
    assert client.get("/api/v1/grants", params={"search": "dang bo"}).json()["waiting"]
    assert not client.get("/api/v1/grants", params={"search": "khong co ten nay"}).json()["waiting"]


def test_what_is_out_of_scope_is_as_if_it_were_not_there(granted: Served) -> None:
    """Neither shown nor acted on, and the same answer as for a name that was never used."""
    client = granted.acting(members(granted, "CB03")[0])
    assert client.get("/api/v1/grants").json()["waiting"] == []
    for path in ("/api/v1/grants/KT-1", "/api/v1/grants/none"):
        assert client.get(path).status_code == 404


def test_whom_it_is_for_sees_it(granted: Served) -> None:
    himself = Actor(id="0045", role=Role.MEMBER, body="CB03")
    assert granted.acting(himself).get("/api/v1/grants/KT-1").status_code == 200


def test_a_delegation_is_given_and_ended(served: Served) -> None:
    head = head_of(served, "CB03")
    client = served.acting(head)
    asked = {
        "delegation": "UQ-1", "person": "0045", "role": "secretary", "body": "CB03",
        "first": "2016-12-20", "last": "2017-01-20",
    }  # fmt: skip
    made = client.post("/api/v1/delegations", json=asked)
    assert made.status_code == 201, made.text
    assert [one["person"] for one in client.get("/api/v1/delegations").json()] == ["0045"]
    assert client.get("/api/v1/delegations/UQ-1").json()["holder"] == head.id
    assert client.get("/api/v1/delegations/none").status_code == 404
    assert client.post("/api/v1/delegations/UQ-1/ending", json={}).status_code == 200


def test_why_somebody_is_too_close_is_read_by_few(served: Served) -> None:
    himself, other, *_ = members(served, "CB03")
    asked = {
        "conflict": "XD-1", "person": himself.id, "subject": other.id, "closeness": "spouse", "body": "CB03",
        "reason": "kết hôn năm 2010",
    }  # fmt: skip
    made = served.acting(himself).post("/api/v1/conflicts", json=asked)
    assert made.status_code == 201, made.text
    path = "/api/v1/conflicts/XD-1"
    inspector = Actor(id="KT-01", role=Role.INSPECTION, body="DB01")
    assert served.acting(himself).get(path).json()["reason"] == "kết hôn năm 2010"
    assert served.acting(inspector).get(path).json()["reason"] == "kết hôn năm 2010"
    assert served.acting(head_of(served, "CB03")).get(path).json()["reason"] is None
    assert served.acting(other).get(path).status_code == 404
    ended = served.acting(inspector).post(f"{path}/ending", json={"reason": "đã ly hôn"})
    assert ended.status_code == 200, ended.text


def test_one_reads_as_what_one_may_act(served: Served) -> None:
    found = served.acting(head_of(served, "CB03")).get("/api/v1/capacities").json()
    assert ("secretary", "CB03", "post") in {(one["role"], one["body"], one["basis"]) for one in found}
