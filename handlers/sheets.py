"""The one way a workbook is begun: what looks like a formula or an address in it stays text."""

from __future__ import annotations

from datetime import date
from typing import IO

import xlsxwriter

from handlers.names import without_marks


def file_name(beginning: str, campaign: str, on: date) -> str:
    """The name of a campaign's workbook: letters without marks, so that every system can keep it."""
    letters = without_marks(campaign)
    return (
        f"{beginning}-{''.join(c if c.isascii() and c.isalnum() else '-' for c in letters)}-{on:%Y%m%d}.xlsx"
    )


def new_book(target: IO[bytes] | str) -> xlsxwriter.Workbook:
    """An empty workbook written to a stream, or to a file of this name, when it is closed.

    A name such as `=cmd|' /C calc'!A0` would else be worked out by whoever opens the file.
    """
    return xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
