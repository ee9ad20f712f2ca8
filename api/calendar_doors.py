"""The addresses of changes of the calendar."""

from __future__ import annotations

from api.door import Door
from workflow.commands.calendar import (
    ConfirmCalendarChange,
    ProposeCalendarChange,
    WithdrawCalendarChange,
)

CALENDAR_DOORS: tuple[Door, ...] = (
    Door(
        ProposeCalendarChange,
        "/calendar/changes",
        "calendar/{change}",
        "Propose days off, worked days and half days; nothing changes before another person confirms",
        {
            "change": "LICH-2026-01",
            "days": [
                {"day": "2026-12-24", "what": "off", "document": "TB 12-TB/ĐU"},
                {"day": "2027-01-02", "what": "worked", "unit": "CB03", "provisional": True},
            ],
            "document": "Công văn 45-CV/ĐU",
            "reason": "Hoán đổi ngày làm việc",
        },
        makes=True,
    ),
    Door(
        ConfirmCalendarChange,
        "/calendar/changes/{change}/confirmation",
        "calendar/{change}",
        "Confirm what another person proposed: every campaign not closed counts by it from now on",
        {},
    ),
    Door(
        WithdrawCalendarChange,
        "/calendar/changes/{change}/withdrawal",
        "calendar/{change}",
        "Withdraw a proposal nobody has confirmed",
        {"reason": "Ghi nhầm ngày"},
    ),
)
