"""Remediation plans: drawn up after the review, appraised, followed, ended, or left to the next review."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from handlers.plan_facts import plans_owed
from handlers.rebuild import disagreements, rebuild
from handlers.tables import PLANS, PRIVATE_TEXTS
from states import plan as life
from states.roles import Role
from tests.builders import BOARD, CAMPAIGN, FIRST, MET, collective, member
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.commands.plan import (
    AcceptPlan,
    AssignPlan,
    CarryPlanOver,
    ClosePlan,
    DrawUpPlan,
    FollowUpPlan,
    PlanItem,
    ReportPlan,
    ReturnPlan,
)
from workflow.database import Database
from workflow.errors import AlreadyThere, BadInput, NotAllowed, WrongStage

DRAWN = MET + timedelta(days=5)
PLAN = "CB01-KP"


def items(*keys: str) -> tuple[PlanItem, ...]:
    return tuple(
        PlanItem(
            key=key,
            weakness="Sinh hoạt chuyên đề còn ít",
            remedy="Mỗi quý một chuyên đề",
            responsible="0101",
            due=DRAWN + timedelta(days=30 * number),
        )
        for number, key in enumerate(keys)
    )


@pytest.fixture
def reviewed(database: Database) -> Town:
    town = Town.on(database).open()
    town.make_ready()
    town.meet()
    town.now.put(DRAWN)
    return town


def draw_up(town: Town, *keys: str) -> None:
    command = DrawUpPlan(plan=PLAN, review=collective(FIRST), items=items(*keys), on=DRAWN)
    town.do(command, town.secretary(FIRST))


def accepted(town: Town, *keys: str) -> None:
    draw_up(town, *keys)
    town.do(AssignPlan(plan=PLAN, monitor="0102", appraiser="DB01", on=DRAWN), BOARD)
    town.do(AcceptPlan(plan=PLAN, on=DRAWN), BOARD)


def row(town: Town) -> dict[str, object]:
    with town.database.read() as connection:
        return dict(connection.execute(select(PLANS).where(PLANS.c.plan == PLAN)).mappings().one())


def test_a_plan_lives_from_the_review_until_everything_is_remedied(reviewed: Town) -> None:
    accepted(reviewed, "1", "2")
    reviewed.do(ReportPlan(plan=PLAN, on=DRAWN, document="BC 07"), reviewed.secretary(FIRST))
    reviewed.do(FollowUpPlan(plan=PLAN, on=DRAWN, remedied=("1",)), reviewed.secretary(FIRST))
    kept = row(reviewed)
    assert (kept["stage"], kept["items"], kept["open_items"]) == (life.ACCEPTED, 2, 1)
    assert kept["next_due"] == DRAWN + timedelta(days=30)
    refused = reviewed.refused(BadInput, ClosePlan(plan=PLAN, on=DRAWN), reviewed.secretary(FIRST))
    assert "2" in refused.vi
    reviewed.do(FollowUpPlan(plan=PLAN, on=DRAWN, remedied=("2",)), reviewed.secretary(FIRST))
    carry = CarryPlanOver(plan=PLAN, on=DRAWN)
    reviewed.refused(BadInput, carry, reviewed.secretary(FIRST))
    reviewed.do(ClosePlan(plan=PLAN, on=DRAWN), reviewed.secretary(FIRST))
    assert row(reviewed)["stage"] == life.CLOSED


def test_what_is_not_remedied_is_carried_over(reviewed: Town) -> None:
    accepted(reviewed, "1", "2")
    reviewed.do(FollowUpPlan(plan=PLAN, on=DRAWN, remedied=("2",)), reviewed.secretary(FIRST))
    reviewed.do(CarryPlanOver(plan=PLAN, on=DRAWN), reviewed.secretary(FIRST))
    kept = row(reviewed)
    assert (kept["stage"], kept["open_items"]) == (life.CARRIED_OVER, 1)


def test_a_returned_plan_is_drawn_up_anew(reviewed: Town) -> None:
    draw_up(reviewed, "1")
    reviewed.do(ReturnPlan(plan=PLAN, reason="thiếu thời hạn", on=DRAWN), BOARD)
    draw_up(reviewed, "1", "2", "3")
    assert row(reviewed)["items"] == 3


def test_what_the_shortcomings_are_is_not_in_the_log(reviewed: Town) -> None:
    draw_up(reviewed, "1")
    stored = reviewed.history(f"plan/{PLAN}")
    assert b"chuy\xc3\xaan" not in b"".join(bytes(one.data) for one in stored)
    with reviewed.database.read() as connection:
        text = connection.execute(
            select(PRIVATE_TEXTS.c.content).where(PRIVATE_TEXTS.c.stream == f"plan/{PLAN}")
        ).scalar_one()
    assert "Sinh hoạt chuyên đề còn ít" in text


def test_a_plan_that_cannot_be_is_refused(reviewed: Town) -> None:
    secretary = reviewed.secretary(FIRST)
    draw_up(reviewed, "1")

    def order(review: str, *keys: str, name: str = "KHAC", on: date = DRAWN) -> DrawUpPlan:
        return DrawUpPlan(plan=name, review=review, items=items(*keys), on=on)

    reviewed.refused(BadInput, order(collective(FIRST)), secretary)
    reviewed.refused(BadInput, order(collective(FIRST), "1", "1"), secretary)
    reviewed.refused(BadInput, order(collective(FIRST), "1", on=MET - timedelta(days=1)), secretary)
    reviewed.refused(AlreadyThere, order(member("0105"), "1", name=PLAN), secretary)
    reviewed.refused(WrongStage, order(member("0201"), "1"), reviewed.secretary("CB02"))
    reviewed.refused(BadInput, AcceptPlan(plan=PLAN, on=DRAWN), BOARD)
    auditor = Actor(id="KT-01", role=Role.AUDITOR, body=FIRST)
    reviewed.refused(NotAllowed, AssignPlan(plan=PLAN, monitor="0102", appraiser="DB01", on=DRAWN), auditor)


def test_the_read_model_says_what_the_log_tells(reviewed: Town) -> None:
    accepted(reviewed, "1", "2")
    before = row(reviewed)
    with reviewed.database.write() as connection:
        rebuild(connection)
    assert row(reviewed) == before
    with reviewed.database.read() as connection:
        assert not list(disagreements(connection))


def test_a_decided_review_without_a_plan_owes_one(reviewed: Town) -> None:
    with reviewed.database.read() as connection:
        assert not plans_owed(connection, CAMPAIGN, "individual")
    reviewed.submit()
    reviewed.appraise()
    reviewed.decide()
    with reviewed.database.read() as connection:
        owed = {one.review for one in plans_owed(connection, CAMPAIGN, "individual")}
    assert member("0105") in owed
    order = DrawUpPlan(plan="P5", review=member("0105"), items=items("1"), on=DRAWN)
    reviewed.do(order, reviewed.secretary(FIRST))
    with reviewed.database.read() as connection:
        left = {one.review for one in plans_owed(connection, CAMPAIGN, "individual")}
    assert owed - left == {member("0105")}
