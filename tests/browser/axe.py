"""The rules of axe, run inside an open page."""

from __future__ import annotations

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def violations(page: Page, *, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe finds wrong, a line each with its elements; with `rules` only these are asked."""
    chosen = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(WCAG)}
    options = json.dumps({"resultTypes": ["violations"], "runOnly": chosen})
    page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(f"axe.run(document, {options}).then(all => all.violations)")
    return [
        f"{one['id']}: {one['help']}: {'; '.join(str(node['target']) for node in one['nodes'][:5])}"
        for one in found
    ]
