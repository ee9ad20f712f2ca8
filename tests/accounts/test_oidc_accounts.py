"""What an administrator does for sign-in through an office's own server: settings, and whom it means."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.settings import Settings
from api.sign_in.oidc import identity_server_of
from handlers.accounts.security_log import Entry, Happened, entries
from tests.accounts.office import Office
from tests.accounts.oidc_server import CLIENT
from tests.api.browsing import Form, said
from tests.house import tree
from workflow import clock
from workflow.errors import BadInput

ISSUER = "https://sso.example.org/realms/van-phong"
CALLBACK = "/sign-in/oidc/callback"
SUBJECT = "6f0c8b1e-3d55-4b7a-9a53-1f4a0e6d2c11"


@pytest.fixture
def url(migrated_sqlite: Path, tmp_path: Path) -> str:
    path = tmp_path / "office.db"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def office(url: str) -> Iterator[Office]:
    """A service a server is set up for, which these tests do not ask."""
    made = Office.on(url, oidc_issuer=ISSUER, oidc_client_id=CLIENT)
    yield made
    made.service.close()


def told(office: Office, account: str) -> list[Entry]:
    with office.service.database.read() as connection:
        return list(entries(connection, account=account))


# --- people's identities ---------------------------------------------------------------------------


def test_an_administrator_sets_changes_and_removes_an_identity(office: Office) -> None:
    office.has_administrator()
    account = office.has_account("an")
    keeper, person = office.browser(), office.browser()
    keeper.signs_in("quan-tri")
    person.signs_in("an")
    page = f"/accounts/{account}"
    assert "Chưa gắn" in said(keeper.get(page))
    assert f"{page}/identity-removal" not in keeper.get(page).text
    done = keeper.send(page, f"{page}/identity", identity=f" {SUBJECT} ")
    assert done.status_code == 303
    assert SUBJECT in keeper.get(page).text
    assert person.get("/account").status_code == 303, "who may come in has changed, and its person notices"
    entry = next(one for one in told(office, account) if one.what is Happened.IDENTITY_SET)
    assert entry.by == "quan-tri"
    assert SUBJECT not in repr(entry), "the list holds digests"
    person.signs_in("an")
    keeper.send(page, f"{page}/identity", identity=SUBJECT)
    assert person.get("/account").status_code == 200, "the same again changes nothing"
    keeper.send(page, f"{page}/identity-removal")
    assert person.get("/account").status_code == 303
    assert SUBJECT not in keeper.get(page).text
    assert [one.what for one in told(office, account)].count(Happened.IDENTITY_REMOVED) == 1


@pytest.mark.parametrize("identity", ["", " ", "x" * 256, "a\tb"])
def test_what_is_no_identifier_is_said_beside_the_form(office: Office, identity: str) -> None:
    office.has_administrator()
    account = office.has_account("an")
    keeper = office.browser()
    keeper.signs_in("quan-tri")
    page = f"/accounts/{account}"
    refused = keeper.send(page, f"{page}/identity", identity=identity)
    assert refused.status_code == 422
    assert "mã định danh; cần" in said(refused)
    assert Happened.IDENTITY_SET not in [one.what for one in told(office, account)]


def test_an_identity_is_of_one_person(office: Office) -> None:
    office.has_administrator()
    keeper = office.browser()
    keeper.signs_in("quan-tri")
    first, second = (f"/accounts/{office.has_account(login)}" for login in ("an", "binh"))
    keeper.send(first, f"{first}/identity", identity=SUBJECT)
    refused = keeper.send(second, f"{second}/identity", identity=SUBJECT)
    assert refused.status_code == 422
    assert "tài khoản an" in said(refused)
    assert f'value="{SUBJECT}"' in refused.text, "what was typed is still there"
    assert keeper.send(second, f"{second}/identity", identity=SUBJECT.upper()).status_code == 303


def test_without_a_server_an_identity_is_only_removed(url: str, office: Office) -> None:
    office.has_administrator()
    account = office.has_account("an")
    keeper = office.browser()
    keeper.signs_in("quan-tri")
    page = f"/accounts/{account}"
    keeper.send(page, f"{page}/identity", identity=SUBJECT)
    plain = Office.on(url)
    plain.now.put(date(2016, 12, 17))
    keeper = plain.browser()
    keeper.signs_in("quan-tri")
    shown = said(keeper.get(page))
    assert f"{SUBJECT}, của máy chủ {ISSUER} hiện không dùng" in shown
    csrf = keeper.form(page, f"{page}/identity-removal").value("csrf")
    assert keeper.post(Form(f"{page}/identity", [("csrf", csrf), ("identity", "x")])).status_code == 404
    assert keeper.send(page, f"{page}/identity-removal").status_code == 303
    plain.service.close()


def test_the_command_line_does_the_same(url: str, office: Office) -> None:
    account = office.has_account("an")

    def run(*words: str, issuer: str = ISSUER) -> tuple[int, str]:
        environment = {"KIEMDIEM_DATABASE": url, "KIEMDIEM_OIDC_ISSUER": issuer}
        result = CliRunner().invoke(app, ["account", *words], env=environment)
        return result.exit_code, result.output

    assert run("identity", "an", SUBJECT) == (0, "Đã gắn mã định danh cho an.\n")
    assert json.loads(run("list", "an", "--json")[1])[0]["identity"] == SUBJECT
    assert run("identity", "an", "--remove") == (0, "Đã gỡ mã định danh của an.\n")
    for words, issuer in (
        (("identity", "an", SUBJECT), ""),
        (("identity", "an"), ISSUER),
        (("identity", "an", SUBJECT, "--remove"), ISSUER),
        (("identity", "nobody", SUBJECT), ISSUER),
    ):
        assert run(*words, issuer=issuer)[0] == 1, words
    assert [one.by for one in told(office, account) if one.what is Happened.IDENTITY_SET] == ["set-up"]


# --- settings --------------------------------------------------------------------------------------


def test_without_a_setting_there_is_no_such_way(url: str) -> None:
    office = Office.on(url)
    person = office.browser()
    assert "/sign-in/oidc" not in person.get("/sign-in").text
    assert person.get("/sign-in/oidc?next=/account").headers["location"] == "/sign-in?next=%2Faccount"
    assert person.get(f"{CALLBACK}?code=x&state=x").headers["location"] == "/sign-in"
    office.service.close()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("oidc_issuer", "http://sso.example.org"),  # unencrypted, and not this machine
        ("oidc_issuer", "sso.example.org"),
        ("oidc_issuer", "https://sso.example.org/?a=b"),
        ("oidc_client_id", ""),
        ("oidc_ca_file", Path(__file__)),
    ],
)
def test_a_setting_that_cannot_be_right_is_said_at_once(setting: str, value: object) -> None:
    right = Settings(oidc_issuer="https://sso.example.org", oidc_client_id=CLIENT)
    assert identity_server_of(right, clock.now) is not None
    with pytest.raises(BadInput) as wrong:
        identity_server_of(right.model_copy(update={setting: value}), clock.now)
    assert wrong.value.field == f"KIEMDIEM_{setting.upper()}"


def test_the_service_runs_without_the_extra(url: str) -> None:
    """Nothing of it is imported where nobody set it up."""
    there = (
        "import sys; sys.modules.update(joserfc=None, cryptography=None); from api.app import create_app; "
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{there}create_app({url!r})"],
        cwd=tree.ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_extra_is_asked_for_where_it_is_set_up_and_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "joserfc", None)
    with pytest.raises(BadInput) as missing:
        identity_server_of(Settings(oidc_issuer="https://sso.example.org", oidc_client_id="x"), clock.now)
    assert "kiemdiem[oidc]" in missing.value.vi
    assert identity_server_of(Settings(), clock.now) is None
