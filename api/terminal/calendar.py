"""`kiemdiem calendar`: the year, the workbook, proposing from it, confirming, every date a change moves."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from api.terminal.output import (
    DEFAULT_DATABASE,
    ActorOption,
    DatabaseOption,
    JsonOption,
    Language,
    LanguageOption,
    Refused,
    answer_json,
    both,
    officer,
    opened,
    terminal,
)
from api.wiring import Service
from handlers.calendar_days import held_days
from handlers.calendar_sheet import DaysRead, read_days
from handlers.calendar_sheet import template as empty_workbook
from handlers.calendar_view import (
    CampaignMoved,
    SpecialDay,
    change_shown,
    free_name,
    moved_by,
    year_shown,
)
from handlers.telling.owed import task
from workflow import clock
from workflow.commands.asking import Request
from workflow.commands.calendar import ConfirmCalendarChange, ProposeCalendarChange
from workflow.dated_days import WORD_NAMES

calendar = typer.Typer(help="Days off, worked days and half days.", no_args_is_help=True)

ChangeArgument = Annotated[str, typer.Argument(metavar="CHANGE", help="The change, as it was proposed.")]
UnitOption = Annotated[
    str, typer.Option("--unit", metavar="ID", help="The calendar of a body instead of everyone's.")
]


@calendar.command(epilog="Example: kiemdiem calendar show 2026 --unit CB03")
def show(
    year: Annotated[int, typer.Argument(metavar="YEAR")],
    unit: UnitOption = "",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Every day of a year that is not what its weekday says, with its source."""
    with opened(database) as service, service.database.read() as connection:
        found = year_shown(connection, year, unit, _today(service))
    if as_json:
        answer_json(dataclasses.asdict(found))
        return
    title = both(language, f"Lịch năm {year}", f"Calendar of {year}") + (f", {unit}" if unit else "")
    table = Table(title=title)
    for words in (("Ngày", "Day"), ("Loại", "Kind"), ("Căn cứ", "Source"), ("Phạm vi", "Scope")):
        table.add_column(both(language, *words))
    for one in found.special:
        kind = both(language, *WORD_NAMES[one.what])
        unsure = both(language, " (tạm tính)", " (provisional)") if one.provisional else ""
        scope = one.unit or both(language, "tất cả", "everyone")
        table.add_row(f"{one.day:%d/%m/%Y}", f"{kind}{unsure}", _source(one, language), scope)
    say = terminal()
    say.print(table)
    say.print(both(language, f"{found.working_days} ngày làm việc.", f"Working days: {found.working_days}."))
    if found.provisional:
        say.print(
            both(
                language,
                f"Tạm tính: lịch nghỉ năm {year} chưa được công bố.",
                f"Provisional: the days off of {year} are not announced.",
            )
        )


@calendar.command(epilog="Example: kiemdiem calendar template lich.xlsx")
def template(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The .xlsx to write.")],
    language: LanguageOption = Language.VI,
) -> None:
    """Write an empty workbook of days; a file that is there is not overwritten."""
    if file.exists():
        raise Refused(
            f"{file} đã có. Chọn tên khác hoặc xóa tệp trước.",
            f"{file} exists. Choose another name or remove it first.",
        )
    file.write_bytes(empty_workbook())
    terminal().print(both(language, f"Đã ghi {file}.", f"Written: {file}."), markup=False)


@calendar.command(epilog="Example: kiemdiem calendar propose lich.xlsx --document 'CV 45-CV/ĐU'")
def propose(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A filled template.")],
    document: Annotated[str, typer.Option("--document", help="The document that decrees the days.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, for the log.")] = "",
    change: Annotated[
        str, typer.Option("--change", metavar="CHANGE", help="What the change is called; given if left out.")
    ] = "",
    actor: ActorOption = "officer",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Propose the days of a workbook; with one wrong cell nothing is proposed. Another person confirms."""
    read = read_days(file.read_bytes())
    with opened(database) as service:
        with service.database.read() as connection:
            read = read.checked(held_days(connection, read.days, _today(service)))
            name = change or free_name(connection, _today(service))
        if read.wrong:
            _show_wrong(read, language, as_json)
            count = len(read.wrong)
            raise Refused(
                f"{count} ô cần sửa, chưa đề nghị ngày nào.",
                f"{count} cells are wrong; nothing was proposed.",
            )
        command = ProposeCalendarChange(change=name, days=read.days, document=document, reason=reason)
        service.engine.handle(Request(command=command, actor=officer(actor, "")))
    if as_json:
        answer_json({"change": name, "days": len(read.days)})
        return
    vi = f"Đã đề nghị {len(read.days)} ngày ({name}); chờ người khác xác nhận."
    en = f"Days proposed: {len(read.days)} ({name}); another person has to confirm them."
    terminal().print(both(language, vi, en), markup=False)


@calendar.command(epilog="Example: kiemdiem calendar confirm LICH-20261128-1 --actor BTC-02")
def confirm(
    change: ChangeArgument,
    actor: ActorOption = "officer",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Confirm what another person proposed; every campaign not closed counts by it from now on."""
    with opened(database) as service:
        command = ConfirmCalendarChange(change=change)
        service.engine.handle(Request(command=command, actor=officer(actor, "")))
        with service.database.read() as connection:
            moves = moved_by(connection, change_shown(connection, change), _today(service))
    _show_moves(change, moves, language, as_json)


@calendar.command(epilog="Example: kiemdiem calendar moved LICH-20261128-1")
def moved(
    change: ChangeArgument,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Every date a confirmed change moved, or a proposed one would move."""
    with opened(database) as service, service.database.read() as connection:
        moves = moved_by(connection, change_shown(connection, change), _today(service))
    _show_moves(change, moves, language, as_json)


def _today(service: Service) -> date:
    return service.engine.now().astimezone(clock.ZONE).date()


def _source(one: SpecialDay, language: Language) -> str:
    return one.source or both(language, one.name_vi, one.name_en) or both(language, "hoán đổi", "swapped")


def _show_wrong(read: DaysRead, language: Language, as_json: bool) -> None:
    if as_json:
        answer_json({"wrong": [dataclasses.asdict(one) for one in read.wrong]})
        return
    table = Table(title=both(language, "Ô cần sửa", "Cells to correct"))
    for words in (("Ô", "Cell"), ("Đang ghi", "Written"), ("Sai gì", "What is wrong")):
        table.add_column(both(language, *words))
    for one in read.wrong:
        table.add_row(one.cell, one.value, both(language, one.vi, one.en))
    terminal().print(table)


def _show_moves(change: str, moves: tuple[CampaignMoved, ...], language: Language, as_json: bool) -> None:
    if as_json:
        answer_json({"change": change, "campaigns": [dataclasses.asdict(one) for one in moves]})
        return
    say = terminal()
    if not any(one.moved for one in moves):
        say.print(both(language, f"{change}: không dời mốc ngày nào.", f"{change} moves no date."))
        return
    for campaign in moves:
        count = len(campaign.moved)
        table = Table(
            title=both(
                language,
                f"{campaign.campaign}: {count} mốc ngày của {campaign.items} việc",
                f"{campaign.campaign}: dates moved {count}, steps {campaign.items}",
            )
        )
        heads = (
            ("Việc", "Step"),
            ("Tổ chức", "Organisation"),
            ("Hạn cuối", "Last day"),
            ("Ngày an toàn", "Last safe day"),
        )
        for words in heads:
            table.add_column(both(language, *words))
        for one in campaign.moved:
            table.add_row(
                task(one.gate, one.kind, one.items, language.value),
                one.organisation or both(language, "tất cả", "everyone"),
                _both_days(one.before_last, one.after_last),
                _both_days(one.before_safe, one.after_safe),
            )
        say.print(table)


def _both_days(before: date, after: date) -> str:
    return f"{before:%d/%m/%Y}" if before == after else f"{before:%d/%m/%Y} → {after:%d/%m/%Y}"
