"""The commands about the roster: import a spreadsheet, write the empty one."""

from __future__ import annotations

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
    day_option,
    officer,
    opened,
    terminal,
)
from handlers.roster.compare import Difference
from handlers.roster.parsed import ParsedRoster
from handlers.roster.problems import CellProblem, RosterHasProblems, RosterWouldDangle
from handlers.roster.snapshot import KINDS
from handlers.roster.template import template
from handlers.roster_import import Preview, confirm_import, preview_import, reject_import
from workflow import clock

KIND_NAMES: dict[str, tuple[str, str]] = {
    "organisation": ("Tổ chức", "Organisations"),
    "person": ("Đảng viên", "People"),
    "membership": ("Sinh hoạt", "Memberships"),
    "position": ("Chức vụ", "Positions"),
}


def import_roster(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The .xlsx file.")],
    on: Annotated[date | None, day_option("--on", "From which day it holds; today where not given.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    good_rows_only: Annotated[
        bool, typer.Option("--good-rows-only", help="Leave wrong rows out instead of writing nothing.")
    ] = False,
    confirmed_by: Annotated[
        str | None,
        typer.Option(
            "--confirmed-by",
            metavar="ID",
            help="The second person, where reviews of an open campaign are touched.",
        ),
    ] = None,
    actor: ActorOption = "officer",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Import the roster from a spreadsheet: every wrong cell and every change first, then the question."""
    day = on or clock.today()
    with opened(database, create=True) as service:
        who = officer(actor, "")
        preview = preview_import(service.engine, file.read_bytes(), file.name, on=day, actor=who)
        if as_json:
            answer_json(_document(preview))
        else:
            _show(preview, language)
        parsed, difference = _content(preview)
        if parsed.problems and not good_rows_only:
            reject_import(service.engine, preview.import_id, actor=who)
            raise RosterHasProblems(parsed.problems)
        if difference.dangling:
            reject_import(service.engine, preview.import_id, actor=who)
            raise RosterWouldDangle(difference.dangling)
        if difference.is_empty:
            reject_import(service.engine, preview.import_id, actor=who)
            if not as_json:
                terminal().print(both(language, "Không có gì thay đổi.", "Nothing changes."))
            return
        question = both(language, "Ghi các thay đổi này vào danh sách?", "Write these changes to the roster?")
        if not yes and (as_json or not typer.confirm(question)):
            reject_import(service.engine, preview.import_id, actor=who)
            if as_json:
                return
            raise Refused("Chưa ghi gì cả.", "Nothing was written.")
        confirmer = officer(confirmed_by or actor, "")
        confirm_import(service.engine, preview.import_id, actor=confirmer, good_rows_only=good_rows_only)
        if not as_json:
            done = both(language, "Đã ghi vào danh sách.", "The roster was written.")
            terminal().print(f"{done} ({preview.import_id})", markup=False)


def write_template(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="Where to write the .xlsx file.")],
    language: LanguageOption = Language.VI,
) -> None:
    """Write the empty workbook to fill in, with explanations and examples inside."""
    file.write_bytes(template())
    terminal().print(both(language, f"Đã ghi mẫu vào {file}.", f"The template is in {file}."), markup=False)


def _show(preview: Preview, language: Language) -> None:
    console = terminal()
    parsed, difference = _content(preview)
    lead = both(language, "dòng đọc được", "rows could be read")
    wrong = both(language, "dòng sai", "are wrong")
    console.print(
        f"{parsed.file_name}: {parsed.good_rows} {lead}, {parsed.wrong_rows} {wrong}.", markup=False
    )
    for sheet, column in parsed.ignored_columns:
        ignored = both(language, "cột không dùng", "column not used")
        console.print(f"{sheet}: {ignored} “{column}”", markup=False)
    _cells(parsed.problems, both(language, "Ô cần sửa", "Cells to correct"), language)
    _cells(
        parsed.dropped,
        both(language, "Dòng đúng nhưng dựa vào dòng sai", "Rows resting on a wrong one"),
        language,
    )
    counts = Table(title=both(language, "Thay đổi so với danh sách hiện có", "Changes to the roster"))
    for title in ("", *both(language, "mới|thay đổi|không còn", "new|changed|gone").split("|")):
        counts.add_column(title, justify="right" if title else "left")
    for kind in KINDS:
        counts.add_row(both(language, *KIND_NAMES[kind]), *map(str, difference.counts(kind)))
    console.print(counts)
    if preview.touched:
        console.print(
            both(
                language,
                f"Chạm đến {len({touch.review_id for touch in preview.touched})} kỳ kiểm điểm đang mở; "
                "người khác phải xác nhận (--confirmed-by).",
                f"Touches {len({touch.review_id for touch in preview.touched})} reviews of an open campaign; "
                "another person confirms (--confirmed-by).",
            ),
            markup=False,
        )


def _cells(problems: tuple[CellProblem, ...], title: str, language: Language) -> None:
    if not problems:
        return
    table = Table(title=f"{title}: {len(problems)}")
    for name in both(
        language, "Trang|Ô|Giá trị|Sai gì|Cần gì", "Sheet|Cell|Value|What is wrong|Expected"
    ).split("|"):
        table.add_column(name, overflow="fold")
    code = language.value
    for problem in problems:
        words = (problem.sheet, problem.cell, problem.value, problem.what(code), problem.expected(code))  # type: ignore[arg-type]  # "vi" or "en"
        table.add_row(*(word.replace("[", r"\[") for word in words))
    terminal().print(table)


def _content(preview: Preview) -> tuple[ParsedRoster, Difference]:
    assert preview.parsed is not None, "a preview just made has its content"
    assert preview.difference is not None, "a preview just made has its content"
    return preview.parsed, preview.difference


def _document(preview: Preview) -> dict[str, object]:
    parsed, difference = _content(preview)
    return {
        "import": preview.import_id,
        "file": parsed.file_name,
        "good_rows": parsed.good_rows,
        "wrong_rows": parsed.wrong_rows,
        "problems": [problem.as_json() for problem in parsed.problems],
        "dropped": [problem.as_json() for problem in parsed.dropped],
        "changes": {
            kind: dict(zip(("new", "changed", "gone"), difference.counts(kind), strict=True))
            for kind in KINDS
        },
        "touched": sorted({touch.review_id for touch in preview.touched}),
    }
