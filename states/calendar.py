"""The life of a change of the calendar: proposed by one person, confirmed or withdrawn by another."""

from states.roles import Role
from states.table import NEW, Table, moves

PROPOSED = "proposed"
CONFIRMED = "confirmed"
WITHDRAWN = "withdrawn"

KEEPERS = (Role.OFFICER, Role.ADMINISTRATOR)

TABLE = Table(
    name="calendar",
    rows=(
        *moves("propose_days", NEW, PROPOSED, by=KEEPERS),
        *moves("confirm_days", PROPOSED, CONFIRMED, by=(Role.OFFICER,)),
        *moves("withdraw_days", PROPOSED, WITHDRAWN, by=KEEPERS),
    ),
    ends=frozenset({CONFIRMED, WITHDRAWN}),
)

NAMES: dict[str, tuple[str, str]] = {
    NEW: ("chưa có", "none"),
    PROPOSED: ("chờ xác nhận", "to be confirmed"),
    CONFIRMED: ("đã xác nhận", "confirmed"),
    WITHDRAWN: ("đã rút", "withdrawn"),
}
"""Vietnamese and English name of every stage of a change."""
