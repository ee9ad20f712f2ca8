"""The life of a submission: the bundle one organisation sends to its superior."""

from states.roles import Role
from states.table import NEW, Table, moves

SUBMITTED = "submitted"
RETURNED = "returned"
APPRAISED = "appraised"
DECIDED = "decided"

WITHOUT_APPRAISAL = "without_appraisal"
BOARD = (Role.ORGANISATION_BOARD,)
ABOVE = (Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE)

TABLE = Table(
    name="submission",
    rows=(
        *moves("submit", (NEW, RETURNED), SUBMITTED, by={Role.SECRETARY, Role.COMMITTEE}),
        *moves("return", (SUBMITTED, APPRAISED), RETURNED, by=ABOVE),
        *moves("return_rows", (SUBMITTED, APPRAISED), "", by=ABOVE),
        # the last rows that waited go back, everything else was decided
        *moves("return_last", (SUBMITTED, APPRAISED), DECIDED, by=ABOVE),
        *moves("open_consultation", (SUBMITTED, APPRAISED), "", by=BOARD),
        *moves("record_opinion", (SUBMITTED, APPRAISED), "", by=BOARD),
        # the day set for the answers has passed: recorded, and nothing else changes
        *moves("close_consultation", (SUBMITTED, APPRAISED), "", by={Role.CLOCK}),
        # rows that failed their own rules are appraised later, one by one
        *moves("appraise", (SUBMITTED, APPRAISED), APPRAISED, by=BOARD),
        *moves("decide_rows", APPRAISED, APPRAISED, by={Role.SUPERIOR_COMMITTEE}),
        *moves("decide", APPRAISED, DECIDED, by={Role.SUPERIOR_COMMITTEE}),
        # where the regime has no appraisal, the decision follows the report
        *moves("decide_rows", SUBMITTED, SUBMITTED, by={Role.SUPERIOR_COMMITTEE}, where=WITHOUT_APPRAISAL),
        *moves("decide", SUBMITTED, DECIDED, by={Role.SUPERIOR_COMMITTEE}, where=WITHOUT_APPRAISAL),
    ),
    ends=frozenset({DECIDED}),
)

NAMES: dict[str, tuple[str, str]] = {
    NEW: ("chưa báo cáo", "not submitted"),
    SUBMITTED: ("đã báo cáo", "submitted"),
    RETURNED: ("bị trả lại", "returned"),
    APPRAISED: ("đã thẩm định", "appraised"),
    DECIDED: ("đã quyết định", "decided"),
}
