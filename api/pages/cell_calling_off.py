"""A planned meeting that does not take place: the form that calls it off, and what it asks for."""

from __future__ import annotations

import secrets

from api.pages.cell_data import CellData
from api.pages.format import day
from api.pages.typed import Typed
from api.pages.views import ActionForm, FormField
from api.pages.words import Words
from states import meeting as meeting_life
from workflow.commands.meeting import CancelMeeting


def calling_off(cell: CellData, words: Words, typed: Typed | None) -> ActionForm | None:
    """The form for the next planned meeting; another day is planned afterwards."""
    planned = cell.planned
    if planned is None:
        return None
    _ = words.gettext
    return ActionForm(
        action=f"/c/{cell.campaign.id}/o/{cell.organisation}/cancellations",
        submit=_("Hủy buổi họp ngày %(day)s") % {"day": day(planned.day)},
        command_id=secrets.token_hex(16),
        fields=(
            FormField(name="meeting", label="", kind="hidden", value=planned.meeting),
            FormField(
                name="reason",
                label=_("Lý do"),
                hint=_("Sau đó định ngày khác được ngay."),
                value=typed.raw("reason") if typed else "",
                error=typed.errors.get("reason", "") if typed else "",
                required=True,
            ),
        ),
    )


def read_calling_off(cell: CellData, typed: Typed) -> CancelMeeting | None:
    """A meeting of this body is called off."""
    waiting = tuple(row.meeting for row in cell.meetings if row.stage == meeting_life.PLANNED)
    meeting, reason = typed.one_of("meeting", waiting), typed.text("reason")
    return None if typed.errors else CancelMeeting(meeting=meeting, reason=reason)
