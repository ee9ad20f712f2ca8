"""A service with real sign-in, its clock, accounts with passwords, and browsers in front of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx2
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.wiring import Service, build
from handlers.access.first import give_at_set_up, grant_first_administrator
from handlers.accounts.book import make_account
from handlers.accounts.changing import set_hash
from handlers.accounts.passwords import hashed
from handlers.accounts.sessions import Lasting
from handlers.demo_roster import FILE_NAME, demo_workbook
from handlers.roster_import import confirm_import, preview_import
from states.roles import Role
from tests.api.browsing import Form, forms_of
from tests.api.served import OFFICER, PutClock

PASSWORD = "mía lau trắng ngần 7"
ANOTHER = "chiếc thuyền nan đỏ 9"
LASTING = Lasting()


@dataclass
class Office:
    """The application on a database, with the clock put."""

    app: FastAPI
    service: Service
    now: PutClock
    origin: str = "http://testserver"

    @classmethod
    def on(cls, url: str, *, origin: str = "http://testserver", **settings: Any) -> Office:
        """The application with sign-in on the database of this address."""
        now = PutClock()
        service = build(url, now=now)
        return cls(create_app(service, Settings(public_url=origin, **settings)), service, now, origin)

    def has_account(self, login: str, *, must_change: bool = False, label: str = "") -> str:
        """Somebody with an account and PASSWORD; the id of the account."""
        kept = hashed(PASSWORD)
        with self.service.database.write() as connection:
            made = make_account(connection, login=login, person=login, label=label, at=self.now(), by="test")
            set_hash(connection, made.account, kept, self.now(), must_change=must_change)
        return made.account

    def has_administrator(self, login: str = "quan-tri") -> str:
        """An account whose person administers the service."""
        account = self.has_account(login, label="Cao Minh Nhật")
        grant_first_administrator(self.service.engine, login, document="QĐ 1")
        return account

    def gives(self, login: str, role: Role, body: str = "DB01") -> None:
        """The person of an account gets a role at a body of the demo roster, which is imported for it."""
        engine = self.service.engine
        preview = preview_import(engine, demo_workbook(), FILE_NAME, on=date(2016, 12, 15), actor=OFFICER)
        confirm_import(engine, preview.import_id, actor=OFFICER)
        give_at_set_up(self.service.engine, login, role, body, document="QĐ 2")

    def browser(self) -> Person:
        """Somebody in front of the pages, not signed in."""
        client = TestClient(
            self.app,
            base_url=self.origin,
            headers={"accept": "text/html"},
            follow_redirects=False,
        )
        return Person(client)


@dataclass
class Person:
    """A browser without scripts."""

    client: TestClient

    def get(self, address: str) -> httpx2.Response:
        """What is at an address."""
        return self.client.get(address)

    def form(self, address: str, action: str) -> Form:
        """The form of a page that is sent to an address beginning so."""
        forms = sorted(forms_of(self.get(address).text), key=lambda one: one.action != action)
        found = [one for one in forms if one.action.startswith(action)]
        assert found, f"{address} has no form for {action}"
        return found[0]

    def send(self, address: str, action: str, **fields: str) -> httpx2.Response:
        """Fill in a form of a page and send it."""
        form = self.form(address, action)
        for name, value in fields.items():
            form = form.set(name, value)
        return self.post(form)

    def post(self, form: Form) -> httpx2.Response:
        """Send a form."""
        return self.client.post(form.action, data=dict(form.fields))

    def signs_in(self, login: str, password: str = PASSWORD, following: str = "/") -> httpx2.Response:
        """Type a name and a password."""
        return self.send(f"/sign-in?next={following}", "/sign-in", login=login, password=password)

    @property
    def token(self) -> str:
        """The token of the session, empty without one."""
        return next((one.value or "" for one in self.client.cookies.jar if "session" in one.name), "")
