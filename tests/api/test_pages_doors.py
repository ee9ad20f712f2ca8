"""What keeps the pages: forged forms, open redirects, headers, who must be known, the import."""

from __future__ import annotations

import pytest

from api.actors import actor_text
from api.pages.forged import COOKIE
from api.pages.rendering import CONTENT_SECURITY_POLICY
from api.sign_in.going_on import safe_next
from api.sign_in.signed_in import SignedIn
from handlers.demo_roster import demo_workbook
from handlers.roster.template import template
from tests.api.browsing import Browser, forms_of, said
from tests.builders import FIRST, OFFICER, member
from tests.handlers.roster import sheets
from tests.handlers.roster.sheets import changed
from tests.town import Town
from tests.work.asking import ended
from workflow.commands.asking import Actor
from workflow.database import Database

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
REVIEW = f"/r/{member('0104')}"


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose campaign is open."""
    return Town.on(database).open()


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_a_form_sent_from_another_site_does_nothing(town: Town, headers: dict[str, str]) -> None:
    browser = Browser(town, town.secretary(FIRST))
    form = browser.form(REVIEW, "/preparation")
    answer = browser.client.post(form.action, data=dict(form.fields), headers=headers)
    assert answer.status_code == 403
    assert town.review(member("0104")).version == 1


def test_a_form_needs_the_token_of_its_own_browser(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    form = browser.form(REVIEW, "/preparation")
    assert browser.send(form.set("csrf")).status_code == 403
    assert browser.send(form.set("csrf", "x" * 43)).status_code == 403
    browser.client.cookies.delete(COOKIE)
    assert browser.send(form).status_code == 403


def test_a_page_loads_only_our_files_and_is_not_kept(town: Town) -> None:
    answer = Browser(town, OFFICER).client.get("/")
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_acting_as_somebody_lasts_until_another_is_chosen(town: Town) -> None:
    browser = Browser(town)
    unknown = browser.client.get(f"/c/2016/o/{FIRST}")
    assert unknown.status_code == 401
    form = next(form for form in forms_of(unknown.text) if form.action == "/actor")
    answer = browser.send(form.set("actor", actor_text(town.secretary(FIRST))))
    assert answer.headers["location"] == f"/c/2016/o/{FIRST}"
    assert "Nguyễn Thị Hoa" in browser.open("/")


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "\\\\evil"],
)
def test_nobody_is_led_to_another_site(town: Town, back: str) -> None:
    assert safe_next(back) == "/"
    assert safe_next("/c/2016?kind=collective") == "/c/2016?kind=collective"


def test_outside_development_nobody_sees_a_page_without_signing_in(town: Town) -> None:
    browser = Browser(town)
    browser.client.app.state.actors = SignedIn()  # type: ignore[attr-defined]  # the application under the client
    answer = browser.client.get("/c/2016")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fc%2F2016"
    assert "Chi bộ 1" not in said(answer)


def test_programs_get_problem_documents_and_browsers_pages(town: Town) -> None:
    client = Browser(town, OFFICER).client
    assert "text/html" in client.get("/nowhere").headers["content-type"]
    assert "Không có trang này" in said(client.get("/nowhere"))
    told = client.get("/r/2016.member.9999", headers={"accept": "application/json"})
    assert told.status_code == 404
    assert told.headers["content-type"] == "application/problem+json"
    api = client.get("/api/v1/nowhere")
    assert api.headers["content-type"] == "application/problem+json"


def test_a_roster_is_looked_at_then_confirmed(database: Database) -> None:
    browser = Browser(Town.on(database), OFFICER)
    form = browser.form("/import", "/import").set("on", "15/12/2016")
    sent = browser.client.post(
        form.action, data=dict(form.fields), files={"file": ("danh-sach.xlsx", demo_workbook())}
    )
    assert sent.status_code == 303, sent.text[-2000:]
    page = browser.open(sent.headers["location"])
    assert "thay đổi chờ xác nhận" in page
    assert "danh-sach.xlsx" in page
    done = browser.send(browser.form(sent.headers["location"], "/confirmation"))
    assert done.status_code == 303
    ended(browser)
    assert "Đã xong: nhập danh sách" in browser.open(done.headers["location"])
    assert "Tệp này đã được nhập" in browser.open(sent.headers["location"])


def test_a_file_that_is_no_workbook_is_answered_on_the_page(town: Town) -> None:
    browser = Browser(town, OFFICER)
    form = browser.form("/import", "/import")
    answer = browser.client.post(
        form.action, data=dict(form.fields), files={"file": ("a.xlsx", b"no workbook")}
    )
    assert answer.status_code == 422
    assert "không phải bảng tính Excel" in said(answer)
    missing = browser.client.post(form.action, data=dict(form.fields))
    assert missing.status_code == 422
    assert "Còn trống, hãy điền." in said(missing)


def test_a_member_may_not_import(town: Town) -> None:
    browser = Browser(town, Actor(id="0104", role=OFFICER.role.MEMBER, body=FIRST))
    assert browser.client.get("/import").status_code == 403
    fields = {"csrf": browser.form("/rulebooks", "/actor").value("csrf"), "on": "15/12/2016"}
    answer = browser.client.post("/import", data=fields, files={"file": ("a.xlsx", template())})
    assert answer.status_code == 403


def test_the_template_can_be_downloaded_and_every_pattern_seen(town: Town) -> None:
    browser = Browser(town, OFFICER)
    assert browser.client.get("/import/template.xlsx").content.startswith(b"PK")
    assert "Mẫu giao diện" in browser.open("/patterns")


def test_wrong_cells_stand_in_their_sheet_and_good_rows_are_folded(database: Database) -> None:
    people = changed(sheets.PEOPLE, 1, 8, "31/02/2009")
    browser = Browser(Town.on(database), OFFICER)
    form = browser.form("/import", "/import").set("on", "15/12/2016")
    file = ("dang-vien.xlsx", sheets.roster(people=people, positions=None))
    sent = browser.client.post(form.action, data=dict(form.fields), files={"file": file})
    page = browser.open(sent.headers["location"]).replace("\xa0", " ")
    assert "1 ô cần sửa, chưa nhập dòng nào" in page
    assert 'href="#cell-Đảng-viên-I3"' in page
    assert 'id="cell-Đảng-viên-I3"' in page
    assert "1 dòng đúng, dòng 2<" in page
    assert "2 dòng đúng, dòng 4–5<" in page
    assert "Chỉ nhập" in page
