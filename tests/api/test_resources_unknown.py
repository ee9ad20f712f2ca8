"""Names that are nowhere, in every command: a clear refusal, never a fault, and no stream is begun."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from api.door import Door
from api.doors import DOORS
from states.roles import Role
from tests.api.served import OFFICER, Served, secretary
from workflow.commands.asking import Actor
from workflow.log import Log

ACTORS = (
    OFFICER,
    secretary("CB03"),
    Actor(id="BTC-01", role=Role.ORGANISATION_BOARD, body="DB01"),
    Actor(id="0125", role=Role.SUPERIOR_COMMITTEE, body="DB01"),
    Actor(id="0002", role=Role.COUNTING_TEAM, body="CB03"),
)
THERE = {
    "campaign": "2016",
    "organisation": "CB03",
    "venue": "CB03",
    "review": "2016.collective.CB03",
    "person": "0045",
}
NOWHERE = {
    "campaign": {**THERE, "campaign": "1999", "review": "1999.collective.CB03"},
    "body": {**THERE, "organisation": "CB99", "venue": "CB99", "review": "2016.collective.CB99"},
    "review": {**THERE, "review": "nothing"},
    "person": {**THERE, "person": "9999"},
}
"""What is not there -> the names that a command then uses."""


def asked(door: Door, names: Mapping[str, str]) -> tuple[str, Any]:
    """The address and body of a door's example with these names, its days moved to one that has come."""
    others = {
        "flag": "under_verification", "meeting": "M9", "ballot": "B9", "submission": "S9", "plan": "P9",
        "reward": "R9", "change": "L9", "grant": "G9", "delegation": "D9", "conflict": "X9",
    }  # fmt: skip
    return "/api/v1" + door.path.format_map({**others, **names}), replaced(door.example, names)


def replaced(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {
            name: names[name] if name in names and isinstance(inner, str) else replaced(inner, names)
            for name, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [replaced(inner, names) for inner in value]
    if isinstance(value, str) and value.startswith("2016.member."):
        return names["review"]
    return "2016-12-16" if isinstance(value, str) and value.startswith(("2016-12", "2017-")) else value


CASES = [
    pytest.param(door, nowhere, id=f"{door.command.__name__}-{nowhere}")
    for door in DOORS
    for nowhere, names in NOWHERE.items()
    if door.command.__name__ != "PlanCampaign" and asked(door, names) != asked(door, THERE)
]
"""Every command but the one that makes a campaign, with every name it uses."""


@pytest.mark.parametrize(("door", "nowhere"), CASES)
def test_a_command_about_what_is_not_there_is_refused_and_writes_nothing(
    served: Served, door: Door, nowhere: str
) -> None:
    path, body = asked(door, NOWHERE[nowhere])
    before = events(served)
    for actor in ACTORS:
        answer = served.acting(actor).post(path, json=body)
        assert answer.status_code in (403, 404, 422), (path, answer.text)
        assert answer.json()["detail"]
    assert events(served) == before


def events(served: Served) -> int:
    """How many events the log holds."""
    with served.service.database.read() as connection:
        return sum(1 for _ in Log(connection).scan())


def test_a_review_of_another_campaign_is_not_taken_at_a_meeting(served: Served) -> None:
    client = served.acting(secretary("CB03"))
    plan = {
        "meeting": "M1",
        "campaign": "2015",
        "organisation": "CB03",
        "venue": "CB03",
        "day": "2016-12-20",
        "items": [{"review": "2016.collective.CB03"}],
    }
    assert client.post("/api/v1/meetings", json=plan).status_code == 404
