"""Every file handed out is remembered: by whom, as what, of what, how long; and nobody changes it after."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from handlers.audit.export_tables import EXPORTS
from handlers.audit.exports import CALL_LIST, STATISTICS, exports, note_export
from tests.api.browsing import Browser
from tests.builders import BOARD, OFFICER
from tests.town import Town
from workflow.database import Database

AT = datetime(2017, 1, 11, 2, tzinfo=UTC)


def note(database: Database, number: int) -> None:
    with database.write() as connection:
        for one in range(number):
            asked = {"organisation": "", "campaign": f"20{one:02}"}
            note_export(connection, AT + timedelta(minutes=one), OFFICER, CALL_LIST, asked, one)


def test_an_export_tells_who_took_what_cut_down_to_what_and_how_much(database: Database) -> None:
    note(database, 1)
    with database.read() as connection:
        (found,) = exports(connection, limit=10)
    assert (found.actor, found.capacity, found.at) == (OFFICER.id, OFFICER.capacity, AT)
    assert (found.what, found.filter, found.rows) == (CALL_LIST, (("campaign", "2000"),), 0)


def test_exports_are_paged_newest_first_without_a_gap_or_a_row_twice(database: Database) -> None:
    note(database, 7)
    pages, before = [], None
    with database.read() as connection:
        while page := exports(connection, before=before, limit=3):
            pages.append([one.rows for one in page])
            before = page[-1].export
    assert pages == [[6, 5, 4], [3, 2, 1], [0]]


def test_a_kind_of_file_nobody_knows_is_not_noted(database: Database) -> None:
    with database.write() as connection, pytest.raises(KeyError):
        note_export(connection, AT, OFFICER, "secrets", {}, 1)


@pytest.mark.parametrize("change", [update(EXPORTS).values(rows=0), delete(EXPORTS)])
def test_an_export_noted_can_neither_be_changed_nor_removed(database: Database, change: object) -> None:
    note(database, 1)
    with pytest.raises(DBAPIError), database.write() as connection:
        connection.execute(change)  # type: ignore[call-overload]  # an update or a delete


def test_whoever_downloads_the_statistics_is_on_the_list(town: Town) -> None:
    assert Browser(town, BOARD).client.get("/c/2016/statistics.xlsx").status_code == 200
    with town.database.read() as connection:
        (found,) = exports(connection, limit=10)
    assert (found.what, found.actor, found.filter) == (STATISTICS, BOARD.id, (("campaign", "2016"),))
    assert found.rows == 12


def test_a_download_that_was_refused_is_not_on_the_list(town: Town) -> None:
    assert Browser(town, BOARD).client.get("/c/1999/statistics.xlsx").status_code == 404
    with town.database.read() as connection:
        assert exports(connection, limit=10) == []
