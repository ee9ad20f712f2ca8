"""Every command at every stage of every kind: let through along the table, or refused with a sentence."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from states import review as life
from states.flags import UNDER_VERIFICATION
from states.roles import Role
from tests.access.orders import ORDERS
from tests.builders import (
    BASE,
    BOARD,
    CAMPAIGN,
    COMMITTEE,
    DECIDED,
    FIRST,
    MET,
    OFFICER,
    PREPARED,
    PREPARED_TICKS,
    TICKS,
    a_review,
    written,
)
from workflow.bodies import Ballot, Body, Campaign, Submission
from workflow.commands.asking import Actor, Command, Request
from workflow.commands.beside import AuthoriseException, ClearFlag, CorrectEntry, Pause, RaiseFlag, Resume
from workflow.commands.calendar import (
    ConfirmCalendarChange,
    ProposeCalendarChange,
    WithdrawCalendarChange,
)
from workflow.commands.campaign import (
    CloseCampaign,
    DeclareLists,
    FinishOpening,
    GrantSpecialMerit,
    OpenBatch,
    PlanCampaign,
    RateNeighbour,
    RecordListEntry,
    RecordRosterChange,
    SettleListEntry,
    StartOpening,
)
from workflow.commands.deciding import (
    Annul,
    AppraiseBundle,
    CloseConsultation,
    DecideBundle,
    Judgement,
    OpenConsultation,
    RecordOpinion,
    ReturnBundle,
    StartRound,
    SubmitBundle,
)
from workflow.commands.meeting import (
    AgendaItem,
    AnnounceResult,
    CancelMeeting,
    CloseUnrated,
    ConfirmCount,
    CorrectCount,
    CountBallot,
    HoldSession,
    IssueBallot,
    MarkAbsent,
    PlanMeeting,
    RecordMeeting,
    RepeatBallot,
)
from workflow.commands.plan import (
    AcceptPlan,
    AssignPlan,
    CarryPlanOver,
    ClosePlan,
    DrawUpPlan,
    FollowUpPlan,
    ReportPlan,
    ReturnPlan,
)
from workflow.commands.preparing import (
    FactEntry,
    NotifySuperior,
    ProposeLevel,
    RateSelf,
    RecordFacts,
    SendDraft,
    TickItems,
)
from workflow.commands.reward import (
    DecideReward,
    ImportHistory,
    ProposeReward,
    RefuseReward,
    WithdrawReward,
)
from workflow.decide import COMMANDS, Extras, decide
from workflow.decision import Decision, Situation, traits
from workflow.errors import NotAllowed, Refusal, WrongStage
from workflow.needs import first_needs
from workflow.order import VenueOrder
from workflow.review import TRIGGERS, Review, fold
from workflow.rules.facts import Facts, FactValue
from workflow.rules.rulebook import Rulebook

TODAY = date(2017, 1, 25)
RULES = Rulebook.load("duk_2016")
KINDS = {life.INDIVIDUAL: "HTTNV", life.ORGANISATION: "HTTNV", life.COLLECTIVE: "HTTNV"}

SECRETARY = Actor(id="0101", role=Role.SECRETARY, body=FIRST)
SECOND_PERSON = Actor(id="0103", role=Role.COUNTING_TEAM, body=FIRST)
STRANGER = Actor(id="KT-01", role=Role.AUDITOR, body=FIRST)

Case = tuple[str, Command, Actor]


def acts(review: Review) -> Iterator[Case]:
    """For each move of the table the command that asks for it, by somebody the table names."""
    name, level, venue = review.id, KINDS[review.kind], review.venues[0][0]
    ballot, bundle = "CB01-0110", "CB01-KQ"
    yield "prepare", written(name, MET), SECRETARY
    fact = (FactEntry(fact="task.completion", value="good", on=PREPARED),)
    yield "record_fact", RecordFacts(review=name, facts=fact), SECRETARY
    item = PREPARED_TICKS[review.kind][0]
    yield "tick_items", TickItems(review=name, on=PREPARED, ticked=(item,)), SECRETARY
    yield "rate_self", RateSelf(review=name, level=level, on=PREPARED), SECRETARY
    yield "propose", ProposeLevel(review=name, level=level, on=MET, by="chi_uy"), SECRETARY
    yield (
        "send_draft",
        SendDraft(review=name, on=MET, recipients=12),
        SECRETARY,
    )
    yield "notify_superior", NotifySuperior(review=name, on=PREPARED, attachments=True), SECRETARY
    yield (
        "hold_session",
        HoldSession(
            review=name, meeting="M", venue=venue, day=DECIDED, item=1, chair="0102", ticked=TICKS,
            took_place=True,
        ),
        SECRETARY,
    )  # fmt: skip
    yield "mark_absent", MarkAbsent(review=name, on=MET), SECRETARY
    yield "pause", Pause(review=name, on=MET, reason="kiểm tra"), SECRETARY
    yield "resume", Resume(review=name, on=MET, conclusion="KL 12"), SECRETARY
    yield (
        "correct_vote",
        CorrectCount(ballot=ballot, review=name, level=level, now=6, reason="nhập nhầm"),
        SECOND_PERSON,
    )
    yield "repeat_ballot", RepeatBallot(review=name, reason="vượt hạn mức"), SECRETARY
    yield "announce", AnnounceResult(review=name, on=DECIDED), SECRETARY
    yield "close_unrated", CloseUnrated(review=name, on=DECIDED), SECRETARY
    yield (
        "submit",
        SubmitBundle(submission="NEW", campaign=CAMPAIGN, organisation=FIRST, on=DECIDED, reviews=(name,)),
        SECRETARY,
    )
    yield (
        "return",
        ReturnBundle(submission=bundle, on=DECIDED, reason="thiếu", reviews=(name,)),
        BOARD,
    )
    row = (Judgement(review=name, level=level),)
    appraised = "close_unrated" if review.kind == life.COLLECTIVE else "appraise"  # it carries no level
    yield appraised, AppraiseBundle(submission=bundle, on=DECIDED, rows=row), BOARD
    trigger = "re_rate" if review.round > 1 else "approve"
    yield trigger, DecideBundle(submission=bundle, on=TODAY, document="QĐ", rows=row), COMMITTEE
    yield "annul", Annul(review=name, on=TODAY, reason="khuyết điểm", document="QĐ"), COMMITTEE
    yield "start_round", StartRound(review=name, on=TODAY), COMMITTEE
    flag = UNDER_VERIFICATION
    yield "raise_flag", RaiseFlag(review=name, flag=flag, on=MET, reason="đơn thư"), COMMITTEE
    yield (
        "authorise_exception",
        AuthoriseException(
            review=name, rules=("duk.notice_to_participants",), on=MET, reason="ba ca", document="CV 15"
        ),
        COMMITTEE,
    )
    yield (
        "correct_entry",
        CorrectEntry(review=name, entry="task.completion", now="basic", reason="nhập nhầm"),
        COMMITTEE,
    )


def situation(review: Review, command: Command, actor: Actor) -> Situation:
    """The review among values as the engine gathers them: enough that the rules of its next step hold."""
    bundle = Submission(
        id="CB01-KQ", version=3, stage="submitted" if review.stage == life.SUBMITTED else "appraised",
        campaign=CAMPAIGN, organisation=FIRST, to=BASE, on=MET, rows={review.id: "HTTNV"},
        consulted={"CĐ": MET}, appraised={review.id: "HTTNV"},
    )  # fmt: skip
    sheet = Ballot(
        id="CB01-0110", version=2, stage="counted", campaign=CAMPAIGN, organisation=FIRST, meeting="M",
        day=MET, secret=True, entitled=6, on_roll=6, motions=((review.id, "HTTNV"),), valid=6,
        tallies={(review.id, "HTTNV"): 5},
    )  # fmt: skip
    facts: dict[str, FactValue | None] = {
        "campaign.year": 2016, "today": TODAY, "subject.status": "official", "subject.is_leader": False,
        "subject.is_staff": False, "subject.is_head": False, "subject.admitted_on": date(2005, 6, 1),
        "organisation.type": "chi_bo_truc_thuoc", "organisation.founded_on": date(1995, 5, 19),
        "cell.is_joint": False, "cell.has_groups": False, "ballot.official_members": 6,
        "ballot.members_on_roll": 6, "ballot.exempt_members": 0, "ballot.body": "cell_members",
        "collective.type": "chi_uy_truc_thuoc", "task.completion": "good", "fault.cell_tasks": False,
        "fault.prohibited_conduct": False, "fault.refused_assignment": False, "fault.disunity": False,
        "lists.discipline": (), "lists.sick_leave": (), "result.announced_on": MET,
        "draft.sent_on": date(2017, 1, 3), "notice.superior_on": date(2016, 12, 28),
        "notice.superior_attachments": True, "annul.by": "grassroots_committee", "annul.defect_found": True,
        "members.levels": ("HTTNV",), "members.pending": 0, "administration.exists": False,
        "mass_organisations.ranks": (), "committee.united": True, "committee.completion": "good",
        "meetings.regular": True, "organisation.leaders": ("0101",), "organisation.heads_beside": (),
    }  # fmt: skip
    if review.kind == life.ORGANISATION:
        facts |= {
            f"score.{name}": Decimal(points)
            for name, points in zip(
                ("political_tasks", "ideology", "organisation", "administration_mass", "inspection", "total"),
                ("33", "16.5", "12", "12", "8.5", "82"),
                strict=True,
            )
        }
        facts |= {"annul.by": "deciding_body", "review.stage": review.stage}
    order = VenueOrder(FIRST, "cell", collective="2016.collective.CB01", collective_at="2017-01-09#001")
    bodies: dict[str, Body] = {
        "submission/CB01-KQ": bundle,
        "submission/NEW": Submission(id="NEW"),
        "ballot/CB01-0110": sheet,
    }
    return Situation(
        request=Request(command=command, actor=actor),
        today=TODAY,
        campaign=Campaign(
            id=CAMPAIGN, version=5, stage="open", year=2016, organisation=BASE, superior="KHOI", subjects=1
        ),
        reviews={review.id: review},
        bodies=bodies,
        facts={
            review.id: Facts.of("set-up", facts),
            "": Facts.of(
                "set-up", {"quota.members_on_roll": 6, "campaign.year": 2016, "subordinates.total": 2}
            ),
        },
        order={FIRST: order},
        superiors={FIRST: (BASE, "KHOI"), BASE: ("KHOI",)},
        chairs={(FIRST, "0101"): "head", (FIRST, "0102"): "deputy"},
        rulebook=RULES,
        entered_by="0101",
    )


def told(review: Review, decision: Decision) -> list[str]:
    """The moves a decision makes on the review; every one is folded, which the table has to allow."""
    triggers = []
    for change in decision.changes:
        if change.stream == review.stream:
            fold(review.id, change.events, review)
            triggers += [TRIGGERS[type(event)] for event in change.events if type(event) in TRIGGERS]
    return triggers


def reached(kind: str) -> tuple[str, ...]:
    """The stages a review of this kind can stand at."""
    left_out: set[str] = set()
    if kind == life.COLLECTIVE:
        left_out = {life.VOTED, life.APPRAISED, life.APPROVED, life.RE_RATED, life.ANNULLED}
    if kind != life.INDIVIDUAL:
        left_out.add(life.ABSENT)
    return tuple(stage for stage in life.EVERY if stage not in left_out)


BY_WAY_OF = {life.ABSENT: "attend", life.PREPARED: "send_draft"}
PAIRS = [(kind, stage) for kind in life.KINDS for stage in reached(kind)]


@pytest.mark.parametrize(("kind", "stage"), PAIRS)
def test_a_command_the_table_has_no_row_for_is_refused(kind: str, stage: str) -> None:
    """And one it has a row for is never called the wrong stage, nor the wrong person."""
    review = a_review(kind).at(stage)
    for trigger, command, actor in acts(review):
        outcome = decide(situation(review, command, actor), Extras())
        standing = situation(review, command, actor)
        step = life.TABLE.step(trigger, stage, kind, review.remembered)
        if step is not None and not step.stands(traits(standing, review)):
            step = None  # a row another regime has
        where = f"{trigger} at {stage} of a {kind}: {outcome}"
        if trigger == "hold_session" and stage in BY_WAY_OF:
            # a session first marks an absentee present, and passes the stage of a draft nobody has to send
            assert not isinstance(outcome, NotAllowed), where
        elif step is None:
            assert isinstance(outcome, Refusal), where
        else:
            assert not isinstance(outcome, WrongStage | NotAllowed), where
        if isinstance(outcome, Refusal):
            assert outcome.vi and outcome.en, where
        else:
            assert trigger in told(review, outcome) or trigger == "correct_vote", where


@pytest.mark.parametrize(("kind", "stage"), PAIRS)
def test_nobody_the_table_does_not_name_gets_a_command_through(kind: str, stage: str) -> None:
    """The set-up is that of the success; only the capacity differs."""
    review = a_review(kind).at(stage)
    let_through = Counter[str]()
    for trigger, command, actor in acts(review):
        if isinstance(decide(situation(review, command, actor), Extras()), Refusal):
            continue
        let_through[trigger] += 1
        for other in (STRANGER, Actor(id=actor.id, role=actor.role, body="CB99"), OFFICER):
            outcome = decide(situation(review, command, other), Extras())
            assert isinstance(outcome, NotAllowed), f"{trigger} at {stage} of a {kind} by {other}: {outcome}"
    if stage != life.EXEMPT:  # a member excused by a clause is out of the campaign
        assert let_through, f"nothing at all can be done at {stage} of a {kind}"


def test_every_move_of_the_table_is_made_by_some_command_somewhere() -> None:
    """A row nobody can ask for would be a promise on paper; the sheet and the service make the rest."""
    made = {
        trigger
        for kind, stage in PAIRS
        for review in [a_review(kind).at(stage)]
        for _, command, actor in acts(review)
        for outcome in [decide(situation(review, command, actor), Extras())]
        if isinstance(outcome, Decision)
        for trigger in told(review, outcome)
    }
    by_other_tests = {
        "open_review", "exempt", "carry_motion", "fail_motion", "correct_to_carried", "correct_to_failed",
        "correct_to_level", "clear_flag", "conclude_review", "attend", "send_draft", "re_rate",
        "record_decision",
    }  # fmt: skip
    assert set(life.TABLE.triggers) - made <= by_other_tests


def test_every_command_says_what_it_needs() -> None:
    """A command nobody told the engine how to read would fail when it is first sent."""
    examples: dict[type[Command], Any] = {
        type(command): command for _, command, _ in acts(a_review().at(life.VOTED))
    }
    item = AgendaItem(review="2016.member.0101")
    examples |= {
        type(command): command
        for command in (
            PlanCampaign(
                campaign="X", year=2016, rulebook="duk_2016", organisation=BASE, superior="K", roster_day=MET
            ),
            StartOpening(campaign="X", subjects=1, believed_at=""),
            OpenBatch(campaign="X", batch=1, subjects=()),
            FinishOpening(campaign="X"),
            CloseCampaign(campaign="X"),
            GrantSpecialMerit(campaign="X", organisation=FIRST, document="QĐ"),
            RecordListEntry(campaign="X", organisation=FIRST, list="discipline", subject="0101"),
            SettleListEntry(campaign="X", organisation=FIRST, list="complaint", entry="0", settled_on=MET),
            DeclareLists(campaign="X", organisation=FIRST, lists=("discipline",), as_of=MET),
            RateNeighbour(
                campaign="X", organisation=FIRST, neighbour="CĐ", neighbour_kind="administration", rank=1,
                scale_length=4, rated_on=MET, document="TB",
            ),
            PlanMeeting(
                meeting="M", campaign="X", organisation=FIRST, venue=FIRST, day=MET, items=(item,)
            ),
            RecordMeeting(
                meeting="M", campaign="X", organisation=FIRST, venue=FIRST, day=MET, items=(item,), present=1
            ),
            CancelMeeting(meeting="M", reason="mưa"),
            IssueBallot(ballot="B", campaign="X", organisation=FIRST, meeting="M", day=MET, motions=()),
            CountBallot(ballot="B", issued=1, collected=1, valid=1, invalid=0, tallies=()),
            ConfirmCount(ballot="B"), CloseConsultation(submission="S", until=MET),
            OpenConsultation(submission="S", bodies=("CĐ",), until=MET),
            RecordOpinion(submission="S", body="CĐ", on=MET, text="nhất trí"),
            ClearFlag(review="2016.member.0101", flag="in_doubt", on=MET, reason="KL"),
            RecordRosterChange(source="i", digests=(), closed=0, on=MET),
            DrawUpPlan(plan="P", review="2016.member.0101", items=(), on=MET),
            AssignPlan(plan="P", monitor="0102", appraiser=BASE, on=MET),
            ReturnPlan(plan="P", reason="thiếu hạn", on=MET),
            AcceptPlan(plan="P", on=MET), ReportPlan(plan="P", on=MET),
            FollowUpPlan(plan="P", on=MET), ClosePlan(plan="P", on=MET), CarryPlanOver(plan="P", on=MET),
            ProposeReward(
                reward="K", review="2016.member.0101", award="GIAY_KHEN", granted_by="grassroots",
                by=BASE, on=MET,
            ),
            DecideReward(reward="K", on=MET, document="QĐ"),
            RefuseReward(reward="K", on=MET, reason="hết tỷ lệ"),
            WithdrawReward(reward="K", on=MET, reason="nhầm"),
            ImportHistory(history="H", source="tệp", rows=()),
            ProposeCalendarChange(change="L", days=(), document="CV"),
            ConfirmCalendarChange(change="L"),
            WithdrawCalendarChange(change="L", reason="nhầm"),
            *ORDERS,
        )
    }  # fmt: skip
    assert set(examples) == set(COMMANDS)
    for command in examples.values():
        assert first_needs(command), type(command).__name__
