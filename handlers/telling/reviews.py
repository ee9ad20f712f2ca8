"""One sentence for every event of a review."""

from __future__ import annotations

from handlers.telling.voice import Voice
from states.flags import FLAGS, IRREGULAR, NO_RESULT
from workflow.events import review as happened
from workflow.rules.words import WORDS

CHAIRS: dict[str, tuple[str, str]] = {
    "head": ("người đứng đầu chủ trì", "chaired by the head"),
    "deputy": ("cấp phó chủ trì", "chaired by a deputy"),
    "other": ("đồng chí khác chủ trì", "chaired by somebody else"),
}
RESIDENCE: dict[str, tuple[str, str]] = {
    "read": ("đã đọc nhận xét nơi cư trú", "the comment from the place of residence was read"),
    "missing_with_reason": (
        "thiếu nhận xét nơi cư trú, có lý do",
        "the comment from the place of residence is missing, with a reason",
    ),
    "missing": ("thiếu nhận xét nơi cư trú", "the comment from the place of residence is missing"),
}
PROPOSERS: dict[str, tuple[str, str]] = {
    "chi_uy": ("Chi ủy", "The committee of the cell"),
    "secretary_and_deputy": ("Bí thư và phó bí thư", "The secretary and the deputy"),
    "btv": ("Ban thường vụ", "The standing committee"),
}
"""Who puts a level forward, where it is said as a rulebook says it; else it is the id of a body or person."""

CHANGES: dict[str, tuple[str, str]] = {
    "moved": ("đảng viên chuyển sinh hoạt đến chi bộ khác", "the member moved to another cell"),
    "re_scoped": ("tư cách, chức vụ hoặc tổ chức thay đổi", "standing, post or body changed"),
    "voters_changed": ("danh sách người được bỏ phiếu thay đổi", "those entitled to vote changed"),
    "head_changed": ("người đứng đầu nơi kiểm điểm thay đổi", "the head of a venue changed"),
}


def review_opened(event: happened.ReviewOpened, voice: Voice) -> str:
    """Entered into the campaign, with its venues in order."""
    venues = ", ".join(voice.body(venue) for venue, _ in event.venues)
    rated = "" if event.rated else voice.pick("; không xếp loại", "; not rated")
    return voice.pick(
        f"Thuộc diện kiểm điểm của đợt {event.campaign}; nơi kiểm điểm: {venues}{rated}.",
        f"Entered into campaign {event.campaign}; to be reviewed at: {venues}{rated}.",
    )


def subject_exempted(event: happened.SubjectExempted, voice: Voice) -> str:
    """Excused by a clause."""
    rule = voice.rule(event.rule)
    return voice.pick(f"Không kiểm điểm đợt này: {rule}.", f"Exempt from this campaign: {rule}.")


def draft_prepared(event: happened.DraftPrepared, voice: Voice) -> str:
    """The text is written."""
    paper = voice.paper(event.document)
    if voice.of_a_body:
        return voice.pick(
            f"Đã chuẩn bị xong báo cáo kiểm điểm{paper}.", f"The report for the review was written{paper}."
        )
    return voice.pick(f"Đã viết xong bản tự kiểm điểm{paper}.", f"The self-review was written{paper}.")


def draft_sent(event: happened.DraftSent, voice: Voice) -> str:
    """The last of those invited has it."""
    if event.minor:
        return voice.pick(
            f"Gửi lại dự thảo sửa chi tiết nhỏ cho {event.recipients} người dự họp; thời hạn không tính lại.",
            f"The draft went again to {event.recipients} participants with a minor correction; "
            "the days are not counted anew.",
        )
    return voice.pick(
        f"Dự thảo đã đến tay đủ {event.recipients} người dự họp.",
        f"The draft was with all {event.recipients} participants.",
    )


def draft_passed_through(event: happened.DraftPassedThrough, voice: Voice) -> str:
    """No clause asks for sending."""
    return voice.pick(
        "Văn bản áp dụng không yêu cầu gửi dự thảo trước; sẵn sàng kiểm điểm.",
        "No requirement in the source to send a draft ahead; ready to be reviewed.",
    )


def items_ticked(event: happened.ItemsTicked, voice: Voice) -> str:
    """What a person confirmed, or took back."""
    told = []
    for items, vi, en in (
        (event.ticked, "Đã xác nhận", "Confirmed"),
        (event.unticked, "Bỏ xác nhận", "Took back"),
    ):
        if items:
            named = "; ".join(voice.item(item) for item in items)
            told.append(voice.pick(f"{vi}: {named}", f"{en}: {named}"))
    return ". ".join(told) + "."


def superior_notified(event: happened.SuperiorNotified, voice: Voice) -> str:
    """The superior knows the day."""
    vi, en = (
        ("kèm dự thảo", "with the draft") if event.attachments else ("không kèm dự thảo", "without the draft")
    )
    return voice.pick(
        f"Đã báo cáo cấp trên lịch kiểm điểm, {vi}.", f"The superior was told the day of the review, {en}."
    )


def fact_recorded(event: happened.FactRecorded, voice: Voice) -> str:
    """A fact with its value."""
    told = f"{voice.fact(event.fact)}: {voice.value(event.fact, event.value)}{voice.paper(event.document)}"
    return voice.pick(f"Ghi nhận {told}.", f"Recorded {told}.")


def self_rated(event: happened.SelfRated, voice: Voice) -> str:
    """The member's own view."""
    level = voice.level(event.level)
    return voice.pick(f"Đảng viên tự xếp loại {level}.", f"The member rated himself {level}.")


def level_proposed(event: happened.LevelProposed, voice: Voice) -> str:
    """A level is put forward."""
    known = PROPOSERS.get(event.by)
    level, by = voice.level(event.level), voice.pick(*known) if known else voice.whoever(event.by)
    return voice.pick(f"{by} đề nghị mức {level} để bỏ phiếu.", f"{by} put {level} forward for the ballot.")


def session_held(event: happened.SessionHeld, voice: Voice) -> str:
    """What was done at one venue, in the order of the minutes."""
    parts = [voice.pick("đã trình bày bản kiểm điểm", "presented")]
    if not event.presented:
        parts = [voice.pick("chưa trình bày bản kiểm điểm", "not presented")]
    if event.chair_role in CHAIRS:
        parts.insert(0, voice.pick(*CHAIRS[event.chair_role]))
    if event.residence_comment in RESIDENCE and not voice.of_a_body:
        parts.append(voice.pick(*RESIDENCE[event.residence_comment]))
    if event.concluded:
        parts.append(voice.pick("chủ trì đã kết luận", "the chair concluded"))
    else:
        parts.append(voice.pick("chủ trì chưa kết luận", "the chair did not conclude"))
    lead = voice.pick(
        f"Kiểm điểm tại {voice.body(event.venue)}, mục {event.item} của chương trình",
        f"Reviewed at {voice.body(event.venue)}, item {event.item} of the agenda",
    )
    return f"{lead}: {', '.join(parts)}."


def review_concluded(event: happened.ReviewConcluded, voice: Voice) -> str:
    """The last venue is done."""
    return voice.pick("Đã kiểm điểm xong ở mọi nơi phải kiểm điểm.", "The review is done at every venue.")


def motion_carried(event: happened.MotionCarried, voice: Voice) -> str:
    """Enough papers."""
    level = voice.level(event.level)
    return voice.pick(
        f"Mức {level} được {event.in_favour}/{event.entitled} phiếu, đủ tỷ lệ.",
        f"{level} carried with {event.in_favour} of {event.entitled} votes.",
    )


def motion_failed(event: happened.MotionFailed, voice: Voice) -> str:
    """Too few papers."""
    level = voice.level(event.level)
    return voice.pick(
        f"Mức {level} được {event.in_favour}/{event.entitled} phiếu, không đủ tỷ lệ.",
        f"{level} failed with {event.in_favour} of {event.entitled} votes.",
    )


def _corrected(event: happened.VoteCorrected, voice: Voice, vi: str, en: str) -> str:
    level = voice.level(event.level)
    return voice.pick(
        f"Sửa số phiếu mức {level} nhập nhầm, từ {event.was} thành {event.now}; {vi}.",
        f"The mistyped votes for {level} were corrected from {event.was} to {event.now}; {en}.",
    )


def vote_corrected(event: happened.VoteCorrected, voice: Voice) -> str:
    """Same outcome."""
    return _corrected(event, voice, "kết quả không đổi", "the outcome is the same")


def vote_turned_to_carried(event: happened.VoteTurnedToCarried, voice: Voice) -> str:
    """Carried after all."""
    return _corrected(event, voice, "mức này đủ tỷ lệ", "the level is carried")  # type: ignore[arg-type]  # same fields


def vote_turned_to_failed(event: happened.VoteTurnedToFailed, voice: Voice) -> str:
    """Failed after all."""
    return _corrected(event, voice, "mức này không đủ tỷ lệ", "the level fails")  # type: ignore[arg-type]  # same fields


def vote_turned_to_level(event: happened.VoteTurnedToLevel, voice: Voice) -> str:
    """Another level after all."""
    voted = voice.level(event.voted)
    return _corrected(event, voice, f"mức được bỏ phiếu là {voted}", f"the level voted is {voted}")  # type: ignore[arg-type]  # same fields


def ballot_reopened(event: happened.BallotReopened, voice: Voice) -> str:
    """To be voted again."""
    why = voice.because(event.reason)
    return voice.pick(f"Bỏ phiếu lại{why}.", f"To be voted again{why}.")


def result_announced(event: happened.ResultAnnounced, voice: Voice) -> str:
    """Made known where it was held."""
    return voice.pick("Đã công bố kết quả bỏ phiếu.", "The result of the ballot was announced.")


def closed_unrated(event: happened.ClosedUnrated, voice: Voice) -> str:
    """Ends without a level."""
    if not event.rule:
        return voice.pick(
            "Ghi nhận báo cáo kiểm điểm; đối tượng này không xếp loại.",
            "The report was noted; what is reviewed here is not rated.",
        )
    rule = voice.rule(event.rule)
    return voice.pick(f"Đã kiểm điểm, không xếp loại: {rule}.", f"Reviewed, not rated: {rule}.")


def absence_recorded(event: happened.AbsenceRecorded, voice: Voice) -> str:
    """Was not there."""
    return voice.pick(
        "Vắng mặt; kiểm điểm ở kỳ họp gần nhất có mặt.",
        "Absent; to be reviewed at the next meeting attended.",
    )


def attended_again(event: happened.AttendedAgain, voice: Voice) -> str:
    """Is there again."""
    return voice.pick("Có mặt trở lại; tiếp tục kiểm điểm.", "Present again; the review goes on.")


def review_paused(event: happened.ReviewPaused, voice: Voice) -> str:
    """Stopped."""
    why = voice.because(event.reason)
    return voice.pick(f"Tạm dừng kiểm điểm{why}.", f"The review was paused{why}.")


def review_resumed(event: happened.ReviewResumed, voice: Voice) -> str:
    """Goes on with a conclusion."""
    why = voice.because(event.conclusion)
    return voice.pick(
        f"Tiếp tục kiểm điểm theo kết luận{why}.", f"The review goes on after the conclusion{why}."
    )


def review_submitted(event: happened.ReviewSubmitted, voice: Voice) -> str:
    """Reported upwards."""
    if event.level is None:
        return voice.pick(
            "Báo cáo kết quả kiểm điểm lên cấp trên.", "The review was reported to the superior."
        )
    level = voice.level(event.level)
    return voice.pick(f"Báo cáo cấp trên, đề nghị mức {level}.", f"Submitted to the superior with {level}.")


def review_returned(event: happened.ReviewReturned, voice: Voice) -> str:
    """Sent back."""
    why = voice.because(event.reason)
    return voice.pick(f"Cấp trên trả lại{why}.", f"The superior sent it back{why}.")


def review_appraised(event: happened.ReviewAppraised, voice: Voice) -> str:
    """The board's advice beside the computed level."""
    level = voice.level(event.level)
    if event.computed is None:
        beside = voice.pick("chưa đủ dữ kiện để tính mức", "no level could be computed yet")
    elif event.computed == event.level:
        beside = voice.pick("đúng mức tính theo quy định", "as computed by the rules")
    else:
        computed = voice.level(event.computed)
        beside = voice.pick(f"mức tính theo quy định là {computed}", f"the rules compute {computed}")
    why = voice.because(event.reason)
    return voice.pick(
        f"Thẩm định, đề nghị mức {level} ({beside}){why}.", f"Appraised, advising {level} ({beside}){why}."
    )


def decision_recorded(event: happened.DecisionRecorded, voice: Voice) -> str:
    """One deciding body's word, with its own count where it voted."""
    named = WORDS.get(event.by)
    by = voice.pick(*named) if named else voice.whoever(event.by)
    level, paper = voice.level(event.level), voice.paper(event.document)
    why = voice.because(event.reason)
    if event.entitled is None:
        return voice.pick(
            f"Nơi quyết định ({by}) cho ý kiến: {level}{paper}{why}.",
            f"The deciding body ({by}) says {level}{paper}{why}.",
        )
    return voice.pick(
        f"Nơi quyết định ({by}) bỏ phiếu {event.in_favour}/{event.entitled} cho mức {level}{paper}{why}.",
        f"The deciding body ({by}) voted {event.in_favour} of {event.entitled} for {level}{paper}{why}.",
    )


def review_approved(event: happened.ReviewApproved, voice: Voice) -> str:
    """Decided."""
    level, paper, why = voice.level(event.level), voice.paper(event.document), voice.because(event.reason)
    return voice.pick(f"Quyết định mức {level}{paper}{why}.", f"Decided: {level}{paper}{why}.")


def review_re_rated(event: happened.ReviewReRated, voice: Voice) -> str:
    """Decided again."""
    level, paper, why = voice.level(event.level), voice.paper(event.document), voice.because(event.reason)
    return voice.pick(f"Quyết định xếp loại lại, mức {level}{paper}{why}.", f"Re-rated: {level}{paper}{why}.")


def review_annulled(event: happened.ReviewAnnulled, voice: Voice) -> str:
    """Cancelled."""
    level, paper, why = voice.level(event.level), voice.paper(event.document), voice.because(event.reason)
    return voice.pick(f"Hủy kết quả mức {level}{paper}{why}.", f"The level {level} was annulled{paper}{why}.")


def round_started(event: happened.RoundStarted, voice: Voice) -> str:
    """A new round."""
    return voice.pick(
        f"Bắt đầu kiểm điểm lại, vòng {event.round}.", f"Round {event.round} of the review began."
    )


def flag_raised(event: happened.FlagRaised, voice: Voice) -> str:
    """Something stays open; what the service raises by itself has words of its own."""
    if event.flag == IRREGULAR:
        rules = voice.rules(event.rules)
        return voice.pick(
            f"Ghi nhận đã tiến hành chưa đúng quy định: {rules}.", f"Recorded as irregular: {rules}."
        )
    if event.flag == NO_RESULT:
        return voice.pick("Không có mức nào đủ tỷ lệ phiếu.", "No level reached its share of votes.")
    name, why = _flag(event.flag, voice), voice.because(event.reason)
    rules = f" – {voice.rules(event.rules)}" if event.rules else ""
    return voice.pick(f"Đánh dấu “{name}”{why}{rules}.", f"Marked “{name}”{why}{rules}.")


def flag_cleared(event: happened.FlagCleared, voice: Voice) -> str:
    """Settled."""
    name = _flag(event.flag, voice)
    if event.flag == NO_RESULT:
        return voice.pick("Đã có mức đủ tỷ lệ phiếu.", "A level has reached its share of votes.")
    if event.flag == IRREGULAR and event.reason == "step repeated":
        why = voice.pick(": đã làm lại bước này đúng quy định", ": the step was repeated as prescribed")
    else:
        why = voice.because(event.reason)
    return voice.pick(f"Gỡ dấu “{name}”{why}.", f"The mark “{name}” was cleared{why}.")


def exception_authorised(event: happened.ExceptionAuthorised, voice: Voice) -> str:
    """A departure that was allowed."""
    rules, paper, why = voice.rules(event.rules), voice.paper(event.document), event.reason.rstrip(".")
    return voice.pick(
        f"Cho phép ngoại lệ{paper}: {rules}; lý do: {why}.",
        f"An exception was authorised{paper}: {rules}; reason: {why}.",
    )


def entry_corrected(event: happened.EntryCorrected, voice: Voice) -> str:
    """Two values, the reason and who had typed it."""
    name, why = voice.fact(event.entry), voice.because(event.reason)
    was, now = voice.value(event.entry, event.was), voice.value(event.entry, event.now)
    first = voice.person(event.entered_by)
    return voice.pick(
        f"Sửa chỗ nhập nhầm {name}, từ {was} thành {now} (người nhập trước: {first}){why}.",
        f"The entry {name} was corrected from {was} to {now} (typed before by {first}){why}.",
    )


def basis_changed(event: happened.BasisChanged, voice: Voice) -> str:
    """What it rested on is no longer so."""
    if event.what == "level":
        subject = voice.subject(event.source)
        return voice.pick(
            f"Căn cứ thay đổi: mức xếp loại của {subject} không còn như trước.",
            f"What the level rests on changed: that of {subject} is no longer what it was.",
        )
    known = CHANGES.get(event.what)
    what = voice.pick(*known) if known else event.what
    return voice.pick(f"Căn cứ thay đổi: {what}.", f"What the review rests on changed: {what}.")


def _flag(name: str, voice: Voice) -> str:
    flag = FLAGS.get(name)
    return voice.pick(flag.vi, flag.en) if flag else name
