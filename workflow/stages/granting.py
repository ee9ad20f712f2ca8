"""Giving a role to a person: proposed by one, confirmed by another, ended at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from states import grant as grant_life
from states.grant import EVERYWHERE
from states.roles import Role
from states.table import Table
from workflow.access import Conflict, Delegation, Grant
from workflow.commands.access import ConfirmGrant, EndGrant, GiveAtSetUp, ProposeGrant, WithdrawGrant
from workflow.decision import Change, Decision, Situation, not_blank, stage_names
from workflow.errors import AlreadyThere, BadInput, NotAllowed, NotFound, WrongStage
from workflow.errors import day as written
from workflow.event import Event
from workflow.events.access import (
    GrantConfirmed,
    GrantEnded,
    GrantGivenAtSetUp,
    GrantProposed,
    GrantWithdrawn,
)
from workflow.stages.opening import SAFE_ID


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessHeld:
    """What the tables say about the body and the people a grant, delegation or declaration names.

    `above` are the bodies over it, nearest first; `known` those of the named ids that are there. `campaigns`
    are open and touch the body. `by_delegation` says that the asker acts for somebody else.
    `administrators` is whether the service has any. `covered_until` is the last day the asker himself holds
    without a gap what he delegates, None where he does not hold it on the first, and `held_already` says that
    the other holds it himself then. `at_home` says that the person a declaration is about belongs to the body
    it names.
    """

    above: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    campaigns: tuple[str, ...] = ()
    by_delegation: bool = False
    administrators: bool = False
    covered_until: date | None = None
    held_already: bool = False
    at_home: bool = False


def propose_grant(command: ProposeGrant, situation: Situation, held: AccessHeld) -> Decision:
    """Propose a role for somebody else. new -> proposed."""
    grant = _new(situation, command.grant)
    _check_what_is_given(command, situation, held)
    check_access_move(situation, grant_life.TABLE, "grant", grant, "propose_grant", command.body, held)
    _in_own_right(situation, held)
    if command.person not in held.known:
        raise BadInput(
            "person",
            command.person,
            "không có trong danh sách. Kiểm tra lại mã, hoặc nhập người này vào danh sách trước.",
            "is not on the roster. Check the code, or enter the person there first.",
        )
    if command.person == situation.actor.id:
        raise BadInput(
            "person",
            command.person,
            "là chính bạn; không ai tự giao vai trò cho mình, hãy để người khác đề nghị.",
            "is you; nobody gives a role to himself, let somebody else propose it.",
        )
    return _decision(
        situation,
        command.grant,
        GrantProposed(
            person=command.person,
            role=command.role,
            body=command.body,
            first=command.first,
            last=command.last,
            document=command.document,
            reason=command.reason,
            by=situation.actor.id,
            on=situation.today,
        ),
    )


def give_at_set_up(command: GiveAtSetUp, situation: Situation, held: AccessHeld) -> Decision:
    """Give a role before any campaign is open; the first administrator at any time. new -> granted."""
    grant = _new(situation, command.grant)
    _check_what_is_given(command, situation, held)
    check_access_move(situation, grant_life.TABLE, "grant", grant, "give_at_set_up", command.body, held)
    if command.as_the_first and held.administrators:
        raise AlreadyThere("first_administrator", command.person)
    first = command.role == Role.ADMINISTRATOR and not held.administrators
    if held.campaigns and not first:
        raise BadInput(
            "grant",
            command.grant,
            f"– đang có đợt kiểm điểm mở ({', '.join(held.campaigns)}); từ lúc này giao vai trò phải do một "
            "người đề nghị và một người khác xác nhận.",
            f"– a campaign is open ({', '.join(held.campaigns)}); from now on one person proposes a grant "
            "and another confirms it.",
        )
    return _decision(
        situation,
        command.grant,
        GrantGivenAtSetUp(
            person=command.person,
            role=command.role,
            body=command.body,
            first=command.first,
            last=command.last,
            document=command.document,
            by=situation.actor.id,
            on=situation.today,
        ),
    )


def confirm_grant(command: ConfirmGrant, situation: Situation, held: AccessHeld) -> Decision:
    """Confirm what another person proposed for a third. proposed -> granted.

    While a campaign that touches the body is open, an administrator does not confirm: who may rate whom is
    then for the committee and its officer.
    """
    grant = _there(situation, command.grant)
    check_access_move(situation, grant_life.TABLE, "grant", grant, "confirm_grant", grant.body, held)
    _in_own_right(situation, held)
    actor = situation.actor
    if held.campaigns and actor.role is Role.ADMINISTRATOR:
        by = frozenset(grant_life.CONFIRMERS) - {Role.ADMINISTRATOR}
        raise NotAllowed(grant.id, "confirm_grant", actor.role, actor.body, by, grant.body)
    if grant.proposed_by == actor.id:
        raise BadInput(
            "actor",
            actor.id,
            "là người đã đề nghị giao vai trò này; người xác nhận phải là người khác.",
            "proposed this grant; another person has to confirm it.",
        )
    if grant.person == actor.id:
        raise BadInput(
            "actor",
            actor.id,
            "là người được giao vai trò; không ai tự xác nhận vai trò của mình.",
            "is who the role is for; nobody confirms his own.",
        )
    if grant.last is not None and grant.last < situation.today:
        raise BadInput(
            "last",
            written(grant.last),
            "đã qua khi chưa ai xác nhận; rút đề nghị này và lập đề nghị mới.",
            "passed before anybody confirmed; withdraw this proposal and make a new one.",
        )
    return _decision(situation, grant.id, GrantConfirmed(by=actor.id, on=situation.today))


def withdraw_grant(command: WithdrawGrant, situation: Situation, held: AccessHeld) -> Decision:
    """Take a proposal back or turn it down. proposed -> withdrawn."""
    grant = _there(situation, command.grant)
    check_access_move(situation, grant_life.TABLE, "grant", grant, "withdraw_grant", grant.body, held)
    not_blank("reason", command.reason)
    event = GrantWithdrawn(reason=command.reason, by=situation.actor.id, on=situation.today)
    return _decision(situation, grant.id, event)


def end_grant(command: EndGrant, situation: Situation, held: AccessHeld) -> Decision:
    """End it from today on. granted -> ended.

    One person is enough: what should no longer be held has to stop at once. Giving it again takes two.
    """
    grant = _there(situation, command.grant)
    check_access_move(situation, grant_life.TABLE, "grant", grant, "end_grant", grant.body, held)
    not_blank("reason", command.reason)
    event = GrantEnded(reason=command.reason, by=situation.actor.id, on=situation.today)
    return _decision(situation, grant.id, event)


# --- shared with delegations and declarations ---------------------------------------------------------


def check_access_move(
    situation: Situation,
    table: Table,
    what: str,
    life: Grant | Delegation | Conflict,
    trigger: str,
    body: str,
    held: AccessHeld,
) -> None:
    """Raise WrongStage or NotAllowed unless the actor's role may make the move, at the body or above it."""
    actor = situation.actor
    step = table.step(trigger, life.stage)
    if step is None:
        possible = tuple(dict.fromkeys(row.trigger for row in table.open_to(life.stage)))
        raise WrongStage(what, life.id, trigger, stage_names(table)[life.stage], possible)
    if table.fire(trigger, life.stage, actor.role) is None or not over(actor.body, body, held):
        raise NotAllowed(life.id, trigger, actor.role, actor.body, step.by, body)


def over(actor_body: str, body: str, held: AccessHeld) -> bool:
    """Whether the body acted for is the one meant, stands above it, or is the whole service."""
    return actor_body in (body, *held.above, EVERYWHERE)


def check_name(field: str, name: str) -> None:
    """Refuse a name that cannot stand in an address."""
    if not SAFE_ID.fullmatch(name):
        raise BadInput(
            field,
            name,
            "chỉ được gồm chữ không dấu, số và gạch ngang, tối đa 40 ký tự.",
            "may only hold plain letters, digits and hyphens, 40 at most.",
        )


def check_days(first: date, last: date | None, today: date) -> None:
    """Refuse days in the wrong order, or all of them passed."""
    if last is not None and last < first:
        raise BadInput(
            "last",
            written(last),
            f"sớm hơn ngày bắt đầu ({written(first)}).",
            f"is earlier than the first day ({written(first)}).",
        )
    if last is not None and last < today:
        raise BadInput(
            "last",
            written(last),
            f"đã qua; hôm nay là {written(today)}.",
            f"has passed; today is {written(today)}.",
        )


def role_of(value: str, allowed: frozenset[Role]) -> Role:
    """The role of that name; BadInput names those there are."""
    if value not in {role.value for role in allowed}:
        names = ", ".join(sorted(role.value for role in allowed))
        raise BadInput("role", value, f"không thuộc: {names}.", f"is not one of: {names}.")
    return Role(value)


def _check_what_is_given(command: ProposeGrant | GiveAtSetUp, situation: Situation, held: AccessHeld) -> None:
    check_name("grant", command.grant)
    role = role_of(command.role, grant_life.GRANTABLE)
    everywhere = command.body == EVERYWHERE and role is Role.ADMINISTRATOR
    if command.body not in held.known and not everywhere:
        raise BadInput("body", command.body, "không có trong danh sách tổ chức.", "is no body of the roster.")
    check_days(command.first, command.last, situation.today)
    not_blank("document", command.document)


def _in_own_right(situation: Situation, held: AccessHeld) -> None:
    if held.by_delegation:
        raise BadInput(
            "actor",
            situation.actor.id,
            "đang làm theo ủy quyền; đề nghị hay xác nhận giao vai trò phải do chính người giữ vai trò làm.",
            "acts by delegation; a grant is proposed and confirmed by those who hold their role themselves.",
        )


def _new(situation: Situation, name: str) -> Grant:
    grant = _grant(situation, name)
    if grant.version:
        raise AlreadyThere("grant", name)
    return grant


def _there(situation: Situation, name: str) -> Grant:
    grant = _grant(situation, name)
    if not grant.version:
        raise NotFound("grant", name)
    return grant


def _grant(situation: Situation, name: str) -> Grant:
    grant = situation.bodies[f"grant/{name}"]
    assert isinstance(grant, Grant), "a grant stream folds to a grant"
    return grant


def _decision(situation: Situation, name: str, event: Event) -> Decision:
    change = Change(stream=f"grant/{name}", events=(event,))
    return Decision(changes=(change,), occurred_on=situation.today)
