"""The life of a declared conflict of interest, and what such a declaration may name."""

from enum import StrEnum

from states.roles import Role
from states.table import NEW, Table, moves

DECLARED = "declared"
ENDED = "ended"

AT_HOME = frozenset({Role.SECRETARY, Role.COMMITTEE})
"""Who declares or ends it for a person of the very body acted for."""

FROM_ABOVE = frozenset({Role.INSPECTION, Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE})
"""Who does so for a person of a body below, too."""

_ANYBODY = frozenset(Role) - {Role.CLOCK}

TABLE = Table(
    name="conflict",
    rows=(
        *moves("declare_conflict", NEW, DECLARED, by=_ANYBODY),
        *moves("end_conflict", DECLARED, ENDED, by=_ANYBODY),
    ),
    ends=frozenset({ENDED}),
)

NAMES: dict[str, tuple[str, str]] = {
    NEW: ("chưa có", "none"),
    DECLARED: ("đã khai báo", "declared"),
    ENDED: ("đã hết", "ended"),
}
"""Vietnamese and English name of every stage of a declared conflict."""


class Closeness(StrEnum):
    """What somebody is to the subject of a review."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    OTHER = "other"


CLOSENESS_NAMES: dict[Closeness, tuple[str, str]] = {
    Closeness.SPOUSE: ("vợ hoặc chồng", "spouse"),
    Closeness.PARENT: ("cha hoặc mẹ", "parent"),
    Closeness.CHILD: ("con", "child"),
    Closeness.SIBLING: ("anh, chị, em ruột", "sibling"),
    Closeness.OTHER: ("có quan hệ hoặc lợi ích khác", "another tie or interest"),
}
"""Vietnamese and English word for each, as what the person is to the subject."""

OF_FAMILY = frozenset(Closeness) - {Closeness.OTHER}
"""Ties that bind both ways: a mother may no more count on her son than he on her."""
