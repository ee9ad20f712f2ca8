"""“Vì sao ra mức này”: the way to a level told to a person, step by step, with the rules behind each step."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.findings_told import finding_line
from api.pages.format import LEVELS, N_, Gettext
from api.pages.review_offers import About
from api.pages.views import StatusText, Tone, urgent_first
from api.pages.views_review import Trace, TraceStep
from handlers.names import Names
from handlers.tracing import Traced
from workflow.rules.finding import Finding, Verdict
from workflow.rules.rating import Rating, Standing
from workflow.rules.sentences import label
from workflow.rules.trace import Did, Step, StepName

TITLES: Mapping[StepName, str] = {
    StepName.EXEMPT: N_("Có phải xếp loại không"),
    StepName.TRIGGERS: N_("Khuyết điểm đưa thẳng tới mức thấp"),
    StepName.CONDITIONS: N_("Điều kiện của mức “%(level)s”"),
    StepName.OTHERWISE: N_("Khi không mức nào khớp"),
    StepName.CAPS: N_("Mức trần"),
    StepName.BALLOT: N_("Kết quả bỏ phiếu"),
    StepName.QUOTA: N_("Hạn mức của cả danh sách"),
    StepName.DECISION: N_("Quyết định"),
}
"""What each step asks."""

OUTCOMES: Mapping[tuple[StepName, Did], tuple[Tone, str]] = {
    (StepName.EXEMPT, Did.NOTHING): ("done", N_("Phải xếp loại")),
    (StepName.EXEMPT, Did.EXEMPTED): ("decided", N_("Không xếp loại")),
    (StepName.EXEMPT, Did.LEFT_OPEN): ("unknown", N_("Chưa rõ")),
    (StepName.TRIGGERS, Did.NOTHING): ("done", N_("Không có")),
    (StepName.TRIGGERS, Did.GAVE): ("late", N_("Xếp mức “%(after)s”")),
    (StepName.TRIGGERS, Did.LEFT_OPEN): ("unknown", N_("Chưa rõ, hoặc còn phải bỏ phiếu")),
    (StepName.CONDITIONS, Did.GAVE): ("done", N_("Đạt mọi điều kiện: “%(after)s”")),
    (StepName.CONDITIONS, Did.PASSED_OVER): ("none", N_("Không đạt, xét mức dưới")),
    (StepName.CONDITIONS, Did.LEFT_OPEN): ("unknown", N_("Chưa đủ dữ kiện")),
    (StepName.OTHERWISE, Did.GAVE): ("done", N_("Xếp mức “%(after)s” theo quy định")),
    (StepName.OTHERWISE, Did.LEFT_OPEN): ("waiting", N_("Nơi quyết định chọn, kèm lý do")),
    (StepName.CAPS, Did.NOTHING): ("done", N_("Không phải hạ")),
    (StepName.CAPS, Did.LOWERED): ("late", N_("Hạ từ “%(before)s” xuống “%(after)s”")),
    (StepName.CAPS, Did.LEFT_OPEN): ("unknown", N_("Chưa rõ")),
    (StepName.BALLOT, Did.NOTHING): ("done", N_("Không đổi: “%(after)s”")),
    (StepName.BALLOT, Did.GAVE): ("done", N_("Bỏ phiếu mức “%(after)s”")),
    (StepName.BALLOT, Did.LOWERED): ("late", N_("Hạ từ “%(before)s” xuống “%(after)s”")),
    (StepName.QUOTA, Did.NOTHING): ("done", N_("Không đổi mức của riêng ai; xét cả danh sách")),
    (StepName.DECISION, Did.NOTHING): ("decided", N_("Đúng mức đã tính: “%(after)s”")),
    (StepName.DECISION, Did.GAVE): ("decided", N_("Quyết định mức “%(after)s”")),
    (StepName.DECISION, Did.LOWERED): ("decided", N_("Quyết định thấp hơn: “%(after)s”")),
    (StepName.DECISION, Did.RAISED): ("decided", N_("Quyết định cao hơn: “%(after)s”")),
}
"""What a step did to the level, in words."""

WHAT_CAME: Mapping[Standing, str] = {
    Standing.LEVEL: N_("Theo dữ kiện đã ghi: “%(level)s”."),
    Standing.UNKNOWN: N_("Chưa tính được mức: còn thiếu dữ kiện."),
    Standing.NO_LEVEL: N_("Không tính ra một mức duy nhất: nơi quyết định chọn, kèm lý do."),
    Standing.EXEMPT: N_("Không xếp loại."),
    Standing.ENTERED: N_("Văn bản không có tiêu chí để tính mức: nơi quyết định nhập mức, kèm lý do."),
}
"""What the rating came to, in one sentence."""

UNKNOWN_MAX = 3
"""So many rules that wait for facts are laid open in a step; the rest is folded."""

MISSING_MAX = 12
"""So many missing facts are named; of more, how many others."""


def trace_of(about: About, told: Traced | None, names: Names) -> Trace | None:
    """The section of the page; None for a kind nobody rates."""
    if told is None:
        return None
    _ = about.words.gettext
    rating = told.rating
    steps = tuple(
        _step(about, step, names) for step in told.steps if step.findings or step.did is not Did.NOTHING
    )
    lead = _(WHAT_CAME[rating.standing]) % {"level": _level(rating.level, _)}
    if not told.as_decided and rating.suggestion and rating.level is None:
        lead += " " + _("Gợi ý: “%(level)s”.") % {"level": _level(rating.suggestion, _)}
    if not told.as_decided and len(rating.choices) > 1:
        lead += " " + _("Được chọn: %(levels)s.") % {
            "levels": ", ".join(f"“{_level(one, _)}”" for one in rating.choices)
        }
    return Trace(
        lead=lead,
        basis=_("Theo những gì quyết định đã dựa vào.")
        if told.as_decided
        else _("Theo những gì biết đến hôm nay; chưa phải kết quả."),
        reason=told.reason,
        missing=() if told.as_decided else _missing(about, rating),
        steps=steps,
        in_doubt=told.in_doubt,
    )


def _step(about: About, step: Step, names: Names) -> TraceStep:
    _ = about.words.gettext
    tone, text = OUTCOMES[step.name, step.did]
    words = {
        "before": _level(step.before, _),
        "after": _level(step.after, _),
        "level": _level(step.about, _),
    }
    told = [(one, finding_line(one, about.rulebook, about.language, names)) for one in step.findings]
    deciding = [line for one, line in told if _decides(step, one)]
    if step.did is Did.LEFT_OPEN:
        deciding = deciding[:UNKNOWN_MAX]
    shown = urgent_first(tuple(line for _one, line in told if line not in deciding))
    return TraceStep(
        title=_(TITLES[step.name]) % words,
        outcome=StatusText(tone=tone, text=_(text) % words),
        deciding=tuple(deciding),
        findings=tuple(one for one in shown if one.verdict != "not_applicable"),
        aside=sum(one.verdict == "not_applicable" for one in shown),
    )


def _decides(step: Step, finding: Finding) -> bool:
    """Whether this finding is why the step came out so: it is shown unfolded."""
    match step.did:
        case Did.PASSED_OVER:
            return finding.verdict is Verdict.FAILS
        case Did.EXEMPTED | Did.LOWERED:
            return finding.verdict is Verdict.HOLDS
        case Did.GAVE:
            return step.name is not StepName.CONDITIONS and finding.verdict is Verdict.HOLDS
        case Did.LEFT_OPEN:
            return finding.verdict is Verdict.UNKNOWN
        case _:
            return step.name is StepName.QUOTA and finding.verdict is Verdict.FAILS


def _missing(about: About, rating: Rating) -> tuple[str, ...]:
    told = [label(name, about.language) for name in rating.missing]
    if len(told) <= MISSING_MAX:
        return tuple(told)
    words, rest = about.words, len(told) - MISSING_MAX + 1
    more = words.ngettext("và %(num)d dữ kiện khác", "và %(num)d dữ kiện khác", rest) % {"num": rest}
    return (*told[: MISSING_MAX - 1], more)


def _level(code: str | None, gettext: Gettext) -> str:
    return gettext(LEVELS[code]) if code else "–"
