"""The Chromium of the system, which measurements and tests look at pages with."""

from __future__ import annotations

import os
import shutil
from typing import Final

CHROMIUM: Final = "KIEMDIEM_CHROMIUM"
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The browser the variable names, else the one of the system; None where there is neither."""
    return os.environ.get(CHROMIUM) or next(filter(None, map(shutil.which, NAMES)), None)
