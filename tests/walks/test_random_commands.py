"""Random commands from a printed seed; after each of them, what must always hold is looked at.

`KIEMDIEM_WALK_SEED` walks one way again, `KIEMDIEM_WALK_COMMANDS` says how far.
"""

import os
from random import Random

from sqlalchemy import select

from handlers.rebuild import disagreements, rebuild
from handlers.register import review_row
from handlers.replay import replay
from handlers.tables import PROGRESS, REVIEWS, read_models
from states import review as life
from tests.builders import FIRST, SECOND
from tests.town import Town
from tests.walks.walker import Walker
from workflow.answer import Answer
from workflow.database import Database
from workflow.log import Log
from workflow.review import Review
from workflow.verify import verify_log

COMMANDS = int(os.environ.get("KIEMDIEM_WALK_COMMANDS", "2000"))
WALKS = 2


def seeds() -> list[int]:
    """The seed asked for; in CI always the same, so that a change is judged by what it changes.

    Elsewhere new ones each time: a walk that is always the same soon finds nothing.
    """
    given = os.environ.get("KIEMDIEM_WALK_SEED")
    if given:
        return [int(given)]
    chance = Random(20170131) if os.environ.get("CI") else Random()
    return [chance.randrange(10**9) for _ in range(WALKS)]


def test_whatever_is_asked_the_register_says_what_the_log_tells(database: Database) -> None:
    for number, seed in enumerate(seeds()):
        print(f"KIEMDIEM_WALK_SEED={seed}")  # noqa: T201 - pytest shows it where a walk fails
        if number == 0:
            town = Town.on(database, first=7, second=4).open()
            for cell in (FIRST, SECOND):
                town.make_ready(cell)
        walker = Walker(town, Random(seed))
        for _ in range(COMMANDS // WALKS):
            command, outcome = walker.step()
            if isinstance(outcome, Answer):
                holds_after(database, town, outcome, f"seed {seed}, command {walker.number}: {command}")
        done = sum(times for name, times in walker.outcomes.items() if name.endswith(" done"))
        assert done > COMMANDS // WALKS // 20, walker.outcomes
    holds_in_the_end(database, walker)


def holds_after(database: Database, town: Town, answer: Answer, where: str) -> None:
    """Versions without gaps, register and fold alike, no level without its reason, no negative counter."""
    with database.read() as connection:
        log = Log(connection)
        for stream, stored in log.read(answer.streams).items():
            versions = [one.version for one in stored]
            assert versions == list(range(1, len(stored) + 1)), where
            assert answer.streams[stream] == len(stored), where
            if not stream.startswith("review/"):
                continue
            name = stream.partition("/")[2]
            review = town.review(name)
            row = connection.execute(select(REVIEWS).where(REVIEWS.c.review == name)).mappings().one()
            assert dict(row) == review_row(review), where
            level_has_its_reasons(review, where)
        below = connection.execute(select(PROGRESS).where(PROGRESS.c.reviews < 0)).all()
        assert below == [], where


def level_has_its_reasons(review: Review, where: str) -> None:
    """No level without a motion that carried or a decision; no way back out of a side state that is lost."""
    if review.voted_level:
        assert any(m.carried and m.level == review.voted_level for m in review.motions), where
    if review.stage in (life.VOTED, life.SUBMITTED, life.APPRAISED, *life.SETTLED):
        assert review.kind == life.COLLECTIVE or review.voted_level, where
    assert bool(review.decided_level) == (review.stage in life.SETTLED), where
    if review.decided_level:
        assert "decided" in review.dates, where
    if review.stage in life.TABLE.remembers:
        assert review.remembered in life.TABLE.remembers[review.stage], where
    for motion in review.motions:
        assert 0 <= motion.in_favour <= motion.entitled, where


def holds_in_the_end(database: Database, walker: Walker) -> None:
    """Log and read models verify, every finding comes out the same, rebuilding changes nothing."""
    with database.read() as connection:
        assert [str(one) for one in disagreements(connection)] == []
        assert [str(one) for one in verify_log(connection)] == []
        for review in walker.reviews:
            assert replay(connection, review).differs == (), review
        before = {
            table.name: sorted(map(repr, connection.execute(select(table)).all())) for table in read_models()
        }
    with database.write() as connection:
        rebuild(connection)
    with database.read() as connection:
        assert list(disagreements(connection)) == []
        for table in read_models():
            rows = sorted(map(repr, connection.execute(select(table)).all()))
            if table is not PROGRESS:
                assert rows == before[table.name], table.name
