"""Databases to measure in: a file in a temporary folder, or a PostgreSQL database named at random."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

VARIABLE = "KIEMDIEM_TEST_POSTGRES_URL"
USUAL = "postgresql://postgres@127.0.0.1:5432/postgres"


def postgres_server() -> URL | None:
    """The server named by the environment, else the usual one where it answers, else None."""
    url = make_url(os.environ.get(VARIABLE, USUAL)).set(drivername="postgresql")
    try:
        psycopg.connect(_plain(url), connect_timeout=3).close()
    except psycopg.OperationalError:
        return None
    return url


@contextmanager
def new_database(kind: str, server: URL | None) -> Iterator[str]:
    """The address of an empty database of a kind, gone afterwards."""
    name = f"kiemdiem_bench_{secrets.token_hex(6)}"
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix=name) as folder:
            yield f"sqlite:///{Path(folder) / 'bench.db'}"
        return
    assert server is not None, "measured only where a server answers"
    _on(server, "CREATE DATABASE {}", name)
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        _on(server, "DROP DATABASE {} WITH (FORCE)", name)


def _on(server: URL, statement: str, name: str) -> None:
    with psycopg.connect(_plain(server), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _plain(url: URL) -> str:
    return url.render_as_string(hide_password=False)
