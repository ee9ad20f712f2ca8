"""Every table is tried with every stage, trigger, kind and role: the machine and the dictionary agree."""

import itertools

import pytest

from states import ballot, campaign, conflict, delegation, grant, meeting, review, submission
from states.roles import Role
from states.table import NEW, REMEMBERED, Move, Table, TableError, moves

LIVES = [review, campaign, meeting, submission, ballot, grant, delegation, conflict]
TABLES = [life.TABLE for life in LIVES]
BY = frozenset({Role.SECRETARY})


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_shared_machine_and_the_dictionary_agree_on_every_pair(table: Table) -> None:
    """Folds use the dictionary and decisions may use the machine; a difference would be two truths."""
    kinds = review.KINDS if table is review.TABLE else ("",)
    tried = 0
    for state, trigger, kind, role in itertools.product(table.states, table.triggers, kinds, Role):
        for remembered in ("", *table.remembers.get(state, ())):
            step = table.step(trigger, state, kind, remembered)
            fired = table.fire(trigger, state, role, kind, remembered)
            allowed = step is not None and role in step.by
            assert fired == (step.target if allowed and step else None), (state, trigger, kind, role)
            tried += 1
    assert tried >= len(table.states) * len(table.triggers) * len(Role)


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.TABLE.name)
def test_every_stage_has_a_name_in_both_languages(life) -> None:  # type: ignore[no-untyped-def]  # a module
    assert set(life.NAMES) == set(life.TABLE.states)
    assert all(vi and en for vi, en in life.NAMES.values())


def test_the_life_of_a_member_runs_from_new_to_approved() -> None:
    """The straight way, as the issue tells it, by the people who may do each step."""
    way = [
        ("open_review", Role.OFFICER, review.OPEN),
        ("prepare", Role.MEMBER, review.PREPARED),
        ("send_draft", Role.SECRETARY, review.DRAFT_SENT),
        ("hold_session", Role.SECRETARY, review.DRAFT_SENT),
        ("conclude_review", Role.SECRETARY, review.REVIEWED),
        ("carry_motion", Role.COUNTING_TEAM, review.VOTED),
        ("submit", Role.SECRETARY, review.SUBMITTED),
        ("appraise", Role.ORGANISATION_BOARD, review.APPRAISED),
        ("approve", Role.SUPERIOR_COMMITTEE, review.APPROVED),
        ("annul", Role.SUPERIOR_COMMITTEE, review.ANNULLED),
        ("start_round", Role.SUPERIOR_COMMITTEE, review.PREPARED),
    ]
    stage = NEW
    for trigger, role, wanted in way:
        stage = review.TABLE.fire(trigger, stage, role, review.INDIVIDUAL) or ""
        assert stage == wanted, trigger


def test_what_a_regime_does_not_rate_has_no_row_that_leads_to_a_level() -> None:
    """DUK-2016 rates organisations and members (III.1.1, III.2.1), not collectives; others rate those too."""
    unrated = frozenset({review.WITHOUT_BALLOT})
    for trigger in ("carry_motion", "fail_motion", "appraise", "approve", "annul"):
        for state in review.TABLE.states:
            step = review.TABLE.step(trigger, state, review.COLLECTIVE)
            assert step is None or not step.stands(unrated), (trigger, state)


def test_a_regime_without_a_ballot_submits_what_was_reviewed() -> None:
    step = review.TABLE.step("submit", review.REVIEWED, review.INDIVIDUAL)
    assert step is not None
    assert step.stands(frozenset({review.RATED, review.WITHOUT_BALLOT}))
    assert not step.stands(frozenset({review.RATED, review.WITH_BALLOT}))


def test_only_a_regime_without_an_appraisal_decides_on_what_was_submitted() -> None:
    step = review.TABLE.step("approve", review.SUBMITTED, review.INDIVIDUAL)
    assert step is not None
    assert step.stands(frozenset({review.RATED, review.WITHOUT_APPRAISAL}))
    assert not step.stands(frozenset({review.RATED, review.WITH_APPRAISAL}))


@pytest.mark.parametrize("stage", sorted(review.TABLE.remembers[review.PAUSED]))
def test_a_paused_review_goes_back_to_where_it_stopped(stage: str) -> None:
    paused = review.TABLE.fire("pause", stage, Role.INSPECTION, review.INDIVIDUAL)
    assert paused == review.PAUSED
    assert review.TABLE.fire("resume", paused, Role.INSPECTION, review.INDIVIDUAL, stage) == stage
    assert review.TABLE.fire("resume", paused, Role.INSPECTION, review.INDIVIDUAL, review.APPROVED) is None


def _table(*rows: Move, ends: frozenset[str] = frozenset({"end"})) -> Table:
    return Table(name="sample", rows=rows, ends=ends)


def test_a_stage_nobody_reaches_is_refused() -> None:
    with pytest.raises(TableError, match="never reached: lost"):
        _table(Move("go", NEW, "end", BY), Move("stray", "lost", "end", BY))


def test_a_stage_with_no_way_on_is_refused_unless_it_is_an_end() -> None:
    with pytest.raises(TableError, match="no way on from stuck"):
        _table(Move("go", NEW, "stuck", BY), Move("finish", NEW, "end", BY))


def test_a_move_nobody_may_make_is_refused() -> None:
    with pytest.raises(TableError, match="nobody may go"):
        _table(Move("go", NEW, "end", frozenset()))


def test_a_move_written_twice_is_refused() -> None:
    with pytest.raises(TableError, match="written twice"):
        _table(Move("go", NEW, "end", BY), Move("go", NEW, "end", BY))


def test_the_same_trigger_may_serve_two_kinds() -> None:
    table = _table(
        *moves("go", NEW, "end", by=BY, kinds={"a"}),
        *moves("go", NEW, "other", by=BY, kinds={"b"}),
        *moves("join", "other", "end", by=BY),
    )
    assert table.fire("go", NEW, Role.SECRETARY, "b") == "other"


def test_an_end_that_has_a_way_on_is_refused() -> None:
    with pytest.raises(TableError, match="not an end"):
        _table(Move("go", NEW, "end", BY), Move("on", "end", NEW, BY))


def test_a_way_back_must_say_what_it_remembers() -> None:
    with pytest.raises(TableError, match="does not say what it remembers"):
        _table(Move("go", NEW, "side", BY), Move("back", "side", REMEMBERED, BY))
