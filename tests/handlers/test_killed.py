"""A process killed in the middle of commands: what it had acknowledged is there, and the log still holds."""

import os
import signal
from pathlib import Path
from random import Random

import pytest

from handlers import opening
from handlers.opening import open_campaign, read_campaign
from handlers.rebuild import disagreements
from tests.builders import CAMPAIGN, FIRST, OFFICER, PREPARED, member, written
from tests.handlers.writing import heard, open_so_far, started, write
from tests.town import Town
from workflow.commands.preparing import Prepare
from workflow.database import Database
from workflow.errors import NotFound
from workflow.log import Log
from workflow.verify import verify_log

KILLS = 10
"""Kills on each of the two databases."""


def holds(database: Database) -> None:
    with database.read() as connection:
        assert [str(one) for one in verify_log(connection)] == []
        assert [str(one) for one in disagreements(connection)] == []


def test_no_acknowledged_event_is_lost_however_often_the_process_is_killed(
    database: Database, database_url: str
) -> None:
    """Killed at random: before, during and after a commit. What was answered is there."""
    town = Town.on(database).open()
    town.now.put(PREPARED)
    seed = Random().randrange(10**9)
    random = Random(seed)
    acknowledged: list[str] = []
    for kill in range(KILLS):
        process, line = started(write, database_url, kill, 100_000)
        acknowledged += [line.recv() for _ in range(random.randint(1, 25))]
        # the answer just read is one moment; a little busy counting away from it is another
        sum(range(random.randrange(200_000)))
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        acknowledged += heard(line)
        process.join(30)
        assert process.exitcode == -signal.SIGKILL
        stored = [one.command_id for one in town.history(f"review/{member('0104')}")[1:]]
        assert set(acknowledged) <= set(stored), f"kill {kill}, seed {seed}"
        assert len(stored) <= len(acknowledged) + kill + 1
        holds(database)
    town.do(
        written(member("0104")),
        town.secretary(FIRST),
    )
    holds(database)


def opened(database: Database) -> dict[str, int]:
    """Every review with how many events it has."""
    with database.read() as connection:
        found: dict[str, int] = {}
        for one in Log(connection).scan():
            if one.stream.startswith("review/"):
                found[one.stream] = one.version
        return found


def test_an_opening_that_was_killed_goes_on_to_the_same_reviews_and_shows_none_before(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town.on(database)
    town.enter_roster()
    town.plan()
    for upto in (3, 9):
        process, line = started(open_so_far, database_url, 3, upto)
        assert line.recv() == upto
        process.kill()
        process.join(30)
        line.close()
        campaign = read_campaign(town.engine, CAMPAIGN)
        assert (campaign.stage, campaign.batches) == ("opening", upto // 3)
        assert len(opened(database)) == upto
        town.now.put(PREPARED)
        review = next(iter(opened(database))).partition("/")[2]
        town.refused(NotFound, Prepare(review=review, on=PREPARED), town.secretary(FIRST))
        holds(database)
    monkeypatch.setattr(opening, "BATCH", 3)
    open_campaign(town.engine, OFFICER, CAMPAIGN)
    assert read_campaign(town.engine, CAMPAIGN).stage == "open"
    whole = opened(database)

    other = Database(f"sqlite:///{tmp_path / 'other.db'}")
    other.migrate()
    undisturbed = Town.on(other).open()
    assert undisturbed.cells == town.cells
    assert opened(other) == whole, "the same reviews as without any kill, each opened once"
    other.close()
    holds(database)
