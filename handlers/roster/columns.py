"""The three sheets of a roster file and their columns, and how a header typed by hand is recognised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.roster.people_sheet import PEOPLE
from handlers.roster.sheet_plan import Column, Kind, SheetPlan
from handlers.roster.text import folded, folded_header

ORGANISATIONS: Final = SheetPlan(
    purpose="organisations",
    title="Tổ chức",
    also=("Danh sách tổ chức", "Tổ chức đảng", "Đơn vị", "Cây tổ chức", "Danh sách chi bộ", "Organisations"),
    telling=("organisation_id", "name"),
    columns=(
        Column(
            field="organisation_id",
            header="Mã tổ chức",
            kind=Kind.IDENTIFIER,
            required=True,
            also=("Mã", "Mã số", "Mã TC", "Mã đơn vị", "Mã chi bộ", "Mã TCCSĐ", "Code", "ID"),
            hint="Không dấu, không trùng. Ví dụ CB01.",
        ),
        Column(
            field="name",
            header="Tên tổ chức",
            kind=Kind.NAME,
            required=True,
            also=("Tên", "Tên đơn vị", "Tên chi bộ", "Tổ chức", "Tổ chức đảng", "Name"),
            hint="Ghi đầy đủ.",
        ),
        Column(
            field="type",
            header="Loại",
            kind=Kind.TYPE,
            required=True,
            also=("Loại tổ chức", "Loại hình", "Loại hình tổ chức", "Cấp", "Kiểu", "Type"),
            hint="Chọn trong danh sách.",
        ),
        Column(
            field="superior_id",
            header="Mã cấp trên",
            kind=Kind.ORGANISATION,
            also=(
                "Cấp trên",
                "Cấp trên trực tiếp",
                "Mã tổ chức cấp trên",
                "Tổ chức cấp trên",
                "Trực thuộc",
                "Mã cấp trên trực tiếp",
                "Đảng bộ cấp trên",
                "Superior",
            ),
            hint="Để trống ở tổ chức cao nhất.",
        ),
        Column(
            field="founded_on",
            header="Ngày thành lập",
            kind=Kind.DAY,
            also=("Thành lập", "Ngày thành lập tổ chức", "Ngày TL", "Founded on"),
            hint="dd/mm/yyyy. Cần để biết tổ chức đã đủ 6 tháng chưa.",
        ),
        Column(
            field="has_committee",
            header="Có cấp ủy",
            kind=Kind.YES_NO,
            also=("Cấp ủy", "Có chi ủy", "Chi ủy", "Has committee"),
            hint="Có hoặc Không.",
        ),
        Column(
            field="is_joint",
            header="Chi bộ ghép",
            kind=Kind.YES_NO,
            also=("Ghép", "Là chi bộ ghép", "Joint cell"),
            hint="Có hoặc Không.",
        ),
    ),
)

POSITIONS: Final = SheetPlan(
    purpose="positions",
    title="Chức vụ",
    also=("Danh sách chức vụ", "Chức danh", "Cấp ủy", "Danh sách cấp ủy", "Cấp ủy và lãnh đạo", "Positions"),
    telling=("person_id", "organisation_id", "post"),
    columns=(
        Column(
            field="person_id",
            header="Mã đảng viên",
            kind=Kind.PERSON,
            required=True,
            also=(
                "Mã",
                "Mã ĐV",
                "Mã số đảng viên",
                "Số thẻ",
                "Số thẻ đảng viên",
                "Số thẻ đảng",
                "Đảng viên",
                "Person",
            ),
            hint="Mã ở trang Đảng viên.",
        ),
        Column(
            field="organisation_id",
            header="Mã tổ chức",
            kind=Kind.ORGANISATION,
            required=True,
            also=(
                "Tổ chức",
                "Mã đơn vị",
                "Đơn vị",
                "Tại tổ chức",
                "Nơi giữ chức vụ",
                "Mã chi bộ",
                "Chi bộ",
                "Organisation",
            ),
            hint="Mã hoặc tên ở trang Tổ chức.",
        ),
        Column(
            field="post",
            header="Chức vụ",
            kind=Kind.POST,
            required=True,
            also=("Chức danh", "Chức vụ đảng", "Vị trí", "Post"),
            hint="Chọn trong danh sách.",
        ),
        Column(
            field="held_from",
            header="Từ ngày",
            kind=Kind.DAY,
            also=(
                "Giữ chức vụ từ ngày",
                "Ngày giữ chức vụ",
                "Ngày bổ nhiệm",
                "Bắt đầu",
                "Ngày bắt đầu",
                "From",
            ),
            hint="dd/mm/yyyy.",
        ),
        Column(
            field="held_to",
            header="Đến ngày",
            kind=Kind.DAY,
            also=("Đến hết ngày", "Ngày thôi giữ", "Ngày thôi chức vụ", "Kết thúc", "Ngày kết thúc", "To"),
            hint="Ngày cuối cùng còn giữ; đang giữ thì để trống.",
        ),
        Column(
            field="title",
            header="Chức danh đầy đủ",
            kind=Kind.TEXT,
            also=("Tên chức danh", "Ghi rõ chức danh", "Title"),
            hint="Tùy chọn, ví dụ Chủ tịch Công đoàn.",
        ),
    ),
)

PLANS: Final = (ORGANISATIONS, PEOPLE, POSITIONS)

# Titles and rows above the header are common; a header lower than this is not looked for.
HEADER_AMONG_FIRST_ROWS: Final = 30


def plan_for_title(title: str) -> SheetPlan | None:
    """The plan a sheet's title stands for, compared loosely; None for a sheet of another purpose."""
    wanted = folded(title)
    for plan in PLANS:
        if wanted in {folded(name) for name in (plan.title, *plan.also)}:
            return plan
    return None


def match_headers(plan: SheetPlan, headers: Sequence[str]) -> dict[str, list[int]]:
    """Which columns (counted from 0) carry each field. More than one position for a field means a doubled
    header.

    The header as printed wins over synonyms: where both "Mã đảng viên" and "Mã" are present, only the
    first counts.
    """
    texts = [folded_header(header) for header in headers]
    found: dict[str, list[int]] = {}
    taken: set[int] = set()
    for names_of in (_printed, _synonyms):
        for column in plan.columns:
            names = names_of(column)
            places = [place for place, text in enumerate(texts) if text in names and place not in taken]
            if places and column.field not in found:
                found[column.field] = places
                taken.update(places)
    if plan is PEOPLE and "person_id" not in found and "card_number" in found:
        found["person_id"] = found.pop("card_number")
    return found


def _printed(column: Column) -> frozenset[str]:
    return frozenset({folded_header(column.header), folded(column.field)})


def _synonyms(column: Column) -> frozenset[str]:
    return frozenset(folded_header(name) for name in column.also)
