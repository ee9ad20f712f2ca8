"""The board as JSON holds what its page holds under the same filters, page by page, and refuses by name."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest
from starlette.requests import Request

from api.board_filter import wanted_of
from api.pages.board_page import read_board
from api.pages.campaigns import campaign_of
from api.pages.visits import Visit
from handlers.season.remembered import settled_before
from tests.api.served import OFFICER, Served, secretary
from workflow.commands.asking import Actor

BOARD = "/api/v1/campaigns/2016/board"
AFTER_THE_END = date(2017, 3, 1)


def on_the_page(served: Served, actor: Actor, asked: dict[str, str]) -> set[str]:
    """The bodies the page of the board shows for the same question."""
    service = served.service
    day = service.engine.now().date()
    visit = Visit(
        request=cast(Request, None), service=service, language="vi", today=day, token="", actor=actor
    )
    given = {"kind": "individual", "show": "all", "stage": "", "level": "", "q": "", "sort": "tree"} | asked
    wanted = wanted_of(**given, fold=(), page=1)  # type: ignore[arg-type]  # as an address tells it
    settled = settled_before(service.database)
    with service.database.read() as connection:
        campaign, rulebook = campaign_of(connection, service, "2016")
        board = read_board(connection, visit, campaign, rulebook, wanted, settled)
    return {row.body.body for row in board.found.kept}


@pytest.mark.parametrize("actor", [OFFICER, secretary("CB03")], ids=["officer", "secretary"])
@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "individual"},
        {"kind": "individual", "show": "late"},
        {"kind": "individual", "show": "risk"},
        {"kind": "individual", "show": "done"},
        {"kind": "individual", "stage": "prepared"},
        {"kind": "individual", "level": "HTTNV"},
        {"kind": "collective", "stage": "prepared", "show": "late"},
        {"kind": "individual", "q": "chi bo"},
        {"kind": "individual", "q": "0045"},
        {"kind": "organisation", "q": "không có ai tên thế"},
    ],
    ids=str,
)
def test_the_same_filters_leave_the_same_bodies(served: Served, actor: Actor, asked: dict[str, str]) -> None:
    for day in (None, AFTER_THE_END):
        if day is not None:
            served.now.put(day)
        told = served.acting(actor).get(BOARD, params=asked | {"limit": "500"}).json()
        assert {row["organisation"] for row in told["rows"]} == on_the_page(served, actor, asked)
        assert told["next"] is None
        assert all(row["state"] for row in told["rows"])


def test_a_late_body_says_with_what_and_since_when(served: Served) -> None:
    served.now.put(AFTER_THE_END)
    rows = served.acting(OFFICER).get(BOARD, params={"kind": "individual", "show": "late"}).json()["rows"]
    assert rows
    for row in rows:
        assert row["state"]["show"] == "late"
        assert row["state"]["late"]
        assert row["state"]["days_late"] > 0
        assert row["state"]["says"].startswith("Trễ ")


@pytest.mark.parametrize("asked", [{}, {"kind": "individual"}], ids=["every kind", "one kind"])
def test_the_board_is_read_page_by_page_without_gap_or_repetition(
    served: Served, asked: dict[str, str]
) -> None:
    client = served.acting(OFFICER)
    whole = [row["organisation"] for row in client.get(BOARD, params=asked | {"limit": "500"}).json()["rows"]]
    found: list[str] = []
    after: str | None = None
    while True:
        page = client.get(BOARD, params=asked | {"limit": "3"} | ({"after": after} if after else {})).json()
        found += [row["organisation"] for row in page["rows"]]
        after = page["next"]
        if after is None:
            break
    assert found == whole == sorted(whole)
    assert len(found) > 3


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"kind": "individual", "stage": "voting"}, "stage"),
        ({"kind": "individual", "level": "BEST"}, "level"),
        ({"kind": "individual", "show": "lost"}, "show"),
        ({"kind": "individual", "q": "a"}, "q"),
        ({"kind": "individual", "after": "a b"}, "after"),
        ({"show": "late"}, "kind"),
        ({"q": "chi bo"}, "kind"),
    ],
)
def test_a_filter_that_means_nothing_is_named(served: Served, asked: dict[str, str], field: str) -> None:
    """The page leaves it out, so that an old link still opens; a program is told."""
    answer = served.acting(OFFICER).get(BOARD, params=asked)
    assert answer.status_code == 422
    assert [(one["in"], one["field"]) for one in answer.json()["errors"]] == [("query", field)]
    assert answer.json()["errors"][0]["message"]
