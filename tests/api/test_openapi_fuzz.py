"""Whatever is sent to any address of the OpenAPI document, the service answers and never fails.

Bounded and derandomised: the same requests in every run. A fault of the program is raised by the application
itself, so it shows with its place.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from starlette.testclient import TestClient

from states.roles import Role
from tests.api.served import OFFICER, Served, secretary
from workflow.commands.asking import Actor

EXAMPLES = 6
"""Requests an operation and a mode of making them."""

ACTORS = (OFFICER, secretary("CB03"), Actor(id="0125", role=Role.SUPERIOR_COMMITTEE, body="DB01"))

NAMES: dict[str, tuple[str, ...]] = {
    "review": ("2016.collective.CB03", "2016.member.0045", "2016.organisation.CB03", "1999.member.0045"),
    "campaign": ("2016", "1999"),
    "organisation": ("CB03", "DB01", "CB99"),
    "venue": ("CB03", "CB99"),
    "rulebook": ("duk_2016", "none"),
    "reading": ("C-17", "C-99"),
    "meeting": ("M1", "M2"),
    "ballot": ("B1",),
    "submission": ("S1",),
    "on": ("2016-12-16", "2016-12-01", "1900-01-01", "2100-12-31"),
    "day": ("2016-12-16", "2016-12-20", "1900-01-01", "2100-12-31"),
    "person": ("0045", "0046", "9999"),
    "role": ("inspection", "secretary", "member"),
    "body": ("CB03", "DB01", "CB99"),
    "closeness": ("spouse", "other", "none"),
    "grant": ("G1", "G2"),
    "delegation": ("D1",),
    "conflict": ("X1",),
    "first": ("2016-12-16", "2017-01-10", "1900-01-01"),
    "level": ("HTTNV", "TSVM", "none"),
}
"""Names that are there, so that requests get past the first look; beside those hypothesis makes up."""


def _operations(served: Served) -> list[Any]:
    schema = schemathesis.openapi.from_dict(served.app.openapi())
    found = []
    for result in schema.get_all_operations():
        assert isinstance(result, Ok)
        found.append(result.ok())
    return found


def _named(value: object, number: int) -> object:
    """The same value with every name that is known replaced by one that is there, two times of three."""
    if isinstance(value, dict):
        return {
            name: NAMES[name][number % len(NAMES[name])]
            if name in NAMES and number % 3 and isinstance(inner, str)
            else _named(inner, number + place)
            for place, (name, inner) in enumerate(value.items())
        }
    if isinstance(value, list):
        return [_named(inner, number + place) for place, inner in enumerate(value)]
    return value


def _send(client: TestClient, case: Any, number: int) -> None:
    path = str(case.operation.path)
    for name, value in (_named(dict(case.path_parameters or {}), number) or {}).items():  # type: ignore[attr-defined]  # a dict in, a dict out
        path = path.replace("{" + name + "}", _quoted(value))
    kept = {name: str(value) for name, value in (case.headers or {}).items() if str(value).isascii()}
    kept = {name: value for name, value in kept.items() if value.isprintable() and not name.startswith("X-")}
    asked: dict[str, Any] = {"headers": kept, "params": _query(case)}
    if case.media_type == "application/json" and case.body.__class__.__name__ != "NotSet":
        raw = isinstance(case.body, bytes)
        asked["content"] = case.body if raw else json.dumps(_named(case.body, number)).encode()
        kept["content-type"] = "application/json"
    elif case.media_type == "multipart/form-data":
        asked["files"] = {"file": ("x.xlsx", repr(case.body).encode())}
    answer = client.request(case.method, path, **asked)
    assert answer.status_code < 500, (case.method, path, answer.text)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json", (case.method, path)
        assert answer.json()["detail"], (case.method, path)


def _quoted(value: object) -> str:
    text = str(value)
    return "".join(
        letter if (letter.isalnum() and letter.isascii()) or letter in "._-" else "%7E" for letter in text
    )


def _query(case: Any) -> dict[str, str]:
    return {
        name: str(value)
        for name, value in (case.query or {}).items()
        if str(value).isprintable() and not any(0xD800 <= ord(letter) <= 0xDFFF for letter in str(value))
    }


@pytest.fixture
def quiet() -> Iterator[None]:
    """Schemathesis warns about what it cannot make; here only answers count."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.timeout(240)
def test_nothing_that_is_sent_makes_the_service_fail(
    served: Served, quiet: None, mode: GenerationMode
) -> None:
    clients = [served.acting(actor) for actor in ACTORS]
    operations = _operations(served)
    assert len(operations) > 55
    for operation in operations:
        number = 0

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def send(case: Any) -> None:
            nonlocal number
            number += 1
            _send(clients[number % len(clients)], case, number)

        try:
            given(operation.as_strategy(generation_mode=mode))(send)()  # type: ignore[no-untyped-call]  # hypothesis fills the case in
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, operation.path
            continue  # nothing of this address can be wrong
