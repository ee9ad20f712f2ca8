"""What the page shows that records the same for many reviews of a body."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.views import Choice, FormField, Page, RefusalView
from api.pages.views_cell import TickedRow
from api.pages.views_review import FactGroup


@dataclass(frozen=True, kw_only=True, slots=True)
class TogetherForm:
    """One act for many: `people` are chosen by a tick each, or `rows` hold a field each.

    `fields` belong to all; `confirmed` are items of a checklist, confirmed for everybody chosen who lacks
    them; `groups` are facts by topic.
    """

    title: str
    text: str
    action: str
    submit: str
    command_id: str
    fields: tuple[FormField, ...]
    people: tuple[Choice, ...] = ()
    rows: tuple[FormField, ...] = ()
    confirmed: tuple[FormField, ...] = ()
    groups: tuple[FactGroup, ...] = ()
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class TogetherPage(Page):
    """The forms of a body that still has something to prepare; after one was sent what came of each row."""

    TEMPLATE = "together.html"
    name: str
    back: str
    forms: tuple[TogetherForm, ...] = ()
    rows: tuple[TickedRow, ...] = ()
    refusal: RefusalView | None = None
