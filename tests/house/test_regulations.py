"""The registers of the regulations are whole, and every row of each is carried out by something."""

import pytest

from api.covering import covered
from workflow.rules.loading import HEADER, SHIPPED
from workflow.rules.register import number_of, questions, regime_of, registers, rows_about
from workflow.rules.rulebook import Rulebook

ROWS = {
    "tkv_2018": 103,
    "bg_2019": 43,
    "duk_2016": 189,
    "stc_2024": 30,
    "cdtkv_2020": 85,
    "qd366_2025": 49,
}
QUESTIONS = 93
BOOKS = sorted(path.parent.name for path in SHIPPED.glob(f"*/{HEADER}"))


def test_every_row_of_every_document_is_in_its_register() -> None:
    assert {name: len(register.rows) for name, register in registers().items()} == ROWS
    for name, register in registers().items():
        assert [number_of(row.id) for row in register.rows] == list(range(1, ROWS[name] + 1))
        assert {regime_of(row.id) for row in register.rows} == {name}


def test_every_question_has_its_reading_and_its_reason() -> None:
    assert list(questions()) == [f"C-{number:02d}" for number in range(1, QUESTIONS + 1)]
    known = {row.id for register in registers().values() for row in register.rows}
    for key, one in questions().items():
        assert set(one.rows) <= known, key
        assert set(one.regimes) <= ROWS.keys(), key
        assert rows_about(key) or one.regimes, key
        for text in (one.question, one.taken, one.why):
            assert text.vi.strip() and text.en.strip(), key


def test_a_row_names_questions_that_exist() -> None:
    for register in registers().values():
        for row in register.rows:
            assert set(row.readings) <= questions().keys(), row.id


@pytest.mark.parametrize("name", BOOKS)
def test_a_rulebook_takes_readings_of_questions_that_were_asked(name: str) -> None:
    assert Rulebook.load(name).settings.keys() <= questions().keys()


@pytest.mark.parametrize("name", ROWS)
def test_every_row_is_carried_out_by_something_known(name: str) -> None:
    found = covered(name)
    assert [row.id for row in found.uncovered] == []
    assert found.unknown == ()
    assert found.problems == ()
