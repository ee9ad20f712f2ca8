"""Setting an item aside until a day, with a reason, never past its last safe day; and bringing it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import Connection, insert

from handlers.notice_tables import SNOOZES
from handlers.reminding.inbox import Notice, notices_among
from workflow.errors import BadInput, NotFound
from workflow.errors import day as written

REASON_LENGTH_MAX = 500


def snooze(
    connection: Connection, person: str, notice: int, *, until: date, reason: str, today: date, at: datetime
) -> None:
    """The same as `snooze_all` for the item of one notice."""
    snooze_all(connection, person, (notice,), until=until, reason=reason, today=today, at=at)


def snooze_all(
    connection: Connection,
    person: str,
    notices: Collection[int],
    *,
    until: date,
    reason: str,
    today: date,
    at: datetime,
) -> None:
    """Set the items of these notices aside, at all their rungs, or none: `until` itself reminds again, at the
    latest their last safe day.

    Superiors are told all the same. Raises NotFound for a notice the person has not, BadInput for a day
    that is not after today or lies past the safe day, for a notice to a superior, and for no reason.
    """
    held = notices_among(connection, person, notices, today)
    missing = set(notices) - {one.id for one in held}
    if missing:
        raise NotFound("notice", str(min(missing)))
    _check_reason(reason)
    for one in held:
        _check_day(one, until, today)
    _keep(connection, person, held, until=until, reason=reason.strip(), at=at)


def bring_back(
    connection: Connection, person: str, notices: Collection[int], *, today: date, at: datetime
) -> None:
    """The items of these notices are owed again from today on; what set them aside stays written down.

    Those that are not set aside are left as they are. Raises NotFound for a notice the person has not.
    """
    held = notices_among(connection, person, notices, today)
    if missing := set(notices) - {one.id for one in held}:
        raise NotFound("notice", str(min(missing)))
    aside = [one for one in held if one.snoozed_until is not None]
    if aside:
        _keep(connection, person, aside, until=today, reason="", at=at)


def _keep(
    connection: Connection, person: str, held: Iterable[Notice], *, until: date, reason: str, at: datetime
) -> None:
    items = {(one.campaign, one.organisation, one.kind, one.gate, one.rule, one.due_on) for one in held}
    names = ("campaign", "organisation", "kind", "gate", "rule", "due_on")
    kept = {"recipient": person, "until": until, "reason": reason, "recorded_at": at}
    connection.execute(
        insert(SNOOZES), [dict(zip(names, item, strict=True)) | kept for item in sorted(items)]
    )


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise BadInput("reason", "", "còn trống: hãy ghi lý do tạm gác.", "is empty: say why it waits.")
    if len(reason) > REASON_LENGTH_MAX:
        raise BadInput(
            "reason",
            reason[:20] + "…",
            f"dài quá {REASON_LENGTH_MAX} ký tự; hãy ghi ngắn hơn.",
            f"is longer than {REASON_LENGTH_MAX} characters; shorten it.",
        )


def _check_day(held: Notice, until: date, today: date) -> None:
    if held.level:
        raise BadInput(
            "notice",
            str(held.id),
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
