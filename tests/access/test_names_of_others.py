"""Whoever names something of another body learns nothing: taken and free names are answered alike."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, insert, select

from api.actors import HEADER, actor_text
from handlers.roster_tables import ORGANISATIONS
from states.roles import Role
from tests.access.walking import Walked
from tests.builders import CAMPAIGN, DECIDED, FIRST, SECOND, collective
from workflow.commands.asking import Actor
from workflow.database import Database

ASKING = {HEADER: actor_text(Actor(id="0201", role=Role.SECRETARY, body=SECOND))}
FREE = f"{FIRST}-9999"
ITEMS = [{"review": collective(SECOND)}]


@pytest.fixture(scope="module")
def walked(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    path = tmp_path_factory.mktemp("names") / "town.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(URL.create("sqlite", database=str(path)).render_as_string())
    yield Walked.on(database)
    database.close()


def body(noun: str, name: str) -> tuple[str, dict[str, Any]]:
    """The address and what is sent to make something called so for the second cell."""
    day = DECIDED.isoformat()
    common = {noun: name, "campaign": CAMPAIGN, "organisation": SECOND}
    if noun == "ballot":
        motions = [[collective(SECOND), "HTTNV"]]
        return "ballots", {**common, "meeting": f"{SECOND}-1", "day": day, "secret": True, "motions": motions}
    if noun == "submission":
        return "submissions", {**common, "on": day, "reviews": [collective(SECOND)]}
    return "meetings", {**common, "venue": SECOND, "day": "2017-02-20", "items": ITEMS}


@pytest.mark.parametrize("noun", ["meeting", "ballot", "submission"])
def test_a_taken_name_of_another_cell_and_a_free_one_are_refused_alike(walked: Walked, noun: str) -> None:
    told = []
    for name in (walked.names[noun], FREE):
        address, sent = body(noun, name)
        answer = walked.client.post(f"/api/v1/{address}", json=sent, headers=ASKING)
        told.append((answer.status_code, answer.text.replace(name, "…")))
    assert told[0] == told[1]
    assert told[0][0] == 422
    assert f"{SECOND}-01" in told[0][1], "the way out is said"


def test_a_meeting_called_after_its_own_cell_is_planned(walked: Walked) -> None:
    for name in (f"{SECOND}-0220", f"{CAMPAIGN}-{SECOND}-0220"):
        address, sent = body("meeting", name)
        answer = walked.client.post(f"/api/v1/{address}", json=sent, headers=ASKING)
        assert answer.status_code == 201, answer.text


def test_a_name_after_a_body_whose_code_goes_on_is_that_bodys(walked: Walked) -> None:
    """A code may begin with another's: what is called CB02-N-1 is not of CB02 where there is a CB02-N."""
    chosen = select(ORGANISATIONS).where(ORGANISATIONS.c.organisation_id == SECOND)
    with walked.town.database.write() as connection:
        row = connection.execute(chosen).one()
        copy = {name: value for name, value in row._mapping.items() if name != "row_id"}
        connection.execute(insert(ORGANISATIONS), {**copy, "organisation_id": f"{SECOND}-N"})
    told = {}
    for name in (f"{SECOND}-N-1", f"{CAMPAIGN}-{SECOND}-N-1", f"{SECOND}-M-1"):
        address, sent = body("meeting", name)
        told[name] = walked.client.post(f"/api/v1/{address}", json=sent, headers=ASKING).status_code
    assert list(told.values()) == [422, 422, 201]


def test_what_is_of_another_cell_is_as_little_there_as_what_is_nowhere(walked: Walked) -> None:
    for name in (walked.names["meeting"], FREE):
        answer = walked.client.post(
            f"/api/v1/meetings/{name}/cancellation", json={"reason": "mất điện"}, headers=ASKING
        )
        assert answer.status_code == 404
