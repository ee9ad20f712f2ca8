"""Clean and strong cells should not be more than half of a base: said to the decider, not refused."""

from __future__ import annotations

from datetime import date

import pytest

from states import review as life
from tests.builders import (
    BOARD,
    CAMPAIGN,
    COMMITTEE,
    FIRST,
    GOOD_POINTS,
    REPORTED,
    SECOND,
    TOP_POINTS,
    organisation,
)
from tests.town import Town
from workflow.answer import Answer
from workflow.commands.deciding import AppraiseBundle, DecideBundle, Judgement, OpenConsultation
from workflow.commands.meeting import AgendaItem, Papers, RecordMeeting
from workflow.commands.preparing import ProposeLevel
from workflow.database import Database

TOP, GOOD = "TSVM", "HTTNV"
REPLIES, APPRAISED, DECIDED = date(2017, 1, 15), date(2017, 1, 17), date(2017, 1, 20)


def vote_on_itself(town: Town, cell: str, level: str) -> None:
    """A cell of four is voted at a level as an organisation, and everything of it is reported."""
    town.make_ready(cell)
    town.meet(cell)
    top = level == TOP
    town.score_organisation(cell, TOP_POINTS if top else GOOD_POINTS, "excellent" if top else "good")
    review, secretary = organisation(cell), town.secretary(cell)
    town.do(ProposeLevel(review=review, level=level, on=REPORTED, by="chi_uy"), secretary)
    evening = RecordMeeting(
        meeting=f"{cell}-TC",
        campaign=CAMPAIGN,
        organisation=cell,
        venue=cell,
        day=REPORTED,
        present=4,
        announced=True,
        items=(AgendaItem(review=review, chair=town.head(cell), counts=((level, 4),)),),
        papers=Papers(issued=4, collected=4, valid=4, invalid=0, secret=True),
    )
    town.do(evening, secretary)
    town.submit(cell, reviews=(review,), name=f"{cell}-TC")
    town.submit(cell)
    town.do(OpenConsultation(submission=f"{cell}-TC", bodies=("CĐ",), until=REPLIES), BOARD)


def decide_first(database: Database, second: str) -> tuple[Town, Answer]:
    """The first cell is decided clean and strong while the second was reported at this level."""
    town = Town.on(database, first=4, second=4).open()
    levels = {FIRST: TOP, SECOND: second}
    for cell, level in levels.items():
        vote_on_itself(town, cell, level)
    for cell in levels:
        town.appraise(f"{cell}-KQ", APPRAISED)
        town.decide(f"{cell}-KQ", DECIDED)
    for cell, level in levels.items():
        rows = (Judgement(review=organisation(cell), level=level),)
        town.do(AppraiseBundle(submission=f"{cell}-TC", on=DECIDED, rows=rows), BOARD)
    decide = DecideBundle(submission=f"{FIRST}-TC", on=DECIDED, document="QĐ 37-QĐ/ĐU")
    return town, town.do(decide, COMMITTEE)


@pytest.mark.parametrize(("second", "warned"), [(GOOD, False), (TOP, True)])
def test_exactly_half_says_nothing_and_one_more_is_a_warning_that_stops_nothing(
    database: Database, second: str, warned: bool
) -> None:
    """1 of 2 is 50 % itself, 2 of 2 is above it (C-24)."""
    town, answer = decide_first(database, second)
    assert answer.warnings == ("duk.quota_clean_and_strong",) * warned
    review = town.review(organisation(FIRST))
    assert (review.stage, review.decided_level) == (life.APPROVED, TOP)
