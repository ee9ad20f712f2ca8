"""Who may act: the capacities a person can act in, each with its Vietnamese name."""

from enum import StrEnum


class Role(StrEnum):
    """A capacity, always held at one body: `secretary` of a cell, `organisation_board` of a superior."""

    MEMBER = "member"
    SECRETARY = "secretary"
    COMMITTEE = "committee"
    COUNTING_TEAM = "counting_team"
    SUPERIOR_DELEGATE = "superior_delegate"
    ORGANISATION_BOARD = "organisation_board"
    SUPERIOR_COMMITTEE = "superior_committee"
    INSPECTION = "inspection"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    CLOCK = "clock"


NAMES: dict[Role, tuple[str, str]] = {
    Role.MEMBER: ("đảng viên", "member"),
    Role.SECRETARY: ("bí thư hoặc người được ủy quyền", "secretary"),
    Role.COMMITTEE: ("cấp ủy", "committee"),
    Role.COUNTING_TEAM: ("tổ kiểm phiếu", "counting team"),
    Role.SUPERIOR_DELEGATE: ("đại diện cấp trên dự họp", "delegate of the superior"),
    Role.ORGANISATION_BOARD: ("ban tổ chức của cấp ủy cấp trên", "organisation board of the superior"),
    Role.SUPERIOR_COMMITTEE: ("cấp ủy cấp trên có thẩm quyền", "deciding superior committee"),
    Role.INSPECTION: ("ủy ban kiểm tra", "inspection commission"),
    Role.OFFICER: ("cán bộ phụ trách đợt kiểm điểm", "officer in charge of the campaign"),
    Role.ADMINISTRATOR: ("quản trị hệ thống", "administrator"),
    Role.AUDITOR: ("kiểm tra, giám sát", "auditor"),
    Role.CLOCK: ("đồng hồ hệ thống", "clock"),
}
"""Vietnamese and English name of every role."""

ACTS_AT_OWN_BODY = frozenset({Role.MEMBER, Role.SECRETARY, Role.COMMITTEE, Role.COUNTING_TEAM})
"""Roles that act only on what belongs to the very body they are held at."""

ACTS_FROM_ABOVE = frozenset(
    {Role.SUPERIOR_DELEGATE, Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE, Role.INSPECTION}
)
"""Roles that act on bodies below the one they are held at."""

ACTS_ON_THE_CAMPAIGN = frozenset({Role.OFFICER, Role.ADMINISTRATOR, Role.CLOCK})
"""Roles that keep the campaign going and act on any body in it."""
