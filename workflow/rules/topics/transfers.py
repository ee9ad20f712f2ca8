"""Facts about people who moved, serve elsewhere for a time, or have just taken a post."""

from __future__ import annotations

from datetime import date

from workflow.rules.topics.fact_type import FactType, by_hand

FACTS: dict[str, FactType] = {
    "subject.appointed_on": FactType(date, "ngày giữ chức vụ", "day of appointment"),
    "subject.moved_in_on": FactType(date, "ngày chuyển đến", "day of moving in"),
    "subject.newly_moved_in": by_hand(bool, "mới chuyển đến", "has just moved in"),
    "subject.temporary_elsewhere": FactType(
        bool, "đang sinh hoạt tạm thời ở nơi khác", "takes part in another cell for a time"
    ),
    "transfer.months_at_old_unit": by_hand(
        int, "số tháng ở đơn vị cũ trong năm", "months at the old unit in the year"
    ),
    "transfer.old_unit_comment": by_hand(bool, "có nhận xét của đơn vị cũ", "comments of the old unit"),
    "transfer.temporary_cell_comment": by_hand(
        bool, "có nhận xét của chi bộ nơi sinh hoạt tạm thời", "comments of the temporary cell"
    ),
    "leave.maternity": by_hand(bool, "nghỉ thai sản trong năm", "maternity leave in the year"),
}
