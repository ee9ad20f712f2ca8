"""A union and the Party committees above the grassroots come from the same file; who is in a union may be no
Party member.
"""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers.roster import query
from handlers.roster.apply import apply_difference
from handlers.roster.compare import Difference, compare
from handlers.roster.parsed import ParsedRoster
from handlers.roster.read import read_roster
from handlers.roster.touched import Effect, OpenReview, touched_reviews
from handlers.roster.vocabulary import MembershipKind, OrganisationType, PartyStatus, Post, StaffKind
from tests.handlers.roster.sheets import ORGANISATION_HEADERS, POSITION_HEADERS, workbook
from workflow.database import Database

ON = date(2020, 1, 1)
AT = datetime(2020, 12, 1, 2, tzinfo=UTC)
LATER_AT = datetime(2020, 12, 20, 2, tzinfo=UTC)
HEADERS = (
    "Mã đảng viên", "Họ và tên", "Mã chi bộ", "Tình trạng", "Ngày vào Đảng", "Mã công đoàn", "Diện cán bộ",
    "Trực tiếp tiếp xúc đoàn viên", "Chi bộ sinh hoạt tạm thời",
)  # fmt: skip
BODIES: tuple[tuple[Any, ...], ...] = (
    ("DBT", "Đảng bộ tỉnh Hương Giang", "Đảng bộ tỉnh", None, None, "Có", None),
    ("DBH", "Đảng bộ huyện Bến Trúc", "Đảng bộ huyện", "DBT", None, "Có", None),
    ("DB01", "Đảng bộ Công ty Hoa Sen", "Đảng bộ cơ sở", "DBH", None, "Có", None),
    ("CB01", "Chi bộ Một", "Chi bộ trực thuộc", "DB01", None, "Không", None),
    ("CB02", "Chi bộ Hai", "Chi bộ trực thuộc", "DB01", None, "Không", None),
    ("CDN", "Công đoàn Ngành Than", "Công đoàn ngành", None, None, "Có", None),
    ("CQ", "Cơ quan Công đoàn Ngành Than", "Cơ quan công đoàn", "CDN", None, None, None),
    ("TC", "Ban Tổ chức", "Ban", "CQ", None, None, None),
    ("CD7", "Công đoàn Mỏ Bảy", "Công đoàn cơ sở", "CDN", None, "Có", None),
    ("BP1", "Công đoàn Phân xưởng Một", "Công đoàn bộ phận", "CD7", None, None, None),
)  # fmt: skip
PEOPLE: tuple[tuple[Any, ...], ...] = (
    (
        "0001",
        "Lưu Văn Tâm",
        "CB01",
        "Chính thức",
        "03/02/1999",
        "CQ",
        "Phó trưởng ban trở lên",
        "Không",
        None,
    ),
    ("0002", "Đàm Quang Khải", None, "Chưa là đảng viên", None, "CQ", "Chuyên viên", "Có", None),
    ("0003", "Tăng Duy Khiêm", None, None, None, "CD7", "Cán bộ chuyên trách", None, None),
    ("0004", "Châu Ngọc Ánh", "CB01", "Chính thức", "07/11/2003", None, None, None, "CB02"),
)
POSITIONS: tuple[tuple[Any, ...], ...] = (
    ("0001", "TC", "Trưởng ban", "01/03/2018", None, None),
    ("0003", "CD7", "Chủ tịch", "10/02/2015", None, "Chủ tịch công đoàn"),
    ("0002", "CDN", "Ủy viên BTV", "10/02/2015", None, None),
)


def file(
    bodies: tuple[tuple[Any, ...], ...] = BODIES,
    people: tuple[tuple[Any, ...], ...] = PEOPLE,
    positions: tuple[tuple[Any, ...], ...] = POSITIONS,
) -> bytes:
    return workbook(
        Tổ_chức=[ORGANISATION_HEADERS, *bodies],
        Danh_sách_cán_bộ=[HEADERS, *people],
        Chức_vụ=[POSITION_HEADERS, *positions],
    )


def read(content: bytes) -> ParsedRoster:
    return read_roster(content, file_name="cong-doan.xlsx", today=date(2020, 12, 15))


def take_over(database: Database, content: bytes, on: date = ON, at: datetime = AT) -> Difference:
    parsed = read(content)
    parsed.require_clean()
    with database.write() as connection:
        difference = compare(query.snapshot_for(connection, parsed, on), parsed, on=on)
        apply_difference(connection, difference, at=at, by="officer", source="import-1")
    return difference


def test_bodies_of_every_branch_are_read() -> None:
    parsed = read(file())
    assert [problem.kind for problem in parsed.problems] == []
    types = {code: record.type for code, record in parsed.snapshot.organisations.items()}
    assert types["DBH"] is OrganisationType.DANG_BO_CAP_TREN
    assert types["TC"] is OrganisationType.ADMINISTRATION
    assert types["CQ"] is OrganisationType.CO_QUAN_CONG_DOAN
    assert {record.post for record in parsed.snapshot.positions.values()} == {Post.HEAD, Post.STANDING_MEMBER}


def test_a_union_person_may_be_a_party_member_or_not_or_nobody_has_said() -> None:
    people = read(file()).snapshot.people
    assert people["0001"].status is PartyStatus.OFFICIAL
    assert people["0002"].status is PartyStatus.NOT_MEMBER
    assert people["0003"].status is None, "a blank standing is not known, which is not no"
    assert people["0002"].staff_kind is StaffKind.SPECIALIST
    assert people["0002"].direct_contact is True
    assert people["0003"].direct_contact is None


def test_one_person_stands_on_a_roll_of_each_kind() -> None:
    memberships = read(file()).snapshot.memberships
    assert memberships["0001"].organisation_id == "CB01"
    assert memberships["0001/union"].organisation_id == "CQ"
    assert memberships["0004/temporary"].kind is MembershipKind.TEMPORARY
    assert "0002" not in memberships, "who is no Party member is in no cell"


def row(number: int, column: int, value: Any) -> tuple[tuple[Any, ...], ...]:
    rows = [list(cells) for cells in PEOPLE]
    rows[number][column] = value
    return tuple(tuple(cells) for cells in rows)


@pytest.mark.parametrize(
    ("people", "kind", "cell"),
    [
        (row(3, 3, None), "missing", "D5"),
        (row(3, 4, None), "missing", "E5"),
        (row(3, 2, None), "missing", "C5"),
        (row(0, 3, "Chưa là đảng viên"), "not_a_member_in_cell", "D2"),
        (row(1, 5, "CDN"), "not_a_union", "F3"),
        (row(1, 8, "CB02"), "temporary_without_official", "I3"),
        (row(3, 8, "CB01"), "temporary_in_own_cell", "I5"),
        (row(3, 8, "DB01"), "not_a_cell", "I5"),
        (row(1, 6, "Nhân viên"), "not_a_choice", "G3"),
    ],
)
def test_a_wrong_cell_of_a_union_person_is_named(
    people: tuple[tuple[Any, ...], ...], kind: str, cell: str
) -> None:
    problems = read(file(people=people)).problems
    assert (cell, kind) in [(problem.cell, problem.kind) for problem in problems]
    for problem in problems:
        assert "{" not in problem.what("vi") + problem.expected("en")


def body(number: int, superior: str | None) -> tuple[tuple[Any, ...], ...]:
    rows = [list(cells) for cells in BODIES]
    rows[number][3] = superior
    return tuple(tuple(cells) for cells in rows)


@pytest.mark.parametrize(
    ("bodies", "kind"),
    [
        (body(6, None), "superior_needed"),
        (body(6, "CD7"), "wrong_superior"),
        (body(8, "CQ"), "wrong_superior"),
        (body(1, "CDN"), "wrong_superior"),
        (body(9, None), "superior_needed"),
        (body(5, "DBT"), None),
        (body(8, None), None),
        (body(2, None), None),
    ],
)
def test_each_body_stands_where_it_may(bodies: tuple[tuple[Any, ...], ...], kind: str | None) -> None:
    parsed = read(file(bodies=bodies, people=(), positions=()))
    assert [problem.kind for problem in parsed.problems][:1] == ([kind] if kind else [])


def test_a_party_cell_file_still_needs_the_columns_of_the_party() -> None:
    parsed = read(
        workbook(
            Tổ_chức=[ORGANISATION_HEADERS, *BODIES],
            Đảng_viên=[("Mã đảng viên", "Họ và tên"), ("0001", "Lưu Văn Tâm")],
        )
    )
    missing = [problem.column for problem in parsed.problems if problem.kind == "column_missing"]
    assert missing == ["Mã chi bộ", "Tình trạng", "Ngày vào Đảng"]


def test_rolls_are_read_back_each_with_its_own_people(database: Database) -> None:
    take_over(database, file())
    with database.read() as connection:
        view = query.load_view(connection, ON)
        assert query.cell_of(connection, "0004", ON) == "CB01"
        assert query.cell_of(connection, "0002", ON) is None
        rolls = {
            code: [row.record.person_id for row in query.people_of_cell(connection, code, ON)]
            for code in view.rolls("CDN") + view.rolls("DBT")
        }
        assert query.load_snapshot(connection, ON) == read(file()).snapshot
    assert rolls == {"CQ": ["0001", "0002"], "CD7": ["0003"], "BP1": [], "CB01": ["0001", "0004"], "CB02": []}
    for code, people in rolls.items():
        assert [found.record.person_id for found in view.people_of_cell(code)] == people


def test_a_temporary_cell_ends_beside_the_official_one(database: Database) -> None:
    """The spell elsewhere is closed on its day; the official membership goes on unbroken."""
    take_over(database, file())
    back = date(2020, 7, 1)
    difference = take_over(database, file(people=row(3, 8, None)), on=back, at=LATER_AT)
    assert [record.key for record in difference.gone["membership"]] == ["0004/temporary"]
    with database.read() as connection:
        before = query.load_view(connection, date(2020, 6, 30)).memberships
        after = query.load_view(connection, back).memberships
    assert before["0004/temporary"].valid_to == back
    assert "0004/temporary" not in after
    assert after["0004"].valid_to is None


def test_a_move_between_unions_and_a_spell_elsewhere_are_told_apart(database: Database) -> None:
    take_over(database, file())
    moved = read(file(people=row(2, 5, "BP1")))
    home = read(file(people=row(3, 8, None)))
    reviews = (
        OpenReview(review_id="r3", subject="0003", voting_body="CD7"),
        OpenReview(review_id="r4", subject="0004", voting_body="CB01"),
    )
    with database.read() as connection:
        old = query.load_snapshot(connection, ON)
    found = [
        (touch.review_id, touch.effect)
        for parsed in (moved, home)
        for touch in touched_reviews(compare(old, parsed, on=ON), reviews, old)
    ]
    assert found == [("r3", Effect.MOVED), ("r4", Effect.RE_SCOPED)]


def test_who_leaves_the_file_leaves_every_roll(database: Database) -> None:
    take_over(database, file())
    difference = take_over(
        database, file(people=PEOPLE[1:], positions=POSITIONS[1:]), on=date(2020, 9, 1), at=LATER_AT
    )
    assert {record.key for record in difference.gone["membership"]} == {"0001", "0001/union"}
