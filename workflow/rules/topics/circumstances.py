"""What surrounds a review: its frame, how the unit in charge fared, the length of the meeting."""

from __future__ import annotations

from datetime import date

from workflow.rules.topics.fact_type import FactType, by_hand

FRAMES = ("frame_collective", "frame_central", "frame_leader", "frame_not_leader", "frame_outside")

FACTS: dict[str, FactType] = {
    "organisation.id": FactType(str, "mã tổ chức", "code of the organisation"),
    "subject.frame": by_hand(str, "khung tiêu chí", "frame of criteria", FRAMES),
    "subject.suspended_from_committee": by_hand(
        bool,
        "bị đình chỉ sinh hoạt cấp ủy (không bị đình chỉ sinh hoạt đảng)",
        "suspended from a committee alone, not from Party activity",
    ),
    "collective.merged_into": by_hand(
        str, "kiểm điểm chung với tập thể", "collective it is reviewed together with"
    ),
    "meeting.days": by_hand(int, "số ngày họp kiểm điểm", "days the review meeting lasted"),
    "unit.closes_late": by_hand(
        bool, "đơn vị đặc thù, kết thúc năm công tác muộn", "special unit whose year closes later"
    ),
    "unit.basic_targets_missed": by_hand(
        bool, "không đạt các chỉ tiêu kinh tế - xã hội cơ bản", "basic socio-economic targets missed"
    ),
    "unit.corruption_in_charge": by_hand(
        bool,
        "để xảy ra tham nhũng, tiêu cực ở nơi trực tiếp quản lý",
        "corruption or negative conduct under direct management",
    ),
    "units.in_charge": by_hand(int, "số đơn vị phụ trách", "units in charge"),
    "units.lowest": by_hand(
        int, "số đơn vị phụ trách không hoàn thành nhiệm vụ", "units in charge rated not completed"
    ),
    "confidence.votes": by_hand(int, "số phiếu tín nhiệm", "confidence votes"),
    "confidence.low": by_hand(int, "số phiếu tín nhiệm thấp", "low-confidence votes"),
    "report.politburo_on": by_hand(date, "ngày báo cáo Bộ Chính trị", "day of the report to the Politburo"),
}
