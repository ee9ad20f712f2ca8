"""What goes back from a bundle, and what the bundle is afterwards."""

from __future__ import annotations

from states import review as life
from tests.builders import BOARD, COMMITTEE, DECIDED, FIRST, collective, member
from tests.town import Town
from workflow.bodies import Submission
from workflow.commands.deciding import DecideBundle, Judgement, ReturnBundle
from workflow.database import Database
from workflow.folding import fold_stored
from workflow.log import Log

PEOPLE = ("0101", "0102", "0103", "0104")


def appraised(database: Database) -> Town:
    """A cell of six whose report, its committee in it, was appraised."""
    town = Town.on(database, first=6).open()
    town.make_ready(people=PEOPLE)
    town.meet(people=PEOPLE)
    town.submit()
    town.appraise()
    town.now.put(DECIDED)
    return town


def bundle(town: Town) -> Submission:
    """The bundle as its log tells it."""
    stream = "submission/CB01-KQ"
    with town.database.read() as connection:
        found = fold_stored(stream, Log(connection).read([stream])[stream])
    assert isinstance(found, Submission)
    return found


def test_a_whole_bundle_goes_back_though_its_collective_is_closed(database: Database) -> None:
    """The committee's report was noted without a rating at the appraisal; the members come back."""
    town = appraised(database)
    assert town.review(collective(FIRST)).stage == life.REVIEWED_UNRATED
    town.do(ReturnBundle(submission="CB01-KQ", on=DECIDED, reason="xem lại"), BOARD)
    assert bundle(town).stage == "returned"
    assert town.review(collective(FIRST)).stage == life.REVIEWED_UNRATED
    assert {town.review(member(person)).stage for person in PEOPLE} == {life.RETURNED}
    town.submit(on=DECIDED)
    assert bundle(town).stage == "submitted"


def test_a_bundle_whose_last_waiting_row_went_back_waits_no_longer(database: Database) -> None:
    """Three are decided, the fourth goes back: nothing is left that could be appraised or decided."""
    town = appraised(database)
    rows = tuple(Judgement(review=member(person), level="HTTNV") for person in PEOPLE[:3])
    town.do(DecideBundle(submission="CB01-KQ", on=DECIDED, document="QĐ 36", rows=rows), COMMITTEE)
    assert bundle(town).stage == "appraised"
    back = ReturnBundle(submission="CB01-KQ", on=DECIDED, reason="xem lại", reviews=(member("0104"),))
    town.do(back, BOARD)
    assert bundle(town).stage == "decided"
    assert town.review(member("0104")).stage == life.RETURNED
    assert town.review(member("0101")).stage == life.APPROVED


def test_rows_that_go_back_one_by_one_send_the_bundle_back_with_the_last(database: Database) -> None:
    town = appraised(database)
    for person in PEOPLE:
        assert bundle(town).stage == "appraised"
        back = ReturnBundle(submission="CB01-KQ", on=DECIDED, reason="xem lại", reviews=(member(person),))
        town.do(back, BOARD)
    assert bundle(town).stage == "returned"
