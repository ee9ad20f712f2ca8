"""The commands about a campaign: plan it, open it, see where every organisation stands."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from api.terminal.output import (
    DEFAULT_DATABASE,
    ActorOption,
    DatabaseOption,
    JsonOption,
    Language,
    LanguageOption,
    answer_json,
    beside,
    both,
    day_option,
    officer,
    opened,
    terminal,
)
from handlers.opening import open_campaign, read_campaign
from handlers.status import OWING, Standing, Status, status_of
from states import campaign as campaign_life
from states import levels
from states import review as life
from states.table import NEW
from workflow.commands.asking import Request
from workflow.commands.campaign import PlanCampaign

COLUMNS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Chưa", "None", (life.OPEN,)),
    ("Chuẩn bị", "Prepared", (life.PREPARED,)),
    ("Dự thảo", "Draft", (life.DRAFT_SENT,)),
    ("Kiểm điểm", "Reviewed", (life.REVIEWED,)),
    ("Bỏ phiếu", "Voted", (life.VOTED,)),
    ("Báo cáo", "Submitted", (life.SUBMITTED,)),
    ("Thẩm định", "Appraised", (life.APPRAISED,)),
    ("Quyết định", "Decided", life.SETTLED),
    ("Không xếp", "Unrated", (life.REVIEWED_UNRATED,)),
    ("Miễn", "Exempt", (life.EXEMPT,)),
    ("Khác", "Other", (life.RETURNED, life.PAUSED, life.ABSENT, life.ANNULLED)),
)
"""Columns of the table of cells, and which stages each counts."""


def plan(
    campaign: Annotated[
        str, typer.Argument(help="What the campaign is called, such as 2016; part of every review's id.")
    ],
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="ID", help="The body that carries it out.")
    ],
    year: Annotated[int, typer.Option("--year", help="The year under review.")],
    roster_day: Annotated[date, day_option("--roster-day", "As of which day the roster is read.")],
    rulebook: Annotated[
        str, typer.Option("--rulebook", metavar="ID", help="Which regulation rules.")
    ] = "duk_2016",
    superior: Annotated[
        str, typer.Option("--superior", metavar="ID", help="The body above the organisation.")
    ] = "",
    quarter: Annotated[
        int | None, typer.Option("--quarter", min=1, max=4, help="Where it is a quarter.")
    ] = None,
    actor: ActorOption = "officer",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Plan a campaign: its period, its organisation and its rulebook, which is pinned from now on."""
    command = PlanCampaign(
        campaign=campaign,
        year=year,
        period="quarter" if quarter else "year",
        quarter=quarter,
        rulebook=rulebook,
        organisation=organisation,
        superior=superior,
        roster_day=roster_day,
    )
    with opened(database) as service:
        service.engine.handle(Request(command=command, actor=officer(actor, organisation)))
        pinned = read_campaign(service.engine, campaign).rulebook_hash
    vi = f"Đã lập kế hoạch đợt {campaign}; bộ quy định {rulebook} được chốt ({pinned[:12]})."
    en = f"Campaign {campaign} is planned; the rulebook {rulebook} is pinned ({pinned[:12]})."
    terminal().print(both(language, vi, en), markup=False)


def open_(
    campaign: Annotated[str, typer.Argument(help="The planned campaign.")],
    actor: ActorOption = "officer",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Open a campaign: the roster becomes reviews, in batches. Stopped half-way, the same command goes on."""
    with opened(database) as service:
        planned = read_campaign(service.engine, campaign)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=beside(), transient=True) as bar:
            task = bar.add_task(both(language, "Mở kỳ kiểm điểm", "Opening reviews"), total=None)
            done = open_campaign(
                service.engine,
                officer(actor, planned.organisation),
                campaign,
                lambda done, of: bar.update(task, completed=done, total=of),
            )
    if as_json:
        answer_json({"campaign": campaign, "stage": done.stage, "reviews": done.subjects})
    else:
        vi = f"Đợt {campaign} đã mở: {done.subjects} kỳ kiểm điểm. Xem tiếp: kiemdiem status {campaign}"
        en = f"Campaign {campaign} is open: {done.subjects} reviews. Go on with: kiemdiem status {campaign}"
        terminal().print(both(language, vi, en), markup=False)


def status(
    campaign: Annotated[str, typer.Argument(help="The campaign.")],
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Show where every cell stands, how many of its members are at which step, and the spread of levels."""
    with opened(database) as service, service.database.read() as connection:
        found = status_of(connection, campaign)
    if as_json:
        answer_json(status_document(found))
        return
    console = terminal()
    stage = campaign_life.NAMES[found.campaign.stage][1 if language is Language.EN else 0]
    name = found.names.body(found.campaign.organisation)
    lead = both(language, f"Đợt {campaign}, {name}: {stage}.", f"Campaign {campaign}, {name}: {stage}.")
    console.print(lead, markup=False)
    if not found.standings:
        then = f"kiemdiem open {campaign}"
        console.print(both(language, f"Chưa mở xong. Làm tiếp: {then}", f"Not open yet. Go on with: {then}"))
        return
    console.print(status_table(found, language))
    for table in distributions(found, language):
        console.print(table)


def status_table(status: Status, language: Language) -> Table:
    """Every organisation with its members by step, its committee, itself, and its quota."""
    table = Table()
    table.add_column(both(language, "Tổ chức", "Organisation"), overflow="fold", min_width=18)
    table.add_column(both(language, "Người", "People"), justify="right")
    shown = [
        column for column in COLUMNS if any(s.members[stage] for s in status.standings for stage in column[2])
    ]
    for vi, en, _ in shown:
        table.add_column(both(language, vi, en), justify="right")
    table.add_column(both(language, "Xuất sắc/tối đa", "Top/allowed"), justify="right")
    table.add_column(both(language, "Tập thể", "Committee"), overflow="fold")
    table.add_column(both(language, "Tổ chức", "Itself"), overflow="fold")
    for standing in status.standings:
        counts = (sum(standing.members[stage] for stage in stages) for _, _, stages in shown)
        table.add_row(
            status.names.body(standing.organisation).replace("[", r"\["),
            str(standing.members.total() or ""),
            *(str(count or "") for count in counts),
            _quota(status, standing),
            _collective(standing, language),
            standing.its_level or _stage(standing.itself, language),
        )
    return table


def distributions(status: Status, language: Language) -> tuple[Table, ...]:
    """Levels of members and of organisations, with their share of those who hold or owe one.

    A union rates no organisations, and has no table of them.
    """
    members = sum(count for s in status.standings for stage, count in s.members.items() if stage in OWING)
    bodies = sum(1 for s in status.standings if s.itself in OWING)
    of_union = "organisation" not in status.rulebook.scales
    people = both(language, "Đảng viên theo mức", "Members by level")
    if of_union:
        people = both(language, "Cán bộ theo mức", "Cadres by level")
    organisations = both(language, "Tổ chức theo mức", "Organisations by level")
    tables = (
        (people, "individual", status.member_levels, members),
        (organisations, "organisation", status.organisation_levels, bodies),
    )
    scales = status.rulebook.scales
    return tuple(
        _distribution(title, scales[kind], held, of, language)
        for title, kind, held, of in tables
        if kind in scales
    )


def status_document(status: Status) -> dict[str, object]:
    """The same for machines; levels and stages by code."""
    return {
        "campaign": status.campaign.id,
        "stage": status.campaign.stage,
        "rulebook": status.campaign.rulebook,
        "rulebook_hash": status.campaign.rulebook_hash,
        "organisations": [
            {
                "organisation": standing.organisation,
                "name": status.names.body(standing.organisation),
                "members": dict(standing.members),
                "levels": dict(standing.levels),
                "allowed_top": standing.allowed_top,
                "collective": standing.collective or None,
                "collective_level": standing.collective_level or None,
                "stage": standing.itself or None,
                "level": standing.its_level or None,
            }
            for standing in status.standings
        ],
        "member_levels": dict(status.member_levels),
        "organisation_levels": dict(status.organisation_levels),
    }


def _distribution(
    title: str, scale: tuple[str, ...], held: Counter[str], of: int, language: Language
) -> Table:
    table = Table(title=title)
    table.add_column(both(language, "Mức", "Level"))
    table.add_column(both(language, "Số lượng", "Number"), justify="right")
    table.add_column(both(language, "Tỷ lệ", "Share"), justify="right")
    rated = sum(held[level] for level in scale)
    for level in scale:
        table.add_row(_level(level, language), str(held[level]), _share(held[level], of, language))
    rest = both(language, "Chưa có mức", "No level yet")
    table.add_row(rest, str(max(of - rated, 0)), _share(max(of - rated, 0), of, language))
    return table


def _share(part: int, whole: int, language: Language) -> str:
    """One digit after the mark, rounded half up, in whole numbers."""
    if not whole:
        return "–"
    tenths = (2000 * part + whole) // (2 * whole)
    mark = both(language, ",", ".")
    return f"{tenths // 10}{mark}{tenths % 10}%"


def _quota(status: Status, standing: Standing) -> str:
    if not standing.levels:
        return ""
    top = standing.levels[status.rulebook.scales["individual"][0]]
    return f"{top}/{'?' if standing.allowed_top is None else standing.allowed_top}"


def _collective(standing: Standing, language: Language) -> str:
    """The collective's level where it is rated; a tick where its review ended without one."""
    if standing.collective_level:
        return standing.collective_level
    return "✓" if standing.collective in life.CLOSED else _stage(standing.collective, language)


def _stage(stage: str, language: Language) -> str:
    return both(language, *life.NAMES[stage]) if stage and stage != NEW else ""


def _level(level: str, language: Language) -> str:
    return both(language, *levels.NAMES[level]) if level else ""
