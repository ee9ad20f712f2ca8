"""What the level of a person rests on."""

from __future__ import annotations

from datetime import date

from workflow.rules.topics.choices import AWARDS, COMPLETIONS, LEVELS, STAFF_RATINGS, TITLES
from workflow.rules.topics.fact_type import FactType, by_hand

FACTS: dict[str, FactType] = {
    "staff.rating": by_hand(str, "mức đánh giá cán bộ, công chức, viên chức", "staff rating", STAFF_RATINGS),
    "staff.rated_on": by_hand(date, "ngày đánh giá cán bộ, công chức, viên chức", "day of the staff rating"),
    "staff.proposed_title": by_hand(str, "danh hiệu thi đua được đề nghị", "title proposed", TITLES),
    "staff.award": by_hand(str, "bằng khen trong năm", "award in the year", AWARDS),
    "task.completion": by_hand(str, "mức hoàn thành nhiệm vụ", "completion of tasks", COMPLETIONS),
    "self.rating": FactType(str, "mức tự xếp loại", "own rating", LEVELS),
    "fault.cell_tasks": by_hand(bool, "không hoàn thành nhiệm vụ chi bộ giao", "cell tasks not completed"),
    "fault.prohibited_conduct": by_hand(
        bool,
        "vi phạm những điều đảng viên không được làm hoặc làm giảm uy tín",
        "broke the rule on what members must not do, or harmed the standing of the organisation",
    ),
    "fault.refused_assignment": by_hand(bool, "không chấp hành phân công", "refused an assignment"),
    "fault.disunity": by_hand(bool, "gây mất đoàn kết nội bộ", "caused disunity"),
}
