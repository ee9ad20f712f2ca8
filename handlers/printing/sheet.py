"""A paper as a workbook: one sheet ready for an A4 printer, every word a word and never a formula."""

from __future__ import annotations

import io
from typing import Any, Final

from handlers.printing.papers import Column, Paper, Table
from handlers.sheets import new_book

A4: Final = 9
PORTRAIT_WIDTH: Final = 96
"""Characters that fit beside each other on an upright A4; a wider paper lies on its side."""
LINE: Final = 15.5
"""Points a line of text takes."""
TALLEST: Final = 409
"""Points a row may be high in a workbook."""

Formats = dict[str, Any]


def workbook(paper: Paper, sheet_name: str, words: dict[str, str]) -> bytes:
    """The workbook as bytes, every copy of the paper below the one before on pages of its own.

    `sheet_name` at most 31 characters; `words` has "page", printed as "<page> 1/3" at the foot.
    """
    content = io.BytesIO()
    book = new_book(content)
    sheet = book.add_worksheet(sheet_name[:31])
    writer = _Writer(sheet, _formats(book), _widths(paper))
    breaks = []
    for copy in range(1, paper.copies + 1):
        writer.paper(paper)
        if copy < paper.copies:
            writer.row += 2 if copy % paper.per_sheet else 0
            if copy % paper.per_sheet == 0:
                breaks.append(writer.row)
    sheet.set_h_pagebreaks(breaks)
    _for_paper(sheet, writer, paper, words)
    book.close()
    return content.getvalue()


def _for_paper(sheet: Any, writer: _Writer, paper: Paper, words: dict[str, str]) -> None:
    sheet.set_paper(A4)
    if sum(writer.widths) > PORTRAIT_WIDTH:
        sheet.set_landscape()
    sheet.set_margins(left=0.75, right=0.55, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, max(writer.row - 1, 0), len(writer.widths) - 1)
    if len(paper.tables) == 1 and paper.copies == 1:
        sheet.repeat_rows(writer.header)
    # "&" begins a command in a footer
    sheet.set_footer(f"&L&7{paper.mark.short.replace('&', '&&')}&R&9{words['page']} &P/&N")
    sheet.hide_gridlines(2)


def _formats(book: Any) -> Formats:
    base = {"font_name": "Times New Roman", "font_size": 13, "text_wrap": True, "valign": "vcenter"}
    middle = {**base, "align": "center"}
    boxed = {**base, "font_size": 12, "border": 1}
    return {
        "line": book.add_format({**base, "valign": "top"}),
        "middle": book.add_format(middle),
        "strong": book.add_format({**middle, "bold": True}),
        "ruled": book.add_format({**middle, "bold": True, "bottom": 1}),
        "lean": book.add_format({**middle, "italic": True}),
        "title": book.add_format({**middle, "bold": True, "font_size": 15}),
        "caption": book.add_format({**base, "bold": True}),
        "head": book.add_format({**boxed, "bold": True, "align": "center"}),
        "left": book.add_format(boxed),
        "center": book.add_format({**boxed, "align": "center"}),
        "right": book.add_format({**boxed, "align": "right"}),
        "small": book.add_format({**base, "font_size": 8}),
    }


def _widths(paper: Paper) -> list[int]:
    """As wide as the widest column in each place; four columns at least, for the head and the signatures."""
    count = max([4, *(len(table.columns) for table in paper.tables)])
    widths = [0] * count
    for table in paper.tables:
        for place, column in enumerate(table.columns):
            widths[place] = max(widths[place], column.width)
    return [width or PORTRAIT_WIDTH // count for width in widths]


class _Writer:
    """Writes down a sheet row by row; `row` is the next free one, `header` the heading of the last table."""

    def __init__(self, sheet: Any, formats: Formats, widths: list[int]) -> None:
        self.sheet, self.formats, self.widths = sheet, formats, widths
        self.row = self.header = 0
        self._heights: dict[int, float] = {}
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)

    def paper(self, paper: Paper) -> None:
        self._head(paper)
        self._line(paper.title, "title")
        if paper.subtitle:
            self._line(paper.subtitle, "strong")
        self.row += 1
        for text in paper.opening:
            self._line(text)
        for table in paper.tables:
            self._table(table)
        if paper.closing:
            self.row += 1
        for text in paper.closing:
            self._line(text)
        self._signatures(paper)
        for text in paper.receivers:
            self._line(text, "small")
        self._line(paper.mark.full, "small")

    def _head(self, paper: Paper) -> None:
        left = [*paper.head.left, *([paper.head.number] if paper.head.number else [])]
        right = [*paper.head.right, *([paper.head.place] if paper.head.place else [])]
        middle = self._middle()
        for place in range(max(len(left), len(right))):
            if place < len(left):
                strong = place == len(paper.head.left) - 1
                self._across(0, middle - 1, left[place], "strong" if strong else "middle")
            if place < len(right):
                style = "ruled" if place == len(paper.head.right) - 1 else "strong"
                self._across(
                    middle,
                    len(self.widths) - 1,
                    right[place],
                    style if place < len(paper.head.right) else "lean",
                )
            self.row += 1
        self.row += 1

    def _middle(self) -> int:
        """The column with which the right half begins."""
        half, wide = sum(self.widths) / 2, 0
        for place, width in enumerate(self.widths):
            wide += width
            if wide >= half:
                return min(max(place if wide > half and place else place + 1, 1), len(self.widths) - 1)
        return 1

    def _line(self, text: str, style: str = "line") -> None:
        self._across(0, len(self.widths) - 1, text, style)
        self.row += 1

    def _across(self, first: int, last: int, text: str, style: str) -> None:
        form = self.formats[style]
        if last > first:
            self.sheet.merge_range(self.row, first, self.row, last, "", form)
        self.sheet.write_string(self.row, first, text, form)
        self._taller(text, sum(self.widths[first : last + 1]))

    def _taller(self, text: str, width: int) -> None:
        """Room for every line of a cell: what is merged does not grow by itself."""
        lines = sum(max(-(-len(part) * 11 // (width * 10)), 1) for part in text.split("\n"))
        height = min(max(self._heights.get(self.row, 0.0), lines * LINE + 3), TALLEST)
        self._heights[self.row] = height
        self.sheet.set_row(self.row, height)

    def _table(self, table: Table) -> None:
        self.row += 1
        if table.caption:
            self._line(table.caption, "caption")
        for text in table.notes:
            self._line(text)
        self.header = self.row
        for place, column in enumerate(table.columns):
            self.sheet.write_string(self.row, place, column.title, self.formats["head"])
            self._taller(column.title, column.width)
        self.row += 1
        for row in table.rows:
            for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                self._cell(place, column, value)
            self.row += 1

    def _cell(self, place: int, column: Column, value: str | int | None) -> None:
        form = self.formats[column.align]
        if value is None:
            self.sheet.write_blank(self.row, place, None, form)
        elif isinstance(value, int):
            self.sheet.write_number(self.row, place, value, form)
        else:
            self.sheet.write_string(self.row, place, value, form)
        self._taller("" if value is None else str(value), column.width)

    def _signatures(self, paper: Paper) -> None:
        if not paper.signatures:
            return
        self.row += 1
        places = self._thirds(len(paper.signatures))
        tall = max(len(one.lines) for one in paper.signatures)
        for line in range(tall):
            for (first, last), one in zip(places, paper.signatures, strict=True):
                if line < len(one.lines):
                    self._across(first, last, one.lines[line], "strong")
            self.row += 1
        self.row += 4
        for (first, last), one in zip(places, paper.signatures, strict=True):
            self._across(first, last, one.name, "strong")
        self.row += 2

    def _thirds(self, count: int) -> list[tuple[int, int]]:
        """As many ranges of columns as there are signatures, of about the same width."""
        bounds = [round(len(self.widths) * place / count) for place in range(count + 1)]
        return [(bounds[place], bounds[place + 1] - 1) for place in range(count)]
