"""One sentence for every event of a submission, the bundle an organisation sends to its superior."""

from __future__ import annotations

from handlers.telling.voice import Voice
from workflow.events import submission as happened


def bundle_submitted(event: happened.BundleSubmitted, voice: Voice) -> str:
    """Who reported how much to whom."""
    count = len(event.documents)
    papers = voice.pick(f", kèm {count} văn bản", f", documents attached: {count}") if count else ""
    sender, receiver = voice.body(event.organisation), voice.body(event.to)
    return voice.pick(
        f"{sender} báo cáo {receiver} {len(event.rows)} kết quả{papers}.",
        f"{sender} reported to {receiver}, results: {len(event.rows)}{papers}.",
    )


def bundle_returned(event: happened.BundleReturned, voice: Voice) -> str:
    """All of it came back."""
    why = voice.because(event.reason)
    return voice.pick(f"Trả lại toàn bộ báo cáo{why}.", f"The whole bundle was sent back{why}.")


def rows_returned(event: happened.RowsReturned, voice: Voice) -> str:
    """Some of it came back."""
    who, why = ", ".join(voice.subject(row) for row in event.rows), voice.because(event.reason)
    return voice.pick(
        f"Trả lại {len(event.rows)} kết quả ({who}){why}.",
        f"Results sent back: {len(event.rows)} ({who}){why}.",
    )


def last_rows_returned(event: happened.LastRowsReturned, voice: Voice) -> str:
    """What still waited came back, the rest is decided."""
    who, why = ", ".join(voice.subject(row) for row in event.rows), voice.because(event.reason)
    return voice.pick(
        f"Trả lại {len(event.rows)} kết quả ({who}){why}; còn lại đã quyết định, báo cáo đã giải quyết xong.",
        f"Results sent back: {len(event.rows)} ({who}){why}; the others are decided, the bundle is settled.",
    )


def consultation_opened(event: happened.ConsultationOpened, voice: Voice) -> str:
    """Who was asked until when."""
    who, until = ", ".join(voice.body(body) for body in event.bodies), voice.day(event.until)
    return voice.pick(
        f"Lấy ý kiến {who}, trả lời chậm nhất ngày {until}.",
        f"{who} were asked for their opinion, to answer on {until} at the latest.",
    )


def opinion_received(event: happened.OpinionReceived, voice: Voice) -> str:
    """One answer; what it says is not in the log."""
    body = voice.body(event.body)
    if event.late:
        return voice.pick(
            f"{body} gửi ý kiến muộn, sau hạn trả lời.", f"{body} gave its opinion late, after the day set."
        )
    return voice.pick(f"{body} đã gửi ý kiến.", f"{body} gave its opinion.")


def consultation_closed(event: happened.ConsultationClosed, voice: Voice) -> str:
    """The day passed; who had not answered."""
    until, who = voice.day(event.until), ", ".join(voice.body(body) for body in event.silent)
    return voice.pick(
        f"Hết hạn lấy ý kiến ngày {until}; "
        + (f"chưa trả lời: {who}." if who else "các nơi đều đã trả lời."),
        f"The time for opinions ended on {until}; "
        + (f"no answer from {who}." if who else "all had answered."),
    )


def bundle_appraised(event: happened.BundleAppraised, voice: Voice) -> str:
    """The advice of the board."""
    return voice.pick(
        f"Thẩm định xong, đề nghị mức cho {len(event.rows)} kết quả.",
        f"Appraised; levels advised: {len(event.rows)}.",
    )


def rows_decided(event: happened.RowsDecided, voice: Voice) -> str:
    """Some are decided."""
    paper = voice.paper(event.document)
    return voice.pick(
        f"Quyết định {len(event.rows)} kết quả{paper}; còn kết quả chưa quyết định.",
        f"Results decided: {len(event.rows)}{paper}; others are still open.",
    )


def bundle_decided(event: happened.BundleDecided, voice: Voice) -> str:
    """The last ones are decided."""
    paper = voice.paper(event.document)
    return voice.pick(
        f"Quyết định {len(event.rows)} kết quả{paper}; báo cáo đã giải quyết xong.",
        f"Results decided: {len(event.rows)}{paper}; the bundle is settled.",
    )
