"""A body is refused for its size, type or depth before anything reads it."""

from __future__ import annotations

from collections.abc import Iterator

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send

from api.limits import BodyLimits, deeper_than
from api.problems import plain
from api.settings import MEGABYTE, Settings
from tests.api.served import OFFICER, Served

PREPARATION = "/api/v1/reviews/2016.collective.CB03/preparation"
JSON = {"content-type": "application/json"}


def test_fifty_megabytes_are_refused_from_their_length_alone(served: Served) -> None:
    answer = served.acting(OFFICER).post(PREPARATION, content=b" " * (50 * MEGABYTE), headers=JSON)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["connection"] == "close"
    assert "4 MB" in answer.json()["detail"]


def test_fifty_megabytes_in_chunks_are_refused_at_the_chunk_that_crosses_the_limit() -> None:
    """No more than the limit and one chunk is ever taken from the sender."""
    given = 0

    async def receive() -> Message:
        nonlocal given
        given += 1
        return {"type": "http.request", "body": b"x" * (MEGABYTE // 4), "more_body": given < 200}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("nothing behind the limit is asked")

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": PREPARATION,
        "headers": [(b"content-type", b"application/json")],
    }
    anyio.run(BodyLimits(app, Settings(), plain), scope, receive, send)
    assert sent[0]["status"] == 413
    assert given == 17


def test_a_length_that_is_no_number_does_not_open_the_door(served: Served) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(6):
            yield b" " * MEGABYTE

    answer = served.acting(OFFICER).post(PREPARATION, content=chunks(), headers=JSON)
    assert answer.status_code == 413


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_json_nested_without_end_is_refused(served: Served, opening: bytes) -> None:
    answer = served.acting(OFFICER).post(PREPARATION, content=opening * 100_000, headers=JSON)
    assert answer.status_code == 400
    assert "32" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "deep"),
    [
        (b"[" * 32 + b"]" * 32, False),  # just at the limit
        (b"[" * 33 + b"]" * 33, True),  # one more
        (b"[" + b"[]," * 100 + b"[]]", False),  # many, but beside each other
        (b'["' + b"[" * 100 + b'"]', False),  # brackets of a text are no nesting
        (b'["\\"' + b"[" * 100 + b'"]', False),  # an escaped quote does not end the text
        (b'"' + b"[" * 100, False),  # a text that never ends
    ],
)
def test_depth_counts_brackets_that_are_open_at_once(body: bytes, deep: bool) -> None:
    assert deeper_than(body, 32) is deep


@pytest.mark.parametrize(
    "number", ["9" * 5_000, "1e999", "-1e999", "NaN", "Infinity", "12345678901234567890", "2.5"]
)
def test_a_number_that_is_no_sane_one_is_refused_by_its_field(served: Served, number: str) -> None:
    path = "/api/v1/reviews/2016.collective.CB03/draft"
    body = f'{{"on": "2016-12-16", "recipients": {number}}}'
    answer = served.acting(OFFICER).post(path, content=body.encode(), headers=JSON)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", ""])
def test_another_type_than_json_is_refused(served: Served, kind: str) -> None:
    headers = {"content-type": kind} if kind else {}
    answer = served.acting(OFFICER).post(PREPARATION, content=b'{"on": "2016-12-16"}', headers=headers)
    assert answer.status_code == 415


def test_a_spreadsheet_is_uploaded_as_a_form_and_as_nothing_else(served: Served) -> None:
    answer = served.acting(OFFICER).post("/api/v1/imports", json={"file": "x"})
    assert answer.status_code == 415
    assert "multipart/form-data" in answer.json()["detail"]


def test_limits_are_settings() -> None:
    assert Settings(json_bytes_max=10).json_bytes_max == 10
