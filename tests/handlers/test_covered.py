"""What lies beside the log is recomputed against the digests in it, and a row that was changed is named."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select, text, update

from handlers.covered import Covered, Uncovered, uncovered
from handlers.roster_import import confirm_import, preview_import
from handlers.roster_tables import LIST_ENTRIES, MEMBERSHIPS, ORGANISATIONS, PEOPLE, POSITIONS
from handlers.tables import PRIVATE_TEXTS
from tests.builders import BOARD, CAMPAIGN, DECLARED, FIRST, OFFICER, REPORTED, ROSTER
from tests.handlers.roster import sheets
from tests.town import Town
from workflow.commands.campaign import RecordListEntry
from workflow.commands.deciding import OpenConsultation, RecordOpinion
from workflow.database import Database

WRONG = "what is stored does not give its digest"
UNTOLD = "no event tells its digest, or another row has it too"
TABLES = (ORGANISATIONS, PEOPLE, MEMBERSHIPS, POSITIONS, LIST_ENTRIES, PRIVATE_TEXTS)
IN_PLACE_OF_NAME = "erased_at = recorded_at, name = NULL, birth_date = NULL, card_number = NULL, salt = NULL"


@pytest.fixture
def lived(database: Database) -> Database:
    """A town with its roster, two list entries, a ballot's voters and an opinion, each by its command."""
    town = Town.on(database, first=4, second=3).open()
    town.make_ready()
    town.meet()
    town.submit()
    town.do(OpenConsultation(submission="CB01-KQ", bodies=("CĐ", "ĐTN"), until=REPORTED), BOARD)
    town.do(RecordOpinion(submission="CB01-KQ", body="CĐ", on=REPORTED, text="Nhất trí với chi bộ."), BOARD)
    full = RecordListEntry(
        campaign=CAMPAIGN,
        organisation=FIRST,
        list="discipline",
        subject="0101",
        decided_on=DECLARED,
        from_day=date(2016, 3, 1),
        to_day=date(2016, 3, 2),
        cause="Vi phạm quy chế làm việc",
        self_detected=True,
        term_ends=date(2017, 3, 1),
        document="QĐ 12-QĐ/ĐU",
    )
    bare = RecordListEntry(campaign=CAMPAIGN, organisation=FIRST, list="sick_leave", subject="0102")
    for entry in (full, bare):
        town.do(entry, town.secretary(FIRST))
    return database


def found(database: Database, covered: Covered | None = None) -> list[Uncovered]:
    with database.read() as connection:
        return list(uncovered(connection, covered))


def tampered(database: Database, *statements: str) -> None:
    """Drop every trigger, as whoever owns the database can, and change what they kept."""
    listed = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    }[database.dialect]
    with database.write() as connection:
        for name, table in connection.execute(text(listed)).all():
            on = f" ON {table}" if database.dialect == "postgresql" else ""
            connection.execute(text(f"DROP TRIGGER {name}{on}"))
        for statement in statements:
            assert connection.execute(text(statement)).rowcount == 1, statement


def test_a_database_nobody_touched_is_covered_row_by_row(lived: Database) -> None:
    covered = Covered()
    assert found(lived, covered) == []
    with lived.read() as connection:
        rows = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]
    assert all(rows), "there is something of each kind"
    assert covered == Covered(rows=sum(rows), erased=Counter())


def test_an_import_that_closes_rows_is_covered(database: Database) -> None:
    """Confirmed as the pages do it: new rows, then a changed name and somebody who left."""
    town = Town.on(database)
    town.now.put(ROSTER)
    people = [list(row) for row in sheets.PEOPLE]
    people[1][2] = "Đàm Quang Khải Minh"
    for on, listed in ((ROSTER, sheets.PEOPLE), (date(2016, 12, 20), tuple(map(tuple, people[:3])))):
        town.now.put(on)
        preview = preview_import(
            town.engine,
            sheets.roster(people=listed, positions=sheets.POSITIONS[:2]),
            "dang-vien.xlsx",
            on=on,
            actor=OFFICER,
        )
        confirm_import(town.engine, preview.import_id, actor=OFFICER)
    with database.read() as connection:
        closed = select(func.count()).where(PEOPLE.c.superseded_at.is_not(None))
        assert connection.execute(closed).scalar_one() > 1
    assert found(database) == []
    tampered(database, f"UPDATE roster_people SET superseded_at = recorded_at WHERE row_id = {OPEN_ROW}")
    (off,) = found(database)
    assert (off.table, off.row_id) == ("roster", None)
    assert "rows are closed, the log tells" in off.what


OPEN_ROW = "(SELECT max(row_id) FROM roster_people WHERE superseded_at IS NULL)"


@pytest.mark.parametrize(
    ("table", "row", "change"),
    [
        ("roster_people", 3, "name = 'Tên Khác'"),
        ("roster_people", 3, "status = 'probationary'"),
        ("roster_people", 3, "status = 'no such status'"),  # a value no record can hold
        ("roster_people", 3, "birth_date = '1980-02-29'"),  # was not known
        ("roster_people", 3, "admitted_on = '2016-12-31'"),
        ("roster_people", 3, "valid_from = '2016-01-01'"),
        ("roster_people", 3, "valid_to = '2030-01-01'"),
        ("roster_organisations", 2, "superior_id = NULL"),
        ("roster_memberships", 2, "organisation_id = 'CB02'"),
        ("roster_positions", 1, "post = 'deputy'"),
        ("roster_positions", 1, "position_id = 'another'"),  # stands in its record only in parts
        ("list_entries", 1, "cause = NULL"),
        ("list_entries", 1, "subject = '0104'"),
        ("list_entries", 1, "term_ends = '2016-12-31'"),
        ("list_entries", 1, "document = 'QĐ 13-QĐ/ĐU'"),
        ("list_entries", 2, "self_detected = true"),
        ("private_texts", 1, "content = 'Không nhất trí.'"),
        ("private_texts", 1, "kind = 'another'"),
    ],
)
def test_a_changed_row_is_named_by_table_and_id(lived: Database, table: str, row: int, change: str) -> None:
    tampered(lived, f"UPDATE {table} SET {change} WHERE row_id = {row}")
    (changed,) = found(lived)
    assert changed == Uncovered(table, row, WRONG)
    assert str(changed) == f"{table} row {row}: {WRONG}"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE roster_people SET salt = NULL WHERE row_id = 3", "the salt of its digest is gone"),
        (
            "UPDATE roster_people SET recorded_by = 'x' WHERE row_id = 3",
            "is recorded by another person than roster version 1",
        ),
        (
            "UPDATE roster_people SET source = 'x' WHERE row_id = 3",
            "is from another source than roster version 1 tells",
        ),
        (
            "UPDATE roster_people SET erased_at = recorded_at WHERE row_id = 3",
            "is marked as erased, and its content is still there",
        ),
        (
            "UPDATE list_entries SET superseded_at = recorded_at WHERE row_id = 1",
            "is closed, and no event tells so",
        ),
        (
            "UPDATE private_texts SET stream = 'submission/CB02-KQ' WHERE row_id = 2",
            "its digest is told in submission/CB01-KQ, not in submission/CB02-KQ",
        ),
    ],
)
def test_what_stands_around_the_content_is_compared_as_well(lived: Database, change: str, what: str) -> None:
    tampered(lived, change)
    (changed,) = found(lived)
    assert changed.table == change.split()[1]
    assert changed.what == what


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ("roster_memberships", "roster"),  # a roster event does not say of which table its rows are
        ("list_entries", "list_entries"),
        ("private_texts", "private_texts"),
    ],
)
def test_a_row_that_is_gone_is_missed_by_its_event(lived: Database, table: str, named: str) -> None:
    tampered(lived, f"DELETE FROM {table} WHERE row_id = 1")
    (missed,) = found(lived)
    assert (missed.table, missed.row_id) == (named, None)
    assert missed.what.endswith("..., which no row has")


def test_a_row_that_came_without_an_event_is_named(lived: Database) -> None:
    """A copy of a row that is covered, closed so that it stands beside the first."""
    with lived.write() as connection:
        values = dict(connection.execute(select(PEOPLE).where(PEOPLE.c.row_id == 3)).mappings().one())
        del values["row_id"]
        connection.execute(PEOPLE.insert(), {**values, "superseded_at": values["recorded_at"]})
    copy, closed = found(lived)
    assert copy.table == "roster_people"
    assert copy.what == UNTOLD
    assert closed.what == "1 rows are closed, the log tells 0"


def test_a_digest_computed_anew_for_a_changed_row_is_told_by_no_event(lived: Database) -> None:
    """Whoever changes content, salt and digest alike still cannot change the event."""
    digest = "decode(repeat('ab', 32), 'hex')" if lived.dialect == "postgresql" else f"x'{'ab' * 32}'"
    tampered(lived, f"UPDATE list_entries SET digest = {digest} WHERE row_id = 2")
    assert [(one.row_id, one.what) for one in found(lived)][:2] == [(2, WRONG), (2, UNTOLD)]
    assert [one.row_id for one in found(lived)] == [2, 2, None]


def test_an_erased_row_is_counted_and_not_broken(lived: Database) -> None:
    """Erased as the triggers allow it: the mark, and salt and content to null."""
    with lived.write() as connection:
        connection.execute(text(f"UPDATE roster_people SET {IN_PLACE_OF_NAME} WHERE row_id = 3"))
        nothing = dict.fromkeys(LIST_ENTRIES.info["erasing"])
        connection.execute(
            update(LIST_ENTRIES)
            .where(LIST_ENTRIES.c.row_id == 1)
            .values({**nothing, "erased_at": LIST_ENTRIES.c.recorded_at})
        )
    covered = Covered()
    assert found(lived, covered) == []
    assert covered.erased == {"roster_people": 1, "list_entries": 1}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_value_that_is_no_day_is_named_instead_of_ending_in_a_fault(lived: Database) -> None:
    """PostgreSQL takes no such value; SQLite keeps whatever it is given."""
    tampered(lived, "UPDATE roster_people SET valid_from = 'no day', recorded_at = 'never' WHERE row_id = 3")
    assert found(lived) == [Uncovered("roster_people", 3, WRONG)]


def test_an_event_that_cannot_be_read_tells_no_digest(lived: Database) -> None:
    tampered(lived, "UPDATE events SET data = '{}' WHERE name = 'opinion_received'")
    assert found(lived) == [Uncovered("private_texts", 2, UNTOLD)]
