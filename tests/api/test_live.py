"""What a look tells of the database, and how it reaches many pages without holding up or filling anything."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from api.live import routes
from api.live.changes import EVENTS_MAX, STREAMS_MAX, Changes, Mark, changes_since, mark_now
from api.live.feed import WAITING_MAX, Feed, FeedFull, following
from api.live.hearing import hearing_of
from deadlines.tables import REMINDERS
from handlers.access.scope import Scope
from handlers.notice_tables import NOTICES
from handlers.reminding.inbox import open_counts
from states.roles import Role
from tests.api.notices import remind
from tests.builders import (
    BASE,
    BOARD,
    CAMPAIGN,
    FIRST,
    MET,
    OFFICER,
    PREPARED,
    SECOND,
    member,
)
from tests.town import Town
from tests.workflow.log_samples import RECORDED, an_entry, appended
from workflow import clock
from workflow.commands.asking import Actor
from workflow.commands.campaign import CloseCampaign
from workflow.commands.meeting import MarkAbsent
from workflow.database import Database
from workflow.log import Append, Log
from workflow.outbox import OUTBOX

MARK = Mark(7, 3, 2, PREPARED)


@pytest.fixture
def town(database: Database) -> Town:
    """The town with its campaign open."""
    return Town.on(database).open()


def seen(database: Database, day: date = PREPARED) -> Mark:
    with database.watch() as connection:
        return mark_now(connection, day)


def since(database: Database, before: Mark, day: date = PREPARED) -> Changes:
    with database.watch() as connection:
        return changes_since(connection, before, day)


def heard(database: Database, changes: Changes, actor: Actor) -> dict[str, Any] | None:
    with database.watch() as connection:
        return hearing_of(connection, Scope(actor, PREPARED)).told(changes)


def acting(person: str) -> Actor:
    return Actor(id=person, role=Role.SECRETARY, body=FIRST)


def bodies(*names: str) -> dict[str, frozenset[str]]:
    return {CAMPAIGN: frozenset(names)}


# --- what a look tells --------------------------------------------------------------------------------


def test_a_mark_is_read_from_its_text() -> None:
    assert Mark.read(str(MARK)) == MARK
    assert str(MARK) == "7-3-2-2016-12-20"


@pytest.mark.parametrize(
    "text", ["", "7", "7-3-2", "7-3-2-2016-13-20", "-7-3-2-2016-12-20", "٧-3-2-2016-12-20"]
)
def test_any_other_text_is_no_mark(text: str) -> None:
    assert Mark.read(text) is None


def test_nothing_new_is_nothing_to_tell(town: Town) -> None:
    found = since(town.database, seen(town.database))
    assert found == Changes(mark=seen(town.database))
    assert heard(town.database, found, OFFICER) is None


def test_a_step_of_a_review_is_told_of_its_body_and_the_superior(town: Town) -> None:
    before = seen(town.database)
    town.now.put(PREPARED)
    town.do(MarkAbsent(review=member("0104"), on=PREPARED), town.secretary(FIRST))
    assert since(town.database, before).bodies == bodies(FIRST, BASE)


def test_a_whole_evening_is_told_once_with_its_meeting_and_ballot(town: Town) -> None:
    town.make_ready(FIRST)
    before = seen(town.database)
    town.now.put(MET)
    town.do(town.evening(FIRST), town.secretary(FIRST))
    assert since(town.database, before).bodies == bodies(FIRST, BASE)


def test_a_list_is_told_of_its_body_alone(town: Town) -> None:
    before = seen(town.database)
    town.declare(SECOND)
    assert since(town.database, before).bodies == bodies(SECOND)


def test_the_roster_concerns_everybody(town: Town) -> None:
    before = seen(town.database)
    town.change_roster(PREPARED, new={})
    assert since(town.database, before).everything


def test_a_stream_that_is_not_known_concerns_everybody(database: Database) -> None:
    before = seen(database)
    appended(database, "something/new", 0, an_entry())
    assert since(database, before).everything


@pytest.mark.parametrize(("count", "everything"), [(STREAMS_MAX, False), (STREAMS_MAX + 1, True)])
def test_too_many_streams_at_once_are_not_named(database: Database, count: int, everything: bool) -> None:
    before = seen(database)
    appends = [Append(f"lists/2016/CB{number}", 0, (an_entry(),)) for number in range(count)]
    with database.write() as connection:
        Log(connection).append(appends, RECORDED)
    found = since(database, before)
    assert found.everything is everything
    assert found.bodies == ({} if everything else {"2016": frozenset()})  # more bodies than are named


@pytest.mark.parametrize(("back", "everything"), [(EVENTS_MAX, False), (EVENTS_MAX + 1, True)])
def test_a_mark_from_long_ago_is_answered_without_reading_all_since(
    database: Database, back: int, everything: bool
) -> None:
    appended(database, "lists/2016/CB01", 0, an_entry())
    now = seen(database)
    assert since(database, replace(now, position=now.position - back)).everything is everything


def test_another_day_changes_every_page_that_counts_days(town: Town) -> None:
    before = seen(town.database)
    assert since(town.database, before, PREPARED + timedelta(days=1)).everything


def test_a_database_that_was_put_back_is_told_as_a_whole(town: Town) -> None:
    now = seen(town.database)
    assert since(town.database, replace(now, position=now.position + 1)).everything
    assert since(town.database, replace(now, reminder=1)).everything


def test_a_campaign_nobody_sees_yet_is_told_to_those_who_prepare_it(database: Database) -> None:
    town = Town.on(database)
    town.enter_roster()
    before = seen(database)
    town.plan()
    found = since(database, before)
    told = {"all": False, "campaigns": {CAMPAIGN: []}, "letters": False}
    assert heard(database, found, OFFICER) == told
    assert heard(database, found, BOARD) is None


def test_a_campaign_is_told_as_a_whole_when_it_closes(town: Town) -> None:
    before = seen(town.database)
    town.do(CloseCampaign(campaign=CAMPAIGN), OFFICER)
    for actor in (BOARD, town.secretary(FIRST)):
        assert heard(town.database, since(town.database, before), actor) == {
            "all": False,
            "campaigns": {CAMPAIGN: []},
            "letters": False,
        }


def test_a_reminder_is_told_of_its_body_and_a_letter_of_nobody(town: Town) -> None:
    before = seen(town.database)
    with town.database.write() as connection:
        connection.execute(REMINDERS.insert(), a_reminder(FIRST))
    assert since(town.database, before).bodies == bodies(FIRST, BASE)
    between = seen(town.database)
    with town.database.write() as connection:
        connection.execute(OUTBOX.insert(), a_letter())
    found = since(town.database, between)
    assert (found.letters, found.bodies) == (True, {})


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_slow_writer_is_told_of_when_it_is_done(database: Database) -> None:
    """Its position is drawn first and committed last; a look that went on to the later one would miss it."""
    before = seen(database)
    with database.write() as slow:
        Log(slow).append([Append("lists/2016/CB01", 0, (an_entry(),))], RECORDED)
        appended(database, "lists/2016/CB02", 0, an_entry())
        between = since(database, before)
        assert (between.bodies, between.mark.position) == ({}, before.position)
    assert since(database, between.mark).bodies == {"2016": frozenset({"CB01", "CB02"})}


# --- to many ------------------------------------------------------------------------------------------


def feed_of(
    database: Database, *, day: date = PREPARED, followers_max: int = 10, every_seconds: float = 0.02
) -> Feed:
    now = datetime.combine(day, time(10), clock.ZONE)
    return Feed(database, lambda: now, open_counts, every_seconds=every_seconds, followers_max=followers_max)


def test_a_slow_page_loses_its_oldest_changes_and_is_told_to_look_at_everything(database: Database) -> None:
    async def run() -> None:
        feed = feed_of(database)
        slow = feed.join(acting("0101"))
        for number in range(WAITING_MAX):
            slow.give(Changes(mark=Mark(number, 0, 0, PREPARED), bodies=bodies(FIRST)))
        assert len(slow.take()) == WAITING_MAX
        for number in range(1000):
            slow.give(Changes(mark=Mark(number, 0, 0, PREPARED), bodies=bodies(FIRST)))
        assert len(slow.waiting) == WAITING_MAX
        (told,) = slow.take()
        assert (told.everything, told.mark.position) == (True, 999)
        slow.give(Changes(mark=MARK, bodies=bodies(FIRST)))
        assert [one.everything for one in slow.take()] == [False]

    asyncio.run(run())


def test_a_process_follows_no_more_pages_than_it_is_allowed(database: Database) -> None:
    async def run() -> None:
        feed = feed_of(database, followers_max=2)
        first = feed.join(acting("0101"))
        feed.join(acting("0101"))
        with pytest.raises(FeedFull):
            feed.join(acting("0102"))
        feed.leave(first)
        feed.leave(first)
        feed.join(acting("0102"))
        feed.close()
        with pytest.raises(FeedFull):
            feed.join(acting("0103"))

    asyncio.run(run())


def test_a_look_tells_every_follower_and_counts_for_each(town: Town) -> None:
    async def run() -> None:
        feed = feed_of(town.database)
        await feed.look()
        one, other = (feed.join(acting(person)) for person in ("0101", "0201"))
        remind(town.database, "0101")
        town.now.put(PREPARED)
        town.do(MarkAbsent(review=member("0104"), on=PREPARED), town.secretary(FIRST))
        await feed.look()
        assert (one.open, other.open) == (1, 0)
        assert [change.bodies for change in one.take()] == [bodies(FIRST, BASE)]
        assert [change.bodies for change in other.take()] == [bodies(FIRST, BASE)]
        await feed.look()
        assert not one.waiting

    asyncio.run(run())


def test_one_who_reads_elsewhere_sees_the_count_go_down(town: Town) -> None:
    """Nothing announces it; every tenth look counts anew."""

    async def run() -> None:
        remind(town.database, "0101")
        feed = feed_of(town.database)
        follower = feed.join(acting("0101"))
        await feed.begin(follower, None)
        assert follower.open == 1
        with town.database.write() as connection:
            connection.execute(NOTICES.update().values(read_at=RECORDED))
        for _ in range(10):
            await feed.look()
        assert follower.open == 0

    asyncio.run(run())


def test_a_database_that_does_not_answer_is_asked_again(town: Town) -> None:
    """What happened meanwhile is told when it answers."""

    async def run() -> None:
        feed = feed_of(town.database)
        async with following(feed):
            follower = feed.join(acting("0101"))
            renamed(town.database, "reminders", "gone")
            with pytest.raises(Exception, match="reminders"):
                await feed.look()
            town.now.put(PREPARED)
            town.do(MarkAbsent(review=member("0104"), on=PREPARED), town.secretary(FIRST))
            renamed(town.database, "gone", "reminders")
            await asyncio.wait_for(follower.stirred.wait(), 20)
            assert [change.bodies for change in follower.take()] == [bodies(FIRST, BASE)]

    asyncio.run(run())


def test_a_quiet_stream_says_that_it_is_alive_and_ends_with_the_feed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "HEARTBEAT_SECONDS", 0.01)

    async def run() -> None:
        feed = feed_of(database)
        follower = feed.join(acting("0101"))
        events = routes._events(feed, follower, await feed.begin(follower, None))
        first = await anext(events)
        assert first.startswith("retry: ")
        assert 'event: notices\ndata: {"open":0}' in first
        assert await anext(events) == ": \n\n"
        feed.close()
        assert [event async for event in events] == []

    asyncio.run(run())


def test_nobody_is_named_in_the_stream(town: Town) -> None:
    """A whole evening with its votes: campaign, bodies and counts are told, and nothing else."""

    async def run() -> None:
        town.make_ready(FIRST)
        feed = feed_of(town.database)
        follower = feed.join(acting(town.head(FIRST)))
        first = await feed.begin(follower, None)
        town.now.put(MET)
        town.do(town.evening(FIRST), town.secretary(FIRST))
        found = since(town.database, first.mark)
        told = heard(town.database, found, BOARD)
        assert told is not None
        assert set(told) == {"all", "campaigns", "letters"}
        assert set(told["campaigns"]) == {CAMPAIGN}
        assert set(told["campaigns"][CAMPAIGN]) == {FIRST, BASE}

    asyncio.run(run())


def renamed(database: Database, table: str, other: str) -> None:
    with database.write() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO {other}"))


def a_reminder(organisation: str) -> dict[str, Any]:
    return {
        "deadline": f"review/{member('0104')}/hold_session",
        "campaign": CAMPAIGN,
        "organisation": organisation,
        "superior": BASE,
        "kind": "individual",
        "gate": "hold_session",
        "rule": "duk.review_by",
        "due_on": PREPARED,
        "safe_on": PREPARED,
        "rung": "day:0",
        "level": 0,
        "rung_on": PREPARED,
        "found_on": PREPARED,
    }


def a_letter() -> dict[str, Any]:
    return {
        "key": "0101/2016-12-20/email/digest",
        "channel": "email",
        "recipient": "0101",
        "campaign": CAMPAIGN,
        "subject": "",
        "language": "vi",
        "body": "{}",
        "message_id": "<a@kiemdiem.example>",
        "created_at": RECORDED,
        "not_before": RECORDED,
        "state": "queued",
        "attempts": 0,
    }
