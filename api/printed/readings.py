"""Prints docs/rules/readings.md: every question a clause leaves open, how it is taken, and why."""

from __future__ import annotations

from api.printed.rules import books
from workflow.rules.register import Question, questions, rows_about
from workflow.rules.rulebook import Rulebook

LEAD = (
    "Where a clause can be read in more than one way one reading is taken. Each has a number, printed beside "
    "the clause wherever a result rests on it. Printed from `workflow/registers/` by `kiemdiem docs`."
)


def readings() -> str:
    """All questions by number, with the rows they are about and the rulebooks that take them."""
    loaded = [Rulebook.load(name) for name in books()]
    parts = [
        "# Readings",
        "",
        LEAD,
    ]
    for one in questions().values():
        taken_by = [book.id for book in loaded if one.id in book.settings]
        parts += ["", *_question(one, taken_by)]
    return "\n".join(parts) + "\n"


def _question(one: Question, taken_by: list[str]) -> list[str]:
    rows = [row.id for row in rows_about(one.id)]
    return [
        f"## {one.id}",
        "",
        one.question.vi,
        "",
        f"*{one.question.en}*",
        "",
        "| | |",
        "|---|---|",
        f"| reading | {one.taken.vi} *{one.taken.en}* |",
        f"| why | {one.why.vi} *{one.why.en}* |",
        f"| rows | {', '.join(rows) or ', '.join(one.regimes)} |",
        f"| taken by | {', '.join(f'[{name}]({name}.md)' for name in taken_by) or 'no rule rests on it'} |",
    ]
