"""A real browser for tests: the Chromium of the system, one for all tests of a worker, and what it looks at.

`shown` answers every address itself with a sample page and our files, so that each page in each state is
there at once. `service` is a real server process on a database of its own. Both are gone when the last test
of this folder is over, because Playwright keeps an event loop in the thread that other tests want for
themselves.

Without a Chromium the tests are skipped, and say so; where CI=true that is a failure.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from sqlalchemy import URL

from api.actors import COOKIE, actor_text
from api.pages.rendering import CONTENT_SECURITY_POLICY, STATIC_FOLDER, render
from tests.api.live_server import serving
from tests.api.page_samples import all_pages
from tests.builders import PREPARED
from tests.chromium import chromium
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.database import Database

SAMPLES = "http://samples.example"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
WAIT_MILLISECONDS = 120_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them on one worker: one server and one browser are enough."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    path = chromium()
    with sync_playwright() as playwright:
        # a container has no user namespaces to sandbox in, and pages of ours are all it opens
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="package")
def shown(browser: Browser) -> Iterator[Callable[[str, str], Page]]:
    """Shows a sample page by its name and language, in one tab for all of them."""
    pages = {language: all_pages(language) for language in ("vi", "en")}
    context = browser.new_context(reduced_motion="reduce")  # a colour half-way to another is neither
    context.set_default_timeout(WAIT_MILLISECONDS)

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            file = STATIC_FOLDER / path.removeprefix("/static/")
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
            return
        name, _, language = path.removeprefix("/").partition(".")
        if language not in pages or name not in pages[language]:
            route.fulfill(status=404, body="")  # what live.js asks for: nobody tells anything here
            return
        route.fulfill(
            body=render(pages[language][name]),
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY},
        )

    context.route("**/*", answer)
    page = context.new_page()

    def show(name: str, language: str = "vi") -> Page:
        page.emulate_media(media="screen", color_scheme="light")
        page.goto(f"{SAMPLES}/{name}.{language}", wait_until="load")
        return page

    yield show
    context.close()


@dataclass(frozen=True)
class Running:
    """A server that runs on a town whose campaign is open, and the way to its pages."""

    address: str
    town: Town
    browser: Browser

    @contextmanager
    def as_(self, actor: Actor | None, **options: object) -> Iterator[Page]:
        """A tab of this person; `options` are those of a browser context, such as java_script_enabled."""
        context: BrowserContext = self.browser.new_context(base_url=self.address, **options)  # type: ignore[arg-type]  # named by the caller
        context.set_default_timeout(WAIT_MILLISECONDS)
        if actor is not None:
            value = quote(actor_text(actor), safe="")
            context.add_cookies([{"name": COOKIE, "value": value, "url": self.address}])
        yield context.new_page()
        context.close()


@pytest.fixture(scope="package")
def service(
    browser: Browser, migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """A real server process on a town whose campaign is open, on the day its secretaries write."""
    path = tmp_path_factory.mktemp("browser") / "town.db"
    shutil.copyfile(migrated_sqlite, path)
    url = URL.create("sqlite", database=str(path)).render_as_string()
    database = Database(url)
    town = Town.on(database).open()
    with serving(url, PREPARED, timer=0) as server:
        yield Running(address=server.address, town=town, browser=browser)
    database.close()
