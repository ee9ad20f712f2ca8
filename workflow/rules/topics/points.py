"""Points on the frame of 100: common criteria up to 30, task results up to 70, and the parts of each."""

from __future__ import annotations

from decimal import Decimal

from workflow.rules.topics.fact_type import FactType, by_hand

PARTS = range(1, 7)
"""How many parts a committee may split either sum into; what each is about, its own document says."""

FACTS: dict[str, FactType] = {
    "points.common": by_hand(Decimal, "điểm tiêu chí chung", "points, common criteria"),
    "points.tasks": by_hand(Decimal, "điểm kết quả thực hiện nhiệm vụ", "points, task results"),
    "points.total": FactType(Decimal, "tổng điểm", "total points"),
    **{
        f"points.common_{number}": by_hand(
            Decimal, f"điểm tiêu chí chung, mục {number}", f"points, common criteria, part {number}"
        )
        for number in PARTS
    },
    **{
        f"points.tasks_{number}": by_hand(
            Decimal, f"điểm kết quả nhiệm vụ, mục {number}", f"points, task results, part {number}"
        )
        for number in PARTS
    },
}

SUMS: dict[str, tuple[str, ...]] = {"points.total": ("points.common", "points.tasks")}
"""Totals nobody types: known once each of their parts is."""
