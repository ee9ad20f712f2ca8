"""The life of a meeting: planned for a day, called off or held, its minutes closed."""

from states.roles import Role
from states.table import NEW, Table, moves

PLANNED = "planned"
HELD = "held"
CANCELLED = "cancelled"

OWN = (Role.SECRETARY, Role.COMMITTEE)

TABLE = Table(
    name="meeting",
    rows=(
        *moves("plan", (NEW, PLANNED), PLANNED, by=OWN),
        # paper comes later: a meeting nobody planned here can still be recorded
        *moves("record", (NEW, PLANNED, HELD), HELD, by=OWN),
        *moves("cancel", PLANNED, CANCELLED, by=OWN),
    ),
    ends=frozenset({HELD, CANCELLED}),
)

NAMES: dict[str, tuple[str, str]] = {
    NEW: ("chưa có", "none"),
    PLANNED: ("đã định ngày", "planned"),
    HELD: ("đã họp", "held"),
    CANCELLED: ("đã hủy", "cancelled"),
}
