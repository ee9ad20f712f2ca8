"""The life of a ballot sheet: papers issued, counted, confirmed by a second person, corrected or repeated."""

from states.roles import Role
from states.table import NEW, Table, moves

ISSUED = "issued"
COUNTED = "counted"
CONFIRMED = "confirmed"
REPEATED = "repeated"

COUNTERS = (Role.SECRETARY, Role.COUNTING_TEAM)

TABLE = Table(
    name="ballot",
    rows=(
        *moves("issue", NEW, ISSUED, by=COUNTERS),
        *moves("count", ISSUED, COUNTED, by=COUNTERS),
        *moves("confirm", COUNTED, CONFIRMED, by=COUNTERS),
        *moves("correct", (COUNTED, CONFIRMED), COUNTED, by=COUNTERS),
        *moves("repeat", (COUNTED, CONFIRMED), REPEATED, by={Role.SECRETARY}),
    ),
    ends=frozenset({REPEATED}),
)

NAMES: dict[str, tuple[str, str]] = {
    NEW: ("chưa phát phiếu", "not issued"),
    ISSUED: ("đã phát phiếu", "issued"),
    COUNTED: ("đã kiểm phiếu", "counted"),
    CONFIRMED: ("người thứ hai đã xác nhận", "confirmed by a second person"),
    REPEATED: ("đã bỏ phiếu lại", "repeated"),
}
