"""The pages of the audit: sentences with links to the replay, filters kept, files noted, others kept out."""

from __future__ import annotations

import io

import openpyxl

from handlers.audit.exports import LOG_SEARCH, exports
from handlers.audit.verifying import HOLDS, verifications, verify
from handlers.names import names_on, plain
from states.roles import Role
from tests.api.browsing import Browser
from tests.builders import AUDITOR, BASE, COMMITTEE, DECIDED, FIRST, member
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.verify import verify_log

KEEPER = Actor(id="QT-01", role=Role.ADMINISTRATOR, body=BASE)
LISTS = ("", "/refused", "/exceptions", "/late", "/sign-ins", "/exports", "/verify", "/checkpoint")


def test_an_auditor_opens_every_list_in_both_languages(town: Town) -> None:
    browser = Browser(town, AUDITOR)
    for name in LISTS:
        for language in ("vi", "en"):
            answer = browser.client.get(f"/audit{name}?language={language}")
            assert answer.status_code == 200, name
            assert "<h1>" in answer.text


def test_a_line_leads_to_its_event_in_the_replay(town: Town) -> None:
    page = Browser(town, AUDITOR).open("/audit?event=review_approved&person=0101")
    version = town.review(member("0101")).version
    assert f'href="/r/{member("0101")}/history?v={version}"' in page


def test_a_search_keeps_what_was_typed_and_says_when_nothing_is_found(town: Town) -> None:
    page = Browser(town, AUDITOR).open("/audit?text=khong-co-ma-nay&first=16/12/2016")
    assert 'value="khong-co-ma-nay"' in page
    assert 'value="16/12/2016"' in page
    assert "Không có dòng nào như vậy" in page


def test_a_day_that_is_none_and_an_event_nobody_knows_are_refused(town: Town) -> None:
    browser = Browser(town, AUDITOR)
    for wrong in ("first=31/02/2017", "event=made_up"):
        assert browser.client.get(f"/audit?{wrong}").status_code == 422


def test_whoever_runs_the_service_sees_security_and_not_the_log(town: Town) -> None:
    browser = Browser(town, KEEPER)
    assert [browser.client.get(f"/audit{name}").status_code for name in LISTS] == [
        403, 403, 403, 403, 200, 200, 200, 200,
    ]  # fmt: skip


def test_a_secretary_has_no_audit(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    for name in LISTS:
        assert browser.client.get(f"/audit{name}").status_code in (403, 404), name


def test_the_lines_found_are_downloaded_as_text_and_noted(town: Town) -> None:
    answer = Browser(town, COMMITTEE).client.get(f"/audit/log.xlsx?review={member('0101')}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    events = len(town.history(f"review/{member('0101')}"))
    assert sheet.max_row == events + 1
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    with town.database.read() as connection:
        (found,) = exports(connection, limit=5)
    assert (found.what, found.rows, found.filter) == (LOG_SEARCH, events, (("review", member("0101")),))


def test_a_verification_asked_for_on_the_page_is_there_when_it_is_loaded_again(town: Town) -> None:
    browser = Browser(town, AUDITOR)
    form = browser.form("/audit/verify", "/audit/verifications")
    assert browser.send(form).status_code == 303
    with town.database.read() as connection:
        (found,) = verifications(connection, limit=5)
    assert "Lần 1" in browser.open("/audit/verify").replace("\xa0", " ")
    assert verify(town.database, town.engine.now, found.verification) == HOLDS
    assert "Sổ toàn vẹn" in browser.open("/audit/verify")


def test_a_checkpoint_prints_what_verify_computes_again(town: Town) -> None:
    page = Browser(town, AUDITOR).open("/audit/checkpoint")
    printed = page.partition("--checkpoint ")[2].partition("<")[0]
    with town.database.read() as connection:
        assert list(verify_log(connection, printed)) == []


def test_a_person_and_a_body_are_searched_for_by_name_as_well(town: Town) -> None:
    browser = Browser(town, AUDITOR)
    with town.database.read() as connection:
        names = names_on(connection, DECIDED, people=["0101"], bodies=[FIRST])
    by_code = browser.client.get("/audit/log.xlsx?person=0101&event=review_approved").content
    for typed in ({"person": plain(names.person("0101"))}, {"person": names.person("0101")}):
        asked = {**typed, "event": "review_approved"}
        assert rows(browser.client.get("/audit/log.xlsx", params=asked).content) == rows(by_code) != []
    of_body = rows(browser.client.get("/audit/log.xlsx", params={"body": plain(names.body(FIRST))}).content)
    assert of_body == rows(browser.client.get("/audit/log.xlsx", params={"body": FIRST}).content) != []


def rows(content: bytes) -> list[object]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [row[0].value for row in sheet.iter_rows(min_row=2)]
