"""The closed words of the roster: kinds of bodies, standings of members and posts, each with its Vietnamese
name.
"""

from __future__ import annotations

from enum import StrEnum


class OrganisationType(StrEnum):
    """What a body of the tree is; the identifiers follow the glossary."""

    DANG_BO_CO_SO = "dang_bo_co_so"
    CHI_BO_CO_SO = "chi_bo_co_so"
    DANG_BO_BO_PHAN = "dang_bo_bo_phan"
    CHI_BO_TRUC_THUOC = "chi_bo_truc_thuoc"
    TO_DANG = "to_dang"
    ADMINISTRATION = "administration"
    MASS_ORGANISATION = "mass_organisation"
    LEADERSHIP_COLLECTIVE = "leadership_collective"


class PartyStatus(StrEnum):
    """How a person stands in the Party; only `official` members count for a vote (C-09)."""

    OFFICIAL = "official"
    PROBATIONARY = "probationary"
    EXEMPT = "exempt"
    SUSPENDED = "suspended"
    TEMPORARY = "temporary"


class Post(StrEnum):
    """A post held in one body. What `head` is called there depends on the body: bí thư, tổ trưởng, giám
    đốc.
    """

    HEAD = "head"
    DEPUTY = "deputy"
    STANDING_MEMBER = "standing_member"
    COMMITTEE_MEMBER = "committee_member"
    LEADING_MEMBER = "leading_member"


PARTY_BASES = frozenset({OrganisationType.DANG_BO_CO_SO, OrganisationType.CHI_BO_CO_SO})
PARTY_COMMITTEES = frozenset({OrganisationType.DANG_BO_CO_SO, OrganisationType.DANG_BO_BO_PHAN})
CELLS = frozenset({OrganisationType.CHI_BO_CO_SO, OrganisationType.CHI_BO_TRUC_THUOC})
PARTY_ORGANISATIONS = PARTY_COMMITTEES | CELLS

# Which bodies may stand directly above which; a body not named here may stand under any Party organisation.
SUPERIORS: dict[OrganisationType, frozenset[OrganisationType]] = {
    OrganisationType.DANG_BO_CO_SO: frozenset(),
    OrganisationType.CHI_BO_CO_SO: frozenset(),
    OrganisationType.DANG_BO_BO_PHAN: frozenset({OrganisationType.DANG_BO_CO_SO}),
    OrganisationType.CHI_BO_TRUC_THUOC: PARTY_COMMITTEES,
    OrganisationType.TO_DANG: CELLS,
}

# Which posts exist in which bodies.
POSTS: dict[OrganisationType, frozenset[Post]] = {
    OrganisationType.DANG_BO_CO_SO: frozenset(
        {Post.HEAD, Post.DEPUTY, Post.STANDING_MEMBER, Post.COMMITTEE_MEMBER}
    ),
    OrganisationType.DANG_BO_BO_PHAN: frozenset(
        {Post.HEAD, Post.DEPUTY, Post.STANDING_MEMBER, Post.COMMITTEE_MEMBER}
    ),
    OrganisationType.CHI_BO_CO_SO: frozenset({Post.HEAD, Post.DEPUTY, Post.COMMITTEE_MEMBER}),
    OrganisationType.CHI_BO_TRUC_THUOC: frozenset({Post.HEAD, Post.DEPUTY, Post.COMMITTEE_MEMBER}),
    OrganisationType.TO_DANG: frozenset({Post.HEAD, Post.DEPUTY}),
    OrganisationType.ADMINISTRATION: frozenset({Post.HEAD, Post.DEPUTY, Post.LEADING_MEMBER}),
    OrganisationType.MASS_ORGANISATION: frozenset(
        {Post.HEAD, Post.DEPUTY, Post.STANDING_MEMBER, Post.COMMITTEE_MEMBER}
    ),
    OrganisationType.LEADERSHIP_COLLECTIVE: frozenset({Post.HEAD, Post.DEPUTY, Post.LEADING_MEMBER}),
}

ORGANISATION_TYPE_NAMES: dict[OrganisationType, tuple[str, ...]] = {
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
    OrganisationType.ADMINISTRATION: ("Chính quyền", "Cơ quan", "Đơn vị", "Chuyên môn", "Agency"),
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
