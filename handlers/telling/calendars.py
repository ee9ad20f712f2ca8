"""One sentence for every event of the calendar, and for what a campaign takes over from it."""

from __future__ import annotations

from handlers.telling.voice import Voice
from workflow.dated_days import WORD_NAMES
from workflow.events import calendar as happened

SHOWN_MAX = 10
"""How many days a sentence names; the others are counted."""


def calendar_change_proposed(event: happened.CalendarChangeProposed, voice: Voice) -> str:
    """Which days, by which document, why."""
    days = [
        f"{voice.day(day)} {voice.pick(*WORD_NAMES[what])}{_where(unit, voice)}{_unsure(provisional, voice)}"
        for day, what, unit, provisional, _ in event.days[:SHOWN_MAX]
    ]
    left = len(event.days) - len(days)
    more = voice.pick(f"; và {left} ngày khác", f"; and {left} more") if left else ""
    named = f"{'; '.join(days)}{more}{voice.paper(event.document)}{voice.because(event.reason)}"
    return voice.pick(f"Đề nghị đổi lịch làm việc: {named}.", f"Days of the calendar were proposed: {named}.")


def calendar_change_confirmed(event: happened.CalendarChangeConfirmed, voice: Voice) -> str:
    """From now on they hold."""
    return voice.pick(
        f"Xác nhận thay đổi lịch, là lần đổi thứ {event.number}.",
        f"The days were confirmed, as change number {event.number}.",
    )


def calendar_change_withdrawn(event: happened.CalendarChangeWithdrawn, voice: Voice) -> str:
    """Taken back before anybody confirmed."""
    why = voice.because(event.reason)
    return voice.pick(f"Rút đề nghị đổi lịch{why}.", f"The proposed days were withdrawn{why}.")


def calendar_adopted(event: happened.CalendarAdopted, voice: Voice) -> str:
    """By which document, and how many dates and steps it moves."""
    paper, why = voice.paper(event.document), voice.because(event.reason)
    dates, items = len(event.moved), sum(one[-1] for one in event.moved)
    return voice.pick(
        f"Áp dụng lịch làm việc mới{paper}, dời {dates} mốc ngày của {items} việc{why}.",
        f"Another calendar holds{paper}; dates moved: {dates}, steps they are for: {items}{why}.",
    )


def _where(unit: str, voice: Voice) -> str:
    return f" {voice.pick('tại', 'at')} {voice.body(unit)}" if unit else ""


def _unsure(provisional: bool, voice: Voice) -> str:
    return voice.pick(" (tạm tính)", " (provisional)") if provisional else ""
