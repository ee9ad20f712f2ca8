"""Before an act that cannot be taken back: a page that tells what follows, with everything typed carried on.

The form is sent twice, first as it was filled in and then from this page; no script is needed. Going back
shows the form as it was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from fastapi.responses import Response

from api.pages.typed import Typed
from api.pages.views import ActionForm, Clause, ConfirmActPage, Confirmation, FormField, Page
from api.pages.visits import Visit

CONFIRMED = "confirmed"
BACK = "back"
_NOT_CARRIED = frozenset({"csrf", CONFIRMED, BACK})


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What is asked before an act: `consequences` are sentences with numbers, as the engine does it."""

    title: str
    consequences: tuple[str, ...]
    submit: str
    clauses: tuple[Clause, ...] = ()
    style: Literal["primary", "plain", "seal"] = "seal"


def is_confirmed(typed: Typed) -> bool:
    """Whether the form comes from the page that asks."""
    return typed.tick(CONFIRMED)


def goes_back(typed: Typed) -> bool:
    """Whether the visitor would rather look at the form again."""
    return typed.tick(BACK)


def asked(visit: Visit, typed: Typed, before: Page, question: Question) -> Response:
    """The page that asks, in the frame of the page the form stands on."""
    carried = tuple(
        FormField(name=name, label="", kind="hidden", value=value)
        for name, value in typed.form.multi_items()
        if name not in _NOT_CARRIED and isinstance(value, str)
    )
    _ = visit.words.gettext
    form = ActionForm(
        action=visit.request.url.path, submit=question.submit, fields=carried, style=question.style
    )
    page = ConfirmActPage(
        frame=replace(before.frame, notice=None, undo=None),
        crumbs=before.crumbs,
        asked=Confirmation(
            title=question.title,
            consequences=question.consequences,
            clauses=question.clauses,
            form=form,
            back=_("Quay lại"),
        ),
    )
    return visit.answer(page)


def asked_first(
    visit: Visit, typed: Typed, before: Callable[[], Page], question: Callable[[], Question]
) -> Response | None:
    """The question, or the page before it again; None once the act is confirmed."""
    if is_confirmed(typed):
        return None
    if goes_back(typed):
        return visit.answer(before())
    return asked(visit, typed, before(), question())
