"""What each paper says, against what the town knows; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.audit.exports import CELL_PRINT, exports
from handlers.cases.shelves import Shelf
from handlers.gather import FactsFromTables
from handlers.opening import open_campaign
from handlers.registry import react
from states.roles import Role
from tests.api.browsing import Browser
from tests.api.html_outline import outline
from tests.api.lived import lived
from tests.builders import BASE, BLOC, BOARD, FIRST, MET, NAMES, OFFICER, REPORTED, SECOND, member
from tests.deadlines.seasons.written import LAYERS
from tests.prints.papers import CELL, rename, sheet_of, words_of
from tests.town import Town
from workflow.checkpoint import checkpoint
from workflow.commands.asking import Actor
from workflow.commands.campaign import PlanCampaign
from workflow.commands.meeting import ConfirmCount, PlanMeeting
from workflow.database import Database
from workflow.engine import Engine

PAPERS = ("notice", "agenda", "ballots", "count", "submission")


on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What is asked of the page alone, whichever database is below it."""


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose first cell is ready to meet, on the evening it does."""
    town = Town.on(database).open()
    town.make_ready()
    town.now.put(MET, 20)
    return town


def secretary(town: Town, language: str = "vi") -> Browser:
    return Browser(town, town.secretary(FIRST), language=language)


def test_every_paper_has_the_head_of_a_party_document_and_the_digest_of_the_log(town: Town) -> None:
    browser = secretary(town)
    with town.database.watch() as connection:
        at = checkpoint(connection)
    for paper in PAPERS:
        page = browser.open(f"{CELL}/print/{paper}")
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in page
        assert "CHI BỘ 1" in page
        assert f"Điểm kiểm tra {at.position}-{at.digest[:12]}" in page
        if paper != "ballots":
            assert "ĐẢNG BỘ CÔNG TY HOA SEN" in page
            assert at.digest in page, "the full digest proves what the short one only names"
            assert "(ký, ghi rõ họ tên)" in page


@on_sqlite
def test_nothing_of_the_frame_stands_around_a_paper(town: Town) -> None:
    page = outline(secretary(town).open(f"{CELL}/print/agenda"))
    assert not page.all("header", "footer", "form")
    assert [element.attributes.get("href") for element in page.all("a")][1:] == [
        CELL,
        f"{CELL}/print/agenda.xlsx",
    ]


@on_sqlite
def test_the_notice_names_everybody_invited_in_the_order_of_a_roll_and_what_is_due_before(town: Town) -> None:
    sheet, name = sheet_of(secretary(town), f"{CELL}/print/notice.xlsx")
    assert name == "giay-moi-chi-bo-1-2016.xlsx"
    words = words_of(sheet)
    names = [town_name for town_name in words if town_name in _names(town)]
    assert names[: len(town.people(FIRST))] == [
        "Trần Văn Bình",
        "Phạm Quốc Dũng",
        "Nguyễn Thị Hoa",
        "Đặng Thị Hường",
        "Hoàng Thị Lan",
        "Lê Thị Mai",
        "Vũ Đức Thắng",
    ]
    text = " ".join(words)
    assert "Bí thư" in words and "Phó bí thư" in words
    assert "đã gửi ngày 03/01/2017" in text or "đã gửi ngày" in text
    assert "(DUK-2016, II.3.1)" in text


@on_sqlite
def test_the_notice_has_the_day_of_the_meeting_once_it_is_planned(town: Town) -> None:
    town.now.put(date(2017, 1, 4))
    before = secretary(town).open(f"{CELL}/print/notice")
    assert "ngày …… tháng …… năm 2017" in before
    day = date(2017, 1, 13)
    items = tuple(replace(item, counts=()) for item in town.evening().items)
    town.do(
        PlanMeeting(meeting="M1", campaign="2016", organisation=FIRST, venue=FIRST, day=day, items=items),
        town.secretary(FIRST),
    )
    assert "Thứ Sáu, ngày 13/01/2017" in secretary(town).open(f"{CELL}/print/notice")


@on_sqlite
def test_on_the_agenda_nobody_chairs_his_own_review(town: Town) -> None:
    """DUK-2016, II.3.2.b: the deputy chairs while the head is reviewed."""
    sheet, _ = sheet_of(secretary(town), f"{CELL}/print/agenda.xlsx")
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows() if isinstance(row[0].value, int)]
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    chairs = {str(row[1]).partition(":")[0]: row[2] for row in rows}
    assert chairs["Kiểm điểm người đứng đầu"] == "Trần Văn Bình"
    assert chairs["Kiểm điểm cấp ủy viên"] == "Nguyễn Thị Hoa"
    for row in rows:
        taken = str(row[1]).partition(": ")[2].split(", ")
        assert row[2] not in taken, row
    order = [str(row[1]).partition(":")[0] for row in rows]
    assert order.index("Kiểm điểm tập thể cấp ủy") < order.index("Kiểm điểm người đứng đầu")
    assert order.index("Kiểm điểm đảng viên") < order.index("Bỏ phiếu và kiểm phiếu")


@on_sqlite
def test_there_is_a_paper_for_each_official_member_and_nothing_on_it_tells_them_apart(town: Town) -> None:
    page = secretary(town).open(f"{CELL}/print/ballots")
    papers = page.split("<article")[1:]
    assert len(papers) == 7
    bodies = {
        paper.partition(">")[2].replace("h1>", "p>").replace('<p class="title">', "<p>") for paper in papers
    }
    assert len({body.partition("</article>")[0] for body in bodies}) == 1
    assert "Không ghi tên người bỏ phiếu" in page


@on_sqlite
def test_many_names_are_laid_out_once_and_the_page_says_how_often_to_print(database: Database) -> None:
    town = Town.on(database, first=64).open()
    town.make_ready()
    browser = secretary(town)
    page = browser.open(f"{CELL}/print/ballots")
    assert page.count("<article") == 1
    assert "in 64 bản" in page


@on_sqlite
@pytest.mark.parametrize(("people", "named"), [(43, True), (44, False)])
def test_a_row_of_the_agenda_names_forty_people_and_counts_more(
    database: Database, people: int, named: bool
) -> None:
    """Three of a cell lead it; the others are one item."""
    town = Town.on(database, first=people).open()
    page = secretary(town).open(f"{CELL}/print/agenda")
    told = page[page.index("Kiểm điểm đảng viên: ") :].partition("</th>")[0]
    assert (told.count(",") == 39) is named
    assert ("41 người" in told) is not named


@on_sqlite
def test_minutes_before_the_count_are_a_form_with_the_thresholds(town: Town) -> None:
    page = secretary(town).open(f"{CELL}/print/count")
    assert "Hoàn thành xuất sắc nhiệm vụ: cần ≥ 5/7 phiếu đồng ý (DUK-2016, III.2.3.1)" in page
    assert "Hoàn thành tốt nhiệm vụ: cần ≥ 4/7 phiếu đồng ý (DUK-2016, III.2.3.2)" in page
    assert "Phát ra: ……" in page


@pytest.mark.parametrize(("votes", "result"), [(5, "5/7"), (4, "")])
def test_minutes_after_the_count_tell_what_carried_on_both_sides_of_the_threshold(
    town: Town, votes: int, result: str
) -> None:
    """Of seven, five are more than two thirds and four are not (DUK-2016, III.2.3.1)."""
    person = town.people(FIRST)[4]
    town.meet(levels={person: "HTXSNV"}, votes={person: votes})
    sheet, _ = sheet_of(secretary(town), f"{CELL}/print/count.xlsx")
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[1] == _names(town)[4]]
    assert row[2] == votes
    assert str(row[-1]) == (f"Hoàn thành xuất sắc nhiệm vụ, {result}" if result else "chưa mức nào đủ phiếu")


@on_sqlite
def test_minutes_say_whether_a_second_person_confirmed(town: Town) -> None:
    town.meet()
    assert "chưa được người thứ hai xác nhận" in secretary(town).open(f"{CELL}/print/count")
    town.do(ConfirmCount(ballot=f"{FIRST}-{MET:%m%d}"), town.counter(FIRST))
    assert "đã được người thứ hai đối chiếu" in secretary(town).open(f"{CELL}/print/count")


def test_the_list_put_forward_has_self_rating_votes_and_level(town: Town) -> None:
    best = town.people(FIRST)[2]
    town.meet(levels={best: "HTXSNV"}, votes={best: 6})
    sheet, name = sheet_of(secretary(town), f"{CELL}/print/submission.xlsx")
    assert name == "danh-sach-de-nghi-xep-loai-chi-bo-1-2016.xlsx"
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[1] == "Lê Thị Mai"]
    assert row[2:6] == ("Cấp ủy viên", "Hoàn thành tốt nhiệm vụ", "6/7", "Hoàn thành xuất sắc nhiệm vụ")
    text = " ".join(words_of(sheet))
    assert "7 đảng viên, đề nghị 7: Hoàn thành xuất sắc nhiệm vụ: 1; Hoàn thành tốt nhiệm vụ: 6." in text


@on_sqlite
def test_a_name_is_never_markup_and_never_a_formula(town: Town) -> None:
    rename(town, town.people(FIRST)[3], "<script>alert(1)</script>")
    rename(town, town.people(FIRST)[4], "=cmd|' /C calc'!A0")
    browser = secretary(town)
    for paper in PAPERS:
        page = browser.open(f"{CELL}/print/{paper}")
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        sheet, _ = sheet_of(browser, f"{CELL}/print/{paper}.xlsx")
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"], paper
        assert any("=cmd|' /C calc'!A0" in text for text in words_of(sheet)), paper


@on_sqlite
def test_a_workbook_is_set_up_for_an_a4_printer(town: Town) -> None:
    browser = secretary(town)
    for paper in PAPERS:
        sheet, name = sheet_of(browser, f"{CELL}/print/{paper}.xlsx")
        assert name.isascii() and name == name.lower() and " " not in name
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.page_setup.fitToWidth in (1, None)
        assert sheet.print_area
        assert "&P/&N" in (sheet.oddFooter.right.text or "")
        assert "Điểm kiểm tra" in (sheet.oddFooter.left.text or "")
    repeated, _ = sheet_of(browser, f"{CELL}/print/notice.xlsx")
    assert repeated.print_title_rows


def test_who_took_a_workbook_is_noted(town: Town) -> None:
    sheet_of(secretary(town), f"{CELL}/print/count.xlsx")
    with town.database.read() as connection:
        (one,) = exports(connection, limit=5)
    assert (one.actor, one.what) == (town.head(FIRST), CELL_PRINT)
    assert dict(one.filter) == {"campaign": "2016", "organisation": FIRST, "paper": "count"}


@on_sqlite
def test_english_readers_get_the_paper_in_english(town: Town) -> None:
    page = secretary(town).client.get(f"{CELL}/print/count?language=en").text.replace("\u00a0", " ")
    assert "MINUTES OF THE COUNT" in page
    assert "≥ 5/7 papers in favour" in page


@on_sqlite
def test_a_paper_nobody_knows_is_not_found(town: Town) -> None:
    browser = secretary(town)
    for address in (f"{CELL}/print/letter", f"{CELL}/print/letter.xlsx", "/c/2016/o/CB99/print/notice"):
        assert browser.client.get(address).status_code in (404, 422), address


@on_sqlite
def test_members_print_nothing_and_a_counting_team_prints_no_list_of_levels(town: Town) -> None:
    member_of = Browser(town, Actor(id=town.people(FIRST)[4], role=Role.MEMBER, body=FIRST))
    team = Browser(town, town.counter(FIRST))
    stranger = Browser(town, town.counter(SECOND))
    for paper in PAPERS:
        assert member_of.client.get(f"{CELL}/print/{paper}").status_code == 404
        assert stranger.client.get(f"{CELL}/print/{paper}").status_code == 404
        expected = 404 if paper == "submission" else 200
        assert team.client.get(f"{CELL}/print/{paper}").status_code == expected, paper
        assert team.client.get(f"{CELL}/print/{paper}.xlsx").status_code == expected, paper
    assert Browser(town, BOARD).client.get(f"{CELL}/print/submission").status_code == 200


@on_sqlite
def test_under_regulation_366_nobody_votes_so_there_is_no_ballot_to_print(database: Database) -> None:
    """QD366-2025, Điều 12.1: self-rating, appraisal, decision; no ballot stands in the quoted articles."""
    town = Town.on(database)
    town.enter_roster()
    layers = Shelf(LAYERS)
    town.engine = Engine(
        database, gather=FactsFromTables(), react=react, now=town.now, load_rulebook=layers.load
    )
    town.now.put(date(2025, 12, 1))
    plan = PlanCampaign(
        campaign="2025",
        year=2025,
        rulebook="theo_quy_dinh_366",
        organisation=BASE,
        superior=BLOC,
        roster_day=date(2025, 12, 1),
    )
    town.do(plan, OFFICER)
    open_campaign(town.engine, OFFICER, "2025")
    browser, cell = secretary(town), f"/c/2025/o/{FIRST}"
    for paper in ("ballots", "count"):
        assert browser.client.get(f"{cell}/print/{paper}").status_code == 404
        assert browser.client.get(f"{cell}/print/{paper}.xlsx").status_code == 404
    agenda = browser.open(f"{cell}/print/agenda")
    assert "Bỏ phiếu" not in agenda
    listed = browser.open(f"{cell}/print/submission")
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in listed
    assert "Phiếu đồng ý" not in listed
    assert "QD366-2025" in browser.open(f"{cell}/print/agenda")


@on_sqlite
def test_a_union_writes_under_the_words_of_the_state(database: Database) -> None:
    """CDTKV-2020: a chairman signs, and what a union issues bears no words of the Party."""
    story = lived(
        database, "cdtkv_2020/story-office.toml", "a specialist rates herself, the chairman decides", steps=4
    )
    browser = Browser(story, Actor(id="CH1", role=Role.SECRETARY, body="CD1"))
    for paper in ("notice", "agenda", "submission"):
        page = browser.open(f"/c/2020/o/CD1/print/{paper}")
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page
        assert "Độc lập – Tự do – Hạnh phúc" in page
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" not in page
        assert "đồng chí" not in page
        assert "/CĐ" in page
    assert "CHỦ TỊCH" in browser.open("/c/2020/o/CD1/print/notice")
    assert browser.client.get("/c/2020/o/CD1/print/ballots").status_code == 404


def test_a_report_that_was_sent_bears_its_day(town: Town) -> None:
    town.meet()
    town.submit(reviews=tuple(member(person) for person in town.people(FIRST)))
    page = secretary(town).open(f"{CELL}/print/submission")
    assert f"ngày {REPORTED:%d} tháng {REPORTED:%m} năm {REPORTED:%Y}" in page


def _names(town: Town) -> list[str]:
    """The names of the first cell, in the order of its ids."""
    return [NAMES[number % len(NAMES)] for number in range(len(town.people(FIRST)))]
