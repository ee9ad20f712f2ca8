"""Letting another person act in a role one holds, for some days, and taking it back."""

from __future__ import annotations

from states import delegation as delegation_life
from workflow.access import Delegation
from workflow.commands.access import DelegateCapacity, EndDelegation
from workflow.decision import Change, Decision, Situation
from workflow.errors import AlreadyThere, BadInput, NotAllowed, NotFound
from workflow.errors import day as written
from workflow.event import Event
from workflow.events.access import CapacityDelegated, DelegationEnded
from workflow.stages.granting import AccessHeld, check_access_move, check_days, check_name, over, role_of


def delegate(command: DelegateCapacity, situation: Situation, held: AccessHeld) -> Decision:
    """Hand a role on that one holds oneself on every one of its days. new -> in_force.

    What was delegated is not handed on, and nothing is delegated for days gone by.
    """
    delegation = _delegation(situation, command.delegation)
    if delegation.version:
        raise AlreadyThere("delegation", command.delegation)
    check_name("delegation", command.delegation)
    role = role_of(command.role, delegation_life.DELEGABLE)
    check_days(command.first, command.last, situation.today)
    actor = situation.actor
    if command.first < situation.today:
        raise BadInput(
            "first",
            written(command.first),
            f"đã qua; chỉ ủy quyền từ hôm nay ({written(situation.today)}) trở đi.",
            f"has passed; one delegates from today ({written(situation.today)}) on.",
        )
    if command.person == actor.id:
        raise BadInput("person", command.person, "là chính bạn.", "is you.")
    if command.person not in held.known:
        raise BadInput(
            "person",
            command.person,
            "không có trong danh sách. Kiểm tra lại mã.",
            "is not on the roster. Check the code.",
        )
    if held.covered_until is None:
        raise BadInput(
            "role",
            f"{role}@{command.body}",
            f"không phải vai trò chính bạn giữ vào ngày {written(command.first)}; "
            "vai trò được ủy quyền thì không ủy quyền lại.",
            f"is not a role you hold yourself on {written(command.first)}; "
            "what was delegated to you is not handed on.",
        )
    if held.held_already:
        raise BadInput(
            "person",
            command.person,
            "đã tự giữ vai trò này nên không cần ủy quyền.",
            "holds this role already and needs no delegation.",
        )
    if held.covered_until < command.last:
        raise BadInput(
            "last",
            written(command.last),
            f"muộn hơn ngày cuối bạn còn giữ vai trò này ({written(held.covered_until)}).",
            f"is later than the last day you hold this role ({written(held.covered_until)}).",
        )
    check_access_move(
        situation,
        delegation_life.TABLE,
        "delegation",
        delegation,
        "delegate",
        actor.body,
        held,
    )
    return _decision(
        situation,
        command.delegation,
        CapacityDelegated(
            holder=actor.id,
            person=command.person,
            role=command.role,
            body=command.body,
            first=command.first,
            last=command.last,
            document=command.document,
            on=situation.today,
        ),
    )


def end_delegation(command: EndDelegation, situation: Situation, held: AccessHeld) -> Decision:
    """End it from today on: by either of the two, or by those who may end grants there. in_force -> ended."""
    delegation = _delegation(situation, command.delegation)
    if not delegation.version:
        raise NotFound("delegation", command.delegation)
    actor, table = situation.actor, delegation_life.TABLE
    theirs = actor.id in (delegation.holder, delegation.person)
    where = actor.body if theirs else delegation.body
    check_access_move(situation, table, "delegation", delegation, "end_delegation", where, held)
    if not theirs and not (
        actor.role in delegation_life.ENDED_FROM_ABOVE and over(actor.body, delegation.body, held)
    ):
        raise NotAllowed(
            delegation.id,
            "end_delegation",
            actor.role,
            actor.body,
            delegation_life.ENDED_FROM_ABOVE,
            delegation.body,
        )
    return _decision(situation, delegation.id, DelegationEnded(by=actor.id, on=situation.today))


def _delegation(situation: Situation, name: str) -> Delegation:
    delegation = situation.bodies[f"delegation/{name}"]
    assert isinstance(delegation, Delegation), "a delegation stream folds to a delegation"
    return delegation


def _decision(situation: Situation, name: str, event: Event) -> Decision:
    change = Change(stream=f"delegation/{name}", events=(event,))
    return Decision(changes=(change,), occurred_on=situation.today)
