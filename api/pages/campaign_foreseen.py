"""What opening a campaign would come to, in words: reviews by kind, and whom the rulebook excuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from api.pages.findings_told import cited_rule
from api.pages.format import N_, number
from api.pages.views_campaign import ExemptLine, ForeseenView
from api.pages.visits import Visit
from handlers.foreseen import JUDGED_MAX, Foreseen
from workflow.rules.rulebook import Rulebook

QUALITIES: Final[Mapping[str, str]] = {
    "member": N_("Cá nhân"),
    "leader": N_("Người lãnh đạo, quản lý"),
    "collective": N_("Tập thể"),
    "organisation": N_("Tổ chức"),
}


def foreseen_view(visit: Visit, found: Foreseen, rulebook: Rulebook) -> ForeseenView:
    """The counts with their notes; of a large roster, people and bodies alone."""
    _ = visit.words.gettext

    def count(value: int) -> str:
        return number(value, visit.language)

    on_roster = (
        (_("Tổ chức trong danh sách"), count(found.bodies), ""),
        (_("Người trong danh sách"), count(found.people), ""),
    )
    if not found.judged and found.bodies:
        return ForeseenView(
            title=_("Danh sách có %(people)s người") % {"people": count(found.people)},
            lead=_("Trên %(most)s người thì không xét thử từng người; khi mở mới biết ai được miễn.")
            % {"most": count(JUDGED_MAX)},
            facts=on_roster,
        )
    if not found.reviews:
        return ForeseenView(
            title=_("Chưa có ai thuộc diện kiểm điểm"),
            lead=_("Chọn ngày chốt danh sách khác, hoặc nhập danh sách trước khi mở đợt."),
            facts=on_roster,
        )
    kinds = tuple(
        (_(name), count(found.qualities[quality]), "")
        for quality, name in QUALITIES.items()
        if found.qualities[quality]
    )
    left_out = _("%(count)s được miễn") % {"count": count(found.exempt.total())}
    unrated = _("%(count)s không xếp loại") % {"count": count(found.unrated)}
    notes = [note for note, held in ((left_out, found.exempt), (unrated, found.unrated)) if held]
    return ForeseenView(
        title=_("Sẽ lập %(count)s kỳ kiểm điểm") % {"count": count(found.reviews)},
        lead=", ".join(notes),
        facts=(*kinds, *on_roster),
        exempt=tuple(
            ExemptLine(
                says=rulebook.rule(rule).says.in_language(visit.language),
                clause=cited_rule(rulebook.rule(rule), rulebook, visit.language),
                reviews=reviews,
            )
            for rule, reviews in found.exempt.most_common()
        ),
    )
