"""A backward plan in words: what is to be done by when, by whom, by which clause, in Vietnamese or English.

No name of a person is in them; the names of bodies are handed in by whoever asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from deadlines.backward import DUE, ELSEWHERE, LIFE, NOTICE, ORDER, OUTSIDE_FIRST, PLANNED, Plan, Reason, Step
from deadlines.chains import (
    ANNOUNCE,
    APPRAISE,
    COLLECTIVE,
    CONSULT,
    COUNT,
    DECIDE,
    HEAD,
    HOLD,
    LEADER,
    MEMBER,
    NOTIFY,
    ORGANISATION,
    PREPARE,
    PUBLISH,
    SAME_LEVEL,
    SEND_DRAFT,
    SET_UNIT_DAY,
    STAFF_RATING,
    SUBMIT,
)
from deadlines.season import Season
from deadlines.slack import AMBER, GREEN, RED, Missed, Urgency
from states import review as life
from workflow.rules.due_dates import BEFORE, HOUSE, NEXT_MEETING

Both = tuple[str, str]

TASKS: Final[Mapping[str, Both]] = {
    SET_UNIT_DAY: ("Nhập ngày tổng kết của đơn vị", "Enter the unit's summing-up day"),
    PREPARE: ("Viết bản kiểm điểm của {of}", "Write the review report of {of}"),
    SEND_DRAFT: ("Gửi dự thảo của {of}", "Send the draft of {of}"),
    NOTIFY: ("Báo cấp trên ngày kiểm điểm {of}", "Tell the superior the day of reviewing {of}"),
    SAME_LEVEL: ("Kiểm điểm xong tổ chức cùng cấp của {of}", "Have the bodies beside {of} reviewed"),
    HOLD: ("Họp kiểm điểm {of}", "Hold the review of {of}"),
    STAFF_RATING: ("Có kết quả xếp loại công chức, viên chức của {of}", "Have {of} rated as officials"),
    COUNT: ("Bỏ phiếu xếp loại {of}", "Vote on the level of {of}"),
    ANNOUNCE: ("Công bố kết quả kiểm phiếu của {of}", "Announce the count of {of}"),
    SUBMIT: ("Báo cáo cấp trên kết quả của {of}", "Report the results of {of} to the superior"),
    CONSULT: ("Lấy ý kiến về {of}", "Ask for opinions on {of}"),
    APPRAISE: ("Thẩm định kết quả của {of}", "Appraise the results of {of}"),
    DECIDE: ("Quyết định xếp loại {of}", "Decide the level of {of}"),
    PUBLISH: ("Gửi, công bố kết quả của {of}", "Publish the results of {of}"),
}
"""What is to be done, (Vietnamese, English)."""

STEPS: Final[Mapping[str, Both]] = {
    SET_UNIT_DAY: ("ngày tổng kết", "summing-up day"),
    PREPARE: ("viết bản kiểm điểm", "writing the report"),
    SEND_DRAFT: ("gửi dự thảo", "sending the draft"),
    NOTIFY: ("báo cấp trên", "telling the superior"),
    SAME_LEVEL: ("tổ chức cùng cấp", "bodies of the same level"),
    HOLD: ("họp kiểm điểm", "the review meeting"),
    STAFF_RATING: ("xếp loại công chức", "the rating as officials"),
    COUNT: ("bỏ phiếu", "the vote"),
    ANNOUNCE: ("công bố kiểm phiếu", "announcing the count"),
    SUBMIT: ("báo cáo cấp trên", "the report to the superior"),
    CONSULT: ("lấy ý kiến", "the consultation"),
    APPRAISE: ("thẩm định", "the appraisal"),
    DECIDE: ("quyết định xếp loại", "the decision"),
    PUBLISH: ("công bố", "publication"),
}
"""A step by its name, where nothing more is said of it."""

_OF: Final[Mapping[str, tuple[str, str, str, str]]] = {
    COLLECTIVE: ("tập thể", "{n} tập thể", "the collective", "{n} collectives"),
    HEAD: ("người đứng đầu", "{n} người đứng đầu", "the head", "{n} heads"),
    LEADER: ("1 lãnh đạo", "{n} lãnh đạo", "1 leader", "{n} leaders"),
    MEMBER: ("1 người", "{n} người", "1 person", "{n} people"),
    ORGANISATION: ("tổ chức", "{n} tổ chức", "the organisation", "{n} organisations"),
}
"""Whom a step is about: one and several in Vietnamese, one and several in English."""

_WHO: Final[Mapping[str, Both]] = {
    PREPARE: ("người được kiểm điểm", "the person reviewed"),
    SAME_LEVEL: ("tổ chức cùng cấp", "the bodies of the same level"),
    STAFF_RATING: ("cơ quan quản lý cán bộ", "the body that rates officials"),
    COUNT: ("bí thư, tổ kiểm phiếu", "the secretary and the counting team"),
    CONSULT: ("ban tổ chức cấp trên", "the organisation board above"),
    APPRAISE: ("ban tổ chức cấp trên", "the organisation board above"),
    DECIDE: ("cấp ủy cấp trên", "the committee above"),
    PUBLISH: ("cấp ủy cấp trên", "the committee above"),
}
_HEAD: Final[Both] = ("người đứng đầu", "the head of the body")
_GUEST: Final[Both] = ("nơi quản lý người được kiểm điểm", "the body of the people reviewed")

COLOUR_WORDS: Final[Mapping[str, Both]] = {
    RED: ("Không kịp", "Cannot be met"),
    AMBER: ("Nguy cơ", "At risk"),
    GREEN: ("Kịp", "In time"),
}
"""What a colour says in a word or two."""

_WEEKDAYS: Final[Sequence[Both]] = (
    ("thứ Hai", "Monday"),
    ("thứ Ba", "Tuesday"),
    ("thứ Tư", "Wednesday"),
    ("thứ Năm", "Thursday"),
    ("thứ Sáu", "Friday"),
    ("thứ Bảy", "Saturday"),
    ("Chủ nhật", "Sunday"),
)


def chosen(both: Both, language: str) -> str:
    """The text of a pair in "vi" or "en"."""
    return both[1] if language == "en" else both[0]


def weekday(day: date, language: str) -> str:
    """A day with its weekday and without the year: "thứ Tư 18/01"."""
    return f"{chosen(_WEEKDAYS[day.weekday()], language)} {day:%d/%m}"


def of_words(role: str, items: int, language: str) -> str:
    """Whom a step is about: "tập thể", "12 người"."""
    return _OF[role][(2 if language == "en" else 0) + (items != 1)].format(n=items)


class Teller:
    """Tells the steps of one body's plan in one language; `bodies` are names by id."""

    def __init__(
        self, season: Season, plan: Plan, counts: Sequence[int], bodies: Mapping[str, str], language: str
    ) -> None:
        self._season, self._plan, self._counts = season, plan, counts
        self._bodies, self._language = bodies, language

    def task(self, step: Step, *others: Step) -> str:
        """What is to be done, without a full stop; `others` are the same step of further reviews."""
        of: dict[str, int] = {}
        for one in (step, *others):
            role = self._plan.parts[one.part].role
            of[role] = of.get(role, 0) + self._counts[one.part]
        told = ", ".join(of_words(role, items, self._language) for role, items in of.items())
        return chosen(TASKS[step.gate], self._language).format(of=told)

    def who(self, step: Step) -> str:
        """Which post has to do it."""
        part = self._plan.parts[step.part]
        if part.guest and step.gate != HOLD:
            return chosen(_GUEST, self._language)
        if step.gate == PREPARE and part.kind != life.INDIVIDUAL:
            return chosen(_HEAD, self._language)
        return chosen(_WHO.get(step.gate, _HEAD), self._language)

    def warning(self, step: Step) -> str:
        """By when, and what cannot be met otherwise, as one sentence."""
        task = self.task(step)
        if step.safe is None:
            return f"{task}."
        day, final = weekday(step.safe, self._language), self._plan.final(step)
        if final is step:
            return self._say(f"{task} chậm nhất {day}.", f"{task} by {day}.")
        due = self.due(final)
        return self._say(
            f"{task} chậm nhất {day}, nếu không sẽ không kịp {due}.",
            f"{task} by {day}, or {due} cannot be met.",
        )

    def short_warning(self, step: Step) -> str:
        """By when, and what cannot be met otherwise, without saying for whom: for one cell of a table."""
        name, final = chosen(STEPS[step.gate], self._language), self._plan.final(step)
        assert step.safe is not None, "only a step with a day is warned of"
        day = f"{step.safe:%d/%m}"
        if final is step:
            return self._say(f"{name} chậm nhất {day}", f"{name} by {day}")
        due = self.due(final)
        return self._say(f"{name} chậm nhất {day} để kịp {due}", f"{name} by {day}, for {due}")

    def short_missed(self, one: Missed) -> str:
        """What cannot be met any more and the first day it can be done, for one cell of a table."""
        name, last = chosen(STEPS[one.step.gate], self._language), f"{one.step.last:%d/%m}"
        first = f"{one.earliest:%d/%m}"
        return self._say(
            f"{name} hết hạn {last}, sớm nhất {first}", f"{name} until {last}, {first} at the earliest"
        )

    def due(self, final: Step) -> str:
        """The date at the end of a chain: "hạn trước 31/01"."""
        why = final.why
        assert why is not None, "only a step with a day ends a chain"
        day = f"{why.counted_from:%d/%m}"
        if why.why == PLANNED:
            return self._say(f"buổi họp {day}", f"the meeting of {day}")
        if why.why == ELSEWHERE:
            name, then = self._bodies.get(why.body, why.body), chosen(STEPS[why.then], self._language)
            return self._say(f"{then} của {name} ({day})", f"{then} of {name} ({day})")
        if why.basis == NEXT_MEETING:
            return self._say(f"buổi họp tới {day}", f"the next meeting, {day}")
        day = f"{why.hour} {day}" if why.hour else day
        if why.word == BEFORE:
            return self._say(f"hạn trước {day}", f"the date before {day}")
        return self._say(f"hạn {day}", f"the date {day}")

    def telling(self, step: Step) -> Step:
        """The step whose clause sets the day: this one, or the first after it where only the life binds
        it."""
        while step.why is not None and step.why.why == LIFE and step.why.later is not None:
            step = self._plan.by_node[step.why.later]
        return step

    def clause(self, step: Step) -> str:
        """The clause that sets the last day; empty where none does, or the house."""
        why = self.telling(step).why
        return self._cite(why) if why is not None else ""

    def because(self, step: Step) -> str:
        """Why the last safe day is that day, in a few short sentences."""
        why = step.why_safe
        if why is None or step.last is None:
            return self._say(
                "Không văn bản nào đặt hạn; làm sau việc trước.",
                "No document gives a date; it follows what comes before.",
            )
        parts = [self._reason(why)]
        if why.why == LIFE:
            after = self.telling(step).why_safe
            assert after is not None, "what follows a dated step has its day from somewhere"
            parts.append(self._reason(after))
        skipped = why.skipped
        if skipped:
            days = ", ".join(f"{day:%d/%m}" for day in skipped)
            parts.append(self._say(f"Đã trừ ngày nghỉ {days}.", f"Days off passed over: {days}."))
        if step.last != step.safe:
            last = f"{step.last:%d/%m}"
            parts.append(self._say(f"Ngày cuối theo quy định là {last}.", f"The last legal day is {last}."))
        if step.provisional:
            parts.append(
                self._say(
                    "Lịch nghỉ chưa ban hành chính thức, ngày này còn có thể đổi.",
                    "Days off not decreed yet may still move it.",
                )
            )
        return " ".join(parts)

    def missed(self, one: Missed) -> str:
        """What cannot be met any more, the first day it can still be done, and what is left to do."""
        task, last, first = self.task(one.step), f"{one.step.last:%d/%m}", f"{one.earliest:%d/%m/%Y}"
        if one.overdue:
            head = self._say(f"{task}: đã quá ngày cuối {last}", f"{task}: the last day {last} has passed")
        else:
            head = self._say(
                f"{task}: không còn kịp ngày cuối {last}", f"{task}: {last} can no longer be met"
            )
        soonest = self._say(f"sớm nhất làm được ngày {first}", f"it can be done on {first} at the earliest")
        return f"{head}; {soonest}. {self._left(one)}"

    def _left(self, one: Missed) -> str:
        """What remains: to be late, or an exception from the notice that can no longer be given in time."""
        late = self._say(
            "Vẫn làm được và ghi đúng ngày thật, được đánh dấu là trễ",
            "It can still be done and recorded with its true date, marked as late",
        )
        notice = self._notice_before(one)
        if one.overdue or not notice:
            return f"{late}."
        way = self._say(
            f"hoặc cấp có thẩm quyền cho phép ngoại lệ về thời hạn báo trước ({notice}) bằng văn bản",
            f"or the competent body grants an exception from the notice ({notice}) in writing",
        )
        return f"{late}; {way}."

    def _notice_before(self, one: Missed) -> str:
        """The clause of the notice on the way from what came too late to what is missed; empty without
        one."""
        step = one.culprit
        while step.why is not None and step.node != one.step.node:
            if step.why.why == NOTICE:
                return self._cite(step.why)
            if step.why.later is None:
                break
            step = self._plan.by_node[step.why.later]
        return ""

    def _reason(self, why: Reason) -> str:
        day, cite = f"{why.counted_from:%d/%m}", self._cite(why)
        cite = f" ({cite})" if cite else ""
        if why.why == DUE:
            return self._own(why, cite)
        if why.why == PLANNED:
            return self._say(f"Buổi họp đã định ngày {day}.", f"The meeting is planned for {day}.")
        if why.why == NOTICE:
            return self._notice(why, day, cite)
        if why.why == ELSEWHERE:
            name, then = self._bodies.get(why.body, why.body), chosen(STEPS[why.then], self._language)
            return self._say(
                f"{name} chờ việc này để {then}, ngày {day}{cite}.",
                f"{name} waits for it with {then}, on {day}{cite}.",
            )
        assert why.later is not None, "every other reason is a later step of this plan"
        later = self.task(self._plan.by_node[why.later])
        later = f"{later[:1].lower()}{later[1:]}"
        if why.why in (ORDER, OUTSIDE_FIRST):
            return self._say(
                f"Phải xong trước khi {later}, ngày {day}{cite}.",
                f"It comes before this: {later}, on {day}{cite}.",
            )
        return self._say(f"Sau đó là {later}, ngày {day}.", f"Then comes: {later}, on {day}.")

    def _own(self, why: Reason, cite: str) -> str:
        day = f"{why.counted_from:%d/%m/%Y}"
        day = f"{why.hour} {day}" if why.hour else day
        if why.basis == HOUSE:
            return self._say(
                f"Không điều khoản nào nêu ngày; mặc định của hệ thống là {day}.",
                f"No clause names a day; {day} is this service's own.",
            )
        if why.basis == NEXT_MEETING:
            return self._say(f"Buổi họp tới là ngày {day}{cite}.", f"The next meeting is on {day}{cite}.")
        if why.word == BEFORE:
            return self._say(f"Quy định: trước {day}{cite}.", f"The regulation says before {day}{cite}.")
        return self._say(
            f"Quy định: chậm nhất {day}{cite}.", f"The regulation says {day} at the latest{cite}."
        )

    def _notice(self, why: Reason, day: str, cite: str) -> str:
        days = f"{'working ' if why.working else ''}{'day' if why.n == 1 else 'days'}"
        more = (", thêm một ngày cho chắc", ", and one more to be safe") if why.working else ("", "")
        return self._say(
            f"Trước buổi họp {day} {why.n} ngày{' làm việc' if why.working else ''}{more[0]}{cite}.",
            f"{why.n} {days} before the meeting of {day}{more[1]}{cite}.",
        )

    def _cite(self, why: Reason) -> str:
        if not why.rule or why.basis == HOUSE:
            return ""
        rule = self._season.rulebook.rule(why.rule)
        return "" if rule.house_default else rule.cite

    def _say(self, vi: str, en: str) -> str:
        return en if self._language == "en" else vi


def slack_words(urgency: Urgency, language: str) -> str:
    """The colour in words, with the room in working days."""
    word, slack = chosen(COLOUR_WORDS[urgency.colour], language), urgency.slack
    if slack is None:
        return chosen(("Không có hạn", "No date"), language)
    days = f"{abs(slack)} working {'day' if abs(slack) == 1 else 'days'}"
    if slack < 0:
        said = (f"quá ngày an toàn {-slack} ngày làm việc", f"the last safe day passed {days} ago")
    elif slack == 0:
        said = ("hôm nay là ngày an toàn cuối", "today is the last safe day")
    else:
        said = (f"còn {slack} ngày làm việc an toàn", f"{days} to the last safe day")
    return f"{word}: {chosen(said, language)}"
