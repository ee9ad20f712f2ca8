"""Brings a database to the newest revision without an alembic.ini, inside a transaction of the caller."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

_FOLDER = Path(__file__).parent
_ONE_AT_A_TIME = 7_206_901
"""The advisory lock of PostgreSQL under which replicas that start together migrate one after the other."""


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Runs every revision that is missing. Needs a writing transaction, which holds all of them or none."""
    if connection.dialect.name == "postgresql":
        # A replica waits as long as the one before it takes, which may be longer than any command may.
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})")
    command.upgrade(configuration(connection), revision)


def configuration(connection: Connection | None = None) -> Config:
    """Where alembic finds the revisions, and the connection `env.py` works on."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
