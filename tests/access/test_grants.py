"""A role is proposed by one, confirmed by another, held on its days, and ended at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from handlers.access.capacities import capacities_of
from handlers.access.first import (
    AT_THE_MACHINE,
    give_at_set_up,
    grant_first_administrator,
    there_is_an_administrator,
)
from handlers.covered import uncovered
from handlers.rebuild import disagreements, rebuild
from states.grant import EVERYWHERE
from states.roles import Role
from tests.builders import BASE, COMMITTEE, FIRST, OFFICER, ROSTER, SECOND
from tests.town import Town
from workflow.commands.access import (
    ConfirmGrant,
    DelegateCapacity,
    EndDelegation,
    EndGrant,
    GiveAtSetUp,
    ProposeGrant,
    WithdrawGrant,
)
from workflow.commands.asking import Actor
from workflow.database import Database
from workflow.errors import AlreadyThere, BadInput, NotAllowed, NotFound, WrongStage

ADMINISTRATOR = Actor(id="QT-01", role=Role.ADMINISTRATOR, body=BASE)
SECOND_ADMINISTRATOR = Actor(id="QT-02", role=Role.ADMINISTRATOR, body=BASE)
SECOND_OFFICER = Actor(id="BTC-09", role=Role.OFFICER, body=BASE)
FROM = date(2017, 1, 3)
UNTIL = date(2017, 1, 20)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def town(database: Database) -> Town:
    """Nobody has opened a campaign yet."""
    made = Town.on(database)
    made.enter_roster()
    made.now.put(ROSTER)
    return made


@pytest.fixture
def open_town(database: Database) -> Town:
    return Town.on(database).open()


def propose(grant: str = "G1", **told: Any) -> ProposeGrant:
    said: dict[str, Any] = {
        "person": "0107",
        "role": "inspection",
        "body": BASE,
        "first": FROM,
        "last": UNTIL,
        "document": "QĐ 12-QĐ/ĐU",
    }
    return ProposeGrant(grant=grant, **{**said, **told})


def holds(town: Town, role: str, body: str, day: date, person: str = "0107") -> bool:
    with town.database.read() as connection:
        found = capacities_of(connection, person, day)
    return any(one.role == role and one.body == body for one in found)


def agrees(town: Town) -> None:
    with town.database.read() as connection:
        assert [str(one) for one in disagreements(connection)] == []
        assert [str(one) for one in uncovered(connection)] == []


def test_a_proposed_role_is_not_held_before_another_person_confirms_it(town: Town) -> None:
    town.do(propose(), OFFICER)
    assert not holds(town, "inspection", BASE, FROM)
    town.do(ConfirmGrant(grant="G1"), ADMINISTRATOR)
    assert not holds(town, "inspection", BASE, FROM - ONE_DAY)
    assert holds(town, "inspection", BASE, FROM)
    assert holds(town, "inspection", BASE, UNTIL)
    assert not holds(town, "inspection", BASE, UNTIL + ONE_DAY)
    agrees(town)


def test_who_proposed_does_not_confirm(town: Town) -> None:
    town.do(propose(), OFFICER)
    refused = town.refused(BadInput, ConfirmGrant(grant="G1"), OFFICER)
    assert "người khác" in refused.vi
    town.do(ConfirmGrant(grant="G1"), SECOND_OFFICER)


def test_nobody_gives_a_role_to_himself_or_confirms_his_own(town: Town) -> None:
    himself = Actor(id="0107", role=Role.OFFICER, body=BASE)
    town.refused(BadInput, propose(), himself)
    town.do(propose(), OFFICER)
    refused = town.refused(BadInput, ConfirmGrant(grant="G1"), himself)
    assert "tự xác nhận" in refused.vi
    assert not holds(town, "inspection", BASE, FROM)


def test_an_administrator_confirms_only_while_no_campaign_is_open(open_town: Town) -> None:
    open_town.do(propose(), OFFICER)
    refused = open_town.refused(NotAllowed, ConfirmGrant(grant="G1"), ADMINISTRATOR)
    assert Role.ADMINISTRATOR not in refused.by
    open_town.do(ConfirmGrant(grant="G1"), COMMITTEE)
    assert holds(open_town, "inspection", BASE, FROM)


def test_in_an_open_campaign_an_officer_confirms_what_an_administrator_proposed(open_town: Town) -> None:
    open_town.do(propose(), ADMINISTRATOR)
    open_town.do(ConfirmGrant(grant="G1"), OFFICER)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.ORGANISATION_BOARD, Role.AUDITOR, Role.MEMBER])
def test_others_neither_propose_nor_confirm(town: Town, role: Role) -> None:
    stranger = Actor(id="0102", role=role, body=BASE)
    town.refused(NotAllowed, propose(), stranger)
    town.do(propose(), OFFICER)
    town.refused(NotAllowed, ConfirmGrant(grant="G1"), stranger)


def test_an_officer_grants_in_his_own_branch_alone(town: Town) -> None:
    of_a_cell = Actor(id="0102", role=Role.OFFICER, body=FIRST)
    town.refused(NotAllowed, propose(), of_a_cell)  # above him
    town.refused(NotAllowed, propose(body=SECOND), of_a_cell)  # beside him
    town.do(propose(body=FIRST), of_a_cell)
    town.do(ConfirmGrant(grant="G1"), OFFICER)  # from above


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"role": "member"}, "role"),
        ({"role": "clock"}, "role"),
        ({"role": "king"}, "role"),
        ({"person": "9999"}, "person"),
        ({"body": "CB99"}, "body"),
        ({"body": EVERYWHERE}, "body"),
        ({"document": "  "}, "document"),
        ({"first": UNTIL, "last": FROM}, "last"),
        ({"first": ROSTER - 9 * ONE_DAY, "last": ROSTER - ONE_DAY}, "last"),
        ({"grant": "a/b"}, "grant"),
    ],
)
def test_what_cannot_be_granted_is_named(town: Town, wrong: dict[str, Any], field: str) -> None:
    assert town.refused(BadInput, propose(**wrong), OFFICER).field == field


def test_a_grant_of_one_day_that_ends_today_may_still_be_proposed(town: Town) -> None:
    town.do(propose(first=ROSTER, last=ROSTER), OFFICER)
    town.do(ConfirmGrant(grant="G1"), ADMINISTRATOR)
    assert holds(town, "inspection", BASE, ROSTER)


def test_a_proposal_whose_days_have_passed_is_not_confirmed(town: Town) -> None:
    town.do(propose(), OFFICER)
    town.now.put(UNTIL + ONE_DAY)
    assert town.refused(BadInput, ConfirmGrant(grant="G1"), ADMINISTRATOR).field == "last"


def test_a_grant_ended_ends_at_once_and_what_was_held_before_stays_told(town: Town) -> None:
    town.do(propose(), OFFICER)
    town.do(ConfirmGrant(grant="G1"), ADMINISTRATOR)
    town.now.put(FROM + 5 * ONE_DAY)
    town.do(EndGrant(grant="G1", reason="chuyển công tác"), OFFICER)
    assert not holds(town, "inspection", BASE, FROM + 5 * ONE_DAY)
    assert holds(town, "inspection", BASE, FROM + 4 * ONE_DAY)
    town.refused(WrongStage, EndGrant(grant="G1", reason="lần nữa"), OFFICER)
    agrees(town)


def test_what_was_withdrawn_is_over(town: Town) -> None:
    town.do(propose(), OFFICER)
    town.refused(BadInput, WithdrawGrant(grant="G1", reason=" "), OFFICER)
    town.do(WithdrawGrant(grant="G1", reason="nhầm người"), OFFICER)
    town.refused(WrongStage, ConfirmGrant(grant="G1"), ADMINISTRATOR)
    town.refused(AlreadyThere, propose(), OFFICER)
    town.refused(NotFound, ConfirmGrant(grant="G2"), ADMINISTRATOR)


def test_the_read_models_can_be_written_anew_from_the_log(town: Town) -> None:
    town.do(propose(), OFFICER)
    town.do(ConfirmGrant(grant="G1"), ADMINISTRATOR)
    with town.database.write() as connection:
        rebuild(connection)
    assert holds(town, "inspection", BASE, FROM)
    agrees(town)


def test_grants_are_not_proposed_or_confirmed_by_delegation(town: Town) -> None:
    """Else one person would be both: who proposes in his own name and who confirms for him."""
    give_at_set_up(town.engine, "0101", Role.SUPERIOR_COMMITTEE, BASE, document="QĐ 1")
    holder = Actor(id="0101", role=Role.SUPERIOR_COMMITTEE, body=BASE)
    town.do(
        DelegateCapacity(
            delegation="D1",
            person="0102",
            role="superior_committee",
            body=BASE,
            first=ROSTER,
            last=UNTIL,
        ),
        holder,
    )
    town.do(propose(), OFFICER)
    for_him = Actor(id="0102", role=Role.SUPERIOR_COMMITTEE, body=BASE)
    refused = town.refused(BadInput, ConfirmGrant(grant="G1"), for_him)
    assert "ủy quyền" in refused.vi
    town.do(EndDelegation(delegation="D1"), for_him)
    town.do(ConfirmGrant(grant="G1"), holder)


# --- set-up ---------------------------------------------------------------------------------------


def test_the_first_administrator_is_there_before_any_roster_and_there_is_no_second_first_one(
    database: Database,
) -> None:
    town = Town.on(database)
    town.now.put(ROSTER)
    assert not there_is_an_administrator(town.engine)
    grant_first_administrator(town.engine, "quan-tri", document="thiết lập")
    assert there_is_an_administrator(town.engine)
    assert holds(town, "administrator", EVERYWHERE, ROSTER, "quan-tri")
    with pytest.raises(AlreadyThere):
        grant_first_administrator(town.engine, "another", document="thiết lập")
    agrees(town)


def test_roles_are_given_directly_only_until_a_campaign_is_open(town: Town) -> None:
    give_at_set_up(town.engine, "0107", Role.OFFICER, BASE, document="QĐ 2", first=FROM)
    assert holds(town, "officer", BASE, FROM)
    town.plan()
    give_at_set_up(town.engine, "0106", Role.OFFICER, BASE, document="QĐ 2")  # planned is not open


def test_once_a_campaign_is_open_only_a_missing_administrator_is_given_directly(open_town: Town) -> None:
    with pytest.raises(BadInput, match="campaign is open"):
        give_at_set_up(open_town.engine, "0107", Role.OFFICER, BASE, document="QĐ 2")
    give_at_set_up(open_town.engine, "0107", Role.ADMINISTRATOR, BASE, document="QĐ 2")
    with pytest.raises(BadInput, match="campaign is open"):
        give_at_set_up(open_town.engine, "0106", Role.ADMINISTRATOR, BASE, document="QĐ 2")


def test_an_officer_does_not_give_directly(town: Town) -> None:
    command = GiveAtSetUp(grant="G9", person="0107", role="officer", body=BASE, first=ROSTER, document="QĐ 2")
    town.refused(NotAllowed, command, OFFICER)
    town.do(command, AT_THE_MACHINE)
