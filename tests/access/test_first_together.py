"""Two who open the one-time link at the same moment: only one becomes the first administrator."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from handlers.access.first import grant_first_administrator
from handlers.access.tables import GRANTS
from tests.builders import ROSTER
from tests.town import Town
from workflow.database import Database
from workflow.errors import AlreadyThere

TOGETHER = 4


def test_there_is_one_first_administrator_however_many_ask_at_once(database: Database) -> None:
    town = Town.on(database)
    town.now.put(ROSTER)
    start = Barrier(TOGETHER)

    def ask(number: int) -> bool:
        start.wait()
        try:
            grant_first_administrator(town.engine, f"quan-tri-{number}", document="thiết lập")
        except AlreadyThere:
            return False
        return True

    with ThreadPoolExecutor(TOGETHER) as pool:
        done = list(pool.map(ask, range(TOGETHER)))
    assert done.count(True) == 1
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(GRANTS)).scalar_one() == 1
