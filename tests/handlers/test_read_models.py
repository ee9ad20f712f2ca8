"""Read models say what the log tells: written with each event, rebuilt alike, checked row by row."""

from sqlalchemy import func, select, update

from handlers.rebuild import disagreements, rebuild
from handlers.tables import DECLARATIONS, PROGRESS, REVIEWS, read_models
from states import review as life
from tests.builders import CAMPAIGN, DECLARED, FIRST, LISTS, member
from tests.town import Town
from workflow.commands.campaign import RecordListEntry
from workflow.database import Database


def lived(database: Database) -> Town:
    """One cell up to the decision, with a list entry that came late."""
    town = Town.on(database, first=4).open()
    town.make_ready()
    town.meet()
    town.submit()
    town.appraise()
    town.decide()
    town.do(
        RecordListEntry(
            campaign=CAMPAIGN, organisation=FIRST, list="discipline", subject="0101", decided_on=DECLARED
        ),
        town.secretary(FIRST),
    )
    return town


def kept(database: Database) -> dict[str, list[str]]:
    """Every row of every read model; a counter that came down to nothing is as good as none."""
    with database.read() as connection:
        return {
            table.name: sorted(
                repr(tuple(row))
                for row in connection.execute(select(table))
                if table is not PROGRESS or row.reviews
            )
            for table in read_models()
        }


def test_rebuilding_gives_the_same_rows_and_nothing_besides(database: Database) -> None:
    town = lived(database)
    before, events = kept(database), len(town.history("roster"))
    with database.write() as connection:
        assert rebuild(connection) > 50
    assert kept(database) == before
    assert len(town.history("roster")) == events


def test_a_row_that_differs_from_the_log_is_found_and_rebuilding_puts_it_right(database: Database) -> None:
    lived(database)
    with database.write() as connection:
        connection.execute(
            update(REVIEWS).where(REVIEWS.c.review == member("0104")).values(decided_level="HTXSNV")
        )
        connection.execute(update(PROGRESS).values(reviews=PROGRESS.c.reviews + 1))
    with database.read() as connection:
        found = list(disagreements(connection))
    assert {one.table for one in found} == {"reviews", "progress"}
    assert any(one.key == member("0104") and one.column == "decided_level" for one in found)
    with database.write() as connection:
        rebuild(connection)
    with database.read() as connection:
        assert list(disagreements(connection)) == []


def test_a_late_entry_takes_the_declaration_of_its_list_away_and_no_other(database: Database) -> None:
    lived(database)
    with database.read() as connection:
        lists = set(connection.execute(select(DECLARATIONS.c.list)).scalars())
    assert lists == set(LISTS) - {"discipline"}


def test_counters_count_every_review_once(database: Database) -> None:
    lived(database)
    with database.read() as connection:
        counted = connection.execute(select(func.sum(PROGRESS.c.reviews))).scalar_one()
        there = connection.execute(select(func.count()).select_from(REVIEWS)).scalar_one()
        approved = connection.execute(
            select(func.sum(PROGRESS.c.reviews)).where(
                PROGRESS.c.stage == life.APPROVED, PROGRESS.c.level == "HTTNV"
            )
        ).scalar_one()
    assert counted == there
    assert approved == 4
