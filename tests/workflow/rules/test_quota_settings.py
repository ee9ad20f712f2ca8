"""The base and rounding of a quota as settings, its room, an empty base; groups; sums of points as data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from workflow.review import Review
from workflow.rules.case import Case
from workflow.rules.conditions.shares import top_quota
from workflow.rules.facts import Facts
from workflow.rules.finding import Verdict
from workflow.rules.groups import group_of
from workflow.rules.loading import load_rulebook
from workflow.rules.vocabulary import SUMS, VOCABULARY
from workflow.standing import facts_of

BOOK = load_rulebook("vi_du_dang_uy_cong_ty")


def judged(top: int, good: int, base: str, rounding: str) -> tuple[Verdict, int]:
    case = Case(Facts.of("list", {"quota.top": top, "quota.good": good}), BOOK.calendar)
    verdict = top_quota(case, percent_max=20, base=base, rounding=rounding).verdict
    (allowed,) = (operand.value for operand in case.operands if operand.name == "quota_allowed")
    assert isinstance(allowed, int)
    return verdict, allowed


@pytest.mark.parametrize(
    ("top", "good", "base", "rounding", "verdict", "allowed"),
    [
        (3, 15, "pool", "down", Verdict.HOLDS, 3),  # 20% of 18 is 3.6
        (4, 14, "pool", "down", Verdict.FAILS, 3),
        (4, 14, "pool", "nearest", Verdict.HOLDS, 4),
        (3, 14, "pool", "nearest", Verdict.HOLDS, 3),  # 20% of 17 is 3.4
        (4, 13, "pool", "nearest", Verdict.FAILS, 3),
        (4, 13, "pool", "up", Verdict.HOLDS, 4),
        (3, 15, "good_only", "down", Verdict.HOLDS, 3),  # 20% of 15 is 3
        (3, 14, "good_only", "down", Verdict.FAILS, 2),  # 20% of 14 is 2.8
        (1, 2, "good_only", "nearest", Verdict.FAILS, 0),  # 0.4
        (1, 3, "good_only", "nearest", Verdict.HOLDS, 1),  # 0.6
    ],
)
def test_the_share_is_counted_on_its_base_and_rounded_as_set(
    top: int, good: int, base: str, rounding: str, verdict: Verdict, allowed: int
) -> None:
    assert judged(top, good, base, rounding) == (verdict, allowed)


def test_on_an_empty_base_no_top_rating_stands_and_without_one_there_is_nothing_to_judge() -> None:
    assert judged(1, 0, "good_only", "down") == (Verdict.FAILS, 0)
    assert judged(0, 0, "good_only", "down") == (Verdict.NOT_APPLICABLE, 0)


@pytest.mark.parametrize(("base", "rounding"), [("pool", "down"), ("good_only", "nearest"), ("pool", "up")])
def test_the_room_is_the_most_the_list_can_hold(base: str, rounding: str) -> None:
    """One more top rating is one good rating less; each number up to the room stands, the next does not."""
    for rated in range(1, 40):
        _, room = judged(0, rated, base, rounding)
        for top in range(1, rated + 1):
            verdict, _ = judged(top, rated - top, base, rounding)
            assert (verdict is Verdict.HOLDS) == (top <= room), (rated, top)


@pytest.mark.parametrize(
    ("leader", "group"), [(True, "vdct.group_leaders"), (False, "vdct.group_others"), (None, None)]
)
def test_a_person_is_counted_in_one_group_or_not_known_yet(leader: bool | None, group: str | None) -> None:
    facts = Facts.of("roster", {"subject.is_leader": leader})
    assert group_of(BOOK.groups, "individual", facts, BOOK.calendar) == group


@pytest.mark.parametrize(
    ("collective", "group"),
    [
        ("dang_uy_co_so", "vdct.group_committees"),
        ("chi_uy_truc_thuoc", "vdct.group_committees"),
        ("leadership", "vdct.group_leaderships"),
        ("btv_tinh", ""),
        (None, None),
    ],
)
def test_a_committee_and_a_leadership_are_counted_apart(collective: str | None, group: str | None) -> None:
    facts = Facts.of("roster", {"collective.type": collective})
    assert group_of(BOOK.groups, "collective", facts, BOOK.calendar) == group


@pytest.mark.parametrize("total", SUMS)
def test_a_total_is_known_once_each_of_its_parts_is(total: str) -> None:
    parts = SUMS[total]
    assert all(VOCABULARY[name].type is Decimal for name in (total, *parts))
    review = Review(id="2026.member.0001")
    review.facts = dict.fromkeys(parts[:-1], ("10.5", 1))
    assert facts_of(review, Facts()).value(total) is None
    review.facts[parts[-1]] = ("0", 2)
    assert facts_of(review, Facts()).value(total) == Decimal("10.5") * (len(parts) - 1)


def test_the_layer_is_in_force_when_its_document_is_dated() -> None:
    assert BOOK.provenance == "secondary"
    assert BOOK.rule("vdct.quorum").in_force == date(2026, 9, 15)
