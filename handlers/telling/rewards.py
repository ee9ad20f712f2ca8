"""One sentence for every event of a reward, and for an import of earlier years."""

from __future__ import annotations

from handlers.telling.voice import Voice
from workflow.events import reward as happened
from workflow.rules.words import WORDS


def reward_proposed(event: happened.RewardProposed, voice: Voice) -> str:
    """Whom, for what, to whom."""
    subject, award, by = voice.subject(event.review), named(event.award, voice), voice.body(event.by)
    way, paper = _through(event.through, voice), voice.paper(event.document)
    if event.award == "TSVM_TB":
        return voice.pick(
            f"Đề nghị {by} công nhận {subject} đạt “{award}”{way}{paper}.",
            f"{by} is asked to recognise {subject} as “{award}”{way}{paper}.",
        )
    return voice.pick(
        f"Đề nghị {by} tặng {award} cho {subject}{way}{paper}.",
        f"{by} is asked to grant {subject} {award}{way}{paper}.",
    )


def reward_decided(event: happened.RewardDecided, voice: Voice) -> str:
    """Granted, by which decision."""
    paper = voice.paper(event.document)
    return voice.pick(f"Đã quyết định khen thưởng{paper}.", f"The reward was granted{paper}.")


def reward_refused(event: happened.RewardRefused, voice: Voice) -> str:
    """Not granted."""
    why = voice.because(event.reason)
    return voice.pick(f"Không khen thưởng{why}.", f"The reward was refused{why}.")


def reward_withdrawn(event: happened.RewardWithdrawn, voice: Voice) -> str:
    """Taken back."""
    why = voice.because(event.reason)
    return voice.pick(f"Rút đề nghị khen thưởng{why}.", f"The proposal was withdrawn{why}.")


def history_imported(event: happened.HistoryImported, voice: Voice) -> str:
    """How many years, from which file."""
    rows = len(event.digests)
    return voice.pick(
        f"Nhập {rows} dòng kết quả các năm trước từ {event.source}.",
        f"Results of earlier years were taken over from {event.source}: {rows} rows.",
    )


def named(award: str, voice: Voice) -> str:
    """“Giấy khen”; the code where it is no known one."""
    return voice.pick(*WORDS.get(award, (award, award)))


def _through(body: str | None, voice: Voice) -> str:
    return f" {voice.pick('qua', 'through')} {voice.body(body)}" if body else ""
