"""Gives each test a migrated database of its own, on SQLite and on PostgreSQL.

A test that asks for `database` runs twice, with the ids "sqlite" and "postgresql". One that opens the same
database from several connections, threads or processes asks for `database_url`; one that watches a migration
asks for `empty_database_url`. A test about one engine alone says so:

    @pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from hypothesis import settings
from psycopg import sql
from sqlalchemy import URL, make_url

from tests import postgres_server
from workflow.database import Database

_ENGINES = ["sqlite", "postgresql"]
_STARTED = pytest.StashKey[postgres_server.Started]()
_NO_SERVER = "KIEMDIEM_TEST_NO_POSTGRES"

# A property holds or it does not; how long an example took on a busy machine says nothing about it.
hypothesis.settings.register_profile("kiemdiem", deadline=None, print_blob=True)
hypothesis.settings.load_profile("kiemdiem")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database that no other test sees."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture(params=_ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database that no other test sees."""
    if request.param == "sqlite":
        path = tmp_path / f"{_random_name()}.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), path)
        yield _sqlite_url(path)
    else:
        server: URL = request.getfixturevalue("postgres_server_url")
        yield from _postgres_database(server, template=request.getfixturevalue("migrated_postgres"))


@pytest.fixture(params=_ENGINES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table."""
    if request.param == "sqlite":
        yield _sqlite_url(tmp_path / f"{_random_name()}.db")
    else:
        yield from _postgres_database(request.getfixturevalue("postgres_server_url"), template="template0")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file migrated once, of which each test gets a copy."""
    path = tmp_path_factory.mktemp("migrated") / "template.db"
    _migrate(_sqlite_url(path))
    left_over = path.with_name(f"{path.name}-wal")
    assert not left_over.exists(), "a copy of the file alone would lose its write-ahead log"
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server_url: URL) -> Iterator[str]:
    """The name of one database migrated once, which each test's database is a copy of."""
    for url in _postgres_database(postgres_server_url, template="template0"):
        _migrate(url)
        name = make_url(url).database
        assert name is not None
        yield name


@pytest.fixture(scope="session")
def postgres_server_url() -> URL:
    """The server found or started before the first test; a test that needs one never skips."""
    if _NO_SERVER in os.environ:
        pytest.fail(os.environ[_NO_SERVER], pytrace=False)
    return make_url(os.environ[postgres_server.VARIABLE])


settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")  # a change is judged by what it changes, not by a new draw


def pytest_configure(config: pytest.Config) -> None:
    """Looks for the server once, before pytest-xdist starts its workers, which inherit the environment."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    try:
        url = postgres_server.named_or_answering()
        if url is None:
            config.stash[_STARTED] = postgres_server.start()
            url = config.stash[_STARTED].url
    except postgres_server.NoServer as refusal:
        os.environ[_NO_SERVER] = str(refusal)
        return
    os.environ[postgres_server.VARIABLE] = url.render_as_string(hide_password=False)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _STARTED in config.stash:
        config.stash[_STARTED].stop()


def _postgres_database(server: URL, template: str) -> Iterator[str]:
    name = _random_name()
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
    drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
    with postgres_server.connect(server) as connection:
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    yield server.set(database=name).render_as_string(hide_password=False)
    with postgres_server.connect(server) as connection:
        connection.execute(drop.format(sql.Identifier(name)))


def _sqlite_url(path: Path) -> str:
    return URL.create("sqlite", database=str(path)).render_as_string()


def _migrate(url: str) -> None:
    database = Database(url)
    database.migrate()
    database.close()


def _random_name() -> str:
    return f"kiemdiem_test_{secrets.token_hex(6)}"
