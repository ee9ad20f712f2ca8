"""Plans counted back by hand for the six regimes, over Tết, swapped days and a unit's own day; and what
always holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.backward import Plan, Step, plan
from deadlines.chains import (
    ANNOUNCE,
    COLLECTIVE,
    COUNT,
    DECIDE,
    HEAD,
    HOLD,
    LEADER,
    MEMBER,
    NOTIFY,
    ORGANISATION,
    PREPARE,
    SEND_DRAFT,
    SUBMIT,
    Bound,
    Owed,
    Part,
)
from deadlines.season import Season
from deadlines.slack import AMBER, GREEN, RED, earliest, urgency, working_days_to
from states import review as life
from workflow.rules.facts import Facts
from workflow.rules.judge import blocking, judge
from workflow.rules.rulebook import Rulebook

CELL = (("organisation.type", "chi_bo_truc_thuoc"),)
CELL_COMMITTEE = (("collective.type", "chi_uy_truc_thuoc"), *CELL)


def a_season(rulebook: str, year: int, began: date) -> Season:
    return Season(campaign="C", year=year, rulebook=Rulebook.load(rulebook), began=began)


DUK = a_season("duk_2016", 2016, date(2016, 12, 16))
TKV = a_season("tkv_2018", 2018, date(2018, 12, 3))
QD366 = a_season("qd366_2025", 2025, date(2025, 11, 17))
STC = a_season("stc_2024", 2024, date(2024, 10, 21))
CDTKV = a_season("cdtkv_2020", 2020, date(2020, 11, 16))
BG = a_season("bg_2019", 2019, date(2019, 11, 18))


def cell_of(season: Season, *parts: Part) -> Plan:
    return plan(season, "CB01", "cell", parts)


def a_cell() -> tuple[Part, ...]:
    """The collective of a cell, its head, a member and the cell as an organisation, none of them begun."""
    return (
        Part(kind=life.COLLECTIVE, role=COLLECTIVE, values=CELL_COMMITTEE),
        Part(kind=life.INDIVIDUAL, role=HEAD, values=CELL),
        Part(kind=life.INDIVIDUAL, role=MEMBER, values=CELL),
        Part(kind=life.ORGANISATION, role=ORGANISATION, values=CELL_COMMITTEE),
    )


def days(found: Plan, part: int, *gates: str) -> list[tuple[date | None, date | None]]:
    """Last legal and last safe day of these steps."""
    return [(found.by_node[(part, gate)].last, found.by_node[(part, gate)].safe) for gate in gates]


def test_a_cell_of_2016_counts_back_over_tet() -> None:
    """DUK-2016: VI, VII.1, II.3.1; Tết from 26/01 to 01/02/2017.

    Review before 31/01 (VI): 30/01 is the last day, Wednesday 25/01 the last worked one before it (C-06).
    The superior 5 working days before (VII.1): before 30/01 they are 25(1) 24(2) 23(3) 20(4) 19(5); before
    25/01 with one more (C-01): 24(1) 23(2) 20(3) 19(4) 18(5) 17(6). The draft 3 days before (II.3.1): 30 - 3
    = 27/01; 25 - 3 = Sunday 22/01, so Friday 20/01. The report goes to the superior with the draft (C-37),
    so it is written by the earlier of the two.
    """
    found = cell_of(DUK, *a_cell())
    assert days(found, 0, HOLD, NOTIFY, SEND_DRAFT, PREPARE) == [
        (date(2017, 1, 30), date(2017, 1, 25)),
        (date(2017, 1, 19), date(2017, 1, 17)),
        (date(2017, 1, 27), date(2017, 1, 20)),
        (date(2017, 1, 19), date(2017, 1, 17)),
    ]


def test_the_head_is_reviewed_before_the_members_and_they_before_they_are_voted_on() -> None:
    """DUK-2016, II.3.2: leaders before members; VI: the vote before 31/01; VII.1 for leaders too (C-90).

    The head therefore needs his notice as early as the collective, a member needs none: written by the
    meeting. The vote is announced before the report of 05/02, a Sunday: Friday 03/02 is safe (III.2.3.5,
    VI).
    """
    found = cell_of(DUK, *a_cell())
    assert days(found, 1, NOTIFY, HOLD) == [
        (date(2017, 1, 19), date(2017, 1, 17)),
        (date(2017, 1, 30), date(2017, 1, 25)),
    ]
    assert found.by_node[(1, HOLD)].why is not None
    assert found.by_node[(1, HOLD)].why.rule == "duk.leaders_before_members"  # type: ignore[union-attr]  # just above
    assert days(found, 2, PREPARE, COUNT, ANNOUNCE, SUBMIT) == [
        (date(2017, 1, 30), date(2017, 1, 25)),
        (date(2017, 1, 30), date(2017, 1, 25)),
        (date(2017, 2, 5), date(2017, 2, 3)),
        (date(2017, 2, 5), date(2017, 2, 3)),
    ]
    assert (2, NOTIFY) not in found.by_node


def test_a_meeting_that_is_planned_bounds_what_goes_out_before_it() -> None:
    """Planned for Wednesday 18/01: 17(1) 16(2) 13(3) 12(4) 11(5), and safe 10(6) (VII.1, C-01)."""
    first = Part(kind=life.COLLECTIVE, role=COLLECTIVE, values=CELL_COMMITTEE, meeting=date(2017, 1, 18))
    found = cell_of(DUK, first)
    assert days(found, 0, HOLD, NOTIFY) == [
        (date(2017, 1, 18), date(2017, 1, 18)),
        (date(2017, 1, 11), date(2017, 1, 10)),
    ]


def test_a_mine_counts_back_from_the_day_its_unit_set_over_a_worked_saturday() -> None:
    """TKV-2018, KẾT ¶2: before the summing-up of 10/01/2019, so 09/01 (C-62). Bước 1: the draft 3 working
    days before. Saturday 05/01 is worked for Monday 31/12: 08(1) 07(2) 05(3); with one more 04(4).
    """
    owed = Owed(
        gate=HOLD,
        last=date(2019, 1, 9),
        safe=date(2019, 1, 9),
        rule="tkv.review_before_summing_up",
        stated=date(2019, 1, 10),
        word="before",
        basis="unit_day",
    )
    found = cell_of(TKV, Part(kind=life.COLLECTIVE, role=COLLECTIVE, values=CELL_COMMITTEE, owed=(owed,)))
    assert days(found, 0, HOLD, SEND_DRAFT, PREPARE) == [
        (date(2019, 1, 9), date(2019, 1, 9)),
        (date(2019, 1, 5), date(2019, 1, 4)),
        (date(2019, 1, 5), date(2019, 1, 4)),
    ]


def test_a_party_body_of_2025_counts_back_from_the_decision() -> None:
    """QD366-2025, HD 43, 4.1: decided before 31/12, so Tuesday 30/12. HD 43, 2: the draft 3 working days
    before the meeting, which may be held on the same day: 29(1) 26(2) 25(3); with one more 24(4).
    """
    found = cell_of(QD366, Part(kind=life.COLLECTIVE, role=COLLECTIVE, values=CELL_COMMITTEE))
    assert days(found, 0, DECIDE, SUBMIT, HOLD, SEND_DRAFT) == [
        (date(2025, 12, 30), date(2025, 12, 30)),
        (date(2025, 12, 30), date(2025, 12, 30)),
        (date(2025, 12, 30), date(2025, 12, 30)),
        (date(2025, 12, 25), date(2025, 12, 24)),
    ]


def test_a_unit_that_closes_late_counts_back_over_the_swapped_saturday() -> None:
    """QD366-2025, HD 43, 4.1: before 15/01/2026, so 14/01. Saturday 10/01/2026 is worked for Friday 02/01:
    13(1) 12(2) 10(3); with one more Friday 09(4).
    """
    values = (*CELL_COMMITTEE, ("unit.closes_late", True))
    found = cell_of(QD366, Part(kind=life.COLLECTIVE, role=COLLECTIVE, values=tuple(sorted(values))))
    assert days(found, 0, DECIDE, SEND_DRAFT) == [
        (date(2026, 1, 14), date(2026, 1, 14)),
        (date(2026, 1, 10), date(2026, 1, 9)),
    ]


def test_a_department_of_2024_reports_by_the_hour_and_rates_the_absent_later() -> None:
    """STC-2024, ¶9: by 15:00 on Wednesday 13/11/2024; ¶6: stragglers before 17/12, so Monday 16/12 (C-43)."""
    there = Part(kind=life.INDIVIDUAL, role=MEMBER)
    straggler = Owed(
        gate=COUNT,
        last=date(2024, 12, 16),
        safe=date(2024, 12, 16),
        rule="stc.deadline_stragglers",
        stated=date(2024, 12, 17),
        word="before",
    )
    found = cell_of(STC, there, Part(kind=life.INDIVIDUAL, role=MEMBER, owed=(straggler,)))
    assert days(found, 0, SUBMIT, COUNT, PREPARE) == [(date(2024, 11, 13), date(2024, 11, 13))] * 3
    assert found.by_node[(0, SUBMIT)].own is not None
    assert found.by_node[(0, SUBMIT)].own.hour == "15:00"  # type: ignore[union-attr]  # just above
    assert days(found, 1, COUNT) == [(date(2024, 12, 16), date(2024, 12, 16))]


def test_a_union_of_2020_takes_its_committee_first_and_reports_before_the_middle_of_december() -> None:
    """CDTKV-2020, III.1: before 15/12/2020, so Monday 14/12; I.2: the collective before its members."""
    body = (("collective.type", "bch_cong_doan_co_so"),)
    found = cell_of(
        CDTKV,
        Part(kind=life.COLLECTIVE, role=COLLECTIVE, values=body),
        Part(kind=life.INDIVIDUAL, role=LEADER, values=(("subject.staff_kind", "full_time"),)),
    )
    assert days(found, 0, SUBMIT, HOLD) == [(date(2020, 12, 14), date(2020, 12, 14))] * 2
    assert found.by_node[(0, HOLD)].node in found.waits[(1, HOLD)]
    assert days(found, 1, SUBMIT) == [(date(2020, 12, 14), date(2020, 12, 14))]


def test_where_no_document_gives_a_date_nothing_has_a_last_day() -> None:
    """BG-2019 names no date."""
    found = cell_of(BG, *a_cell())
    assert {step.last for step in found.steps} == {None}
    assert urgency(found, BG.rulebook.calendar, date(2019, 12, 2)).colour == GREEN


def test_another_body_that_waits_bounds_a_session() -> None:
    """DUK-2016, II.3.2 (C-79): the committee takes its members before their cells do."""
    bound = Bound(
        gate=HOLD,
        last=date(2017, 1, 12),
        safe=date(2017, 1, 11),
        rule="duk.leadership_venues_before_cell",
        body="CB07",
        then=HOLD,
    )
    guest = Part(kind=life.INDIVIDUAL, role=LEADER, guest=True, values=CELL, bounds=(bound,))
    found = plan(DUK, "DB01", "committee", [guest])
    assert days(found, 0, HOLD) == [(date(2017, 1, 12), date(2017, 1, 11))]
    assert found.by_node[(0, HOLD)].why.body == "CB07"  # type: ignore[union-attr]  # it has a day


@pytest.mark.parametrize(
    ("today", "colour", "slack"),
    [
        (date(2017, 1, 12), GREEN, 3),  # 13, 16 and 17/01 are left
        (date(2017, 1, 13), AMBER, 2),
        (date(2017, 1, 17), AMBER, 0),  # the last safe day itself
        (date(2017, 1, 19), AMBER, -2),  # the last legal day itself
        (date(2017, 1, 20), RED, -3),  # the notice can no longer be given in time
    ],
)
def test_a_plan_is_amber_from_two_working_days_and_red_once_a_date_cannot_be_met(
    today: date, colour: str, slack: int
) -> None:
    found = urgency(cell_of(DUK, *a_cell()), DUK.rulebook.calendar, today)
    assert (found.colour, found.slack) == (colour, slack)


def test_what_cannot_be_met_says_the_first_day_it_can() -> None:
    """Told on Friday 20/01: 20(5) 23(4) 24(3) 25(2) 02/02(1), so the meeting is on 03/02 at the earliest."""
    found = urgency(cell_of(DUK, a_cell()[0]), DUK.rulebook.calendar, date(2017, 1, 20))
    (missed,) = found.missed
    assert (missed.step.gate, missed.earliest, missed.overdue) == (HOLD, date(2017, 2, 3), False)
    assert missed.culprit.gate == PREPARE


def test_working_days_are_counted_without_today_and_backwards_once_passed() -> None:
    calendar = DUK.rulebook.calendar
    assert working_days_to(calendar, date(2017, 1, 25), date(2017, 1, 25)) == 0
    assert working_days_to(calendar, date(2017, 1, 25), date(2017, 2, 2)) == 1  # Tết lies between
    assert working_days_to(calendar, date(2017, 2, 2), date(2017, 1, 25)) == -1


# --- what always holds ----------------------------------------------------------------------------

MEETINGS = {
    "duk": (DUK, st.dates(date(2016, 12, 20), date(2017, 3, 20))),
    "tkv": (TKV, st.dates(date(2018, 12, 10), date(2019, 3, 1))),
    "qd366": (QD366, st.dates(date(2025, 11, 20), date(2026, 3, 20))),
}
NOTICE_FACTS = {SEND_DRAFT: "draft.sent_on", NOTIFY: "notice.superior_on"}


def refused(season: Season, gate: str, told: dict[str, date]) -> set[str]:
    """The rules that refuse to plan a meeting when this notice went out on this day."""
    asked = {"draft.sent_on": date(2000, 1, 3), "notice.superior_on": date(2000, 1, 3), **told}
    facts = Facts.of("test", asked)
    return {finding.rule for finding in blocking(judge(season.rulebook, gate, life.COLLECTIVE, facts))}


@pytest.mark.parametrize("regime", MEETINGS)
@given(data=st.data())
def test_a_notice_on_its_last_day_is_never_refused_and_a_day_later_always_is(
    regime: str, data: st.DataObject
) -> None:
    season, range_ = MEETINGS[regime]
    meeting = data.draw(range_)
    part = Part(kind=life.COLLECTIVE, role=COLLECTIVE, values=CELL_COMMITTEE, meeting=meeting)
    found = cell_of(season, part)
    for gate, fact in NOTICE_FACTS.items():
        step = found.by_node.get((0, gate))
        hold = found.by_node[(0, HOLD)].last
        if step is None or step.last is None or hold is None:
            continue
        rule = step.why.rule if step.why else ""
        assert rule not in refused(season, "plan_session", {fact: step.last, "meeting.day": hold})
        late = step.last + timedelta(days=1)
        assert rule in refused(season, "plan_session", {fact: late, "meeting.day": hold})


@pytest.mark.parametrize("season", [DUK, QD366, CDTKV, STC], ids=lambda one: one.rulebook.id)
def test_a_step_on_its_own_last_day_is_in_time_and_a_day_later_is_not(season: Season) -> None:
    for step in cell_of(season, *a_cell()).steps:
        if step.own is None or step.last != step.own.last:
            continue
        rule = season.rulebook.rule(step.own.rule)
        fact = str(rule.parameters["fact"])
        kind = a_cell()[step.part].kind
        for day, holds in ((step.last, True), (step.last + timedelta(days=1), False)):
            told = Facts.of(
                "test",
                {
                    fact: day,
                    "campaign.year": season.year,
                    "submission.hour": "15:00" if "hour_fact" in rule.parameters else None,
                    **{name: one[0] if isinstance(one, tuple) else one for name, one in rule.when.items()},
                    **dict(a_cell()[step.part].values),
                },
            )
            found = {one.rule: one.verdict for one in judge(season.rulebook, rule.gates[0], kind, told)}
            assert (found[rule.id].value == "fails") is not holds, (rule.id, day, found[rule.id])


@given(today=st.dates(date(2016, 12, 16), date(2017, 2, 20)))
def test_going_forwards_and_counting_backwards_agree(today: date) -> None:
    """What is done in time leads to every date; the review of the committee is met only so."""
    found = cell_of(DUK, *a_cell())
    possible = earliest(found, DUK.rulebook.calendar, today)
    for step in found.steps:
        if step.last is not None:
            in_time = all(today <= (one.last or today) for one in (step, *before(found, step)))
            assert possible[step.node] <= step.last or not in_time, step
            assert step.node != (0, HOLD) or (possible[step.node] <= step.last) is in_time


@given(today=st.dates(date(2016, 12, 16), date(2017, 2, 20)))
def test_no_safe_day_lies_after_its_legal_day_or_on_a_day_off(today: date) -> None:
    for step in cell_of(DUK, *a_cell()).steps:
        if step.safe is not None and step.last is not None:
            assert step.safe <= step.last
            assert DUK.rulebook.calendar.is_working_day(step.safe)


def before(found: Plan, step: Step) -> Iterable[Step]:
    """Every step that comes before one."""
    for node in found.waits[step.node]:
        yield found.by_node[node]
        yield from before(found, found.by_node[node])
