"""What a decision would come to, above its form: the room of each quota list and its candidates."""

from __future__ import annotations

from api.pages.cell_data import CellData
from api.pages.findings_told import with_names
from api.pages.visits import Visit
from handlers.what_if import ListSeen, what_if
from workflow.errors import Refusal


def quota_notes(visit: Visit, cell: CellData, submission: str) -> tuple[str, ...]:
    """One note a list that a quota binds, one for each reason why a row would fall out."""
    try:
        found = what_if(visit.service.engine, submission, {}, actor=visit.acting)
    except Refusal:
        return ()
    _ = visit.words.gettext
    english = visit.language == "en"
    notes = [_of_list(visit, cell, one) for one in found.lists if one.lines]
    for row in found.rows:
        if not row.taken:
            why = with_names(row.reason_en if english else row.reason_vi, cell.names, visit.language)
            notes.append(_("Chưa quyết định được: %(why)s") % {"why": why})
    return tuple(dict.fromkeys(notes))


def _of_list(visit: Visit, cell: CellData, one: ListSeen) -> str:
    _ = visit.words.gettext
    english = visit.language == "en"
    label = with_names(one.label_en if english else one.label_vi, cell.names, visit.language)
    parts = [
        _("%(list)s: %(top)d ở mức cao nhất, %(good)d ở mức tốt, %(rated)d được xếp loại.")
        % {"list": label, "top": one.top, "good": one.good, "rated": one.rated}
    ]
    for line in one.lines:
        cited = line.clause_en if english else line.clause_vi
        said = line.says_en if english else line.says_vi
        parts.append(f"{line.formula} {cited}." if line.formula else f"{said}.")
    if one.room is not None:
        parts.append(one.room_in(visit.language))
    if one.candidates:
        votes = [
            candidate.review
            if candidate.in_favour is None
            else f"{candidate.review} {candidate.in_favour}/{candidate.entitled}"
            for candidate in one.candidates
        ]
        named = with_names(", ".join(votes), cell.names, visit.language)
        parts.append(_("Đang ở mức cao nhất, theo số phiếu: %(candidates)s.") % {"candidates": named})
    if one.tie_at_the_edge:
        parts.append(_("Bằng phiếu ở vị trí cuối cùng: cần bỏ phiếu lại (cách hiểu C-22)."))
    return " ".join(parts)
