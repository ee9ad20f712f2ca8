"""Letters, webhooks and calendar addresses through the API, the pages and the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import select, update
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.cli import app
from handlers.reminding.contacts import Contact, save_contact
from handlers.reminding.run import sweep_once
from handlers.roster_tables import POSITIONS
from states.roles import Role
from tests.api.browsing import Browser
from tests.api.served import OFFICER, STRANGER, Served, secretary
from tests.handlers.courier.post_office import PostOffice, post_office
from tests.handlers.courier.posting import START, a_row, put, rows
from tests.handlers.courier.web_office import WebOffice, web_office
from workflow.clock import ZONE
from workflow.commands.asking import Actor

AUDITOR = Actor(id="KT-01", role=Role.AUDITOR, body="DB01")
RUN = CliRunner()


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def called() -> Iterator[WebOffice]:
    with web_office() as office:
        yield office


def address(served: Served) -> str:
    return served.service.database.engine.url.render_as_string(hide_password=False)


def kiemdiem(served: Served, *words: str, **settings: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error of a command on the database of the service."""
    result = RUN.invoke(app, [*words, "--database", address(served)], env={"COLUMNS": "200", **settings})
    return result.exit_code, result.stdout, result.stderr


def dead_letter(served: Served) -> None:
    put(
        served.service.database,
        a_row(state="dead", attempts=1, ended_at=START, problem="550 <a…@example.org> no such user"),
    )


# --- letters ----------------------------------------------------------------------------------------


def test_letters_are_listed_sent_again_and_cancelled_by_those_who_look_after_the_service(
    served: Served,
) -> None:
    dead_letter(served)
    officer = served.acting(OFFICER)
    found = officer.get("/api/v1/deliveries", params={"show": "dead"}).json()
    assert found["counts"] == [
        {"channel": "email", "queued": 0, "late": 0, "sent": 0, "dead": 1, "cancelled": 0}
    ]
    (letter,) = found["items"]
    assert letter["address"] == "a…@example.org"
    assert "an@example.org" not in json.dumps(found)
    again = officer.post(f"/api/v1/deliveries/{letter['id']}/resending")
    assert (again.status_code, again.json()["state"]) == (200, "queued")
    assert officer.post(f"/api/v1/deliveries/{letter['id']}/resending").status_code == 422
    assert officer.post(f"/api/v1/deliveries/{letter['id']}/cancellation").json()["state"] == "cancelled"
    assert [tried["outcome"] for tried in officer.get("/api/v1/deliveries").json()["items"][0]["tries"]] == [
        "requeued",
        "cancelled",
    ]


def test_an_auditor_looks_and_changes_nothing_and_others_do_not_look(served: Served) -> None:
    dead_letter(served)
    auditor, stranger = served.acting(AUDITOR), served.acting(STRANGER)
    assert auditor.get("/api/v1/deliveries").status_code == 200
    assert auditor.post("/api/v1/deliveries/1/resending").status_code == 403
    assert stranger.get("/api/v1/deliveries").status_code == 403
    assert stranger.get("/api/v1/webhooks").status_code == 403
    assert rows(served.service.database)[0].state == "dead"


def test_a_letter_that_is_not_there_is_404(served: Served) -> None:
    assert served.acting(OFFICER).post("/api/v1/deliveries/99/resending").status_code == 404


def test_the_page_shows_letters_and_sends_one_again(served: Served) -> None:
    dead_letter(served)
    browser = Browser(served.service, OFFICER)
    page = browser.open("/deliveries")
    assert "550 &lt;a…@example.org&gt; no such user" in page
    assert "an@example.org" not in page
    assert "Chưa cài đặt máy chủ thư" in page
    assert browser.send(browser.form("/deliveries", "/resending")).status_code == 303
    assert rows(served.service.database)[0].state == "queued"
    stale = browser.form("/deliveries", "/cancellation")
    assert browser.send(stale).status_code == 303
    refused = browser.send(stale)
    assert refused.status_code == 422
    assert "không còn chờ gửi" in refused.text
    assert "Letters and webhooks" in browser.open("/deliveries?language=en")


def test_the_page_names_people_safely(served: Served) -> None:
    put(served.service.database, a_row("<script>x</script>"))
    page = Browser(served.service, OFFICER).open("/deliveries")
    assert "<script>x" not in page


def test_the_page_is_for_those_who_look_after_the_service(served: Served) -> None:
    browser = Browser(served.service, STRANGER)
    assert browser.client.get("/deliveries").status_code == 403
    assert 'href="/deliveries"' not in browser.open("/")
    assert 'href="/deliveries"' in Browser(served.service, OFFICER).open("/")


def test_an_auditor_sees_no_buttons(served: Served) -> None:
    dead_letter(served)
    assert "/resending" not in Browser(served.service, AUDITOR).open("/deliveries")


def test_the_page_with_many_letters_leads_to_the_older_ones(served: Served) -> None:
    put(served.service.database, *(a_row(f"{n:04}") for n in range(60)))
    browser = Browser(served.service, OFFICER)
    assert "/deliveries?show=all&amp;before=11" in browser.open("/deliveries")
    assert 'href="/deliveries?show' not in browser.open("/deliveries?show=all&before=11")


# --- the terminal -----------------------------------------------------------------------------------


def test_the_terminal_delivers_lists_and_sends_again(served: Served, office: PostOffice) -> None:
    put(served.service.database, a_row("0101"), a_row("0102"))
    office.answers_to_recipients.append("550 5.1.1 <an@example.org> nobody")
    mail = {
        "KIEMDIEM_SMTP_HOST": "127.0.0.1",
        "KIEMDIEM_SMTP_PORT": str(office.port),
        "KIEMDIEM_SMTP_SECURITY": "none",
        "KIEMDIEM_MAIL_FROM": "nhac-viec@example.org",
        "KIEMDIEM_MAIL_DOMAIN": "kiemdiem.example.org",
    }
    code, said, _ = kiemdiem(served, "deliver", **mail)
    assert (code, said) == (0, "Đã gửi 1, hoãn 0, hỏng 1.\n")
    code, said, _ = kiemdiem(served, "deliveries", "--state", "dead")
    assert "a…@example.org" in said
    assert "an@example.org" not in said
    assert kiemdiem(served, "resend", "1")[0] == 0
    code, said, wrong = kiemdiem(served, "resend", "1")
    assert code == 1
    assert "không gửi lại được" in wrong
    code, said, _ = kiemdiem(served, "deliver", "--json", **mail)
    assert json.loads(said) == {"sent": 1, "later": 0, "dead": 0, "untried": 0}
    assert kiemdiem(served, "cancel-letter", "1")[0] == 1
    assert kiemdiem(served, "cancel-letter", "99")[0] == 1


def test_a_test_letter_goes_to_one_address_and_needs_a_server(served: Served, office: PostOffice) -> None:
    mail = {
        "KIEMDIEM_SMTP_HOST": "127.0.0.1",
        "KIEMDIEM_SMTP_PORT": str(office.port),
        "KIEMDIEM_SMTP_SECURITY": "none",
        "KIEMDIEM_MAIL_FROM": "nhac-viec@example.org",
    }
    assert kiemdiem(served, "deliver", "--test", "quan-tri@example.org", **mail)[0] == 0
    (letter,) = office.taken
    assert letter["Subject"] == "Thư thử của kiemdiem"
    office.answers_to_recipients.append("550 no")
    code, _, wrong = kiemdiem(served, "deliver", "--test", "quan-tri@example.org", **mail)
    assert code == 1
    assert "550" in wrong
    assert kiemdiem(served, "deliver", "--test", "a@b\r\nBcc: c@d", **mail)[0] == 1
    code, _, wrong = kiemdiem(served, "deliver", "--test", "quan-tri@example.org")
    assert code == 1
    assert "KIEMDIEM_SMTP_HOST" in wrong


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KIEMDIEM_MAIL_FROM", ""),
        ("KIEMDIEM_MAIL_FROM", "Phòng Tổ chức <a@example.org>"),
        ("KIEMDIEM_MAIL_DOMAIN", "a b"),
        ("KIEMDIEM_SMTP_CA_FILE", "no-such-file.pem"),
        ("KIEMDIEM_PUBLIC_URL", "kiemdiem"),
        ("KIEMDIEM_PUBLIC_URL", "javascript:alert(1)"),
    ],
)
def test_a_setting_that_cannot_be_right_is_named(served: Served, name: str, value: str) -> None:
    given = {"KIEMDIEM_SMTP_HOST": "127.0.0.1", "KIEMDIEM_MAIL_FROM": "a@example.org", name: value}
    code, _, wrong = kiemdiem(served, "deliver", **given)
    assert code == 1
    assert name in wrong


def test_a_password_never_goes_over_the_network_in_the_clear(served: Served) -> None:
    """To a server on this very machine it may."""
    given = {
        "KIEMDIEM_SMTP_SECURITY": "none",
        "KIEMDIEM_SMTP_USER": "kiemdiem",
        "KIEMDIEM_MAIL_FROM": "a@example.org",
    }
    code, _, wrong = kiemdiem(served, "deliver", KIEMDIEM_SMTP_HOST="mail.example.org", **given)
    assert (code, "KIEMDIEM_SMTP_SECURITY" in wrong) == (1, True)
    assert kiemdiem(served, "deliver", KIEMDIEM_SMTP_HOST="127.0.0.1", **given)[0] == 0


def test_a_service_with_such_a_setting_is_not_served(served: Served) -> None:
    code, _, wrong = kiemdiem(served, "serve", KIEMDIEM_SMTP_HOST="mail.example.org")
    assert code == 1
    assert "KIEMDIEM_MAIL_FROM" in wrong


def test_what_nobody_answers_for_is_on_the_page(served: Served) -> None:
    """The base of the demo has a head; with every post closed nobody can be told."""
    with served.service.database.write() as connection:
        connection.execute(
            update(POSITIONS).where(POSITIONS.c.superseded_at.is_(None)).values(superseded_at=START)
        )
    sweep_once(served.service.engine, datetime(2017, 1, 20, 10, 0, tzinfo=ZONE))
    served.now.put(date(2017, 1, 20))
    page = Browser(served.service, OFFICER).open("/deliveries")
    assert "Chưa nhắc được ai" in page
    assert 'href="/c/2016/o/CB03"' in page


# --- webhooks ---------------------------------------------------------------------------------------


def test_an_endpoint_is_made_tried_and_removed_through_the_api(served: Served, called: WebOffice) -> None:
    served.app.state.settings = served.app.state.settings.model_copy(update={"webhook_private": True})
    officer = served.acting(OFFICER)
    made = officer.post("/api/v1/webhooks", json={"url": called.url, "organisation": "DB01"})
    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    name = made.json()["webhook"]
    assert "secret" not in officer.get("/api/v1/webhooks").json()[0]
    assert officer.post(f"/api/v1/webhooks/{name}/trial").json() == {"taken": True, "detail": "200"}
    ((_, headers, content),) = called.calls
    assert json.loads(content)["type"] == "vn.kiemdiem.test.v1"
    assert headers["webhook-id"] == json.loads(content)["id"]
    assert officer.post(f"/api/v1/webhooks/{name}/removal").status_code == 204
    assert officer.post(f"/api/v1/webhooks/{name}/trial").status_code == 404


def test_an_address_no_webhook_may_have_is_refused_by_name(served: Served) -> None:
    officer = served.acting(OFFICER)
    wrong = officer.post("/api/v1/webhooks", json={"url": "http://127.0.0.1:9/hook", "organisation": "DB01"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["field"] == "url"
    assert "KIEMDIEM_WEBHOOK_PRIVATE" in wrong.json()["detail"]
    nobody = officer.post(
        "/api/v1/webhooks", json={"url": "https://hooks.example.org/", "organisation": "XX"}
    )
    assert nobody.status_code == 404


def test_the_terminal_adds_lists_tries_and_removes_an_endpoint(served: Served, called: WebOffice) -> None:
    private = {"KIEMDIEM_WEBHOOK_PRIVATE": "1"}
    assert kiemdiem(served, "webhook", "add", called.url, "--organisation", "DB01")[0] == 1
    code, said, _ = kiemdiem(
        served, "webhook", "add", called.url, "--organisation", "DB01", "--json", **private
    )
    assert code == 0
    name = json.loads(said)["webhook"]
    assert name in kiemdiem(served, "webhook", "list")[1]
    assert kiemdiem(served, "webhook", "test", name, **private)[0] == 0
    called.answers.append((503, "closed"))
    code, _, wrong = kiemdiem(served, "webhook", "test", name, **private)
    assert code == 1
    assert "503 closed" in wrong
    assert kiemdiem(served, "webhook", "remove", name)[0] == 0
    assert kiemdiem(served, "webhook", "remove", name)[0] == 1


# --- the calendar address ---------------------------------------------------------------------------


def test_a_calendar_is_read_by_its_secret_alone_and_no_longer_after_it_is_taken_back(
    served: Served,
) -> None:
    """Calendar programs send no header that says who acts."""
    secretary = Actor(id=_head(served), role=Role.SECRETARY, body="CB03")
    made = served.acting(secretary).post("/api/v1/feed")
    assert made.status_code == 201
    path = made.json()["address"].removeprefix("http://127.0.0.1:8000")
    program = TestClient(served.app)
    answer = program.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    events = Calendar.from_ical(answer.text).walk("VEVENT")
    assert len(events) > 1
    assert "set-cookie" not in answer.headers
    tag = answer.headers["etag"]
    assert program.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert program.get(path, headers={"If-None-Match": f'W/{tag}, "x"'}).status_code == 304
    assert program.get(path, headers={"If-None-Match": '"x"'}).status_code == 200
    assert served.acting(secretary).post("/api/v1/feed/revocation").json() == {"revoked": True}
    gone, unknown = program.get(path), program.get("/feeds/no-such.ics")
    assert gone.status_code == unknown.status_code == 404
    assert gone.json() == unknown.json() == program.get("/no-such-page").json()
    assert served.acting(secretary).post("/api/v1/feed/revocation").json() == {"revoked": False}


@pytest.mark.parametrize(
    "path", ["/feeds/.ics", "/feeds/%00.ics", "/feeds/" + "a" * 5000 + ".ics", "/feeds/đ.ics"]
)
def test_whatever_is_no_secret_is_not_found(served: Served, path: str) -> None:
    assert TestClient(served.app).get(path).status_code == 404


# --- the call list ----------------------------------------------------------------------------------


def test_the_call_list_is_a_page_and_a_workbook_for_those_who_call(served: Served) -> None:
    head = _head(served)
    with served.service.database.write() as connection:
        save_contact(connection, Contact(person=head, phone="0912 345 678"), by=head, at=START)
    browser = Browser(served.service, OFFICER)
    page = browser.open("/c/2016/call-list?on=20/01/2017")
    assert "Danh sách gọi nhắc việc, đợt 2016, ngày 20/01/2017" in page
    assert "Lưu hành nội bộ" in page
    assert "0912 345 678" in page
    assert 'href="/c/2016/call-list"' in browser.open("/c/2016")
    sheet = browser.client.get("/c/2016/call-list.xlsx?on=2017-01-20")
    assert sheet.content.startswith(b"PK")
    assert 'filename="danh-sach-goi-2016-20170120.xlsx"' in sheet.headers["content-disposition"]
    wrong = browser.client.get("/c/2016/call-list?on=30/02/2017")
    assert wrong.status_code == 422
    assert "không phải là ngày" in wrong.text
    assert "Call list, campaign 2016" in browser.open("/c/2016/call-list?on=2017-01-20&language=en")
    assert browser.client.get("/c/1999/call-list").status_code == 404
    for other in (STRANGER, secretary("CB01")):
        assert Browser(served.service, other).client.get("/c/2016/call-list").status_code == 404


def test_the_call_list_is_json_for_machines(served: Served) -> None:
    officer = served.acting(OFFICER)
    found = officer.get("/api/v1/campaigns/2016/call-list", params={"on": "2017-01-20"}).json()
    assert (found["on"], found["until"]) == ("2017-01-20", "2017-02-03")
    assert any(call["person"] == _head(served) for call in found["calls"])
    for other in (STRANGER, secretary("CB01")):
        assert served.acting(other).get("/api/v1/campaigns/2016/call-list").status_code == 404
    assert officer.get("/api/v1/campaigns/1999/call-list").status_code == 404
    wrong = officer.get("/api/v1/campaigns/2016/call-list", params={"on": "2017-02-30"})
    assert wrong.status_code == 422


def test_the_terminal_lists_whom_to_call(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "goi.xlsx"
    code, said, _ = kiemdiem(served, "call-list", "2016", "--on", "20/01/2017", "--xlsx", str(file))
    assert code == 0
    assert file.read_bytes().startswith(b"PK")
    code, said, _ = kiemdiem(served, "call-list", "2016", "--on", "20/01/2017", "--json")
    assert json.loads(said)["calls"]
    assert "Lưu hành nội bộ" in kiemdiem(served, "call-list", "2016", "--on", "20/01/2017")[1]
    assert kiemdiem(served, "call-list", "1999")[0] == 1


def _head(served: Served) -> str:
    with served.service.database.read() as connection:
        head = select(POSITIONS.c.person_id).where(
            POSITIONS.c.organisation_id == "CB03", POSITIONS.c.post == "head"
        )
        return str(connection.execute(head).scalars().first())
