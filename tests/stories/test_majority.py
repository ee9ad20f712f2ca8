"""No decision goes above what was voted, unless an exception to the majority was authorised (C-16)."""

from __future__ import annotations

import pytest

from states import review as life
from tests.builders import APPRAISED, COMMITTEE, DECIDED, FIRST, member
from tests.town import Town
from workflow.commands.beside import AuthoriseException
from workflow.commands.deciding import DecideBundle, Judgement
from workflow.database import Database
from workflow.errors import BadInput

TOP, GOOD = "HTXSNV", "HTTNV"
REVIEW = member("0104")
ABOVE = DecideBundle(
    submission=f"{FIRST}-KQ",
    on=DECIDED,
    document="QĐ 36-QĐ/ĐU",
    rows=(Judgement(review=REVIEW, level=TOP, reason="hoàn thành nhiệm vụ đột xuất"),),
)


@pytest.fixture
def town(database: Database) -> Town:
    """The facts of 0104 are those of an excellent member; the cell voted good, and it was reported so."""
    town = Town.on(database, first=8).open()
    town.make_ready(levels={"0104": TOP})
    town.meet()
    town.submit()
    town.appraise()
    assert town.review(REVIEW).voted_level == GOOD
    return town


def authorise(town: Town, rule: str) -> None:
    town.do(
        AuthoriseException(
            review=REVIEW,
            rules=(rule,),
            on=APPRAISED,
            reason="bỏ phiếu trước khi có số liệu",
            document="CV 15",
        ),
        COMMITTEE,
    )


def test_above_the_vote_is_refused_whatever_the_reason(town: Town) -> None:
    town.now.put(DECIDED)
    refusal = town.refused(BadInput, ABOVE, COMMITTEE)
    assert "no decision goes above a majority" in refusal.en
    assert town.review(REVIEW).stage == life.APPRAISED


def test_an_exception_to_another_rule_does_not_lift_it(town: Town) -> None:
    """The majority of the level decided on has to be excepted, not that of the level voted."""
    authorise(town, "duk.vote_good")
    town.now.put(DECIDED)
    town.refused(BadInput, ABOVE, COMMITTEE)


def test_with_the_exception_the_level_stands_and_the_review_carries_it(town: Town) -> None:
    authorise(town, "duk.vote_excellent")
    town.now.put(DECIDED)
    town.do(ABOVE, COMMITTEE)
    review = town.review(REVIEW)
    assert (review.stage, review.decided_level, review.voted_level) == (life.APPROVED, TOP, GOOD)
    assert review.excepted == ("duk.vote_excellent",)
