"""What every answer carries, which names the service answers to, and what is made smaller on its way."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.headers import ALWAYS, SafeHeaders
from api.pages.forged import masked, unmasked
from api.pages.rendering import CONTENT_SECURITY_POLICY, static_address
from api.problems import plain
from api.settings import Settings
from tests.api.browsing import Browser, forms_of
from tests.api.served import OFFICER, Served
from tests.builders import FIRST
from tests.town import Town
from workflow.database import Database

ADDRESSES = ("/", "/c/2016", "/api/v1/campaigns", "/nowhere", "/api/v1/nowhere", "/health", "/docs")


@pytest.mark.parametrize("address", [*ADDRESSES, static_address("app.css"), "/static/nothing.css"])
def test_every_answer_loads_nothing_foreign_and_is_shown_in_no_frame(served: Served, address: str) -> None:
    answer = served.acting(OFFICER).get(address)
    for name in ALWAYS:
        assert answer.headers[name], name
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.partition("style-src")[0]


def test_a_page_keeps_its_own_policy_and_a_file_its_own_keeping(served: Served) -> None:
    client = served.acting(OFFICER)
    page = client.get("/", headers={"accept": "text/html"})
    assert page.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert page.headers["cache-control"] == "no-store"
    assert "immutable" in client.get(static_address("app.css")).headers["cache-control"]


def test_the_answer_to_a_fault_carries_them_too(served: Served) -> None:
    with served.service.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE notices")  # what no program can go on with
    answer = served.acting(OFFICER, loud=False).get("/")
    assert answer.status_code == 500
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("public", "scheme", "said"),
    [
        ("https://kiemdiem.example", "http", True),  # behind a proxy that ends TLS
        ("http://127.0.0.1:8000", "https", True),
        ("http://127.0.0.1:8000", "http", False),
    ],
)
def test_https_alone_is_said_where_it_is_reached_by_https(
    served: Served, public: str, scheme: str, said: bool
) -> None:
    app = create_app(served.service, Settings(development=True, public_url=public))
    answer = TestClient(app, base_url=f"{scheme}://testserver").get("/health")
    assert ("strict-transport-security" in answer.headers) is said


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("kiemdiem.example", True),
        ("KIEMDIEM.example:8443", True),
        ("other.example", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("192.0.2.7", True),
        ("kiemdiem-vm", True),
        ("evil.example", False),  # somebody else's name that leads to our number
        ("kiemdiem.example.evil.example", False),
        ("kiemdiem.example@evil.example", False),
        ("kiemdiem.example/evil", False),
        ("", False),
        ("kiemdiem.example:port", False),
    ],
)
def test_the_service_answers_to_its_own_names_alone(served: Served, host: str, ours: bool) -> None:
    settings = Settings(public_url="https://kiemdiem.example", allowed_hosts=("other.example",))
    assert SafeHeaders(create_app(served.service, settings), settings, plain).answers_to(host) is ours


def test_another_name_is_refused_before_anything_is_read(served: Served) -> None:
    client = served.acting(OFFICER)
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-security-policy"]


def test_names_are_read_from_the_environment_as_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIEMDIEM_ALLOWED_HOSTS", "one.example,other.example")
    assert Settings().allowed_hosts == ("one.example", "other.example")


# --- what is made smaller -----------------------------------------------------------------------------


def test_pages_styles_and_scripts_are_compressed_fonts_and_workbooks_are_not(served: Served) -> None:
    client = served.acting(OFFICER)
    for address in ("/c/2016", static_address("app.css"), static_address("vendor/htmx.min.js")):
        answer = client.get(address, headers={"accept": "text/html", "accept-encoding": "gzip"})
        assert answer.headers.get("content-encoding") == "gzip", address
        assert "accept-encoding" in answer.headers["vary"].lower()
    for address in (static_address("vendor/kiemdiem-digits-400.woff2"), "/import/template.xlsx"):
        assert "content-encoding" not in client.get(address, headers={"accept-encoding": "gzip"}).headers
    plain_answer = client.get("/c/2016", headers={"accept": "text/html", "accept-encoding": "identity"})
    assert "content-encoding" not in plain_answer.headers


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_answers_a_form_is_not_compressed(database: Database) -> None:
    town = Town.on(database).open()
    browser = Browser(town, town.secretary(FIRST))
    form = browser.form("/inbox/settings", "/inbox/settings").set("email", "no address")
    answer = browser.send(form)
    assert answer.status_code == 422
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_token_of_forms_is_another_in_every_page_and_each_of_them_counts(database: Database) -> None:
    town = Town.on(database).open()
    browser = Browser(town, town.secretary(FIRST))
    tokens = [forms_of(browser.open("/look"))[0].value("csrf") for _ in range(2)]
    assert tokens[0] != tokens[1]
    assert unmasked(tokens[0]) == unmasked(tokens[1])
    form = browser.form("/look", "/look").set("size", "150")
    for token in tokens:
        assert browser.send(form.set("csrf", token)).status_code == 303


@pytest.mark.parametrize("shown", ["", "x", "%%%", "é", "AAAA", "=" * 50])
def test_a_token_that_is_none_is_nothing(shown: str) -> None:
    assert unmasked(shown) != unmasked(masked("t" * 43))
