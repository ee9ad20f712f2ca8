"""What tests of the API share: one campaign opened once, of which each test gets a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from api.wiring import build
from tests.api.served import PutClock, Served, open_demo_campaign


def _address(path: Path) -> str:
    return URL.create("sqlite", database=str(path)).render_as_string()


@pytest.fixture(scope="session")
def opened_sqlite(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """A file with the demo roster and its opened campaign."""
    path = tmp_path_factory.mktemp("opened") / "opened.db"
    shutil.copyfile(migrated_sqlite, path)
    service = build(_address(path), now=PutClock())
    open_demo_campaign(service)
    service.close()
    assert not path.with_name(f"{path.name}-wal").exists(), "a copy of the file alone would lose its log"
    return path


@pytest.fixture
def served(opened_sqlite: Path, tmp_path: Path) -> Iterator[Served]:
    """The application on an opened campaign of its own, on the day it was opened."""
    path = tmp_path / "served.db"
    shutil.copyfile(opened_sqlite, path)
    served = Served.on(_address(path))
    yield served
    served.service.close()


@pytest.fixture
def empty_served(database_url: str) -> Iterator[Served]:
    """The application on an empty database, on SQLite and on PostgreSQL."""
    served = Served.on(database_url)
    yield served
    served.service.close()
