"""An ordinary year of one cell, from the roster to the decision, on both databases."""

from handlers.rebuild import disagreements
from handlers.replay import replay
from states import review as life
from tests.builders import FIRST, collective, member
from tests.town import Town
from workflow.database import Database
from workflow.verify import verify_log


def test_a_cell_goes_from_the_roster_to_the_decision(database: Database) -> None:
    town = Town.on(database).open()
    top = town.people(FIRST)[0]
    town.make_ready(levels={top: "HTXSNV"})
    town.meet(levels={top: "HTXSNV"})
    assert {town.review(member(p)).stage for p in town.people(FIRST)} == {life.VOTED}
    town.submit()
    town.appraise()
    decided = town.decide()
    assert all(row.done for row in decided.rows), decided.rows
    assert town.review(member(top)).decided_level == "HTXSNV"
    assert {town.review(member(p)).stage for p in town.people(FIRST)} == {life.APPROVED}
    assert town.review(collective(FIRST)).stage == life.REVIEWED_UNRATED
    with database.read() as connection:
        assert list(disagreements(connection)) == []
        assert list(verify_log(connection)) == []
        for person in town.people(FIRST):
            assert replay(connection, member(person)).differs == ()
