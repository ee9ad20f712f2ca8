"""What became of the letters: counted, listed with their tries, sent again, cancelled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.courier.letters import later, never
from handlers.courier.run import deliver_once
from handlers.deliveries import LATE, Show, cancel, counts, deliveries, send_again
from tests.handlers.courier.posting import SHORT_STEPS, START, PutClock, a_row, put, rows, tries
from tests.handlers.courier.test_leases import Box
from workflow.database import Database
from workflow.errors import BadInput, NotFound


def send(database: Database, now: PutClock, box: Box) -> None:
    deliver_once(database, now, [box], worker="one", steps_minutes=SHORT_STEPS)


def listed(database: Database, now: PutClock, show: Show = "all") -> list[tuple[str, str]]:
    with database.read() as connection:
        return [(one.recipient, one.state) for one in deliveries(connection, now(), show=show)]


@pytest.fixture
def now() -> PutClock:
    return PutClock()


def test_letters_are_counted_by_channel_and_state(database: Database, now: PutClock) -> None:
    put(
        database,
        a_row("0101"),
        a_row("0102", state="dead", ended_at=START),
        a_row("0103", state="sent", ended_at=START),
        a_row("h1", channel="webhook", state="cancelled", ended_at=START),
    )
    with database.read() as connection:
        mail, hook = counts(connection, now())
    assert (mail.channel, mail.queued, mail.late, mail.dead, mail.sent) == ("email", 1, 0, 1, 1)
    assert (hook.channel, hook.cancelled) == ("webhook", 1)


def test_a_letter_is_late_from_an_hour_past_its_time_or_after_three_tries(
    database: Database, now: PutClock
) -> None:
    put(database, a_row("0101"), a_row("0102", attempts=3, not_before=START + 2 * LATE), a_row("0103"))
    now.at = START + LATE - timedelta(microseconds=1)
    assert listed(database, now, "late") == [("0102", "queued")]
    now.at = START + LATE
    assert [who for who, _ in listed(database, now, "late")] == ["0103", "0102", "0101"]
    assert len(listed(database, now, "waiting")) == 3


def test_no_address_is_shown_in_full(database: Database, now: PutClock) -> None:
    put(database, a_row("0101"), emails=[("0101", "hoa.nguyen@example.org")])
    with database.read() as connection:
        (one,) = deliveries(connection, now())
    assert one.address == "h…@example.org"


def test_a_dead_letter_sent_again_goes_out_with_its_tries_kept_and_the_same_message_id(
    database: Database, now: PutClock
) -> None:
    put(database, a_row())
    send(database, now, Box(outcome=never("550 no such user")))
    assert listed(database, now, "dead") == [("0101", "dead")]
    message_id = rows(database)[0].message_id
    now.later(60)
    with database.write() as connection:
        send_again(connection, 1, by="BTC-01", at=now())
    assert (rows(database)[0].state, rows(database)[0].attempts) == ("queued", 1)
    send(database, now, Box())
    assert rows(database)[0].state == "sent"
    assert rows(database)[0].message_id == message_id
    assert tries(database) == [(1, 1, "never"), (1, 1, "requeued"), (1, 2, "sent")]
    with database.read() as connection:
        (one,) = deliveries(connection, now())
    assert [tried.by for tried in one.tries] == ["one", "BTC-01", "one"]


def test_a_letter_whose_tries_were_used_up_is_dead_again_after_one_more_in_vain(
    database: Database, now: PutClock
) -> None:
    put(database, a_row(attempts=4, state="dead", ended_at=START))
    with database.write() as connection:
        send_again(connection, 1, by="BTC-01", at=now())
    send(database, now, Box(outcome=later("451")))
    assert (rows(database)[0].state, rows(database)[0].problem) == ("dead", "451")


@pytest.mark.parametrize("state", ["queued", "sent"])
def test_only_a_dead_or_cancelled_letter_is_sent_again(database: Database, now: PutClock, state: str) -> None:
    put(database, a_row(state=state))
    with pytest.raises(BadInput) as refused, database.write() as connection:
        send_again(connection, 1, by="BTC-01", at=now())
    assert "gửi lại" in refused.value.vi
    assert tries(database) == []


def test_a_waiting_letter_is_cancelled_and_can_be_sent_again(database: Database, now: PutClock) -> None:
    put(database, a_row())
    with database.write() as connection:
        cancel(connection, 1, by="BTC-01", at=now())
    box = Box()
    send(database, now, box)
    assert box.taken == []
    with database.write() as connection:
        send_again(connection, 1, by="BTC-01", at=now())
    send(database, now, box)
    assert box.taken == [1]
    assert [outcome for _, _, outcome in tries(database)] == ["cancelled", "requeued", "sent"]


@pytest.mark.parametrize("state", ["dead", "sent", "cancelled"])
def test_only_a_waiting_letter_is_cancelled(database: Database, now: PutClock, state: str) -> None:
    put(database, a_row(state=state))
    with pytest.raises(BadInput), database.write() as connection:
        cancel(connection, 1, by="BTC-01", at=now())


def test_a_letter_just_being_sent_is_not_cancelled(database: Database, now: PutClock) -> None:
    """Its lease ends by itself; at that very moment it may be cancelled."""
    until = START + timedelta(minutes=10)
    put(database, a_row(leased_by="other", leased_until=until, attempts=1))
    with pytest.raises(BadInput), database.write() as connection:
        cancel(connection, 1, by="BTC-01", at=until - timedelta(microseconds=1))
    with database.write() as connection:
        cancel(connection, 1, by="BTC-01", at=until)
    assert rows(database)[0].state == "cancelled"


def test_a_letter_that_is_not_there_is_said_not_to_be(database: Database, now: PutClock) -> None:
    for act in (send_again, cancel):
        with pytest.raises(NotFound), database.write() as connection:
            act(connection, 7, by="BTC-01", at=now())


def test_pages_of_letters_follow_one_another(database: Database, now: PutClock) -> None:
    put(database, *(a_row(f"01{n:02}") for n in range(5)))
    with database.read() as connection:
        first = deliveries(connection, now(), limit=3)
        second = deliveries(connection, now(), limit=3, before=first[-1].id)
    assert [one.id for one in (*first, *second)] == [5, 4, 3, 2, 1]
