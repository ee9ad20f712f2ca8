"""Derives the face of running text from Be Vietnam Pro: the letters and signs that pages are written with.

The Latin file of the font package holds letters of many languages, and a first visit fetches all of it. What
is left out here is still in that file, which a browser fetches where a page has such a letter (`fonts.css`).

    python tools/text_face.py SOURCE.woff2 TARGET.woff2

Needs fonttools and brotli, which the service itself does not.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]

ASCII = range(0x20, 0x7F)
VIETNAMESE = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý"
SIGNS = "\u00a0§«°±²·»½×‐‑‒–—―‘’“”•…‰›↑↓−"
FEATURES = ["kern", "mark", "mkmk", "ccmp"]


def derive(source: Path, target: Path) -> int:
    """Writes the derived face, hints kept, and returns how many characters it has."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*ASCII, *map(ord, VIETNAMESE + SIGNS)])
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)
    return len(font.getBestCmap())


if __name__ == "__main__":
    sys.stdout.write(f"{derive(Path(sys.argv[1]), Path(sys.argv[2]))} characters\n")
