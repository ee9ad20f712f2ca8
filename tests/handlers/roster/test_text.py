"""What people type is cleaned and compared loosely."""

import unicodedata
from collections.abc import Callable
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from handlers.roster.columns import PLANS, match_headers, plan_for_title
from handlers.roster.sheet_plan import SheetPlan
from handlers.roster.text import cleaned, folded

_HEADERS = [
    (plan, column.field, name) for plan in PLANS for column in plan.columns for name in (column.header,)
]
_SYNONYMS = [(plan, column.field, name) for plan in PLANS for column in plan.columns for name in column.also]


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text())
def test_folding_does_not_depend_on_the_form_of_unicode(text: str) -> None:
    forms = {folded(unicodedata.normalize("NFC", text)), folded(unicodedata.normalize("NFD", text))}
    assert len(forms) == 1


def test_a_name_is_kept_in_nfc_without_odd_blanks() -> None:
    typed = unicodedata.normalize("NFD", "  Nguyễn\u00a0 Thị\u200b Đào\t")
    assert cleaned(typed) == "Nguyễn Thị Đào"


@given(
    st.sampled_from(_HEADERS + _SYNONYMS),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    st.sampled_from(["{}", " {} ", "{} *", "{}:", "{}\n(dd/mm/yyyy)", "\u00a0{}\u00a0", "{} ?", "- {}"]),
    st.booleans(),
)
def test_a_header_is_found_however_it_is_typed(
    named: tuple[SheetPlan, str, str],
    case: Callable[[str], str],
    form: Literal["NFC", "NFD", "NFKC", "NFKD"],
    around: str,
    without_accents: bool,
) -> None:
    plan, field, name = named
    text = around.format(case(folded(name) if without_accents else name))
    found = match_headers(plan, ["Ghi chú", unicodedata.normalize(form, text)])
    if plan.purpose == "people" and field == "card_number":
        field = "person_id"  # alone, the card number is the id
    assert found == {field: [1]}


def test_no_synonym_stands_for_two_columns_of_one_sheet() -> None:
    for plan in PLANS:
        names = [folded(name) for column in plan.columns for name in (column.header, *column.also)]
        doubled = {name for name in names if names.count(name) > 1}
        assert not doubled, (plan.title, doubled)


def test_the_printed_header_wins_over_a_synonym() -> None:
    people = PLANS[1]
    assert match_headers(people, ["Mã", "Mã đảng viên", "Họ tên"]) == {"person_id": [1], "name": [2]}


def test_the_card_number_is_the_id_where_there_is_no_other() -> None:
    assert match_headers(PLANS[1], ["Số thẻ", "Họ và tên"]) == {"person_id": [0], "name": [1]}


def test_sheets_are_found_by_loose_titles() -> None:
    for title, purpose in [
        ("ĐẢNG VIÊN", "people"),
        ("Danh sach dang vien", "people"),
        (unicodedata.normalize("NFD", "Tổ chức"), "organisations"),
        ("chuc_vu", "positions"),
    ]:
        plan = plan_for_title(title)
        assert plan is not None, title
        assert plan.purpose == purpose
    assert plan_for_title("Hướng dẫn") is None
