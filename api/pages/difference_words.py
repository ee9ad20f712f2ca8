"""What a pair of rules, a reading, a quota group or a venue has on each side, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.pages.format import KINDS, LEVELS, N_
from api.pages.outline_words import cases
from api.pages.regulation_texts import ROLES
from api.pages.views_differences import SideRow
from api.pages.visits import Visit
from workflow.rules.coverage import FORCES, PLACES
from workflow.rules.differences import Differences, Pair, Point
from workflow.rules.groups import QuotaGroup
from workflow.rules.readings import Reading
from workflow.rules.rule import Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import label, value_text
from workflow.rules.venues import VenueRow
from workflow.rules.vocabulary import VOCABULARY

TRAITS = {
    "condition": N_("Điều kiện"),
    "role": N_("Loại quy tắc"),
    "force": N_("Nếu không đạt"),
    "gates": N_("Xét ở đâu"),
    "when": N_("Trong trường hợp"),
    "level": N_("Mức"),
    "ceiling": N_("Mức trần"),
    "effect": N_("Hệ quả"),
    "judgement": N_("Là nhận định của người xét"),
    "needs_ballot": N_("Cần đa số phiếu"),
    "discretion": N_("Nơi quyết định được xếp cao hơn, nêu lý do"),
    "upper_bound": N_("Chỉ để phân biệt với mức trên"),
    "house_default": N_("Mặc định của hệ thống"),
    "assessment_years": N_("Năm kiểm điểm"),
}
PARAMETERS = {
    "percent_max": N_("Tỷ lệ cao nhất, %"),
    "percent_min": N_("Tỷ lệ thấp nhất, %"),
    "most": N_("Nhiều nhất"),
    "base": N_("Tính trên"),
    "rounding": N_("Làm tròn"),
    "days_min": N_("Số ngày ít nhất"),
    "working_days_min": N_("Số ngày làm việc ít nhất"),
    "numerator": N_("Tử số"),
    "denominator": N_("Mẫu số"),
    "day": N_("Ngày"),
    "month": N_("Tháng"),
    "years_after": N_("Số năm sau năm kiểm điểm"),
    "word": N_("Cách ghi hạn"),
    "unless": N_("Trừ khi"),
    "earlier": N_("Việc làm trước"),
    "later": N_("Việc làm sau"),
    "part": N_("Phần"),
    "whole": N_("Tổng số"),
    "values": N_("Một trong"),
    "fact": N_("Dữ kiện"),
    "item": N_("Mục phải đánh dấu"),
}
"""Parameters that stand in many rules; another is shown by its own name."""
DUE_WORDS = {"before": N_("trước ngày ấy"), "at_latest": N_("chậm nhất ngày ấy")}


def pair_rows(pair: Pair, books: tuple[Rulebook, Rulebook], visit: Visit) -> Iterator[SideRow]:
    """Every parameter of the two rules, then the traits in which they differ."""
    _ = visit.words.gettext
    sides = tuple(zip((pair.left, pair.right), books, strict=True))
    for point in pair.parameters:
        values = zip((point.left, point.right), sides, strict=True)
        left, right = (_parameter(point.name, value, rule, book, visit) for value, (rule, book) in values)
        name = PARAMETERS.get(point.name)
        yield _row(_(name) if name else point.name, left, right, point)
    for point in pair.traits:
        left, right = (_trait(point.name, value, visit) for value in (point.left, point.right))
        yield _row(_(TRAITS[point.name]), left, right, point)


def setting_rows(found: Differences, visit: Visit) -> Iterator[SideRow]:
    """Readings, quota groups and venues that are not the same on both sides."""
    _, language = visit.words.gettext, visit.language
    none = _("Không có")
    for reading in found.readings:
        yield SideRow(
            name=_("Cách hiểu %(key)s") % {"key": reading.key},
            left=(_reading(reading.left, language) or none,),
            right=(_reading(reading.right, language) or none,),
        )
    for group in found.groups:
        name = _("Nhóm tính tỷ lệ %(key)s") % {"key": group.key}
        yield SideRow(
            name=name, left=_group(group.left, visit) or (none,), right=_group(group.right, visit) or (none,)
        )
    for venue in found.venues:
        name = _("Nơi kiểm điểm %(key)s") % {"key": venue.key}
        yield SideRow(
            name=name, left=_venue(venue.left, visit) or (none,), right=_venue(venue.right, visit) or (none,)
        )


def _row(name: str, left: str, right: str, point: Point) -> SideRow:
    if point.differs and left == right:  # two values of one word: only their own writing tells them apart
        left, right = f"{left} [{point.left}]", f"{right} [{point.right}]"
    return SideRow(name=name, left=(left,), right=(right,))


def _parameter(name: str, value: Any, rule: Rule, book: Rulebook, visit: Visit) -> str:
    _, language = visit.words.gettext, visit.language
    if value is None:
        return _("Không có")
    chosen = book.settings.get(rule.by_reading.get(name, ""))
    if chosen is not None and chosen.value == value:
        return f"{chosen.words_of(value, language)} ({chosen.id})"
    if name == "word" and value in DUE_WORDS:
        return _(DUE_WORDS[value])
    return label(value, language) if str(value) in VOCABULARY else value_text(value, language)


def _trait(name: str, value: Any, visit: Visit) -> str:
    _, language = visit.words.gettext, visit.language
    if name == "when":
        return cases(value, language) if value else _("Mọi trường hợp")
    if name == "gates":
        return "; ".join(PLACES[gate].in_language(language) for gate in value)
    if name == "force":
        return FORCES[value].in_language(language)
    if name == "role":
        return _(ROLES[value])
    if name == "assessment_years":
        return ", ".join(map(str, value)) or _("Mọi năm")
    if value is None:
        return _("Không có")
    return _(LEVELS[value]) if value in LEVELS else value_text(value, language)


def _reading(reading: Reading | None, language: str) -> str:
    return reading.value_in(language) if reading is not None else ""


def _group(group: QuotaGroup | None, visit: Visit) -> tuple[str, ...]:
    if group is None:
        return ()
    kinds = ", ".join(visit.words.gettext(KINDS[kind]) for kind in group.kinds)
    return (group.says.in_language(visit.language), f"{kinds} ({group.cite})")


def _venue(venue: VenueRow | None, visit: Visit) -> tuple[str, ...]:
    if venue is None:
        return ()
    return (value_text(venue.sessions, visit.language), venue.cite)
