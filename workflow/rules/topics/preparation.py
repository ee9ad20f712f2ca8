"""Facts about preparation and notice."""

from __future__ import annotations

from datetime import date

from workflow.rules.topics.fact_type import FactType, listed

FACTS: dict[str, FactType] = {
    "draft.prepared_on": FactType(date, "ngày chuẩn bị xong dự thảo", "day the draft was ready"),
    "draft.sent_on": FactType(
        date, "ngày người dự họp cuối cùng nhận dự thảo", "day the last participant had it"
    ),
    "notice.superior_on": FactType(date, "ngày báo cấp trên lịch kiểm điểm", "day the superior was told"),
    "notice.superior_attachments": FactType(bool, "gửi kèm bản kiểm điểm", "review documents attached"),
    "checklist.ticked": listed("mục đã đánh dấu", "items ticked", str),
}
