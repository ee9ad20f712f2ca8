"""The fields that the forms about a report share: day, text, choice, each as typed with what is wrong."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace

from api.pages.format import day
from api.pages.typed import Typed
from api.pages.views import ActionForm, Choice, FormField
from api.pages.visits import Visit


def bundle_form(
    visit: Visit,
    action: str,
    submit: str,
    fields: tuple[FormField, ...],
    style: str = "plain",
    notes: tuple[str, ...] = (),
) -> ActionForm:
    """One act on a report as a form."""
    return ActionForm(
        action=action,
        submit=submit,
        fields=fields,
        command_id=secrets.token_hex(16),
        style=style,  # type: ignore[arg-type]  # one of the three styles
        notes=notes,
    )


def on_field(visit: Visit, typed: Typed | None) -> FormField:
    """The day of the act, today unless another was typed."""
    return FormField(
        name="on",
        label=visit.words.gettext("Ngày"),
        kind="day",
        value=typed.raw("on") if typed else day(visit.today),
        error=typed.errors.get("on", "") if typed else "",
        required=True,
    )


def hour_field(visit: Visit, typed: Typed | None) -> FormField:
    """The hour of the act, for a deadline that names one; may be left out."""
    _ = visit.words.gettext
    return FormField(
        name="hour",
        label=_("Giờ báo cáo, ví dụ 15:00"),
        value=typed.raw("hour") if typed else "",
        error=typed.errors.get("hour", "") if typed else "",
        required=False,
    )


def text_field(name: str, label: str, typed: Typed | None) -> FormField:
    """A text that has to be filled in."""
    return FormField(
        name=name,
        label=label,
        value=typed.raw(name) if typed else "",
        error=typed.errors.get(name, "") if typed else "",
        required=True,
    )


def long_field(name: str, label: str, typed: Typed | None) -> FormField:
    """A text of several lines that has to be filled in; its draft is kept on the device."""
    return replace(text_field(name, label, typed), kind="textarea")


def select_field(name: str, label: str, typed: Typed | None, offered: Mapping[str, str]) -> FormField:
    """A choice that has to be made."""
    return FormField(
        name=name,
        label=label,
        kind="select",
        value=typed.raw(name) if typed else "",
        error=typed.errors.get(name, "") if typed else "",
        required=True,
        choices=tuple(Choice(value=code, label=text) for code, text in offered.items()),
    )
