"""The one way a workbook is begun: what looks like a formula or an address in it stays text."""

from __future__ import annotations

from typing import IO

import xlsxwriter


def new_book(target: IO[bytes] | str) -> xlsxwriter.Workbook:
    """An empty workbook written to a stream, or to a file of this name, when it is closed.

    A name such as `=cmd|' /C calc'!A0` would else be worked out by whoever opens the file.
    """
    return xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
