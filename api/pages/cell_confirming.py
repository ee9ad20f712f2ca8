"""After the count: a second person confirms what was typed, or puts right what differs from the paper."""

from __future__ import annotations

import secrets

from api.pages.cell_data import CellData
from api.pages.format import LEVELS, N_, day
from api.pages.typed import Typed
from api.pages.views import ActionForm, Choice, FormField
from api.pages.words import Words
from workflow.bodies import Ballot
from workflow.commands.meeting import ConfirmCount, CorrectCount

NOT_COMPARED = N_("Đánh dấu là đã đối chiếu với biên bản kiểm phiếu.")


def confirmations(cell: CellData, words: Words) -> tuple[ActionForm, ...]:
    """One form for each sheet that was counted and waits for a second person, with the figures as entered."""
    _ = words.gettext
    return tuple(
        ActionForm(
            action=f"/c/{cell.campaign.id}/o/{cell.organisation}/confirmations",
            submit=_("Xác nhận số phiếu"),
            fields=(
                FormField(name="ballot", label="", kind="hidden", value=sheet.id),
                FormField(
                    name="compared",
                    label=_("Tôi không nhập các số này và đã đối chiếu với biên bản kiểm phiếu ngày %(day)s")
                    % {"day": day(sheet.day)},
                    kind="tick",
                    hint="; ".join(
                        f"{cell.names.whose(review, cell.language)}: {_(LEVELS[level])} {papers}"
                        for (review, level), papers in sheet.tallies.items()
                    ),
                ),
            ),
        )
        for sheet in cell.unconfirmed
    )


def corrections(cell: CellData, words: Words, typed: Typed | None) -> tuple[ActionForm, ...]:
    """One form for each sheet counted: which figure, what the paper says, why it was typed otherwise."""
    _ = words.gettext
    return tuple(
        ActionForm(
            action=f"/c/{cell.campaign.id}/o/{cell.organisation}/corrections",
            submit=_("Sửa số phiếu ngày %(day)s") % {"day": day(sheet.day)},
            command_id=secrets.token_hex(16),
            fields=_fields(cell, sheet, words, typed if typed and typed.raw("ballot") == sheet.id else None),
        )
        for sheet in cell.sheets
    )


def _fields(cell: CellData, sheet: Ballot, words: Words, typed: Typed | None) -> tuple[FormField, ...]:
    _ = words.gettext
    chosen = typed.raw("figure") if typed else ""
    errors = typed.errors if typed else {}
    return (
        FormField(name="ballot", label="", kind="hidden", value=sheet.id),
        FormField(
            name="figure",
            label=_("Số nhập sai"),
            kind="select",
            value=chosen,
            error=errors.get("figure", ""),
            required=True,
            choices=tuple(
                Choice(
                    value=f"{review}/{level}",
                    label=f"{cell.names.whose(review, cell.language)}, {_(LEVELS[level])}: {papers}",
                )
                for (review, level), papers in sheet.tallies.items()
            ),
        ),
        FormField(
            name="now",
            label=_("Số đúng theo biên bản"),
            kind="number",
            value=typed.raw("now") if typed else "",
            error=errors.get("now", ""),
            required=True,
        ),
        FormField(
            name="reason",
            label=_("Vì sao nhập sai"),
            value=typed.raw("reason") if typed else "",
            error=errors.get("reason", ""),
            required=True,
        ),
    )


def read_confirmation(cell: CellData, typed: Typed) -> ConfirmCount | None:
    """A second person has compared a sheet of this body with the minutes."""
    ballot = typed.one_of("ballot", tuple(sheet.id for sheet in cell.unconfirmed))
    if not typed.tick("compared"):
        typed.wrong("compared", NOT_COMPARED)
    return None if typed.errors else ConfirmCount(ballot=ballot)


def read_correction(cell: CellData, typed: Typed) -> CorrectCount | None:
    """A second person puts one figure of a sheet right."""
    name = typed.one_of("ballot", tuple(sheet.id for sheet in cell.sheets))
    sheet = next((sheet for sheet in cell.sheets if sheet.id == name), None)
    figures = tuple(f"{review}/{level}" for review, level in sheet.tallies) if sheet else ()
    review, _, level = typed.one_of("figure", figures).rpartition("/")
    now, reason = typed.number("now"), typed.text("reason")
    if typed.errors:
        return None
    return CorrectCount(ballot=name, review=review, level=level, now=now, reason=reason)
