"""Nobody sets what he was not asked for: unknown fields are refused in JSON and passed over in forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from api.wiring import Service
from states import review as life
from states.roles import Role
from tests.api.browsing import Browser
from tests.builders import FIRST, PREPARED, PREPARED_TICKS, member
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.database import Database

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

REVIEW = member("0104")
GRABBED = {"decided_level": "HTXSNV", "stage": life.APPROVED, "actor": "0101", "role": "superior_committee"}


@pytest.fixture
def town(database: Database) -> Town:
    """The town with its campaign open, on the day of preparation."""
    town = Town.on(database).open()
    town.now.put(PREPARED)
    return town


def test_every_body_the_api_takes_refuses_fields_it_does_not_know(town: Town) -> None:
    described = create_app(Service(town.database, town.engine), Settings(development=True)).openapi()
    schemas = described["components"]["schemas"]
    taken = {
        f"{method.upper()} {path}: {name}"
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
        for content in [operation.get("requestBody", {}).get("content", {})]
        if "application/json" in content
        for name, schema in _objects(content["application/json"]["schema"], schemas)
        if schema.get("additionalProperties") is not False
    }
    assert not taken, "\n".join(sorted(taken))


@pytest.mark.parametrize("field", GRABBED)
def test_a_field_too_many_in_json_is_named_and_nothing_is_done(town: Town, field: str) -> None:
    client = Browser(town, town.secretary(FIRST)).client
    body = {"on": PREPARED.isoformat(), "ticked": list(PREPARED_TICKS[life.INDIVIDUAL])}
    answer = client.post(f"/api/v1/reviews/{REVIEW}/preparation", json={**body, field: GRABBED[field]})
    assert answer.status_code == 422
    assert field in str(answer.json()["errors"])
    assert town.review(REVIEW).stage == life.OPEN


def test_fields_too_many_in_a_form_change_nothing_else(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    form = browser.form(f"/r/{REVIEW}", "/preparation")
    for name, value in GRABBED.items():
        form = form.set(name, value)
    answer = browser.send(form.set("review", member("0101")).set("campaign", "1999"))
    assert answer.status_code in (303, 422)
    review, other = town.review(REVIEW), town.review(member("0101"))
    assert (review.decided_level, review.stage in (life.OPEN, life.PREPARED)) == (None, True)
    assert (other.stage, other.decided_level) == (life.OPEN, None)


def test_a_form_is_sent_in_ones_own_capacity_whatever_it_says(town: Town) -> None:
    member_of = Actor(id="0104", role=Role.MEMBER, body=FIRST)
    browser = Browser(town, member_of)
    form = browser.form(f"/r/{REVIEW}", "/preparation")
    browser.send(form.set("actor", "superior_committee@DB01:DU-01").set("entered_by", "0101"))
    stored = town.history(f"review/{REVIEW}")
    assert {one.capacity for one in stored[1:]} <= {member_of.capacity}


def _objects(
    schema: Any, schemas: dict[str, Any], seen: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Any]]:
    """Every named object a body is made of, however deep."""
    if isinstance(schema, list):
        for one in schema:
            yield from _objects(one, schemas, seen)
    elif isinstance(schema, dict):
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        if name and name not in seen:
            found = schemas[name]
            if found.get("type") == "object" and "properties" in found:
                yield name, found
            yield from _objects(found, schemas, seen | {name})
        for key, one in schema.items():
            if key not in ("$ref", "examples", "example"):
                yield from _objects(one, schemas, seen)
