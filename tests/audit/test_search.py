"""Searching the log: everything asked for is found once, newest first, and nothing outside the scope."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from handlers.access.scope import Scope
from handlers.audit.event_words import EVENT_WORDS
from handlers.audit.search import Wanted, found_in_log, refused_commands
from states.roles import Role
from tests.builders import AUDITOR, BASE, DECIDED, FIRST, SECOND, SENT, member
from tests.town import Town
from workflow import clock
from workflow.commands.asking import Actor
from workflow.commands.deciding import Annul
from workflow.errors import NotAllowed
from workflow.event import EVENTS as KNOWN
from workflow.log import Stored
from workflow.tables import EVENTS

REVIEW = f"review/{member('0101')}"


Row = tuple[int, str, str, str]
"""position, stream, name, actor"""

EVERYTHING = Wanted()


def search(town: Town, wanted: Wanted = EVERYTHING, actor: Actor = AUDITOR) -> list[Stored]:
    with town.database.read() as connection:
        return found_in_log(connection, Scope(actor, DECIDED), wanted, before=None, limit=10_000)


def everything(town: Town) -> list[Row]:
    with town.database.read() as connection:
        rows = connection.execute(
            select(EVENTS.c.position, EVENTS.c.stream, EVENTS.c.name, EVENTS.c.actor).order_by(
                EVENTS.c.position.desc()
            )
        )
        return [(row[0], row[1], row[2], row[3]) for row in rows]


def test_an_auditor_of_the_whole_branch_finds_every_event_newest_first(town: Town) -> None:
    found = [one.position for one in search(town)]
    assert found == [position for position, *_ in everything(town)]


def test_pages_follow_each_other_without_a_gap_or_an_event_twice(town: Town) -> None:
    whole = [one.position for one in search(town)]
    paged: list[int] = []
    before = None
    with town.database.read() as connection:
        scope = Scope(AUDITOR, DECIDED)
        while page := found_in_log(connection, scope, Wanted(), before=before, limit=17):
            paged += [one.position for one in page]
            before = page[-1].position
    assert paged == whole


ASKED: list[tuple[Wanted, Callable[[Row], bool]]] = [
    (Wanted(review=member("0101")), lambda row: row[1] == REVIEW),
    (Wanted(event="review_approved"), lambda row: row[2] == "review_approved"),
    (Wanted(actors=("DU-01",)), lambda row: row[3] == "DU-01"),
    (Wanted(text="member.010"), lambda row: "member.010" in row[1]),
    (Wanted(text="100%_"), lambda row: False),  # signs of LIKE are only letters
    (Wanted(people=("0101",)), lambda row: row[1] == REVIEW or row[3] == "0101"),
    (Wanted(review=member("0101"), event="draft_sent"), lambda row: row[1:3] == (REVIEW, "draft_sent")),
    (Wanted(event="exception_authorised"), lambda row: row[2] == "exception_authorised"),
]


def test_what_is_asked_for_is_found_and_nothing_else(town: Town) -> None:
    rows = everything(town)
    for asked, of in ASKED:
        assert [one.position for one in search(town, asked)] == [row[0] for row in rows if of(row)], asked


def test_days_of_entry_are_days_in_vietnam_and_both_are_included(town: Town) -> None:
    on_the_day = search(town, Wanted(first=SENT, last=SENT))
    assert on_the_day
    days = {one.recorded_at.astimezone(clock.ZONE).date() for one in on_the_day}
    assert days == {SENT}
    before = search(town, Wanted(last=SENT - timedelta(days=1)))
    after = search(town, Wanted(first=SENT + timedelta(days=1)))
    assert len(before) + len(on_the_day) + len(after) == len(search(town))


def test_a_body_is_found_with_its_reviews_meetings_papers_and_reports(town: Town) -> None:
    kinds = {one.stream.partition("/")[0] for one in search(town, Wanted(bodies=(FIRST,)))}
    assert kinds >= {"review", "meeting", "ballot", "submission", "lists"}
    assert not any("0201" in one.stream for one in search(town, Wanted(bodies=(FIRST,))))


def test_an_inspection_of_one_cell_reads_nothing_of_another(town: Town) -> None:
    inspection = Actor(id="UBKT", role=Role.INSPECTION, body=SECOND)
    streams = {one.stream for one in search(town, actor=inspection)}
    assert any(stream == f"review/{member('0201')}" for stream in streams)
    assert not any(FIRST in stream or ".010" in stream for stream in streams)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COUNTING_TEAM])
def test_who_sees_no_content_reads_no_review(town: Town, role: Role) -> None:
    found = search(town, actor=Actor(id="QT-01", role=role, body=BASE))
    assert not [one.stream for one in found if one.stream.startswith("review/")]


def test_refused_commands_are_found_by_review_and_day_in_scope_alone(town: Town) -> None:
    wrong = Annul(review=member("0101"), reason="x", document="QĐ", on=DECIDED)
    town.refused(NotAllowed, wrong, town.secretary(FIRST))
    with town.database.read() as connection:
        scope = Scope(AUDITOR, DECIDED)
        asked = Wanted(review=member("0101"))
        ((_, found),) = refused_commands(connection, scope, asked, before=None, limit=10)
        assert (found.command, found.actor) == ("Annul", town.secretary(FIRST).id)
        other = Scope(dataclasses.replace(AUDITOR, body=SECOND), DECIDED)
        assert refused_commands(connection, other, Wanted(), before=None, limit=10) == []
        early = Wanted(last=date(2016, 1, 1))
        assert refused_commands(connection, scope, early, before=None, limit=10) == []


def test_every_event_has_a_name_to_choose_it_by() -> None:
    assert set(EVENT_WORDS) == set(KNOWN)
    for at in (0, 1):
        words = [one[at] for one in EVENT_WORDS.values()]
        assert len(set(words)) == len(words)
