"""The Chromium of the system, for tests in a real browser: required where CI=true, else its lack is said."""

from __future__ import annotations

import os
import shutil

import pytest

CHROMIUM = "KIEMDIEM_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """The browser a variable names, or the one of the system; without one the test is skipped with a reason,
    and fails in CI.
    """
    path = os.environ.get(CHROMIUM) or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        said = f"no Chromium found: install the package chromium, or name one in {CHROMIUM}"
        if os.environ.get("CI") == "true":
            pytest.fail(said, pytrace=False)
        pytest.skip(said)
    return path
