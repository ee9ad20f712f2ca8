"""A consultation whose reply day has passed is closed by the clock: recorded, and nobody's rights change."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers.rebuild import disagreements, rebuild
from handlers.reminding.run import sweep_once
from states.roles import Role
from tests.builders import BASE, BOARD, CAMPAIGN, COMMITTEE, FIRST, REPORTED, organisation
from tests.swept import at, swept
from tests.town import Town
from workflow.bodies import Submission
from workflow.commands.asking import Actor
from workflow.commands.deciding import (
    AppraiseBundle,
    CloseConsultation,
    Judgement,
    OpenConsultation,
    RecordOpinion,
    ReturnBundle,
)
from workflow.commands.meeting import AgendaItem, Papers, RecordMeeting
from workflow.commands.preparing import ProposeLevel
from workflow.database import Database
from workflow.errors import BadInput, NotAllowed, RulesFail, WrongStage
from workflow.folding import fold_stored

BUNDLE = "CB01-KQ"
UNTIL = date(2017, 1, 18)
AFTER = UNTIL + timedelta(days=1)
CLOCK = Actor(id="clock", role=Role.CLOCK, body=BASE)


@pytest.fixture
def town(database: Database) -> Town:
    """A bundle about which two bodies were asked until 18/01; one has answered."""
    town = Town.on(database).open()
    town.make_ready()
    town.meet()
    town.submit()
    town.do(OpenConsultation(submission=BUNDLE, bodies=("CĐ", "ĐTN"), until=UNTIL), BOARD)
    town.do(RecordOpinion(submission=BUNDLE, body="CĐ", on=REPORTED, text="Nhất trí."), BOARD)
    return town


def closings(town: Town) -> list[str]:
    return [
        one.data.decode() for one in town.history(f"submission/{BUNDLE}") if one.name == "consultation_closed"
    ]


def bundle(town: Town) -> Submission:
    stream = f"submission/{BUNDLE}"
    found = fold_stored(stream, town.history(stream))
    assert isinstance(found, Submission)
    return found


def test_the_reply_day_itself_still_counts_and_the_day_after_it_is_closed(town: Town) -> None:
    assert swept(town, UNTIL, 23, 59).closed == 0
    assert swept(town, AFTER, 0, 0).closed == 1
    (closed,) = town.history(f"submission/{BUNDLE}")[-1:]
    assert (closed.name, closed.actor, closed.capacity) == ("consultation_closed", "clock", "clock@DB01")
    assert '"silent":["ĐTN"]' in closings(town)[0]


def test_it_is_closed_once_however_often_and_late_it_is_swept(town: Town) -> None:
    swept(town, date(2017, 1, 30))
    swept(town, date(2017, 1, 30), 9)
    swept(town, date(2017, 2, 6))
    assert len(closings(town)) == 1


def test_a_sweep_ahead_of_the_clock_closes_nothing_early(town: Town) -> None:
    town.now.put(UNTIL)
    assert sweep_once(town.engine, at(date(2017, 1, 25))).closed == 0


@pytest.mark.parametrize("swept_first", [False, True])
def test_who_was_silent_is_waited_for_until_the_day_and_no_longer_with_and_without_the_event(
    database: Database, swept_first: bool
) -> None:
    """The board may appraise the day after, whether anybody swept or not (DUK-2016, III.1.3.5; C-41)."""
    town = an_organisation_consulted(database)
    review = organisation(FIRST)
    rows = (Judgement(review=review, level="HTTNV"),)
    assert bundle(town).silent(UNTIL) == ("ĐTN",) and bundle(town).silent(AFTER) == ()
    town.now.put(UNTIL)
    refused = town.refused(RulesFail, AppraiseBundle(submission=BUNDLE, on=UNTIL, rows=rows), BOARD)
    assert {finding.rule for finding in refused.failed} == {"duk.consultation_closed"}
    if swept_first:
        assert swept(town, AFTER).closed == 1
    town.now.put(AFTER)
    assert bundle(town).silent(UNTIL) == ("ĐTN",) and bundle(town).silent(AFTER) == ()
    town.do(AppraiseBundle(submission=BUNDLE, on=AFTER, rows=rows), BOARD)


def an_organisation_consulted(database: Database) -> Town:
    """The rating of a whole cell was reported and two bodies were asked until 18/01; one has answered."""
    town = Town.on(database, first=4).open()
    town.make_ready()
    town.meet()
    town.score_organisation()
    review = organisation(FIRST)
    town.do(ProposeLevel(review=review, level="HTTNV", on=REPORTED, by="chi_uy"), town.secretary(FIRST))
    evening = RecordMeeting(
        meeting="TC",
        campaign=CAMPAIGN,
        organisation=FIRST,
        venue=FIRST,
        day=REPORTED,
        present=4,
        items=(AgendaItem(review=review, chair="0101", counts=(("HTTNV", 4),)),),
        papers=Papers(issued=4, collected=4, valid=4, invalid=0, secret=True),
        announced=True,
    )
    town.do(evening, town.secretary(FIRST))
    town.submit()
    town.do(OpenConsultation(submission=BUNDLE, bodies=("CĐ", "ĐTN"), until=UNTIL), BOARD)
    town.do(RecordOpinion(submission=BUNDLE, body="CĐ", on=REPORTED, text="Nhất trí."), BOARD)
    return town


def test_an_opinion_that_comes_later_is_kept_as_late(town: Town) -> None:
    swept(town, AFTER)
    town.do(RecordOpinion(submission=BUNDLE, body="ĐTN", on=AFTER, text="Nhất trí."), BOARD)
    assert bundle(town).late == ("ĐTN",)


def test_asked_anew_it_is_closed_anew(town: Town) -> None:
    swept(town, AFTER)
    later = date(2017, 1, 23)
    town.do(OpenConsultation(submission=BUNDLE, bodies=("ĐTN",), until=later), BOARD)
    assert swept(town, later).closed == 0
    assert swept(town, later + timedelta(days=1)).closed == 1


def test_what_was_decided_meanwhile_is_left_alone(town: Town) -> None:
    town.appraise(on=AFTER)
    town.decide(on=AFTER)
    assert swept(town, AFTER, 20).closed == 0


@pytest.mark.parametrize("actor", [BOARD, COMMITTEE])
def test_nobody_but_the_clock_closes_it(town: Town, actor: Actor) -> None:
    town.now.put(AFTER)
    town.refused(NotAllowed, CloseConsultation(submission=BUNDLE, until=UNTIL), actor)
    town.do(CloseConsultation(submission=BUNDLE, until=UNTIL), CLOCK)


def test_it_is_refused_early_for_another_day_and_twice(town: Town) -> None:
    town.now.put(UNTIL)
    early = town.refused(BadInput, CloseConsultation(submission=BUNDLE, until=UNTIL), CLOCK)
    assert "has not passed" in early.en
    town.now.put(AFTER)
    town.refused(BadInput, CloseConsultation(submission=BUNDLE, until=REPORTED), CLOCK)
    town.do(CloseConsultation(submission=BUNDLE, until=UNTIL), CLOCK)
    town.refused(BadInput, CloseConsultation(submission=BUNDLE, until=UNTIL), CLOCK)


def test_a_bundle_sent_back_waits_for_no_opinions(town: Town) -> None:
    town.now.put(UNTIL)
    town.do(ReturnBundle(submission=BUNDLE, on=UNTIL, reason="thiếu biên bản"), BOARD)
    town.now.put(AFTER)
    town.refused(WrongStage, CloseConsultation(submission=BUNDLE, until=UNTIL), CLOCK)
    assert swept(town, AFTER).closed == 0


def test_the_register_agrees_with_the_log_before_and_after_a_rebuild(town: Town) -> None:
    for _ in range(2):
        swept(town, AFTER)
        with town.database.read() as connection:
            assert list(disagreements(connection)) == []
        with town.database.write() as connection:
            rebuild(connection)
    assert FIRST in bundle(town).organisation and len(closings(town)) == 1
