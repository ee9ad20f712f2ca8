"""A tie is declared, and keeps a person from chairing, counting, appraising and deciding; nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from handlers.access.tables import CONFLICTS
from handlers.covered import uncovered
from handlers.rebuild import disagreements
from handlers.tables import BALLOTS, PRIVATE_TEXTS
from states import review as life
from states.flags import IRREGULAR
from states.roles import Role
from tests.builders import (
    APPRAISED,
    BASE,
    BOARD,
    COMMITTEE,
    DECIDED,
    FIRST,
    MET,
    SECOND,
    collective,
    member,
)
from tests.town import Town
from workflow.commands.access import DeclareConflict, EndConflict
from workflow.commands.asking import Actor
from workflow.commands.beside import AuthoriseException
from workflow.commands.deciding import AppraiseBundle, DecideBundle
from workflow.commands.meeting import CountBallot, IssueBallot, PlanMeeting
from workflow.database import Database
from workflow.errors import BadInput, InConflict, NotAllowed, RulesFail, WrongStage

DEPUTY, HEAD, THIRD, MEMBER = "0102", "0101", "0103", "0105"
INSPECTOR = Actor(id="KT-01", role=Role.INSPECTION, body=BASE)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def town(database: Database) -> Town:
    return Town.on(database).open()


def declare(
    town: Town, person: str, subject: str, closeness: str = "spouse", *, by: Actor | None = None, **told: Any
) -> None:
    command = DeclareConflict(
        conflict=told.pop("conflict", f"X-{person}-{subject}"),
        person=person,
        subject=subject,
        closeness=closeness,
        body=told.pop("body", FIRST),
        **told,
    )
    town.do(command, by or Actor(id=person, role=Role.MEMBER, body=FIRST))


def agrees(town: Town) -> None:
    with town.database.read() as connection:
        assert [str(one) for one in disagreements(connection)] == []
        assert [str(one) for one in uncovered(connection)] == []


# --- declaring ------------------------------------------------------------------------------------


def test_a_tie_is_declared_by_oneself_the_own_body_or_inspection_above(town: Town) -> None:
    declare(town, MEMBER, HEAD)
    declare(town, THIRD, HEAD, by=town.secretary(FIRST))
    declare(town, DEPUTY, HEAD, "sibling", by=INSPECTOR)
    agrees(town)


def test_nobody_else_declares_it(town: Town) -> None:
    command = DeclareConflict(conflict="X", person=MEMBER, subject=HEAD, closeness="spouse", body=FIRST)
    for actor in (
        Actor(id="0106", role=Role.MEMBER, body=FIRST),
        town.secretary(SECOND),
        Actor(id="KT-02", role=Role.INSPECTION, body=SECOND),
        Actor(id="QT-01", role=Role.ADMINISTRATOR, body=BASE),
        Actor(id="GS-01", role=Role.AUDITOR, body=BASE),
    ):
        town.refused(NotAllowed, command, actor)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"subject": MEMBER}, "subject"),
        ({"subject": "9999"}, "subject"),
        ({"person": "9999"}, "person"),
        ({"body": SECOND}, "body"),
        ({"closeness": "friend"}, "closeness"),
        ({"conflict": "a b"}, "conflict"),
    ],
)
def test_what_cannot_be_declared_is_named(town: Town, wrong: dict[str, str], field: str) -> None:
    told = {"conflict": "X", "person": MEMBER, "subject": HEAD, "closeness": "spouse", "body": FIRST}
    refused = town.refused(BadInput, DeclareConflict(**{**told, **wrong}), INSPECTOR)
    assert refused.field == field


def test_the_reason_lies_beside_the_log_under_its_digest(town: Town) -> None:
    why = "góp vốn chung với gia đình"
    declare(town, MEMBER, HEAD, "other", reason=f" {why} ")
    with town.database.read() as connection:
        kept = connection.execute(select(PRIVATE_TEXTS).where(PRIVATE_TEXTS.c.kind == "conflict")).one()
        row = connection.execute(select(CONFLICTS)).one()
    assert kept.content == why
    assert kept.digest == row.reason_digest
    told = town.history(f"conflict/{row.conflict_id}")
    assert all(why.encode() not in stored.data for stored in told)
    agrees(town)


def test_whom_it_keeps_away_does_not_end_it_himself(town: Town) -> None:
    declare(town, HEAD, MEMBER)
    end = EndConflict(conflict=f"X-{HEAD}-{MEMBER}", reason="đã ly hôn")
    town.refused(BadInput, end, town.secretary(FIRST))
    town.do(end, INSPECTOR)
    town.refused(WrongStage, end, INSPECTOR)
    agrees(town)


# --- the chair ------------------------------------------------------------------------------------


@pytest.mark.parametrize("declared_by_the_other", [False, True])
def test_who_is_family_of_the_subject_does_not_chair_his_item(
    town: Town, declared_by_the_other: bool
) -> None:
    pair = (MEMBER, HEAD) if declared_by_the_other else (HEAD, MEMBER)
    declare(town, *pair)
    town.make_ready()
    meeting = town.evening()
    town.now.put(MET, 20)
    refused = town.refused(InConflict, meeting, town.secretary(FIRST))
    assert refused.pairs == ((HEAD, member(MEMBER)),)
    assert "C-09" in refused.vi
    assert "đồng chí khác chủ trì" in refused.vi


def test_an_interest_of_another_kind_stands_one_way(town: Town) -> None:
    declare(town, MEMBER, HEAD, "other")
    town.make_ready()
    town.meet()
    assert town.review(member(MEMBER)).stage == life.VOTED


def test_another_chair_takes_the_item(town: Town) -> None:
    declare(town, HEAD, MEMBER)
    town.make_ready()
    meeting = town.evening()
    items = tuple(
        town.item(MEMBER, chair=DEPUTY, counts=item.counts) if item.review == member(MEMBER) else item
        for item in meeting.items
    )
    town.now.put(MET, 20)
    town.do(replace(meeting, items=items), town.secretary(FIRST))
    assert town.review(member(MEMBER)).stage == life.VOTED


def test_nobody_chairs_his_own_item(town: Town) -> None:
    town.make_ready()
    meeting = town.evening()
    items = tuple(
        town.item(MEMBER, chair=MEMBER, counts=item.counts) if item.review == member(MEMBER) else item
        for item in meeting.items
    )
    town.now.put(MET, 20)
    refused = town.refused(InConflict, replace(meeting, items=items), town.secretary(FIRST))
    assert refused.pairs == ((MEMBER, member(MEMBER)),)


def test_that_the_head_does_not_chair_his_own_is_told_once_by_the_rule_of_the_regime(town: Town) -> None:
    town.make_ready()
    meeting = town.evening()
    items = tuple(
        town.item(HEAD, chair=HEAD, counts=item.counts) if item.review == member(HEAD) else item
        for item in meeting.items
    )
    town.now.put(MET, 20)
    town.refused(RulesFail, replace(meeting, items=items), town.secretary(FIRST))
    town.do(replace(meeting, items=items, took_place=True), town.secretary(FIRST))
    assert "C-09" not in town.review(member(HEAD)).flags[IRREGULAR]


def test_a_plan_with_such_a_chair_is_refused(town: Town) -> None:
    declare(town, HEAD, MEMBER)
    town.make_ready()
    plan = PlanMeeting(
        meeting="H-1",
        campaign="2016",
        organisation=FIRST,
        venue=FIRST,
        day=MET,
        items=tuple(item for item in town.evening(ballot=False).items),
    )
    refused = town.refused(InConflict, plan, town.secretary(FIRST))
    assert not refused.may_report


def test_what_took_place_so_is_recorded_as_irregular_and_may_be_excepted(town: Town) -> None:
    declare(town, HEAD, MEMBER)
    town.make_ready()
    meeting = town.evening()
    town.now.put(MET, 20)
    assert town.refused(InConflict, meeting, town.secretary(FIRST)).may_report
    town.do(replace(meeting, took_place=True), town.secretary(FIRST))
    review = town.review(member(MEMBER))
    assert review.flags[IRREGULAR] == ("C-09",)
    assert review.stage == life.REVIEWED  # the others were voted on, this one waits
    assert town.review(member("0106")).stage == life.VOTED
    town.do(
        AuthoriseException(
            review=member(MEMBER), rules=("C-09",), reason="không có ai khác", document="CV 7", on=MET
        ),
        COMMITTEE,
    )
    assert IRREGULAR not in town.review(member(MEMBER)).flags


def test_a_tie_that_ended_before_the_meeting_counts_no_more_and_one_that_ended_after_it_does(
    town: Town,
) -> None:
    declare(town, HEAD, MEMBER)
    town.make_ready()
    town.now.put(MET)
    town.do(EndConflict(conflict=f"X-{HEAD}-{MEMBER}", reason="đã ly hôn"), INSPECTOR)
    town.now.put(MET + ONE_DAY, 20)
    held_before = town.evening(day=MET - ONE_DAY)
    town.refused(InConflict, held_before, town.secretary(FIRST))
    town.do(town.evening(day=MET), town.secretary(FIRST))


# --- the papers -----------------------------------------------------------------------------------


def issue(town: Town, **told: Any) -> IssueBallot:
    return IssueBallot(
        ballot="P-1",
        campaign="2016",
        organisation=FIRST,
        meeting="P-1",
        day=MET,
        motions=((member(MEMBER), "HTTNV"), (member("0106"), "HTTNV")),
        secret=True,
        **told,
    )


@pytest.fixture
def reviewed(town: Town) -> Town:
    """Everybody is reviewed, nobody is voted on; the third and a member are married."""
    declare(town, THIRD, MEMBER)
    town.make_ready()
    town.meet(ballot=False)
    return town


def test_who_is_too_close_to_somebody_on_the_sheet_is_not_on_the_counting_team(reviewed: Town) -> None:
    refused = reviewed.refused(
        InConflict, issue(reviewed, counters=(DEPUTY, THIRD)), reviewed.secretary(FIRST)
    )
    assert refused.pairs == ((THIRD, member(MEMBER)),)
    reviewed.do(issue(reviewed, counters=(DEPUTY, "0107")), reviewed.secretary(FIRST))


def test_a_tie_changes_nothing_about_who_counts_for_the_ballot(reviewed: Town) -> None:
    """C-09: the denominator changes only where a clause or a cited layer says so."""
    reviewed.do(issue(reviewed), reviewed.secretary(FIRST))
    with reviewed.database.read() as connection:
        sheet = connection.execute(select(BALLOTS)).one()
    assert sheet.entitled == reviewed.entitled(FIRST)


def test_of_the_counting_team_another_member_enters_the_count(reviewed: Town) -> None:
    reviewed.do(issue(reviewed), reviewed.secretary(FIRST))
    everybody = reviewed.entitled(FIRST)
    count = CountBallot(
        ballot="P-1",
        issued=everybody,
        collected=everybody,
        valid=everybody,
        invalid=0,
        tallies=((member(MEMBER), "HTTNV", everybody), (member("0106"), "HTTNV", everybody)),
    )
    reviewed.refused(InConflict, count, Actor(id=THIRD, role=Role.COUNTING_TEAM, body=FIRST))
    reviewed.do(count, Actor(id="0107", role=Role.COUNTING_TEAM, body=FIRST))


# --- appraisal and decision -----------------------------------------------------------------------


@pytest.fixture
def submitted(town: Town) -> Town:
    town.make_ready()
    town.meet()
    town.submit()
    return town


def of_board(person: str) -> Actor:
    return Actor(id=person, role=Role.ORGANISATION_BOARD, body=BASE)


def test_the_rows_one_is_too_close_to_drop_out_of_the_appraisal_and_the_rest_goes_on(submitted: Town) -> None:
    declare(submitted, THIRD, MEMBER)
    submitted.now.put(APPRAISED)
    answer = submitted.do(AppraiseBundle(submission="CB01-KQ", on=APPRAISED), of_board(THIRD))
    fallen = {row.row for row in answer.rows if not row.done}
    assert fallen == {member(THIRD), member(MEMBER)}  # his own row, and that of his wife
    assert {row.problem for row in answer.rows if not row.done} == {"InConflict"}
    assert submitted.review(member(MEMBER)).stage == life.SUBMITTED
    assert submitted.review(member("0106")).stage == life.APPRAISED
    submitted.do(AppraiseBundle(submission="CB01-KQ", on=APPRAISED), BOARD)
    assert submitted.review(member(MEMBER)).stage == life.APPRAISED


def test_so_do_those_of_a_decision(submitted: Town) -> None:
    submitted.appraise()
    declare(submitted, HEAD, MEMBER)
    decider = Actor(id=HEAD, role=Role.SUPERIOR_COMMITTEE, body=BASE)
    submitted.now.put(DECIDED)
    decide = DecideBundle(submission="CB01-KQ", on=DECIDED, document="QĐ 36-QĐ/ĐU")
    answer = submitted.do(decide, decider)
    assert {row.row for row in answer.rows if not row.done} == {member(HEAD), member(MEMBER)}
    assert submitted.review(member("0106")).stage == life.APPROVED
    refused = submitted.refused(InConflict, decide, decider)  # nothing else is left
    assert refused.what == "decide"
    submitted.do(decide, COMMITTEE)
    assert submitted.review(member(HEAD)).stage == life.APPROVED
    agrees(submitted)


def test_a_tie_to_a_body_keeps_a_person_from_its_row(submitted: Town) -> None:
    declare(submitted, THIRD, FIRST, "other", conflict="X-body")
    submitted.now.put(APPRAISED)
    answer = submitted.do(AppraiseBundle(submission="CB01-KQ", on=APPRAISED), of_board(THIRD))
    assert collective(FIRST) in {row.row for row in answer.rows if not row.done} | {member(THIRD)}
