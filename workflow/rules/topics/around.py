"""What the register knows around a review: when it was reviewed, the head's turn, bodies below."""

from __future__ import annotations

from datetime import date

from workflow.rules.topics.fact_type import FactType, listed

FACTS: dict[str, FactType] = {
    "review.reviewed_on": FactType(date, "ngày kiểm điểm xong", "day the review was finished"),
    "order.head_pending": FactType(
        int, "số người đứng đầu nơi này chưa kiểm điểm", "heads of the venue not reviewed yet"
    ),
    "subordinates.bodies": listed("các tổ chức đảng trực thuộc", "subordinate Party organisations", str),
}
