"""A statement sent straight to the driver finds and converts what SQLAlchemy would."""

from datetime import date

from sqlalchemy import bindparam, insert, select

from handlers.among import among, day_parameter
from handlers.prepared import Prepared
from handlers.tables import DECLARATIONS
from workflow.database import Database

ROWS = [
    {"campaign": "2016", "organisation": body, "list": "discipline", "as_of": day, "stream_version": number}
    for number, (body, day) in enumerate(
        [("CB01", date(2016, 12, 31)), ("CB02", date(2016, 2, 29)), ("CB'\"3", date(2017, 1, 9))], start=1
    )
]
ASKED = (
    select(DECLARATIONS)
    .where(
        DECLARATIONS.c.campaign == bindparam("campaign"),
        among(DECLARATIONS.c.organisation, "organisations"),
        DECLARATIONS.c.as_of >= day_parameter(),
        DECLARATIONS.c.list.in_(("discipline", "sick_leave")),
    )
    .order_by(DECLARATIONS.c.organisation)
)


def test_rows_and_types_are_those_of_an_ordinary_execution(database: Database) -> None:
    given = {
        "campaign": "2016",
        "organisations": ["CB01", "CB02", "CB'\"3"],
        "day": date(2016, 3, 1),
    }
    with database.write() as connection:
        Prepared(insert(DECLARATIONS)).run(connection, ROWS)
        found = Prepared(ASKED).all(connection, given)
        ordinary = connection.execute(ASKED, given).all()
    assert [tuple(row) for row in found] == [tuple(row) for row in ordinary]
    assert {row.organisation: row.as_of for row in found} == {
        "CB01": date(2016, 12, 31),
        "CB'\"3": date(2017, 1, 9),
    }


def test_no_id_is_among_an_empty_list(database: Database) -> None:
    with database.write() as connection:
        Prepared(insert(DECLARATIONS)).run(connection, ROWS[:1])
        given = {"campaign": "2016", "organisations": [], "day": date(2016, 3, 1)}
        assert Prepared(ASKED).all(connection, given) == []


def test_a_prepared_statement_is_rolled_back_with_its_transaction(database: Database) -> None:
    with database.write() as connection:
        Prepared(insert(DECLARATIONS)).run(connection, ROWS)
        connection.rollback()
    with database.read() as connection:
        assert connection.execute(select(DECLARATIONS)).all() == []
