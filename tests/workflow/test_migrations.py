"""The revisions make the tables the code describes, on both databases, however often they run."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from tests.workflow.log_samples import an_entry, appended, whole
from workflow.database import Database
from workflow.migrations.upgrade import configuration
from workflow.migrations.write import FIRST, declaring_modules, first_revision


def test_the_migrated_tables_are_those_of_the_code(database: Database) -> None:
    """A table or column that was added only in the code shows here."""
    assert "workflow.tables" in {module.__name__ for module in declaring_modules()}
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_first_revision_is_written_from_the_tables() -> None:
    """It also holds what the comparison above does not see: checks and triggers."""
    written = FIRST.read_text(encoding="utf-8")
    assert written == first_revision(declaring_modules()), "run python -m workflow.migrations.write"


def test_migrating_again_changes_nothing(database: Database) -> None:
    appended(database, "review/a", 0, an_entry())
    database.migrate()
    assert len(whole(database)) == 1


def test_processes_that_start_together_migrate_once(empty_database_url: str) -> None:
    databases = [Database(empty_database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(database.migrate) for database in databases]:
            done.result(timeout=60)
    appended(databases[0], "review/a", 0, an_entry())
    for database in databases:
        assert len(whole(database)) == 1
        database.close()


def test_a_revision_that_fails_leaves_nothing_behind(empty_database_url: str) -> None:
    """Tables and the mark of the revision are made in one transaction, on SQLite as well."""
    database = Database(empty_database_url)
    with database.write() as connection:
        connection.execute(text("CREATE TABLE rulebooks (a INTEGER)"))
    with pytest.raises(DBAPIError, match="already exists"):
        database.migrate()
    with database.read() as connection:
        assert inspect(connection).get_table_names() == ["rulebooks"]
    database.close()


def test_there_is_one_newest_revision() -> None:
    assert len(ScriptDirectory.from_config(configuration()).get_heads()) == 1
