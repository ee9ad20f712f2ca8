"""A paper as a page to be printed, and as a workbook; which papers a body has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from fastapi.responses import Response

from api.pages.format import N_
from api.pages.handing_out import hand_out
from api.pages.prints import agenda, ballots, count, notice, submission
from api.pages.prints.asked import Asked, read_asked
from api.pages.prints.views import PrintPage
from api.pages.visits import Visit
from handlers.audit.exports import CELL_PRINT
from handlers.printing.papers import Paper
from handlers.printing.sheet import workbook
from workflow.errors import NotFound

OfAMeeting = Literal["notice", "agenda", "ballots", "count"]
SUBMISSION: Final = "submission"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of paper: its title, how it is made, and whether it is of a ballot."""

    title: str
    make: Callable[[Asked], Paper]
    of_a_ballot: bool = False


KINDS: Final[Mapping[str, Kind]] = {
    "notice": Kind(notice.TITLE, notice.notice),
    "agenda": Kind(agenda.TITLE, agenda.agenda),
    "ballots": Kind(ballots.TITLE, ballots.ballots, of_a_ballot=True),
    "count": Kind(count.TITLE, count.count_minutes, of_a_ballot=True),
    SUBMISSION: Kind(submission.TITLE, submission.submission_list),
}
"""Every paper by the last word of its address, in the order in which they are needed."""

PAGE: Final = N_("Trang")


def print_page(visit: Visit, campaign: str, organisation: str, kind: str) -> PrintPage:
    """The page. NotFound for a body that is not there, and for the papers of a ballot where nobody votes."""
    asked = _asked(visit, campaign, organisation, kind)
    paper = KINDS[kind].make(asked)
    with visit.service.database.read() as connection:
        frame = visit.frame(
            connection,
            "cell",
            campaign=asked.cell.campaign,
            rulebook=asked.cell.rulebook,
            organisation=organisation,
        )
    here = f"/c/{campaign}/o/{organisation}"
    return PrintPage(
        frame=frame,
        paper=paper,
        body=asked.cell.name,
        back=here,
        sheet=f"{here}/print/{kind}.xlsx",
        advice=ballots.advice(asked, paper) if kind == "ballots" else "",
    )


def print_sheet(visit: Visit, campaign: str, organisation: str, kind: str) -> Response:
    """The same as a workbook, noted among what left the service. NotFound as for the page."""
    asked = _asked(visit, campaign, organisation, kind)
    paper = KINDS[kind].make(asked)
    _ = visit.words.gettext
    return hand_out(
        visit,
        workbook(paper, _(KINDS[kind].title), {"page": _(PAGE)}),
        f"{paper.name}.xlsx",
        what=CELL_PRINT,
        filter={"campaign": campaign, "organisation": organisation, "paper": kind},
        rows=paper.rows,
    )


def _asked(visit: Visit, campaign: str, organisation: str, kind: str) -> Asked:
    with visit.service.database.watch() as connection:
        asked = read_asked(connection, visit, campaign, organisation)
    if KINDS[kind].of_a_ballot and not asked.cell.has_ballot:
        raise NotFound("print", kind)
    return asked
