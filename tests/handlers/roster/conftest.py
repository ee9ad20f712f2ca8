"""A database with the tables of the roster and their triggers."""

import pytest
from sqlalchemy import inspect

from handlers.roster_tables import ROSTER_TABLES, closing_only
from workflow.database import Database


@pytest.fixture
def roster_database(database: Database) -> Database:
    """The migrated database of the test, on SQLite and on PostgreSQL."""
    with database.write() as connection:
        if not inspect(connection).has_table("roster_people"):
            for table in ROSTER_TABLES:
                table.create(connection)
            for statement in closing_only(database.dialect):
                connection.exec_driver_sql(
                    statement.replace("%", "%%") if database.dialect == "postgresql" else statement
                )
    return database
