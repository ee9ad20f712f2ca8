"""What can be open beside a stage; each flag has its own opening and closing and blocks named moves."""

from dataclasses import dataclass

IRREGULAR = "irregular"
SUPPLEMENTARY_REQUIRED = "supplementary_required"
UNDER_VERIFICATION = "under_verification"
NO_RESULT = "no_result"
IN_DOUBT = "in_doubt"
DECISIONS_DIFFER = "decisions_differ"


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag: what it blocks while open, its names, and what closes it."""

    name: str
    vi: str
    en: str
    blocks: frozenset[str]
    closed_by_vi: str
    closed_by_en: str


FLAGS: dict[str, Flag] = {
    flag.name: flag
    for flag in (
        Flag(
            IRREGULAR,
            "tiến hành chưa đúng quy định",
            "irregular",
            frozenset({"carry_motion", "submit", "approve", "re_rate"}),
            "làm lại bước đó, hoặc cấp có thẩm quyền cho phép ngoại lệ bằng văn bản",
            "repeat the step, or have the competent body authorise an exception in writing",
        ),
        Flag(
            SUPPLEMENTARY_REQUIRED,
            "phải kiểm điểm bổ sung",
            "supplementary review required",
            frozenset({"approve", "re_rate"}),
            "tổ chức kiểm điểm bổ sung",
            "hold the supplementary review",
        ),
        Flag(
            UNDER_VERIFICATION,
            "đang thẩm tra, xác minh",
            "under verification",
            frozenset({"approve", "re_rate"}),
            "có kết luận của cấp có thẩm quyền",
            "the conclusion of the competent body",
        ),
        Flag(
            NO_RESULT,
            "bỏ phiếu không có mức nào đủ tỷ lệ",
            "no level reached its share",
            frozenset({"submit"}),
            "bỏ phiếu lại có lý do, hoặc cấp trên cho ý kiến",
            "a repeated ballot with its reason, or the superior's word",
        ),
        Flag(
            IN_DOUBT,
            "kết quả cần xem lại",
            "in doubt",
            frozenset({"approve", "re_rate"}),
            "cấp quyết định xem lại và kết luận",
            "the deciding body looks again and concludes",
        ),
        Flag(
            DECISIONS_DIFFER,
            "hai nơi quyết định khác mức",
            "the two deciding bodies differ",
            frozenset({"approve", "re_rate"}),
            "một trong hai nơi quyết định lại cùng mức với nơi kia",
            "one of the two decides again, on the level of the other",
        ),
    )
}
"""Every flag by its name."""
