"""Declaring that somebody is too close to the subject of a review, and saying when that is over."""

from __future__ import annotations

from states import conflict as conflict_life
from workflow.access import Conflict
from workflow.commands.access import DeclareConflict, EndConflict
from workflow.decision import Change, Decision, Situation, not_blank
from workflow.errors import AlreadyThere, BadInput, NotAllowed, NotFound
from workflow.event import Event
from workflow.events.access import ConflictDeclared, ConflictEnded
from workflow.stages.granting import AccessHeld, check_access_move, check_name, over


def declare_conflict(
    command: DeclareConflict, situation: Situation, held: AccessHeld, digest: str
) -> Decision:
    """Declare a tie: by the person himself, by his body, or by a body above. new -> declared."""
    conflict = _conflict(situation, command.conflict)
    if conflict.version:
        raise AlreadyThere("conflict", command.conflict)
    check_name("conflict", command.conflict)
    if command.closeness not in set(conflict_life.Closeness):
        names = ", ".join(conflict_life.Closeness)
        raise BadInput("closeness", command.closeness, f"không thuộc: {names}.", f"is not one of: {names}.")
    if command.subject == command.person:
        raise BadInput(
            "subject",
            command.subject,
            "là chính người đó; không cần khai, không ai chủ trì, thẩm định hay quyết định về chính mình.",
            "is the same person; nobody chairs, appraises or decides about himself anyway.",
        )
    for field, value in (("person", command.person), ("subject", command.subject), ("body", command.body)):
        if value not in held.known:
            raise BadInput(field, value, "không có trong danh sách.", "is not on the roster.")
    if not held.at_home:
        raise BadInput(
            "body",
            command.body,
            "không phải nơi người này sinh hoạt hay giữ chức vụ.",
            "is not where this person is on the roll or holds a post.",
        )
    _by_himself_or_for_him(situation, conflict, "declare_conflict", command.person, command.body, held)
    return _decision(
        situation,
        command.conflict,
        ConflictDeclared(
            person=command.person,
            subject=command.subject,
            closeness=command.closeness,
            body=command.body,
            digest=digest,
            by=situation.actor.id,
            on=situation.today,
        ),
    )


def end_conflict(command: EndConflict, situation: Situation, held: AccessHeld) -> Decision:
    """Say that it is over: never by the person it keeps away himself. declared -> ended."""
    conflict = _conflict(situation, command.conflict)
    if not conflict.version:
        raise NotFound("conflict", command.conflict)
    actor = situation.actor
    if actor.id == conflict.person:
        raise BadInput(
            "actor",
            actor.id,
            "là người trong diện xung đột lợi ích; chi ủy hoặc cấp trên mới ghi là đã hết.",
            "is whom it keeps away; his committee or a body above says that it is over.",
        )
    _by_himself_or_for_him(situation, conflict, "end_conflict", "", conflict.body, held)
    not_blank("reason", command.reason)
    event = ConflictEnded(reason=command.reason, by=actor.id, on=situation.today)
    return _decision(situation, conflict.id, event)


def _by_himself_or_for_him(
    situation: Situation, conflict: Conflict, trigger: str, himself: str, body: str, held: AccessHeld
) -> None:
    actor, table = situation.actor, conflict_life.TABLE
    mine = actor.id == himself
    where = actor.body if mine else body
    check_access_move(situation, table, "conflict", conflict, trigger, where, held)
    at_home = actor.role in conflict_life.AT_HOME and actor.body == body
    from_above = actor.role in conflict_life.FROM_ABOVE and over(actor.body, body, held)
    if not (mine or at_home or from_above):
        by = conflict_life.AT_HOME | conflict_life.FROM_ABOVE
        raise NotAllowed(conflict.id, trigger, actor.role, actor.body, by, body)


def _conflict(situation: Situation, name: str) -> Conflict:
    conflict = situation.bodies[f"conflict/{name}"]
    assert isinstance(conflict, Conflict), "a conflict stream folds to a conflict"
    return conflict


def _decision(situation: Situation, name: str, event: Event) -> Decision:
    change = Change(stream=f"conflict/{name}", events=(event,))
    return Decision(changes=(change,), occurred_on=situation.today)
