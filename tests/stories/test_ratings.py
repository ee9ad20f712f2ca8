"""Votes, quotas, reports and decisions, on both sides of each line."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.roster.records import PositionRecord
from handlers.roster.vocabulary import PartyStatus, Post
from states import review as life
from tests.builders import (
    APPRAISED,
    BASE,
    BLOC_COMMITTEE,
    BOARD,
    CAMPAIGN,
    COMMITTEE,
    DECIDED,
    FIRST,
    MET,
    REPORTED,
    SENT,
    member,
    organisation,
    written,
)
from tests.town import Town
from workflow.commands.beside import ClearFlag, CorrectEntry
from workflow.commands.campaign import GrantSpecialMerit, RecordListEntry
from workflow.commands.deciding import (
    Annul,
    AppraiseBundle,
    DecideBundle,
    Judgement,
    OpenConsultation,
    RecordOpinion,
    ReturnBundle,
    StartRound,
)
from workflow.commands.meeting import (
    AgendaItem,
    AnnounceResult,
    CorrectCount,
    Papers,
    RecordMeeting,
    RepeatBallot,
)
from workflow.commands.preparing import ProposeLevel
from workflow.database import Database
from workflow.errors import BadCounts, BadInput, Blocked, NotAllowed, RulesFail, WrongStage

PEOPLE = ("0101", "0102", "0103", "0104")
TOP = "HTXSNV"


@pytest.mark.parametrize(("votes", "carried"), [(4, False), (5, True)])
def test_the_top_level_needs_more_than_two_thirds(database: Database, votes: int, carried: bool) -> None:
    """Of 6 official members exactly 4 are two thirds, and not enough (DUK-2016, III.2.3.1)."""
    town = Town.on(database, first=6).open()
    town.make_ready(people=PEOPLE, levels={"0104": TOP})
    town.meet(people=PEOPLE, levels={"0104": TOP}, votes={"0104": votes})
    review = town.review(member("0104"))
    assert (review.stage, review.voted_level) == ((life.VOTED, TOP) if carried else (life.REVIEWED, None))
    if not carried:
        town.sheet("0104", "HTTNV", 4, day=MET, name="B2")
        assert town.review(member("0104")).voted_level == "HTTNV", "more than half is enough for the next"


def test_counts_that_do_not_add_up_are_refused_by_the_sum_that_is_wrong(database: Database) -> None:
    from dataclasses import replace

    town = Town.on(database, first=6).open()
    town.make_ready(people=PEOPLE)
    evening = town.evening(people=PEOPLE)
    town.now.put(MET)
    for papers in (
        Papers(issued=7, collected=6, valid=6, invalid=0, secret=True),  # more than may vote
        Papers(issued=6, collected=7, valid=7, invalid=0, secret=True),  # more back than out
        Papers(issued=6, collected=6, valid=5, invalid=0, secret=True),  # one paper is lost
        Papers(issued=6, collected=6, valid=5, invalid=1, secret=True),  # six marks on five papers
        Papers(issued=-1, collected=-1, valid=0, invalid=-1, secret=True),  # below nothing
    ):
        town.refused(BadCounts, replace(evening, papers=papers), town.secretary(FIRST))
    town.refused(BadInput, replace(evening, papers=None), town.secretary(FIRST))
    town.refused(BadInput, replace(evening, present=3), town.secretary(FIRST))
    town.do(evening, town.secretary(FIRST))


def voted(database: Database, size: int, top: int) -> Town:
    """A cell of a size in which so many were voted to the top and all others to the second level."""
    town = Town.on(database, first=size).open()
    levels = dict.fromkeys(town.people(FIRST)[:top], TOP)
    town.make_ready(levels=levels)
    town.meet(levels=levels)
    return town


@pytest.mark.parametrize(
    ("size", "top", "fits"),
    [(20, 3, True), (20, 4, False), (7, 1, True), (7, 2, False), (6, 1, True), (6, 2, False)],
)
def test_the_quota_is_fifteen_in_a_hundred_and_one_in_a_small_cell(
    database: Database, size: int, top: int, fits: bool
) -> None:
    """3 of 20 are 15 % exactly, 1 of 7 fits; below seven one is allowed whatever its share (C-17, C-20)."""
    town = voted(database, size, top)
    if fits:
        assert all(row.done for row in town.submit().rows)
        return
    town.now.put(REPORTED)
    refusal = town.refused(RulesFail, town.bundle(), town.secretary(FIRST))
    assert {f.rule for f in refusal.failed} == {"duk.quota_small_cell" if size < 7 else "duk.quota_share"}
    last = town.people(FIRST)[top - 1]
    town.do(RepeatBallot(review=member(last), reason="vượt hạn mức"), town.secretary(FIRST))
    town.sheet(last, "HTTNV", size - 1, day=REPORTED, name="B2")
    town.do(AnnounceResult(review=member(last), on=REPORTED), town.secretary(FIRST))
    assert all(row.done for row in town.submit().rows)


def test_special_merit_lifts_the_quota_to_twenty_and_only_the_superior_grants_it(database: Database) -> None:
    from workflow.errors import NotAllowed

    town = voted(database, 20, 4)
    town.now.put(REPORTED)
    town.refused(RulesFail, town.bundle(), town.secretary(FIRST))
    merit = GrantSpecialMerit(campaign=CAMPAIGN, organisation=FIRST, document="QĐ 9")
    town.refused(NotAllowed, merit, town.secretary(FIRST))
    town.do(merit, COMMITTEE if town.review(member("0101")).superior == BASE else BLOC_COMMITTEE)
    assert all(row.done for row in town.submit().rows)


def test_a_returned_row_is_sent_again_in_a_bundle_of_its_own(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    town.meet(people=PEOPLE)
    town.submit()
    one = member("0104")
    town.do(ReturnBundle(submission="CB01-KQ", on=REPORTED, reason="thiếu", reviews=(one,)), BOARD)
    assert town.review(one).stage == life.RETURNED
    assert town.review(member("0103")).stage == life.SUBMITTED
    town.submit(name="CB01-2", reviews=(one,))
    town.appraise()
    town.appraise("CB01-2")
    town.decide()
    town.decide("CB01-2")
    assert {town.review(member(p)).stage for p in PEOPLE} == {life.APPROVED}


def test_a_returned_bundle_is_sent_again_whole(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    town.meet(people=PEOPLE)
    town.submit()
    town.do(ReturnBundle(submission="CB01-KQ", on=REPORTED, reason="thiếu biên bản"), BOARD)
    assert {town.review(member(p)).stage for p in PEOPLE} == {life.RETURNED}
    town.now.put(APPRAISED)
    town.refused(WrongStage, AppraiseBundle(submission="CB01-KQ", on=APPRAISED), BOARD)
    town.submit(on=APPRAISED)
    assert {town.review(member(p)).stage for p in PEOPLE} == {life.SUBMITTED}


def test_an_organisation_is_appraised_once_those_asked_have_answered_or_their_day_has_passed(
    database: Database,
) -> None:
    town = Town.on(database, first=4).open()
    town.make_ready()
    town.meet()
    town.score_organisation()
    review = organisation(FIRST)
    town.do(ProposeLevel(review=review, level="HTTNV", on=REPORTED, by="chi_uy"), town.secretary(FIRST))
    item = AgendaItem(review=review, chair="0101", counts=(("HTTNV", 4),))
    papers = Papers(issued=4, collected=4, valid=4, invalid=0, secret=True)
    told = {"campaign": CAMPAIGN, "organisation": FIRST, "venue": FIRST, "day": REPORTED, "present": 4}
    evening = RecordMeeting(meeting="TC", items=(item,), papers=papers, announced=True, **told)  # type: ignore[arg-type]  # fields just above
    town.do(evening, town.secretary(FIRST))
    town.submit()
    appraise = AppraiseBundle(
        submission="CB01-KQ", on=REPORTED, rows=(Judgement(review=review, level="HTTNV"),)
    )
    assert "duk.consultation_held" in {f.rule for f in town.refused(RulesFail, appraise, BOARD).failed}
    until = date(2017, 1, 15)
    town.do(OpenConsultation(submission="CB01-KQ", bodies=("CĐ", "ĐTN"), until=until), BOARD)
    town.do(RecordOpinion(submission="CB01-KQ", body="CĐ", on=REPORTED, text="Nhất trí."), BOARD)
    stranger = RecordOpinion(submission="CB01-KQ", body="HPN", on=REPORTED, text="Nhất trí.")
    town.refused(BadInput, stranger, BOARD)
    town.now.put(until)
    assert {f.rule for f in town.refused(RulesFail, appraise, BOARD).failed} == {"duk.consultation_closed"}
    town.now.put(APPRAISED)
    town.do(appraise, BOARD)
    assert town.review(review).stage == life.APPRAISED


def approved(database: Database) -> Town:
    """Four people of the first cell have been rated, the second level each."""
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    town.meet(people=PEOPLE)
    town.submit()
    town.appraise()
    town.decide()
    return town


def test_an_annulled_rating_is_given_anew_and_both_stay_in_the_log(database: Database) -> None:
    town = approved(database)
    review = member("0104")
    found = date(2017, 2, 14)
    town.now.put(found)
    town.do(Annul(review=review, on=found, reason="phát hiện khuyết điểm", document="QĐ 41"), COMMITTEE)
    assert town.review(review).level is None
    town.do(StartRound(review=review, on=found), COMMITTEE)
    town.meet(people=["0104"], day=date(2017, 2, 17), with_collective=False, levels={"0104": "HTNV"})
    town.submit(name="XLL", on=date(2017, 2, 20), reviews=(review,))
    town.appraise("XLL", on=date(2017, 2, 24))
    town.decide("XLL", on=date(2017, 2, 24))
    after = town.review(review)
    assert (after.stage, after.decided_level, after.round) == (life.RE_RATED, "HTNV", 2)
    names = [stored.name for stored in town.history(f"review/{review}")]
    assert names.index("review_approved") < names.index("review_annulled") < names.index("review_re_rated")


def correction(now: int, was_sheet: str = "CB01-0110") -> CorrectCount:
    return CorrectCount(
        ballot=was_sheet, review=member("0104"), level="HTTNV", now=now, reason="biên bản ghi khác"
    )


def test_a_mistyped_count_is_put_right_by_a_second_person_and_turns_the_outcome(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    town.meet(people=PEOPLE, votes={"0104": 2})
    assert town.review(member("0104")).stage == life.REVIEWED
    town.refused(BadInput, correction(6), town.secretary(FIRST))
    town.refused(BadCounts, correction(8), town.counter(FIRST))
    town.do(correction(6), town.counter(FIRST))
    review = town.review(member("0104"))
    assert (review.stage, review.voted_level, review.dates["voted"]) == (life.VOTED, "HTTNV", MET)
    town.do(correction(2), town.secretary(FIRST))
    assert town.review(member("0104")).stage == life.REVIEWED
    town.do(correction(6), town.counter(FIRST))
    town.do(AnnounceResult(review=member("0104"), on=MET), town.secretary(FIRST))
    town.submit()
    town.appraise()
    assert all(row.done for row in town.decide().rows)
    assert town.review(member("0104")).decided_level == "HTTNV"


def test_a_correction_after_the_report_puts_the_result_in_doubt(database: Database) -> None:
    """The cell does not take back what the superior already has: the deciding body looks again."""
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    town.meet(people=PEOPLE)
    town.submit()
    town.appraise()
    town.do(correction(1), town.counter(FIRST))
    review = town.review(member("0104"))
    assert (review.stage, review.voted_level) == (life.APPRAISED, "HTTNV")
    assert "in_doubt" in review.flags
    town.now.put(DECIDED)
    rows = (Judgement(review=member("0104"), level="HTTNV"),)
    decide = DecideBundle(submission="CB01-KQ", on=DECIDED, document="QĐ 36", rows=rows)
    town.refused(Blocked, decide, COMMITTEE)
    clear = ClearFlag(review=member("0104"), flag="in_doubt", on=DECIDED, reason="KL 5")
    town.refused(NotAllowed, clear, town.secretary(FIRST))
    town.do(clear, COMMITTEE)
    town.do(decide, COMMITTEE)


def test_after_the_decision_only_the_deciding_body_corrects_a_fact(database: Database) -> None:
    """What a level rests on is not the cell's to change any more; the review is in doubt until concluded."""
    town = approved(database)
    fix = CorrectEntry(review=member("0104"), entry="task.completion", now="basic", reason="ghi khác")
    town.refused(NotAllowed, fix, town.counter(FIRST))
    town.do(fix, COMMITTEE)
    review = town.review(member("0104"))
    assert (review.stage, review.decided_level) == (life.APPROVED, "HTTNV")
    assert review.facts["task.completion"][0] == "basic"
    assert "in_doubt" in review.flags


def test_papers_without_a_single_count_are_refused(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    sheet = Papers(issued=6, collected=6, valid=6, invalid=0, secret=True)
    evening = town.evening(people=PEOPLE, ballot=False)
    town.refused(BadInput, replace(evening, papers=sheet), town.secretary(FIRST))


def test_a_ballot_that_no_level_carries_is_marked_and_repeated_with_its_reason(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    town.meet(people=PEOPLE, levels={"0104": "HTNV"}, votes={"0104": 1})
    assert "no_result" in town.review(member("0104")).flags
    town.sheet("0104", "HTNV", 6, day=MET, name="B2")
    assert "no_result" not in town.review(member("0104")).flags
    town.do(RepeatBallot(review=member("0104"), reason="kiểm lại"), town.secretary(FIRST))
    town.sheet("0104", "HTNV", 1, day=MET, name="B3")
    town.do(
        CorrectCount(ballot="B3", review=member("0104"), level="HTNV", now=6, reason="nhập nhầm"),
        town.secretary(FIRST),
    )
    review = town.review(member("0104"))
    assert (review.stage, "no_result" in review.flags) == (life.VOTED, False)


def test_an_exempt_member_has_no_review_to_hold_and_does_not_vote(database: Database) -> None:
    town = Town.on(database).open(statuses={"0104": PartyStatus.EXEMPT})
    assert town.review(member("0104")).stage == life.EXEMPT
    town.now.put(SENT)
    town.refused(
        WrongStage,
        written(member("0104"), SENT),
        town.secretary(FIRST),
    )
    town.do(written(member("0105"), SENT), town.secretary(FIRST))


@pytest.mark.parametrize(
    ("admitted", "rated"),
    [
        (date(2016, 7, 10), True),  # six months to the day of the ballot
        (date(2016, 7, 11), False),  # a day short of them
    ],
)
def test_a_member_is_rated_from_six_full_months_on(database: Database, admitted: date, rated: bool) -> None:
    """DUK-2016, III.2.3.5; the day of the ballot counts (C-07)."""
    town = Town.on(database).open(admitted={"0104": admitted})
    town.make_ready(people=PEOPLE)
    town.meet(people=PEOPLE)
    assert town.review(member("0104")).stage == (life.VOTED if rated else life.REVIEWED_UNRATED)


def test_a_later_entry_reopens_what_rested_on_the_declared_list(database: Database) -> None:
    """Nobody is known to be without discipline once an entry came after the declaration (C-15)."""
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    entry = RecordListEntry(
        campaign=CAMPAIGN, organisation=FIRST, list="discipline", subject="0199", decided_on=date(2016, 3, 1)
    )
    town.do(entry, town.secretary(FIRST))
    evening = town.evening(people=PEOPLE)
    town.now.put(MET)
    refused = town.refused(RulesFail, evening, town.secretary(FIRST))
    assert {f.rule for f in refused.failed} == {"duk.serving_discipline"}
    assert {str(f.verdict) for f in refused.failed} == {"unknown"}
    town.declare(FIRST, as_of=MET)
    town.do(evening, town.secretary(FIRST))


def test_a_roster_change_is_told_to_the_reviews_it_touches(database: Database) -> None:
    town = Town.on(database).open()
    before = town.review(member("0104"))
    post = PositionRecord(
        person_id="0104", organisation_id=FIRST, post=Post.COMMITTEE_MEMBER, held_from=date(2017, 1, 2)
    )
    town.now.put(date(2017, 1, 2))
    town.change_roster(date(2017, 1, 2), new={"position": [post]}, touched=((member("0104"), "re_scoped"),))
    after = town.review(member("0104"))
    assert (after.stage, after.version) == (before.stage, before.version + 1)
    last = town.history(f"review/{member('0104')}")[-1]
    assert last.name == "basis_changed"
    assert town.review(member("0105")).version == 1, "others are not told"
