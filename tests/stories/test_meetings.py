"""Evenings that run into the regulation: drafts, order, chairs, absence, what really happened otherwise."""

from dataclasses import replace
from datetime import date

import pytest

from states import review as life
from tests.builders import BASE, BOARD, CAMPAIGN, COMMITTEE, FIRST, MET, SENT, TICKS, collective, member
from tests.town import Town
from workflow.commands.asking import Command
from workflow.commands.beside import AuthoriseException, Pause, Resume
from workflow.commands.campaign import DeclareLists, RateNeighbour, RecordListEntry
from workflow.commands.meeting import (
    AnnounceResult,
    CancelMeeting,
    HoldSession,
    IssueBallot,
    PlanMeeting,
    RecordMeeting,
)
from workflow.commands.preparing import FactEntry, NotifySuperior, Prepare, RateSelf, RecordFacts, SendDraft
from workflow.database import Database
from workflow.errors import AlreadyThere, Blocked, RulesFail, WrongStage

PEOPLE = ("0101", "0102", "0103", "0104")


def planned(evening: RecordMeeting, day: date) -> PlanMeeting:
    """The same agenda, set for a day."""
    return PlanMeeting(
        meeting=evening.meeting,
        campaign=CAMPAIGN,
        organisation=FIRST,
        venue=FIRST,
        day=day,
        items=evening.items,
    )


def rules_of(refusal: RulesFail) -> set[str]:
    return {finding.rule for finding in refusal.failed}


@pytest.mark.parametrize(("sent", "refused"), [(7, False), (8, True)])
def test_the_draft_is_there_three_days_before(database: Database, sent: int, refused: bool) -> None:
    """Sent on the 7th the meeting may be on the 10th; sent on the 8th it may not (DUK-2016, II.3.1; C-02)."""
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE, sent=date(2017, 1, sent))
    plan = planned(town.evening(people=PEOPLE, ballot=False), MET)
    if refused:
        assert "duk.notice_to_participants" in rules_of(town.refused(RulesFail, plan, town.secretary(FIRST)))
        town.do(replace(plan, day=date(2017, 1, 11)), town.secretary(FIRST))
    else:
        town.do(plan, town.secretary(FIRST))


def test_individuals_wait_for_the_collective_and_members_for_leaders(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    evening = town.evening(people=PEOPLE, ballot=False)
    town.now.put(MET)
    first, head, *rest = evening.items
    early = replace(evening, items=(head, first, *rest))
    assert "duk.collective_first_in_cell" in rules_of(town.refused(RulesFail, early, town.secretary(FIRST)))
    *leaders, ordinary = rest
    hasty = replace(evening, items=(first, ordinary, head, *leaders))
    assert "duk.leaders_before_members" in rules_of(town.refused(RulesFail, hasty, town.secretary(FIRST)))
    town.do(evening, town.secretary(FIRST))


def test_the_head_is_reviewed_with_a_deputy_in_the_chair(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    evening = town.evening(people=PEOPLE, ballot=False)
    town.now.put(MET)
    first, head, *rest = evening.items
    for chair in ("0101", "0103"):
        own = replace(evening, items=(first, replace(head, chair=chair), *rest))
        assert rules_of(town.refused(RulesFail, own, town.secretary(FIRST))) == {"duk.deputy_chairs_for_head"}
    town.do(evening, town.secretary(FIRST))
    assert town.review(member("0101")).sessions[FIRST].chair_role == "deputy"


def test_what_took_place_against_a_rule_is_kept_and_held_until_an_exception(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE, sent=date(2017, 1, 9))
    evening = town.evening(people=PEOPLE)
    town.now.put(MET, 21)
    refusal = town.refused(RulesFail, evening, town.secretary(FIRST))
    assert refusal.may_report, "the refusal says how a true day is recorded"
    town.do(replace(evening, took_place=True), town.secretary(FIRST))
    review = town.review(collective(FIRST))
    assert review.flags["irregular"] == ("duk.notice_to_participants",)
    submit = town.bundle(on=date(2017, 1, 16), reviews=(collective(FIRST),))
    town.now.put(submit.on)
    town.refused(Blocked, submit, town.secretary(FIRST))
    exception = AuthoriseException(
        review=collective(FIRST),
        rules=("duk.notice_to_participants",),
        on=submit.on,
        reason="ba ca",
        document="CV 15-CV/ĐU",
    )
    town.do(exception, COMMITTEE)
    town.do(submit, town.secretary(FIRST))
    review = town.review(collective(FIRST))
    assert not review.flags and review.excepted == ("duk.notice_to_participants",)


def test_an_irregular_session_is_put_right_by_holding_it_again(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    evening = town.evening(people=PEOPLE, ballot=False)
    first, head, *rest = evening.items
    town.now.put(MET, 21)
    bad = replace(evening, took_place=True, items=(first, replace(head, chair="0101"), *rest))
    town.do(bad, town.secretary(FIRST))
    assert "irregular" in town.review(member("0101")).flags
    town.refused(AlreadyThere, evening, town.secretary(FIRST))
    again = HoldSession(
        review=member("0101"), meeting="CB01-0110b", venue=FIRST, day=MET, item=9, chair="0102", ticked=TICKS
    )
    town.do(again, town.secretary(FIRST))
    assert "irregular" not in town.review(member("0101")).flags


def test_an_absent_member_is_taken_at_the_next_meeting_attended(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    town.meet(people=PEOPLE, absent=["0104"])
    assert town.review(member("0104")).stage == life.ABSENT
    day = date(2017, 1, 17)
    town.now.put(day, 19)
    issue = IssueBallot(
        ballot="B", campaign=CAMPAIGN, organisation=FIRST, meeting="B", day=day, secret=True,
        motions=((member("0104"), "HTTNV"),),
    )  # fmt: skip
    town.refused(RulesFail, issue, town.secretary(FIRST))
    town.meet(people=["0104"], day=day, with_collective=False)
    assert town.review(member("0104")).stage == life.VOTED
    assert town.review(member("0104")).sessions[FIRST].on == day


def test_an_absent_leader_does_not_keep_the_others_waiting(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    town.meet(people=PEOPLE, absent=["0103"])
    assert town.review(member("0104")).stage == life.VOTED


def test_a_paused_review_goes_on_from_where_it_stopped(database: Database) -> None:
    """And what becomes known meanwhile is entered without losing the way back."""
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    review, secretary = member("0104"), town.secretary(FIRST)
    town.do(Pause(review=review, on=SENT, reason="đơn thư"), secretary)
    fact = FactEntry(fact="fault.disunity", value=False, on=SENT)
    evening = town.evening(people=PEOPLE)
    town.now.put(MET)
    town.refused(WrongStage, evening, secretary)
    town.do(RecordFacts(review=review, facts=(fact,)), secretary)
    town.do(Resume(review=review, on=MET, conclusion="KL 12-KL/UBKT"), secretary)
    town.do(evening, secretary)
    assert town.review(review).stage == life.VOTED


def test_a_meeting_called_off_is_not_held(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    evening = town.evening(people=PEOPLE, ballot=False)
    town.do(planned(evening, MET), town.secretary(FIRST))
    town.do(CancelMeeting(meeting=evening.meeting, reason="bão số 2"), town.secretary(FIRST))
    town.now.put(MET)
    town.refused(WrongStage, evening, town.secretary(FIRST))


IMPOSSIBLE: list[tuple[str, Command]] = [
    ("prepared tomorrow", Prepare(review=member("0105"), on=date(2017, 2, 1))),
    (
        "draft before it was written",
        SendDraft(
            review=collective(FIRST), on=date(2016, 12, 1), recipients=9, ticked=("report.directed_by_head",)
        ),
    ),
    ("draft to nobody", SendDraft(review=collective(FIRST), on=MET, recipients=0)),
    ("result before the ballot", AnnounceResult(review=member("0104"), on=SENT)),
    ("lists of tomorrow", DeclareLists(
        campaign=CAMPAIGN, organisation=FIRST, lists=("discipline",), as_of=date(2017, 2, 1))),
    ("no list", DeclareLists(campaign=CAMPAIGN, organisation=FIRST, lists=(), as_of=MET)),
    ("a list nobody keeps", DeclareLists(
        campaign=CAMPAIGN, organisation=FIRST, lists=("x",), as_of=MET)),
    ("sick leave that ends before it begins", RecordListEntry(
        campaign=CAMPAIGN, organisation=FIRST, list="sick_leave", subject="0104", from_day=MET, to_day=SENT)),
    ("fifth place of four", RateNeighbour(
        campaign=CAMPAIGN, organisation=FIRST, neighbour="CĐ", neighbour_kind="administration", rank=5,
        scale_length=4, rated_on=MET, document="TB")),
    ("no fact", RecordFacts(review=member("0104"), facts=())),
    ("31 February", RecordFacts(review=member("0104"), facts=(
        FactEntry(fact="staff.rated_on", value="2017-02-31", on=MET),))),
    ("a level of another scale", RateSelf(review=member("0105"), level="TSVM", on=MET)),
    ("points that are no number", RecordFacts(review=f"{CAMPAIGN}.organisation.{FIRST}", facts=(
        FactEntry(fact="score.ideology", value="hai mươi", on=MET),))),
]  # fmt: skip


def test_what_cannot_be_is_refused_by_the_name_of_its_field(database: Database) -> None:
    from workflow.errors import BadInput

    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    town.meet(people=PEOPLE)
    for what, command in IMPOSSIBLE:
        refusal = town.refused(BadInput, command, town.secretary(FIRST))
        assert refusal.field, what


def test_points_outside_their_part_are_refused_with_the_rule(database: Database) -> None:
    town = Town.on(database).open()
    review = f"{CAMPAIGN}.organisation.{FIRST}"
    town.now.put(MET)
    for value, fits in (("20", True), ("20.5", False), ("-1", False), ("0", True)):
        command = RecordFacts(review=review, facts=(FactEntry(fact="score.ideology", value=value, on=MET),))
        if fits:
            town.do(command, town.secretary(FIRST))
        else:
            refusal = town.refused(RulesFail, command, town.secretary(FIRST))
            assert rules_of(refusal) == {"duk.points_ideology"}


def test_the_superior_is_told_by_the_cell_itself(database: Database) -> None:
    from workflow.errors import NotAllowed

    town = Town.on(database).open()
    town.make_ready(people=PEOPLE)
    told = NotifySuperior(review=collective(FIRST), on=SENT, attachments=True)
    assert town.refused(NotAllowed, told, BOARD).body == BASE
    town.do(told, town.secretary(FIRST))
