"""Many commands of one form: each is sent by itself, so that one that is refused leaves the others done."""

from __future__ import annotations

from collections.abc import Iterable

from api.asking import handled
from api.pages.findings_told import refusal_view, with_names
from api.pages.views_cell import TickedRow
from api.pages.visits import Visit
from handlers.names import Names
from workflow.commands.asking import Request, ReviewCommand
from workflow.contention import Contention
from workflow.errors import Refusal


def one_by_one(
    visit: Visit, names: Names, commands: Iterable[tuple[str, ReviewCommand]]
) -> tuple[TickedRow, ...]:
    """What came of each command, sent under its idempotency key: sent twice, none is done twice."""
    return tuple(_sent(visit, names, key, command) for key, command in commands)


def _sent(visit: Visit, names: Names, key: str, command: ReviewCommand) -> TickedRow:
    _ = visit.words.gettext
    name, href = visit.voice(names, None).subject(command.review), f"/r/{command.review}"
    request = Request(command=command, actor=visit.known, key=key, language=visit.language)
    try:
        answer = handled(visit.service, request)
    except (Refusal, Contention) as error:
        told = refusal_view(error, visit.language, visit.words, names)
        reasons = " ".join(line.sentence for line in told.findings) or told.why
        return TickedRow(name=name, href=href, done=False, text=reasons)
    warned = answer.warnings_en if visit.language == "en" else answer.warnings_vi
    warnings = tuple(with_names(text, names, visit.language) for text in warned)
    return TickedRow(name=name, href=href, done=True, text=_("Đã ghi."), warnings=warnings)
