"""A roster file is read whole: every wrong cell is reported at once, with its place and what is expected."""

import string
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from handlers.roster.parsed import ParsedRoster
from handlers.roster.problems import RosterHasProblems, WorkbookRefused
from handlers.roster.read import NO_ROSTER, read_roster
from handlers.roster.sentences import CELL_SENTENCES
from handlers.roster.snapshot import Snapshot
from handlers.roster.vocabulary import PartyStatus, Post
from tests.handlers.roster.sheets import (
    ORGANISATIONS,
    PEOPLE,
    PEOPLE_HEADERS,
    POSITIONS,
    changed,
    roster,
    workbook,
)

TODAY = date(2016, 12, 15)
Rows = Sequence[Sequence[Any]]


def read(content: bytes, known: Snapshot = NO_ROSTER) -> ParsedRoster:
    return read_roster(content, file_name="dang-vien-2016.xlsx", today=TODAY, known=known)


def found(parsed: ParsedRoster) -> list[tuple[str, str]]:
    return [(problem.cell, problem.kind) for problem in parsed.problems]


def test_a_clean_file_gives_its_records() -> None:
    parsed = read(roster())
    assert found(parsed) == []
    snapshot = parsed.snapshot
    assert snapshot.organisations["CB01"].superior_id == "DB01"
    assert snapshot.people["0003"].status is PartyStatus.PROBATIONARY
    assert snapshot.people["0001"].admitted_on == date(1999, 2, 3)
    assert snapshot.memberships["0004"].organisation_id == "CB02"
    assert {(record.person_id, record.post) for record in snapshot.positions.values()} == {
        ("0001", Post.HEAD),
        ("0002", Post.DEPUTY),
        ("0004", Post.HEAD),
    }
    assert parsed.row_counts == {"Tổ chức": 3, "Đảng viên": 4, "Chức vụ": 3}


def test_what_was_parsed_survives_its_json() -> None:
    for content in (roster(), roster(people=changed(PEOPLE, 0, 8, "31/02/2009"))):
        parsed = read(content)
        assert ParsedRoster.from_json(parsed.to_json()) == parsed


# The list changed, row and column from 0, the value; the cell and kind reported (no kind: any will do).
_WRONG: list[tuple[str, int, int, Any, str, str | None]] = [
    ("organisations", 1, 0, None, "A3", "missing"),
    ("organisations", 2, 0, "CB01", "A4", "id_twice"),
    ("organisations", 1, 1, None, "B3", "missing"),
    ("organisations", 1, 2, "Chi bo truc thuc", "C3", "not_a_choice_suggested"),
    ("organisations", 1, 2, "Hợp tác xã", "C3", "not_a_choice"),
    ("organisations", 1, 3, "DB99", "D3", "unknown_organisation"),
    ("organisations", 1, 3, "DB011", "D3", "unknown_organisation_suggested"),
    ("organisations", 1, 3, "CB01", "D3", "own_superior"),
    ("organisations", 1, 3, "CB02", "D3", "wrong_superior"),
    ("organisations", 1, 3, None, "D3", "superior_needed"),
    ("organisations", 1, 4, "30/02/2016", "E3", "no_such_day"),
    ("organisations", 1, 4, "16/12/2016", "E3", "after_today"),
    ("organisations", 1, 5, "có lẽ", "F3", "not_yes_or_no"),
    ("people", 1, 0, "0001", "A3", "id_twice"),
    ("people", 1, 0, 2, "A3", "leading_zeros_lost"),
    ("people", 1, 1, "049 012 001", "B3", "id_twice"),
    ("people", 1, 2, None, "C3", "missing"),
    ("people", 1, 2, "=HYPERLINK(1)", "C3", "formula_without_value"),
    ("people", 1, 2, "Nguyễn|Văn", "C3", "odd_characters"),
    ("people", 1, 3, "09/11/1990", "I3", "under_18"),
    ("people", 1, 4, None, "E3", "missing"),
    ("people", 1, 4, "PX Đúcc", "E3", "unknown_organisation_suggested"),
    ("people", 1, 4, "DB01", "E3", "not_a_cell"),
    ("people", 1, 5, "CB02", "F3", "not_a_group"),
    ("people", 1, 7, None, "H3", "missing"),
    ("people", 1, 7, "Chính thúc", "H3", None),
    ("people", 1, 8, "31/02/2009", "I3", "no_such_day"),
    ("people", 1, 8, "16/12/2016", "I3", "after_today"),
    ("people", 1, 9, "03/02/2002", "J3", "before_other"),
    ("people", 1, 9, "10/2010", "J3", "day_missing"),
    ("people", 2, 9, "03/02/2016", "H4", "already_official"),
    ("people", 1, 9, "03/02/2017", "H3", "not_yet_official"),
    ("positions", 1, 0, "0099", "A3", None),
    ("positions", 1, 1, "CB77", "B3", None),
    ("positions", 1, 2, "Thủ lĩnh", "C3", "not_a_choice"),
    ("positions", 1, 2, "Ủy viên BTV", "C3", "post_not_in_body"),
    ("positions", 1, 2, "Bí thư", "C3", "two_heads"),
    ("positions", 1, 1, "CB02", "B3", "head_from_elsewhere"),
    ("positions", 1, 4, "09/02/2015", "E3", "before_other"),
    ("positions", 1, 3, "31/04/2015", "D3", "no_such_day"),
]


@pytest.mark.parametrize(("list_name", "row", "column", "value", "cell", "kind"), _WRONG)
def test_each_wrong_cell_is_reported_where_it_stands(
    list_name: str, row: int, column: int, value: Any, cell: str, kind: str | None
) -> None:
    lists: dict[str, Rows] = {"organisations": ORGANISATIONS, "people": PEOPLE, "positions": POSITIONS}
    lists[list_name] = changed(lists[list_name], row, column, value)
    if kind is None and value == "Chính thúc":
        assert found(read(roster(**lists))) == [], "a wrong tone mark is read all the same"
        return
    reported = [problem for problem in read(roster(**lists)).problems if problem.cell == cell]
    assert reported, found(read(roster(**lists)))
    if kind is not None:
        assert reported[0].kind == kind
    for language in ("vi", "en"):
        assert "{" not in reported[0].what(language) + reported[0].expected(language)


def test_all_wrong_cells_come_at_once_in_the_order_of_the_file() -> None:
    people = changed(PEOPLE, 0, 8, "31/02/2009")
    people = changed(people, 1, 4, "PX Đúcc")
    people = changed(people, 3, 0, "0001")
    parsed = read(roster(people=people))
    assert found(parsed) == [
        ("I2", "no_such_day"),
        ("E3", "unknown_organisation_suggested"),
        ("A5", "id_twice"),
        ("A4", "unknown_person"),
    ]
    assert parsed.problems[1].what() == "Không có tổ chức này. Có phải “Chi bộ Phân xưởng Đúc”?"
    assert parsed.problems[0].what() == "Không có ngày này. Tháng 2 năm 2009 có 28 ngày."
    assert parsed.problems[0].value == "31/02/2009"
    assert parsed.problems[0].column == "Ngày vào Đảng"


def test_nothing_is_importable_unless_good_rows_only_was_asked_for() -> None:
    parsed = read(roster(people=changed(PEOPLE, 0, 8, "31/02/2009")))
    with pytest.raises(RosterHasProblems) as refused:
        parsed.require_clean()
    assert "1 ô cần sửa, chưa nhập dòng nào" in refused.value.sentence()


def test_rows_resting_on_a_wrong_row_are_left_out_and_named() -> None:
    """The cell is wrong, so its members and their posts have nowhere to go; the other cell is untouched."""
    parsed = read(roster(organisations=changed(ORGANISATIONS, 1, 4, "31/02/1998")))
    assert found(parsed) == [("E3", "no_such_day")]
    assert {(item.sheet, item.cell) for item in parsed.dropped} == {
        ("Đảng viên", "E2"),
        ("Đảng viên", "E3"),
        ("Đảng viên", "E4"),
        ("Chức vụ", "A2"),
        ("Chức vụ", "A3"),
    }
    assert set(parsed.snapshot.people) == {"0004"}
    assert parsed.wrong_rows == 6
    assert parsed.good_rows == 4


def test_a_circle_of_superiors_is_reported_at_each_of_its_bodies() -> None:
    bodies = (
        ("DB01", "Đảng bộ A", "Đảng bộ cơ sở", None, None, None, None),
        ("BP01", "Đảng bộ bộ phận B", "Đảng bộ bộ phận", "BP02", None, None, None),
        ("BP02", "Đảng bộ bộ phận C", "Đảng bộ bộ phận", "BP01", None, None, None),
    )
    parsed = read(roster(organisations=bodies, people=None, positions=None))
    circles = [problem for problem in parsed.problems if problem.kind == "cycle"]
    assert [problem.cell for problem in circles] == ["D3", "D4"]
    assert "BP01 → BP02 → BP01" in circles[0].what()


def test_two_heads_may_follow_each_other_but_not_meet() -> None:
    earlier = ("0002", "CB01", "Bí thư", "01/01/2010", "09/02/2015")
    follows = (*POSITIONS, earlier)
    meets = (*POSITIONS, (*earlier[:4], "10/02/2015"))
    assert found(read(roster(positions=follows))) == []
    assert found(read(roster(positions=meets))) == [("C5", "two_heads")]


def test_titles_above_and_signatures_below_are_tolerated() -> None:
    rows: list[list[Any]] = [
        ["ĐẢNG BỘ CÔNG TY BẾN TRÚC"],
        [],
        ["DANH SÁCH ĐẢNG VIÊN", None, None, "Năm 2016"],
        ["TT", *PEOPLE_HEADERS],
        *([number, *row] for number, row in enumerate(PEOPLE, start=1)),
        [],
        [None] * 8 + ["NGƯỜI LẬP BIỂU"],
    ]
    known = read(roster(people=None, positions=None)).snapshot
    parsed = read(workbook(Danh_sách=rows), known)
    assert found(parsed) == []
    assert set(parsed.snapshot.people) == {"0001", "0002", "0003", "0004"}
    assert parsed.left_out == (("Danh sách", 10),)
    assert parsed.ignored_columns == (("Danh sách", "TT"),)


def test_a_cell_may_be_named_instead_of_coded() -> None:
    for name in ("Chi bộ Phân xưởng Điện", "phan xuong dien", "cb02"):
        parsed = read(roster(people=changed(PEOPLE, 3, 4, name)))
        assert found(parsed) == [], name
        assert parsed.snapshot.memberships["0004"].organisation_id == "CB02"


def test_a_name_two_bodies_share_is_ambiguous_unless_the_kind_decides() -> None:
    office = ("PX02", "Phân xưởng Điện", "Chính quyền", "DB01", None, None, None)
    people = changed(PEOPLE, 3, 4, "Phân xưởng Điện")
    assert found(read(roster(organisations=(*ORGANISATIONS, office), people=people))) == []
    twin = ("CB03", "Chi bộ Phân xưởng Điện", "Chi bộ trực thuộc", "DB01", None, None, None)
    parsed = read(roster(organisations=(*ORGANISATIONS, twin), people=people))
    assert ("E5", "ambiguous_organisation") in found(parsed)


def test_a_missing_required_column_is_reported_by_its_name() -> None:
    headers = [header for header in PEOPLE_HEADERS if header != "Tình trạng"]
    rows = [[value for place, value in enumerate(row) if place != 7] for row in PEOPLE]
    parsed = read(
        workbook(Tổ_chức=[["Mã", "Tên", "Loại"], ["DB01", "A", "Đảng bộ cơ sở"]], Đảng_viên=[headers, *rows])
    )
    assert [(item.kind, item.what()) for item in parsed.problems] == [
        ("column_missing", "Thiếu cột “Tình trạng”.")
    ]


def test_a_doubled_column_is_reported() -> None:
    bodies = [["Mã", "Tên", "Loại", "Tên"], ["DB01", "A", "Đảng bộ cơ sở", "B"]]
    assert found(read(workbook(Tổ_chức=bodies))) == [("D1", "column_twice")]


def test_sheets_are_recognised_by_their_headers_when_their_names_say_nothing() -> None:
    parsed = read(workbook(Sheet1=[["Mã tổ chức", "Tên tổ chức", "Loại"], ["DB01", "A", "Đảng bộ cơ sở"]]))
    assert found(parsed) == []
    assert set(parsed.snapshot.organisations) == {"DB01"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (workbook(Ghi_chú=[["A", "B"]]), "no_known_sheet"),
        (workbook(Đảng_viên=[["Mã"]], Danh_sách=[["Mã"]]), "two_sheets_alike"),
        (workbook(Đảng_viên=[]), "no_rows"),
        (workbook(Đảng_viên=[list(PEOPLE_HEADERS)]), "no_rows"),
    ],
)
def test_a_workbook_without_a_list_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read(content)
    assert refused.value.reason == reason


def test_a_list_left_out_is_answered_by_the_roster() -> None:
    known = read(roster()).snapshot
    parsed = read(roster(organisations=None, people=None), known)
    assert found(parsed) == []
    assert parsed.kinds == {"position"}


def test_every_problem_has_its_sentences_in_both_languages() -> None:
    for kind, sentence in CELL_SENTENCES.items():
        for texts in sentence:
            assert texts.keys() == {"vi", "en"}, kind
            fields = [
                {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts.values()
            ]
            assert (
                fields[0] == fields[1]
                or {"column", "date", "cell", "other", "limit"} >= fields[0] ^ fields[1]
            ), kind
