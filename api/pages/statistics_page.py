"""The statistics of a body and all below it: levels by number and share, what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.campaigns import campaign_of, visible
from api.pages.format import number, share
from api.pages.views import EmptyState, Link, Page
from api.pages.visits import Visit
from handlers.names import names_on
from handlers.statistics import Distribution, Statistics, beside, statistics_of
from handlers.statistics_sheet import member_levels, workbook
from workflow.bodies import Campaign
from workflow.errors import NotFound


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelLine:
    """One level: number and share now, and “12 (19,9%)” for each campaign beside; else a dash."""

    level: str
    count: int
    share: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class KindTable:
    """One kind of review, best level first."""

    kind: str
    lines: tuple[LevelLine, ...]
    rated: int
    owing: int
    unrated: int


@dataclass(frozen=True, kw_only=True)
class StatisticsPage(Page):
    """Levels of one organisation with everything below it; `beside` are the titles of the other columns.

    `disciplined` is None while some body has not declared its list complete.
    """

    TEMPLATE = "statistics.html"
    organisation: str = ""
    tables: tuple[KindTable, ...] = ()
    beside: tuple[str, ...] = ()
    lowest: int = 0
    disciplined: int | None = None
    sheet_href: str = ""
    empty: EmptyState | None = None


def statistics_page(visit: Visit, campaign_id: str, organisation: str = "") -> StatisticsPage:
    """The page. NotFound for a campaign or body that is not there."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        campaign, rulebook = campaign_of(connection, visit.service, campaign_id)
        body = organisation or campaign.organisation
        frame = visit.frame(
            connection, "board", campaign=campaign, rulebook=rulebook, organisation=organisation
        )
        crumbs = (Link(label=_("Tiến độ"), href=f"/c/{campaign_id}"),)
        if not visible(campaign):
            waiting = EmptyState(title=_("Đợt chưa mở"), text=_("Có số liệu khi đợt kiểm điểm mở xong."))
            return StatisticsPage(frame=frame, crumbs=crumbs, empty=waiting)
        found = statistics_of(connection, rulebook, campaign_id, body)
        others = beside(connection, visit.service.engine.rulebook, campaign_id, body)
        name = names_on(connection, campaign.roster_day, bodies=[body]).body(body)
    address = f"/c/{campaign_id}/statistics.xlsx"
    return StatisticsPage(
        frame=frame,
        crumbs=crumbs,
        organisation=name,
        tables=tuple(_table(one, others, visit.language) for one in found.distributions if _counts(one)),
        beside=tuple(_title(visit, campaign, other) for other in others),
        lowest=found.lowest,
        disciplined=found.disciplined,
        sheet_href=f"{address}?organisation={body}" if organisation else address,
    )


def statistics_workbook(visit: Visit, campaign_id: str, organisation: str = "") -> tuple[bytes, int]:
    """The same sums and every member's level as a workbook, and how many members it names.

    NotFound as for the page, and while not open.
    """
    with visit.service.database.read() as connection:
        campaign, rulebook = campaign_of(connection, visit.service, campaign_id)
        if not visible(campaign):
            raise NotFound("campaign", campaign_id)
        body = organisation or campaign.organisation
        members = member_levels(connection, campaign_id, body)
        content = workbook(
            statistics_of(connection, rulebook, campaign_id, body),
            beside(connection, visit.service.engine.rulebook, campaign_id, body),
            members,
            names_on(connection, campaign.roster_day, bodies=[body]),
            visit.language,
        )
    return content, len(members)


def _title(visit: Visit, campaign: Campaign, other: Statistics) -> str:
    _ = visit.words.gettext
    if other.year != campaign.year:
        return _("Năm %(year)s") % {"year": other.year}
    return _("Đợt %(name)s") % {"name": other.campaign}


def _counts(one: Distribution) -> bool:
    return bool(one.rated or one.owing or one.unrated)


def _table(one: Distribution, others: tuple[Statistics, ...], language: str) -> KindTable:
    return KindTable(
        kind=one.kind,
        lines=tuple(
            LevelLine(
                level=level.level,
                count=level.count,
                share=share(level.tenths, language) if one.rated else "–",
                beside=tuple(_then(other, one.kind, level.level, language) for other in others),
            )
            for level in one.shares
        ),
        rated=one.rated,
        owing=one.owing,
        unrated=one.unrated,
    )


def _then(other: Statistics, kind: str, level: str, language: str) -> str:
    """Number and share of the same level in another campaign; a dash where its scale has no such level."""
    for distribution in other.distributions:
        if distribution.kind == kind and distribution.rated:
            for one in distribution.shares:
                if one.level == level:
                    return f"{number(one.count, language)} ({share(one.tenths, language)})"
    return "–"
