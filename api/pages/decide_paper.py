"""The cohort as a paper: the list put before the body that decides, with signature lines."""

from __future__ import annotations

from api.pages.decide_desk import Desk
from api.pages.decide_quotas import quota_cards
from api.pages.decide_rows import (
    computed_note,
    counts_of,
    name_of,
    notes_of,
    sorted_rows,
    told_counts,
    votes_text,
)
from api.pages.format import day
from api.pages.views_decide import PaperBody, PaperPage, PaperRow
from handlers.cohort import CohortRow


def paper_page(here: Desk) -> PaperPage:
    """Every row of the page in one list, body by body."""
    _ = here.visit.words.gettext
    rows = sorted_rows(here)
    number = 0
    bodies: list[PaperBody] = []
    for report in here.found.reports:
        lines = []
        for row in (one for one in rows if one.submission == report.bundle.id):
            number += 1
            lines.append(_line(here, row, number))
        bodies.append(
            PaperBody(
                name=here.names.body(report.bundle.organisation),
                detail=told_counts(here.visit, report.waiting.values()),
                rows=tuple(lines),
            )
        )
    title = _("Tờ trình về việc xếp loại năm %(year)s")
    if here.terms.act == "appraise":
        title = _("Danh sách thẩm định xếp loại năm %(year)s")
    return PaperPage(
        frame=here.frame,
        act=here.terms.act,
        title=title % {"year": here.campaign.year},
        lead=_("%(rows)s kỳ của %(bodies)s tổ chức, theo số liệu ngày %(day)s.")
        % {"rows": number, "bodies": len(bodies), "day": day(here.visit.today)},
        issuer=here.names.body(here.visit.acting.body),
        above=here.names.body(here.campaign.superior),
        bodies=tuple(bodies),
        quotas=quota_cards(here, here.seen.lists),
        counts=counts_of(row.waits_with for row in rows),
        back=here.here,
    )


def _line(here: Desk, row: CohortRow, number: int) -> PaperRow:
    return PaperRow(
        number=number,
        name=name_of(here, row),
        self_level=row.review.self_level,
        voted_level=row.review.voted_level or row.review.submitted_level,
        votes=votes_text(here, row),
        computed=row.rating.level if row.rating else None,
        advised=row.waits_with or None,
        note=" ".join(note.state.text for note in notes_of(here, row, ())) or computed_note(here, row),
        rated=row.review.rated,
    )
