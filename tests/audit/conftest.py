"""What tests of the audit share: a town whose first cell was decided."""

import pytest

from tests.builders import DECIDED
from tests.town import Town
from workflow.database import Database


@pytest.fixture
def town(database: Database) -> Town:
    """The first cell is decided."""
    levels = {"0101": "HTXSNV"}
    town = Town.on(database).open()
    town.make_ready(levels=levels)
    town.meet(levels=levels)
    town.submit()
    town.appraise()
    town.decide()
    town.now.put(DECIDED)
    return town
