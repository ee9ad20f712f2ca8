"""Tasks and targets by number (C-55): a person's own, and those of the unit or field in charge."""

from __future__ import annotations

from workflow.rules.topics.fact_type import FactType, by_hand

FACTS: dict[str, FactType] = {
    "tasks.assigned": by_hand(int, "số nhiệm vụ được giao", "tasks assigned"),
    "tasks.done": by_hand(int, "số nhiệm vụ đã hoàn thành", "tasks done"),
    "tasks.on_time_quality": by_hand(
        int, "số nhiệm vụ đúng tiến độ, bảo đảm chất lượng", "tasks done on time and with quality"
    ),
    "tasks.exceeded": by_hand(int, "số nhiệm vụ vượt mức", "tasks above target"),
    "tasks.late": by_hand(int, "số nhiệm vụ chậm tiến độ", "tasks done late"),
    "tasks.deficient": by_hand(
        int,
        "số nhiệm vụ chưa bảo đảm tiến độ, chất lượng, hiệu quả",
        "tasks short of schedule, quality or effect",
    ),
    "unit.assigned": by_hand(int, "số chỉ tiêu, nhiệm vụ giao đơn vị phụ trách", "targets of the unit"),
    "unit.done": by_hand(int, "số chỉ tiêu đơn vị đã hoàn thành", "targets the unit completed"),
    "unit.on_time_quality": by_hand(
        int,
        "số chỉ tiêu đơn vị đúng tiến độ, bảo đảm chất lượng",
        "targets the unit met on time and with quality",
    ),
    "unit.exceeded": by_hand(int, "số chỉ tiêu đơn vị vượt mức", "targets the unit exceeded"),
    "unit.force_majeure": by_hand(
        bool, "có bất khả kháng được cấp có thẩm quyền xác nhận", "force majeure was recognised"
    ),
}
