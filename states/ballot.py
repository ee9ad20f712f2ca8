"""The life of a ballot sheet: papers issued, counted, if need be corrected or repeated."""

from states.roles import Role
from states.table import NEW, Table, moves

ISSUED = "issued"
COUNTED = "counted"
REPEATED = "repeated"

COUNTERS = (Role.SECRETARY, Role.COUNTING_TEAM)

TABLE = Table(
    name="ballot",
    rows=(
        *moves("issue", NEW, ISSUED, by=COUNTERS),
        *moves("count", ISSUED, COUNTED, by=COUNTERS),
        *moves("correct", COUNTED, COUNTED, by=COUNTERS),
        *moves("repeat", COUNTED, REPEATED, by={Role.SECRETARY}),
    ),
    ends=frozenset({REPEATED}),
)

NAMES: dict[str, tuple[str, str]] = {
    NEW: ("chưa phát phiếu", "not issued"),
    ISSUED: ("đã phát phiếu", "issued"),
    COUNTED: ("đã kiểm phiếu", "counted"),
    REPEATED: ("đã bỏ phiếu lại", "repeated"),
}
