"""The calendar by page, by API and by command line: a year, proposing, every date that moves, confirming."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from api.cli import app
from handlers.calendar_sheet import SHEET
from states.roles import Role
from tests.api.browsing import Browser, said
from tests.api.served import OFFICER, Served, secretary
from tests.builders import BASE, FIRST, NOTIFIED
from tests.builders import OFFICER as TOWN_OFFICER
from tests.handlers.test_calendar_sheet import filled
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.database import Database

ADMINISTRATOR = Actor(id="QT-01", role=Role.ADMINISTRATOR, body=BASE)
PROPOSAL = {
    "change": "LICH-01",
    "days": [{"day": "2017-01-25", "what": "off"}, {"day": "2017-01-14", "what": "worked", "unit": "CB01"}],
    "document": "CV 45-CV/ĐU",
}

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def town(database: Database) -> Town:
    town = Town.on(database).open()
    town.now.put(NOTIFIED)
    return town


@pytest.fixture
def served(database_url: str, town: Town) -> Served:
    """The same town, served."""
    served = Served.on(database_url)
    served.now.put(NOTIFIED)
    return served


# --- the JSON API -------------------------------------------------------------------------------------


def test_a_year_tells_every_special_day_with_its_source(served: Served) -> None:
    client = served.acting(OFFICER, language="en")
    year = client.get("/api/v1/calendar/2026").json()
    days = {one["day"]: one for one in year["days"]}
    assert (days["2026-01-02"]["what"], days["2026-01-10"]["what"]) == ("off", "worked")
    assert "12729/VPCP-KGVX" in days["2026-01-02"]["source"]
    assert days["2026-02-17"]["name"] == "Lunar New Year"
    assert not year["provisional"]
    later = client.get("/api/v1/calendar/2027").json()
    assert later["provisional"]
    assert all(one["provisional"] for one in later["days"])


def test_what_is_asked_of_the_calendar_wrongly_gets_an_answer(served: Served) -> None:
    client = served.acting(OFFICER)
    assert client.get("/api/v1/calendar/1900").status_code == 422
    assert client.get("/api/v1/calendar/2026?unit=CB99").status_code == 404
    assert client.get("/api/v1/calendar/changes/NONE").status_code == 404
    assert client.post("/api/v1/calendar/changes/NONE/confirmation", json={}).status_code == 404
    assert served.acting(secretary(FIRST)).post("/api/v1/calendar/changes", json=PROPOSAL).status_code == 403


def test_a_change_is_proposed_seen_and_confirmed_and_sending_twice_is_harmless(served: Served) -> None:
    keeper, officer = served.acting(ADMINISTRATOR), served.acting(OFFICER)
    made = keeper.post("/api/v1/calendar/changes", json=PROPOSAL, headers={"Idempotency-Key": "a"})
    assert made.status_code == 201, made.text
    assert made.headers["Location"] == "/api/v1/calendar/changes/LICH-01"
    again = keeper.post("/api/v1/calendar/changes", json=PROPOSAL, headers={"Idempotency-Key": "a"})
    assert again.json()["repeated"]
    preview = officer.get("/api/v1/calendar/changes/LICH-01/moved").json()
    assert [one["campaign"] for one in preview["campaigns"]] == ["2016"]
    assert preview["campaigns"][0]["dates"] > 0
    seen = officer.get(made.headers["Location"])
    sure = {"If-Match": seen.headers["ETag"]}
    done = officer.post("/api/v1/calendar/changes/LICH-01/confirmation", json={}, headers=sure)
    assert set(done.json()["streams"]) == {"calendar/LICH-01", "campaign/2016"}
    told = officer.get("/api/v1/calendar/changes/LICH-01/moved").json()
    assert told["campaigns"] == preview["campaigns"], "what was shown before is what was done"
    year = officer.get("/api/v1/calendar/2017?unit=CB01").json()
    days = {one["day"]: one for one in year["days"]}
    assert (days["2017-01-25"]["source"], days["2017-01-14"]["unit"]) == ("CV 45-CV/ĐU", "CB01")
    everyone = officer.get("/api/v1/calendar/2017").json()
    assert "2017-01-14" not in {one["day"] for one in everyone["days"]}
    assert year["working_days"] == everyone["working_days"] + 1


def test_a_proposal_is_withdrawn_with_its_reason(served: Served) -> None:
    keeper = served.acting(ADMINISTRATOR)
    keeper.post("/api/v1/calendar/changes", json=PROPOSAL)
    nothing = keeper.post("/api/v1/calendar/changes/LICH-01/withdrawal", json={"reason": " "})
    assert nothing.status_code == 422
    assert keeper.post("/api/v1/calendar/changes/LICH-01/withdrawal", json={"reason": "x"}).is_success
    listed = keeper.get("/api/v1/calendar/changes").json()["items"]
    assert [(one["change"], one["stage"]) for one in listed] == [("LICH-01", "withdrawn")]


def test_a_workbook_is_read_without_proposing_anything(served: Served) -> None:
    client = served.acting(ADMINISTRATOR)
    assert openpyxl.load_workbook(io.BytesIO(client.get("/api/v1/calendar/template.xlsx").content))
    wrong = filled(("31/02/2017", "Nghỉ", None, None, None), ("27/01/2017", "Nghỉ", None, None, None))
    told = client.post("/api/v1/calendar/readings", files={"file": ("l.xlsx", wrong)}).json()
    assert [one["cell"] for one in told["wrong"]] == ["A2", "A3"]
    assert told["days"] == []
    good = filled((date(2017, 1, 25), "Nghỉ", None, None, None))
    told = client.post("/api/v1/calendar/readings", files={"file": ("l.xlsx", good)}).json()
    assert [one["day"] for one in told["days"]] == ["2017-01-25"]
    assert client.get("/api/v1/calendar/changes").json()["items"] == []


# --- the pages ----------------------------------------------------------------------------------------


def test_a_change_lives_by_forms_from_the_proposal_to_its_confirmation(town: Town) -> None:
    keeper, officer = Browser(town, ADMINISTRATOR), Browser(town, TOWN_OFFICER)
    form = keeper.form("/calendar", "/calendar/changes").set("document", "CV 45-CV/ĐU")
    form = form.set("day-0", "25/01/2017").set("what-0", "off")
    answer = keeper.send(form)
    assert answer.status_code == 303, said(answer)
    address = answer.headers["location"].partition("?")[0]
    page = officer.open(address)
    assert "Sẽ dời" in page
    assert "25/01/2017 → 24/01/2017" in page
    assert "DUK-2016, " in page, "every moved date shows its clause"
    assert "Chờ xác nhận" in officer.open("/calendar")
    own = keeper.open(address)
    assert "/confirmation" not in own
    assert "một cán bộ phụ trách khác" in own
    form = officer.form(address, "/confirmation")
    assert "được dời, trong 1 đợt chưa kết thúc." in said(officer.send(form))
    answer = officer.confirm(form)
    assert answer.status_code == 303, said(answer)
    assert "Đã dời" in officer.open(address)
    year = officer.open("/calendar?year=2017")
    assert "CV 45-CV/ĐU" in year
    assert "Lunar" not in year
    assert "Tết Nguyên đán" in year or "Tết Nguyên Đán" in year


def test_a_wrong_day_is_told_beside_the_form_with_what_was_typed(town: Town) -> None:
    keeper = Browser(town, ADMINISTRATOR)
    form = keeper.form("/calendar", "/calendar/changes").set("document", "CV 45")
    answer = keeper.send(form.set("day-0", "27/01/2017").set("what-0", "off"))
    assert answer.status_code == 422
    assert "đã là ngày nghỉ" in said(answer)
    assert "27/01/2017" in answer.text
    answer = keeper.send(form.set("day-0", "32/01/2017").set("what-0", "off"))
    assert "Không có ngày này" in said(answer)
    assert "32/01/2017" in answer.text


def test_a_unit_has_its_page_and_a_year_without_decree_says_so(town: Town) -> None:
    officer = Browser(town, TOWN_OFFICER)
    assert "Chi bộ 1" in officer.open(f"/calendar?year=2017&unit={FIRST}")
    assert "chưa được công bố" in officer.open("/calendar?year=2027")
    assert "12729/VPCP-KGVX" in officer.open("/calendar?year=2026")


def test_a_secretary_reads_the_calendar_and_is_offered_no_form(town: Town) -> None:
    page = Browser(town, town.secretary(FIRST)).open("/calendar?year=2017")
    assert "/calendar/changes" not in page
    assert "Tháng 1" in page


# --- the command line ---------------------------------------------------------------------------------


def run(*words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, ["calendar", *words])
    return answer.exit_code, answer.output


def test_the_command_line_proposes_a_workbook_and_confirms_it(
    town: Town, database_url: str, tmp_path: Path
) -> None:
    del town
    file, wrong = tmp_path / "lich.xlsx", tmp_path / "sai.xlsx"
    assert run("template", str(file))[0] == 0
    assert openpyxl.load_workbook(file)[SHEET].max_row == 1
    assert run("template", str(file))[0] == 1, "nothing is overwritten"
    wrong.write_bytes(filled(("27/01/2017", "Nghỉ", None, None, None), ("x", "y", None, None, None)))
    code, told = run("propose", str(wrong), "--document", "CV 45", "--database", database_url)
    assert code == 1
    assert "A2" in told and "A3" in told and "B3" in told
    file.write_bytes(filled((date(2017, 1, 25), "Nghỉ", None, None, None)))
    words = ("--document", "CV 45", "--change", "L1", "--actor", "QT-01", "--database", database_url)
    assert run("propose", str(file), *words)[0] == 0
    code, told = run("confirm", "L1", "--actor", "QT-01", "--database", database_url)
    assert (code, "người khác" in told) == (1, True)
    code, told = run("moved", "L1", "--database", database_url)
    assert (code, "không dời mốc ngày nào" in told) == (0, True), "what passed long ago is not told"
    code, told = run("confirm", "L1", "--actor", "BTC-02", "--database", database_url)
    assert code == 0, told
    code, told = run("show", "2017", "--database", database_url)
    assert code == 0
    assert "25/01/2017" in told and "CV 45" in told
    assert run("show", "2017", "--unit", "CB99", "--database", database_url)[0] == 1
