"""A rulebook with anything wrong is refused, and the refusal names file, rule and key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.workflow.rules.shelf import HOUSE, NOTICE, QUOTA, put
from workflow.rules.loading import SHIPPED, load_rulebook
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook


def refused(shelf: Path, rules: str, opened_on: date | None = None) -> str:
    put(shelf, "test", rules)
    with pytest.raises(RulebookRefused) as refusal:
        load_rulebook("test", shelf=shelf, opened_on=opened_on)
    return str(refusal.value)


def test_the_sample_itself_is_taken(tmp_path: Path) -> None:
    put(tmp_path, "test", NOTICE + QUOTA + HOUSE)
    assert {rule.id for rule in load_rulebook("test", shelf=tmp_path).rules} == {
        "test.notice",
        "test.quota",
        "test.house",
    }


@pytest.mark.parametrize(
    ("was", "becomes", "key", "says"),
    [
        ('cite = "TEST, I.1"', "", "cite", "never travels without its clause"),
        ('cite = "TEST, I.1"', 'cite = " "', "cite", "never travels without its clause"),
        ('rows = ["TEST.1"]', "", "rows", "which rows of the register"),
        ('rows = ["TEST.1"]', 'rows = "TEST.1"', "rows", "must be a list"),
        ("calendar_days_before@1", "calendar_days_before@9", "condition", "that this software ships"),
        ("calendar_days_before@1", "count_days@1", "condition", "that this software ships"),
        ("days_min = 3", "", "days_min", "is missing"),
        ("days_min = 3", 'days_min = "3"', "days_min", "must be a int"),
        (
            "days_min = 3",
            "days_min = 3\nhours_min = 5",
            "hours_min",
            "neither a key of a rule nor a parameter",
        ),
        ("draft.sent_on", "draft.posted_on", "earlier", "not in the vocabulary"),
        ("draft.sent_on", "subject.status", "earlier", "where a date is read"),
        ('role = "gate"', 'role = "door"', "role", "is none of gate"),
        ('force = "refuse"', 'force = "insist"', "force", "is none of refuse"),
        ('gates = ["hold_session"]', 'gates = ["hold_party"]', "gates", "is none of open_campaign"),
        ('gates = ["hold_session"]', "", "gates", "where is a gate judged"),
        ('kinds = ["individual"]', 'kinds = ["dog"]', "kinds", "is none of individual"),
        ('kinds = ["individual"]', "", "kinds", "is missing"),
        ('role = "gate"', 'role = "gate"\nreading = "C17"', "reading", "is not like C-17"),
        ('role = "gate"', 'role = "gate"\nreading = "C-99"', "reading", "is not among the readings"),
        ('role = "gate"', 'role = "condition"', "level", "belongs to a level"),
        ('role = "gate"', 'role = "condition"\nlevel = "TSVM"', "level", "is no level of individual"),
        ('role = "gate"', 'role = "exemption"', "effect", "is none of exempt"),
        ('role = "gate"', 'role = "gate"\nwhen = { "subject.colour" = 1 }', "when", "not in the vocabulary"),
        (
            'role = "gate"',
            'role = "gate"\nwhen = { "subject.status" = "tall" }',
            "when",
            "is one of official",
        ),
        ('role = "gate"', 'role = "gate"\nwhen = { "meeting.day" = { below = 3 } }', "when", "whole number"),
        ('role = "gate"', 'role = "gate"\nreplaces = ["test.other"]', "replaces", "is not a rule"),
        ('role = "gate"', 'role = "gate"\nopen = ["hours"]', "open", "is not a parameter"),
        ('role = "gate"', 'role = "gate"\nhouse_default = true', "cite", "no document gives this rule"),
        ('says.en = "Sent at least 3 days before."', "", "says", "in vi and in en"),
        ('id = "test.notice"', 'id = "Notice!"', "id", "is missing or not like"),
        ('role = "gate"', 'role = "gate"\nin_force_until = 2015-01-01', "in_force_until", "before in_force"),
    ],
)
def test_a_rule_that_is_not_whole_is_refused(
    tmp_path: Path, was: str, becomes: str, key: str, says: str
) -> None:
    assert was in NOTICE
    message = refused(tmp_path, NOTICE.replace(was, becomes))
    line = next(line for line in message.splitlines() if f", {key}: " in line)
    assert line.startswith("test/rules.toml, ")
    assert says in line


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    message = refused(tmp_path, NOTICE.replace("days_min = 3", "") + QUOTA.replace("15\n", "15.5\n"))
    assert "test.notice, days_min" in message
    assert "test.quota, percent_max" in message


def test_a_second_rule_of_the_same_name_is_refused(tmp_path: Path) -> None:
    assert "test.notice, id: is already used" in refused(tmp_path, NOTICE + NOTICE)


def test_two_quotas_of_one_level_need_an_order(tmp_path: Path) -> None:
    second = QUOTA.replace("test.quota", "test.more").replace("percent_max = 15", "percent_max = 20")
    assert "test.more, level: conflicts with test.quota" in refused(tmp_path, QUOTA + second)
    put(
        tmp_path,
        "test",
        QUOTA + second.replace('role = "quota"', 'role = "quota"\nreplaces = ["test.quota"]'),
    )
    assert load_rulebook("test", shelf=tmp_path)


def test_quotas_for_different_cases_need_no_order(tmp_path: Path) -> None:
    small = 'role = "quota"\nwhen = { "quota.members_on_roll" = { below = 7 } }'
    large = 'role = "quota"\nwhen = { "quota.members_on_roll" = { at_least = 7 } }'
    second = QUOTA.replace("test.quota", "test.more").replace('role = "quota"', small)
    put(tmp_path, "test", QUOTA.replace('role = "quota"', large) + second)
    assert load_rulebook("test", shelf=tmp_path)


def test_two_notices_of_different_length_need_an_order(tmp_path: Path) -> None:
    second = NOTICE.replace("test.notice", "test.longer").replace("days_min = 3", "days_min = 5")
    assert "test.longer, condition: conflicts with test.notice" in refused(tmp_path, NOTICE + second)


def test_a_rulebook_out_of_force_is_refused(tmp_path: Path) -> None:
    assert "in_force: the rulebook is valid from 2016-01-01" in refused(tmp_path, NOTICE, date(2015, 12, 31))


def test_the_row_valid_on_the_opening_day_is_taken(tmp_path: Path) -> None:
    old = NOTICE.replace('role = "gate"', 'role = "gate"\nin_force_until = 2018-12-31')
    new = NOTICE.replace('role = "gate"', 'role = "gate"\nin_force = 2019-01-01').replace("= 3", "= 5")
    put(tmp_path, "test", old + new)
    for opened_on, days in ((date(2018, 12, 31), 3), (date(2019, 1, 1), 5)):
        rulebook = load_rulebook("test", shelf=tmp_path, opened_on=opened_on)
        assert rulebook.rule("test.notice").parameters["days_min"] == days
    assert load_rulebook("test", shelf=tmp_path).rule("test.notice").parameters["days_min"] == 5


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    assert "test/rules.toml: is not TOML" in refused(tmp_path, "[[rule")


def test_a_rulebook_nobody_shipped_is_named() -> None:
    with pytest.raises(RulebookRefused, match=r"nowhere/rulebook\.toml: is not there"):
        Rulebook.load("nowhere")


def test_the_header_must_be_whole(tmp_path: Path) -> None:
    folder = put(tmp_path, "test", NOTICE)
    (folder / "rulebook.toml").write_text('id = "other"', encoding="utf-8")
    with pytest.raises(RulebookRefused) as refusal:
        load_rulebook("test", shelf=tmp_path)
    for key in ("title", "source", "in_force", "scales", "id"):
        assert f"test/rulebook.toml, {key}: " in str(refusal.value)


def test_the_shipped_rulebook_survives_its_bytes() -> None:
    duk = Rulebook.load("duk_2016", opened_on=date(2016, 12, 1))
    again = Rulebook.from_bytes(duk.canonical_bytes())
    assert again == duk
    assert again.canonical_bytes() == duk.canonical_bytes()
    assert again.hash == duk.hash
    assert again.calendar == duk.calendar


def test_the_hash_changes_with_the_calendar_and_with_a_parameter(tmp_path: Path) -> None:
    duk = Rulebook.load("duk_2016")
    other_days = duk.calendar.with_days(days_off=[date(2017, 1, 20)])
    assert Rulebook.load("duk_2016", calendar=other_days).hash != duk.hash
    put(tmp_path, "test", NOTICE)
    first = load_rulebook("test", shelf=tmp_path).hash
    put(tmp_path, "test", NOTICE.replace("= 3", "= 4"))
    assert load_rulebook("test", shelf=tmp_path).hash != first


def test_every_file_of_the_shelf_is_in_utf_8_and_loads() -> None:
    for folder in SHIPPED.iterdir():
        if (folder / "rulebook.toml").is_file():
            assert Rulebook.load(folder.name).id == folder.name
