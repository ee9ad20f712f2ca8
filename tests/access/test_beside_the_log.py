"""Letters, calls, sign-ins and files taken out are seen by branch, and a single look agrees with the list."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, insert

from api.actors import HEADER, actor_text
from handlers.access.tables import GRANTS
from handlers.accounts.security_log import Happened, note
from handlers.accounts.tables import ACCOUNTS
from handlers.audit.exports import BOARD, note_export
from handlers.notice_tables import WEBHOOKS
from states import grant
from states.roles import Role
from tests.access.walking import PLACES, Walked
from tests.builders import BASE, FIRST, SECOND
from tests.handlers.courier.posting import a_row
from workflow.commands.asking import Actor
from workflow.database import Database
from workflow.outbox import post

AT = datetime(2017, 1, 11, 1, tzinfo=UTC)
AUDITS_THE_SECOND = "NGOAI-01"
"""Nobody of the roster: he audits the second cell by a grant that is over."""

LIVES_AT: Mapping[str, str] = {
    "0101": FIRST,
    "0104": FIRST,
    "0201": SECOND,
    AUDITS_THE_SECOND: SECOND,
    "KHACH": "",
}
HOOKS: Mapping[str, str] = {"aaaaaaaaaaaa": FIRST, "bbbbbbbbbbbb": SECOND, "cccccccccccc": BASE}
BRANCHES: Mapping[str, frozenset[str]] = {
    BASE: frozenset({BASE, FIRST, SECOND}),
    FIRST: frozenset({FIRST}),
    SECOND: frozenset({SECOND}),
}
LETTERS = frozenset({Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR})
SECURITY = frozenset({Role.INSPECTION, Role.AUDITOR, Role.ADMINISTRATOR})


@pytest.fixture(scope="module")
def walked(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    path = tmp_path_factory.mktemp("beside") / "town.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(URL.create("sqlite", database=str(path)).render_as_string())
    walked = Walked.on(database)
    with database.write() as connection:
        write(connection)
    yield walked
    database.close()


def write(connection: Connection) -> None:
    """A letter, an account with a sign-in and a file for each; a call for each endpoint."""
    connection.execute(
        insert(GRANTS).values(
            grant_id="G9", stage=grant.ENDED, role=Role.AUDITOR, body=SECOND, person=AUDITS_THE_SECOND,
            from_day=date(2016, 1, 1), document="QĐ 1", proposed_by="X", proposed_on=date(2016, 1, 1),
            ended_by="X", ended_on=date(2016, 12, 1),
        )
    )  # fmt: skip
    for person, body in LIVES_AT.items():
        post(connection, [a_row(person, state="sent", ended_at=AT)])
        connection.execute(
            insert(ACCOUNTS).values(
                account=account(person), login=person.lower(), person=person, created_at=AT, created_by="X"
            )
        )
        note(connection, AT, Happened.SIGNED_IN, account=account(person))
        taker = Actor(id="X", role=Role.SECRETARY, body=body or "CB77")
        note_export(connection, AT, taker, BOARD, {"person": f"LAY-{person}"}, 1)
    note(connection, AT, Happened.SIGN_IN_REFUSED, login_digest="nobody-has-it")
    for hook, body in HOOKS.items():
        connection.execute(
            insert(WEBHOOKS).values(
                webhook=hook, url="https://example.org", secret="s", organisation=body, active=True,
                created_at=AT, created_by="X",
            )
        )  # fmt: skip
        post(connection, [a_row(hook, channel="webhook", state="sent", ended_at=AT)])


def account(person: str) -> str:
    return f"TK-{person}"


def seen_bodies(role: Role, place: str) -> frozenset[str]:
    """The rule in plain words: an administrator everything, everybody else the branch."""
    return (
        frozenset({*BRANCHES[BASE], ""}) if role is Role.ADMINISTRATOR else BRANCHES.get(place, frozenset())
    )


@pytest.mark.parametrize("place", PLACES.values())
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLOCK}))
def test_what_is_kept_beside_the_log_is_seen_by_branch(walked: Walked, role: Role, place: str) -> None:
    asking = {HEADER: actor_text(Actor(id="XEM-01", role=role, body=place))}
    bodies = seen_bodies(role, place)
    people = {person for person, body in LIVES_AT.items() if body in bodies}
    hooks = {hook for hook, body in HOOKS.items() if body in bodies}

    letters = walked.client.get("/api/v1/deliveries", headers=asking)
    listed = {one["recipient"]: one["id"] for one in letters.json()["items"]} if letters.is_success else {}
    expected = people | hooks if role in LETTERS else set()
    assert set(listed) == expected
    if letters.is_success:
        assert sum(one["sent"] for one in letters.json()["counts"]) == len(expected)
    called = walked.client.get("/api/v1/webhooks", headers=asking)
    assert {one["webhook"] for one in called.json()} == hooks if called.is_success else role not in LETTERS

    page = walked.client.get("/audit/sign-ins", headers=asking | {"Accept": "text/html"})
    assert (page.status_code == 200) == (role in SECURITY)
    shown = {person for person in LIVES_AT if f"TK-{person}" in page.text}
    assert shown == (people if role in SECURITY else set())
    assert ("nobody-has-it" in page.text) == (role is Role.ADMINISTRATOR), "under a name nobody has"

    files = walked.client.get("/audit/exports", headers=asking | {"Accept": "text/html"})
    taken = {person for person in LIVES_AT if f"LAY-{person}" in files.text}
    assert taken == (people if role in SECURITY else set())


@pytest.mark.parametrize("place", PLACES.values())
@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR])
def test_a_letter_that_is_not_listed_is_not_there(walked: Walked, role: Role, place: str) -> None:
    asking = {HEADER: actor_text(Actor(id="XEM-01", role=role, body=place))}
    everything = {HEADER: actor_text(Actor(id="XEM-02", role=Role.ADMINISTRATOR, body=BASE))}
    every = walked.client.get("/api/v1/deliveries", headers=everything).json()["items"]
    listed = {one["id"] for one in walked.client.get("/api/v1/deliveries", headers=asking).json()["items"]}
    assert len(every) == len(LIVES_AT) + len(HOOKS)
    for one in every:
        answer = walked.client.post(f"/api/v1/deliveries/{one['id']}/cancellation", headers=asking)
        assert answer.status_code == (422 if one["id"] in listed else 404), "it is sent, so never cancelled"
    absent = walked.client.post("/api/v1/deliveries/999999/cancellation", headers=asking)
    assert absent.status_code == 404


def test_an_endpoint_of_another_branch_is_neither_added_called_nor_removed(walked: Walked) -> None:
    asking = {HEADER: actor_text(Actor(id="XEM-01", role=Role.OFFICER, body=FIRST))}
    new = {"url": "https://example.org/x", "organisation": SECOND}
    assert walked.client.post("/api/v1/webhooks", json=new, headers=asking).status_code == 404
    for act in ("removal", "trial"):
        answer = walked.client.post(f"/api/v1/webhooks/bbbbbbbbbbbb/{act}", headers=asking)
        assert answer.status_code == 404
