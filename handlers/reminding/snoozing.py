"""Setting an item aside until a day, with a reason; never past the day by which it can safely be done."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, insert

from handlers.notice_tables import SNOOZES
from handlers.reminding.inbox import notice_of
from workflow.errors import BadInput, NotFound
from workflow.errors import day as written

REASON_LENGTH_MAX = 500


def snooze(
    connection: Connection, person: str, notice: int, *, until: date, reason: str, today: date, at: datetime
) -> None:
    """Set the item of a notice aside, at all its rungs: `until` itself reminds again, at the latest its
    last safe day.

    Superiors are told all the same. Raises NotFound for a notice the person has not, BadInput for a day
    that is not after today or lies past the safe day, for a notice to a superior, and for no reason.
    """
    held = notice_of(connection, person, notice, today)
    if held is None:
        raise NotFound("notice", str(notice))
    if not reason.strip():
        raise BadInput("reason", "", "còn trống: hãy ghi lý do tạm gác.", "is empty: say why it waits.")
    if len(reason) > REASON_LENGTH_MAX:
        raise BadInput(
            "reason",
            reason[:20] + "…",
            f"dài quá {REASON_LENGTH_MAX} ký tự; hãy ghi ngắn hơn.",
            f"is longer than {REASON_LENGTH_MAX} characters; shorten it.",
        )
    if held.level:
        raise BadInput(
            "notice",
            str(notice),
            "là việc quá hạn đã báo lên cấp trên nên không tạm gác được.",
            "tells a superior of what is overdue; it cannot be set aside.",
        )
    if until <= today:
        raise BadInput(
            "until",
            written(until),
            f"phải sau hôm nay ({written(today)}): đó là ngày nhắc lại.",
            f"must be after today ({written(today)}): it is the day of the next reminder.",
        )
    if until > held.safe_on:
        raise BadInput(
            "until",
            written(until),
            f"sau ngày an toàn cuối cùng là {written(held.safe_on)}; hãy chọn ngày đó hoặc sớm hơn.",
            f"is after the last safe day, {written(held.safe_on)}; choose that day or an earlier one.",
        )
    connection.execute(
        insert(SNOOZES).values(
            recipient=person,
            campaign=held.campaign,
            organisation=held.organisation,
            kind=held.kind,
            gate=held.gate,
            rule=held.rule,
            due_on=held.due_on,
            until=until,
            reason=reason.strip(),
            recorded_at=at,
        )
    )
