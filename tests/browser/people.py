"""People in front of the pages in a real browser, each in a session of their own, and the service they share.

The service runs inside the test, so that its clock is put where the story is. Browsers know nothing of it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Locator, Page, expect

from api.app import create_app
from api.settings import Settings
from api.wiring import Service
from handlers.accounts.book import make_account
from handlers.accounts.links import Purpose, make_link
from tests.town import Town
from workflow.database import Database
from workflow.engine import Engine

PASSWORD = "mười hai con trâu đen"


@contextmanager
def served(database: Database, engine: Engine, *, development: bool = False) -> Iterator[str]:
    """The pages of a service at an address of its own, for as long as the block lasts.

    With real sign-in; in `development` a browser says who it is by a cookie.
    """
    app = create_app(Service(database, engine), Settings(development=development, live_every_milliseconds=50))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            thread.join(0.02)
            assert thread.is_alive(), "the server ended before it answered"
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(30)


@dataclass
class Person:
    """Somebody in a browser session of their own."""

    page: Page
    address: str
    login: str

    def open(self, path: str) -> Page:
        """A page that has to be there."""
        answer = self.page.goto(f"{self.address}{path}")
        assert answer is not None
        assert answer.status == 200, f"{self.login}: {path} answers {answer.status}"
        return self.page

    def not_found(self, path: str) -> None:
        """A page that is not there for this person."""
        answer = self.page.goto(f"{self.address}{path}")
        assert answer is not None
        assert answer.status == 404, f"{self.login}: {path} answers {answer.status}"

    def sign_in(self) -> None:
        """By name and password, as on every day after the first."""
        self.page.goto(f"{self.address}/sign-in")
        if self.page.url.endswith("/sign-in"):
            self.page.get_by_label("Tên đăng nhập").fill(self.login)
            self.page.get_by_label("Mật khẩu").fill(PASSWORD)
            self.page.locator("main form button").click()
        expect(self.page.get_by_role("heading", level=1)).not_to_contain_text("Đăng nhập")

    def form(self, action: str) -> Locator:
        """The form of the page that is sent to an address ending so, unfolded where it is folded."""
        found = self.page.locator(f'main form[action$="{action}"]').first
        unfold(found)
        expect(found).to_be_visible()
        return found

    def send(self, action: str, **filled: Any) -> None:
        """Fill in a form by the names of its fields and send it; `ticked=True` sets every tick."""
        form = self.form(action)
        if filled.pop("ticked", False):
            for tick in form.locator('input[type="checkbox"]').all():
                tick.check()
        for name, value in filled.items():
            self.fill(form, name, value)
        form.locator("button:not([name]), button[type=submit]").last.click()
        self.page.wait_for_load_state()

    def fill(self, form: Locator, name: str, value: Any) -> None:
        """Fill in one field, whatever kind it is."""
        field = form.locator(f'[name="{name}"]').first
        unfold(field)
        kind = field.evaluate("field => field.type")
        if kind in ("checkbox", "radio"):
            field.set_checked(bool(value))
        elif kind == "select-one":
            field.select_option(str(value))
        else:
            field.fill(f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value))

    def press(self, label: str, within: Locator | None = None) -> None:
        """The button that says so."""
        there = (within or self.page.locator("main")).get_by_role("button")
        said = [button.inner_text() for button in there.all()]
        assert any(label in one.replace("\u00a0", " ") for one in said), (label, said)
        there.filter(has_text=_spoken(label)).first.click()
        self.page.wait_for_load_state()

    def take_everything(self, **filled: Any) -> None:
        """Every report of the cohort as a whole, on to what follows from it."""
        form = self.form("/decide/confirmation")
        for tick in form.locator('[name^="all."]').all():
            unfold(tick)
            tick.check()
        for name, value in filled.items():
            self.fill(form, name, value)
        self.press("Xem hệ quả rồi ghi", form)

    def says(self, text: str) -> None:
        """The page says this, whatever spaces stand between the words."""
        expect(self.page.locator("main")).to_contain_text(_spoken(text))

    def done(self) -> None:
        """What was sent has been recorded."""
        expect(self.page.locator("main .notice, main .undo").first).to_be_visible()

    def refused(self, *told: str) -> None:
        """What was sent was refused beside its form, with these words."""
        block = self.page.locator("main .refusal").first
        expect(block).to_be_visible()
        for one in told:
            expect(block).to_contain_text(_spoken(one))


def unfold(inside: Locator) -> None:
    """Click open whatever is folded around something, from the outside in."""
    folded = inside.locator("xpath=ancestor::details[not(@open)]")
    while folded.count():
        folded.first.locator("xpath=./summary").click()


def comes(
    browser: Browser, database: Database, engine: Engine, address: str, person: str, login: str
) -> Person:
    """A person comes with the one-time link they were handed, sets a password and is signed in."""
    now = engine.now()
    with database.write() as connection:
        account = make_account(connection, login=login, person=person, at=now, by="quan-tri")
        token, _ = make_link(connection, Purpose.INVITE, at=now, by="quan-tri", account=account.account)
    context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
    found = Person(context.new_page(), address, login)
    found.open(f"/link/{token}")
    found.page.locator('[name="password"]').fill(PASSWORD)
    found.page.locator('[name="again"]').fill(PASSWORD)
    found.page.locator("main form button").click()
    expect(found.page.get_by_role("heading", level=1)).to_be_visible()
    assert "/link/" not in found.page.url, found.page.locator("main").inner_text()
    return found


@dataclass
class Stage:
    """The town, its address, and whoever comes to the browser."""

    town: Town
    address: str
    browser: Browser
    people: list[Person] = field(default_factory=list)

    def comes(self, person: str, login: str) -> Person:
        """Somebody comes for the first time, with the link they were handed."""
        found = comes(self.browser, self.town.database, self.town.engine, self.address, person, login)
        self.people.append(found)
        return found

    def day(self, on: date, *people: Person, hour: int = 8) -> None:
        """The clock is put on, and these people sign in anew."""
        self.town.now.put(on, hour)
        for person in people:
            person.sign_in()


@contextmanager
def staged(town: Town, browser: Browser) -> Iterator[Stage]:
    """The town served to whoever comes. They leave before it closes, since an open page listens on."""
    with served(town.database, town.engine) as address:
        stage = Stage(town, address, browser)
        try:
            yield stage
        finally:
            for person in stage.people:
                person.page.context.close()


def _spoken(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text).replace(r"\ ", r"\s"), re.IGNORECASE)
