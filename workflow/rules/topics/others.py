"""Levels a level leans on: approved, else voted, else submitted; a decision takes approved ones alone."""

from __future__ import annotations

from workflow.rules.topics.choices import LEVELS
from workflow.rules.topics.fact_type import FactType, listed

FACTS: dict[str, FactType] = {
    "others.collective_level": FactType(
        str, "mức của tập thể cấp ủy liên quan", "level of the committee collective", LEVELS
    ),
    "others.organisation_level": FactType(
        str, "mức của tổ chức do cấp ủy lãnh đạo", "level of the organisation the committee leads", LEVELS
    ),
    "others.agency_level": FactType(
        str, "mức của cơ quan, đơn vị", "level of the agency or unit, rated on its own", LEVELS
    ),
    "others.units_levels": listed(
        "mức của đơn vị, người trực tiếp phụ trách", "levels of the units or people directly managed", str
    ),
    "others.units_pending": FactType(
        int, "đơn vị, người trực tiếp phụ trách còn nợ xếp loại", "units or people managed owing a rating"
    ),
    "others.collectives_pending": listed(
        "tập thể liên quan còn nợ xếp loại", "collectives one belongs to that owe a rating", str
    ),
}

CHECKED_BY_THE_SECOND = frozenset(
    {"others.collective_level", "others.organisation_level", "others.agency_level"}
)
"""A cap that leans on one of these is checked by whichever of the two acts comes second: while the other
level is not there yet it keeps nobody waiting, and when it comes, what stands above it is put in doubt."""
