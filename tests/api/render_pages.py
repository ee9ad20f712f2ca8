"""Writes every sample page as HTML, to be looked at in a browser.

python -m tests.api.render_pages FOLDER && python -m http.server --directory FOLDER
"""

import shutil
import sys
from pathlib import Path

from api.pages.rendering import STATIC_FOLDER, render
from api.pages.words import LANGUAGES
from tests.api.page_samples import all_pages


def write_pages(folder: Path) -> list[Path]:
    """Writes `<page>.<language>.html` and the static files; returns the pages written."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(STATIC_FOLDER, folder / "static", dirs_exist_ok=True)
    written: list[Path] = []
    for language in LANGUAGES:
        for name, page in all_pages(language).items():
            target = folder / f"{name}.{language}.html"
            target.write_text(render(page), encoding="utf-8")
            written.append(target)
    return written


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
