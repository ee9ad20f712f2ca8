"""The Chromium of the system, for tests in a real browser: required where CI=true, else its lack is said."""

from __future__ import annotations

import os

import pytest

from bench.browsers import CHROMIUM, find_chromium


def chromium() -> str:
    """The browser a variable names, or the one of the system; without one the test is skipped with a reason,
    and fails in CI.
    """
    path = find_chromium()
    if path is None:
        said = f"no Chromium found: install the package chromium, or name one in {CHROMIUM}"
        if os.environ.get("CI") == "true":
            pytest.fail(said, pytrace=False)
        pytest.skip(said)
    return path
