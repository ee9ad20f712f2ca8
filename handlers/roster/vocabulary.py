"""The closed words of the roster: standings of people, posts, kinds of staff, each with its Vietnamese name.

Which types of bodies there are, and what each is, stands in `states.bodies`.
"""

from __future__ import annotations

from enum import StrEnum

from states.bodies import (
    BODIES,
    CELLS,
    PARTY_COMMITTEES,
    PARTY_ORGANISATIONS,
    UNION_ROLLS,
    Branch,
    OrganisationType,
)

__all__ = [
    "CELLS",
    "ORGANISATION_TYPE_NAMES",
    "PARTY_COMMITTEES",
    "PARTY_ORGANISATIONS",
    "POSTS",
    "POST_NAMES",
    "STAFF_KIND_NAMES",
    "STATUS_NAMES",
    "UNION_ROLLS",
    "MembershipKind",
    "OrganisationType",
    "PartyStatus",
    "Post",
    "StaffKind",
    "is_party_member",
]


class PartyStatus(StrEnum):
    """How a person stands in the Party; only `official` members count for a vote (C-09).

    Cadres of a union may be no members; where nobody has said, the standing is not known.
    """

    OFFICIAL = "official"
    PROBATIONARY = "probationary"
    EXEMPT = "exempt"
    SUSPENDED = "suspended"
    TEMPORARY = "temporary"
    NOT_MEMBER = "not_member"


def is_party_member(status: PartyStatus | None) -> bool | None:
    """Whether a person of this standing is a Party member; None where the standing is not known."""
    return None if status is None else status is not PartyStatus.NOT_MEMBER


class Post(StrEnum):
    """A post held in one body. What `head` is called there depends on the body: bí thư, tổ trưởng, giám
    đốc.
    """

    HEAD = "head"
    DEPUTY = "deputy"
    STANDING_MEMBER = "standing_member"
    COMMITTEE_MEMBER = "committee_member"
    LEADING_MEMBER = "leading_member"


class StaffKind(StrEnum):
    """What a person is employed as in a union office (CDTKV-2020, II.1); a blank cell is not known."""

    NONE = "none"
    MANAGER = "manager"
    SPECIALIST = "specialist"
    FULL_TIME = "full_time"


class MembershipKind(StrEnum):
    """As what a person stands on a roll: officially in a Party cell, for a time in another, or in a union."""

    OFFICIAL = "official"
    TEMPORARY = "temporary"
    UNION = "union"


_COMMITTEE = frozenset({Post.HEAD, Post.DEPUTY, Post.STANDING_MEMBER, Post.COMMITTEE_MEMBER})
_OF_A_CELL = _COMMITTEE - {Post.STANDING_MEMBER}
_LEADERSHIP = frozenset({Post.HEAD, Post.DEPUTY, Post.LEADING_MEMBER})

# Which posts exist in which bodies.
POSTS: dict[OrganisationType, frozenset[Post]] = {
    **dict.fromkeys((*PARTY_COMMITTEES, OrganisationType.MASS_ORGANISATION), _COMMITTEE),
    **dict.fromkeys((kind for kind, body in BODIES.items() if body.branch is Branch.UNION), _COMMITTEE),
    **dict.fromkeys(CELLS, _OF_A_CELL),
    OrganisationType.TO_DANG: frozenset({Post.HEAD, Post.DEPUTY}),
    **dict.fromkeys(
        (
            OrganisationType.ADMINISTRATION,
            OrganisationType.LEADERSHIP_COLLECTIVE,
            OrganisationType.CO_QUAN_CONG_DOAN,
        ),
        _LEADERSHIP,
    ),
}

ORGANISATION_TYPE_NAMES: dict[OrganisationType, tuple[str, ...]] = {
    OrganisationType.DANG_BO_TINH: ("Đảng bộ tỉnh", "Đảng bộ thành phố", "Đảng bộ tỉnh, thành phố"),
    OrganisationType.DANG_BO_KHOI: ("Đảng bộ Khối", "Đảng ủy Khối"),
    OrganisationType.DANG_BO_CAP_TREN: (
        "Đảng bộ cấp trên trực tiếp cơ sở",
        "Đảng bộ cấp trên trực tiếp của tổ chức cơ sở đảng",
        "Đảng bộ cấp trên cơ sở",
        "Đảng bộ huyện",
        "Đảng bộ thị xã",
        "Đảng bộ cấp huyện",
    ),
    OrganisationType.DANG_BO_CO_SO: ("Đảng bộ cơ sở",),
    OrganisationType.CHI_BO_CO_SO: ("Chi bộ cơ sở",),
    OrganisationType.DANG_BO_BO_PHAN: ("Đảng bộ bộ phận", "Đảng ủy bộ phận"),
    OrganisationType.CHI_BO_TRUC_THUOC: (
        "Chi bộ trực thuộc",
        "Chi bộ",
        "Chi bộ trực thuộc đảng ủy cơ sở",
        "Chi bộ trực thuộc đảng ủy",
    ),
    OrganisationType.TO_DANG: ("Tổ đảng",),
    OrganisationType.ADMINISTRATION: (
        "Chính quyền",
        "Cơ quan",
        "Đơn vị",
        "Chuyên môn",
        "Ban",
        "Phòng, ban",
        "Agency",
    ),
    OrganisationType.MASS_ORGANISATION: (
        "Đoàn thể",
        "Đoàn thể chính trị - xã hội",
        "Tổ chức chính trị - xã hội",
        "Công đoàn",
        "Đoàn thanh niên",
        "Hội Cựu chiến binh",
        "Hội Phụ nữ",
    ),
    OrganisationType.LEADERSHIP_COLLECTIVE: (
        "Tập thể lãnh đạo, quản lý",
        "Tập thể lãnh đạo",
        "Lãnh đạo đơn vị",
        "Ban giám đốc",
    ),
    OrganisationType.CONG_DOAN_NGANH: ("Công đoàn ngành", "Công đoàn Tập đoàn", "Công đoàn ngành, tập đoàn"),
    OrganisationType.CONG_DOAN_CAP_TREN: (
        "Công đoàn cấp trên trực tiếp cơ sở",
        "Công đoàn cấp trên cơ sở",
        "Công đoàn cấp trên",
    ),
    OrganisationType.CONG_DOAN_CO_SO: ("Công đoàn cơ sở", "Công đoàn cơ sở trực thuộc", "CĐCS"),
    OrganisationType.CONG_DOAN_BO_PHAN: ("Công đoàn bộ phận", "CĐBP"),
    OrganisationType.CO_QUAN_CONG_DOAN: ("Cơ quan công đoàn", "Cơ quan chuyên trách công đoàn"),
}

STATUS_NAMES: dict[PartyStatus, tuple[str, ...]] = {
    PartyStatus.OFFICIAL: ("Chính thức", "Đảng viên chính thức"),
    PartyStatus.PROBATIONARY: ("Dự bị", "Đảng viên dự bị"),
    PartyStatus.EXEMPT: (
        "Miễn sinh hoạt",
        "Miễn",
        "Miễn công tác và sinh hoạt đảng",
        "Miễn sinh hoạt đảng",
        "Miễn công tác, sinh hoạt",
    ),
    PartyStatus.SUSPENDED: ("Đình chỉ sinh hoạt", "Đình chỉ", "Đình chỉ sinh hoạt đảng"),
    PartyStatus.TEMPORARY: ("Sinh hoạt tạm thời", "Tạm thời", "Sinh hoạt đảng tạm thời"),
    PartyStatus.NOT_MEMBER: (
        "Chưa là đảng viên",
        "Không là đảng viên",
        "Không phải đảng viên",
        "Chưa vào Đảng",
        "Quần chúng",
    ),
}

STAFF_KIND_NAMES: dict[StaffKind, tuple[str, ...]] = {
    StaffKind.NONE: ("Không", "Không thuộc diện"),
    StaffKind.MANAGER: (
        "Phó trưởng ban trở lên",
        "Phó Trưởng ban và tương đương trở lên",
        "Lãnh đạo, quản lý",
        "Quản lý",
    ),
    StaffKind.SPECIALIST: ("Chuyên viên", "Chuyên viên và tương đương"),
    StaffKind.FULL_TIME: ("Cán bộ chuyên trách", "Cán bộ công đoàn chuyên trách", "Chuyên trách"),
}

POST_NAMES: dict[Post, tuple[str, ...]] = {
    Post.HEAD: (
        "Bí thư",
        "Người đứng đầu",
        "Trưởng",
        "Bí thư chi bộ",
        "Bí thư đảng ủy",
        "Bí thư Đoàn",
        "Tổ trưởng",
        "Tổ trưởng tổ đảng",
        "Giám đốc",
        "Tổng giám đốc",
        "Trưởng ban",
        "Chủ tịch",
        "Chủ tịch Công đoàn",
        "Thủ trưởng",
        "BT",
    ),
    Post.DEPUTY: (
        "Phó bí thư",
        "Cấp phó",
        "Phó",
        "Phó bí thư chi bộ",
        "Phó bí thư đảng ủy",
        "Phó bí thư thường trực",
        "Tổ phó",
        "Tổ phó tổ đảng",
        "Phó giám đốc",
        "Phó tổng giám đốc",
        "Phó trưởng ban",
        "Phó chủ tịch",
        "PBT",
    ),
    Post.STANDING_MEMBER: (
        "Ủy viên Ban Thường vụ",
        "Ủy viên BTV",
        "UV BTV",
        "UVBTV",
        "Ủy viên thường vụ",
    ),
    Post.COMMITTEE_MEMBER: (
        "Cấp ủy viên",
        "Chi ủy viên",
        "Đảng ủy viên",
        "Ủy viên",
        "Ủy viên BCH",
        "Ủy viên Ban Chấp hành",
        "Đảng ủy viên bộ phận",
    ),
    Post.LEADING_MEMBER: (
        "Thành viên lãnh đạo",
        "Thành viên",
        "Kế toán trưởng",
        "Ủy viên tập thể lãnh đạo",
        "Trưởng phòng",
        "Quản đốc",
    ),
}
