"""The command that shows row by row what carries out a regulation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from api.covering import covered, shipped
from api.terminal.output import (
    JsonOption,
    Language,
    LanguageOption,
    Refused,
    answer_json,
    beside,
    both,
    terminal,
)
from workflow.rules.coverage import FORCES, WAYS, Carrier, Coverage, Covered
from workflow.rules.refusals import RulebookRefused


def coverage_(
    regime: Annotated[
        str | None, typer.Argument(metavar="[REGIME]", help="Only this regime; without it, all of them.")
    ] = None,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Show row by row what carries out a regulation; end with 1 where a row is not covered."""
    there = shipped()
    if regime is not None and regime not in there:
        names = ", ".join(there)
        raise Refused(
            f"Không có sổ đăng ký của “{regime}”. Hiện có: {names}.",
            f"There is no register of “{regime}”. There are: {names}.",
        )
    found, refused = [], False
    for name in there:
        if regime in (None, name):
            try:
                found.append(covered(name))
            except RulebookRefused as error:
                if regime is not None:
                    raise
                refused = True
                beside().print(_refused(name, error, language), markup=False, soft_wrap=True)
    if as_json:
        answer_json([document(one) for one in found])
    else:
        for one in found:
            for line in _lines(one, language):
                terminal().print(line, markup=False)
        for line in _totals(found, language):
            terminal().print(line, markup=False)
    if refused or not all(one.is_whole for one in found):
        raise typer.Exit(1)


def document(found: Coverage) -> dict[str, object]:
    """The coverage of one regime as JSON holds it."""
    return {
        "regime": found.regime,
        "rows": len(found.rows),
        "covered": found.covered,
        "uncovered": [row.id for row in found.uncovered],
        "unknown": [{"row": row, "named_by": name} for row, name in found.unknown],
        "problems": list(found.problems),
        "contents": [
            {
                "row": one.row.id,
                "clause": one.row.clause,
                "vi": one.row.says.vi,
                "en": one.row.says.en,
                "carried_by": [
                    {
                        "way": carrier.way,
                        "name": carrier.name,
                        "force": carrier.force or None,
                        "where": {"vi": carrier.where.vi, "en": carrier.where.en},
                    }
                    for carrier in one.carriers
                ],
            }
            for one in found.rows
        ],
    }


def _refused(name: str, error: RulebookRefused, language: Language) -> str:
    problems = len(error.problems)
    return both(
        language,
        f"{name}: không nạp được bộ quy định, {problems} chỗ sai. Xem: kiemdiem rulebook coverage {name}",
        f"{name}: the rulebook does not load, {problems} problems. See: kiemdiem rulebook coverage {name}",
    )


def _lines(found: Coverage, language: Language) -> Iterator[str]:
    yield ""
    yield found.regime
    for one in found.rows:
        yield from _row(one, language)


def _row(one: Covered, language: Language) -> Iterator[str]:
    yield f"{one.row.id} ({one.row.clause}): {one.row.says.in_language(language.value)}"
    if not one.carriers:
        yield f"    {both(language, 'CHƯA CÓ GÌ THỰC HIỆN', 'NOT COVERED')}"
    for carrier in one.carriers:
        yield f"    {_carrier(carrier, language)}"


def _carrier(carrier: Carrier, language: Language) -> str:
    way = WAYS[carrier.way].in_language(language.value)
    name = f" {carrier.name}" if carrier.name else ""
    force = f" ({FORCES[carrier.force].in_language(language.value)})" if carrier.force else ""
    return f"{way}{name}{force}: {carrier.where.in_language(language.value)}"


def _totals(found: list[Coverage], language: Language) -> Iterator[str]:
    yield ""
    for one in found:
        yield _total(one.regime, one.covered, len(one.rows), language)
        if one.uncovered:
            rows = ", ".join(row.id for row in one.uncovered)
            yield f"    {both(language, 'chưa có gì thực hiện', 'not covered')}: {rows}"
        for row_id, name in one.unknown:
            yield "    " + both(
                language,
                f"{name} nêu {row_id}, không có trong sổ",
                f"{name} names {row_id}, which is in no register",
            )
        yield from (f"    {problem}" for problem in one.problems)
    if len(found) > 1:
        everything = both(language, "tất cả", "all")
        total = sum(len(one.rows) for one in found)
        yield _total(everything, sum(one.covered for one in found), total, language)


def _total(name: str, covered_rows: int, rows: int, language: Language) -> str:
    return f"{name}: " + both(
        language, f"{covered_rows} trên {rows} dòng có nơi thực hiện", f"{covered_rows} of {rows} rows"
    )
