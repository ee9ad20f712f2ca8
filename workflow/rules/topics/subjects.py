"""Facts about the person or body under review, from the roster."""

from __future__ import annotations

from datetime import date

from workflow.rules.topics.choices import (
    COLLECTIVE_TYPES,
    ORGANISATION_TYPES,
    QUALITIES,
    STAFF_KINDS,
    STATUSES,
)
from workflow.rules.topics.fact_type import FactType, listed

FACTS: dict[str, FactType] = {
    "subject.status": FactType(str, "tư cách đảng viên", "Party status", STATUSES),
    "subject.is_leader": FactType(bool, "giữ chức vụ lãnh đạo, quản lý", "holds a leadership post"),
    "subject.is_staff": FactType(bool, "là cán bộ, công chức, viên chức, người lao động", "is staff"),
    "subject.staff_kind": FactType(str, "diện cán bộ công đoàn", "kind of union staff", STAFF_KINDS),
    "subject.direct_contact": FactType(
        bool,
        "vị trí tiếp xúc trực tiếp cơ sở, đoàn viên, người lao động",
        "post in direct contact with the grassroots, union members and workers",
    ),
    "subject.is_party_member": FactType(bool, "là đảng viên", "is a Party member"),
    "subject.is_head": FactType(bool, "là người đứng đầu", "is the head"),
    "subject.admitted_on": FactType(date, "ngày kết nạp", "day of admission"),
    "organisation.type": FactType(str, "loại tổ chức", "type of organisation", ORGANISATION_TYPES),
    "organisation.founded_on": FactType(date, "ngày thành lập", "day of founding"),
    "organisation.has_committee": FactType(bool, "có cấp ủy", "has a committee"),
    "organisation.has_standing_committee": FactType(bool, "có ban thường vụ", "has a standing committee"),
    "organisation.leaders": listed(
        "cấp ủy viên, bí thư, phó bí thư của tổ chức", "committee members, secretary and deputies", str
    ),
    "organisation.heads_beside": listed(
        "cấp trưởng, cấp phó của chính quyền, đoàn thể cùng cấp",
        "heads and deputies of the administration and mass organisations beside it",
        str,
    ),
    "collective.type": FactType(str, "loại tập thể", "type of collective", COLLECTIVE_TYPES),
    "cell.is_joint": FactType(bool, "chi bộ ghép", "joint cell"),
    "cell.has_groups": FactType(bool, "chi bộ có tổ đảng", "cell with Party groups"),
    "cell.members": FactType(int, "số đảng viên trong danh sách chi bộ", "members on the cell's roll"),
    "group.members": FactType(int, "số đảng viên của nơi xếp loại", "members of the place"),
    "group.organisations": FactType(
        int, "số tổ chức đảng của nơi xếp loại", "Party organisations of the place"
    ),
    "review.quality": FactType(str, "tư cách được kiểm điểm", "quality reviewed", QUALITIES),
    "review.stage": FactType(str, "giai đoạn", "stage of the review"),
    "campaign.year": FactType(int, "năm kiểm điểm", "assessment year"),
    "calendar.unit": FactType(str, "đơn vị có lịch riêng", "unit with days of its own"),
    "today": FactType(date, "hôm nay", "today"),
}
