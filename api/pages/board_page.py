"""The board: every body of a campaign a row, from the counters, with lateness in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import Connection, func, select

from api.board_filter import KINDS, SHOWS, Wanted
from api.pages.board_lines import lines_of
from api.pages.board_rows import Found, advised, earliest, read_rows
from api.pages.board_words import filter_words
from api.pages.campaigns import campaign_of, visible
from api.pages.counted import Standing, standing_of, steps_of, together
from api.pages.views import ActionForm, EmptyState, FormField, Link, Progress, Undo
from api.pages.views_board import BoardPage, Filter, RemoveView, StageColumn
from api.pages.visits import Visit
from api.permissions import may_open
from deadlines.due import Due, dues
from handlers.access.scope import Condition, Within
from handlers.roster_facts import UNION_TYPES
from handlers.saved_views import SavedView, views_of
from handlers.season.remembered import settled_before
from handlers.tables import PROGRESS
from states import campaign as campaign_life
from states import review as life
from workflow.bodies import Campaign
from workflow.days import DayOutsideCalendar
from workflow.rules.rulebook import Rulebook

KEPT: Final = "kept"
"""Names in the address the view that was kept just now."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """A board as it was read in one picture of the database."""

    campaign: Campaign
    rulebook: Rulebook
    within: Within
    found: Found
    of_party: bool
    by_kind: Mapping[str, int]
    """How many reviews of each kind are counted."""

    @property
    def base(self) -> str:
        """Its address."""
        return f"/c/{self.campaign.id}"


def read_board(
    connection: Connection,
    visit: Visit,
    campaign: Campaign,
    rulebook: Rulebook,
    wanted: Wanted,
    settled: int | None,
) -> Board:
    """The board of an open campaign for who looks. NotFound where nothing of it is in scope.

    `settled` as `settled_before` gave it before this connection's picture was taken.
    """
    within = visit.within(connection, campaign.id)
    found = read_rows(connection, visit, within, campaign, rulebook, wanted, settled)
    return Board(
        campaign=campaign,
        rulebook=rulebook,
        within=within,
        found=found,
        of_party=found.tree.of(campaign.organisation).type not in UNION_TYPES,
        by_kind=_by_kind(connection, campaign.id, within.bodies(PROGRESS.c.organisation)),
    )


def board_page(visit: Visit, campaign_id: str, wanted: Wanted) -> BoardPage:
    """The board of a campaign. A dozen queries, whatever the number of bodies and reviews."""
    settled = settled_before(visit.service.database)
    with visit.service.database.read() as connection:
        campaign, rulebook = campaign_of(connection, visit.service, campaign_id)
        frame = visit.frame(connection, "board", campaign=campaign, rulebook=rulebook)
        page = BoardPage(frame=frame)
        if not visible(campaign):
            return _not_open(visit, connection, campaign, page)
        board = read_board(connection, visit, campaign, rulebook, wanted, settled)
        views = views_of(connection, visit.acting.id) if visit.actor else ()
    shown = _shown(visit, board, wanted, page)
    return replace(
        shown,
        frame=replace(shown.frame, undo=_undo(visit, board, wanted, views)),
        views=tuple(
            RemoveView(
                name=view.name,
                href=f"{board.base}?{view.query}" if view.query else board.base,
                action=f"{board.base}/views/{view.view}/removal",
                current=view.query == wanted.kept,
            )
            for view in views
        ),
        save_action=f"{board.base}/views" if visit.actor else "",
    )


def _shown(visit: Visit, board: Board, wanted: Wanted, page: BoardPage) -> BoardPage:
    found, base = board.found, board.base
    steps, rows = found.steps, found.rows
    due = earliest(rows) or dues(board.rulebook, board.campaign.year, wanted.kind)
    whole = standing_of(steps, together([row.counts for row in rows]))
    decisive = "voted" if "voted" in steps else "reviewed"
    next_due = due.get(decisive) or next((due[step] for step in steps if step in due), None)
    days = advised(found, wanted.kind)
    lines = lines_of(board.campaign, found, base, wanted, flat=wanted.sort != "tree")
    return replace(
        page,
        plans_href=f"{base}/plans",
        of_party=board.of_party,
        kind=wanted.kind,
        columns=tuple(_column(stage, whole, due, days) for stage in steps),
        lines=lines.lines,
        kinds=tuple(
            Filter(
                code=kind,
                href=wanted.address(base, kind=kind, show="all", stage="", level=""),
                count=board.by_kind.get(kind, 0),
                current=kind == wanted.kind,
            )
            for kind in KINDS
            if board.by_kind.get(kind) or kind == wanted.kind
        ),
        filters=tuple(
            Filter(
                code=show,
                href=wanted.address(base, show=show),
                count=found.by_show.get(show, 0),
                current=show == wanted.show,
            )
            for show in SHOWS
        ),
        stages=tuple(
            Filter(code=step, href="", count=found.by_stage.get(step, 0), current=step == wanted.stage)
            for step in steps
        ),
        levels=tuple(
            Filter(code=level, href="", count=count, current=level == wanted.level)
            for level, count in sorted(found.by_level.items())
        ),
        sort=wanted.sort,
        board_links=_links(visit, base),
        query=wanted.query,
        search_href=base,
        search_keeps=tuple(
            (name, value)
            for name, value in wanted.told()
            if name not in ("q", "stage", "level", "sort", "page")
        ),
        filter=filter_words(wanted, visit.words, of_party=board.of_party),
        clear_href=wanted.address(base, show="all", stage="", level="", query="") if wanted.narrows else "",
        view_query=wanted.kept,
        shown=len(found.kept),
        bodies=len(rows),
        late=found.all_by_show.get("late", 0),
        refused=found.all_by_show.get("refused", 0),
        risk=found.all_by_show.get("risk", 0),
        decisive=decisive,
        progress=Progress(done=whole.done(decisive), total=whole.total(decisive)),
        safe_day=next_due.safe if next_due and visit.today <= next_due.safe else None,
        legal_day=next_due.last if next_due else None,
        working_days_left=_left(board.rulebook, visit.today, next_due),
        page_number=wanted.page,
        last_shown=lines.last,
        previous_href=wanted.address(base, page=wanted.page - 1) if wanted.page > 1 else None,
        next_href=wanted.address(base, page=wanted.page + 1) if lines.more else None,
        export_href=f"{base}/board.xlsx{'?' + wanted.kept if wanted.kept else ''}",
        remind_href=(
            f"{base}/reminders{'?' + wanted.kept if wanted.kept else ''}"
            if may_remind(visit, board.campaign)
            else ""
        ),
    )


def _undo(visit: Visit, board: Board, wanted: Wanted, views: Iterable[SavedView]) -> Undo | None:
    """The way back from a view kept just now."""
    kept = visit.request.query_params.get(KEPT, "")
    view = next((one for one in views if str(one.view) == kept), None)
    if view is None:
        return None
    _ = visit.words.gettext
    back = FormField(name="view", label="", kind="hidden", value=wanted.kept)
    return Undo(
        said=_("Đã lưu cách xem “%(name)s”.") % {"name": view.name},
        form=ActionForm(
            action=f"{board.base}/views/{view.view}/removal", submit=_("Hoàn tác"), fields=(back,)
        ),
    )


def may_remind(visit: Visit, campaign: Campaign) -> bool:
    """Whether who looks may have people reminded, now."""
    opened = campaign.stage == campaign_life.OPEN
    return opened and visit.actor is not None and may_open(visit.actor.role, "remind_bodies")


def _links(visit: Visit, base: str) -> tuple[Link, ...]:
    _ = visit.words.gettext
    links = (
        ("see_the_season", Link(label=_("Mùa kiểm điểm"), href=f"{base}/season")),
        ("see_statistics", Link(label=_("Kết quả xếp loại"), href=f"{base}/statistics")),
        ("see_the_call_list", Link(label=_("Danh sách gọi"), href=f"{base}/call-list")),
        ("see_rewards", Link(label=_("Khen thưởng"), href=f"{base}/rewards")),
        ("compare", Link(label=_("Nếu áp dụng quy định khác"), href=f"{base}/compare")),
    )
    return tuple(link for act, link in links if may_open(visit.acting.role, act))


def _column(stage: str, whole: Standing, due: Mapping[str, Due], days: Mapping[str, date]) -> StageColumn:
    one = due.get(stage)
    return StageColumn(
        stage=stage,
        done=whole.done(stage),
        total=whole.total(stage),
        due=one.last if one else None,
        safe=one.safe if one else None,
        hour=one.hour if one else "",
        advised=days.get(stage),
    )


def _left(rulebook: Rulebook, today: date, due: Due | None) -> int | None:
    """Working days from tomorrow to the last safe day, that day counted."""
    if due is None or today > due.safe:
        return None
    try:
        return rulebook.calendar.working_days_before(today, due.safe) if due.safe > today else 0
    except DayOutsideCalendar:
        return None


def _by_kind(connection: Connection, campaign: str, seen: Condition) -> dict[str, int]:
    """How many reviews of each kind have to be held."""
    rows = connection.execute(
        select(PROGRESS.c.kind, func.sum(PROGRESS.c.reviews))
        .where(PROGRESS.c.campaign == campaign, PROGRESS.c.stage != life.EXEMPT, seen)
        .group_by(PROGRESS.c.kind)
    )
    return {kind: int(count) for kind, count in rows}


def _not_open(visit: Visit, connection: Connection, campaign: Campaign, page: BoardPage) -> BoardPage:
    _ = visit.words.gettext
    within = visit.within(connection, campaign.id)
    if campaign.stage == campaign_life.OPENING:
        rows = _by_kind(connection, campaign.id, within.bodies(PROGRESS.c.organisation))
        return replace(page, opening=Progress(done=sum(rows.values()), total=campaign.subjects))
    return replace(
        page,
        empty=EmptyState(
            title=_("Đợt này mới được lập, chưa mở"),
            text=_("Cán bộ phụ trách mở đợt bằng lệnh: kiemdiem open %(campaign)s")
            % {"campaign": campaign.id},
        ),
    )


__all__ = ["Board", "board_page", "may_remind", "read_board", "steps_of"]
