"""The life of a campaign: a year or a quarter of reviews under one pinned rulebook."""

from states.roles import Role
from states.table import NEW, Table, moves

PLANNED = "planned"
OPENING = "opening"
OPEN = "open"
CLOSED = "closed"

PERIODS = ("year", "quarter")

TABLE = Table(
    name="campaign",
    rows=(
        *moves("plan", NEW, PLANNED, by={Role.OFFICER}),
        *moves("start_opening", PLANNED, OPENING, by={Role.OFFICER}),
        *moves("open_batch", OPENING, OPENING, by={Role.OFFICER}),
        *moves("finish_opening", OPENING, OPEN, by={Role.OFFICER}),
        *moves("grant_special_merit", OPEN, OPEN, by={Role.SUPERIOR_COMMITTEE}),
        # the change itself is confirmed by an officer; what it means here is written by the same act
        *moves("adopt_calendar", PLANNED, PLANNED, by={Role.OFFICER}),
        *moves("adopt_calendar", OPENING, OPENING, by={Role.OFFICER}),
        *moves("adopt_calendar", OPEN, OPEN, by={Role.OFFICER}),
        *moves("close", OPEN, CLOSED, by={Role.OFFICER}),
    ),
    ends=frozenset({CLOSED}),
)

NAMES: dict[str, tuple[str, str]] = {
    NEW: ("chưa có", "none"),
    PLANNED: ("đã lập kế hoạch", "planned"),
    OPENING: ("đang mở", "opening"),
    OPEN: ("đang diễn ra", "open"),
    CLOSED: ("đã kết thúc", "closed"),
}
