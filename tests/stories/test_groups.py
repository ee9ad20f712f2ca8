"""A member's review held in a Party group: it fills the cell's session, and the cell alone votes."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.opening import open_campaign
from handlers.roster.records import OrganisationRecord, PositionRecord
from handlers.roster.vocabulary import OrganisationType, Post
from handlers.roster_facts import read_people
from states import review as life
from tests.builders import (
    CAMPAIGN,
    FIRST,
    MET,
    OFFICER,
    ROSTER,
    SECOND,
    TICKS,
    collective,
    member,
)
from tests.town import Town
from workflow.commands.meeting import AgendaItem, CancelMeeting, HoldSession, PlanMeeting, RecordMeeting
from workflow.commands.preparing import FactEntry, RecordFacts
from workflow.database import Database
from workflow.errors import BadInput, NotAllowed, RulesFail

PEOPLE = ("0101", "0102", "0103", "0104", "0105")
THEN = date(2017, 1, 12)
"""Two evenings after the cell met for its collective and its leaders."""

GROUP, OTHERS = "CB01-T1", "CB02-T1"


@pytest.fixture
def town(database: Database) -> Town:
    """The drafts of the first cell are out; each cell has a Party group, 0104 heads that of the first."""
    found = Town.on(database)
    found.enter_roster()
    groups = [
        OrganisationRecord(
            organisation_id=group,
            name="Tổ đảng 1",
            type=OrganisationType.TO_DANG,
            superior_id=cell,
            founded_on=date(2010, 2, 3),
        )
        for group, cell in ((GROUP, FIRST), (OTHERS, SECOND))
    ]
    head = PositionRecord(person_id="0104", organisation_id=GROUP, post=Post.HEAD, held_from=date(2015, 4, 1))
    found.change_roster(ROSTER, new={"organisation": groups, "position": [head]})
    found.plan()
    open_campaign(found.engine, OFFICER, CAMPAIGN)
    found.make_ready(people=PEOPLE)
    found.now.put(THEN, 21)
    return found


def evening(*people: str, venue: str = GROUP, **told: object) -> RecordMeeting:
    """A meeting of the group on these people, 0104 in the chair."""
    items = tuple(AgendaItem(review=member(person), chair="0104", ticked=TICKS) for person in people)
    given = {
        "meeting": "T1", "campaign": CAMPAIGN, "organisation": FIRST, "venue": venue, "day": THEN,
        "items": items, "present": 3,
    }  # fmt: skip
    return RecordMeeting(**given | told)  # type: ignore[arg-type]  # fields of a meeting


def cell_meets(town: Town, *people: str) -> None:
    """The cell itself takes its collective and these people, without a ballot."""
    town.do(town.evening(people=people, ballot=False), town.secretary(FIRST))


def test_a_session_in_the_group_fills_the_session_of_the_cell(town: Town) -> None:
    """The group waits for the collective and the leaders of the cell as the cell does (II.3.2.b)."""
    secretary = town.secretary(FIRST)
    early = town.refused(RulesFail, evening("0105"), secretary)
    assert {f.rule for f in early.failed} == {"duk.collective_first_in_cell", "duk.leaders_before_members"}
    cell_meets(town, "0101", "0102", "0103")
    town.do(evening("0105"), secretary)
    review = town.review(member("0105"))
    assert review.stage == life.REVIEWED and not review.pending_venues
    assert review.in_group and review.sessions[FIRST].group == GROUP
    assert not town.review(member("0101")).in_group


def test_the_cell_votes_once_the_group_has_reported(town: Town) -> None:
    secretary = town.secretary(FIRST)
    cell_meets(town, "0101", "0102", "0103")
    town.do(evening("0105"), secretary)
    ballot = replace(town.evening(people=["0105"], with_collective=False, day=THEN), meeting="M2")
    unknown = town.refused(RulesFail, ballot, secretary)
    assert [f.rule for f in unknown.failed] == ["duk.group_reports_to_cell"]
    reported = FactEntry(fact="order.group_report", value=True, on=THEN)
    town.do(RecordFacts(review=member("0105"), facts=(reported,)), secretary)
    town.do(ballot, secretary)
    assert town.review(member("0105")).stage == life.VOTED


def test_a_group_takes_members_of_its_own_cell_and_votes_on_nobody(town: Town) -> None:
    secretary = town.secretary(FIRST)
    cell_meets(town, "0101", "0102", "0103")
    foreign = HoldSession(review=member("0105"), meeting="T2", venue=OTHERS, day=THEN, item=1, ticked=TICKS)
    assert town.refused(BadInput, foreign, secretary).field == "venue"
    body = HoldSession(review=collective(FIRST), meeting="T2", venue=GROUP, day=THEN, item=1, ticked=TICKS)
    assert town.refused(BadInput, body, secretary).field == "venue"
    counted = town.evening(people=["0105"], with_collective=False, day=THEN)
    assert town.refused(BadInput, replace(counted, venue=GROUP, meeting="T1"), secretary).field == "papers"
    town.refused(NotAllowed, evening("0105"), town.secretary(SECOND))
    town.do(replace(foreign, venue=GROUP, chair="0104"), secretary)
    assert town.review(member("0105")).in_group


def test_the_cell_plans_and_calls_off_a_meeting_of_its_group(town: Town) -> None:
    cell_meets(town, "0101", "0102", "0103")
    evening_planned = evening("0105")
    plan = PlanMeeting(
        meeting="T1", campaign=CAMPAIGN, organisation=FIRST, venue=GROUP, day=date(2017, 1, 16),
        items=evening_planned.items,
    )  # fmt: skip
    town.refused(NotAllowed, plan, town.secretary(SECOND))
    town.do(plan, town.secretary(FIRST))
    off = CancelMeeting(meeting="T1", reason="mất điện")
    town.refused(NotAllowed, off, town.secretary(SECOND))
    town.do(off, town.secretary(FIRST))


def test_the_head_of_a_group_is_an_ordinary_member(town: Town) -> None:
    """He needs no notice to the superior and waits for the leaders; the deputy of the cell is one of them."""
    with town.database.read() as connection:
        people = read_people(connection, ["0102", "0104"], [FIRST, GROUP], MET)
    assert people.person_facts("0104", FIRST)["subject.is_leader"] is False
    assert people.person_facts("0102", FIRST)["subject.is_leader"] is True
    assert people.roles_at(GROUP) == {"0104": "head"}
    secretary = town.secretary(FIRST)
    hasty = town.evening(people=["0101", "0104", "0102", "0103"], ballot=False)
    failed = town.refused(RulesFail, hasty, secretary)
    assert {f.rule for f in failed.failed} == {"duk.leaders_before_members"}
    town.do(town.evening(people=["0101", "0102", "0103", "0104"], ballot=False), secretary)
