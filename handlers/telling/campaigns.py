"""One sentence for every event of a campaign, of the roster and of the declared lists."""

from __future__ import annotations

from datetime import datetime

from handlers.telling.voice import Voice
from workflow import clock
from workflow.events import campaign as happened

LISTS: dict[str, tuple[str, str]] = {
    "discipline": ("kỷ luật", "discipline"),
    "violation": ("vi phạm", "violations"),
    "complaint": ("đơn thư tố cáo, khiếu nại", "complaints"),
    "open_finding": ("kết luận kiểm tra chưa thực hiện xong", "open inspection findings"),
    "sick_leave": ("nghỉ ốm", "sick leave"),
    "suggestion": ("gợi ý kiểm điểm", "suggestions of the superior"),
    "mass_organisation": ("đoàn thể cùng cấp", "mass organisations of the same level"),
    "administration": ("chính quyền cùng cấp", "the administration of the same level"),
    "subordinate": ("tổ chức trực thuộc", "subordinate organisations"),
}
NEIGHBOURS: dict[str, tuple[str, str]] = {
    "administration": ("Chính quyền", "Administration"),
    "mass_organisation": ("Đoàn thể", "Mass organisation"),
}


def campaign_planned(event: happened.CampaignPlanned, voice: Voice) -> str:
    """For which period, under which rulebook, from which roster."""
    body, day = voice.body(event.organisation), voice.day(event.roster_day)
    quarter_vi = f"quý {event.quarter} " if event.quarter else ""
    quarter_en = f"quarter {event.quarter} of " if event.quarter else ""
    return voice.pick(
        f"Lập kế hoạch đợt kiểm điểm {quarter_vi}năm {event.year} của {body} theo bộ quy định "
        f"{event.rulebook}; danh sách tính đến ngày {day}.",
        f"The reviews of {quarter_en}{event.year} at {body} were planned under the rulebook "
        f"{event.rulebook}, with the roster of {day}.",
    )


def opening_started(event: happened.OpeningStarted, voice: Voice) -> str:
    """How many reviews are coming."""
    at = datetime.fromisoformat(event.believed_at).astimezone(clock.ZONE)
    return voice.pick(
        f"Bắt đầu mở {event.subjects} kỳ kiểm điểm theo danh sách lúc {at:%H:%M ngày %d/%m/%Y}.",
        f"Opening {event.subjects} reviews began, from the roster as of {at:%d/%m/%Y %H:%M}.",
    )


def batch_opened(event: happened.BatchOpened, voice: Voice) -> str:
    """One part of the opening."""
    return voice.pick(
        f"Mở phần {event.batch}, {event.count} kỳ kiểm điểm.",
        f"Part {event.batch} opened, reviews: {event.count}.",
    )


def opening_finished(event: happened.OpeningFinished, voice: Voice) -> str:
    """Everybody is in."""
    return voice.pick(
        f"Mở xong đợt kiểm điểm: {event.reviews} kỳ kiểm điểm, trong đó {event.exempt} được miễn.",
        f"The campaign is open: {event.reviews} reviews, {event.exempt} of them exempt.",
    )


def special_merit_granted(event: happened.SpecialMeritGranted, voice: Voice) -> str:
    """Lifts a quota."""
    body, paper = voice.body(event.organisation), voice.paper(event.document)
    return voice.pick(
        f"Cấp trên công nhận {body} có thành tích đặc biệt xuất sắc{paper}.",
        f"The superior recognised special merit of {body}{paper}.",
    )


def campaign_closed(event: happened.CampaignClosed, voice: Voice) -> str:
    """The end, and what is left open."""
    return voice.pick(
        f"Kết thúc đợt kiểm điểm, còn {event.unsettled} kỳ chưa xong.",
        f"The campaign was closed with {event.unsettled} reviews unsettled.",
    )


def roster_changed(event: happened.RosterChanged, voice: Voice) -> str:
    """Rows written and closed."""
    part = voice.pick(f", phần {event.part}/{event.parts}", f", part {event.part} of {event.parts}")
    of = part if event.parts > 1 else ""
    return voice.pick(
        f"Cập nhật danh sách{of}: ghi {len(event.digests)} dòng mới, đóng {event.closed} dòng cũ.",
        f"The roster changed{of}: {len(event.digests)} rows written, {event.closed} closed.",
    )


def list_entry_recorded(event: happened.ListEntryRecorded, voice: Voice) -> str:
    """Something is on a list; what it is, is not in the log."""
    body, name = voice.body(event.organisation), _list(event.list, voice)
    return voice.pick(
        f"Ghi một mục vào danh mục {name} của {body}; nội dung lưu riêng.",
        f"An entry joined the list “{name}” of {body}; its content is kept apart.",
    )


def list_entry_settled(event: happened.ListEntrySettled, voice: Voice) -> str:
    """What was open is closed, since a day."""
    body, name, day = voice.body(event.organisation), _list(event.list, voice), voice.day(event.settled_on)
    return voice.pick(
        f"Một mục trong danh mục {name} của {body} được giải quyết xong ngày {day}.",
        f"An entry on the list “{name}” of {body} was settled on {day}.",
    )


def list_declared_complete(event: happened.ListDeclaredComplete, voice: Voice) -> str:
    """Nothing is missing, as of a day."""
    body, name, day = voice.body(event.organisation), _list(event.list, voice), voice.day(event.as_of)
    return voice.pick(
        f"{body} xác nhận danh mục {name} đã đầy đủ đến hết ngày {day}.",
        f"{body} declared the list “{name}” complete up to and including {day}.",
    )


def neighbour_rated(event: happened.NeighbourRated, voice: Voice) -> str:
    """A place on its own scale."""
    kind = voice.pick(*NEIGHBOURS.get(event.neighbour_kind, (event.neighbour_kind, event.neighbour_kind)))
    name, day, paper = voice.body(event.neighbour), voice.day(event.rated_on), voice.paper(event.document)
    return voice.pick(
        f"{kind} {name} được xếp bậc {event.rank} trên {event.scale_length} bậc ngày {day}{paper}.",
        f"{kind} {name} was rated step {event.rank} of {event.scale_length} on {day}{paper}.",
    )


def _list(name: str, voice: Voice) -> str:
    return voice.pick(*LISTS.get(name, (name, name)))
