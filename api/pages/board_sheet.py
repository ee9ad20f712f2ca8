"""The board as a file: all rows that match, with the day, the filters and who took it."""

from __future__ import annotations

from api.board_filter import Wanted
from api.pages.board_page import read_board
from api.pages.board_rows import earliest
from api.pages.board_words import filter_words
from api.pages.campaigns import campaign_of, visible
from api.pages.counted import standing_of, together
from api.pages.format import STAGES, moment
from api.pages.visits import Visit
from handlers.boards.sheet import BoardSheet, SheetRow, file_name, workbook
from handlers.names import names_on
from handlers.season.remembered import settled_before
from handlers.telling.voice import Voice
from workflow.errors import NotFound


def board_sheet(visit: Visit, campaign_id: str, wanted: Wanted) -> tuple[bytes, str, int]:
    """The workbook, the name of its file and how many bodies it tells of. NotFound before the campaign is
    open.
    """
    _ = visit.words.gettext
    settled = settled_before(visit.service.database)
    with visit.service.database.read() as connection:
        campaign, rulebook = campaign_of(connection, visit.service, campaign_id)
        if not visible(campaign):
            raise NotFound("campaign", campaign_id)
        board = read_board(connection, visit, campaign, rulebook, wanted, settled)
        names = names_on(
            connection,
            visit.today,
            people=[visit.known.id],
            bodies=[campaign.organisation, visit.known.body],
        )
    found = board.found
    sums = standing_of(found.steps, together([row.counts for row in found.kept]))
    due = earliest(found.rows)
    by = names.person(visit.known.id)
    capacity = Voice(language=visit.language, names=names).capacity(visit.known.capacity)
    of = BoardSheet(
        organisation=names.body(campaign.organisation),
        title=_("Tiến độ kiểm điểm năm %(year)s") % {"year": campaign.year},
        as_of=_("Tính đến %(at)s") % {"at": moment(visit.now)},
        filter=_("Bộ lọc: %(filter)s")
        % {"filter": filter_words(wanted, visit.words, of_party=board.of_party)},
        by=_("Người xuất: %(name)s, %(capacity)s") % {"name": by, "capacity": capacity},
        steps=tuple(_(STAGES[step]) for step in found.steps),
        due=tuple(due[step].safe if step in due else None for step in found.steps),
        sums=tuple((sums.done(step), sums.total(step)) for step in found.steps),
        rows=[
            SheetRow(
                name=row.body.name,
                code=row.body.body,
                above=found.tree.name(row.body.superior),
                head=row.body.head,
                members=row.standing.total(),
                steps=tuple((row.standing.done(step), row.standing.total(step)) for step in found.steps),
                state=row.state.text,
            )
            for row in found.kept
        ],
    )
    return workbook(of, visit.language), file_name(campaign_id, visit.today), len(found.kept)
