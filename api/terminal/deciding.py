"""The command that shows what a decision would come to: rows, quota lists, room, candidates."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from api.resources.what_if import levels_of, shown
from api.terminal.output import (
    DEFAULT_DATABASE,
    ActorOption,
    DatabaseOption,
    JsonOption,
    Language,
    LanguageOption,
    answer_json,
    both,
    opened,
    terminal,
)
from handlers.what_if import ListSeen, WhatIf, what_if
from states import levels as scale
from states.roles import Role
from workflow.bodies import Submission
from workflow.commands.asking import Actor
from workflow.errors import NotFound
from workflow.folding import fold_stored
from workflow.log import Log


def what_if_(
    submission: Annotated[str, typer.Argument(help="The report that would be decided.")],
    level: Annotated[
        list[str] | None,
        typer.Option(
            "--level", metavar="REVIEW=LEVEL", help="Another level than advised; may be given again."
        ),
    ] = None,
    by: Annotated[
        str, typer.Option("--by", help="Who would decide: committee, btv, chairman.")
    ] = "committee",
    actor: ActorOption = "committee",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Show what deciding a report would come to, before it is decided; nothing is written."""
    with opened(database) as service:
        stream = f"submission/{submission}"
        with service.database.read() as connection:
            stored = Log(connection).read([stream])[stream]
        bundle = fold_stored(stream, stored)
        if not isinstance(bundle, Submission) or not bundle.version:
            raise NotFound("submission", submission)
        decider = Actor(id=actor, role=Role.SUPERIOR_COMMITTEE, body=bundle.to)
        found = what_if(service.engine, submission, levels_of(level or []), actor=decider, by=by)
    if as_json:
        answer_json(shown(found).model_dump())
        return
    _tell(found, language)


def _tell(found: WhatIf, language: Language) -> None:
    say = terminal()
    say.print(_rows(found, language))
    for one in found.lists:
        _list(one, language)
    if not found.lists:
        say.print(both(language, "Không có tỷ lệ nào phải tính.", "No quota is counted here."))


def _rows(found: WhatIf, language: Language) -> Table:
    table = Table(
        both(language, "Kỳ", "Review"),
        both(language, "Mức", "Level"),
        both(language, "Sẽ được", "Would be taken"),
        both(language, "Vì sao không", "Why not"),
        both(language, "Khuyết điểm, mức trần", "Faults, caps"),
    )
    for row in found.rows:
        reason = row.reason_en if language is Language.EN else row.reason_vi
        taken = both(language, "có", "yes") if row.taken else both(language, "không", "no")
        names = scale.NAMES.get(row.level, (row.level, row.level))
        told = [both(language, one.says_vi, one.says_en) for one in row.told]
        table.add_row(row.review, both(language, *names), taken, reason, "\n".join(told))
    return table


def _list(one: ListSeen, language: Language) -> None:
    say, english = terminal(), language is Language.EN
    head = one.label_en if english else one.label_vi
    counts = both(
        language,
        f"{one.top} ở mức cao nhất, {one.good} ở mức tốt, {one.rated} được xếp loại",
        f"{one.top} at the top, {one.good} good, {one.rated} rated",
    )
    say.print(f"\n{head}: {counts}", markup=False)
    for line in one.lines:
        say.print(f"  {line.says_en if english else line.says_vi}", markup=False)
    room = one.room_in(language.value)
    if room:
        say.print(f"  {room}", markup=False)
    for place, candidate in enumerate(one.candidates, start=1):
        votes = "" if candidate.in_favour is None else f"  {candidate.in_favour}/{candidate.entitled}"
        say.print(f"  {place}. {candidate.review}{votes}", markup=False)
    if one.tie_at_the_edge:
        say.print(
            both(
                language,
                "  Bằng phiếu ở vị trí cuối cùng: cần bỏ phiếu lại (cách hiểu C-22).",
                "  A tie at the last place: a new ballot is needed (reading C-22).",
            ),
            markup=False,
        )
