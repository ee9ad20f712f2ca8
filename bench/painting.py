"""From a click to the first paint, in a real browser: the board of a large campaign."""

from __future__ import annotations

import statistics
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

from api.actors import COOKIE, actor_text
from bench.browsers import find_chromium
from bench.serving import serving
from bench.town import CAMPAIGN, OFFICER

LOOKS = 9
_PAINTED = """() => new Promise(told => new PerformanceObserver(found => {
    const first = found.getEntries().find(entry => entry.name === "first-contentful-paint");
    if (first) told(first.startTime);
}).observe({type: "paint", buffered: true}))"""


def first_paint(url: str) -> tuple[float, float] | None:
    """Milliseconds to the first paint of the board: by a browser that has nothing of ours yet, and by one
    that was here before; the middle of several. None without a Chromium.
    """
    path = find_chromium()
    if path is None:
        return None
    with (
        serving(url, workers=1, told={"KIEMDIEM_DEVELOPMENT": "1"}) as address,
        sync_playwright() as playwright,
    ):
        # a container has no user namespaces to sandbox in, and pages of ours are all it opens
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        _looked(browser, address, 1)  # the first look of a process counts everything: that is told by itself
        new = [_looked(browser, address, 1)[0] for _ in range(LOOKS)]
        known = _looked(browser, address, LOOKS + 1)[1:]
        browser.close()
    return statistics.median(new), statistics.median(known)


def _looked(browser: Browser, address: str, times: int) -> list[float]:
    """First paints of so many looks of one browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": COOKIE, "value": quote(actor_text(OFFICER), safe=""), "url": address}])
    page = context.new_page()
    took = []
    for _ in range(times):
        page.goto(f"{address}/c/{CAMPAIGN}", wait_until="commit")
        took.append(float(page.evaluate(_PAINTED)))
    context.close()
    return took
