"""The life of a grant: a role at a body proposed for a person, confirmed by another, ended at once."""

from states.roles import Role
from states.table import NEW, Table, moves

EVERYWHERE = "system"
"""The body of who administers the whole service: above every body, and there before any is."""

PROPOSED = "proposed"
GRANTED = "granted"
WITHDRAWN = "withdrawn"
ENDED = "ended"

PROPOSERS = (Role.OFFICER, Role.ADMINISTRATOR)
CONFIRMERS = (Role.OFFICER, Role.SUPERIOR_COMMITTEE, Role.ADMINISTRATOR)
"""An administrator confirms only while no campaign that touches the body is open; the stage function asks."""

TABLE = Table(
    name="grant",
    rows=(
        *moves("propose_grant", NEW, PROPOSED, by=PROPOSERS),
        *moves("give_at_set_up", NEW, GRANTED, by=(Role.ADMINISTRATOR,)),
        *moves("confirm_grant", PROPOSED, GRANTED, by=CONFIRMERS),
        *moves("withdraw_grant", PROPOSED, WITHDRAWN, by=CONFIRMERS),
        *moves("end_grant", GRANTED, ENDED, by=CONFIRMERS),
    ),
    ends=frozenset({WITHDRAWN, ENDED}),
)

NAMES: dict[str, tuple[str, str]] = {
    NEW: ("chưa có", "none"),
    PROPOSED: ("chờ xác nhận", "to be confirmed"),
    GRANTED: ("đã giao", "granted"),
    WITHDRAWN: ("đã rút", "withdrawn"),
    ENDED: ("đã thôi", "ended"),
}
"""Vietnamese and English name of every stage of a grant."""

HELD = frozenset({GRANTED, ENDED})
"""Stages of a grant that was given; since when it no longer holds, a day says."""

GRANTABLE = frozenset(Role) - {Role.MEMBER, Role.CLOCK}
"""What may be granted; who is a member, the roll says, and nobody is the clock."""
