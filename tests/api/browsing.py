"""A browser without scripts for tests of pages: opens a page, fills in one of its forms, sends it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol

import httpx2
from starlette.testclient import TestClient

from api.actors import COOKIE, actor_text
from api.app import create_app
from api.settings import Settings
from api.wiring import Service
from workflow.commands.asking import Actor
from workflow.database import Database
from workflow.engine import Engine

Fields = list[tuple[str, str]]


class Place(Protocol):
    """Where pages are looked at: a town, or what a worked story left behind."""

    @property
    def database(self) -> Database:
        """The database looked at."""

    @property
    def engine(self) -> Engine:
        """The engine that is sent what the forms ask for."""


@dataclass
class Form:
    """A form as a browser would send it unchanged."""

    action: str
    fields: Fields = field(default_factory=list)

    def value(self, name: str) -> str:
        """The first value of a field, empty where it would not be sent."""
        return next((value for key, value in self.fields if key == name), "")

    def set(self, name: str, *values: str) -> Form:
        """The form with a field set to these values, left out without any."""
        kept = [(key, value) for key, value in self.fields if key != name]
        return Form(self.action, [*kept, *((name, value) for value in values)])


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._inside = False
        self._textarea = ""
        self._text = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method", "get") == "post"
            if self._inside:
                self.forms.append(Form(given["action"]))
        elif self._inside and tag == "input":
            box = given.get("type") in ("checkbox", "radio")
            if given.get("type") != "file" and (not box or "checked" in given):
                self.forms[-1].fields.append((given["name"], given.get("value", "on" if box else "")))
        elif self._inside and tag == "select":
            self._select, self._options = given["name"], []
        elif self._inside and tag == "textarea":
            self._textarea, self._text = given["name"], ""
        elif self._inside and tag == "option":
            self._options.append((given.get("value", ""), "selected" in given))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._inside:
            chosen = [value for value, selected in self._options if selected] or [
                value for value, _ in self._options[:1]
            ]
            self.forms[-1].fields.extend((self._select, value) for value in chosen[:1])
        elif tag == "textarea" and self._textarea:
            self.forms[-1].fields.append((self._textarea, self._text))
            self._textarea = ""
        elif tag == "form":
            self._inside = False


def forms_of(html: str) -> list[Form]:
    """Every form of a page that is posted."""
    parser = _Forms()
    parser.feed(html)
    return parser.forms


def yes(question: str, action: str) -> Form:
    """The form of the page that asks before an act, as its first button sends it."""
    assert 'id="confirmation"' in question, question[-3000:]
    return next(form for form in forms_of(question) if form.action == action).set("confirmed", "on")


def said(answer: httpx2.Response) -> str:
    """The text of an answer with plain spaces, as a person reads it."""
    return answer.text.replace("\u00a0", " ")


class Browser:
    """Somebody in front of the pages of a town."""

    def __init__(self, town: Place, actor: Actor | None = None, *, language: str = "vi") -> None:
        app = create_app(Service(town.database, town.engine), Settings(development=True))
        self.client = TestClient(
            app, headers={"accept": "text/html", "accept-language": language}, follow_redirects=False
        )
        if actor is not None:
            self.client.cookies.set(COOKIE, actor_text(actor).replace("@", "%40").replace(":", "%3A"))

    def open(self, address: str) -> str:
        """The text of a page that has to be there."""
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.text[:500])
        return said(answer)

    def form(self, address: str, action: str) -> Form:
        """The form of a page that is sent to an address ending so."""
        found = [form for form in forms_of(self.open(address)) if form.action.endswith(action)]
        assert found, f"{address} has no form for {action}"
        return found[0]

    def send(self, form: Form) -> httpx2.Response:
        """What the service answers to a form."""
        body: dict[str, list[str]] = {}
        for name, value in form.fields:
            body.setdefault(name, []).append(value)
        return self.client.post(form.action, data=body)

    def confirm(self, form: Form) -> httpx2.Response:
        """The same with an act that is asked about first: the question is answered with yes."""
        question = self.send(form)
        assert question.status_code == 200, (question.status_code, said(question)[-3000:])
        return self.send(yes(question.text, form.action))
