"""Which step a body is late or nearly late with, in words, from the due dates of the campaign's rulebook."""

from __future__ import annotations

from datetime import date, datetime

from api.pages.counted import Standing
from api.pages.format import short_day
from api.pages.views import StatusText
from api.pages.words import Words
from deadlines.due import Due, day_of
from deadlines.due import late_steps as late


def late_steps(standing: Standing, due: dict[str, Due], now: datetime) -> tuple[str, ...]:
    """The steps whose last day, or hour, has passed with something left to do."""
    return late(counted(standing, due), now, lambda stage: standing.total(stage) - standing.done(stage))


def counted(standing: Standing, due: dict[str, Due]) -> dict[str, Due]:
    """The due dates of steps that are counted; that a result was announced is not."""
    return {stage: one for stage, one in due.items() if stage in standing.steps}


def how_late(one: Due, today: date, words: Words) -> str:
    """By how many days something is late; on its last day, since which hour."""
    days = (today - one.last).days
    if days < 1:
        return words.gettext("Trễ từ %(hour)s hôm nay") % {"hour": one.hour}
    return words.ngettext("Trễ %(num)d ngày", "Trễ %(num)d ngày", days) % {"num": days}


def state_of(
    standing: Standing, due: dict[str, Due], now: datetime, words: Words, stages: dict[str, str]
) -> StatusText:
    """The one thing to know about a body: late, sent back, at risk, done, or where it stands."""
    _ = words.gettext
    due = counted(standing, due)
    for stage, one in due.items():
        left = standing.total(stage) - standing.done(stage)
        if left > 0 and one.is_late(now):
            text = how_late(one, day_of(now), words)
            rest = words.ngettext("còn %(num)d kỳ", "còn %(num)d kỳ", left) % {"num": left}
            return StatusText(tone="late", text=f"{text}: {_(stages[stage]).lower()}, {rest}")
    if standing.returned:
        text = words.ngettext("Bị trả lại %(num)d kỳ", "Bị trả lại %(num)d kỳ", standing.returned)
        return StatusText(tone="refused", text=text % {"num": standing.returned})
    for stage, one in due.items():
        left = standing.total(stage) - standing.done(stage)
        if left > 0 and one.is_near(now):
            rest = words.ngettext("còn %(num)d kỳ", "còn %(num)d kỳ", left) % {"num": left}
            text = _("Nguy cơ: %(stage)s trước %(day)s") % {
                "stage": _(stages[stage]).lower(),
                "day": short_day(one.safe),
            }
            return StatusText(tone="risk", text=f"{text}, {rest}")
    return _progressing(standing, words, stages)


def _progressing(standing: Standing, words: Words, stages: dict[str, str]) -> StatusText:
    _ = words.gettext
    total = standing.total()
    if not total:
        return StatusText(tone="none", text=_("Không có ai phải kiểm điểm"))
    steps = [step for step in standing.steps if standing.total(step)]
    if standing.finished(steps[-1]):
        return StatusText(tone="done", text=_("Xong"))
    if "approved" in steps and standing.finished(steps[steps.index("approved") - 1]):
        return StatusText(tone="decided", text=_("Chờ quyết định"))
    if "submitted" in steps and standing.finished("submitted"):
        return StatusText(tone="waiting", text=_("Chờ thẩm định"))
    for stage in (step for step in ("voted", "reviewed", "prepared") if step in steps):
        done = standing.done(stage)
        if done:
            return StatusText(tone="working", text=f"{_(stages[stage])}: {done}/{standing.total(stage)}")
    return StatusText(tone="none", text=_("Chưa bắt đầu"))
