"""A command of somebody who is no part of the machine: what it is about is looked for in his scope first."""

from __future__ import annotations

from api.wiring import Service
from handlers.access.scope import Scope, scope_on
from handlers.access.things import check_command
from workflow.answer import Answer
from workflow.clock import ZONE
from workflow.commands.asking import Actor, Request
from workflow.decision import Decision
from workflow.errors import Refusal


def handled(service: Service, request: Request) -> Answer:
    """Carry it out as the engine does; NotFound where it is about something the actor may not see."""
    with service.database.read() as connection:
        check_command(connection, scope_of(service, request.actor), request.command)
    return service.engine.handle(request)


def looked_ahead(service: Service, request: Request) -> Decision:
    """What carrying it out now would come to: nothing is done. Refused where it would be refused."""
    with service.database.read() as connection:
        check_command(connection, scope_of(service, request.actor), request.command)
    _, outcome = service.engine.consider(request)
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def scope_of(service: Service, actor: Actor) -> Scope:
    """What this capacity sees today."""
    return scope_on(actor, service.engine.now().astimezone(ZONE).date())
