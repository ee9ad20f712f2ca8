"""Signing in through the pages: sessions, cookies, what is told to whom, and where one is led."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from api.sign_in.cookies import NAME, SECURE_NAME
from api.sign_in.going_on import safe_next
from handlers.accounts.book import disable
from handlers.accounts.security_log import Happened, entries
from handlers.accounts.tables import SECURITY_LOG, SESSIONS
from tests.accounts.office import ANOTHER, PASSWORD, Office, Person
from tests.api.browsing import Form, said, yes


def test_whoever_is_not_signed_in_is_led_to_sign_in_and_back(office: Office) -> None:
    office.has_administrator()
    person = office.browser()
    asked = person.get("/accounts?q=an")
    assert asked.headers["location"] == "/sign-in?next=%2Faccounts%3Fq%3Dan"
    signed = person.signs_in("quan-tri", following="%2Faccounts%3Fq%3Dan")
    assert (signed.status_code, signed.headers["location"]) == (303, "/accounts?q=an")
    assert "quan-tri" in person.get("/accounts").text
    json = office.browser().client.get("/api/v1/campaigns", headers={"accept": "application/json"})
    assert (json.status_code, json.headers["www-authenticate"]) == (401, "Bearer")


def test_a_form_sent_after_the_session_ended_says_how_not_to_lose_what_was_typed(office: Office) -> None:
    account = office.has_administrator()
    person = office.browser()
    person.signs_in("quan-tri")
    form = person.form(f"/accounts/{account}", f"/accounts/{account}/link")
    person.send("/account", "/sign-out")
    answer = person.post(form)
    assert answer.status_code == 401
    assert "/sign-in" in answer.text


def test_a_session_planted_before_is_not_adopted_and_every_step_has_a_new_token(office: Office) -> None:
    office.has_account("an")
    office.has_account("binh")
    attacker, victim = office.browser(), office.browser()
    attacker.signs_in("an")
    planted = attacker.token
    victim.client.cookies.set(NAME, planted)
    csrf = victim.form("/account/password", "/account/password").value("csrf")
    signed = victim.post(Form("/sign-in", [("csrf", csrf), ("login", "binh"), ("password", PASSWORD)]))
    assert signed.status_code == 303
    fresh = signed.cookies[NAME]
    assert fresh != planted
    assert attacker.get("/account").status_code == 303, "the session that was planted has ended"


def test_signing_out_ends_the_session_on_the_server_too(office: Office) -> None:
    office.has_account("an")
    person, thief = office.browser(), office.browser()
    person.signs_in("an")
    thief.client.cookies.set(NAME, person.token)
    assert thief.get("/account").status_code == 200
    assert person.send("/account", "/sign-out").headers["location"] == "/sign-in"
    assert thief.get("/account").status_code == 303


def test_another_password_ends_every_other_session_and_renews_ones_own(office: Office) -> None:
    office.has_account("an")
    here, there = office.browser(), office.browser()
    here.signs_in("an")
    there.signs_in("an")
    before = here.token
    wrong = here.send("/account/password", "/account/password", old="sai", password=ANOTHER, again=ANOTHER)
    assert wrong.status_code == 422
    assert there.get("/account").status_code == 200
    unlike = here.send(
        "/account/password", "/account/password", old=PASSWORD, password=ANOTHER, again=PASSWORD
    )
    assert unlike.status_code == 422
    done = here.send("/account/password", "/account/password", old=PASSWORD, password=ANOTHER, again=ANOTHER)
    assert done.status_code == 303
    assert done.cookies[NAME] != before
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert office.browser().signs_in("an").status_code == 422
    assert office.browser().signs_in("an", ANOTHER).status_code == 303


def test_a_session_taken_back_or_an_account_disabled_counts_at_once(office: Office) -> None:
    office.has_administrator()
    account = office.has_account("an")
    keeper, here, there = office.browser(), office.browser(), office.browser()
    keeper.signs_in("quan-tri")
    here.signs_in("an")
    there.signs_in("an")
    ended = here.send("/account", "/account/sessions/revocation")
    assert ended.status_code == 303
    assert there.get("/account").status_code == 303
    assert here.get("/account").status_code == 200
    question = keeper.send(f"/accounts/{account}", f"/accounts/{account}/disabling")
    assert "1 nơi đang đăng nhập bị đăng xuất ngay." in said(question)
    assert here.get("/account").status_code == 200, "asked about, not done"
    keeper.post(yes(question.text, f"/accounts/{account}/disabling"))
    assert here.get("/account").status_code == 303
    assert here.signs_in("an").status_code == 422
    keeper.send(f"/accounts/{account}", f"/accounts/{account}/enabling")
    assert here.signs_in("an").status_code == 303


def test_nobody_ends_the_session_of_somebody_else(office: Office) -> None:
    office.has_account("an")
    office.has_account("binh")
    an, binh = office.browser(), office.browser()
    an.signs_in("an")
    binh.signs_in("binh")
    with office.service.database.read() as connection:
        session = connection.execute(select(func.min(SESSIONS.c.session))).scalar_one()
    csrf = binh.form("/account", "/sign-out").value("csrf")
    answer = binh.post(Form(f"/account/sessions/{session}/revocation", [("csrf", csrf)]))
    assert answer.status_code == 404
    assert an.get("/account").status_code == 200


def test_a_session_is_over_when_idle_and_after_its_whole_time(small_office: Office) -> None:
    small_office.has_account("an")
    lasting = small_office.app.state.settings.session_lasting
    person = small_office.browser()
    person.signs_in("an")
    began = small_office.now()
    small_office.now._now = began + lasting.idle - timedelta(minutes=1)
    assert person.get("/account").status_code == 200
    small_office.now._now += lasting.idle - timedelta(minutes=1)
    assert person.get("/account").status_code == 200, "being seen goes on from the last time"
    small_office.now._now += lasting.idle
    assert person.get("/account").status_code == 303
    person.signs_in("an")
    began = small_office.now()
    while small_office.now() < began + lasting.whole - timedelta(hours=1):
        assert person.get("/account").status_code == 200
        small_office.now._now += timedelta(hours=1)
    small_office.now._now = began + lasting.whole
    assert person.get("/account").status_code == 303


def test_whether_a_name_exists_is_not_told(office: Office) -> None:
    office.has_account("zz-an")
    disabled = office.has_account("zz-binh")
    with office.service.database.write() as connection:
        disable(connection, disabled, at=office.now(), by="test")
    answers = []
    for login in ("zz-an", "zz-nobody", "zz-binh", "z" * 150):
        answer = office.browser().signs_in(login, "một mật khẩu sai")
        body = re.sub(r'name="csrf" value="[^"]*"', "", answer.text.split("<main", 1)[1])
        answers.append((answer.status_code, body.replace(login, "@"), sorted(answer.headers)))
    assert answers[0][0] == 422
    assert answers[0][1].count("@") == 1
    assert all(answer == answers[0] for answer in answers)


def test_too_many_attempts_wait_and_a_right_password_waits_with_them(office: Office) -> None:
    office.has_account("an")
    person = office.browser()
    for _ in range(6):
        assert person.signs_in("an", "một mật khẩu sai").status_code == 422
    held = person.signs_in("an")
    assert (held.status_code, held.headers["retry-after"]) == (429, "1")
    assert office.browser().signs_in("nobody", "x").status_code == 422
    office.now._now += timedelta(seconds=1)
    assert person.signs_in("an").status_code == 303


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        "/a\nSet-Cookie: x=1",
        "/sign-out",
        "/link/abc",
        "/" + "a" * 1_001,
        "http:/evil.example",
    ],
)
def test_signing_in_leads_to_a_page_of_ours_alone(address: str) -> None:
    assert safe_next(address) == "/"


def test_signing_in_leads_to_the_page_that_was_asked_for() -> None:
    assert safe_next("/c/2016?late=1&q=%2F%2Fx#row") == "/c/2016?late=1&q=%2F%2Fx#row"


def test_the_cookie_is_kept_from_scripts_and_other_hosts(
    small_office: Office,
) -> None:
    small_office.has_account("an")
    plain = small_office.browser().signs_in("an").headers["set-cookie"]
    assert f"{NAME}=" in plain
    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain
    assert "Domain" not in plain
    small_office.origin = "https://testserver"
    secure = small_office.browser().signs_in("an").headers["set-cookie"]
    assert f"{SECURE_NAME}=" in secure
    assert "Secure" in secure
    assert "Path=/" in secure
    unsafe = small_office.browser()
    unsafe.client.cookies.set(NAME, secure.split(f"{SECURE_NAME}=")[1].split(";")[0])
    assert unsafe.get("/account").status_code == 303, "under https only the __Host- name counts"


def test_a_password_set_by_another_has_to_be_changed_before_anything_else(office: Office) -> None:
    office.has_account("an", must_change=True)
    person = office.browser()
    person.signs_in("an")
    for address in ("/", "/account", "/capacity", "/accounts", "/inbox"):
        assert person.get(address).headers["location"].startswith("/account/password"), address
    api = person.client.get("/api/v1/inbox", headers={"accept": "application/json"})
    assert api.status_code == 401
    done = person.send(
        "/account/password", "/account/password", old=PASSWORD, password=ANOTHER, again=ANOTHER
    )
    assert done.status_code == 303
    assert person.get("/account").status_code == 200


def test_forms_of_other_sites_sign_nobody_in(small_office: Office) -> None:
    small_office.has_account("an")
    person = small_office.browser()
    form = person.form("/sign-in", "/sign-in").set("login", "an").set("password", PASSWORD)
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        answer = person.client.post(form.action, data=dict(form.fields), headers=headers)
        assert answer.status_code == 403
    assert person.post(form.set("csrf", "x")).status_code == 403
    assert person.post(form).status_code == 303


def test_neither_what_was_typed_nor_a_token_reaches_a_log_line_or_the_list_of_events(office: Office) -> None:
    office.has_account("an")
    evil = "an\r\n2026-11-20 [info] signed in \x1b[31mroot\x00"
    with capture_logs() as lines:
        person = office.browser()
        person.signs_in(evil, "một mật khẩu sai 77")
        person.signs_in("an", "một mật khẩu sai 77")
        person.signs_in("an")
        token = person.token
        person.get("/account")
        person.get("/link/" + "k" * 43)
        person.send("/account", "/sign-out")
    with office.service.database.read() as connection:
        kept = connection.execute(select(SECURITY_LOG)).all()
        told = {one.what for one in entries(connection)}
    whole = repr(lines) + repr(kept)
    for secret in ("root", "mật khẩu sai", PASSWORD, token, "k" * 43, "testclient"):
        assert secret not in whole
    assert {Happened.SIGNED_IN, Happened.SIGN_IN_REFUSED, Happened.SIGNED_OUT} <= told


def test_a_secret_in_an_address_is_not_logged_when_something_breaks(small_office: Office) -> None:
    small_office.service.close()
    broken = Person(
        TestClient(small_office.app, headers={"accept": "text/html"}, raise_server_exceptions=False)
    )
    with small_office.service.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE one_time_links")
    with capture_logs() as lines:
        assert broken.get("/link/" + "k" * 43).status_code == 500
    assert "k" * 43 not in repr(lines)
    assert any(line["event"] == "request failed" and line["path"] == "/link/{token}" for line in lines)
