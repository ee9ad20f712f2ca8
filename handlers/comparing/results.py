"""What a comparison of two rulebooks says: a row a review that comes out otherwise, and the counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from workflow.rules.finding import Finding


class What(StrEnum):
    """In which way a review comes out otherwise.

    REFUSED: the other rulebook refuses an act that this one lets through. ALLOWED: the other way round.
    RATED: another level is computed. OTHER_SCALE: the levels belong to another scale and are not compared.
    SCOPE: reviewed, rated or excused in one of them only. VENUES: reviewed at other bodies. STEP: the other
    asks for a step nobody took. DUE: another last day. LATE: done, but after the other's last day. EARLY:
    late here, in time there. MISSING: the other cannot say, since nobody recorded a fact it reads.
    """

    REFUSED = "refused"
    ALLOWED = "allowed"
    RATED = "rated"
    OTHER_SCALE = "other_scale"
    SCOPE = "scope"
    VENUES = "venues"
    STEP = "step"
    LATE = "late"
    EARLY = "early"
    DUE = "due"
    MISSING = "missing"


NAMES: dict[What, tuple[str, str]] = {
    What.REFUSED: ("bị từ chối", "refused"),
    What.ALLOWED: ("được chấp nhận", "let through"),
    What.RATED: ("xếp mức khác", "rated otherwise"),
    What.OTHER_SCALE: ("thang mức khác, không quy đổi", "another scale, never translated"),
    What.SCOPE: ("khác đối tượng kiểm điểm, xếp loại", "otherwise in or out of scope"),
    What.VENUES: ("kiểm điểm ở nơi khác", "reviewed at other bodies"),
    What.STEP: ("thiếu bước phải có", "a step is lacking"),
    What.LATE: ("thành trễ hạn", "late there"),
    What.EARLY: ("không còn trễ hạn", "late no more"),
    What.DUE: ("hạn khác", "due on another day"),
    What.MISSING: ("chưa đủ dữ kiện để nói", "not known: facts are missing"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One thing that comes out otherwise, by these rules.

    `of_own` says that the rules are those of the campaign's own rulebook. `own` and `other` are what either
    gives: a level, a day in ISO form, venues, or a word of WORDS. `missing` are facts by name, `unticked`
    checklist items nobody was asked for, by rule.
    """

    what: What
    gate: str = ""
    rules: tuple[str, ...] = ()
    of_own: bool = False
    findings: tuple[Finding, ...] = ()
    own: str = ""
    other: str = ""
    cite: str = ""
    missing: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    unticked: tuple[str, ...] = ()


WORDS: dict[str, tuple[str, str]] = {
    "reviewed": ("có kiểm điểm", "reviewed"),
    "not_reviewed": ("không kiểm điểm", "not reviewed"),
    "rated": ("có xếp loại", "rated"),
    "not_rated": ("không xếp loại", "not rated"),
    "exempt": ("được miễn", "exempt"),
    "unknown": ("chưa đủ dữ kiện", "not known yet"),
    "no_level": ("không đạt mức nào", "no level fits"),
    "entered": ("nơi quyết định tự xếp", "entered by the decider"),
    "level": ("có mức", "a level"),
    "notice": ("phải gửi dự thảo trước", "a draft sent ahead"),
    "passed": ("không phải gửi dự thảo trước", "no draft sent ahead"),
    "ballot": ("phải bỏ phiếu", "a ballot"),
    "no_ballot": ("không bỏ phiếu", "no ballot"),
    "appraisal": ("phải thẩm định", "an appraisal"),
    "no_appraisal": ("không thẩm định", "no appraisal"),
    "two_deciders": ("hai nơi quyết định", "two deciding bodies"),
    "one_decider": ("một nơi quyết định", "one deciding body"),
    "decided_by_ballot": ("nơi quyết định bỏ phiếu", "a ballot of the deciding body"),
    "decided_without_ballot": ("quyết định không bỏ phiếu", "a decision without a ballot"),
    "none": ("không có hạn", "no last day"),
}
"""The words `own` and `other` may be, in both languages; anything else is a level, a day or a body."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A review that comes out otherwise, with everything that differs."""

    review: str
    kind: str
    subject: str
    organisation: str
    differences: tuple[Difference, ...]


Due = tuple[str, str, str, str, str]
"""kind, gate, own day, the other's day, rule"""


@dataclass(slots=True)
class Summary:
    """The counts over a whole campaign; `by_rule` counts reviews by (what, rule, whether it is our own)."""

    reviews: int = 0
    different: int = 0
    by_what: Counter[What] = field(default_factory=Counter)
    by_rule: Counter[tuple[What, str, bool]] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    foreign: Counter[str] = field(default_factory=Counter)
    unticked: Counter[str] = field(default_factory=Counter)
    due: Counter[Due] = field(default_factory=Counter)

    def count(self, row: Row) -> None:
        """Take one row into the counts; each review is counted once a sort, rule and fact."""
        self.different += bool(row.differences)
        self.by_what.update({one.what for one in row.differences})
        self.by_rule.update({(one.what, rule, one.of_own) for one in row.differences for rule in one.rules})
        self.missing.update({name for one in row.differences for name in one.missing})
        self.foreign.update({name for one in row.differences for name in one.foreign})
        self.unticked.update({rule for one in row.differences for rule in one.unticked})
        self.due.update(
            (row.kind, one.gate, one.own, one.other, "; ".join(one.rules))
            for one in row.differences
            if one.what is What.DUE
        )
