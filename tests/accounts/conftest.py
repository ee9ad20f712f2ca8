"""A service with real sign-in, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.accounts.office import Office


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """An empty service, on both databases."""
    made = Office.on(database_url)
    yield made
    made.service.close()


@pytest.fixture
def small_office(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Office]:
    """An empty service on SQLite, for what no database does differently."""
    path = tmp_path / "office.db"
    shutil.copyfile(migrated_sqlite, path)
    made = Office.on(f"sqlite:///{path}")
    yield made
    made.service.close()
