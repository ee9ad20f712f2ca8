"""The life of a review: one table for collectives, individuals and organisations."""

from states.roles import Role
from states.table import NEW, REMEMBERED, Table, moves

INDIVIDUAL = "individual"
COLLECTIVE = "collective"
ORGANISATION = "organisation"
KINDS = (COLLECTIVE, INDIVIDUAL, ORGANISATION)

# What a regime's flow may give a review; a row of the table that names one is there only then.
RATED = "rated"
WITH_BALLOT, WITHOUT_BALLOT = "with_ballot", "without_ballot"
TWO_ROUNDS = "two_rounds"
WITH_APPRAISAL, WITHOUT_APPRAISAL = "with_appraisal", "without_appraisal"
SELF_RATED = "self_rated"
DECISION_RECORDED = "decision_recorded"

OPEN = "open"
PREPARED = "prepared"
DRAFT_SENT = "draft_sent"
REVIEWED = "reviewed"
VOTED = "voted"
SUBMITTED = "submitted"
APPRAISED = "appraised"
APPROVED = "approved"
RE_RATED = "re_rated"

RETURNED = "returned"
PAUSED = "paused"
ABSENT = "absent_pending"
EXEMPT = "exempt"
REVIEWED_UNRATED = "reviewed_unrated"
ANNULLED = "annulled"

MAIN_STAGES = (OPEN, PREPARED, DRAFT_SENT, REVIEWED, VOTED, SUBMITTED, APPRAISED, APPROVED)
SIDE_STATES = (RETURNED, PAUSED, ABSENT, EXEMPT, REVIEWED_UNRATED, ANNULLED)
BEFORE_SUBMISSION = (OPEN, PREPARED, DRAFT_SENT, REVIEWED, VOTED)
SETTLED = (APPROVED, RE_RATED)
CLOSED = (*SETTLED, EXEMPT, REVIEWED_UNRATED)
UNSETTLED = (*BEFORE_SUBMISSION, SUBMITTED, APPRAISED, RETURNED, PAUSED, ABSENT, ANNULLED)
EVERY = (*MAIN_STAGES, RE_RATED, *SIDE_STATES)

OWN = (Role.SECRETARY, Role.COMMITTEE)
OWNER_OR_SELF = (Role.MEMBER, *OWN)
BALLOT = (Role.SECRETARY, Role.COUNTING_TEAM)
ABOVE = (Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE)
PAUSERS = (Role.SECRETARY, Role.SUPERIOR_DELEGATE, Role.SUPERIOR_COMMITTEE, Role.INSPECTION)

TABLE = Table(
    name="review",
    rows=(
        # the life itself
        *moves("open_review", NEW, OPEN, by={Role.OFFICER}),
        *moves("exempt", OPEN, EXEMPT, by={Role.OFFICER}),
        *moves("prepare", (OPEN, PREPARED, RETURNED), PREPARED, by=OWNER_OR_SELF),
        *moves("send_draft", (PREPARED, DRAFT_SENT), DRAFT_SENT, by=OWN),
        *moves("notify_superior", (PREPARED, DRAFT_SENT), "", by=OWN),
        *moves("hold_session", (DRAFT_SENT, REVIEWED), "", by=OWN),
        *moves("conclude_review", DRAFT_SENT, REVIEWED, by=OWN),
        *moves("carry_motion", REVIEWED, VOTED, by=BALLOT, where=WITH_BALLOT),
        *moves("fail_motion", REVIEWED, REVIEWED, by=BALLOT, where=WITH_BALLOT),
        # the second round of a two-round ballot: who reached the second level is put to the top one
        *moves("carry_motion", VOTED, "", by=BALLOT, where=TWO_ROUNDS),
        *moves("fail_motion", VOTED, "", by=BALLOT, where=TWO_ROUNDS),
        *moves("repeat_ballot", (VOTED, RETURNED), REVIEWED, by=OWN, where=WITH_BALLOT),
        *moves("correct_to_carried", REVIEWED, VOTED, by=BALLOT, where=WITH_BALLOT),
        *moves("correct_to_failed", VOTED, REVIEWED, by=BALLOT, where=WITH_BALLOT),
        *moves("correct_to_level", VOTED, "", by=BALLOT, where=WITH_BALLOT),
        *moves(
            "correct_vote",
            (REVIEWED, VOTED, SUBMITTED, APPRAISED, RETURNED, PAUSED, ANNULLED, *SETTLED),
            "",
            by=BALLOT,
            where=WITH_BALLOT,
        ),
        *moves("submit", VOTED, SUBMITTED, by=OWN, where=WITH_BALLOT),
        *moves("submit", REVIEWED, SUBMITTED, by=OWN, where=WITHOUT_BALLOT),
        *moves("submit", RETURNED, SUBMITTED, by=OWN),
        *moves("return", (SUBMITTED, APPRAISED), RETURNED, by=ABOVE),
        *moves("appraise", SUBMITTED, APPRAISED, by={Role.ORGANISATION_BOARD}, where=WITH_APPRAISAL),
        *moves("approve", APPRAISED, APPROVED, by={Role.SUPERIOR_COMMITTEE}, where=WITH_APPRAISAL),
        *moves("approve", SUBMITTED, APPROVED, by={Role.SUPERIOR_COMMITTEE}, where=WITHOUT_APPRAISAL),
        *moves("re_rate", APPRAISED, RE_RATED, by={Role.SUPERIOR_COMMITTEE}, where=WITH_APPRAISAL),
        *moves("re_rate", SUBMITTED, RE_RATED, by={Role.SUPERIOR_COMMITTEE}, where=WITHOUT_APPRAISAL),
        *moves("annul", SETTLED, ANNULLED, by={Role.SUPERIOR_COMMITTEE}, where=RATED),
        *moves("start_round", ANNULLED, PREPARED, by={Role.SUPERIOR_COMMITTEE}, where=RATED),
        # beside the straight way
        *moves("close_unrated", (REVIEWED, SUBMITTED), REVIEWED_UNRATED, by=(*OWN, *ABOVE)),
        *moves("mark_absent", (OPEN, PREPARED, DRAFT_SENT, REVIEWED), ABSENT, by=OWN, kinds={INDIVIDUAL}),
        *moves("attend", ABSENT, REMEMBERED, by=OWN, kinds={INDIVIDUAL}),
        *moves("pause", (PREPARED, DRAFT_SENT, REVIEWED, VOTED), PAUSED, by=PAUSERS),
        *moves("resume", PAUSED, REMEMBERED, by=PAUSERS),
        # acts that record something and leave the stage as it is
        *moves("record_fact", UNSETTLED, "", by=(*OWNER_OR_SELF, *ABOVE)),
        *moves("tick_items", (*UNSETTLED, *SETTLED), "", by=(*OWNER_OR_SELF, *ABOVE)),
        *moves("rate_self", BEFORE_SUBMISSION[:4], "", by=OWNER_OR_SELF, where=SELF_RATED),
        *moves("propose", (PREPARED, DRAFT_SENT, REVIEWED), "", by=OWN, where=RATED),
        *moves("announce", (VOTED, SUBMITTED, APPRAISED, *SETTLED), "", by=OWN, where=RATED),
        *moves("correct_entry", (*UNSETTLED, *SETTLED, REVIEWED_UNRATED), "", by=(*OWN, *BALLOT, *ABOVE)),
        # a count of the deciding body, or the word of one of two deciders
        *moves(
            "record_decision",
            (SUBMITTED, APPRAISED),
            "",
            by={Role.SUPERIOR_COMMITTEE},
            where=DECISION_RECORDED,
        ),
        *moves("authorise_exception", UNSETTLED, "", by={Role.SUPERIOR_COMMITTEE}),
        *moves("raise_flag", (*UNSETTLED, *SETTLED), "", by=(*OWN, *ABOVE, Role.INSPECTION)),
        *moves("clear_flag", (*UNSETTLED, *SETTLED), "", by=(*OWN, *ABOVE, Role.INSPECTION)),
    ),
    ends=frozenset({EXEMPT, REVIEWED_UNRATED}),
    remembers={
        PAUSED: frozenset({PREPARED, DRAFT_SENT, REVIEWED, VOTED}),
        ABSENT: frozenset({OPEN, PREPARED, DRAFT_SENT, REVIEWED}),
    },
)

NAMES: dict[str, tuple[str, str]] = {
    NEW: ("chưa có", "not opened"),
    OPEN: ("chưa chuẩn bị", "not prepared"),
    PREPARED: ("đã chuẩn bị", "prepared"),
    DRAFT_SENT: ("đã gửi dự thảo", "draft sent"),
    REVIEWED: ("đã kiểm điểm", "reviewed"),
    VOTED: ("đã bỏ phiếu", "voted"),
    SUBMITTED: ("đã báo cáo cấp trên", "submitted"),
    APPRAISED: ("đã thẩm định", "appraised"),
    APPROVED: ("đã quyết định", "approved"),
    RE_RATED: ("đã xếp loại lại", "re-rated"),
    RETURNED: ("bị trả lại", "returned"),
    PAUSED: ("tạm dừng kiểm điểm", "paused"),
    ABSENT: ("vắng mặt, chờ kỳ họp sau", "absent, waits for the next meeting"),
    EXEMPT: ("được miễn", "exempt"),
    REVIEWED_UNRATED: ("đã kiểm điểm, không xếp loại", "reviewed, not rated"),
    ANNULLED: ("đã hủy kết quả", "annulled"),
}
"""Vietnamese and English name of every stage: the one badge text each stage has."""
