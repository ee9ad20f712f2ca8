"""Each sheet of an upload with its letters and row numbers: wrong rows in place, good ones folded."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from api.pages.format import number
from api.pages.views_import import SheetCell, SheetPreview, SheetRow
from api.pages.visits import Visit
from handlers.roster.lines import Line, WrongLines
from handlers.roster.parsed import ParsedRoster
from handlers.roster.problems import CellProblem, Language


def sheet_previews(visit: Visit, parsed: ParsedRoster, shown_max: int) -> tuple[SheetPreview, ...]:
    """One preview a sheet with wrong rows, at most `shown_max` of them in each."""
    wrong: dict[tuple[str, int], list[CellProblem]] = {}
    for one in (*parsed.problems, *parsed.dropped):
        wrong.setdefault((one.sheet, one.row), []).append(one)
    return tuple(_preview(visit, lines, wrong, shown_max) for lines in parsed.wrong_lines)


def anchor(sheet: str, cell: str) -> str:
    """Where a wrong cell of the list stands in its preview."""
    return f"cell-{sheet.replace(' ', '-')}-{cell}"


def _preview(
    visit: Visit, lines: WrongLines, wrong: dict[tuple[str, int], list[CellProblem]], shown_max: int
) -> SheetPreview:
    _, ngettext = visit.words.gettext, visit.words.ngettext
    shown = lines.lines[:shown_max]
    width = max((len(line.cells) for line in (*shown, *((lines.head,) if lines.head else ()))), default=0)
    wrong_numbers = {number for sheet, number in wrong if sheet == lines.sheet}
    good = [number for number in lines.entries if number not in wrong_numbers]
    rows: list[SheetRow] = []
    if lines.head is not None:
        rows.append(_row(visit, lines.sheet, lines.head, [], width))
    before = 0
    for line in shown:
        rows.extend(_fold(visit, [one for one in good if before < one < line.number]))
        rows.append(_row(visit, lines.sheet, line, wrong.get((lines.sheet, line.number), []), width))
        before = line.number
    left = [one for one in sorted(wrong_numbers) if one > before]
    if left:
        text = ngettext("Còn %(num)s dòng sai: %(rows)s", "Còn %(num)s dòng sai: %(rows)s", len(left))
        rows.append(
            SheetRow(
                folded=text
                % {
                    "num": number(len(left), visit.language),
                    "rows": ", ".join(str(one) for one in left[:20]) + ("…" if len(left) > 20 else ""),
                }
            )
        )
    else:
        rows.extend(_fold(visit, [one for one in good if one > before]))
    letters = tuple(get_column_letter(place) for place in range(1, width + 1))
    return SheetPreview(name=lines.sheet, letters=letters, rows=tuple(rows))


def _row(visit: Visit, sheet: str, line: Line, wrong: Sequence[CellProblem], width: int) -> SheetRow:
    language: Language = "en" if visit.language == "en" else "vi"
    found = {one.cell: one for one in wrong}
    cells = []
    for place in range(1, width + 1):
        address = f"{get_column_letter(place)}{line.number}"
        problem = found.get(address)
        cells.append(
            SheetCell(
                text=line.cells[place - 1] if place <= len(line.cells) else "",
                problem=problem.what(language) if problem else "",
                anchor=anchor(sheet, address) if problem else "",
            )
        )
    return SheetRow(number=line.number, cells=tuple(cells))


def _fold(visit: Visit, good: Sequence[int]) -> list[SheetRow]:
    if not good:
        return []
    ngettext = visit.words.ngettext
    text = ngettext("%(num)s dòng đúng, dòng %(rows)s", "%(num)s dòng đúng, dòng %(rows)s", len(good))
    rows = str(good[0]) if len(good) == 1 else f"{good[0]}–{good[-1]}"
    return [SheetRow(folded=text % {"num": number(len(good), visit.language), "rows": rows})]
