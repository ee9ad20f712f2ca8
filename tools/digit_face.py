"""Derives the ten-digit face of equal width that tables use, from Be Vietnam Pro.

Be Vietnam Pro has no tabular figures (its 1 is half as wide as its 4), so columns of numbers do not line up.
The Open Font License allows a derived face under another name. Each digit keeps its drawing; it is centred in
one common advance width, wide enough for the widest digit plus a margin on both sides.

    python tools/digit_face.py SOURCE.woff2 TARGET.woff2

Needs fonttools and brotli, which the service itself does not.
"""

import sys
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen  # type: ignore[import-not-found]
from fontTools.subset import Options, Subsetter  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]

DIGITS = range(ord("0"), ord("9") + 1)
SIDE_MARGIN_UNITS = 28
FAMILY = "Kiemdiem Digits"


def derive(source: Path, target: Path) -> int:
    """Writes the derived face and returns its common advance width in font units."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=list(DIGITS))
    subsetter.subset(font)
    advance = _equalise(font)
    _rename(font)
    font.flavor = "woff2"
    font.save(target)
    return advance


def _equalise(font: TTFont) -> int:
    glyphs, outlines, metrics = font.getGlyphSet(), font["glyf"], font["hmtx"]
    bounds: dict[str, tuple[float, float]] = {}
    for code in DIGITS:
        name = font.getBestCmap()[code]
        pen = BoundsPen(glyphs)
        glyphs[name].draw(pen)
        bounds[name] = (pen.bounds[0], pen.bounds[2])
    advance = round(max(right - left for left, right in bounds.values())) + 2 * SIDE_MARGIN_UNITS
    for name, (left, right) in bounds.items():
        shift = round((advance - (right - left)) / 2 - left)
        glyph = outlines[name]
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(outlines)
        metrics[name] = (advance, glyph.xMin)
    return advance


def _rename(font: TTFont) -> None:
    """Gives the derived face its own name; copyright (0), licence (13) and its address (14) stay."""
    style = str(font["name"].getDebugName(2) or "Regular")
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in {0, 13, 14}]
    full = f"{FAMILY} {style}"
    for identifier, text in ((1, FAMILY), (2, style), (3, full), (4, full), (6, full.replace(" ", ""))):
        names.setName(text, identifier, 3, 1, 0x409)


if __name__ == "__main__":
    for pair in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        sys.stdout.write(f"{pair[1]}: {derive(Path(pair[0]), Path(pair[1]))} units\n")
