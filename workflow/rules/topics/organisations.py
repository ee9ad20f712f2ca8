"""What the level of an organisation rests on."""

from __future__ import annotations

from decimal import Decimal

from workflow.rules.topics.choices import COMPLETIONS
from workflow.rules.topics.fact_type import FactType, by_hand, listed

FACTS: dict[str, FactType] = {
    "score.political_tasks": by_hand(Decimal, "điểm nhiệm vụ chính trị", "points, political tasks"),
    "score.ideology": by_hand(Decimal, "điểm chính trị tư tưởng", "points, ideology"),
    "score.organisation": by_hand(Decimal, "điểm tổ chức, cán bộ", "points, organisation and cadres"),
    "score.administration_mass": by_hand(
        Decimal, "điểm lãnh đạo chính quyền, đoàn thể", "points, administration and mass organisations"
    ),
    "score.inspection": by_hand(Decimal, "điểm kiểm tra, giám sát", "points, inspection"),
    "score.total": FactType(Decimal, "tổng điểm", "total points"),
    "committee.united": by_hand(bool, "cấp ủy đoàn kết", "the committee is united"),
    "committee.completion": by_hand(
        str, "mức hoàn thành của cấp ủy", "completion by the committee", COMPLETIONS
    ),
    "meetings.regular": by_hand(bool, "sinh hoạt đúng quy định", "meetings held as prescribed"),
    "members.levels": listed("mức của đảng viên đã xếp loại", "levels of the rated members", str),
    "members.pending": FactType(int, "đảng viên còn nợ xếp loại", "members still owing a rating"),
    "subordinates.levels": listed(
        "mức của tổ chức trực thuộc đã xếp loại", "levels of rated subordinates", str
    ),
    "subordinates.pending": FactType(
        int, "tổ chức trực thuộc còn nợ xếp loại", "subordinates owing a rating"
    ),
    "subordinates.total": FactType(int, "tổng số tổ chức trực thuộc", "subordinate organisations"),
    "administration.exists": FactType(
        bool, "có chính quyền cùng cấp", "an administration exists at this level"
    ),
    "administration.rank": by_hand(
        int, "bậc xếp loại của chính quyền (1 là cao nhất)", "rank of the administration"
    ),
    "administration.scale_length": by_hand(int, "số bậc của thang chính quyền", "steps of its scale"),
    "mass_organisations.ranks": listed(
        "bậc xếp loại các đoàn thể", "ranks of mass organisations", int, int, declared=True
    ),
}

SUMS: dict[str, tuple[str, ...]] = {
    "score.total": (
        "score.political_tasks",
        "score.ideology",
        "score.organisation",
        "score.administration_mass",
        "score.inspection",
    )
}
"""Totals nobody types: known once each of their parts is."""
