"""The board: every body of a campaign a row, from the counters, with lateness in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection, and_, select, true
from sqlalchemy import Row as Stored

from api.pages.campaigns import campaign_of, visible
from api.pages.counted import Standing, standings, steps_of, together, totals
from api.pages.format import STAGES, plain
from api.pages.lateness import late_steps, risks_of, state_of
from api.pages.season_page import season_for
from api.pages.views import EmptyState, Link, Progress, StatusText
from api.pages.views_board import BoardGroup, BoardPage, BoardRow, Filter, HeatCell, StageColumn
from api.pages.visits import Visit
from deadlines.due import Due, dues
from handlers.access.scope import Within
from handlers.names import names_on
from handlers.roster_facts import UNION_TYPES, as_of
from handlers.roster_tables import ORGANISATIONS, PEOPLE, POSITIONS
from handlers.tables import PROGRESS
from states import campaign as campaign_life
from states import review as life
from states.bodies import COLLECTIVES
from workflow.bodies import Campaign
from workflow.days import DayOutsideCalendar
from workflow.rules.facts import Facts
from workflow.rules.rulebook import Rulebook

KINDS = (life.INDIVIDUAL, life.COLLECTIVE, life.ORGANISATION)
SHOWS = ("all", "late", "refused", "risk", "done")
ROWS_AT_ONCE = 60
"""Rows on one page; the sums in the head are of all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """How the board is narrowed: kind, one of SHOWS, a search text, the page from 1."""

    kind: str = life.INDIVIDUAL
    show: str = "all"
    query: str = ""
    page: int = 1

    def address(self, base: str, **other: str | int) -> str:
        """The board with these filters, some of them changed; what is as usual is left out."""
        values: dict[str, str | int] = {"kind": self.kind, "show": self.show, "q": self.query, "page": 1}
        usual: dict[str, str | int] = {"kind": life.INDIVIDUAL, "show": "all", "q": "", "page": 1}
        given = {name: value for name, value in (values | other).items() if value != usual[name]}
        return f"{base}?{urlencode(given)}" if given else base


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One body of the board before it is drawn, with the dates that are for a body of its type."""

    body: str
    name: str
    superior: str
    head: str
    standing: Standing
    due: dict[str, Due]
    state: StatusText
    at_risk: bool = False

    def shown_as(self, show: str) -> bool:
        """Whether it stands under one of SHOWS; a date that cannot be met is a risk until it has passed."""
        if show == "all":
            return True
        return self.at_risk if show == "risk" else self.state.tone == show and not self.at_risk


def board_page(visit: Visit, campaign_id: str, wanted: Wanted) -> BoardPage:
    """The board of a campaign. A dozen queries, whatever the number of bodies and reviews."""
    with visit.service.database.read() as connection:
        campaign, rulebook = campaign_of(connection, visit.service, campaign_id)
        frame = visit.frame(connection, "board", campaign=campaign, rulebook=rulebook)
        if not visible(campaign):
            return _not_open(visit, connection, campaign, BoardPage(frame=frame))
        steps = steps_of(rulebook, wanted.kind)
        within = visit.within(connection, campaign_id)
        rows = _rows(connection, visit, campaign, wanted.kind, rulebook, within)
        due = _earliest(rows) or dues(rulebook, campaign.year, wanted.kind)
        above = names_on(connection, visit.today, bodies={row.superior for row in rows}).bodies
        counts = {
            kind: Standing(steps, stages).total()
            for (_, kind), stages in totals(
                connection, [campaign_id], within.bodies(PROGRESS.c.organisation)
            ).items()
        }
        of_party = not _is_union(connection, campaign.organisation, visit.today)
    base = f"/c/{campaign_id}"
    by_show = {show: [row for row in rows if row.shown_as(show)] for show in SHOWS}
    asked = plain(wanted.query)
    kept = [
        row
        for row in by_show[wanted.show]
        if not asked or asked in plain(f"{row.name} {row.body} {row.head}")
    ]
    at_once = kept[(wanted.page - 1) * ROWS_AT_ONCE : wanted.page * ROWS_AT_ONCE]
    whole = together(steps, [row.standing for row in rows])
    decisive = "voted" if "voted" in steps else "reviewed"
    next_due = due.get(decisive) or next((due[step] for step in steps if step in due), None)
    return BoardPage(
        frame=frame,
        plans_href=f"{base}/plans",
        of_party=of_party,
        kind=wanted.kind,
        columns=tuple(_column(stage, whole, due) for stage in steps),
        groups=_groups(base, steps, rows, at_once, above, visit.now),
        kinds=tuple(
            Filter(
                code=kind,
                href=wanted.address(base, kind=kind, show="all"),
                count=counts.get(kind, 0),
                current=kind == wanted.kind,
            )
            for kind in KINDS
            if counts.get(kind) or kind == wanted.kind
        ),
        filters=tuple(
            Filter(
                code=show,
                href=wanted.address(base, show=show),
                count=len(by_show[show]),
                current=show == wanted.show,
            )
            for show in SHOWS
        ),
        board_links=_links(visit, base),
        query=wanted.query,
        search_href=base,
        search_keeps=tuple(
            (name, value)
            for name, value, usual in (("kind", wanted.kind, life.INDIVIDUAL), ("show", wanted.show, "all"))
            if value != usual
        ),
        shown=len(kept),
        late=len(by_show["late"]),
        refused=len(by_show["refused"]),
        risk=len(by_show["risk"]),
        decisive=decisive,
        progress=Progress(done=whole.done(decisive), total=whole.total(decisive)),
        safe_day=next_due.safe if next_due and visit.today <= next_due.safe else None,
        legal_day=next_due.last if next_due else None,
        working_days_left=_left(rulebook, visit.today, next_due),
        previous_href=wanted.address(base, page=wanted.page - 1) if wanted.page > 1 else None,
        next_href=wanted.address(base, page=wanted.page + 1)
        if wanted.page * ROWS_AT_ONCE < len(kept)
        else None,
    )


def _links(visit: Visit, base: str) -> tuple[Link, ...]:
    _ = visit.words.gettext
    return (
        Link(label=_("Mùa kiểm điểm"), href=f"{base}/season"),
        Link(label=_("Kết quả xếp loại"), href=f"{base}/statistics"),
        Link(label=_("Danh sách gọi"), href=f"{base}/call-list"),
        Link(label=_("Khen thưởng"), href=f"{base}/rewards"),
        Link(label=_("Nếu áp dụng quy định khác"), href=f"{base}/compare"),
    )


def _rows(
    connection: Connection,
    visit: Visit,
    campaign: Campaign,
    kind: str,
    rulebook: Rulebook,
    within: Within,
) -> list[Row]:
    every = standings(connection, campaign.id, kind, steps_of(rulebook, kind))
    seen = within.bodies_among(connection, every)
    counted = {body: standing for body, standing in every.items() if body in seen}
    named = {row.organisation_id: row for row in _bodies(connection, campaign.id, kind, visit.today)}
    by_type: dict[tuple[str, str], dict[str, Due]] = {}
    now, calendar = visit.now, rulebook.calendar
    plans = visit.service.plans.of(connection, campaign.id, visit.today, season_for(campaign, rulebook))
    risks = risks_of(plans, kind, visit.language)
    rows = []
    for body, standing in counted.items():
        found = named.get(body)
        type_ = found.type if found else ""
        alike = (type_, calendar.unit_of(body))
        if alike not in by_type:
            facts = facts_of_type(kind, type_)
            by_type[alike] = dues(rulebook, campaign.year, kind, facts, calendar.of_unit(body))
        risk = risks.get(body)
        state = state_of(standing, by_type[alike], now, visit.words, STAGES, risk)
        rows.append(
            Row(
                body=body,
                name=found.name if found else body,
                superior=(found.superior_id or "") if found else "",
                head=(found.head or "") if found else "",
                standing=standing,
                due=by_type[alike],
                state=state,
                at_risk=state is risk,
            )
        )
    return sorted(rows, key=lambda row: (row.superior, row.body))


def facts_of_type(kind: str, organisation_type: str) -> Facts:
    """What the type of a body alone tells of the reviews it runs: enough to know which dates are theirs."""
    if not organisation_type:
        return Facts()
    led_by = COLLECTIVES.get(organisation_type) if kind != life.INDIVIDUAL else None
    return Facts.of("roster", {"organisation.type": organisation_type, "collective.type": led_by})


def _earliest(rows: Iterable[Row]) -> dict[str, Due]:
    """The earliest date of each step among the rows: the head of a column."""
    found: dict[str, Due] = {}
    for row in rows:
        for stage, one in row.due.items():
            if stage not in found or one.last < found[stage].last:
                found[stage] = one
    return found


def _is_union(connection: Connection, organisation: str, day: date) -> bool:
    held = connection.execute(
        select(ORGANISATIONS.c.type).where(
            ORGANISATIONS.c.organisation_id == organisation, as_of(ORGANISATIONS, day)
        )
    ).scalar()
    return held in UNION_TYPES


def _bodies(
    connection: Connection, campaign: str, kind: str, day: date
) -> Sequence[Stored[*tuple[Any, ...]]]:
    """Name, superior and head of every body that has reviews of this kind."""
    counted = select(PROGRESS.c.organisation).where(PROGRESS.c.campaign == campaign, PROGRESS.c.kind == kind)
    return connection.execute(
        select(
            ORGANISATIONS.c.organisation_id,
            ORGANISATIONS.c.name,
            ORGANISATIONS.c.type,
            ORGANISATIONS.c.superior_id,
            PEOPLE.c.name.label("head"),
        )
        .select_from(ORGANISATIONS)
        .outerjoin(
            POSITIONS,
            and_(
                POSITIONS.c.organisation_id == ORGANISATIONS.c.organisation_id,
                POSITIONS.c.post == "head",
                as_of(POSITIONS, day),
            ),
        )
        .outerjoin(PEOPLE, and_(PEOPLE.c.person_id == POSITIONS.c.person_id, as_of(PEOPLE, day)))
        .where(as_of(ORGANISATIONS, day), ORGANISATIONS.c.organisation_id.in_(counted))
    ).all()


def _groups(
    base: str,
    steps: tuple[str, ...],
    rows: list[Row],
    shown: list[Row],
    names: Mapping[str, str],
    now: datetime,
) -> tuple[BoardGroup, ...]:
    """The rows under the body directly above them; one group alone needs no heading."""
    above = dict.fromkeys(row.superior for row in rows)
    if len(above) < 2:
        return (BoardGroup(name="", rows=tuple(_row(base, row, now) for row in shown)),)
    groups: list[BoardGroup] = []
    for superior in above:
        inside = [row for row in shown if row.superior == superior]
        if inside:
            all_below = together(steps, [row.standing for row in rows if row.superior == superior])
            groups.append(
                BoardGroup(
                    name=names.get(superior, superior),
                    rows=tuple(_row(base, row, now) for row in inside),
                    cells=_cells(all_below, ()),
                )
            )
    return tuple(groups)


def _row(base: str, row: Row, now: datetime) -> BoardRow:
    return BoardRow(
        name=row.name,
        href=f"{base}/o/{row.body}",
        members=row.standing.total(),
        cells=_cells(row.standing, late_steps(row.standing, row.due, now)),
        state=row.state,
        secretary=row.head,
    )


def _cells(standing: Standing, late: tuple[str, ...]) -> tuple[HeatCell, ...]:
    return tuple(
        HeatCell(stage=stage, done=standing.done(stage), total=standing.total(stage), late=stage in late)
        for stage in standing.steps
    )


def _column(stage: str, whole: Standing, due: dict[str, Due]) -> StageColumn:
    one = due.get(stage)
    return StageColumn(
        stage=stage,
        done=whole.done(stage),
        total=whole.total(stage),
        due=one.last if one else None,
        safe=one.safe if one else None,
        hour=one.hour if one else "",
    )


def _left(rulebook: Rulebook, today: date, due: Due | None) -> int | None:
    """Working days from tomorrow to the last safe day, that day counted."""
    if due is None or today > due.safe:
        return None
    try:
        return rulebook.calendar.working_days_before(today, due.safe) if due.safe > today else 0
    except DayOutsideCalendar:
        return None


def _not_open(visit: Visit, connection: Connection, campaign: Campaign, page: BoardPage) -> BoardPage:
    _ = visit.words.gettext
    if campaign.stage == campaign_life.OPENING:
        done = sum(sum(stages.values()) for stages in totals(connection, [campaign.id], true()).values())
        return replace(page, opening=Progress(done=done, total=campaign.subjects))
    return replace(
        page,
        empty=EmptyState(
            title=_("Đợt này mới được lập, chưa mở"),
            text=_("Cán bộ phụ trách mở đợt bằng lệnh: kiemdiem open %(campaign)s")
            % {"campaign": campaign.id},
        ),
    )
