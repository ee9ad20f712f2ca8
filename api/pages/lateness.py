"""Which step a body is late or nearly late with, in words, from the due dates of the campaign's rulebook."""

from __future__ import annotations

from datetime import date

from api.pages.counted import Standing
from api.pages.format import short_day
from api.pages.views import StatusText
from api.pages.words import Words
from deadlines.due import Due
from deadlines.due import late_steps as late


def late_steps(standing: Standing, due: dict[str, Due], today: date) -> tuple[str, ...]:
    """The steps whose last day has passed with something left to do."""
    return late(due, today, lambda stage: standing.total(stage) - standing.done(stage))


def state_of(
    standing: Standing, due: dict[str, Due], today: date, words: Words, stages: dict[str, str]
) -> StatusText:
    """The one thing to know about a body: late, sent back, at risk, done, or where it stands."""
    _ = words.gettext
    for stage, one in due.items():
        left = standing.total(stage) - standing.done(stage)
        if left > 0 and one.is_late(today):
            days = (today - one.last).days
            text = words.ngettext("Trễ %(num)d ngày", "Trễ %(num)d ngày", days) % {"num": days}
            rest = words.ngettext("còn %(num)d kỳ", "còn %(num)d kỳ", left) % {"num": left}
            return StatusText(tone="late", text=f"{text}: {_(stages[stage]).lower()}, {rest}")
    if standing.returned:
        text = words.ngettext("Bị trả lại %(num)d kỳ", "Bị trả lại %(num)d kỳ", standing.returned)
        return StatusText(tone="refused", text=text % {"num": standing.returned})
    for stage, one in due.items():
        left = standing.total(stage) - standing.done(stage)
        if left > 0 and one.is_near(today):
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
    last = "appraised" if not standing.total("approved") or type(standing) is not Standing else "approved"
    if standing.done(last) >= standing.total(last):
        return StatusText(tone="done", text=_("Xong"))
    if standing.done("appraised") >= standing.total("appraised"):
        return StatusText(tone="decided", text=_("Chờ quyết định"))
    if standing.done("submitted") >= standing.total("submitted"):
        return StatusText(tone="waiting", text=_("Chờ thẩm định"))
    for stage in ("voted", "reviewed", "prepared"):
        done = standing.done(stage)
        if done:
            return StatusText(tone="working", text=f"{_(stages[stage])}: {done}/{standing.total(stage)}")
    return StatusText(tone="none", text=_("Chưa bắt đầu"))
