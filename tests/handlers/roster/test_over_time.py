"""The roster keeps both times: what holds on which day, and what we believed when. On both databases."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import func, select

from handlers.demo_roster import demo_workbook
from handlers.roster import query
from handlers.roster.apply import AppliedRoster, apply_difference
from handlers.roster.compare import Difference, compare
from handlers.roster.imports import decide_import, load_import, save_preview
from handlers.roster.parsed import ParsedRoster
from handlers.roster.problems import ImportDecided, NoSuchImport, RosterMoved, RosterWouldDangle
from handlers.roster.read import read_roster
from handlers.roster.vocabulary import PartyStatus, Post
from handlers.roster_tables import ORGANISATIONS as ORGANISATION_TABLE
from handlers.roster_tables import PEOPLE as PEOPLE_TABLE
from handlers.roster_tables import ROSTER_TABLES
from tests.handlers.roster.sheets import ORGANISATIONS, PEOPLE, POSITIONS, changed, roster
from workflow.database import Database

FIRST = date(2016, 1, 1)
LATER = date(2016, 12, 10)
AT_FIRST = datetime(2016, 12, 1, 2, tzinfo=UTC)
AT_LATER = datetime(2016, 12, 15, 2, tzinfo=UTC)
BETWEEN = datetime(2016, 12, 8, 2, tzinfo=UTC)


def parse(content: bytes, database: Database) -> ParsedRoster:
    with database.read() as connection:
        known = query.load_snapshot(connection, LATER)
    return read_roster(content, file_name="a.xlsx", today=date(2016, 12, 15), known=known)


def preview(database: Database, content: bytes, on: date) -> Difference:
    parsed = parse(content, database)
    with database.read() as connection:
        return compare(query.snapshot_for(connection, parsed, on), parsed, on=on)


def take_over(
    database: Database, content: bytes, on: date = FIRST, at: datetime = AT_FIRST
) -> tuple[Difference, AppliedRoster]:
    difference = preview(database, content, on)
    with database.write() as connection:
        applied = apply_difference(connection, difference, at=at, by="officer", source="import-1")
    return difference, applied


@pytest.fixture
def kept(database: Database) -> Database:
    """A database that holds the small roster since 1 January 2016, recorded on 1 December."""
    take_over(database, roster())
    return database


def _rows(database: Database) -> int:
    with database.read() as connection:
        return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in ROSTER_TABLES)


def _names(change: Any) -> list[tuple[str, Any, Any]]:
    return [(item.name, item.old, item.new) for item in change.fields]


def test_importing_the_same_file_twice_changes_nothing(kept: Database) -> None:
    before = _rows(kept)
    difference, applied = take_over(kept, roster(), LATER, AT_LATER)
    assert difference.is_empty
    assert applied.rows == ()
    assert difference.unchanged == {"organisation": 3, "person": 4, "membership": 4, "position": 3}
    assert _rows(kept) == before


def test_the_demo_imported_twice_changes_nothing(database: Database) -> None:
    _, applied = take_over(database, demo_workbook())
    assert applied.counts == {
        "organisation": (17, 0, 0),
        "person": (187, 0, 0),
        "membership": (187, 0, 0),
        "position": (60, 0, 0),
    }
    again, _ = take_over(database, demo_workbook(), LATER, AT_LATER)
    assert again.is_empty


def test_a_changed_file_shows_new_changed_and_gone(kept: Database) -> None:
    new = ("0005", None, "Từ Hải Đăng", None, "CB02", None, None, "Dự bị", "19/05/2016", None, "Có")
    people = (*changed(PEOPLE, 2, 4, "CB02")[:1], *changed(PEOPLE, 2, 4, "CB02")[2:], new)
    positions = [row for row in POSITIONS if row[0] != "0002"]
    difference = preview(kept, roster(people=people, positions=positions), LATER)
    assert [record.key for record in difference.new["person"]] == ["0005"]
    assert [record.key for record in difference.gone["person"]] == ["0002"]
    assert [record.key for record in difference.gone["membership"]] == ["0002"]
    assert [record.person_id for record in difference.gone["position"]] == ["0002"]  # type: ignore[attr-defined]
    assert [_names(change) for change in difference.changed["membership"]] == [
        [("organisation_id", "CB01", "CB02")]
    ]


def test_a_move_holds_from_its_day_and_the_past_remains(kept: Database) -> None:
    take_over(kept, roster(people=changed(PEOPLE, 2, 4, "CB02")), LATER, AT_LATER)
    with kept.read() as connection:
        assert query.cell_of(connection, "0003", date(2016, 12, 9)) == "CB01"
        assert query.cell_of(connection, "0003", LATER) == "CB02"
        assert query.cell_of(connection, "0003", LATER, as_believed=BETWEEN) == "CB01"
        assert query.cell_of(connection, "0003", date(2015, 12, 31)) is None


def test_a_move_holds_from_the_day_the_file_says_the_person_joined(kept: Database) -> None:
    people = changed(changed(PEOPLE, 2, 4, "CB02"), 2, 6, "20/11/2016")
    take_over(kept, roster(people=people), LATER, AT_LATER)
    with kept.read() as connection:
        assert query.cell_of(connection, "0003", date(2016, 11, 19)) == "CB01"
        assert query.cell_of(connection, "0003", date(2016, 11, 20)) == "CB02"


def test_a_mistyped_name_is_corrected_over_all_days_but_old_beliefs_are_kept(kept: Database) -> None:
    take_over(kept, roster(people=changed(PEOPLE, 0, 2, "Lưu Văn Tám")), LATER, AT_LATER)
    with kept.read() as connection:
        for day in (FIRST, LATER):
            row = query.person_on(connection, "0001", day)
            believed = query.person_on(connection, "0001", day, as_believed=BETWEEN)
            assert row is not None
            assert believed is not None
            assert (row.record.name, believed.record.name) == ("Lưu Văn Tám", "Lưu Văn Tâm")
        rows = connection.scalar(
            select(func.count()).select_from(PEOPLE_TABLE).where(PEOPLE_TABLE.c.person_id == "0001")
        )
    assert rows == 2, "a correction needs one row beside the closed one"


def test_a_status_holds_from_its_day_while_a_birth_date_is_corrected_for_ever(kept: Database) -> None:
    people = changed(changed(PEOPLE, 1, 7, "Miễn sinh hoạt"), 1, 3, "09/11/1976")
    take_over(kept, roster(people=people), LATER, AT_LATER)
    with kept.read() as connection:
        before = query.person_on(connection, "0002", date(2016, 12, 9))
        after = query.person_on(connection, "0002", LATER)
    assert before is not None
    assert after is not None
    assert (before.record.status, before.record.birth_date) == (PartyStatus.OFFICIAL, date(1976, 11, 9))
    assert (after.record.status, after.record.birth_date) == (PartyStatus.EXEMPT, date(1976, 11, 9))


def test_who_is_gone_is_gone_from_that_day_with_cell_and_posts(kept: Database) -> None:
    people = [row for row in PEOPLE if row[0] != "0002"]
    positions = [row for row in POSITIONS if row[0] != "0002"]
    take_over(kept, roster(people=people, positions=positions), LATER, AT_LATER)
    with kept.read() as connection:
        assert query.person_on(connection, "0002", LATER) is None
        assert query.positions_of(connection, "0002", LATER) == ()
        assert query.person_on(connection, "0002", date(2016, 12, 9)) is not None
        assert len(query.positions_of(connection, "0002", date(2016, 12, 9))) == 1


def test_who_is_gone_may_come_back(kept: Database) -> None:
    people = [row for row in PEOPLE if row[0] != "0002"]
    positions = [row for row in POSITIONS if row[0] != "0002"]
    take_over(kept, roster(people=people, positions=positions), LATER, AT_LATER)
    back = date(2016, 12, 20)
    difference, _ = take_over(kept, roster(), back, datetime(2016, 12, 20, 2, tzinfo=UTC))
    assert [record.key for record in difference.new["person"]] == ["0002"]
    with kept.read() as connection:
        assert query.person_on(connection, "0002", date(2016, 12, 19)) is None
        assert query.person_on(connection, "0002", back) is not None
    again, _ = take_over(kept, roster(), back, datetime(2016, 12, 21, 2, tzinfo=UTC))
    assert again.is_empty


def test_a_post_that_ended_is_history_and_never_gone(kept: Database) -> None:
    ended = changed(POSITIONS, 1, 4, "30/11/2016")
    take_over(kept, roster(positions=ended), LATER, AT_LATER)
    with kept.read() as connection:
        assert query.deputies_of(connection, "CB01", date(2016, 11, 30))
        assert query.deputies_of(connection, "CB01", date(2016, 12, 1)) == ()
    without, _ = take_over(kept, roster(positions=[*ended[:1], *ended[2:]]), LATER, AT_LATER)
    assert without.is_empty


def test_a_corrected_first_day_of_a_post_is_a_change_and_not_a_loss(kept: Database) -> None:
    difference, _ = take_over(kept, roster(positions=changed(POSITIONS, 0, 3, "01/02/2015")), LATER, AT_LATER)
    assert difference.counts("position") == (0, 1, 0)
    with kept.read() as connection:
        head = query.head_of(connection, "CB01", date(2015, 2, 1))
        assert head is not None
        assert head.record.person_id == "0001"
        assert query.head_of(connection, "CB01", date(2015, 1, 31)) is None


def test_a_new_head_follows_the_old_one(kept: Database) -> None:
    positions = (
        ("0001", "CB01", "Bí thư", "10/02/2015", "05/12/2016"),
        ("0002", "CB01", "Bí thư", "06/12/2016", None),
        POSITIONS[2],
    )
    take_over(kept, roster(positions=positions), LATER, AT_LATER)
    with kept.read() as connection:
        heads = [query.head_of(connection, "CB01", date(2016, 12, day)) for day in (5, 6)]
        believed = query.head_of(connection, "CB01", date(2016, 12, 6), as_believed=BETWEEN)
    assert [head.record.person_id for head in heads if head] == ["0001", "0002"]
    assert believed is not None
    assert believed.record.person_id == "0001"


def test_with_good_rows_only_nothing_is_taken_for_gone(kept: Database) -> None:
    """The row that is wrong may be the very person who would look gone."""
    people = [row for row in changed(PEOPLE, 0, 0, "00 01?") if row[0] != "0003"]
    difference = preview(kept, roster(people=people, positions=None), LATER)
    assert difference.is_empty


def test_a_body_with_people_in_it_cannot_just_vanish(kept: Database) -> None:
    difference = preview(kept, roster(organisations=ORGANISATIONS[:2], people=None, positions=None), LATER)
    assert ("membership", "0004", "CB02") in difference.dangling
    with pytest.raises(RosterWouldDangle) as refused, kept.write() as connection:
        apply_difference(connection, difference, at=AT_LATER, by="officer", source="import-2")
    assert "CB02" in refused.value.sentence()


def test_a_preview_that_was_overtaken_is_refused(kept: Database) -> None:
    stale = preview(kept, roster(people=changed(PEOPLE, 2, 4, "CB02")), LATER)
    take_over(kept, roster(people=changed(PEOPLE, 2, 4, "CB02")), LATER, AT_LATER)
    before = _rows(kept)
    with pytest.raises(RosterMoved), kept.write() as connection:
        apply_difference(connection, stale, at=AT_LATER, by="officer", source="import-2")
    assert _rows(kept) == before


def test_one_base_organisation_takes_nothing_from_another(kept: Database) -> None:
    bodies = (
        ("DB02", "Đảng bộ Công ty Khác", "Đảng bộ cơ sở", None, None, "Có", None),
        ("CB21", "Chi bộ Một", "Chi bộ trực thuộc", "DB02", None, None, None),
    )
    people = [("0201", None, "Hà Văn Một", None, "CB21", None, None, "Chính thức", "03/02/2001", None, None)]
    difference, _ = take_over(
        kept, roster(organisations=bodies, people=people, positions=None), LATER, AT_LATER
    )
    assert difference.counts("person") == (1, 0, 0)
    assert difference.counts("organisation") == (2, 0, 0)
    with kept.read() as connection:
        assert set(query.load_view(connection, LATER, base="DB02").people) == {"0201"}
        assert len(query.load_view(connection, LATER).people) == 5


def test_digests_match_the_rows_and_hold_no_name(kept: Database) -> None:
    _, applied = take_over(kept, roster(people=changed(PEOPLE, 0, 2, "Lưu Văn Tám")), LATER, AT_LATER)
    assert "Tám" not in repr(applied)
    ((kind, key, digest),) = applied.digests
    with kept.read() as connection:
        row = (
            connection.execute(
                select(PEOPLE_TABLE).where(
                    PEOPLE_TABLE.c.person_id == key, PEOPLE_TABLE.c.superseded_at.is_(None)
                )
            )
            .mappings()
            .one()
        )
    names = (
        "person_id",
        "name",
        "status",
        "card_number",
        "birth_date",
        "admitted_on",
        "official_on",
        "is_staff",
        "staff_kind",
        "direct_contact",
    )
    record = {name: row[name].isoformat() if isinstance(row[name], date) else row[name] for name in names}
    content = {"kind": kind, "key": key, "record": record, "valid_from": "2016-01-01", "valid_to": None}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert sha256(row["salt"] + canonical).hexdigest() == digest == row["digest"].hex()
    assert sum(not item.added for item in applied.rows) == 1


def test_a_view_answers_what_a_campaign_asks(database: Database) -> None:
    take_over(database, demo_workbook())
    with database.read() as connection:
        view = query.load_view(connection, date(2017, 1, 11), base="DB01")
    assert view.tops == ("DB01",)
    assert len(view.people_of_cell("CB05")) == 23
    assert len(view.official_members("CB05")) == 20
    head = view.head_of("CB05")
    assert head is not None
    assert view.people[head.record.person_id].record.name == "Vũ Minh Đức"
    assert [view.people[row.record.person_id].record.name for row in view.deputies_of("CB05")] == [
        "Nguyễn Thị Bích Ngọc"
    ]
    assert view.ancestors("CB04-T1") == ("CB04", "BP01", "DB01")
    assert view.direct_superior("CB04") == "BP01"
    assert len(view.cells("BP01")) == 4
    assert view.tree("BP01") == ("BP01", "CB01", "CB02", "CB03", "CB04", "CB04-T1", "CB04-T2")
    assert len(view.standing_committee_of("DB01")) == 5
    assert len(view.committee_of("DB01")) == 11
    assert view.standing_committee_of("CB05") == ()
    assert len(view.people_of_group("CB04-T1")) + len(view.people_of_group("CB04-T2")) == 21
    posts = {
        (row.record.organisation_id, row.record.post) for row in view.positions_of(view.leaders_of("LD01")[0])
    }
    assert ("LD01", Post.HEAD) in posts
    assert ("DB01", Post.DEPUTY) in posts
    assert head.source == f"roster row {head.row_id}"


def test_single_questions_agree_with_the_view(database: Database) -> None:
    take_over(database, demo_workbook())
    day = date(2016, 12, 20)
    with database.read() as connection:
        view = query.load_view(connection, day)
        for cell in view.cells("DB01"):
            assert query.head_of(connection, cell, day) == view.head_of(cell)
            assert query.people_of_cell(connection, cell, day) == view.people_of_cell(cell)
            assert query.people_of_cell(connection, cell, day, PartyStatus.OFFICIAL) == view.official_members(
                cell
            )
        assert query.organisation_on(connection, "BP01", day) == view.organisations["BP01"]
        # 05/03/2010 to 09/02/2015, an earlier secretary of Kho vận.
        assert query.head_of(connection, "CB09", date(2015, 2, 9)) != view.head_of("CB09")


def test_a_part_of_the_tree_is_the_part_of_the_whole(database: Database) -> None:
    take_over(database, demo_workbook())
    with database.read() as connection:
        whole = query.load_view(connection, LATER)
        part = query.load_view(connection, LATER, base="BP01")
    assert set(part.organisations) == set(whole.tree("BP01"))
    inside = {row.record.person_id for cell in whole.cells("BP01") for row in whole.people_of_cell(cell)}
    assert set(part.people) == inside


def test_an_import_is_kept_until_it_is_decided(database: Database) -> None:
    parsed = parse(roster(people=changed(PEOPLE, 0, 8, "31/02/2009")), database)
    with database.write() as connection:
        save_preview(connection, "import-7", parsed, effective_on=LATER, at=AT_FIRST, by="officer")
    with database.read() as connection:
        stored = load_import(connection, "import-7")
        assert stored.parsed == parsed
        assert stored.state == "previewed"
        with pytest.raises(NoSuchImport):
            load_import(connection, "import-8")
    with database.write() as connection:
        decide_import(connection, "import-7", "rejected", at=AT_LATER, by="chief")
    with pytest.raises(ImportDecided) as refused, database.write() as connection:
        decide_import(connection, "import-7", "confirmed", at=AT_LATER, by="chief")
    assert "đã bị bỏ" in refused.value.sentence()


def test_a_renamed_body_keeps_its_former_name_for_former_days(kept: Database) -> None:
    bodies: Sequence[Sequence[Any]] = changed(ORGANISATIONS, 2, 1, "Chi bộ Phân xưởng Cơ điện")
    take_over(kept, roster(organisations=bodies), LATER, AT_LATER)
    with kept.read() as connection:
        names = [query.organisation_on(connection, "CB02", day) for day in (date(2016, 12, 9), LATER)]
        rows = connection.scalar(
            select(func.count())
            .select_from(ORGANISATION_TABLE)
            .where(ORGANISATION_TABLE.c.organisation_id == "CB02")
        )
    assert [row.record.name for row in names if row] == [
        "Chi bộ Phân xưởng Điện",
        "Chi bộ Phân xưởng Cơ điện",
    ]
    assert rows == 3, "the closed row, the days before and the days after"


def test_rows_apply_only_once(kept: Database) -> None:
    difference = preview(kept, roster(people=changed(PEOPLE, 0, 10, "Không")), LATER)
    with kept.write() as connection:
        apply_difference(connection, difference, at=AT_LATER, by="officer", source="import-2")
    with pytest.raises(RosterMoved), kept.write() as connection:
        apply_difference(connection, replace(difference), at=AT_LATER, by="officer", source="import-2")
