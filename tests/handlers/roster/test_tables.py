"""Rows of the roster are closed once and erased once, and never otherwise changed, on both databases."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from handlers.roster_tables import IMPORTS, LIST_ENTRIES, PEOPLE
from workflow.database import Database

NOW = datetime(2016, 12, 15, 3, tzinfo=UTC)
PERSON: dict[str, Any] = {
    "person_id": "0001",
    "name": "Lưu Văn Tâm",
    "status": "official",
    "birth_date": date(1970, 6, 14),
    "valid_from": date(2016, 1, 1),
    "recorded_at": NOW,
    "recorded_by": "officer",
    "source": "import-1",
    "salt": b"s" * 32,
    "digest": b"d" * 32,
}


@pytest.fixture
def with_person(database: Database) -> Database:
    with database.write() as connection:
        connection.execute(insert(PEOPLE).values(**PERSON))
    return database


def _change(database: Database, **values: Any) -> None:
    with database.write() as connection:
        connection.execute(update(PEOPLE).values(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Khác"},
        {"status": "exempt"},
        {"valid_to": date(2017, 1, 1)},
        {"digest": b"e" * 32},
        {"recorded_by": "somebody"},
        {"superseded_at": NOW, "name": "Khác"},
        {"name": None},
        {"erased_at": NOW},
        {"erased_at": NOW, "name": None, "birth_date": None, "salt": None, "status": "exempt"},
    ],
)
def test_a_row_cannot_be_changed(with_person: Database, values: dict[str, Any]) -> None:
    with pytest.raises(DBAPIError):
        _change(with_person, **values)


def test_a_row_cannot_be_removed(with_person: Database) -> None:
    with pytest.raises(DBAPIError), with_person.write() as connection:
        connection.execute(delete(PEOPLE))


def test_a_row_is_closed_once(with_person: Database) -> None:
    _change(with_person, superseded_at=NOW)
    for again in (NOW.replace(hour=4), None):
        with pytest.raises(DBAPIError):
            _change(with_person, superseded_at=again)


def test_a_name_is_erased_with_its_salt_and_the_row_remains(with_person: Database) -> None:
    _change(with_person, erased_at=NOW, name=None, birth_date=None, card_number=None, salt=None)
    with with_person.read() as connection:
        row = connection.execute(select(PEOPLE)).mappings().one()
    assert (row["name"], row["salt"], row["person_id"], row["digest"]) == (None, None, "0001", b"d" * 32)
    with pytest.raises(DBAPIError):
        _change(with_person, name="Lại có tên")


def test_only_one_belief_of_what_began_on_a_day(with_person: Database) -> None:
    with pytest.raises(DBAPIError), with_person.write() as connection:
        connection.execute(insert(PEOPLE).values(**PERSON))
    _change(with_person, superseded_at=NOW)
    with with_person.write() as connection:
        connection.execute(insert(PEOPLE).values(**PERSON))


def test_a_period_ends_after_it_begins(database: Database) -> None:
    with pytest.raises(DBAPIError), database.write() as connection:
        connection.execute(insert(PEOPLE).values(**PERSON, valid_to=PERSON["valid_from"]))


def test_an_import_is_decided_once(database: Database) -> None:
    with database.write() as connection:
        connection.execute(
            insert(IMPORTS).values(
                import_id="import-1",
                file_name="a.xlsx",
                file_sha256="00",
                effective_on=date(2016, 12, 15),
                content="{}",
                recorded_at=NOW,
                recorded_by="officer",
                state="previewed",
            )
        )
    with database.write() as connection:
        connection.execute(update(IMPORTS).values(state="confirmed", decided_at=NOW, decided_by="officer"))
    for values in ({"state": "rejected"}, {"content": "[]"}, {"file_sha256": "11"}):
        with pytest.raises(DBAPIError), database.write() as connection:
            connection.execute(update(IMPORTS).values(**values))


def test_a_list_entry_is_closed_and_never_overwritten(database: Database) -> None:
    with database.write() as connection:
        connection.execute(
            insert(LIST_ENTRIES).values(
                entry="e1",
                campaign="2016",
                organisation="CB01",
                list="discipline",
                subject="0001",
                decided_on=date(2016, 5, 3),
                cause="cause",
                recorded_at=NOW,
                recorded_by="officer",
                salt=b"s" * 32,
                digest=b"d" * 32,
            )
        )
    with pytest.raises(DBAPIError), database.write() as connection:
        connection.execute(update(LIST_ENTRIES).values(cause="another"))
    with database.write() as connection:
        connection.execute(update(LIST_ENTRIES).values(superseded_at=NOW))
