"""Every address, every role, from everywhere: the answers are those of the table of permissions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import URL

from api.permissions import BY_ROUTE, TABLE, About, Row
from handlers.access.scope import SEES_A_BRANCH
from states.roles import Role
from tests.access.walking import PLACES, SUBJECT, Walked, routes_of
from tests.house import tree
from workflow.commands.asking import Actor
from workflow.database import Database

WITHOUT_A_ROW = {
    ("GET", "/openapi.json"),  # what the API is like: public, and made by the framework
    ("HEAD", "/openapi.json"),
    ("GET", "/static/{path}"),  # style sheets, scripts, fonts
}
NOT_FOUND, NOT_ALLOWED, NOBODY = (
    f"urn:kiemdiem:problem:{word}" for word in ("not-found", "not-allowed", "nobody-acts")
)
BY_ROLE_ALONE = {About.ONESELF, About.SERVICE, About.COMMAND}

THINGS = {About.REVIEW, About.NAMED, About.MEETING, About.BALLOT, About.SUBMISSION, About.PLAN, About.REWARD}
SEEN: dict[tuple[str, str], set[About]] = {
    # the branch: everything of it from the body itself and from above, and of the campaign its part
    ("branch", "inside"): {About.CAMPAIGN, About.BODY, *THINGS},
    ("branch", "above"): {About.CAMPAIGN, About.WHOLE, About.SUMS, About.BODY, *THINGS},
    ("branch", "top"): {About.CAMPAIGN, About.WHOLE, About.SUMS, About.BODY, *THINGS},
    ("branch", "beside"): {About.CAMPAIGN},
    # a person: the own review and what rests on it; the agenda and the report are not a member's
    ("member", "inside"): {About.CAMPAIGN, About.BODY, About.REVIEW, About.NAMED, About.PLAN},
    ("member", "beside"): {About.CAMPAIGN},
    # the papers and the names on them, and no level
    ("counting_team", "inside"): {About.CAMPAIGN, About.BODY, About.NAMED, About.MEETING, About.BALLOT},
    ("counting_team", "beside"): {About.CAMPAIGN},
    # that there are campaigns and bodies, and nothing of what is in them
    **{("administrator", place): {About.CAMPAIGN, About.BODY} for place in PLACES},
}
"""What is seen of the first cell, by kind of role and from where; what is not here is not there."""


@pytest.fixture(scope="module")
def walked(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """One town for all the walks, which write nothing that another would see."""
    path = tmp_path_factory.mktemp("walked") / "town.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(URL.create("sqlite", database=str(path)).render_as_string())
    yield Walked.on(database)
    database.close()


def test_every_address_has_a_row_and_every_row_an_address(walked: Walked) -> None:
    there = {f"{method} {path}" for method, path in set(routes_of(walked.app)) - WITHOUT_A_ROW}
    assert sorted(there - BY_ROUTE.keys()) == [], "api/permissions.py says for whom an address is"
    assert sorted(BY_ROUTE.keys() - there) == []
    assert len(BY_ROUTE) == sum(len(row.routes) for row in TABLE), "an address stands in one row alone"
    assert len({row.act for row in TABLE}) == len(TABLE)


def test_nobody_who_has_not_said_who_sees_more_than_what_is_public(walked: Walked) -> None:
    for method, path, row in _addresses():
        kind = _kind(walked.ask(method, path, None))
        if row.about is About.ACCOUNT and method == "POST":
            assert kind in (NOBODY, "about:blank"), f"{method} {path}: {kind}"  # a form of nobody's is forged
        else:
            assert (kind == NOBODY) == (row.about is not About.ANYBODY), f"{method} {path}: {kind}"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLOCK}))
def test_a_role_meets_what_the_table_and_its_scope_give_it(walked: Walked, role: Role, place: str) -> None:
    person = SUBJECT if place == "inside" else "0201" if place == "beside" else "X-01"
    actor = Actor(id=person, role=role, body=PLACES[place])
    wrong = [
        f"{method} {path}: {answer.status_code} {_kind(answer)}"
        for method, path, row in _addresses()
        if not _as_expected(row, method, role, place, answer := walked.ask(method, path, actor))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.MEMBER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_what_is_out_of_scope_is_answered_like_what_does_not_exist(walked: Walked, role: Role) -> None:
    """Nothing is learnt by trying names: but for the name the two answers are the same, byte by byte."""
    actor = Actor(id="0201", role=role, body=PLACES["beside"])
    for method, path, row in _addresses():
        if row.about not in THINGS:
            continue
        hidden = walked.ask(method, path, actor)
        noun = next(noun for noun in _NOUNS if f"{{{noun}}}" in path)
        name = walked.names[noun]
        other = name[:-1] + "Z"
        absent = walked.ask(method, path, actor, {noun: other})
        assert hidden.status_code == absent.status_code == 404, f"{method} {path}"
        assert hidden.text.replace(name, "…") == absent.text.replace(other, "…"), f"{method} {path}"
        assert _headers(hidden) == _headers(absent), f"{method} {path}"


@pytest.mark.parametrize("asked", ["organisation", "campaign", "review", "venue"])
def test_a_name_behind_the_question_mark_opens_nothing(walked: Walked, asked: str) -> None:
    """Only sums are cut by a body asked for; elsewhere one's own body is not a way to the whole."""
    actor = Actor(id="0101", role=Role.COMMITTEE, body=PLACES["inside"])
    own = walked.names.get(asked, PLACES["inside"])
    for method, path, row in _addresses():
        if method == "GET" and "?" not in path and row.about in (About.WHOLE, About.SUMS):
            answer = walked.ask(method, f"{path}?{asked}={own}", actor)
            cut = row.about is About.SUMS and asked == "organisation"
            assert (_kind(answer) == NOT_FOUND) != cut, f"{path}?{asked}={own}"


def test_a_command_goes_to_the_engine_through_its_scope_alone() -> None:
    """No page and no resource hands a command over by itself."""
    found = [
        f"{tree.name_of(path)}: {line.strip()}"
        for folder in ("api/pages", "api/resources")
        for path in sorted((tree.ROOT / folder).rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if "engine.handle(" in line
    ]
    assert found == []


_NOUNS = ("review", "meeting", "ballot", "submission", "plan", "reward")


def _addresses() -> Iterator[tuple[str, str, Row]]:
    for route, row in BY_ROUTE.items():
        method, _, path = route.partition(" ")
        yield method, path, row


def _as_expected(row: Row, method: str, role: Role, place: str, answer: httpx2.Response) -> bool:
    kind = _kind(answer)
    if row.about is About.ACCOUNT:
        return kind in (NOBODY, "about:blank")  # somebody named by the asker has no account
    if row.about is About.ANYBODY:
        return kind != NOBODY
    if role not in row.by:
        return kind in (NOT_FOUND, NOT_ALLOWED)
    if row.about in BY_ROLE_ALONE:
        return answer.status_code != 401 and kind != NOBODY
    group = "branch" if role in SEES_A_BRANCH else role.value
    if row.about not in SEEN.get((group, place), set()) and not _part_of_base(row, group, place):
        return kind == NOT_FOUND
    return kind not in ((NOT_FOUND,) if method == "POST" else (NOT_FOUND, NOT_ALLOWED, NOBODY))


def _part_of_base(row: Row, group: str, place: str) -> bool:
    """The base has a review of its own, whose name its counting team knows, and so of the campaign."""
    return group == "counting_team" and place == "above" and row.about is About.CAMPAIGN


def _kind(answer: httpx2.Response) -> str:
    if answer.headers.get("content-type", "").startswith("application/problem+json"):
        return str(answer.json()["type"])
    return ""


def _headers(answer: httpx2.Response) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in answer.headers.items() if name != "content-length")
