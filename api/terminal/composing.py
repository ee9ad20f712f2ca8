"""The commands about layers: how a rulebook is composed, what is wrong with one's own, what it may name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from api.composed import document, lines
from api.terminal.output import JsonOption, Language, LanguageOption, Refused, answer_json, both, terminal
from workflow.rules.books import Books
from workflow.rules.composition import composition
from workflow.rules.conditions.registry import REGISTRY, Parameter, Registered, Tighter
from workflow.rules.loading import HEADER, load_rulebook
from workflow.rules.refusals import RulebookRefused
from workflow.rules.vocabulary import VOCABULARY, FactType

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


def conditions(
    word: Annotated[str, typer.Argument(metavar="WORD", help="Only those whose name has this word.")] = "",
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """List the conditions a rule may name, with their parameters and which way a layer may tighten each."""
    found = [known for name, known in sorted(REGISTRY.items()) if word in name]
    if as_json:
        answer_json([_condition(known) for known in found])
        return
    for known in found:
        terminal().print(f"{known.reference}: {_first_line(known)}", markup=False)
        for one in known.parameters.values():
            needed = "*" if one.required else ""
            tighter = both(language, "chặt hơn", "tighter")
            order = "" if one.tighter is Tighter.NONE else f", {tighter}: {one.tighter}"
            terminal().print(f"  {one.name}{needed}: {_type_of(one)}{order}", markup=False)


def facts(
    word: Annotated[str, typer.Argument(metavar="WORD", help="Only those whose name has this word.")] = "",
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """List the facts a rule may read: name, type, choices, what it is, who gives it."""
    found = {name: kind for name, kind in sorted(VOCABULARY.items()) if word in name}
    if as_json:
        answer_json([_fact(name, kind) for name, kind in found.items()])
        return
    for name, kind in found.items():
        choices = f" ({', '.join(kind.choices)})" if kind.choices else ""
        by_hand = both(language, ", người nhập", ", entered by a person") if kind.recordable else ""
        what = both(language, kind.vi, kind.en)
        terminal().print(f"{name}: {kind.type.__name__}{choices} – {what}{by_hand}", markup=False)


def _fact(name: str, kind: FactType) -> dict[str, object]:
    shown: dict[str, object] = {"name": name, "type": kind.type.__name__, "choices": list(kind.choices)}
    return shown | {"vi": kind.vi, "en": kind.en, "by_hand": kind.recordable, "declared": kind.declared}


def _condition(known: Registered) -> dict[str, object]:
    return {
        "condition": known.reference,
        "says": _first_line(known),
        "parameters": [
            {"name": one.name, "type": _type_of(one), "required": one.required, "tighter": one.tighter.value}
            for one in known.parameters.values()
        ],
    }


def _first_line(known: Registered) -> str:
    return (known.function.__doc__ or "").strip().splitlines()[0]


def _type_of(one: Parameter) -> str:
    shown = getattr(one.type, "__name__", str(one.type))
    return f"{shown}, a fact" if one.fact is not None else shown
