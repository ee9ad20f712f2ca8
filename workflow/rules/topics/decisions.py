"""Facts about submission, appraisal, decision and annulment."""

from __future__ import annotations

from datetime import date

from workflow.rules.topics.choices import DECIDERS, LEVELS
from workflow.rules.topics.fact_type import FactType

FACTS: dict[str, FactType] = {
    "submission.on": FactType(date, "ngày báo cáo cấp trên", "day of submission"),
    "submission.to_direct_superior": FactType(bool, "gửi cấp trên trực tiếp", "sent to the direct superior"),
    "result.announced_on": FactType(date, "ngày công bố kết quả", "day the result was announced"),
    "consultation.held": FactType(bool, "đã lấy ý kiến", "opinions were asked for"),
    "consultation.open": FactType(int, "số nơi chưa trả lời lấy ý kiến", "consulted bodies still to answer"),
    "decision.on": FactType(date, "ngày quyết định", "day of the decision"),
    "decision.level": FactType(str, "mức quyết định", "level decided", LEVELS),
    "decision.reason_given": FactType(bool, "đã nêu lý do của mức quyết định", "reasons were given"),
    "decision.by": FactType(str, "nơi quyết định", "who decides", DECIDERS),
    "decision.by_ballot": FactType(bool, "quyết định bằng bỏ phiếu", "decided by ballot"),
    "decision.ballot_in_favour": FactType(int, "số phiếu tán thành mức quyết định", "votes for the decision"),
    "decision.ballot_entitled": FactType(
        int, "số người được bỏ phiếu quyết định", "entitled to vote on the decision"
    ),
    "computed.level": FactType(str, "mức hệ thống tính", "level computed", LEVELS),
    "computed.triggered": FactType(
        bool, "có khuyết điểm thuộc mức thấp nhất", "a defect of the lowest level is there"
    ),
    "annul.defect_found": FactType(
        bool, "phát hiện khuyết điểm hoặc không đủ điều kiện", "a defect was found"
    ),
    "annul.by": FactType(
        str, "nơi hủy kết quả", "who cancels", ("deciding_body", "grassroots_committee", "other")
    ),
}
