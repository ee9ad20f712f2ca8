"""Many writers at once lose nothing: neither an event, nor an update decided on what was read."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.workflow.log_samples import RECORDED, an_entry, appended, whole
from workflow.contention import Conflict, Contention, Retry
from workflow.database import Database
from workflow.log import Append, Log
from workflow.verify import verify_log

WRITERS = 8
EACH = 12


def test_eight_writers_to_one_stream_lose_nothing(database: Database) -> None:
    """Each counts one further than what it read. With a guard nobody even meets a conflict."""

    def count(writer: int) -> None:
        for _ in range(EACH):
            with database.write() as connection:
                log = Log(connection)
                log.lock(["review/a"])
                read = log.read(["review/a"])["review/a"]
                seen = json.loads(read[-1].data)["seen"] if read else 0
                entry = an_entry(actor=f"{writer}", data=json.dumps({"seen": seen + 1}).encode())
                log.append([Append("review/a", len(read), (entry,))], RECORDED)

    _together(count)
    stored = whole(database)
    assert [event.version for event in stored] == list(range(1, WRITERS * EACH + 1))
    assert [json.loads(event.data)["seen"] for event in stored] == list(range(1, WRITERS * EACH + 1))
    _holds(database)


def test_eight_writers_without_a_guard_meet_conflicts_and_lose_nothing(database: Database) -> None:
    """The version alone already keeps a stream whole; every conflict is said, and nobody waits for ever."""

    def count(writer: int) -> None:
        done = 0
        while done < EACH:
            with database.read() as connection:
                heads = Log(connection).heads(["review/a"])
            version = heads["review/a"].version if heads else 0
            try:
                appended(database, "review/a", version, an_entry(actor=f"{writer}", findings=b"[]"))
            except Contention:
                continue
            done += 1

    _together(count)
    stored = whole(database)
    assert [event.version for event in stored] == list(range(1, WRITERS * EACH + 1))
    assert sorted(event.actor for event in stored) == sorted(
        f"{n}" for n in range(WRITERS) for _ in range(EACH)
    )
    _holds(database)


def test_eight_writers_to_many_streams_in_any_order_lose_nothing(database: Database) -> None:
    """Each takes two of four streams, in an order of its own: two that wait for each other are told apart."""

    def write(writer: int) -> None:
        done = 0
        while done < EACH:
            streams = [f"review/{(writer + done) % 4}", f"review/{(writer * 3 + done + 1) % 4}"]
            streams = sorted(set(streams), reverse=writer % 2 == 0)
            try:
                with database.write() as connection:
                    log = Log(connection)
                    log.lock(streams)
                    read = log.read(streams)
                    log.append(
                        [Append(stream, len(read[stream]), (an_entry(),)) for stream in streams], RECORDED
                    )
            except Contention:
                continue
            done += 1

    _together(write)
    expected = sum(
        len({(writer + done) % 4, (writer * 3 + done + 1) % 4})
        for writer in range(WRITERS)
        for done in range(EACH)
    )
    assert len(whole(database)) == expected
    _holds(database)


def test_a_follower_beside_eight_writers_meets_every_event_once(database: Database) -> None:
    """In the order of positions, and each stream in the order of versions, while the writers go on."""
    met: list[tuple[int, str, int]] = []
    finished = threading.Event()

    def follow() -> None:
        after = 0
        while True:
            last_round = finished.is_set()
            with database.watch() as connection:
                found = Log(connection).follow(after, 7)
            met.extend((event.position, event.stream, event.version) for event in found)
            after = found[-1].position if found else after
            if last_round and not found:
                return

    def write(writer: int) -> None:
        for number in range(EACH):
            with database.write() as connection:
                log = Log(connection)
                stream = f"review/{number % 3}"
                log.lock([stream, f"review/of-{writer}"])
                read = log.read([stream])[stream]
                log.append([Append(stream, len(read), (an_entry(), an_entry()))], RECORDED)

    with ThreadPoolExecutor(1) as followers:
        following = followers.submit(follow)
        _together(write)
        finished.set()
        following.result(timeout=60)
    assert met == [(event.position, event.stream, event.version) for event in whole(database)]
    assert len(met) == WRITERS * EACH * 2
    for stream in {stream for _, stream, _ in met}:
        assert [version for _, of, version in met if of == stream] == list(
            range(1, WRITERS * EACH * 2 // 3 + 1)
        )


def test_a_guard_is_waited_for(database: Database) -> None:
    """What the first writer does between taking the guard and committing is over when the second has it."""
    order: list[str] = []
    taken = threading.Event()

    def second() -> None:
        taken.wait(timeout=30)
        with database.write() as connection:
            Log(connection).lock(["quota/CB03", "review/a"])
            order.append("second has it")

    with ThreadPoolExecutor(1) as others:
        with database.write() as connection:
            Log(connection).lock(["review/a"])
            waiting = others.submit(second)
            taken.set()
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
            order.append("first is done")
        waiting.result(timeout=30)
    assert order == ["first is done", "second has it"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_writers_with_different_guards_do_not_wait_for_each_other(database: Database) -> None:
    with database.write() as one, database.write() as other:
        Log(one).lock(["review/a", "review/b"])
        Log(other).lock(["review/c"])
        assert Log(other).append([Append("review/c", 0, (an_entry(),))], RECORDED)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_that_wait_for_each_other_are_told_to_try_again(database: Database) -> None:
    """Only one of them: the other goes on as if nothing had happened."""
    both_hold_one = threading.Barrier(2)

    def cross(first: str, then: str) -> str:
        try:
            with database.write() as connection:
                Log(connection).lock([first])
                both_hold_one.wait(timeout=30)
                Log(connection).lock([then])
        except Retry:
            return "again"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        results = [pool.submit(cross, "a", "b"), pool.submit(cross, "b", "a")]
        assert sorted(result.result(timeout=30) for result in results) == ["again", "done"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_that_create_one_stream_at_the_same_moment_are_told_apart(database: Database) -> None:
    """Neither could lock what was not there yet: the unique version decides; nothing half-done is left."""
    started = threading.Event()

    def create_too() -> None:
        with database.write() as connection:
            connection.exec_driver_sql("SELECT 1")
            started.set()
            appends = [
                Append("review/other", 0, (an_entry(),)),
                Append("review/new", 0, (an_entry(findings=b"[]"),)),
            ]
            Log(connection).append(appends, RECORDED)

    with ThreadPoolExecutor(1) as others:
        with database.write() as connection:
            Log(connection).append(
                [Append("review/new", 0, (an_entry(findings=b"[]"), an_entry()))], RECORDED
            )
            late = others.submit(create_too)
            started.wait(timeout=30)
        with pytest.raises(Conflict, match="review/new stands at version 2, the append expected 0"):
            late.result(timeout=30)
    assert [event.stream for event in whole(database)] == ["review/new", "review/new"]
    _holds(database)


def _together(work: Callable[[int], None]) -> None:
    start = threading.Barrier(WRITERS)

    def begin(writer: int) -> None:
        start.wait(timeout=30)
        work(writer)

    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(begin, writer) for writer in range(WRITERS)]:
            done.result(timeout=120)


def _holds(database: Database) -> None:
    with database.read() as connection:
        assert list(verify_log(connection)) == []
