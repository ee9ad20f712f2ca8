"""What somebody owes, in words: the task, the rung of the ladder, and until when."""

from __future__ import annotations

from datetime import date

from states.review import COLLECTIVE, INDIVIDUAL, ORGANISATION
from workflow.rules.reminding import Reminding

_OF_A_KIND: dict[str, dict[str, tuple[str, str]]] = {
    INDIVIDUAL: {
        "": ("{n} cá nhân", "{n} {person}"),
        "prepare": ("Viết bản tự kiểm điểm của {of}", "Write the self-review of {of}"),
        "send_draft": ("Gửi dự thảo bản kiểm điểm của {of}", "Send the draft review of {of}"),
        "notify_superior": (
            "Báo cấp trên ngày kiểm điểm của {of}",
            "Tell the superior the day {of} will be reviewed",
        ),
        "plan_session": ("Định ngày họp kiểm điểm {of}", "Plan the meeting that reviews {of}"),
        "hold_session": ("Họp kiểm điểm {of}", "Hold the review of {of}"),
        "issue_ballot": ("Phát phiếu xếp loại {of}", "Issue the papers for the vote on {of}"),
        "count_ballot": ("Bỏ phiếu xếp loại cho {of}", "Vote on the level of {of}"),
        "propose": ("Đề xuất mức xếp loại cho {of}", "Propose a level for {of}"),
        "submit": ("Báo cáo cấp trên kết quả của {of}", "Report the results of {of} to the superior"),
        "appraise": ("Thẩm định kết quả của {of}", "Appraise the results of {of}"),
        "decide": ("Quyết định xếp loại cho {of}", "Decide the level of {of}"),
        "publish": ("Công bố kết quả của {of}", "Announce the results of {of}"),
        "join_meeting": (
            "Kiểm điểm tại cuộc họp tới {of} đã vắng mặt",
            "Review {of} at the next meeting, after an absence",
        ),
    },
    COLLECTIVE: {
        "": ("{n} tập thể", "{n} {collective}"),
        "prepare": ("Viết báo cáo kiểm điểm của {of}", "Write the review report of {of}"),
        "send_draft": ("Gửi dự thảo báo cáo kiểm điểm của {of}", "Send the draft report of {of}"),
    },
    ORGANISATION: {
        "": ("{n} tổ chức", "{n} {organisation}"),
        "prepare": ("Chuẩn bị hồ sơ tự đánh giá của {of}", "Prepare the self-assessment of {of}"),
        "send_draft": ("Gửi dự thảo báo cáo của {of}", "Send the draft report of {of}"),
        "hold_session": ("Họp đánh giá {of}", "Hold the assessment of {of}"),
    },
}
"""Task by kind of review and gate, as (Vietnamese, English); a kind without a word of its own takes that of
the individual. The entry "" says who or what is counted."""

_BESIDE: dict[str, tuple[str, str]] = {
    "reply": ("Trả lời {n} văn bản lấy ý kiến", "Answer {n} {consultation}"),
    "remedy": (
        "Khắc phục {n} hạn chế theo kế hoạch",
        "Remedy {n} {shortcoming} as planned",
    ),
    "set_unit_day": (
        "Nhập ngày tổng kết của đơn vị ({n} đơn vị)",
        "Enter the unit's summing-up day ({n} {unit})",
    ),
}
"""Tasks that are nobody's review."""

_PLURALS = {
    "person": ("person", "people"),
    "collective": ("collective", "collectives"),
    "organisation": ("organisation", "organisations"),
    "consultation": ("consultation", "consultations"),
    "shortcoming": ("shortcoming", "shortcomings"),
    "unit": ("unit", "units"),
}

GATES = (*_OF_A_KIND[INDIVIDUAL], *_BESIDE)[1:]
"""Every step that may be owed, in the order of a season."""


def task(gate: str, kind: str, items: int, language: str) -> str:
    """What is to be done for how many: "Bỏ phiếu xếp loại cho 12 cá nhân", without a full stop.

    KeyError for a gate nobody has worded. No name and no level is in it.
    """
    place = 1 if language == "en" else 0
    counted = {name: forms[items != 1] for name, forms in _PLURALS.items()} | {"n": str(items)}
    if gate in _BESIDE:
        return _BESIDE[gate][place].format(**counted)
    of_kind = _OF_A_KIND.get(kind, _OF_A_KIND[INDIVIDUAL])
    words = of_kind.get(gate) or _OF_A_KIND[INDIVIDUAL][gate]
    return words[place].format(**counted, of=of_kind[""][place].format(**counted))


def rung_words(rung: str, language: str) -> str:
    """How near the date is, by the rung's name: "before:5" is "còn 5 ngày làm việc"."""
    sort, _, number = rung.partition(":")
    n = int(number)
    days = "working day" if n == 1 else "working days"
    words = {
        "before": (f"còn {n} ngày làm việc", f"{n} {days} left"),
        "day": ("ngày cuối cùng nên làm xong", "the last safe day"),
        "asked": ("cấp trên nhắc thêm", "reminded from above"),
        "after": (f"quá hạn {n} ngày làm việc", f"overdue by {n} {days}"),
        "escalate": (
            "quá hạn, báo lên cấp trên" if n == 1 else f"quá hạn, báo lên cấp trên thứ {n}",
            "overdue, the superior is told" if n == 1 else f"overdue, the superior of level {n} is told",
        ),
    }[sort]
    return words[1] if language == "en" else words[0]


def ladder_words(reminding: Reminding, language: str) -> str:
    """The whole ladder in one line, with its document; without one it is the service's own default."""
    en = language == "en"
    parts = []
    if reminding.before:
        days = ", ".join(map(str, reminding.before))
        parts.append(f"{days} working days before" if en else f"trước {days} ngày làm việc")
    if reminding.on_day:
        parts.append("on the last safe day" if en else "đúng ngày an toàn cuối cùng")
    if reminding.after:
        days = ", ".join(map(str, reminding.after))
        parts.append(f"{days} after the last day" if en else f"quá hạn {days} ngày làm việc")
    if reminding.escalate:
        days = ", ".join(map(str, reminding.escalate))
        parts.append(f"superiors after {days}" if en else f"báo cấp trên sau {days} ngày làm việc")
    house = "default of this system, no clause" if en else "mặc định của hệ thống, không có điều khoản"
    return f"{'; '.join(parts)} ({reminding.cite or house})"


def due_words(due_on: date, safe_on: date, hour: str, language: str) -> str:
    """Until when, and the last safe day where it is another one.

    `due_on` is the last day that still meets the date, itself counted; `hour` ("15:00") where it ends by its
    clause.
    """
    last = f"{hour} {due_on:%d/%m/%Y}" if hour else f"{due_on:%d/%m/%Y}"
    if language == "en":
        safe = f"; best done by {safe_on:%d/%m/%Y}, the last safe working day" if safe_on != due_on else ""
        return f"by {last}{safe}"
    safe = f"; nên làm xong chậm nhất ngày {safe_on:%d/%m/%Y}, ngày làm việc an toàn cuối cùng"
    return f"chậm nhất {last}{safe if safe_on != due_on else ''}"
