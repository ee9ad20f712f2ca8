"""One engine, many regimes: which steps a review takes, who decides and how, is what its rulebook says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from states import review as life
from states.flags import DECISIONS_DIFFER
from states.roles import Role
from tests.builders import (
    APPRAISED,
    BASE,
    CAMPAIGN,
    COMMITTEE,
    DECIDED,
    FIRST,
    MET,
    PREPARED,
    REPORTED,
    ReviewBuilder,
)
from tests.workflow.rules.shelf import put
from tests.workflow.rules.test_steps_to_a_level import CLEAN, LEVELS
from workflow.bodies import Body, Campaign, Submission
from workflow.commands.asking import Actor, Command, Request
from workflow.commands.deciding import AppraiseBundle, DecideBundle, Judgement, SubmitBundle
from workflow.commands.meeting import HoldSession
from workflow.commands.preparing import RateSelf
from workflow.decide import Extras, decide
from workflow.decision import Situation
from workflow.errors import BadCounts, BadInput, Refusal, RulesFail, WrongStage
from workflow.event import Event
from workflow.events import review as happened
from workflow.order import VenueOrder
from workflow.review import Review, fold
from workflow.rules.facts import Facts, FactValue
from workflow.rules.loading import load_rulebook
from workflow.rules.rulebook import Rulebook

SECRETARY = Actor(id="0101", role=Role.SECRETARY, body=FIRST)
SCALE = '["HTXSNV", "HTTNV", "HTNV", "KHTNV"]'
SCALES = f"\n[scales]\nindividual = {SCALE}\ncollective = {SCALE}\norganisation = {SCALE}\n"
JUDGED = LEVELS.replace('id = "test.top"', 'judgement = true\nid = "test.top"')
NO_BALLOT = 'ballot = "none"\nsource = "self"\n'
BUNDLE = "CB01-KQ"


def book(shelf: Path, flow: str, kind: str = "individual", rules: str = JUDGED) -> Rulebook:
    table = f'\n[flow.{kind}]\nrows = ["TEST.9"]\ncite = "TEST, II"\n{flow}'
    put(shelf, "test", rules.replace('kinds = ["individual"]', f'kinds = ["{kind}"]'), header=SCALES + table)
    return load_rulebook("test", shelf=shelf)


def at(stage: str, *more: Event, kind: str = life.INDIVIDUAL) -> Review:
    """A rated review that never needed a ballot to get where it is."""
    subject = "0104" if kind == life.INDIVIDUAL else FIRST
    builder = ReviewBuilder(kind, subject)
    if stage in (life.OPEN, life.PREPARED, life.DRAFT_SENT, life.REVIEWED):
        return fold(builder.id, (*builder.events_at(stage), *more))
    way = [*builder.events_at(life.REVIEWED)]
    way.append(happened.ReviewSubmitted(bundle=BUNDLE, level="HTTNV", on=REPORTED))
    if stage != life.SUBMITTED:
        way.append(happened.ReviewAppraised(level="HTTNV", computed=None, on=APPRAISED, reason="đủ căn cứ"))
    if stage == life.APPROVED:
        way.append(happened.ReviewApproved(level="HTTNV", on=DECIDED, document="QĐ 36"))
    return fold(builder.id, (*way, *more))


def situation(
    rulebook: Rulebook,
    review: Review,
    command: Command,
    actor: Actor = COMMITTEE,
    known: Mapping[str, FactValue | None] = CLEAN,
    dependents: Sequence[Review] = (),
) -> Situation:
    appraised = {review.id: "HTTNV"} if review.stage == life.APPRAISED else {}
    bodies: dict[str, Body] = {
        f"submission/{BUNDLE}": Submission(
            id=BUNDLE, version=3, stage=review.stage if review.stage != life.APPROVED else "appraised",
            campaign=CAMPAIGN, organisation=FIRST, to=BASE, on=REPORTED, rows={review.id: "HTTNV"},
            appraised=appraised,
        ),
        "submission/NEW": Submission(id="NEW"),
    }  # fmt: skip
    return Situation(
        request=Request(command=command, actor=actor),
        today=DECIDED,
        campaign=Campaign(id=CAMPAIGN, version=5, stage="open", year=2016, organisation=BASE, superior=BASE),
        reviews={review.id: review},
        dependents={other.id: other for other in dependents},
        bodies=bodies,
        facts={review.id: Facts.of("set-up", known)},
        order={FIRST: VenueOrder(FIRST, "cell")},
        superiors={FIRST: (BASE,)},
        rulebook=rulebook,
    )


def done(standing: Situation) -> list[Event]:
    """The events on the review the command is about; the first refusal is raised."""
    decision = decide(standing, Extras())
    if isinstance(decision, Refusal):
        raise decision
    stream = next(iter(standing.reviews.values())).stream
    return [event for change in decision.changes if change.stream == stream for event in change.events]


def decided(level: str = "HTTNV", by: str = "btv", **more: object) -> DecideBundle:
    review = str(more.pop("review", "2016.member.0104"))
    row = Judgement(review=review, level=level, **more)  # type: ignore[arg-type]  # the fields of a judgement
    return DecideBundle(submission=BUNDLE, on=DECIDED, document="QĐ 36", by=by, rows=(row,))


def after(review: Review, events: Sequence[Event]) -> Review:
    return fold(review.id, events, review)


def submission() -> SubmitBundle:
    return SubmitBundle(
        submission="NEW", campaign=CAMPAIGN, organisation=FIRST, on=REPORTED, reviews=("2016.member.0104",)
    )


# --- the draft and the ballot ---------------------------------------------------------------------


def test_a_session_may_follow_preparation_where_no_clause_asks_for_a_draft(tmp_path: Path) -> None:
    session = HoldSession(
        review="2016.member.0104", meeting="M", venue=FIRST, day=MET, item=1, chair="0101", presented=True,
        residence_comment="read",
    )  # fmt: skip
    review = at(life.PREPARED)
    events = done(situation(book(tmp_path, 'draft = "passed"\n'), review, session, SECRETARY))
    assert [type(event) for event in events] == [
        happened.DraftPassedThrough, happened.SessionHeld, happened.ReviewConcluded,
    ]  # fmt: skip


def test_without_a_ballot_the_own_rating_is_submitted(tmp_path: Path) -> None:
    rulebook = book(tmp_path, NO_BALLOT)
    review = at(life.REVIEWED, happened.SelfRated(level="HTNV", on=PREPARED))
    (submitted,) = done(situation(rulebook, review, submission(), SECRETARY))
    assert isinstance(submitted, happened.ReviewSubmitted)
    assert submitted.level == "HTNV"
    assert after(review, [submitted]).level == "HTNV", "which counts for others until the decision"
    with pytest.raises(BadInput, match="has no own rating yet"):
        done(situation(rulebook, at(life.REVIEWED), submission(), SECRETARY))


def test_without_a_ballot_the_proposal_may_be_what_is_submitted(tmp_path: Path) -> None:
    rulebook = book(tmp_path, 'ballot = "none"\nsource = "proposal"\n')
    own = happened.SelfRated(level="HTXSNV", on=PREPARED)
    review = at(life.REVIEWED, own, happened.LevelProposed(level="HTNV", on=MET, by="chi_uy"))
    (submitted,) = done(situation(rulebook, review, submission(), SECRETARY))
    assert isinstance(submitted, happened.ReviewSubmitted)
    assert submitted.level == "HTNV"


def test_with_a_ballot_nothing_goes_up_before_it(tmp_path: Path) -> None:
    review = at(life.REVIEWED, happened.SelfRated(level="HTNV", on=PREPARED))
    with pytest.raises(WrongStage):
        done(situation(book(tmp_path, ""), review, submission(), SECRETARY))


def test_a_body_rates_itself_only_where_its_own_rating_counts(tmp_path: Path) -> None:
    own = RateSelf(review="2016.collective.CB01", level="HTTNV", on=PREPARED)
    review = at(life.PREPARED, kind=life.COLLECTIVE)
    (rated,) = done(situation(book(tmp_path, NO_BALLOT, "collective"), review, own, SECRETARY))
    assert isinstance(rated, happened.SelfRated)
    with pytest.raises(WrongStage):
        done(situation(book(tmp_path, "", "collective"), review, own, SECRETARY))


# --- appraisal and decision -----------------------------------------------------------------------


def test_without_an_appraisal_the_decision_follows_the_report(tmp_path: Path) -> None:
    review = at(life.SUBMITTED)
    rulebook = book(tmp_path, NO_BALLOT + "appraisal = false\n")
    (approved,) = done(situation(rulebook, review, decided(reason="đã xét")))
    assert isinstance(approved, happened.ReviewApproved)
    board = Actor(id="BTC-02", role=Role.ORGANISATION_BOARD, body=BASE)
    with pytest.raises(WrongStage):
        done(situation(rulebook, review, AppraiseBundle(submission=BUNDLE, on=DECIDED), board))
    with pytest.raises(WrongStage):
        done(situation(book(tmp_path, NO_BALLOT), review, decided(reason="đã xét")))


def test_a_collective_is_decided_where_the_regime_rates_collectives(tmp_path: Path) -> None:
    review = at(life.APPRAISED, kind=life.COLLECTIVE)
    rulebook = book(tmp_path, NO_BALLOT + "computed = false\n", "collective")
    (approved,) = done(situation(rulebook, review, decided(review=review.id, reason="hoàn thành")))
    assert isinstance(approved, happened.ReviewApproved)


def test_a_deciding_body_that_votes_records_its_count(tmp_path: Path) -> None:
    """BG-2019.20: the standing committee decides by ballot."""
    rulebook, review = book(tmp_path, NO_BALLOT + "decided_by_ballot = true\n"), at(life.APPRAISED)
    told = done(situation(rulebook, review, decided(in_favour=7, entitled=9, reason="đã bỏ phiếu")))
    recorded, approved = told
    assert isinstance(recorded, happened.DecisionRecorded)
    assert (recorded.in_favour, recorded.entitled, recorded.by) == (7, 9, "btv")
    assert isinstance(approved, happened.ReviewApproved)
    with pytest.raises(BadInput, match="the deciding body votes"):
        done(situation(rulebook, review, decided(reason="đã bỏ phiếu")))
    with pytest.raises(BadCounts):
        done(situation(rulebook, review, decided(in_favour=10, entitled=9, reason="đã bỏ phiếu")))
    with pytest.raises(BadInput, match="no ballot at the decision"):
        done(situation(book(tmp_path, NO_BALLOT), review, decided(in_favour=7, entitled=9)))


def test_the_count_of_the_decision_is_a_fact_for_rules(tmp_path: Path) -> None:
    enough = """
[[rule]]
id = "test.enough"
rows = ["TEST.3"]
cite = "TEST, III"
says.vi = "Nhiều phiếu."
says.en = "Many votes."
role = "gate"
gates = ["decide"]
kinds = ["individual"]
force = "refuse"
condition = "at_most@1"
fact = "decision.ballot_in_favour"
most = 7
"""
    rulebook = book(tmp_path, NO_BALLOT + "decided_by_ballot = true\n", rules=JUDGED + enough)
    review = at(life.APPRAISED)
    assert done(situation(rulebook, review, decided(in_favour=7, entitled=9, reason="đã bỏ phiếu")))
    with pytest.raises(RulesFail):
        done(situation(rulebook, review, decided(in_favour=8, entitled=9, reason="đã bỏ phiếu")))


def test_two_deciders_have_to_agree(tmp_path: Path) -> None:
    """CDTKV-2020.53, C-52: both decisions are recorded, nobody wins by itself."""
    rulebook, review = book(tmp_path, NO_BALLOT + "deciders = 2\n"), at(life.APPRAISED)
    first = done(situation(rulebook, review, decided(by="btv_group", reason="đã xét")))
    assert [type(event) for event in first] == [happened.DecisionRecorded]
    review = after(review, first)
    assert review.stage == life.APPRAISED
    second = done(situation(rulebook, review, decided(by="tld", reason="đã xét")))
    assert [type(event) for event in second] == [happened.DecisionRecorded, happened.ReviewApproved]


def test_two_deciders_who_differ_are_marked_until_one_decides_again(tmp_path: Path) -> None:
    rulebook, review = book(tmp_path, NO_BALLOT + "deciders = 2\n"), at(life.APPRAISED)
    review = after(review, done(situation(rulebook, review, decided(by="btv_group", reason="đã xét"))))
    review = after(review, done(situation(rulebook, review, decided("HTNV", by="tld", reason="còn chậm"))))
    assert DECISIONS_DIFFER in review.flags
    assert (review.stage, review.decided_level) == (life.APPRAISED, None)
    with pytest.raises(BadInput, match="neither of the two bodies"):
        done(situation(rulebook, review, decided(by="committee", reason="đã xét")))
    agreed = done(situation(rulebook, review, decided("HTNV", by="btv_group", reason="đồng ý")))
    review = after(review, agreed)
    assert DECISIONS_DIFFER not in review.flags
    assert (review.stage, review.decided_level) == (life.APPROVED, "HTNV")


def test_a_level_that_is_entered_needs_its_reason(tmp_path: Path) -> None:
    """C-51, C-91: no criteria, so the decider says why; the board's reason stands with its level."""
    rulebook, review = book(tmp_path, NO_BALLOT + "computed = false\n"), at(life.APPRAISED)
    with pytest.raises(BadInput, match="reason"):
        done(situation(rulebook, review, decided("HTNV")))
    (entered,) = done(situation(rulebook, review, decided("HTNV", reason="chậm tiến độ")))
    assert isinstance(entered, happened.ReviewApproved)
    (taken,) = done(situation(rulebook, review, decided("HTTNV")))
    assert isinstance(taken, happened.ReviewApproved)
    assert taken.reason == "đủ căn cứ"


# --- what a decider may do (C-16) -----------------------------------------------------------------


def test_a_decider_goes_lower_with_a_reason_and_never_without(tmp_path: Path) -> None:
    rulebook, review = book(tmp_path, NO_BALLOT), at(life.APPRAISED)
    with pytest.raises(BadInput, match="reason"):
        done(situation(rulebook, review, decided("KHTNV")))
    assert done(situation(rulebook, review, decided("KHTNV", reason="mất tín nhiệm")))
    assert done(situation(rulebook, review, decided("HTXSNV"))), "the computed level needs none"


def test_a_decider_goes_higher_where_a_judgement_failed_and_nowhere_else(tmp_path: Path) -> None:
    rulebook, review = book(tmp_path, NO_BALLOT), at(life.APPRAISED)
    short = CLEAN | {"tasks.deficient": 1}
    with pytest.raises(BadInput, match="reason"):
        done(situation(rulebook, review, decided("HTXSNV"), known=short))
    assert done(situation(rulebook, review, decided("HTXSNV", reason="có sáng kiến"), known=short))
    missed = CLEAN | {"tasks.deficient": 2}
    with pytest.raises(RulesFail, match=r"test\.good|TEST, I\.1"):
        done(situation(rulebook, review, decided("HTTNV", reason="có sáng kiến"), known=missed))
    allowed = after(
        review,
        [happened.ExceptionAuthorised(rules=("test.good",), reason="thiên tai", document="CV 5", on=MET)],
    )
    assert done(situation(rulebook, allowed, decided("HTTNV", reason="có sáng kiến"), known=missed))


@pytest.mark.parametrize(
    ("fact", "free"), [("fault.disunity", True), ("fault.cell_tasks", False)], ids=["discretion", "defect"]
)
def test_only_a_clause_that_gives_discretion_lets_a_decider_above_a_defect(
    tmp_path: Path, fact: str, free: bool
) -> None:
    rulebook, review, known = book(tmp_path, NO_BALLOT), at(life.APPRAISED), CLEAN | {fact: True}
    lifted = situation(rulebook, review, decided("HTNV", reason="tự phát hiện, đã khắc phục"), known=known)
    if free:
        assert done(lifted)
        with pytest.raises(BadInput, match="reason"):
            done(situation(rulebook, review, decided("HTNV"), known=known))
    else:
        with pytest.raises(RulesFail):
            done(lifted)


def test_in_a_gap_the_decider_chooses_with_a_reason(tmp_path: Path) -> None:
    rulebook, review, known = book(tmp_path, NO_BALLOT), at(life.APPRAISED), CLEAN | {"tasks.deficient": 4}
    for level in ("HTNV", "KHTNV"):
        with pytest.raises(BadInput, match="reason"):
            done(situation(rulebook, review, decided(level), known=known))
        assert done(situation(rulebook, review, decided(level, reason="cân nhắc"), known=known))
    with pytest.raises(RulesFail):
        done(situation(rulebook, review, decided("HTTNV", reason="cân nhắc"), known=known))
