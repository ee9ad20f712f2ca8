"""The command that asks: what if another rulebook ruled this campaign?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.comparison import (
    document,
    due_counted,
    lead,
    missing_counted,
    name_of,
    other_book,
    rules_counted,
    sentences,
)
from api.terminal.output import (
    DEFAULT_DATABASE,
    DatabaseOption,
    JsonOption,
    Language,
    LanguageOption,
    Refused,
    answer_json,
    beside,
    both,
    opened,
    terminal,
)
from handlers.comparing.results import What
from handlers.comparing.run import Comparison, compare_rulebooks
from handlers.sheets import new_book
from workflow.rules.books import Books

ROWS = 20
"""Reviews told in full unless more are asked for."""


def compare(
    campaign: Annotated[str, typer.Argument(help="The campaign whose recorded facts are judged.")],
    rulebook: Annotated[
        str, typer.Option("--rulebook", metavar="ID", help="The other rulebook or layer, or a pinned hash.")
    ],
    rulebooks: Annotated[
        Path | None,
        typer.Option(
            "--rulebooks", metavar="FOLDER", exists=True, file_okay=False, help="Where your own layers lie."
        ),
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Write every row and count to a workbook.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=0, metavar="N", help="How many reviews are told in full.")
    ] = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Replay the recorded facts under another rulebook: what would be refused, due or rated otherwise, why.

    Nothing is written. Facts the other one needs and nobody recorded are listed, not guessed.
    """
    if xlsx is not None and not xlsx.parent.is_dir():
        raise Refused(f"Không có thư mục {xlsx.parent}.", f"There is no folder {xlsx.parent}.")
    kept = limit if limit is not None else (None if xlsx is not None or as_json else ROWS)
    with opened(database) as service:
        held = replace(service, books=Books(rulebooks)) if rulebooks is not None else service
        other = other_book(held, rulebook)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=beside(), transient=True) as bar:
            task = bar.add_task(both(language, "Đối chiếu", "Comparing"), total=None)
            found = compare_rulebooks(
                service.engine,
                campaign,
                other,
                limit=kept,
                progress=lambda done, of: bar.update(task, completed=done, total=of),
            )
    if xlsx is not None:
        _write(xlsx, found, language.value)
    if as_json:
        answer_json(document(found, language.value))
        return
    for line in _lines(found, language, ROWS if limit is None else limit):
        terminal().print(line, markup=False)


def _lines(found: Comparison, language: Language, rows: int) -> list[str]:
    told = [lead(found, language.value)]
    for left_open in found.other.unset:
        unset = left_open.says.in_language(language.value)
        told.append(both(language, f"Lớp địa phương còn phải đặt: {unset}", f"Left to a layer: {unset}"))
    for what in What:
        count = found.summary.by_what[what]
        if count:
            told.append(f"{count:6}  {name_of(what, language.value)}")
            told.extend(_rules(found, what, language.value))
    missing = list(missing_counted(found, language.value))
    if missing:
        told.append(both(language, "Dữ kiện quy định kia cần:", "Facts the other rulebook needs:"))
        told.extend(f"{count:6}  {says} ({why})" for _, says, why, count in missing)
    shown = found.rows[:rows]
    if shown:
        told.append(both(language, "Từng kỳ kiểm điểm:", "Review by review:"))
    for row in shown:
        told.append(row.review)
        for one in row.differences:
            head, *reasons = sentences(one, found, language.value)
            told.append(f"  {head}")
            told.extend(f"    {reason}" for reason in reasons)
    left = found.summary.different - len(shown)
    if left > 0:
        vi = f"Còn {left} kỳ kiểm điểm khác; xem hết bằng --xlsx hoặc --limit."
        told.append(both(language, vi, f"{left} more reviews; see all with --xlsx or --limit."))
    return told


def _rules(found: Comparison, wanted: What, language: str) -> list[str]:
    if wanted is What.DUE:
        return [
            f"        {count:6}  {kind}, {place}: {own} → {other}"
            for kind, place, own, other, count in due_counted(found, language)
        ]
    return [
        f"        {count:6}  {' '.join(filter(None, (rule, says)))} ({cite})"
        for what, rule, _, says, cite, count in rules_counted(found, language)
        if what is wanted
    ]


def _write(file: Path, found: Comparison, language: str) -> None:
    """Three sheets: the counts by rule, the facts that are missing, every review."""
    english = language == "en"
    book = new_book(str(file))
    bold = book.add_format({"bold": True, "bg_color": "#E4ECF7", "border": 1})

    def sheet(name: tuple[str, str], heads: tuple[tuple[str, str], ...], rows: list[tuple[Any, ...]]) -> None:
        page = book.add_worksheet(name[english])
        page.write_row(0, 0, [head[english] for head in heads], bold)
        page.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            page.write_row(number, 0, row)
        page.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
        page.autofit(600)

    outcome, rule = ("Kết quả", "Outcome"), ("Quy tắc", "Rule")
    clause, reviews = ("Căn cứ", "Clause"), ("Số kỳ", "Reviews")
    sheet(
        ("Theo quy tắc", "By rule"),
        (outcome, rule, ("Nội dung", "What it says"), clause, reviews),
        [
            (name_of(what, language), name, says, cite, count)
            for what, name, _, says, cite, count in rules_counted(found, language)
        ],
    )
    sheet(
        ("Dữ kiện thiếu", "Missing facts"),
        (("Dữ kiện", "Fact"), ("Nội dung", "What it is"), ("Vì sao", "Why"), reviews),
        list(missing_counted(found, language)),
    )
    sheet(
        ("Từng kỳ", "Reviews"),
        (("Mã kỳ", "Review"), ("Tổ chức", "Organisation"), outcome, rule, ("Giải thích", "Explanation")),
        [
            (
                row.review,
                row.organisation,
                name_of(one.what, language),
                "; ".join(one.rules),
                "\n".join(sentences(one, found, language)),
            )
            for row in found.rows
            for one in row.differences
        ],
    )
    book.close()
