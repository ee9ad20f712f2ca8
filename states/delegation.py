"""The life of a delegation: somebody lets another act in a role he holds, for some days."""

from states.roles import Role
from states.table import NEW, Table, moves

IN_FORCE = "in_force"
ENDED = "ended"

DELEGABLE = frozenset(
    {
        Role.SECRETARY,
        Role.COMMITTEE,
        Role.SUPERIOR_DELEGATE,
        Role.ORGANISATION_BOARD,
        Role.SUPERIOR_COMMITTEE,
        Role.INSPECTION,
    }
)
"""What may be handed on for some days.

A member's rights are his own and he votes by no proxy (C-10), the counting team is chosen by the meeting, and
what an officer, an administrator or an auditor may do is granted by two people to the one they mean.
"""

ENDED_FROM_ABOVE = frozenset({Role.OFFICER, Role.ADMINISTRATOR, Role.SUPERIOR_COMMITTEE})
"""Who ends a delegation besides the two people it is between."""

_ANYBODY = frozenset(Role) - {Role.CLOCK}

TABLE = Table(
    name="delegation",
    rows=(
        *moves("delegate", NEW, IN_FORCE, by=_ANYBODY),
        *moves("end_delegation", IN_FORCE, ENDED, by=_ANYBODY),
    ),
    ends=frozenset({ENDED}),
)

NAMES: dict[str, tuple[str, str]] = {
    NEW: ("chưa có", "none"),
    IN_FORCE: ("đang ủy quyền", "in force"),
    ENDED: ("đã thôi ủy quyền", "ended"),
}
"""Vietnamese and English name of every stage of a delegation."""
