"""Two rulebooks compared: what one side alone orders, what both order with other values, both ways round."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tests.workflow.rules.shelf import HOUSE, NOTICE, QUOTA, SCALES, layer, put
from workflow.rules.books import Books
from workflow.rules.composition import FLOW, GROUP, READING, REMINDING, RULE, composition
from workflow.rules.differences import TOPICS, Alone, Differences, Pair, Setting, compare
from workflow.rules.loading import load_rulebook
from workflow.rules.outlines import Majority, Notice, kinds_of, last_days, outline
from workflow.rules.rulebook import Rulebook

NAMES = Books().names()
BASE, LAYER = "qd366_2025", "vi_du_dang_uy_cong_ty"


def shelved(shelf: Path, name: str, *rules: str) -> Rulebook:
    """A small rulebook of these rules, each of them named after the book."""
    put(shelf, name, "\n".join(rules).replace("test.", f"{name}."), header=SCALES)
    return load_rulebook(name, shelf=shelf)


def mirrored(found: Differences) -> Differences:
    """The same with the sides exchanged."""

    def settings(those: tuple[Setting, ...]) -> tuple[Setting, ...]:  # type: ignore[type-arg]  # of any sort
        return tuple(Setting(key=one.key, left=one.right, right=one.left) for one in those)

    def points(pair: Pair, name: str) -> tuple[object, ...]:
        return tuple(type(one)(one.name, one.right, one.left) for one in getattr(pair, name))

    return Differences(
        pairs=tuple(
            Pair(
                topic=one.topic,
                kinds=one.kinds,
                left=one.right,
                right=one.left,
                parameters=points(one, "parameters"),  # type: ignore[arg-type]  # points again
                traits=points(one, "traits"),  # type: ignore[arg-type]  # points again
            )
            for one in found.pairs
        ),
        left_alone=found.right_alone,
        right_alone=found.left_alone,
        readings=settings(found.readings),
        groups=settings(found.groups),
        venues=settings(found.venues),
    )


def test_another_number_under_the_same_condition_is_one_pair_with_both_values(tmp_path: Path) -> None:
    found = compare(
        shelved(tmp_path, "one", NOTICE),
        shelved(tmp_path, "two", NOTICE.replace("days_min = 3", "days_min = 5")),
    )
    (pair,) = found.changed
    assert (pair.topic, pair.kinds) == ("hold_session", ("individual",))
    assert (pair.left.id, pair.right.id) == ("one.notice", "two.notice")
    assert [(one.name, one.left, one.right) for one in pair.parameters if one.differs] == [("days_min", 3, 5)]
    assert len(pair.parameters) == 3
    assert pair.traits == ()
    assert found.left_alone == found.right_alone == ()


def test_the_same_numbers_are_an_equal_pair_whatever_clause_and_words_say(tmp_path: Path) -> None:
    reworded = NOTICE.replace("TEST, I.1", "TEST, IX").replace("Gửi trước", "Đưa trước")
    found = compare(shelved(tmp_path, "one", NOTICE), shelved(tmp_path, "two", reworded))
    assert [pair.left.id for pair in found.equal] == ["one.notice"]
    assert found.is_empty


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ('condition = "calendar_days_before@1"', 'condition = "working_days_before@1"'),  # other days counted
        ('earlier = "draft.sent_on"', 'earlier = "notice.superior_on"'),  # another letter
        ('gates = ["hold_session"]', 'gates = ["submit"]'),  # judged elsewhere
        ('role = "gate"', 'role = "deadline"'),
    ],
)
def test_what_is_about_something_else_stands_on_each_side_alone(
    tmp_path: Path, written: str, otherwise: str
) -> None:
    other = NOTICE.replace(written, otherwise)
    if "working_days" in otherwise:
        other = other.replace("days_min", "working_days_min")
    found = compare(shelved(tmp_path, "one", NOTICE), shelved(tmp_path, "two", other))
    assert found.pairs == ()
    assert [one.rule.id for one in found.left_alone] == ["one.notice"]
    assert [one.rule.id for one in found.right_alone] == ["two.notice"]


@pytest.mark.parametrize(
    ("written", "otherwise", "trait"),
    [
        ('force = "refuse"', 'force = "warn"', "force"),
        ('gates = ["hold_session"]', 'gates = ["plan_session", "hold_session"]', "gates"),
        ("days_min = 3", "days_min = 3\nwhen = { 'subject.is_leader' = true }", "when"),
    ],
)
def test_equal_numbers_with_another_force_place_or_case_still_differ(
    tmp_path: Path, written: str, otherwise: str, trait: str
) -> None:
    one, two = shelved(tmp_path, "one", NOTICE), shelved(tmp_path, "two", NOTICE.replace(written, otherwise))
    (pair,) = compare(one, two).changed
    assert [point.name for point in pair.traits] == [trait]
    assert not any(point.differs for point in pair.parameters)


def test_a_rule_for_more_kinds_is_paired_for_those_it_shares_and_alone_for_the_rest(tmp_path: Path) -> None:
    both = NOTICE.replace('kinds = ["individual"]', 'kinds = ["individual", "collective"]')
    found = compare(shelved(tmp_path, "one", both), shelved(tmp_path, "two", NOTICE))
    assert [pair.kinds for pair in found.equal] == [("individual",)]
    (alone,) = found.left_alone
    assert (alone.rule.id, alone.kinds, alone.topic) == ("one.notice", ("collective",), "hold_session")
    assert found.right_alone == ()


def test_rules_of_cases_that_never_meet_are_no_pair(tmp_path: Path) -> None:
    leaders = NOTICE + "when = { 'subject.is_leader' = true }\n"
    others = NOTICE + "when = { 'subject.is_leader' = false }\n"
    found = compare(shelved(tmp_path, "one", leaders), shelved(tmp_path, "two", others))
    assert found.pairs == ()


def test_of_several_that_fit_the_one_for_the_same_case_is_taken(tmp_path: Path) -> None:
    merit = QUOTA.replace("test.quota", "test.merit").replace("= 15", "= 20")
    merit += "when = { 'quota.special_merit' = true }\nreplaces = ['test.quota']\n"
    one = shelved(tmp_path, "one", QUOTA, merit)
    two = shelved(tmp_path, "two", merit.replace("= 20", "= 25"), QUOTA.replace("= 15", "= 20"))
    found = {pair.left.id: pair for pair in compare(one, two).changed}
    assert {name: pair.right.id for name, pair in found.items()} == {
        "one.quota": "two.quota",
        "one.merit": "two.merit",
    }
    (share,) = [point for point in found["one.merit"].parameters if point.name == "percent_max"]
    assert (share.left, share.right) == (20, 25)
    assert {pair.topic for pair in found.values()} == {"quotas"}


def test_a_threshold_is_compared_with_that_of_the_same_level(tmp_path: Path) -> None:
    top = HOUSE.replace("test.house", "test.top") + 'level = "HTXSNV"\n'
    good = HOUSE.replace("test.house", "test.good") + 'level = "HTTNV"\n'
    found = compare(shelved(tmp_path, "one", top), shelved(tmp_path, "two", good))
    assert found.pairs == ()
    assert (len(found.left_alone), len(found.right_alone)) == (1, 1)


def test_a_value_left_out_is_the_one_its_condition_takes(tmp_path: Path) -> None:
    due = """
[[rule]]
id = "test.due"
rows = ["TEST.3"]
cite = "TEST, I.3"
says.vi = "Trước ngày 05/02."
says.en = "Before 5 February."
role = "deadline"
gates = ["submit"]
kinds = ["individual"]
force = "warn"
condition = "by_yearly_day@1"
fact = "submission.on"
month = 2
day = 5
word = "before"
"""
    one = shelved(tmp_path, "one", due)
    assert compare(one, shelved(tmp_path, "two", due + "years_after = 1\n")).is_empty
    (pair,) = compare(one, shelved(tmp_path, "three", due + "years_after = 0\n")).changed
    assert [(p.name, p.left, p.right) for p in pair.parameters if p.differs] == [("years_after", 1, 0)]


def test_a_layer_beside_its_base_shows_exactly_what_the_layer_sets() -> None:
    """By the list of values the composition tells, which is made another way."""
    books = Books()
    base, own = books.load(BASE), books.load(LAYER)
    found = compare(base, own)
    told = composition(LAYER)
    set_by_layer = [value for value in told.by_layers() if value.is_changed]
    assert {
        (pair.left.id, point.name) for pair in found.changed for point in pair.parameters if point.differs
    } == {(value.of, value.name) for value in set_by_layer if value.what == RULE}
    added = {rule.id for rule in own.rules} - {rule.id for rule in base.rules}
    assert {one.rule.id for one in found.right_alone} == added
    assert found.left_alone == ()
    assert all(pair.left.id == pair.right.id for pair in found.pairs)
    assert {one.key for one in found.readings} == {v.of for v in set_by_layer if v.what == READING}
    assert {one.key for one in found.groups} == {v.of for v in told.by_layers() if v.what == GROUP}
    assert {v.what for v in set_by_layer} <= {RULE, READING, FLOW, GROUP, REMINDING}
    in_flow = {v.of for v in set_by_layer if v.what == FLOW}
    flows = {kind for kind in kinds_of(base) if outline(base, kind).flow != outline(own, kind).flow}  # type: ignore[union-attr]
    assert flows == in_flow


def test_a_layer_that_moves_one_number_differs_in_that_number_alone(tmp_path: Path) -> None:
    text = """
[[set]]
rule = "duk.notice_to_participants"
parameter = "days_min"
value = 4
cite = "HD 02"
"""
    layer(tmp_path, "noi_bo", "duk_2016", text)
    found = compare(Rulebook.load("duk_2016"), load_rulebook("noi_bo", shelf=tmp_path))
    (pair,) = found.changed
    assert [(p.name, p.left, p.right) for p in pair.parameters if p.differs] == [("days_min", 3, 4)]
    assert pair.traits == ()
    assert not (found.left_alone or found.right_alone or found.readings or found.groups or found.venues)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_differs_from_itself(name: str) -> None:
    book = Books().load(name)
    found = compare(book, book)
    assert found.is_empty
    assert {pair.left.id for pair in found.equal} == {rule.id for rule in book.rules}


@pytest.mark.parametrize(("one", "other"), [pair for pair in product(NAMES, NAMES) if pair[0] < pair[1]])
def test_the_other_way_round_is_the_mirror_and_no_rule_is_lost(one: str, other: str) -> None:
    left, right = Books().load(one), Books().load(other)
    found = compare(left, right)
    assert compare(right, left) == mirrored(found)
    for book, side, alone in ((left, "left", found.left_alone), (right, "right", found.right_alone)):
        told = [(getattr(pair, side).id, kind) for pair in found.pairs for kind in pair.kinds]
        told += [(apart.rule.id, kind) for apart in alone for kind in apart.kinds]
        assert sorted(told) == sorted((rule.id, kind) for rule in book.rules for kind in rule.kinds)
    order = [TOPICS.index(pair.topic) for pair in found.pairs]
    assert order == sorted(order)


def test_the_two_regimes_of_the_party_compared_by_hand() -> None:
    """DUK-2016 III.2.3.1 has 15 and 20 per cent, QD366-2025 Điều 12 has 20 and 25."""
    found = compare(Rulebook.load("duk_2016"), Rulebook.load("qd366_2025"))
    quotas = {pair.left.id: pair for pair in found.changed if pair.topic == "quotas"}
    assert {
        name: (pair.right.id, *[(p.left, p.right) for p in pair.parameters if p.name == "percent_max"])
        for name, pair in quotas.items()
    } == {
        "duk.quota_share": ("qd366.quota", (15, 20)),
        "duk.quota_special_merit": ("qd366.quota_special_merit", (20, 25)),
    }
    alone = {one.rule.id for one in found.left_alone}
    assert {"duk.vote_excellent", "duk.notice_to_participants", "duk.quota_small_cell"} <= alone
    assert "qd366.notice_collective" in {one.rule.id for one in found.right_alone}
    assert Alone(
        topic="quotas",
        kinds=("collective",),
        rule=Rulebook.load("qd366_2025").rule("qd366.quota"),
    ) in found.right_alone  # fmt: skip


def test_the_life_of_a_kind_is_read_off_the_rules() -> None:
    old, new = Rulebook.load("duk_2016"), Rulebook.load("qd366_2025")
    one, other = outline(old, "individual"), outline(new, "individual")
    assert one is not None
    assert other is not None
    assert (one.flow.has_ballot, other.flow.has_ballot) == (True, False)
    assert one.majorities[:2] == (Majority("HTXSNV", 2, 3, {}), Majority("HTTNV", 1, 2, {}))
    assert other.majorities == ()
    assert [(item.percent, item.most) for item in one.ceilings] == [
        (15, None),
        (None, 1),
        (20, None),
        (15, None),
        (20, None),
    ]
    collective = outline(old, "collective")
    assert collective is not None
    assert collective.levels == ()  # reviewed, not rated
    assert collective.notices == (
        Notice("send_draft", 3, False, {}),
        Notice("notify_superior", 5, True, {}),
    )
    assert outline(Rulebook.load("cdtkv_2020"), "organisation") is None


def test_the_last_days_are_those_of_the_year_asked_for() -> None:
    book = Rulebook.load("qd366_2025")
    days = {(one.gate, f"{one.day:%d/%m/%Y}") for one in last_days(book, "individual", 2026)}
    assert days == {("decide", "30/12/2026"), ("decide", "14/01/2027")}
