"""One's own account and everybody's: codes, keys for programs, capacities, the first administrator."""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from api.cli import app
from api.pages.qr_picture import qr_picture
from handlers.access.first import there_is_an_administrator
from handlers.access.tables import GRANTS
from handlers.accounts.book import by_login
from handlers.accounts.codes import address_for_apps, code_at, step_at, written
from handlers.accounts.security_log import Happened, entries
from handlers.accounts.tables import ACCOUNTS, API_TOKENS
from handlers.reminding.contacts import Contact, save_contact
from states.roles import Role
from tests.accounts.office import ANOTHER, PASSWORD, Office
from tests.api.browsing import Form
from tests.api.served import open_demo_campaign
from tests.handlers.courier.post_office import PostOffice, post_office
from workflow.outbox import OUTBOX

JSON = {"accept": "application/json"}


def happened(office: Office) -> list[Happened]:
    with office.service.database.read() as connection:
        return [one.what for one in reversed(entries(connection))]


def secret_of(office: Office, login: str) -> bytes:
    with office.service.database.read() as connection:
        chosen = select(ACCOUNTS.c.totp_secret).where(ACCOUNTS.c.login == login)
        return bytes(connection.execute(chosen).scalar_one())


# --- the first administrator -----------------------------------------------------------------------


def first_link(database_url: str, *words: str) -> str:
    result = CliRunner().invoke(
        app, ["account", "admin-link", *words], env={"KIEMDIEM_DATABASE": database_url}
    )
    return result.output.strip().replace("http://127.0.0.1:8000", "")


def test_the_first_administrator_comes_by_a_link_of_the_command_line(
    office: Office, database_url: str
) -> None:
    address = first_link(database_url)
    assert address.startswith("/link/")
    person = office.browser()
    short = person.send(address, "/link/", login="nhat", password="ngắn", again="ngắn")
    assert short.status_code == 422
    done = person.send(address, "/link/", login="nhat", password=PASSWORD, again=PASSWORD)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert there_is_an_administrator(office.service.engine)
    assert person.get("/accounts").status_code == 200
    assert person.get(address).status_code == 404
    refused = CliRunner().invoke(app, ["account", "admin-link"], env={"KIEMDIEM_DATABASE": database_url})
    assert refused.exit_code == 1
    assert "/link/" not in refused.output


def test_only_an_administrator_sees_the_accounts(small_office: Office) -> None:
    small_office.has_administrator()
    account = small_office.has_account("an")
    small_office.gives("an", Role.AUDITOR)
    person = small_office.browser()
    person.signs_in("an")
    csrf = person.form("/account", "/sign-out").value("csrf")
    for address in ("/accounts", f"/accounts/{account}"):
        assert person.get(address).status_code in (403, 404), address
    for action in ("/accounts", "/accounts/heads", f"/accounts/{account}/link"):
        assert person.post(Form(action, [("csrf", csrf), ("login", "x")])).status_code in (403, 404), action
    assert Happened.LINK_MADE not in happened(small_office)


def test_a_new_account_gets_a_link_that_is_shown_once(office: Office) -> None:
    office.has_administrator()
    keeper, person = office.browser(), office.browser()
    keeper.signs_in("quan-tri")
    made = keeper.send("/accounts", "/accounts", login="Ky-Thuat", label="Vũ Lê <b>")
    assert made.status_code == 200
    assert "<b>" not in made.text.split("<main")[1].replace("<b>{", "")
    address = re.search(r"/link/[\w-]+", made.text)
    assert address is not None
    with office.service.database.read() as connection:
        account = by_login(connection, "ky-thuat").account
    assert "/link/" not in keeper.get(f"/accounts/{account}").text.replace(f"/accounts/{account}/link", "")
    done = person.send(address[0], "/link/", password=PASSWORD, again=PASSWORD)
    assert done.status_code == 303
    taken = keeper.send("/accounts", "/accounts", login="ky-thuat")
    assert taken.status_code == 409
    assert keeper.send("/accounts", "/accounts", person="9999").status_code == 422


# --- capacities ------------------------------------------------------------------------------------


def test_a_capacity_is_chosen_kept_and_gone_with_the_day_it_ends(small_office: Office) -> None:
    small_office.has_administrator()
    today = small_office.now().date()
    small_office.has_account("an")
    small_office.gives("an", Role.AUDITOR)
    person = small_office.browser()
    person.signs_in("an")
    assert "kiểm tra, giám sát" in person.get("/account").text.lower()
    csrf = person.form("/account", "/sign-out").value("csrf")
    stranger = person.post(Form("/capacity", [("csrf", csrf), ("capacity", "administrator@system")]))
    assert stranger.status_code == 404
    chosen = person.post(
        Form("/capacity", [("csrf", csrf), ("capacity", "auditor@DB01"), ("back", "/audit")])
    )
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/audit")
    assert person.get("/audit").status_code == 200
    with small_office.service.database.write() as connection:
        connection.execute(GRANTS.update().where(GRANTS.c.person == "an").values(until_day=today))
    assert person.get("/audit").status_code == 200, "the last day counts"
    small_office.now.put(today + timedelta(days=1))
    person.signs_in("an")
    gone = person.get("/audit")
    assert gone.status_code == 303
    assert gone.headers["location"].startswith("/account")


# --- one-time codes --------------------------------------------------------------------------------


def test_one_time_codes_are_set_up_asked_for_and_never_taken_twice(office: Office) -> None:
    office.has_account("an")
    person = office.browser()
    person.signs_in("an")
    shown = person.send("/account", "/account/codes")
    secret = secret_of(office, "an")
    csrf = person.form("/account", "/sign-out").value("csrf")
    confirmation = "/account/codes/confirmation"
    assert confirmation in shown.text
    wrong = person.post(Form(confirmation, [("csrf", csrf), ("code", "000000")]))
    assert wrong.status_code == 422
    code = code_at(secret, step_at(office.now()))
    done = person.post(Form(confirmation, [("csrf", csrf), ("code", code)]))
    recovery = re.findall(r"<code>([\w-]{11})</code>", done.text)
    assert len(recovery) == 10

    again = office.browser()
    half = again.signs_in("an", following="%2Faccount")
    assert half.headers["location"] == "/sign-in/code?next=%2Faccount"
    assert again.get("/account").headers["location"].startswith("/sign-in/code"), "half is not signed in"
    waiting = again.token
    replayed = again.send("/sign-in/code", "/sign-in/code", code=code)
    assert replayed.status_code == 422
    office.now._now += timedelta(seconds=60)
    fresh = code_at(secret, step_at(office.now()))
    into = again.send("/sign-in/code?next=/account", "/sign-in/code", code=fresh)
    assert (into.status_code, into.headers["location"]) == (303, "/account")
    assert again.token != waiting

    lost = office.browser()
    lost.signs_in("an")
    assert lost.send("/sign-in/code", "/sign-in/code", code=recovery[0].upper()).status_code == 303
    once = office.browser()
    once.signs_in("an")
    assert once.send("/sign-in/code", "/sign-in/code", code=recovery[0]).status_code == 422
    assert {Happened.CODES_TURNED_ON, Happened.CODE_REFUSED, Happened.RECOVERY_CODE_USED} <= set(
        happened(office)
    )

    assert lost.send("/account", "/account/codes/removal", password="sai").status_code == 422
    assert lost.send("/account", "/account/codes/removal", password=PASSWORD).status_code == 303
    assert office.browser().signs_in("an").headers["location"] == "/"


def test_the_square_for_the_phone_is_shown_beside_the_key_kept_nowhere_and_in_no_log(
    office: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    office.has_account("an")
    person = office.browser()
    person.signs_in("an")
    capfd.readouterr()
    shown = person.send("/account", "/account/codes")
    secret = secret_of(office, "an")
    square = qr_picture(address_for_apps(secret, "an"))
    assert square.path in shown.text
    assert f'viewBox="0 0 {square.modules} {square.modules}" role="img" aria-label="Mã QR' in shown.text
    assert written(secret) in shown.text, "for whoever has no camera"
    assert shown.headers["cache-control"] == "no-store"
    told = "".join(capfd.readouterr())
    assert b32encode(secret).decode() not in told
    assert written(secret) not in told


# --- keys for programs -----------------------------------------------------------------------------


def test_a_key_reads_in_one_capacity_and_acts_only_where_it_may(office: Office) -> None:
    office.has_administrator()
    person = office.browser()
    person.signs_in("quan-tri")
    keys = {}
    for scope in ("read", "act"):
        made = person.send("/account", "/account/tokens", name="báo cáo", scope=scope, days="30")
        found = re.search(r"kd_[\w-]{43}", made.text)
        assert found is not None
        keys[scope] = found[0]
        assert found[0] not in person.get("/account").text
    program = office.browser().client
    program.headers.update(JSON)

    def ask(key: str, method: str = "GET", **headers: str) -> tuple[int, str]:
        answer = program.request(
            method,
            "/api/v1/inbox/reads" if method == "POST" else "/api/v1/inbox",
            headers={"authorization": f"Bearer {key}", **headers},
            json={"notices": [1]} if method == "POST" else None,
        )
        return answer.status_code, answer.json().get("type", "") if answer.content else ""

    assert ask(keys["read"])[0] == 200
    assert ask(keys["read"], "POST") == (403, "urn:kiemdiem:problem:token-reads-only")
    assert ask(keys["act"], "POST")[0] not in (401, 403)
    assert ask(keys["read"], **{"X-Kiemdiem-Capacity": "auditor@system"})[0] == 401
    assert ask("kd_" + "x" * 43)[0] == 401
    page = program.get("/accounts", headers={"authorization": f"Bearer {keys['act']}"})
    assert page.status_code == 401, "a key is for the API alone"
    assert happened(office).count(Happened.TOKEN_FIRST_USED) == 2
    with office.service.database.read() as connection:
        number = connection.execute(select(API_TOKENS.c.token).order_by(API_TOKENS.c.token)).scalars().first()
    person.send("/account", f"/account/tokens/{number}/revocation")
    assert ask(keys["read"])[0] == 401
    office.now.put(date(2017, 1, 16))
    assert ask(keys["act"])[0] == 401, "thirty days later it is over"


def test_a_session_acts_through_the_api_from_our_own_pages_alone(office: Office) -> None:
    office.has_administrator()
    person = office.browser()
    person.signs_in("quan-tri")

    def ask(**headers: str) -> int:
        answer = person.client.post("/api/v1/inbox/reads", json={"notices": [1]}, headers={**JSON, **headers})
        return answer.status_code

    assert ask() == 401
    assert ask(**{"sec-fetch-site": "cross-site"}) == 401
    assert ask(**{"sec-fetch-site": "same-site", "origin": "https://evil.example"}) == 401
    assert ask(origin="https://evil.example") == 401
    assert ask(origin="http://testserver") not in (401, 403)
    assert ask(**{"sec-fetch-site": "same-origin"}) not in (401, 403)


# --- a forgotten password --------------------------------------------------------------------------


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with post_office() as made:
        yield made


def test_a_forgotten_password_is_set_by_a_letter_and_the_page_tells_nothing(
    database_url: str, post: PostOffice
) -> None:
    office = Office.on(
        database_url,
        smtp_host="127.0.0.1",
        smtp_port=post.port,
        smtp_security="none",
        mail_from="kiemdiem@example.org",
    )
    office.has_account("an")
    office.has_account("binh")
    with office.service.database.write() as connection:
        contact = Contact(person="an", email="an@example.org", quiet_from="00:00", quiet_to="23:59")
        save_contact(connection, contact, by="an", at=office.now())
    pages = set()
    for login in ("an", "binh", "nobody"):
        person = office.browser()
        answer = person.send("/forgot", "/forgot", login=login)
        pages.add((answer.status_code, re.sub(r'value="[\w=-]{60,}"', "", answer.text)))
    assert len(pages) == 1
    assert len(post.taken) == 1
    part = post.taken[0].get_body(("plain",))
    assert part is not None
    link = re.search(r"/link/(\w+)", part.get_content())
    assert link is not None
    with office.service.database.read() as connection:
        assert link[1] not in repr(connection.execute(select(OUTBOX)).all())
    done = office.browser().send(link[0], "/link/", password=ANOTHER, again=ANOTHER)
    assert done.status_code == 303
    assert office.browser().signs_in("an", ANOTHER).status_code == 303
    for _ in range(9):
        office.browser().send("/forgot", "/forgot", login="an")
    assert len(post.taken) <= 4, "nobody's mailbox is filled"
    assert Happened.RESET_ASKED in happened(office)
    office.service.close()


def test_without_a_mail_server_the_page_says_whom_to_ask(small_office: Office) -> None:
    page = small_office.browser().get("/forgot").text
    assert "người quản trị" in page.replace("\u00a0", " ")
    assert 'action="/forgot"' not in page


# --- with a roster ---------------------------------------------------------------------------------


def test_every_head_of_a_body_gets_an_account_and_a_slip_at_once(
    small_office: Office, tmp_path: Path
) -> None:
    small_office.now.put(date(2016, 12, 16))
    open_demo_campaign(small_office.service)
    small_office.has_administrator()
    keeper = small_office.browser()
    keeper.signs_in("quan-tri")
    slips = keeper.send("/accounts", "/accounts/heads")
    links = re.findall(r"/link/[\w-]+", slips.text)
    assert len(links) == len(set(links)) > 5
    assert "/accounts/heads" not in keeper.get("/accounts").text, "nobody is left"
    head = small_office.browser()
    assert head.send(links[0], "/link/", password=PASSWORD, again=PASSWORD).status_code == 303
    assert head.get("/").status_code == 200
    assert head.get("/accounts").status_code in (403, 404)
