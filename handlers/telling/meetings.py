"""One sentence for every event of a meeting and of a ballot sheet."""

from __future__ import annotations

from handlers.telling.voice import Voice
from workflow.events import meeting as happened


def meeting_planned(event: happened.MeetingPlanned, voice: Voice) -> str:
    """A day and an agenda."""
    day, venue, items = voice.day(event.day), voice.body(event.venue), len(event.agenda)
    return voice.pick(
        f"Định ngày họp {day} tại {venue}, chương trình có {items} mục kiểm điểm.",
        f"A meeting of {venue} was set for {day}; reviews on the agenda: {items}.",
    )


def meeting_recorded(event: happened.MeetingRecorded, voice: Voice) -> str:
    """What took place, who was there."""
    venue, items = voice.body(event.venue), len(event.agenda)
    invited = event.invited or event.present
    above = voice.pick("; cấp trên có dự", "; the superior attended") if event.superior_attended else ""
    minutes = f"; {voice.pick('biên bản', 'minutes')} {event.minutes}" if event.minutes else ""
    return voice.pick(
        f"Đã họp tại {venue}: {event.present}/{invited} người có mặt, {items} mục kiểm điểm{above}{minutes}.",
        f"The meeting of {venue} was held: {event.present} of {invited} present, reviews: {items}"
        f"{above}{minutes}.",
    )


def meeting_cancelled(event: happened.MeetingCancelled, voice: Voice) -> str:
    """Called off."""
    why = voice.because(event.reason)
    return voice.pick(f"Hủy cuộc họp{why}.", f"The meeting was called off{why}.")


def ballot_issued(event: happened.BallotIssued, voice: Voice) -> str:
    """Papers in hand."""
    manner = {
        True: voice.pick("bỏ phiếu kín", "secret ballot"),
        False: voice.pick("biểu quyết công khai", "open vote"),
        None: voice.pick("không ghi hình thức", "manner not stated"),
    }[event.secret]
    where, motions = voice.body(event.organisation), len(event.motions)
    people_vi, people_en = ("người", "people") if event.body == "committee" else _MEMBERS
    second = voice.pick(", vòng 2", ", second round") if event.round == 2 else ""
    fewer = event.casting != event.entitled
    casting = voice.pick(f", {event.casting} người được phát phiếu", f", {event.casting} to cast")
    team = ", ".join(map(voice.person, event.counters))
    counters = voice.pick(f"; tổ kiểm phiếu: {team}", f"; counting team: {team}") if team else ""
    return voice.pick(
        f"Phát phiếu tại {where} cho {motions} kết quả xếp loại, {manner}{second}; {event.entitled} "
        f"{people_vi} được tính{casting if fewer else ''}, {event.on_roll} người trong danh sách{counters}.",
        f"Papers were handed out at {where}, ratings: {motions}, {manner}{second}; {event.entitled} "
        f"{people_en} count{casting if fewer else ''}, {event.on_roll} are on the roll{counters}.",
    )


_MEMBERS = ("đảng viên chính thức", "official members")


def ballot_counted(event: happened.BallotCounted, voice: Voice) -> str:
    """The sums of the sheet."""
    return voice.pick(
        f"Kiểm phiếu: phát ra {event.issued}, thu về {event.collected}, hợp lệ {event.valid}, "
        f"không hợp lệ {event.invalid}.",
        f"Counted: {event.issued} papers issued, {event.collected} collected, {event.valid} valid, "
        f"{event.invalid} invalid.",
    )


def count_confirmed(event: happened.CountConfirmed, voice: Voice) -> str:
    """A second person looked."""
    first = voice.person(event.entered_by)
    return voice.pick(
        f"Người thứ hai xác nhận số phiếu đã nhập (người nhập: {first}).",
        f"A second person confirmed the count as entered (by {first}).",
    )


def count_corrected(event: happened.CountCorrected, voice: Voice) -> str:
    """Put right by a second person."""
    who, level, why = voice.subject(event.review), voice.level(event.level), voice.because(event.reason)
    first = voice.person(event.entered_by)
    return voice.pick(
        f"Sửa số phiếu nhập nhầm của {who} ở mức {level}, từ {event.was} thành {event.now} "
        f"(người nhập trước: {first}){why}.",
        f"The mistyped votes of {who} for {level} were corrected from {event.was} to {event.now} "
        f"(typed before by {first}){why}.",
    )


def ballot_repeated(event: happened.BallotRepeated, voice: Voice) -> str:
    """To be held again."""
    why = voice.because(event.reason)
    return voice.pick(f"Tổ chức bỏ phiếu lại{why}.", f"The ballot is to be held again{why}.")
