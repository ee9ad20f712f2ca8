"""The life of a remediation plan: what a review found lacking, until it is put right."""

from states.roles import Role
from states.table import NEW, Table, moves

DRAWN_UP = "drawn_up"
RETURNED = "returned"
ACCEPTED = "accepted"
CLOSED = "closed"
CARRIED_OVER = "carried_over"

OWN = (Role.MEMBER, Role.SECRETARY, Role.COMMITTEE)
ABOVE = (Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE, Role.SUPERIOR_DELEGATE)
MONITORS = (Role.SECRETARY, Role.COMMITTEE, Role.INSPECTION, *ABOVE)

TABLE = Table(
    name="plan",
    rows=(
        *moves("draw_up", (NEW, RETURNED), DRAWN_UP, by=OWN),
        *moves("assign", (DRAWN_UP, ACCEPTED), "", by=(*OWN[1:], *ABOVE)),
        *moves("return", DRAWN_UP, RETURNED, by=(*OWN[1:], *ABOVE)),
        *moves("accept", DRAWN_UP, ACCEPTED, by=(*OWN[1:], *ABOVE)),
        *moves("report", (DRAWN_UP, ACCEPTED), "", by=OWN),
        *moves("follow_up", ACCEPTED, "", by=MONITORS),
        *moves("close", ACCEPTED, CLOSED, by=MONITORS),
        *moves("carry_over", ACCEPTED, CARRIED_OVER, by=MONITORS),
    ),
    ends=frozenset({CLOSED, CARRIED_OVER}),
)

NAMES: dict[str, tuple[str, str]] = {
    NEW: ("chưa lập", "not drawn up"),
    DRAWN_UP: ("đã lập, chờ thẩm định", "drawn up, to be appraised"),
    RETURNED: ("bị trả lại", "returned"),
    ACCEPTED: ("đang thực hiện", "being carried out"),
    CLOSED: ("đã khắc phục xong", "remedied"),
    CARRIED_OVER: ("chuyển sang kỳ kiểm điểm sau", "carried over to the next review"),
}
"""Vietnamese and English name of every stage of a plan."""
