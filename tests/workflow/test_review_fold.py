"""Folding: a review is what its events say, in one go or bit by bit, and nothing else changes it."""

import copy
import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from states import review as life
from tests.builders import CAMPAIGN, FIRST, MET, a_review
from tests.workflow.histories import events_of, lawful_histories
from workflow import bodies
from workflow.bodies import Ballot, Submission
from workflow.event import EVENTS, Event
from workflow.events import meeting as at_meeting
from workflow.events import review as happened
from workflow.events import submission as in_bundle
from workflow.review import TRIGGERS, ImpossibleHistory, Review, apply, fold

FEW = settings(max_examples=50, deadline=None)


@FEW
@given(lawful_histories(), st.integers(0, 20))
def test_folding_in_two_parts_is_folding_at_once(events: tuple[Event, ...], cut: int) -> None:
    first = fold("2016.x", events[:cut])
    assert fold("2016.x", events[cut:], first) == fold("2016.x", events)


@FEW
@given(lawful_histories(), st.integers(1, 20))
def test_folding_on_leaves_the_start_as_it_was(events: tuple[Event, ...], cut: int) -> None:
    """The engine keeps folds and shares them between threads."""
    start = fold("2016.x", events[:cut])
    before = copy.deepcopy(start)
    fold("2016.x", events[cut:], start)
    assert start == before


@FEW
@given(lawful_histories())
def test_a_version_is_the_number_of_events(events: tuple[Event, ...]) -> None:
    assert fold("2016.x", events).version == len(events)


@FEW
@given(lawful_histories())
def test_no_level_stands_without_the_event_that_gave_it(events: tuple[Event, ...]) -> None:
    review = fold("2016.x", events)
    gave: set[type[Event]] = {type(event) for event in events}
    if review.voted_level:
        assert gave & {happened.MotionCarried, happened.VoteTurnedToCarried}
    if review.decided_level:
        assert gave & {happened.ReviewApproved, happened.ReviewReRated}
    if review.stage in (life.PAUSED, life.ABSENT):
        assert review.remembered in life.TABLE.remembers[review.stage]
    else:
        assert review.remembered == ""


@pytest.mark.parametrize("kind", life.KINDS)
@pytest.mark.parametrize("stage", [s for s in life.EVERY if s not in (life.VOTED, life.ABSENT)])
def test_an_event_out_of_place_is_no_history(kind: str, stage: str) -> None:
    """Every event class is tried at every stage: folded where the table has the move, a fault where not."""
    if kind == life.COLLECTIVE and stage in (life.APPRAISED, life.APPROVED, life.RE_RATED, life.ANNULLED):
        stage = life.SUBMITTED
    review = a_review(kind).at(stage)
    for cls, trigger in TRIGGERS.items():
        event = example_of(cls)
        step = life.TABLE.step(trigger, review.stage, review.kind, review.remembered)
        if step is None:
            with pytest.raises(ImpossibleHistory):
                fold(review.id, [event], review)
        elif cls not in (happened.VoteTurnedToCarried, happened.VoteTurnedToFailed):
            assert fold(review.id, [event], review).stage == step.target, trigger


def example_of(cls: type[Event]) -> Event:
    """One plain event of a class."""
    plain = {"str": "x", "bool": True, "int": 2, "date": MET}
    fields = {}
    for field in dataclasses.fields(cls):
        name = str(getattr(field.type, "__name__", field.type))
        fields[field.name] = () if "tuple" in str(field.type) else plain.get(name, "x")
    return cls(**fields)


def test_every_event_of_a_review_has_its_move_or_is_known_to_have_none() -> None:
    of_reviews = {cls for cls in EVENTS.values() if cls.__module__ == "workflow.events.review"}
    assert of_reviews - set(TRIGGERS) == {happened.BasisChanged}


def test_a_review_goes_back_to_where_it_was_paused() -> None:
    for stage in life.TABLE.remembers[life.PAUSED]:
        review = a_review().at(stage)
        apply(review, happened.ReviewPaused(reason="kiểm tra", on=MET))
        assert (review.stage, review.remembered) == (life.PAUSED, stage)
        apply(review, happened.ReviewResumed(conclusion="KL 12", on=MET))
        assert (review.stage, review.remembered) == (stage, "")


def test_what_is_recorded_while_a_review_rests_does_not_close_its_way_back() -> None:
    """A fact or a flag entered during the inspection once made the review stand still for ever."""
    for side, leave in (
        (life.PAUSED, happened.ReviewResumed(conclusion="KL 12", on=MET)),
        (life.ABSENT, happened.AttendedAgain(on=MET)),
    ):
        review = a_review().at(side)
        apply(review, happened.FactRecorded(fact="task.completion", value="good", on=MET))
        apply(review, happened.FlagRaised(flag="under_verification", reason="đơn", rules=(), on=MET))
        apply(review, leave)
        assert (review.stage, review.remembered) == (life.DRAFT_SENT, "")


def test_a_new_round_keeps_what_was_prepared_and_nothing_that_was_decided() -> None:
    review = a_review().at(life.ANNULLED)
    apply(review, happened.RoundStarted(round=2, on=MET))
    assert (review.stage, review.round) == (life.PREPARED, 2)
    assert review.motions == () and not review.sessions and review.bundle is None
    assert review.level is None and review.appraised_level is None
    assert "prepared" in review.dates
    assert not {"voted", "decided", "announced", "submitted"} & set(review.dates)
    assert "task.completion" in review.facts


def test_a_typed_fact_that_was_put_right_counts_as_the_second_person_gave_it() -> None:
    review = a_review().at(life.PREPARED)
    told = {"entry": "task.completion", "was": "good", "now": "basic", "reason": "nhầm", "entered_by": "0101"}
    apply(review, happened.EntryCorrected(**told))
    assert review.facts["task.completion"] == ("basic", review.version)


# --- the other lives ------------------------------------------------------------------------------

ISSUED = at_meeting.BallotIssued(
    campaign=CAMPAIGN, organisation=FIRST, meeting="M", day=MET, body="cell_members", secret=True, entitled=6,
    on_roll=6, motions=(("2016.member.0104", "HTTNV"),), form="motion", count="per_level", round=1, casting=6,
    barred=0, absent=0, exempt_attending=0, voters="", counters=(), barred_counters=0,
)  # fmt: skip
COUNTED = at_meeting.BallotCounted(
    issued=6, collected=6, valid=6, invalid=0, tallies=(("2016.member.0104", "HTTNV", 5),)
)
CORRECTED = at_meeting.CountCorrected(
    review="2016.member.0104", level="HTTNV", was=5, now=2, reason="nhầm", entered_by="0101"
)
BUNDLE = (
    in_bundle.BundleSubmitted(
        campaign=CAMPAIGN, organisation=FIRST, to="DB01", kind="results", on=MET,
        rows=(("a", "HTTNV"), ("b", "HTNV"), ("c", "HTNV")), documents=(),
    ),
    in_bundle.ConsultationOpened(bodies=("CĐ", "ĐTN"), until=date(2017, 1, 20)),
    in_bundle.OpinionReceived(body="CĐ", on=MET, digest="00"),
    in_bundle.BundleAppraised(on=MET, rows=(("a", "HTTNV"), ("b", "HTNV"), ("c", "HTNV"))),
    in_bundle.RowsReturned(rows=("c",), reason="thiếu", on=MET),
    in_bundle.RowsDecided(on=MET, document="QĐ", rows=(("a", "HTTNV"),)),
    in_bundle.BundleDecided(on=MET, document="QĐ", rows=(("b", "HTNV"),)),
)  # fmt: skip


@pytest.mark.parametrize("cut", range(len(BUNDLE) + 1))
def test_a_bundle_folds_the_same_in_two_parts_and_leaves_its_start(cut: int) -> None:
    first = bodies.fold(Submission("S"), BUNDLE[:cut])
    before = copy.deepcopy(first)
    assert bodies.fold(first, BUNDLE[cut:]) == bodies.fold(Submission("S"), BUNDLE)
    assert first == before


def test_a_returned_row_leaves_the_bundle() -> None:
    bundle = bodies.fold(Submission("S"), BUNDLE)
    assert (bundle.stage, list(bundle.rows), bundle.returned) == ("decided", ["a", "b"], ("c",))
    assert bundle.decided == {"a": "HTTNV", "b": "HTNV"}


def test_a_body_that_still_owes_its_opinion_is_silent_until_the_day_set_has_passed() -> None:
    """The day set is the last one to answer on (C-41)."""
    bundle = bodies.fold(Submission("S"), BUNDLE[:3])
    assert bundle.silent(date(2017, 1, 20)) == ("ĐTN",)
    assert bundle.silent(date(2017, 1, 21)) == ()


def test_a_bundle_sent_again_forgets_the_first_appraisal_and_consultation() -> None:
    again = (*BUNDLE[:4], in_bundle.BundleReturned(reason="thiếu", on=MET), BUNDLE[0])
    bundle = bodies.fold(Submission("S"), again)
    assert (bundle.stage, bundle.appraised, bundle.consulted, bundle.returned) == ("submitted", {}, {}, ())


@pytest.mark.parametrize("cut", range(4))
def test_a_sheet_folds_the_same_in_two_parts_and_leaves_its_start(cut: int) -> None:
    events = (ISSUED, COUNTED, CORRECTED)
    first = bodies.fold(Ballot("B"), events[:cut])
    before = copy.deepcopy(first)
    whole = bodies.fold(first, events[cut:])
    assert first == before
    assert whole.tallies == {("2016.member.0104", "HTTNV"): 2}


def test_papers_are_not_counted_before_they_are_issued() -> None:
    with pytest.raises(ImpossibleHistory):
        bodies.fold(Ballot("B"), (COUNTED,))


@settings(max_examples=40, deadline=None)
@given(events_of(happened.FlagRaised), events_of(happened.FlagRaised))
def test_a_flag_raised_twice_names_the_rules_of_both(first: Event, second: Event) -> None:
    assert isinstance(first, happened.FlagRaised) and isinstance(second, happened.FlagRaised)
    second = dataclasses.replace(second, flag=first.flag)
    review = fold("2016.x", [first, second], a_review().at(life.PREPARED))
    assert set(review.flags[first.flag]) == {*first.rules, *second.rules}


def test_nothing_folds_to_nothing() -> None:
    assert fold("2016.x", ()) == Review(id="2016.x")
