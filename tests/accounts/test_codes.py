"""One-time codes: the vectors of the standard, the edges of the window, and no code twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.accounts.codes import code_at, new_secret, step_at, step_of, written

SECRET = b"12345678901234567890"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    assert code_at(SECRET, step_at(datetime.fromtimestamp(seconds, UTC))) == code


@pytest.mark.parametrize(("steps", "holds"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_counts_one_step_around_its_own(steps: int, holds: bool) -> None:
    here = step_at(NOON)
    found = step_of(SECRET, code_at(SECRET, here + steps), NOON, 0)
    assert found == (here + steps if holds else None)


def test_the_window_moves_with_the_second_a_step_begins() -> None:
    here = step_at(NOON)
    last = code_at(SECRET, here - 1)
    assert step_of(SECRET, last, NOON + timedelta(seconds=29, microseconds=999_999), 0) == here - 1
    assert step_of(SECRET, last, NOON + timedelta(seconds=30), 0) is None


def test_no_code_counts_twice_nor_one_before_it() -> None:
    here = step_at(NOON)
    assert step_of(SECRET, code_at(SECRET, here), NOON, here) is None
    assert step_of(SECRET, code_at(SECRET, here - 1), NOON, here) is None
    assert step_of(SECRET, code_at(SECRET, here + 1), NOON, here) == here + 1


def test_a_secret_is_written_in_groups_and_spaces_in_a_code_do_not_matter() -> None:
    assert written(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert len(new_secret()) == 20
    code = code_at(SECRET, step_at(NOON))
    assert step_of(SECRET, f" {code[:3]} {code[3:]}", NOON, 0) == step_at(NOON)
    assert step_of(SECRET, "", NOON, 0) is None
    assert step_of(SECRET, "số", NOON, 0) is None
