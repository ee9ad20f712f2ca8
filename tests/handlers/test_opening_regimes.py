"""What each regime opens from a roster: unions, leadership collectives, and leaders rated apart."""

from datetime import date

import pytest

from handlers.opening import expand
from handlers.roster import query
from handlers.roster.apply import apply_difference
from handlers.roster.compare import compare
from handlers.roster.read import read_roster
from handlers.roster.view import RosterView
from tests.handlers.roster.sheets import ORGANISATION_HEADERS, POSITION_HEADERS, workbook
from tests.handlers.roster.test_unions import AT, HEADERS, ON
from tests.handlers.roster.test_unions import file as union_file
from workflow.bodies import Campaign
from workflow.commands.campaign import Subject
from workflow.database import Database
from workflow.rules.rulebook import Rulebook
from workflow.rules.scope import Scope

COMPANY = (
    ("DBH", "Đảng bộ Than Hương Giang", "Đảng bộ cấp trên trực tiếp cơ sở", None, None, "Có", None),
    ("DB01", "Đảng bộ Công ty Hoa Sen", "Đảng bộ cơ sở", "DBH", "03/02/1990", "Có", None),
    ("CB01", "Chi bộ Một", "Chi bộ trực thuộc", "DB01", "03/02/1990", "Không", None),
    ("CTY", "Công ty Hoa Sen", "Chính quyền", "DB01", None, None, None),
    ("BGD", "Ban Giám đốc Công ty Hoa Sen", "Tập thể lãnh đạo, quản lý", "DB01", None, None, None),
    ("CD", "Công đoàn Công ty Hoa Sen", "Công đoàn cơ sở", "DB01", None, "Có", None),
)
MEMBERS = tuple(
    (f"000{n}", name, cell, status, since, union, None, None, None)
    for n, name, cell, status, since, union in (
        (1, "Lưu Văn Tâm", "CB01", "Chính thức", "03/02/2005", None),
        (2, "Đàm Quang Khải", "CB01", "Chính thức", "03/02/2005", "CD"),
        (3, "Tăng Duy Khiêm", "CB01", "Chính thức", "03/02/2005", None),
        (4, "Châu Ngọc Ánh", "CB01", "Miễn sinh hoạt", "03/02/2005", None),
        (5, "Ninh Thu Hà", "CB01", "Đình chỉ", "03/02/2005", None),
        (6, "Cao Bá Lộc", None, "Chưa là đảng viên", None, "CD"),
    )
)
POSTS = (
    ("0001", "BGD", "Giám đốc", "01/03/2018", None, None),
    ("0002", "BGD", "Phó giám đốc", "01/03/2018", None, None),
    ("0001", "CTY", "Giám đốc", "01/03/2018", None, None),
    ("0002", "CTY", "Phó giám đốc", "01/03/2018", None, None),
    ("0003", "CB01", "Bí thư", "01/03/2018", None, None),
)


def view_of(database: Database, content: bytes, base: str) -> RosterView:
    parsed = read_roster(content, file_name="a.xlsx", today=date(2020, 12, 15))
    parsed.require_clean()
    with database.write() as connection:
        difference = compare(query.snapshot_for(connection, parsed, ON), parsed, on=ON)
        apply_difference(connection, difference, at=AT, by="officer", source="import-1")
    with database.read() as connection:
        return query.load_view(connection, ON, base=base)


def opened(view: RosterView, rulebook: Rulebook, top: str, year: int) -> dict[str, Subject]:
    campaign = Campaign(id="C", version=1, year=year, organisation=top, superior="TREN")
    subjects = list(expand(view, rulebook, campaign))
    found = {subject.review: subject for subject in subjects}
    assert len(found) == len(subjects), "nobody is opened twice in one quality"
    return found


@pytest.fixture
def company(database: Database) -> RosterView:
    content = workbook(
        Tổ_chức=[ORGANISATION_HEADERS, *COMPANY],
        Danh_sách_cán_bộ=[HEADERS, *MEMBERS],
        Chức_vụ=[POSITION_HEADERS, *POSTS],
    )
    return view_of(database, content, "DBH")


def test_a_union_opens_its_own_people_party_members_or_not(database: Database) -> None:
    """Of a roster with unions beside Party cells only the unions' rolls are opened (CDTKV-2020, I, II.2)."""
    view = view_of(database, union_file(), "CDN")
    found = opened(view, Rulebook.load("cdtkv_2020"), "CDN", 2020)
    people = {name: subject for name, subject in found.items() if subject.kind == "individual"}
    assert sorted(people) == ["C.member.0001", "C.member.0002", "C.member.0003"]
    assert people["C.member.0002"].organisation == "CQ"
    assert (
        people["C.member.0002"].venues == (("CQ", "cell"),)
        or ("CQ", "cell") in people["C.member.0002"].venues
    )
    assert people["C.member.0002"].superior == "CDN"
    collectives = sorted(s.subject for s in found.values() if s.kind == "collective")
    assert collectives == ["CD7", "CDN"]
    assert not any(subject.kind == "organisation" for subject in found.values())


def test_a_leadership_collective_is_opened_where_the_scope_names_it(company: RosterView) -> None:
    """Once for a company: the collective of its own, not its administration besides (C-91)."""
    tkv = opened(company, Rulebook.load("tkv_2018"), "DBH", 2018)
    collectives = {s.subject: s for s in tkv.values() if s.kind == "collective"}
    assert sorted(collectives) == ["BGD", "DB01", "DBH"]
    assert collectives["BGD"].venues == (("BGD", "leadership"),)
    assert collectives["BGD"].superior == "DB01"
    duk = opened(company, Rulebook.load("duk_2016"), "DBH", 2016)
    assert sorted(s.subject for s in duk.values() if s.kind == "collective") == ["DB01"]


def test_people_of_a_union_are_not_opened_in_a_party_campaign(company: RosterView) -> None:
    found = opened(company, Rulebook.load("duk_2016"), "DBH", 2016)
    people = {s.subject: s for s in found.values() if s.kind == "individual"}
    assert sorted(people) == ["0001", "0002", "0003", "0004", "0005"]
    assert people["0002"].organisation == "CB01"
    assert {s.quality for s in people.values()} == {"member"}, "DUK rates nobody apart as leader"


def test_who_leads_has_a_review_of_each_quality_where_leaders_are_rated_apart(company: RosterView) -> None:
    """As leader where the post is held, as member in the cell; a cell secretary leads no unit (C-76)."""
    rulebook = Rulebook.load("tkv_2018")
    apart = Scope(rows=("TKV-2018.41",), cite="TKV-2018, Đánh giá", leaders=True)
    found = opened(company, with_scope(rulebook, apart), "DBH", 2018)
    qualities = {(s.subject, s.quality): s for s in found.values() if s.kind == "individual"}
    assert sorted(key for key in qualities if key[1] == "leader") == [("0001", "leader"), ("0002", "leader")]
    assert qualities["0001", "leader"].venues == (("BGD", "leadership"),)
    assert qualities["0001", "leader"].organisation == "CB01"
    assert qualities["0001", "member"].venues == (("CB01", "cell"),)
    assert ("0003", "member") in qualities
    named = Scope(rows=("X",), cite="X", leaders=True, leader_posts=("chi_bo_truc_thuoc.head",))
    found = opened(company, with_scope(rulebook, named), "DBH", 2018)
    assert [s.subject for s in found.values() if s.quality == "leader"] == ["0003"]


def with_scope(rulebook: Rulebook, scope: Scope) -> Rulebook:
    """The rulebook as its bytes give it back, with another scope."""
    from dataclasses import fields, replace

    given = {field.name: getattr(rulebook, field.name) for field in fields(Rulebook) if field.init}
    changed = Rulebook(**(given | {"scope": scope}))
    assert Rulebook.from_bytes(changed.canonical_bytes()).scope == scope
    assert changed.hash != rulebook.hash
    assert replace(scope) == scope
    return changed


def test_suspension_excludes_where_the_regime_says_so(company: RosterView) -> None:
    bg = opened(company, Rulebook.load("bg_2019"), "DBH", 2019)
    assert bg["C.member.0005"].exempt_by == "bg.suspended_member"
    assert bg["C.member.0004"].exempt_by == "bg.exempt_member"
    tkv = opened(company, Rulebook.load("tkv_2018"), "DBH", 2018)
    assert tkv["C.member.0005"].exempt_by is None
