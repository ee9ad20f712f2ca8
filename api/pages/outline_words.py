"""The life of a kind of review under one regulation, in the words of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from api.pages.format import LEVELS, N_
from workflow.days import Calendar, DayOutsideCalendar
from workflow.rules.coverage import FORCES, PLACES
from workflow.rules.flow import (
    ASK,
    COUNTED,
    CUMULATIVE,
    FALL_THROUGH,
    HIGHEST,
    LEFT_OUT,
    LOWEST,
    MOTIONS,
    NOTICE,
    PASSED,
    PER_LEVEL,
    PROPOSAL,
    SELF,
    TWO_ROUNDS,
    Flow,
)
from workflow.rules.outlines import Ceiling, LastDay, Notice, Outline, When, last_days, outline
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import label, value_text

Words = Callable[[str], str]
Cell = tuple[str, tuple[str, ...]]

NOT_RATED = N_("Không xếp loại")
DRAFTS = {
    NOTICE: N_("Gửi dự thảo trước rồi mới họp"),
    PASSED: N_("Không buộc gửi dự thảo trước khi họp"),
}
SOURCES = {
    SELF: N_("Không bỏ phiếu; báo cáo mức tự xếp loại"),
    PROPOSAL: N_("Không bỏ phiếu; báo cáo mức được đề xuất"),
}
ROUNDS = {MOTIONS: N_("Một vòng, biểu quyết từng mức"), TWO_ROUNDS: N_("Hai vòng")}
COUNTS = {
    PER_LEVEL: N_("Phiếu chỉ tính cho mức được chọn"),
    CUMULATIVE: N_("Phiếu cho mức cao hơn tính cả cho mức dưới"),
}
BARRED = {
    COUNTED: N_("Người không bỏ phiếu vì liên quan vẫn tính vào tổng số"),
    LEFT_OUT: N_("Người không bỏ phiếu vì liên quan không tính vào tổng số"),
}
GAPS = {
    ASK: N_("Không khớp mức nào thì hỏi nơi quyết định"),
    FALL_THROUGH: N_("Không khớp mức nào thì lấy mức cao nhất có đủ các điều kiện khác"),
}
SUGGESTED = {LOWEST: N_("gợi ý mức thấp nhất"), HIGHEST: N_("gợi ý mức cao nhất")}
BASES = {
    "pool": N_("của tổng số mức cao nhất và mức thứ hai"),
    "good_only": N_("của số ở mức thứ hai"),
}
ROUNDINGS = {
    "down": N_("làm tròn xuống"),
    "nearest": N_("làm tròn đến số gần nhất"),
    "up": N_("làm tròn lên"),
}
SHARE_OF_RATED = "level_share_of_rated@1"
CEILINGS = {
    "top_share_of_good@1": N_("tính trên số ở mức thứ hai"),
    "level_share_at_most@1": N_("tính trên tất cả, kể cả nơi chưa xếp loại"),
    SHARE_OF_RATED: N_("tính trên số đã xếp loại"),
    "one_of_few@1": N_("khi mọi người đều từ mức thứ hai trở lên"),
    "one_listed_of_few@1": N_("khi mọi nơi đều từ mức thứ hai trở lên"),
}
"""What a quota is counted on, where no parameter says so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The assessment year whose last days are told, with one calendar for both sides."""

    year: int
    calendar: Calendar


def cells(book: Rulebook, kind: str, asked: Asked | None, _: Words, language: str) -> tuple[Cell, ...]:
    """Name and lines of every matter of this kind, always the same matters in the same order.

    Without a year asked for the last days are left out.
    """
    found = outline(book, kind)
    told = tuple((name, tuple(lines)) for name, lines in _life(found or _EMPTY, _, language))
    if found is None:
        told = tuple((name, (_("Không nói đến"),)) for name, lines in told)
    if asked is None:
        return told
    name = _("Hạn của năm kiểm điểm %(year)s") % {"year": asked.year}
    return (*told, (name, _days(book, kind, asked, _, language)))


def cases(given: When, language: str) -> str:
    """For which case a value or rule is, as facts in words: “số đảng viên trong danh sách: < 7”."""
    return "; ".join(f"{label(name, language)}: {_wanted(value, language)}" for name, value in given.items())


def _wanted(value: object, language: str) -> str:
    if isinstance(value, Mapping):
        signs = {"below": "<", "at_least": "≥"}
        return ", ".join(f"{signs[bound]} {value_text(limit, language)}" for bound, limit in value.items())
    return value_text(value, language)


def for_whom(given: When, language: str) -> str:
    """The same in brackets, after a value; empty where it is for everybody."""
    return f" ({cases(given, language)})" if given else ""


_EMPTY = Outline(
    levels=(), flow=Flow(kind=""), notices=(), majorities=(), deciders=(), ceilings=(), remedies=()
)


def _life(found: Outline, _: Words, language: str) -> Iterator[tuple[str, list[str]]]:
    flow, rated = found.flow, bool(found.levels)
    unrated, nothing = [_(NOT_RATED)], [_("Không quy định")]
    yield _("Các mức"), [" › ".join(_(LEVELS[level]) for level in found.levels)] if rated else unrated
    yield _("Dự thảo"), [_(DRAFTS[flow.draft])]
    notices = [_notice(one, _, language) for one in found.notices]
    yield _("Báo trước bao nhiêu ngày"), notices or nothing
    yield _("Bỏ phiếu"), _ballot(flow, _) if rated else unrated
    more = _("trên %(part)s")
    majorities = [
        f"{_level(one.level, _)}: {more % {'part': f'{one.numerator}/{one.denominator}'}}"
        f"{for_whom(one.when, language)}"
        for one in found.majorities
    ]
    yield _("Tỷ lệ phiếu cần có"), majorities or nothing
    yield _("Tính mức"), _computed(flow, _) if rated else unrated
    appraised = N_("Có thẩm định trước khi quyết định") if flow.appraisal else N_("Không thẩm định")
    yield _("Thẩm định"), [_(appraised)] if rated else unrated
    yield _("Ai quyết định"), [*_deciders(found, _, language)] if rated else unrated
    yield _("Hạn mức"), [_ceiling(one, _, language) for one in found.ceilings] or nothing
    remedies = [
        f"{', '.join(label(fact, language) for fact in one.facts)} "
        f"({FORCES[one.force].in_language(language)})"
        for one in found.remedies
    ]
    yield _("Khắc phục hạn chế, khuyết điểm"), remedies or nothing


def _notice(one: Notice, _: Words, language: str) -> str:
    days = N_("ít nhất %(days)s ngày làm việc") if one.working else N_("ít nhất %(days)s ngày")
    what = N_("Dự thảo đến người dự họp") if one.gate == "send_draft" else N_("Báo cấp trên")
    return f"{_(what)}: {_(days) % {'days': one.days}}{for_whom(one.when, language)}"


def _ballot(flow: Flow, _: Words) -> list[str]:
    if not flow.has_ballot:
        return [_(SOURCES[flow.source])]
    return [_("Có bỏ phiếu"), _(ROUNDS[flow.rounds]), _(COUNTS[flow.count]), _(BARRED[flow.barred])]


def _computed(flow: Flow, _: Words) -> list[str]:
    if not flow.computed:
        return [_("Không có tiêu chí để tính; nơi quyết định ghi mức, nêu lý do")]
    return [_("Tính theo tiêu chí"), f"{_(GAPS[flow.point_gap])}, {_(SUGGESTED[flow.suggests])}"]


def _deciders(found: Outline, _: Words, language: str) -> Iterator[str]:
    flow = found.flow
    types = value_text(flow.deciders_for, language) if flow.deciders_for else ""
    number = N_("Hai nơi quyết định, phải thống nhất") if flow.deciders > 1 else N_("Một nơi quyết định")
    yield f"{_(number)} ({types})" if types else _(number)
    if flow.decided_by_ballot:
        yield _("Nơi quyết định bỏ phiếu, ghi kết quả")
    for one in found.deciders:
        yield f"{value_text(one.bodies, language)}{for_whom(one.when, language)}"


def _ceiling(one: Ceiling, _: Words, language: str) -> str:
    parts = []
    if one.condition == SHARE_OF_RATED and not one.percent:
        parts.append(_("văn bản không đặt số"))
    elif one.percent is not None:
        parts.append(_("không quá %(percent)s%%") % {"percent": one.percent})
    if one.most is not None:
        parts.append(_("không quá %(most)s") % {"most": one.most})
    for value, told in ((one.base, BASES), (one.rounding, ROUNDINGS), (one.condition, CEILINGS)):
        if value in told:
            parts.append(_(told[value]))
    parts.append(FORCES[one.force].in_language(language))
    return f"{_level(one.level, _)}: {', '.join(parts)}{for_whom(one.when, language)}"


def _level(level: str | None, _: Words) -> str:
    return _(LEVELS[level]) if level else _("Mọi mức")


def _days(book: Rulebook, kind: str, asked: Asked, _: Words, language: str) -> tuple[str, ...]:
    try:
        found = last_days(book, kind, asked.year, asked.calendar)
    except DayOutsideCalendar:
        return (_("Không tính được: có hạn nằm ngoài lịch quanh năm này"),)
    return tuple(_day(one, language) for one in found) or (_("Không định ngày"),)


def _day(one: LastDay, language: str) -> str:
    place = PLACES[one.gate].in_language(language)
    hour = f"{one.hour} " if one.hour else ""
    return f"{hour}{one.day:%d/%m/%Y}, {place}{for_whom(one.when, language)}"
