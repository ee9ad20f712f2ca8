"""Facts about the session and the order of sessions."""

from __future__ import annotations

from datetime import date

from workflow.rules.topics.fact_type import FactType, by_hand

FACTS: dict[str, FactType] = {
    "meeting.day": FactType(date, "ngày họp", "day of the meeting"),
    "session.venue_kind": FactType(
        str, "nơi kiểm điểm", "venue", ("cell", "group", "committee", "leadership")
    ),
    "session.chair_role": FactType(str, "người chủ trì", "chair", ("head", "deputy", "other")),
    "session.presented": FactType(bool, "đã trình bày bản kiểm điểm", "self-review presented"),
    "session.residence_comment": FactType(
        str,
        "nhận xét nơi cư trú",
        "comment from the place of residence",
        ("read", "missing_with_reason", "missing"),
    ),
    "session.concluded": FactType(bool, "chủ trì đã kết luận", "the chair concluded"),
    "session.at": FactType(str, "ngày và thứ tự trong chương trình", "day and place on the agenda"),
    "session.superior_attended": FactType(bool, "cấp trên dự và chỉ đạo", "the superior attended"),
    "order.collective_exists": FactType(
        bool, "nơi này có tập thể phải kiểm điểm", "a collective is reviewed here"
    ),
    "order.collective_at": FactType(str, "lúc kiểm điểm tập thể", "when the collective was reviewed"),
    "order.leaders_pending": FactType(int, "số lãnh đạo chưa kiểm điểm", "leaders not reviewed yet"),
    "order.other_venues_pending": FactType(
        int, "số nơi khác chưa kiểm điểm", "other venues still to be held"
    ),
    "order.cell_pending": FactType(
        int, "số buổi tại chi bộ chưa kiểm điểm", "sessions in the cell still to be held"
    ),
    "order.deputies_here": FactType(int, "số cấp phó của nơi kiểm điểm", "deputies at the venue"),
    "order.reviewed_in_group": by_hand(
        bool, "đảng viên kiểm điểm tại tổ đảng", "the member was reviewed in the Party group"
    ),
    "order.group_report": by_hand(bool, "tổ đảng đã báo cáo chi bộ", "the group reported to the cell"),
    "order.workplace_result_reported": by_hand(
        bool, "đã báo cáo kết quả nơi công tác", "workplace result reported"
    ),
}
