"""A history reads as a committee office would write it: dates, names, levels and clauses in place."""

from datetime import UTC, date, datetime
from typing import Any

from handlers.names import Names
from handlers.telling.voice import Voice
from handlers.timeline import bodies_of, line, people_of, refused_line, says
from tests.handlers.event_samples import sample
from workflow.event import NAMES as EVENT_NAMES
from workflow.event import VERSIONS, Event
from workflow.events import campaign as in_campaign
from workflow.events import meeting as at_meeting
from workflow.events import review as in_review
from workflow.log import Stored
from workflow.refusals import Refused
from workflow.rules.rulebook import Rulebook

RULEBOOK = Rulebook.load("duk_2016")
KNOWN = Names(
    {"0011": "Trần Văn Bình", "0012": "Nguyễn Thị Ánh"}, {"CB03": "Chi bộ Lắp ráp", "DB01": "Đảng bộ Cơ điện"}
)
VI = Voice(language="vi", names=KNOWN, rulebook=RULEBOOK)
EN = Voice(language="en", names=KNOWN, rulebook=RULEBOOK)


def told(cls: type[Event], voice: Voice = VI, **changes: Any) -> str:
    return says(sample(cls, **changes), voice)


def envelope(event: Event, **changes: Any) -> Stored:
    cls = type(event)
    fields: dict[str, Any] = {
        "position": 7,
        "stream": "review/2016.member.0012",
        "version": 2,
        "name": EVENT_NAMES[cls],
        "schema_version": VERSIONS[cls],
        "occurred_at": datetime(2017, 1, 10, 5, tzinfo=UTC),
        "recorded_at": datetime(2017, 1, 12, 18, tzinfo=UTC),
        "actor": "0011",
        "capacity": "secretary@CB03",
        "command_id": "c1",
        "rulebook_hash": "",
        "verdicts": (),
        "data": b"{}",
        "findings_digest": None,
        "event_hash": "",
        "previous_hash": "",
    }
    return Stored(**fields | changes)


def test_a_draft_that_went_out_is_told_in_both_languages() -> None:
    assert told(in_review.DraftSent, recipients=14, minor=False) == "Dự thảo đã đến tay đủ 14 người dự họp."
    assert (
        told(in_review.DraftSent, EN, recipients=14, minor=False) == "The draft was with all 14 participants."
    )


def test_a_motion_names_its_level_and_its_votes() -> None:
    failed = told(in_review.MotionFailed, level="HTXSNV", in_favour=8, entitled=12)
    assert failed == "Mức “Hoàn thành xuất sắc nhiệm vụ” được 8/12 phiếu, không đủ tỷ lệ."
    carried = told(in_review.MotionCarried, EN, level="HTTNV", in_favour=11, entitled=12)
    assert carried == "“Good completion of tasks” carried with 11 of 12 votes."


def test_points_are_written_with_the_mark_of_the_language() -> None:
    """They are stored as text, so that no digit is lost."""
    fact: dict[str, Any] = {"fact": "score.political_tasks", "value": "38.5", "document": None}
    assert told(in_review.FactRecorded, **fact).endswith(": 38,5.")
    assert told(in_review.FactRecorded, EN, **fact).endswith(": 38.5.")


def test_a_day_kept_as_text_is_written_as_a_day() -> None:
    fact: dict[str, Any] = {"fact": "staff.rated_on", "value": "2016-12-20", "document": None}
    assert told(in_review.FactRecorded, **fact).endswith(": 20/12/2016.")


def test_a_rule_is_told_with_its_clause() -> None:
    rule = RULEBOOK.rule("duk.notice_to_participants")
    sentence = told(in_review.FlagRaised, flag="irregular", rules=(rule.id,), reason="took place as recorded")
    assert rule.says.vi.rstrip(".") in sentence
    assert rule.cite in sentence
    assert "took place" not in sentence, "words of the program are not shown to a person"


def test_a_rule_the_rulebook_lacks_is_shown_by_its_id() -> None:
    assert "duk.gone" in told(in_review.SubjectExempted, rule="duk.gone")
    assert "duk.quota_share" in says(sample(in_review.SubjectExempted, rule="duk.quota_share"), Voice())


def test_an_appraisal_tells_the_computed_level_beside_the_advised_one() -> None:
    assert "đúng mức tính theo quy định" in told(in_review.ReviewAppraised, level="HTNV", computed="HTNV")
    assert "chưa đủ dữ kiện" in told(in_review.ReviewAppraised, level="HTNV", computed=None)
    assert "“Hoàn thành nhiệm vụ”" in told(in_review.ReviewAppraised, level="HTTNV", computed="HTNV")


def test_a_session_tells_who_chaired_and_what_was_missing() -> None:
    sentence = told(
        in_review.SessionHeld,
        chair_role="deputy",
        residence_comment="missing_with_reason",
        concluded=False,
        item=3,
    )
    assert sentence == (
        "Kiểm điểm tại Chi bộ Lắp ráp, mục 3 của chương trình: cấp phó chủ trì, đã trình bày bản kiểm điểm, "
        "thiếu nhận xét nơi cư trú, có lý do, chủ trì chưa kết luận."
    )


def test_a_collective_has_a_report_and_no_comment_from_a_place_of_residence() -> None:
    held, written = sample(in_review.SessionHeld), sample(in_review.DraftPrepared)
    collective = "review/2016.collective.CB03"
    assert "nơi cư trú" not in line(held, envelope(held, stream=collective), VI).says
    assert "nơi cư trú" in line(held, envelope(held), VI).says
    assert "báo cáo kiểm điểm" in line(written, envelope(written, stream=collective), VI).says
    assert "bản tự kiểm điểm" in line(written, envelope(written), VI).says


def test_a_correction_names_both_figures_the_person_and_who_typed_first() -> None:
    sentence = told(at_meeting.CountCorrected, was=11, now=10, reason="gõ nhầm")
    assert "đồng chí Nguyễn Thị Ánh" in sentence
    assert "từ 11 thành 10 (người nhập trước: Trần Văn Bình): gõ nhầm." in sentence


def test_a_quarter_is_told_as_one() -> None:
    assert "quý 2 năm 2016" in told(in_campaign.CampaignPlanned, quarter=2, year=2016)
    assert "quý" not in told(in_campaign.CampaignPlanned, quarter=None, year=2016)


def test_a_line_has_the_day_of_the_act_the_person_and_the_day_of_entry() -> None:
    """Paper comes later: 18:00 UTC on the 12th is the 13th in Vietnam."""
    event = sample(in_review.ReviewConcluded, on=date(2017, 1, 9))
    found = line(event, envelope(event), VI)
    assert str(found) == "09/01/2017: Đã kiểm điểm xong ở mọi nơi phải kiểm điểm."
    assert found.by == "Trần Văn Bình, bí thư Chi bộ Lắp ráp"
    assert found.entered_on == date(2017, 1, 13)


def test_an_event_without_a_day_of_its_own_stands_on_the_day_it_occurred() -> None:
    event = sample(at_meeting.MeetingPlanned, day=date(2017, 1, 20))
    found = line(event, envelope(event), EN)
    assert found.on == date(2017, 1, 10)
    assert "20/01/2017" in found.says


def test_somebody_without_a_name_is_told_by_the_capacity() -> None:
    event = sample(in_review.ReviewConcluded)
    assert line(event, envelope(event, actor="K9"), VI).by == "bí thư Chi bộ Lắp ráp"
    assert line(event, envelope(event, actor="K9", capacity="clock@"), EN).by == "clock"


def test_a_refused_command_tells_what_was_wanted_and_the_clause() -> None:
    refused = Refused(
        recorded_at=datetime(2017, 1, 9, 2, tzinfo=UTC),
        command="PlanMeeting",
        command_id="c2",
        actor="0011",
        capacity="secretary@CB03",
        streams=("review/2016.member.0012",),
        refusal="RulesFail",
        failing=(("duk.notice_to_participants", "fails"), ("duk.collective_first", "unknown")),
        body_digest="",
    )
    found = refused_line(refused, VI)
    assert str(found).startswith("09/01/2017: Chưa định ngày họp được: ")
    assert RULEBOOK.rule("duk.notice_to_participants").cite in found.says
    assert "chưa đủ dữ kiện để xét: " in found.says
    assert found.by == "Trần Văn Bình, bí thư Chi bộ Lắp ráp"


def test_a_refused_command_without_rules_tells_its_kind() -> None:
    refused = Refused(
        recorded_at=datetime(2017, 1, 9, 2, tzinfo=UTC),
        command="SubmitBundle",
        command_id="c2",
        actor="x",
        capacity="member@CB03",
        streams=(),
        refusal="NotAllowed",
        failing=(),
        body_digest="",
    )
    assert refused_line(refused, EN).says == "Could not submit to the superior: somebody else has to do it."


def test_the_names_a_history_needs_are_found_in_its_events() -> None:
    events = [
        sample(at_meeting.CountCorrected),
        sample(in_review.ReviewOpened),
        sample(at_meeting.MeetingRecorded, agenda=("2016.member.0044", "2016.collective.CB07")),
    ]
    stored = [envelope(event) for event in events]
    assert {"0011", "0012", "0044"} <= people_of(events, stored)
    assert {"CB03", "DB01", "CB07"} <= bodies_of(events, stored)


def test_who_proposed_is_said_in_words() -> None:
    assert told(in_review.LevelProposed, by="chi_uy").startswith("Chi ủy đề nghị")
    assert told(in_review.LevelProposed, by="CB03").startswith("Chi bộ Lắp ráp đề nghị")


def test_only_a_party_organisation_has_a_secretary() -> None:
    """A leadership collective is entered for by whoever heads it."""
    voice = Voice(names=Names(bodies={"LD01": "Ban Giám đốc", "CB03": "Chi bộ Lắp ráp"}))
    assert voice.capacity("secretary@LD01") == "người phụ trách Ban Giám đốc"
    assert voice.capacity("secretary@CB03") == "bí thư Chi bộ Lắp ráp"
    assert voice.capacity("secretary@CB99") == "bí thư CB99"
