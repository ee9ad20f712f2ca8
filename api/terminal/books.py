"""The commands about what is written down: printed pages of docs/, rulebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from api.printed.pages import out_of_date, write
from api.terminal.composing import FolderOption, check_folder, conditions, facts, print_composed
from api.terminal.output import JsonOption, Language, LanguageOption, Refused, answer_json, both, terminal
from handlers.telling.owed import ladder_words
from workflow.rules.books import Books
from workflow.rules.refusals import RulebookRefused
from workflow.rules.reminding import Reminding
from workflow.rules.rule import Rule
from workflow.rules.rulebook import Rulebook

DOCS = Path(__file__).parents[2] / "docs"

rulebook = typer.Typer(
    no_args_is_help=True, help="Rulebooks: which regulations are shipped, and what they say."
)


def docs(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; end with 1 where a page is old.")
    ] = False,
    folder: Annotated[Path, typer.Option("--folder", file_okay=False, help="Where the pages lie.")] = DOCS,
    language: LanguageOption = Language.VI,
) -> None:
    """Print docs/lifecycle.md, docs/events.md, docs/rules.md and docs/rules/ from the code."""
    if check:
        old = ", ".join(f"docs/{path.relative_to(folder)}" for path in out_of_date(folder))
        if old:
            raise Refused(
                f"Chưa khớp với mã nguồn: {old}. Chạy: kiemdiem docs",
                f"Out of date: {old}. Run: kiemdiem docs",
            )
        return
    for path in write(folder):
        terminal().print(both(language, f"Đã ghi {path.name}", f"Wrote {path.name}"), markup=False)


@rulebook.command("list", epilog="Example: kiemdiem rulebook list")
def list_(
    folder: FolderOption = None, language: LanguageOption = Language.VI, as_json: JsonOption = False
) -> None:
    """List the rulebooks there are, with the hash a campaign would pin."""
    shelf = Books(folder)
    books = [_load(shelf, name) for name in shelf.names()]
    if as_json:
        answer_json([_document(book) for book in books])
        return
    table = Table()
    for title in both(
        language, "Mã|Tên|Hiệu lực từ|Quy tắc|Mã băm", "Id|Title|In force from|Rules|Hash"
    ).split("|"):
        table.add_column(title)
    for book in books:
        title = book.title.in_language(language.value)
        table.add_row(book.id, title, f"{book.in_force:%d/%m/%Y}", str(len(book.rules)), book.hash[:12])
    terminal().print(table)


@rulebook.command("show", epilog="Example: kiemdiem rulebook show duk_2016 --rule duk.notice_to_participants")
def show(
    book_id: Annotated[str, typer.Argument(metavar="RULEBOOK", help="The rulebook's id.")] = "duk_2016",
    rule: Annotated[str | None, typer.Option("--rule", metavar="ID", help="Only this rule.")] = None,
    composed: Annotated[
        bool, typer.Option("--composed", help="Each value, the layer that set it and its document.")
    ] = False,
    folder: FolderOption = None,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Show every rule of a rulebook, one line each: what it says and its clause."""
    books = Books(folder)
    if not books.has(book_id):
        raise Refused(
            f"Không có bộ quy định “{book_id}”. Xem danh sách: kiemdiem rulebook list",
            f"There is no rulebook “{book_id}”. See: kiemdiem rulebook list",
        )
    if composed:
        print_composed(book_id, books, language, as_json)
        return
    book = _load(books, book_id)
    chosen = [one for one in book.rules if rule in (None, one.id)]
    if not chosen:
        raise Refused(f"{book_id} không có quy tắc “{rule}”.", f"{book_id} has no rule “{rule}”.")
    if as_json:
        ladder = {name: getattr(book.reminding, name) for name in Reminding.__dataclass_fields__}
        rules = [_rule_document(one) for one in chosen]
        answer_json(_document(book) | {"rules": rules, "reminding": ladder})
        return
    for one in chosen:
        terminal().print(f"{one.id}: {one.says.in_language(language.value)} ({one.cite})", markup=False)
    if rule is None:
        lead = both(language, "Nhắc việc", "Reminders")
        terminal().print(f"{lead}: {ladder_words(book.reminding, language.value)}", markup=False)


rulebook.command("conditions", epilog="Example: kiemdiem rulebook conditions points")(conditions)
rulebook.command("facts", epilog="Example: kiemdiem rulebook facts tasks.")(facts)
rulebook.command("check", epilog="Example: kiemdiem rulebook check ~/layers/dang_uy_cong_ty")(check_folder)


def _load(books: Books, name: str) -> Rulebook:
    try:
        return books.load(name)
    except RulebookRefused as refused:
        raise Refused(*2 * ("\n".join(map(str, refused.problems)),)) from refused


def _document(book: Rulebook) -> dict[str, object]:
    return {
        "id": book.id,
        "title": {"vi": book.title.vi, "en": book.title.en},
        "in_force": book.in_force.isoformat(),
        "rules": len(book.rules),
        "hash": book.hash,
    }


def _rule_document(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "cite": rule.cite,
        "rows": list(rule.rows),
        "vi": rule.says.vi,
        "en": rule.says.en,
        "force": rule.force.value,
        "role": rule.role.value,
        "condition": rule.condition,
        "reading": rule.reading,
    }
