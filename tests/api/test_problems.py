"""Every refusal has one status and one sentence; what HTTP itself refuses has the same form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from starlette.testclient import TestClient

from api.actors import HEADER, NobodyActs, actor_from, actor_text
from api.app import create_app
from api.language import preferred
from api.problems import KINDS, document, kind_of
from api.settings import Settings
from handlers.roster.problems import RosterProblem
from states.roles import Role
from tests.api.served import OFFICER, Served, secretary
from workflow import errors
from workflow.contention import Conflict

REVIEW = "2016.collective.CB03"
PREPARATION = f"/api/v1/reviews/{REVIEW}/preparation"


def _family(cls: type[Exception]) -> Iterator[type[Exception]]:
    for below in cls.__subclasses__():
        yield below
        yield from _family(below)


@pytest.mark.parametrize(
    "cls", [*_family(errors.Refusal), *_family(RosterProblem)], ids=lambda cls: cls.__name__
)
def test_every_refusal_has_a_status(cls: type[Exception]) -> None:
    assert 400 <= KINDS[cls].status < 500
    assert KINDS[cls].vi
    assert KINDS[cls].en


def test_kinds_are_told_apart_by_their_type() -> None:
    words = [kind.word for kind in KINDS.values()]
    shared = {word for word in words if words.count(word) > 1}
    assert shared == {"not-found", "busy"}


def test_a_conflict_that_reaches_the_edge_is_busy() -> None:
    conflict = Conflict("review/2016.member.0001", 1, 2)
    assert kind_of(conflict).word == "busy"
    assert document(conflict, "vi")["status"] == 409


def test_rules_that_fail_come_with_clause_operands_comparison_and_sentence(served: Served) -> None:
    """A meeting planned for tomorrow, when nobody had a draft and the superior no notice."""
    plan = {
        "meeting": "CB03-1217",
        "campaign": "2016",
        "organisation": "CB03",
        "venue": "CB03",
        "day": "2016-12-17",
        "items": [{"review": REVIEW}],
    }
    refused = served.acting(secretary("CB03")).post("/api/v1/meetings", json=plan)
    assert refused.status_code == 422, refused.text
    told = refused.json()
    assert told["type"] == "urn:kiemdiem:problem:rules-fail"
    assert told["findings"]
    for finding in told["findings"]:
        assert finding["cite"]
        assert finding["verdict"] in ("fails", "unknown")
        assert finding["operands"] or finding["missing"]
        assert finding["sentence"]
    english = served.acting(secretary("CB03"), language="en").post("/api/v1/meetings", json=plan)
    assert english.headers["content-language"] == "en"
    assert english.json()["detail"] != told["detail"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "vi"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("vi,en;q=0.9", "vi"),
        ("en;q=0.5, vi;q=0.4", "en"),
        ("fr, de", "vi"),
        ("en;q=nothing", "vi"),
        ("en;q=7", "vi"),
        (";;;,,,", "vi"),
    ],
)
def test_the_language_is_vietnamese_unless_english_is_preferred(header: str, language: str) -> None:
    assert preferred(header) == language


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/nowhere", 404),
        ("DELETE", "/api/v1/campaigns", 405),
        ("GET", f"/api/v1/reviews/{REVIEW}/preparation", 405),
        ("GET", "/static/none.css", 404),
    ],
)
def test_what_http_refuses_has_the_same_form(served: Served, method: str, path: str, status: int) -> None:
    answer = served.acting(OFFICER).request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_a_wrong_method_names_the_right_ones(served: Served) -> None:
    assert served.acting(OFFICER).delete("/api/v1/campaigns").headers["allow"]


@pytest.mark.parametrize(
    ("body", "field", "word"),
    [
        ({}, "on", "còn thiếu"),
        ({"on": "2017-02-31"}, "on", "không có ngày này"),
        ({"on": "31/12/2016"}, "on", "yyyy-mm-dd"),
        ({"on": 20161231}, "on", "yyyy-mm-dd"),
        ({"on": "9999-12-31"}, "on", "1900"),
        ({"on": "2016-12-16", "level": "HTTNV"}, "level", "không có trường này"),
        ({"on": "2016-12-16", "document": 7}, "document", "phải là chữ"),
        ({"on": "2016-12-16", "document": "a\u0000b"}, "document", "ký tự điều khiển"),
        ({"on": "2016-12-16", "document": "x" * 4_001}, "document", "4000"),
    ],
)
def test_a_field_that_is_not_right_is_named(
    served: Served, body: dict[str, object], field: str, word: str
) -> None:
    answer = served.acting(secretary("CB03")).post(PREPARATION, json=body)
    assert answer.status_code == 422
    told = answer.json()["errors"]
    assert [one["field"] for one in told] == [field]
    assert word in told[0]["message"]


def test_a_wrong_row_is_named_by_its_number(served: Served) -> None:
    facts = [
        {"fact": "score.political_tasks", "value": "38", "on": "2016-12-16"},
        {"fact": "score.political_tasks", "value": [], "on": "2016-12-16"},
    ]
    answer = served.acting(secretary("CB03")).post(f"/api/v1/reviews/{REVIEW}/facts", json={"facts": facts})
    assert [one["field"] for one in answer.json()["errors"]] == ["facts.1.value"]


@pytest.mark.parametrize("body", [b"", b"{", b"nonsense", b"\xff\xfe", b'"text"', b"[]", b"null", b"7"])
def test_a_body_that_is_no_object_is_refused_in_a_sentence(served: Served, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = served.acting(secretary("CB03")).post(PREPARATION, content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"]


def test_a_fault_of_the_program_tells_nothing_of_the_inside(served: Served) -> None:
    @served.app.get("/fault")
    def fault() -> None:
        raise KeyError("the secret inside")

    answer = served.acting(OFFICER, loud=False).get("/fault")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json()["detail"].startswith("Hệ thống gặp lỗi")


# --- who acts -------------------------------------------------------------------------------------


def test_nobody_acts_without_saying_so(served: Served) -> None:
    answer = TestClient(served.app).get("/api/v1/campaigns")
    assert answer.status_code == 401
    assert HEADER in answer.json()["detail"]
    assert answer.headers["www-authenticate"]


def test_outside_development_the_header_counts_for_nothing(served: Served) -> None:
    client = TestClient(create_app(served.service, Settings(development=False)))
    answer = client.get("/api/v1/campaigns", headers={HEADER: actor_text(OFFICER)})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "said",
    ["", "officer", "officer@DB01", "king@DB01:1", "clock@DB01:1", "officer@DB 01:1", "officer@DB01:1\n"],
)
def test_an_actor_that_cannot_be_read_is_nobody(said: str) -> None:
    with pytest.raises(NobodyActs):
        actor_from(said)


def test_an_actor_is_written_as_it_is_read() -> None:
    assert actor_from(actor_text(OFFICER)) == OFFICER
    assert actor_from("member@CB03:0045").role is Role.MEMBER


def test_a_day_of_the_future_is_refused_by_the_engine_under_its_field(served: Served) -> None:
    served.now.put(date(2016, 12, 20))
    answer = served.acting(secretary("CB03")).post(PREPARATION, json={"on": "2016-12-21"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "on"
