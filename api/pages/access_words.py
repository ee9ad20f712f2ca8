"""Words the pages of grants, delegations and ties share: states, days, fields."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.pages.format import day
from api.pages.typed import Typed
from api.pages.views import Choice, FormField, StatusText
from api.pages.visits import Visit
from states import delegation as delegation_life
from states import grant as grant_life
from states.roles import NAMES as ROLE_NAMES
from states.roles import Role


def days_told(visit: Visit, first: date, last: date | None) -> str:
    """“từ 03/01/2017 đến hết 31/03/2017”; without an end where there is none."""
    _ = visit.words.gettext
    if last is None:
        return _("từ %(first)s") % {"first": day(first)}
    return _("từ %(first)s đến hết %(last)s") % {"first": day(first), "last": day(last)}


def grant_state(visit: Visit, row: Any) -> StatusText:
    """Where a grant stands today."""
    _ = visit.words.gettext
    if row.stage == grant_life.PROPOSED:
        return StatusText(tone="waiting", text=_("Chờ xác nhận"))
    if row.stage == grant_life.WITHDRAWN:
        return StatusText(tone="none", text=_("Đã rút đề nghị"))
    return _held(visit, row.from_day, row.until_day, row.ended_on)


def delegation_state(visit: Visit, row: Any) -> StatusText:
    """Where a delegation stands today."""
    assert row.stage in (delegation_life.IN_FORCE, delegation_life.ENDED), "there is no other stage"
    return _held(visit, row.from_day, row.until_day, row.ended_on)


def _held(visit: Visit, first: date, last: date | None, ended: date | None) -> StatusText:
    _ = visit.words.gettext
    if ended is not None:
        return StatusText(tone="none", text=_("Đã thôi từ %(day)s") % {"day": day(ended)})
    if last is not None and last < visit.today:
        return StatusText(tone="none", text=_("Đã hết hạn"))
    if first > visit.today:
        return StatusText(tone="working", text=_("Chưa đến ngày"))
    return StatusText(tone="done", text=_("Đang giữ"))


def role_choices(visit: Visit, roles: frozenset[Role], chosen: str) -> tuple[Choice, ...]:
    """Roles to choose from, in the order of the table of roles, with an empty one first."""
    place = 1 if visit.language == "en" else 0
    named = ((role, ROLE_NAMES[role][place]) for role in ROLE_NAMES if role in roles)
    return (
        Choice(value="", label="–", chosen=not chosen),
        *(
            Choice(value=role, label=label[:1].upper() + label[1:], chosen=role == chosen)
            for role, label in named
        ),
    )


def field(typed: Typed | None, name: str, label: str, value: str = "", **told: Any) -> FormField:
    """A field with what was typed into it, `value` before anything was."""
    return FormField(
        name=name,
        label=label,
        value=typed.raw(name) if typed else value,
        error=typed.errors.get(name, "") if typed else "",
        **told,
    )
