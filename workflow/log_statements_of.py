"""Chooses the statements of the log for the database of a connection."""

from sqlalchemy import Connection

from workflow.log_postgresql import PostgresqlStatements
from workflow.log_sqlite import SqliteStatements
from workflow.log_statements import Statements


def statements_of(connection: Connection) -> Statements:
    """The statements that run in the transaction of this connection."""
    if connection.dialect.name == "postgresql":
        return PostgresqlStatements(connection)
    return SqliteStatements(connection)
