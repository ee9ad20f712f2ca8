"""The commands about layers: how a rulebook is composed, and what is wrong with a folder of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from api.composed import document, lines
from api.terminal.output import JsonOption, Language, LanguageOption, Refused, answer_json, both, terminal
from workflow.rules.books import Books
from workflow.rules.composition import composition
from workflow.rules.loading import HEADER, load_rulebook
from workflow.rules.refusals import RulebookRefused

WRONG = 1
"""How `check` ends where a folder has problems."""

FolderOption = Annotated[
    Path | None,
    typer.Option(
        "--rulebook-folder",
        metavar="FOLDER",
        exists=True,
        file_okay=False,
        envvar="KIEMDIEM_RULEBOOK_SHELF",
        help="Where layers of your own lie, a folder each; the shipped ones are found anyway.",
    ),
]


def print_composed(book_id: str, books: Books, language: Language, as_json: bool) -> None:
    """Each value, the layer that set it and its document; then the exceptions and what is still to be set."""
    try:
        found = composition(book_id, shelf=books.shelf_of(book_id))
    except RulebookRefused as refused:
        raise Refused(*2 * ("\n".join(map(str, refused.problems)),)) from refused
    if as_json:
        answer_json(document(found, language.value))
        return
    for line in _told(lines(found, language.value), language):
        terminal().print(line, markup=False)


def _told(parts: tuple[tuple[str, tuple[str, ...]], ...], language: Language) -> Iterator[str]:
    for title, told in parts:
        yield title
        yield from (f"  {line}" for line in told or (both(language, "không có", "none"),))


def check_folder(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder of one rulebook or layer, wherever it lies.")
    ],
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Check the folder of a layer: problems by file, rule and key; ends with 1 where there are any."""
    place = folder.resolve()
    if not (place / HEADER).is_file():
        raise Refused(f"{folder} không có tệp {HEADER}.", f"{folder} has no {HEADER}.")
    try:
        book = load_rulebook(place.name, shelf=place.parent)
    except RulebookRefused as refused:
        found = refused.problems
        if as_json:
            told = [{"file": one.file, "rule": one.rule, "key": one.key, "what": one.what} for one in found]
            answer_json({"problems": told})
        else:
            for one in found:
                terminal().print(str(one), markup=False)
            count = len(found)
            ended = both(language, f"{count} chỗ cần sửa.", f"{count} to be corrected.")
            terminal().print(ended, markup=False)
        raise typer.Exit(WRONG) from None
    unset = [one.says.in_language(language.value) for one in book.unset]
    if as_json:
        answer_json({"problems": [], "rules": len(book.rules), "unset": unset})
        return
    rules = len(book.rules)
    terminal().print(both(language, f"Hợp lệ: {rules} quy tắc.", f"Right: {rules} rules."), markup=False)
    for line in unset:
        terminal().print(both(language, f"Còn phải đặt: {line}", f"Still to be set: {line}"), markup=False)
