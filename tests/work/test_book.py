"""The book of long work: asked once, taken by one, told as broken off, forgotten when nobody needs it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from handlers.work.book import DONE, FAILED, KEPT, OPENING, RUNNING, STALE, Job, find, take_again, tell
from handlers.work.orders import OpenCampaign
from tests.builders import BOARD, OFFICER
from tests.town import Town
from tests.work.asking import asked, found
from workflow.database import Database

ORDERS = OpenCampaign(campaign="2016")


@pytest.fixture
def town(database: Database) -> Town:
    return Town.on(database)


def told(town: Town, job: Job, state: str, *, at: datetime, attempt: int = 1, done: int = 0) -> None:
    with town.database.write() as connection:
        tell(
            connection, at, job.job, attempt, state=state, step=1, done=done, total=9, outcome={"done": done}
        )


def again(town: Town, job: Job, at: datetime) -> Job | None:
    with town.database.write() as connection:
        return take_again(connection, at, job.job)


def test_the_same_form_sent_twice_is_one_piece_of_work(town: Town) -> None:
    first, new = asked(town, OPENING, ORDERS)
    assert new
    assert asked(town, OPENING, ORDERS) == (first, False)
    other, new = asked(town, OPENING, ORDERS, actor=BOARD)
    assert new, "the key of somebody else is another key"
    assert other.job != first.job


def test_work_not_heard_of_is_broken_off_and_taken_by_one_alone(town: Town) -> None:
    job, _ = asked(town, OPENING, ORDERS)
    in_time, late = job.touched_at + STALE, job.touched_at + STALE + timedelta(seconds=1)
    assert not job.broken_off(in_time)
    assert again(town, job, in_time) is None, "its process may still be at it"
    assert job.broken_off(late)
    taken = again(town, job, late)
    assert taken is not None
    assert (taken.attempt, taken.state, taken.touched_at) == (2, RUNNING, late)
    assert again(town, job, late) is None, "somebody else was quicker"


def test_a_process_thought_dead_tells_nothing_any_more(town: Town) -> None:
    """It may have been asleep: the one that took the work over is the one that is believed."""
    job, _ = asked(town, OPENING, ORDERS)
    late = job.touched_at + STALE + timedelta(seconds=1)
    again(town, job, late)
    told(town, job, FAILED, at=late)
    assert found(town, job.job).state == RUNNING
    told(town, job, RUNNING, at=late, attempt=2, done=4)
    assert (found(town, job.job).done, found(town, job.job).outcome) == (4, {"done": 4})


def test_what_was_typed_is_kept_until_the_work_is_done_and_no_longer(town: Town) -> None:
    job, _ = asked(town, OPENING, ORDERS)
    told(town, job, FAILED, at=job.touched_at)
    failed = found(town, job.job)
    assert failed.orders
    assert failed.may_go_on(job.touched_at)
    told(town, job, DONE, at=job.touched_at)
    ended = found(town, job.job)
    assert (ended.orders, ended.may_go_on(job.touched_at)) == ("", False)
    assert again(town, job, job.touched_at + 2 * STALE) is None


def test_how_work_ended_is_forgotten_after_a_while(town: Town) -> None:
    job, _ = asked(town, OPENING, ORDERS)
    asked(town, OPENING, ORDERS, key="form-2", at=job.asked_at + KEPT)
    assert found(town, job.job) == job
    asked(town, OPENING, ORDERS, key="form-3", at=job.asked_at + KEPT + timedelta(seconds=1))
    with town.database.read() as connection:
        assert find(connection, job.job) is None


def test_who_asked_is_known_in_the_capacity_of_then(town: Town) -> None:
    job, _ = asked(town, OPENING, ORDERS)
    assert job.actor == OFFICER
