"""Facts about proposals, ballots and quotas."""

from __future__ import annotations

from datetime import date

from workflow.rules.topics.choices import LEVELS
from workflow.rules.topics.fact_type import FactType

FACTS: dict[str, FactType] = {
    "proposal.by": FactType(str, "nơi đề nghị", "who proposes"),
    "proposal.level": FactType(str, "mức đề nghị", "level proposed", LEVELS),
    "ballot.day": FactType(date, "ngày bỏ phiếu", "day of the ballot"),
    "ballot.level": FactType(str, "mức đưa ra bỏ phiếu", "level voted on", LEVELS),
    "ballot.issued": FactType(int, "số phiếu phát ra", "papers handed out"),
    "ballot.in_favour": FactType(int, "số phiếu tán thành", "votes in favour"),
    "ballot.official_members": FactType(int, "số đảng viên chính thức", "official members"),
    "ballot.members_on_roll": FactType(int, "số đảng viên trong danh sách", "members on the roll"),
    "ballot.exempt_members": FactType(
        int, "số đảng viên chính thức được miễn, không dự", "exempt official members who did not attend"
    ),
    "ballot.secret": FactType(bool, "bỏ phiếu kín", "secret ballot"),
    "ballot.round": FactType(int, "vòng bỏ phiếu", "round of the ballot"),
    "ballot.counters": FactType(int, "số người của tổ kiểm phiếu", "people of the counting team"),
    "ballot.counter_rated": FactType(
        bool, "tổ kiểm phiếu có người được xếp loại", "the one who is rated is on the counting team"
    ),
    "ballot.counter_barred": FactType(
        bool,
        "tổ kiểm phiếu có người có xung đột lợi ích",
        "somebody with a conflict of interest is on the counting team",
    ),
    "ballot.body": FactType(str, "nơi bỏ phiếu", "who votes", ("cell_members", "committee")),
    "ballot.second_entry": FactType(
        bool, "người thứ hai đã xác nhận số phiếu", "count confirmed by a second person"
    ),
    "quota.top": FactType(int, "số hoàn thành xuất sắc", "rated at the top level"),
    "quota.good": FactType(int, "số hoàn thành tốt", "rated good"),
    "quota.rated": FactType(int, "số đã xếp loại", "rated, at whatever level"),
    "quota.members_on_roll": FactType(int, "số đảng viên trong danh sách", "members on the roll"),
    "quota.special_merit": FactType(
        bool, "cấp trên công nhận thành tích đặc biệt xuất sắc", "special merit declared by the superior"
    ),
    "quota.group_outside": FactType(bool, "nhóm nằm ngoài đợt này", "the group lies outside this campaign"),
}
