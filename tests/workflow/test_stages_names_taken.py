"""Names that are taken, rows named twice, things of others: each gets one answer, and work goes on."""

import pytest

from tests.builders import (
    APPRAISED,
    BOARD,
    CAMPAIGN,
    COMMITTEE,
    DECIDED,
    FIRST,
    MET,
    OFFICER,
    PREPARED,
    REPORTED,
    SECOND,
    member,
)
from tests.town import Town
from workflow.commands.beside import CorrectEntry
from workflow.commands.campaign import OpenBatch, StartOpening, Subject
from workflow.commands.deciding import AppraiseBundle, DecideBundle, Judgement, ReturnBundle
from workflow.commands.meeting import AnnounceResult, CountBallot, IssueBallot, PlanMeeting
from workflow.database import Database
from workflow.errors import AlreadyThere, BadInput, NotAllowed

PEOPLE = ("0101", "0102", "0103", "0104")


@pytest.fixture
def town(database: Database) -> Town:
    """Four people of the first cell are ready for the meeting."""
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    return town


def issue(name: str, *people: str, cell: str = FIRST) -> IssueBallot:
    motions = tuple((member(person), "HTTNV") for person in people)
    return IssueBallot(
        ballot=name, campaign=CAMPAIGN, organisation=cell, meeting=name, day=MET, motions=motions, secret=True
    )


def test_a_review_named_twice_in_one_command_is_refused_and_once_is_done(town: Town) -> None:
    """Two changes to one stream in one command once ended the request with a fault."""
    town.meet(people=PEOPLE, ballot=False)
    secretary = town.secretary(FIRST)
    assert town.refused(BadInput, issue("S-1", "0104", "0104"), secretary).field == "motions"
    town.do(issue("S-1", "0104"), secretary)
    tallies = ((member("0104"), "HTTNV", 6),)
    town.do(CountBallot(ballot="S-1", issued=7, collected=7, valid=7, invalid=0, tallies=tallies),
            town.counter(FIRST))  # fmt: skip
    town.do(AnnounceResult(review=member("0104"), on=MET), secretary)
    one = member("0104")
    town.now.put(REPORTED)
    town.refused(BadInput, town.bundle(reviews=(one, one)), secretary)
    town.submit(reviews=(one,))
    town.refused(
        BadInput,
        ReturnBundle(submission="CB01-KQ", on=REPORTED, reason="thiếu", reviews=(one, one)),
        BOARD,
    )
    rows = (Judgement(review=one, level="HTTNV"),) * 2
    town.now.put(APPRAISED)
    town.refused(BadInput, AppraiseBundle(submission="CB01-KQ", on=APPRAISED, rows=rows), BOARD)
    town.appraise()
    town.now.put(DECIDED)
    decide = DecideBundle(submission="CB01-KQ", on=DECIDED, document="QĐ 36", rows=rows)
    town.refused(BadInput, decide, COMMITTEE)
    town.decide()
    assert town.review(one).decided_level == "HTTNV"


def test_a_meeting_does_not_take_the_name_of_a_sheet_that_was_issued(town: Town) -> None:
    """The sheet of an evening is named after its meeting; one of that name would be issued twice."""
    town.meet(people=PEOPLE, ballot=False)
    secretary = town.secretary(FIRST)
    name = "CB01-0113"
    town.do(issue(name, "0104"), secretary)
    evening = town.evening(people=["0103"], day=REPORTED, with_collective=False)
    town.now.put(REPORTED)
    assert evening.meeting == name
    refusal = town.refused(AlreadyThere, evening, secretary)
    assert (refusal.what, refusal.name) == ("ballot", name)


def test_a_cell_does_not_take_over_the_meeting_of_another(town: Town) -> None:
    mine = town.evening(people=PEOPLE, ballot=False)
    told = {"meeting": mine.meeting, "campaign": CAMPAIGN, "day": MET}
    plan = PlanMeeting(organisation=FIRST, venue=FIRST, items=mine.items, **told)  # type: ignore[arg-type]  # fields just above
    town.now.put(REPORTED.replace(day=3))
    town.do(plan, town.secretary(FIRST))
    town.make_ready(SECOND, people=["0201"])
    theirs = town.evening(SECOND, people=["0201"], ballot=False)
    taken = PlanMeeting(organisation=SECOND, venue=SECOND, items=theirs.items, **told)  # type: ignore[arg-type]  # as above
    town.refused(AlreadyThere, taken, town.secretary(SECOND))
    town.meet(people=PEOPLE, ballot=False)


def test_a_cell_does_not_send_its_results_under_the_name_of_another_ones(town: Town) -> None:
    town.meet(people=PEOPLE)
    town.submit()
    town.do(ReturnBundle(submission="CB01-KQ", on=REPORTED, reason="thiếu"), BOARD)
    town.refused(AlreadyThere, town.bundle(SECOND, name="CB01-KQ"), town.secretary(SECOND))
    town.submit()


def test_a_stranger_issues_no_papers_on_the_members_of_a_cell(town: Town) -> None:
    town.meet(people=PEOPLE, ballot=False)
    town.refused(NotAllowed, issue("S-1", "0104"), town.secretary(SECOND))
    town.refused(BadInput, issue("S-1", "0104", cell=SECOND), town.secretary(SECOND))
    town.do(issue("S-1", "0104"), town.secretary(FIRST))


def test_a_sheet_without_a_mark_can_be_followed_by_another_one(town: Town) -> None:
    """No level is put when nobody marked one: the second empty sheet once had nothing to write and failed."""
    town.meet(people=PEOPLE, ballot=False)
    for name in ("S-1", "S-2"):
        town.do(issue(name, "0104"), town.secretary(FIRST))
        tallies = ((member("0104"), "HTTNV", 0), (member("0104"), "HTNV", 0))
        town.do(
            CountBallot(ballot=name, issued=7, collected=7, valid=0, invalid=7, tallies=tallies),
            town.counter(FIRST),
        )
    review = town.review(member("0104"))
    assert "no_result" in review.flags and review.voted_level is None
    town.sheet("0104", "HTTNV", 7, day=MET, name="S-3")
    review = town.review(member("0104"))
    assert "no_result" not in review.flags and review.voted_level == "HTTNV"


def test_a_batch_is_refused_where_it_is_empty_or_names_a_review_twice(database: Database) -> None:
    town = Town.on(database)
    town.enter_roster()
    town.plan()
    town.do(StartOpening(campaign=CAMPAIGN, subjects=2, believed_at="2016-12-16T00:00:00+00:00"), OFFICER)
    anna = Subject(
        review=member("0104"), kind="individual", quality="member", subject="0104", organisation=FIRST,
        superior="DB01", venues=((FIRST, "cell"),), rated=True,
    )  # fmt: skip
    town.refused(BadInput, OpenBatch(campaign=CAMPAIGN, batch=1, subjects=()), OFFICER)
    town.refused(BadInput, OpenBatch(campaign=CAMPAIGN, batch=1, subjects=(anna, anna)), OFFICER)
    town.do(OpenBatch(campaign=CAMPAIGN, batch=1, subjects=(anna,)), OFFICER)
    town.refused(AlreadyThere, OpenBatch(campaign=CAMPAIGN, batch=2, subjects=(anna,)), OFFICER)
    town.refused(BadInput, OpenBatch(campaign=CAMPAIGN, batch=3, subjects=(anna,)), OFFICER)


def test_a_fact_is_put_right_by_a_second_person_whatever_its_type(town: Town) -> None:
    """A tick typed by mistake is corrected like a word: the correction is text, the fact keeps its type."""
    correction = CorrectEntry(
        review=member("0104"), entry="fault.disunity", now="true", reason="đọc nhầm biên bản"
    )
    town.now.put(PREPARED)
    town.refused(BadInput, correction, town.secretary(FIRST))
    town.do(correction, town.counter(FIRST))
    assert town.review(member("0104")).facts["fault.disunity"][0] is True
