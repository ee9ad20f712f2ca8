"""`kiemdiem statistics`: levels of an organisation and everything below it, with shares that add up."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from api.pages.format import number, share
from api.terminal.output import (
    DEFAULT_DATABASE,
    DatabaseOption,
    JsonOption,
    Language,
    LanguageOption,
    answer_json,
    both,
    opened,
    terminal,
)
from handlers.names import names_on
from handlers.opening import read_campaign
from handlers.statistics import Distribution, Statistics, beside, statistics_of
from handlers.statistics_sheet import member_levels, workbook
from states import levels
from states import review as life

KINDS = {
    life.COLLECTIVE: ("Tập thể", "Collectives"),
    life.INDIVIDUAL: ("Cá nhân", "Individuals"),
    life.ORGANISATION: ("Tổ chức", "Organisations"),
}


def statistics(
    campaign: Annotated[str, typer.Argument(help="The campaign.")],
    organisation: Annotated[
        str,
        typer.Option("--organisation", metavar="ID", help="With everything below it; else the campaign's."),
    ] = "",
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Write a workbook, members included.")
    ] = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Sum up levels by kind, number and share; the year before and quarters stand beside them."""
    with opened(database) as service:
        planned = read_campaign(service.engine, campaign)
        body = organisation or planned.organisation
        with service.database.read() as connection:
            rulebook = service.engine.rulebook(connection, planned.rulebook_hash)
            found = statistics_of(connection, rulebook, campaign, body)
            others = beside(connection, service.engine.rulebook, campaign, body)
            names = names_on(connection, planned.roster_day, bodies=[body])
            if xlsx is not None:
                members = member_levels(connection, campaign, body)
                xlsx.write_bytes(workbook(found, others, members, names, language.value))
    if as_json:
        answer_json({**document(found), "beside": [document(other) for other in others]})
        return
    console = terminal()
    for one in (found, *others):
        vi = f"{names.body(body)}, đợt {one.campaign} (năm {one.year})"
        console.print(both(language, vi, f"{names.body(body)}, campaign {one.campaign} ({one.year})"))
        for distribution in one.distributions:
            console.print(_table(distribution, language))
        known = both(language, "chưa biết: còn danh mục chưa khai", "not known: a list is not declared yet")
        disciplined = known if one.disciplined is None else number(one.disciplined, language.value)
        words = both(language, "Bị kỷ luật trong năm", "Disciplined in the year")
        console.print(f"{words}: {disciplined}")
    if xlsx is not None:
        console.print(both(language, f"Đã ghi {xlsx}.", f"Written: {xlsx}."), markup=False)


def document(found: Statistics) -> dict[str, Any]:
    """The statistics for a machine; shares in tenths of a percent, adding up to 1000."""
    return dataclasses.asdict(found)


def _table(found: Distribution, language: Language) -> Table:
    table = Table(title=both(language, *KINDS[found.kind]))
    table.add_column(both(language, "Mức", "Level"))
    table.add_column(both(language, "Số lượng", "Number"), justify="right")
    table.add_column(both(language, "Tỷ lệ", "Share"), justify="right")
    for level in found.shares:
        told = share(level.tenths, language.value) if found.rated else "–"
        table.add_row(both(language, *levels.NAMES[level.level]), number(level.count, language.value), told)
    for words, count in (
        (("Chưa có mức", "No level yet"), found.owing),
        (("Không xếp loại", "Not rated"), found.unrated),
    ):
        table.add_row(both(language, *words), number(count, language.value), "")
    return table
