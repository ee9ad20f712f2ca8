"""A text as the square of dark and light modules a phone reads with its camera (QR code, ISO/IEC 18004)."""

from __future__ import annotations

from itertools import groupby
from typing import Final

import segno

from api.pages.views_sign_in import QrPicture

QUIET_MODULES: Final = 4
"""The light margin the standard asks for on every side; without it many phones do not find the square."""


def qr_picture(text: str) -> QrPicture:
    """The square for a text, drawn as one path: a stroke for each run of dark modules of a row."""
    code = segno.make_qr(text, error="m")
    strokes: list[str] = []
    for y, row in enumerate(code.matrix_iter(border=QUIET_MODULES)):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                strokes.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return QrPicture(modules=len(code.matrix) + 2 * QUIET_MODULES, path="".join(strokes))
