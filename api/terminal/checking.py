"""The command `check`: runs files of worked examples and shows where they came out otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from api.terminal.output import (
    JsonOption,
    Language,
    LanguageOption,
    answer_json,
    beside,
    both,
    terminal,
)
from handlers.cases.living import temporary_databases
from handlers.cases.results import Result
from handlers.cases.running import Report, run
from handlers.cases.shelves import Shelf

FAILED, CANNOT_BE_READ = 1, 2
"""How the command ends: a case came out otherwise; a file holds something that cannot be run."""


def check(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", exists=True, help="Files of cases, or folders with .toml files."),
    ],
    rulebooks: Annotated[
        Path | None,
        typer.Option(
            "--rulebooks",
            metavar="FOLDER",
            exists=True,
            file_okay=False,
            help="A folder with rulebooks or layers of your own; the shipped ones are found anyway.",
        ),
    ] = None,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Run worked examples. Ends with 1 where a case came out otherwise, with 2 where a file is wrong."""
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with temporary_databases() as databases, Progress(*columns, console=beside(), transient=True) as bar:
        task = bar.add_task("", total=None)
        report = run(
            paths,
            Shelf(rulebooks),
            databases,
            lambda done, of, where: bar.update(task, completed=done, total=of, description=_escaped(where)),
        )
    if as_json:
        answer_json(_document(report, language))
    else:
        _show(report, language)
    if report.problems:
        raise typer.Exit(CANNOT_BE_READ)
    if report.failed:
        raise typer.Exit(FAILED)


def _show(report: Report, language: Language) -> None:
    console = terminal()
    for problem in report.problems:
        console.print(problem.sentence(language.value), markup=False, style="red")
    if report.problems:
        console.print()
    for result in report.failed:
        _difference(console, result, language)
    vi = (
        f"{len(report.results)} trường hợp trong {report.files} tệp: "
        f"{len(report.results) - len(report.failed)} đúng, {len(report.failed)} khác với mong đợi"
    )
    en = (
        f"{len(report.results)} cases in {report.files} files: "
        f"{len(report.results) - len(report.failed)} as expected, {len(report.failed)} otherwise"
    )
    if report.problems:
        vi += f", {len(report.problems)} chỗ không đọc được"
        en += f", {len(report.problems)} places that cannot be read"
    console.print(both(language, vi, en) + ".", markup=False)


def _difference(console: Console, result: Result, language: Language) -> None:
    """One case: where it stands, what was expected and what came, and the sentences that say why."""
    console.print(f"✗ {result.place}", markup=False, style="bold")
    if result.because:
        console.print(f"  {result.because}", markup=False)
    for wrong in result.wrong:
        console.print(f"  {wrong.what}", markup=False)
        console.print(
            f"    - {both(language, 'mong đợi', 'expected')}: {wrong.expected}", markup=False, style="green"
        )
        console.print(f"    + {both(language, 'thực tế', 'got')}: {wrong.got}", markup=False, style="red")
        for sentence in wrong.because:
            console.print(f"      {sentence.in_language(language.value)}", markup=False)
    if result.steps_left:
        vi = f"  Còn {result.steps_left} bước phía sau chưa thực hiện."
        en = f"  Steps not lived after this one: {result.steps_left}."
        console.print(both(language, vi, en), markup=False)
    console.print()


def _document(report: Report, language: Language) -> dict[str, object]:
    return {
        "files": report.files,
        "cases": len(report.results),
        "failed": [
            {
                "place": str(result.place),
                "because": result.because,
                "differences": [
                    {
                        "what": wrong.what,
                        "expected": wrong.expected,
                        "got": wrong.got,
                        "why": [sentence.in_language(language.value) for sentence in wrong.because],
                    }
                    for wrong in result.wrong
                ],
            }
            for result in report.failed
        ],
        "problems": [problem.sentence(language.value) for problem in report.problems],
    }


def _escaped(text: str) -> str:
    return text.replace("[", r"\[")
