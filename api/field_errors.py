"""What is wrong with single fields of a request, each named, in Vietnamese or English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.language import Language

SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("còn thiếu", "is missing"),
    "extra_forbidden": ("không có trường này", "is not a field here"),
    "day_form": ("ngày phải viết theo dạng yyyy-mm-dd", "a day is written yyyy-mm-dd"),
    "no_such_day": ("không có ngày này trong lịch", "there is no such day in the calendar"),
    "year_out_of_range": ("năm nằm ngoài khoảng 1900 đến 2100", "the year lies outside 1900 to 2100"),
    "odd_characters": ("có ký tự điều khiển", "holds control characters"),
    "string_type": ("phải là chữ", "must be text"),
    "string_unicode": ("có ký tự không hợp lệ", "holds characters that are no text"),
    "string_too_short": ("quá ngắn, ít nhất {min_length} ký tự", "is too short, {min_length} at least"),
    "string_too_long": ("quá dài, nhiều nhất {max_length} ký tự", "is too long, {max_length} at most"),
    "string_pattern_mismatch": (
        "chỉ gồm chữ không dấu, số, dấu chấm, gạch ngang, gạch dưới; nhiều nhất 100 ký tự",
        "may only hold plain letters, digits, dots, hyphens and underscores, 100 at most",
    ),
    "int_type": ("phải là số nguyên", "must be a whole number"),
    "int_parsing": ("phải là số nguyên", "must be a whole number"),
    "int_from_float": ("phải là số nguyên", "must be a whole number"),
    "bool_type": ("phải là true hoặc false", "must be true or false"),
    "bool_parsing": ("phải là true hoặc false", "must be true or false"),
    "greater_than_equal": ("nhỏ nhất là {ge}", "must be {ge} or more"),
    "less_than_equal": ("lớn nhất là {le}", "must be {le} or less"),
    "tuple_type": ("phải là danh sách", "must be a list"),
    "list_type": ("phải là danh sách", "must be a list"),
    "too_long": ("quá nhiều phần tử, nhiều nhất {max_length}", "has too many items, {max_length} at most"),
    "too_short": ("quá ít phần tử, ít nhất {min_length}", "has too few items, {min_length} at least"),
    "dict_type": ("phải là một đối tượng JSON", "must be a JSON object"),
    "model_attributes_type": ("phải là một đối tượng JSON", "must be a JSON object"),
    "model_type": ("phải là một đối tượng JSON", "must be a JSON object"),
    "literal_error": ("phải là một trong: {expected}", "must be one of: {expected}"),
    "enum": ("phải là một trong: {expected}", "must be one of: {expected}"),
    "value_error": ("không dùng được", "cannot be used"),
}
"""Pydantic's name of an error -> what is said of it."""

OTHERWISE = ("không đúng dạng", "has the wrong form")
TYPES = ("bool", "int", "str", "none")
PLACES = ("body", "path", "query", "header", "cookie")


def field_errors(found: Iterable[Mapping[str, Any]], language: Language) -> list[dict[str, str]]:
    """One line a wrong field: where it stands (`items.2.review`), in which part, and what is wrong."""
    lines: dict[tuple[str, str], dict[str, str]] = {}
    for one in found:
        place, field = _where(one["loc"])
        if (place, field) not in lines:
            lines[(place, field)] = {"in": place, "field": field, "message": _said(one, language)}
    return list(lines.values())


def _where(loc: Sequence[object]) -> tuple[str, str]:
    first = str(loc[0]) if loc else "body"
    place, rest = (first, loc[1:]) if first in PLACES else ("body", loc)
    names = [str(part) for part in rest]
    if place == "body":  # the branches of a union are told by type, which helps nobody
        names = [name for name in names if (name.isidentifier() or name.isdigit()) and name not in TYPES]
    return place, ".".join(names) or place


def _said(one: Mapping[str, Any], language: Language) -> str:
    vi, en = SENTENCES.get(one["type"], OTHERWISE)
    given = {name: str(value) for name, value in (one.get("ctx") or {}).items()}
    return (en if language == "en" else vi).format_map(_Given(given))


class _Given(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"
