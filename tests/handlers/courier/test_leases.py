"""Leases: one row is one courier's at a time, on both databases, with processes killed and clocks moved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers.courier.leases import Lease, give_back, record, take
from handlers.courier.letters import Letter, Outcome, Sender, Tried, later, sent
from handlers.courier.run import BATCH, LAST_START, LEASE, deliver_all, deliver_once
from handlers.reminding.contacts import Contact, save_contact
from tests.handlers.courier.post_office import PostOffice, post_office
from tests.handlers.courier.posting import SHORT_STEPS, START, PutClock, a_row, mail_to, put, rows, tries
from workflow.clock import ZONE
from workflow.database import Database


@dataclass
class Box:
    """A channel into a list; `beside` happens while a letter is being sent."""

    name: str = "email"
    taken: list[int] = field(default_factory=list)
    outcome: Outcome = field(default_factory=sent)
    clock: PutClock | None = None
    minutes_each: float = 0

    def prepare(self, connection: Connection, letters: Sequence[Letter]) -> Sender:
        return self._send

    def _send(self, letters: Iterable[Letter]) -> Generator[Tried, None, None]:
        for letter in letters:
            self.taken.append(letter.id)
            if self.clock is not None:
                self.clock.later(self.minutes_each)
            yield letter, self.outcome


def fill(database: Database, number: int) -> None:
    put(database, *(a_row(f"{n:04}") for n in range(number)))


def test_couriers_at_once_never_hold_the_same_row(database_url: str) -> None:
    """Six threads with connections of their own take twenty at a time until nothing is left."""
    database = Database(database_url)
    fill(database, 300)
    boxes = [Box() for _ in range(6)]
    start = threading.Barrier(len(boxes))

    def run(box: Box, worker: str) -> None:
        own = Database(database_url)
        start.wait(30)
        deliver_all(own, PutClock(), [box], worker=worker, limit=20)
        own.close()

    threads = [threading.Thread(target=run, args=(box, f"w{n}")) for n, box in enumerate(boxes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    sent_by_anybody = sorted(id for box in boxes for id in box.taken)
    assert sent_by_anybody == sorted(row.id for row in rows(database))
    assert sorted(outbox for outbox, _, _ in tries(database)) == sent_by_anybody
    assert {row.state for row in rows(database)} == {"sent"}
    database.close()


def test_what_is_held_is_nobody_elses_until_the_lease_ends(database: Database) -> None:
    fill(database, 1)
    lease = Lease("one", START + LEASE)
    with database.write() as connection:
        assert len(take(connection, START, "email", lease, BATCH)) == 1
    box, now = Box(), PutClock(START + LEASE - timedelta(microseconds=1))
    assert deliver_once(database, now, [box], worker="two").tried == 0
    now.at = START + LEASE
    assert deliver_once(database, now, [box], worker="two").sent == 1
    assert tries(database) == [(1, 1, "lost"), (1, 2, "sent")]


def test_a_courier_whose_lease_ran_out_records_nothing(database: Database) -> None:
    fill(database, 1)
    first, second = Lease("one", START + LEASE), Lease("one", START + 2 * LEASE)
    with database.write() as connection:
        (early,) = take(connection, START, "email", first, BATCH)
    with database.write() as connection:
        (again,) = take(connection, START + LEASE, "email", second, BATCH)
    with database.write() as connection:
        assert record(connection, early, sent(), START + LEASE, first, SHORT_STEPS) is None
        assert record(connection, again, sent(), START + LEASE, second, SHORT_STEPS) == "sent"
        assert record(connection, again, sent(), START + LEASE, second, SHORT_STEPS) is None
    assert tries(database) == [(1, 1, "lost"), (1, 2, "sent")]
    assert early.message_id == again.message_id


def test_nothing_is_begun_near_the_end_of_a_lease_and_what_is_left_is_given_back(database: Database) -> None:
    fill(database, 5)
    now = PutClock()
    slow = Box(clock=now, minutes_each=(LEASE - LAST_START) / timedelta(minutes=2))
    done = deliver_once(database, now, [slow], worker="one")
    assert (done.sent, done.untried) == (2, 3)
    assert [row.attempts for row in rows(database)] == [1, 1, 0, 0, 0]
    assert deliver_once(database, now, [Box()], worker="two").sent == 3


def test_giving_back_touches_no_row_of_another(database: Database) -> None:
    fill(database, 2)
    mine, others = Lease("one", START + LEASE), Lease("two", START + LEASE)
    with database.write() as connection:
        (first,) = take(connection, START, "email", mine, 1)
        (second,) = take(connection, START, "email", others, 1)
        give_back(connection, [first, second], mine)
    assert [row.leased_by for row in rows(database)] == [None, "two"]
    assert [row.attempts for row in rows(database)] == [0, 1]


def test_a_channel_that_is_not_set_up_leaves_its_rows_waiting(database: Database) -> None:
    put(database, a_row("0101"), a_row("hook", channel="webhook", key="w"))
    assert deliver_once(database, PutClock(), [Box()], worker="one").sent == 1
    assert [row.state for row in rows(database)] == ["sent", "queued"]


def test_the_other_channel_goes_on_where_one_is_down(database: Database) -> None:
    put(database, a_row("0101"), a_row("0102"), a_row("hook", channel="webhook", key="w"))
    down = Box(outcome=later("down", unreachable=True))
    done = deliver_all(database, PutClock(), [down, Box(name="webhook")], worker="one")
    assert (done.sent, done.later, done.untried) == (1, 1, 1)


def test_a_process_killed_between_sending_and_recording_sends_again_under_one_message_id(
    database_url: str,
) -> None:
    """The server takes the letter and kills the sender before it answers."""
    database = Database(database_url)
    fill(database, 1)
    with post_office() as office:
        child = sender_process(database_url, office)
        office.after_taking = lambda: os.kill(child.pid, signal.SIGKILL)
        assert child.stdin is not None
        child.stdin.write(b"go\n")
        child.stdin.close()
        assert child.wait(60) == -signal.SIGKILL
        office.after_taking = None
        now = PutClock()
        assert rows(database)[0].leased_by == "child"
        assert deliver_once(database, now, [mail_to(office.port, now)], worker="one").tried == 0
        now.at += LEASE
        assert deliver_once(database, now, [mail_to(office.port, now)], worker="one").sent == 1
    assert [str(letter["Message-ID"]) for letter in office.taken] == [rows(database)[0].message_id] * 2
    assert tries(database) == [(1, 1, "lost"), (1, 2, "sent")]
    assert rows(database)[0].state == "sent"
    database.close()


CHILD = """
import sys
from handlers.courier.run import deliver_once
from tests.handlers.courier.posting import PutClock, mail_to
from workflow.database import Database
sys.stdin.readline()
now = PutClock()
deliver_once(Database(sys.argv[1]), now, [mail_to(int(sys.argv[2]), now)], worker="child")
"""


def sender_process(url: str, office: PostOffice) -> subprocess.Popen[bytes]:
    """A courier of its own that begins when it is told to."""
    return subprocess.Popen([sys.executable, "-c", CHILD, url, str(office.port)], stdin=subprocess.PIPE)


def test_a_round_begins_no_batch_after_its_time_and_the_next_goes_on(database: Database) -> None:
    fill(database, 5)
    now = PutClock()
    slow = Box(clock=now, minutes_each=1)
    done = deliver_all(database, now, [slow], worker="one", limit=2, until=START + timedelta(minutes=3))
    assert done.sent == 4, "the second batch began in time and was finished"
    assert deliver_all(database, now, [slow], worker="one", limit=2).sent == 1


def test_a_letter_is_not_tried_again_in_the_quiet_hours_of_its_reader(database: Database) -> None:
    """Quiet from 21:00 to 06:30; the try at 20:58 would be followed by one at 21:03."""
    evening = datetime(2017, 1, 11, 20, 57, tzinfo=ZONE)
    put(database, a_row(not_before=evening), a_row("h1", channel="webhook", not_before=evening))
    with database.write() as connection:
        quiet = Contact(person="0101", email="an@example.org", quiet_from="21:00", quiet_to="06:30")
        save_contact(connection, quiet, by="0101", at=evening)
    now, failing = PutClock(evening), (Box(outcome=later("451")), Box(name="webhook", outcome=later("500")))
    deliver_once(database, now, failing, worker="one", steps_minutes=SHORT_STEPS)
    assert rows(database)[0].not_before == evening + timedelta(minutes=1)
    now.later(1)
    deliver_once(database, now, failing, worker="one", steps_minutes=SHORT_STEPS)
    letter, call = rows(database)
    assert letter.not_before == datetime(2017, 1, 12, 6, 30, tzinfo=ZONE)
    assert call.not_before == evening + timedelta(minutes=6), "a machine sleeps at no hour"
