"""One database behind one interface: a SQLite file, or a PostgreSQL server.

    with database.write() as connection:    reads and writes that hold together; rolled back on an exception
    with database.read() as connection:     one unchanging picture of the database, read only
    with database.watch() as connection:    for followers: what is settled at the moment of each statement

On SQLite a writer begins with BEGIN IMMEDIATE: the default, which takes the lock at the first write, loses
updates that were decided on an older read. On PostgreSQL a writer runs in READ COMMITTED behind the guard
rows it locks (`Log.lock`).
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from workflow.contention import Retry

WAIT_SECONDS: Final = 15
"""How long a writer waits for the others before it is told to try again."""

_GIVES_WAY = (DeadlockDetected, SerializationFailure, LockNotAvailable)


class Database:
    """A database by its address: `sqlite:///folder/file.db` or `postgresql://user@host/name`.

    Safe to share between threads. Raises ValueError for any other kind of address, and for SQLite in memory,
    where every connection would see a database of its own.
    """

    def __init__(self, url: str | URL) -> None:
        address = make_url(url)
        kind = address.get_backend_name()
        if kind == "sqlite":
            self._writers, self._readers = _sqlite_engines(address)
        elif kind in ("postgresql", "postgres"):
            self._writers = self._readers = _postgresql_engine(address)
        else:
            raise ValueError(f"kiemdiem keeps its data in sqlite:/// or postgresql://, not in {kind}")
        self._turn = threading.Lock()

    @property
    def engine(self) -> Engine:
        """The engine underneath, for tools; the service uses `write`, `read` and `watch`."""
        return self._writers

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._writers.dialect.name

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that reads and writes; committed at the end, rolled back when anything is raised.

        Raises Retry where the database gives way to another writer; nothing is written then.
        """
        if self.dialect == "postgresql":
            with _retry_said(), self._writers.begin() as connection:
                yield connection
            return
        # Threads of one process queue here. SQLite itself would let them sleep and ask again, which is slower
        # and can starve one of them; its busy timeout remains for other processes.
        if not self._turn.acquire(timeout=WAIT_SECONDS):
            raise Retry(f"another thread has been writing for more than {WAIT_SECONDS} seconds")
        try:
            with _retry_said(), self._writers.connect() as connection:
                connection = connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")
                with connection.begin():
                    yield connection
        finally:
            self._turn.release()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One transaction that sees the database as it was at its first statement, and writes nothing."""
        with self._readers.connect() as connection:
            if self.dialect == "postgresql":
                connection = connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                yield connection

    @contextmanager
    def watch(self) -> Iterator[Connection]:
        """One transaction for `Log.follow` and checkpoints, where each statement sees the newest commits."""
        with self._readers.connect() as connection:
            if self.dialect == "postgresql":
                connection = connection.execution_options(postgresql_readonly=True)
            with connection.begin():
                yield connection

    def migrate(self) -> None:
        """Brings the tables to the newest revision; safe to call from several processes at once."""
        from workflow.migrations.upgrade import upgrade  # the one user of alembic, slow to import

        with self.write() as connection:
            upgrade(connection)

    def count_anew(self) -> None:
        """Lets PostgreSQL count its tables again after many rows came at once.

        It plans by these counts and would take new ones by itself only minutes later: until then a lookup of
        twenty people reads the whole roster. SQLite plans by the indexes alone, and nothing is done there.
        """
        if self.dialect == "postgresql":
            with self.write() as connection:
                connection.exec_driver_sql("ANALYZE")

    def close(self) -> None:
        """Gives back every connection. The database can be used again afterwards and connects anew."""
        self._readers.dispose()
        self._writers.dispose()


def _sqlite_engines(address: URL) -> tuple[Engine, Engine]:
    if address.database in (None, "", ":memory:"):
        raise ValueError("kiemdiem needs a SQLite file: sqlite:///folder/file.db")
    address = address.set(drivername="sqlite+pysqlite")
    Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engines = tuple(
        create_engine(address, pool_size=8, max_overflow=32, connect_args={"timeout": WAIT_SECONDS})
        for _ in range(2)
    )
    for engine in engines:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    event.listen(engines[1], "connect", _allow_reading_only)
    return engines[0], engines[1]


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)
    # The driver would begin transactions on its own terms; we say when and how.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Without it INSERT OR REPLACE would remove an event past the trigger that refuses removals.
    connection.execute("PRAGMA recursive_triggers = ON")


def _allow_reading_only(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.execute("PRAGMA query_only = ON")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


def _postgresql_engine(address: URL) -> Engine:
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=True,
        connect_args={
            "options": f"-c timezone=UTC -c jit=off -c random_page_cost=1.1 -c lock_timeout={WAIT_SECONDS}s"
        },
    )


@contextmanager
def _retry_said() -> Iterator[None]:
    """Turns what the two drivers say when they give way to another writer into Retry.

    They say it through SQLAlchemy, or themselves where a statement was handed straight to them.
    """
    try:
        yield
    except (DBAPIError, sqlite3.OperationalError, *_GIVES_WAY) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        busy = isinstance(said, sqlite3.OperationalError) and (said.sqlite_errorcode & 0xFF) in (
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_LOCKED,
        )
        if busy or isinstance(said, _GIVES_WAY):
            raise Retry(str(said)) from error
        raise
