"""From a form to the engine and on to a page: done and 303, or refused beside what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.actors import NobodyActs
from api.asking import handled, looked_ahead
from api.pages.confirming import Question, asked, goes_back, is_confirmed
from api.pages.typed import Typed
from api.pages.views import Page
from api.pages.visits import Visit
from api.problems import kind_of
from handlers.roster.problems import RosterProblem
from workflow.answer import Answer
from workflow.commands.asking import Command, Request
from workflow.contention import Contention
from workflow.decision import Decision
from workflow.errors import Refusal

SHOWN_BESIDE = (Refusal, RosterProblem, NobodyActs, Contention)
"""What a form can be refused with and still be shown again as it was typed."""

Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]


def hand_over(
    visit: Visit,
    typed: Typed,
    command: Command | None,
    then: str,
    again: Callable[[Exception | None], Page],
    partly: Callable[[Answer], Page] | None = None,
    ask: Question | Callable[[Decision], Question] | None = None,
) -> Response:
    """Do it and go on; a wrong field or a refusal is answered beside the form with what was typed.

    Where some rows were done and others refused, `partly` is the page that says why. What cannot be taken
    back has `ask`: the question before it, or what tells it from what the command would come to now.
    """
    if ask is not None and goes_back(typed):
        return visit.answer(again(None))
    if command is None:
        return visit.answer(again(None), 422)
    try:
        request = Request(
            command=command,
            actor=visit.known,
            key=key_of(typed),
            expected_version=_version(typed),
            language=visit.language,
        )
        if ask is not None and not is_confirmed(typed):
            decision = looked_ahead(visit.service, request)
            return asked(visit, typed, again(None), ask if isinstance(ask, Question) else ask(decision))
        answer = handled(visit.service, request)
    except SHOWN_BESIDE as error:
        return visit.answer(again(error), kind_of(error).status)
    if all(row.done for row in answer.rows):
        return visit.go(then, "done")
    if partly is not None and any(row.problem for row in answer.rows):
        return visit.answer(partly(answer))
    return visit.go(then, "partly")


def key_of(typed: Typed) -> str | None:
    """The key under which a form is done once, however often it is sent."""
    return typed.raw("command_id")[:100] or None


def _version(typed: Typed) -> int | None:
    text = typed.raw("expected_version")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
