"""Facts about the remediation plan of a review: the plan last drawn up for it counts."""

from __future__ import annotations

from workflow.rules.topics.fact_type import FactType

FACTS: dict[str, FactType] = {
    "plan.drawn_up": FactType(bool, "đã lập kế hoạch khắc phục", "a remediation plan was drawn up"),
    "plan.accepted": FactType(bool, "kế hoạch khắc phục đã thẩm định", "the remediation plan was accepted"),
    "plan.monitored": FactType(bool, "đã phân công theo dõi, giúp đỡ", "a monitor was named"),
    "plan.reported": FactType(bool, "đã báo cáo kế hoạch khắc phục", "the remediation plan was reported"),
    "plan.open_items": FactType(int, "số hạn chế chưa khắc phục", "shortcomings not remedied yet"),
}
