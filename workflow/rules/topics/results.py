"""Facts on what a rating rests on: results of duties, shortcomings and whose they are, the year worked."""

from __future__ import annotations

from workflow.rules.topics.choices import LEVELS
from workflow.rules.topics.fact_type import FactType, by_hand

BASES = ("whole_year", "actual_results")

FACTS: dict[str, FactType] = {
    "duties.results": by_hand(
        str,
        "kết quả thực hiện chức trách, nhiệm vụ (số văn bản hoặc nơi lưu)",
        "results of duties (document or where it is kept)",
    ),
    "shortcomings.found": by_hand(
        int, "số khuyết điểm của tập thể đã kết luận", "shortcomings of the collective that were concluded"
    ),
    "shortcomings.attributed": by_hand(
        int,
        "số khuyết điểm của tập thể đã ghi rõ cá nhân chịu trách nhiệm",
        "shortcomings of the collective with the individuals responsible named",
    ),
    "rating.basis": by_hand(str, "căn cứ xếp loại", "basis of the rating", BASES),
    "staff.level": by_hand(
        str,
        "mức xếp loại công chức, viên chức, người lao động",
        "rating as civil servant, public employee or worker",
        LEVELS[:4],
    ),
    # Hour and minute of the day in Asia/Ho_Chi_Minh (+07:00), such as "15:00".
    "submission.hour": FactType(str, "giờ báo cáo cấp trên", "hour of submission"),
}
