"""Single cells: days, identifiers and words, as they are typed."""

import calendar
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.roster.cells import (
    CellWrong,
    Words,
    declared_width,
    read_day,
    read_identifier,
    read_name,
    read_yes_no,
)
from handlers.roster.organisation_checks import TYPES
from handlers.roster.people_checks import STATUSES
from handlers.roster.position_checks import POST_WORDS
from handlers.roster.vocabulary import OrganisationType, PartyStatus, Post
from handlers.roster.workbook import Cell

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(
    days,
    st.sampled_from(
        [
            "{d:02}/{m:02}/{y}",
            "{d}/{m}/{y}",
            "{d}.{m}.{y}",
            "{d:02}-{m:02}-{y}",
            " {d} / {m} / {y}\u00a0",
            "ngày {d} tháng {m} năm {y}",
            "Ngày {d:02} Tháng {m:02} năm {y}",
            "{y}-{m:02}-{d:02}",
            "{y}-{m:02}-{d:02} 00:00:00",
        ]
    ),
)
def test_a_day_is_read_in_every_usual_form(day: date, form: str) -> None:
    assert read_day(Cell(form.format(d=day.day, m=day.month, y=day.year))) == day


@given(days, st.times())
def test_a_real_date_is_read_whatever_its_time(day: date, at: time) -> None:
    assert read_day(Cell(datetime.combine(day, at))) == day
    assert read_day(Cell(day)) == day


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1900, 2100))
def test_a_day_that_does_not_exist_is_never_read_as_another(day: int, month: int, year: int) -> None:
    exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    cell = Cell(f"{day:02}/{month:02}/{year}")
    if exists:
        assert read_day(cell) == date(year, month, day)
    else:
        with pytest.raises(CellWrong):
            read_day(cell)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_wrong_cell(text: str) -> None:
    try:
        read = read_day(Cell(text))
    except CellWrong:
        return
    assert read is None or 1900 <= read.year <= 2100


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("31/02/2009", "no_such_day"),
        ("29/02/2015", "no_such_day"),
        ("00/05/2015", "no_such_day"),
        ("12/13/2015", "no_such_month"),
        ("10/2010", "day_missing"),
        ("2010", "day_and_month_missing"),
        (2010, "day_and_month_missing"),
        ("05/12/16", "short_year"),
        ("05/12/0016", "year_out_of_range"),
        (42350, "number_not_date"),
        ("=cmd()", "not_a_date"),
        ("hôm qua", "not_a_date"),
        (True, "not_a_date"),
        (timedelta(hours=3), "not_a_date"),
        (datetime(1899, 12, 30), "year_out_of_range"),  # noqa: DTZ001 - a cell has no zone
    ],
)
def test_a_wrong_day_says_what_is_wrong(value: Any, kind: str) -> None:
    with pytest.raises(CellWrong) as wrong:
        read_day(Cell(value))
    assert wrong.value.kind == kind


def test_29_february_is_a_day_in_a_leap_year() -> None:
    assert read_day(Cell("29/02/2016")) == date(2016, 2, 29)


@pytest.mark.parametrize(
    ("cell", "width", "read"),
    [
        (Cell("0012"), None, "0012"),
        (Cell(" 049 012\u00a0337 "), None, "049012337"),
        (Cell("cb-01"), None, "CB-01"),
        (Cell(12, "0000"), None, "0012"),
        (Cell(12.0, "0000"), None, "0012"),
        (Cell(12345, "0000"), None, "12345"),
        (Cell(12), None, "12"),
        (Cell(1234), 4, "1234"),
    ],
)
def test_an_identifier_keeps_its_leading_zeros(cell: Cell, width: int | None, read: str) -> None:
    assert read_identifier(cell, width) == read


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (Cell(12), "leading_zeros_lost"),
        (Cell(12.5), "id_not_whole"),
        (Cell(10**15), "id_not_whole"),
        (Cell(-1), "id_not_whole"),
        (Cell("=cmd()"), "id_characters"),
        (Cell("../etc"), "id_characters"),
        (Cell("ĐB01"), "id_characters"),
        (Cell("A" * 33), "id_characters"),
        (Cell(True), "id_characters"),
        (Cell("#N/A", is_error=True), "error_value"),
        (Cell(None, is_formula_without_value=True), "formula_without_value"),
    ],
)
def test_an_identifier_that_cannot_be_right_is_reported(cell: Cell, kind: str) -> None:
    with pytest.raises(CellWrong) as wrong:
        read_identifier(cell, 4)
    assert wrong.value.kind == kind


def test_the_width_of_a_column_is_known_only_when_its_ids_agree() -> None:
    assert declared_width([Cell("0001"), Cell("0187"), Cell(12)]) == 4
    assert declared_width([Cell("0001"), Cell("12")]) is None
    assert declared_width([Cell("1001"), Cell(12)]) is None, "no id begins with 0, so none can be lost"
    assert declared_width([Cell(3, "0000")]) == 4
    assert declared_width([]) is None


def test_a_name_holds_letters_and_not_formulas() -> None:
    assert read_name(Cell("Nguyễn Thị Ánh-Tuyết")) == "Nguyễn Thị Ánh-Tuyết"
    for text in ("=cmd()", "<script>", "A|B", "@SUM(1)"):
        with pytest.raises(CellWrong):
            read_name(Cell(text))


@pytest.mark.parametrize(
    ("text", "read"),
    [("Có", True), ("x", True), ("KHÔNG", False), ("khong", False), ("", None), ("1", True)],
)
def test_yes_no_and_blank_are_three_answers(text: str, read: bool | None) -> None:
    assert read_yes_no(Cell(text)) is read


@pytest.mark.parametrize(
    ("words", "text", "read"),
    [
        (TYPES, "chi bộ trực thuộc", OrganisationType.CHI_BO_TRUC_THUOC),
        (TYPES, "dang_bo_bo_phan", OrganisationType.DANG_BO_BO_PHAN),
        (TYPES, "Ban giám đốc", OrganisationType.LEADERSHIP_COLLECTIVE),
        (STATUSES, "Đảng viên dự bị", PartyStatus.PROBATIONARY),
        (STATUSES, "MIỄN SINH HOẠT", PartyStatus.EXEMPT),
        (POST_WORDS, "UV BTV", Post.STANDING_MEMBER),
        (POST_WORDS, "Chi uỷ viên", Post.COMMITTEE_MEMBER),
        (POST_WORDS, "phó  bí thư", Post.DEPUTY),
    ],
)
def test_words_of_a_closed_list_are_read_loosely(words: Words[Any], text: str, read: object) -> None:
    assert words.read(Cell(text)) is read


def test_a_misspelt_word_gets_a_suggestion() -> None:
    with pytest.raises(CellWrong) as wrong:
        POST_WORDS.read(Cell("Phó bí thưu"))
    assert wrong.value.kind == "not_a_choice_suggested"
    assert dict(wrong.value.facts)["suggestion"] == "Phó bí thư"


def test_every_word_stands_for_one_choice_only() -> None:
    from handlers.roster.text import folded

    for words in (TYPES, STATUSES, POST_WORDS):
        names = [(folded(name), choice) for choice, all_names in words.names.items() for name in all_names]
        for name, choice in names:
            assert {other for text, other in names if text == name} == {choice}, name
