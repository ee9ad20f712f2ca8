"""What a list of the API holds is what can be opened one by one, for every role from everywhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, Table, select

from api.actors import HEADER, actor_text
from api.pages.tour import COOKIE as TOUR
from api.pages.tour import PUT_AWAY
from handlers.tables import BALLOTS, BUNDLES, CAMPAIGNS, MEETINGS, PLANS, REVIEWS
from states.roles import Role
from tests.access.walking import PLACES, SUBJECT, Walked
from tests.api.browsing import said
from tests.builders import BASE, BLOC, CAMPAIGN, FIRST, SECOND, collective, member
from workflow.commands.asking import Actor
from workflow.database import Database

API = "/api/v1"
LISTS: tuple[tuple[str, str, str, Table], ...] = (
    (f"{API}/campaigns", f"{API}/campaigns", "campaign", CAMPAIGNS),
    (f"{API}/reviews?limit=500", f"{API}/reviews", "review", REVIEWS),
    (f"{API}/meetings?campaign={CAMPAIGN}", f"{API}/meetings", "meeting", MEETINGS),
    (f"{API}/ballots?campaign={CAMPAIGN}", f"{API}/ballots", "ballot", BALLOTS),
    (f"{API}/submissions?campaign={CAMPAIGN}", f"{API}/submissions", "submission", BUNDLES),
    (f"{API}/campaigns/{CAMPAIGN}/plans", f"{API}/plans", "plan", PLANS),
)
"""The list, the address of one, the name of its key, and where all of them stand."""


@pytest.fixture(scope="module")
def walked(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    path = tmp_path_factory.mktemp("lists") / "town.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(URL.create("sqlite", database=str(path)).render_as_string())
    yield Walked.on(database)
    database.close()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLOCK}))
def test_a_list_holds_what_can_be_opened_and_nothing_else(walked: Walked, role: Role, place: str) -> None:
    person = SUBJECT if place == "inside" else "0201" if place == "beside" else "X-01"
    asking = {HEADER: actor_text(Actor(id=person, role=role, body=PLACES[place]))}
    with walked.town.database.read() as connection:
        every = {key: set(connection.execute(select(table.c[key])).scalars()) for *_, key, table in LISTS}
    for listing, one, key, _ in LISTS:
        answer = walked.client.get(listing, headers=asking)
        listed = {item[key] for item in answer.json()["items"]} if answer.status_code == 200 else set()
        opened = {
            name
            for name in every[key]
            if walked.client.get(f"{one}/{name}", headers=asking).status_code == 200
        }
        assert listed == opened, f"{listing} as {role} at {PLACES[place]}"


def test_the_lists_differ_by_who_asks(walked: Walked) -> None:
    """The comparison above means nothing where everybody sees everything."""
    seen = {
        (role, body): _reviews(walked, Actor(id=person, role=role, body=body))
        for person, role, body in (
            ("0104", Role.MEMBER, FIRST),
            ("X", Role.SECRETARY, FIRST),
            ("X", Role.SECRETARY, SECOND),
            ("X", Role.OFFICER, BASE),
            ("X", Role.SUPERIOR_COMMITTEE, BLOC),
            ("X", Role.COUNTING_TEAM, FIRST),
            ("X", Role.ADMINISTRATOR, BASE),
            ("X", Role.AUDITOR, "CB99"),
        )
    }
    assert seen[Role.MEMBER, FIRST] == {member("0104"), collective(FIRST)}
    assert len(seen[Role.SECRETARY, FIRST]) == 9
    assert not seen[Role.SECRETARY, FIRST] & seen[Role.SECRETARY, SECOND]
    assert seen[Role.OFFICER, BASE] == seen[Role.SUPERIOR_COMMITTEE, BLOC]
    assert seen[Role.OFFICER, BASE] > seen[Role.SECRETARY, FIRST] | seen[Role.SECRETARY, SECOND]
    for nothing in ((Role.COUNTING_TEAM, FIRST), (Role.ADMINISTRATOR, BASE), (Role.AUDITOR, "CB99")):
        assert seen[nothing] == set()


@pytest.mark.parametrize(
    "address", ["/", "/campaigns", f"/c/{CAMPAIGN}", f"/c/{CAMPAIGN}/season", f"/c/{CAMPAIGN}/plans",
                f"/c/{CAMPAIGN}/rewards", f"/c/{CAMPAIGN}/decide", f"/c/{CAMPAIGN}/insight", "/search?q=Chi"]
)  # fmt: skip
def test_a_page_of_many_names_no_body_beside(walked: Walked, address: str) -> None:
    """The secretary of the second cell meets nothing of the first one on any page that lists."""
    asking = {
        HEADER: actor_text(Actor(id="0201", role=Role.SECRETARY, body=SECOND)),
        "Accept": "text/html",
        "Cookie": f"{TOUR}={PUT_AWAY}",  # which leads through the whole demo
    }
    answer = walked.client.get(address, headers=asking)
    assert answer.status_code in (200, 404), said(answer)[:300]
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    assert main
    for trace in (f"/o/{FIRST}", f"{CAMPAIGN}.member.01", f"collective.{FIRST}", "Chi bộ 1"):
        assert trace not in main, trace


def _reviews(walked: Walked, actor: Actor) -> set[str]:
    answer = walked.client.get(f"{API}/reviews?limit=500", headers={HEADER: actor_text(actor)})
    assert answer.status_code == 200, answer.text
    return {item["review"] for item in answer.json()["items"]}
