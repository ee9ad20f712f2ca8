"""The planted board every test of the board begins with, on each database."""

import pytest

from tests.board.planted import Planted, planted
from tests.town import Town
from workflow.database import Database


@pytest.fixture
def board(database: Database) -> Planted:
    """Two branches of six cells, and two cells below the base; nobody has done anything."""
    return planted(Town.on(database))
