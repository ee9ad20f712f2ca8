"""Sign-in through an office's own identity server, against a real one over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx2
import pytest
from sqlalchemy import select

from handlers.accounts.codes import code_at, step_at
from handlers.accounts.identities import set_identity
from handlers.accounts.identity_attempts import BEGUN, NoAttempt, begin_attempt, take_attempt
from handlers.accounts.security_log import Entry, Happened, entries
from handlers.accounts.tables import ACCOUNTS, IDENTITY_ATTEMPTS, SESSIONS
from tests.accounts.office import Office, Person
from tests.accounts.oidc_server import CLIENT, SECRET, OidcServer, oidc_server
from tests.api.browsing import said

ORIGIN = "http://testserver"
CALLBACK = "/sign-in/oidc/callback"


@pytest.fixture
def there() -> Iterator[OidcServer]:
    """The office's identity server."""
    with oidc_server(ORIGIN) as made:
        yield made


@pytest.fixture
def office(database_url: str, there: OidcServer) -> Iterator[Office]:
    """A service that server is set up for, with an account it knows, on both databases."""
    made = joined(database_url, there)
    yield made
    made.service.close()


@pytest.fixture
def small_office(migrated_sqlite: Path, tmp_path: Path, there: OidcServer) -> Iterator[Office]:
    """The same on SQLite, for what no database does differently."""
    path = tmp_path / "office.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    made = joined(f"sqlite:///{path}", there)
    yield made
    made.service.close()


def joined(url: str, there: OidcServer, **settings: Any) -> Office:
    told = {
        "oidc_issuer": there.issuer,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SECRET,
        "oidc_label": "Cổng văn phòng",
        **settings,
    }
    office = Office.on(url, **told)
    there.now = office.now
    account = office.has_account("an")
    knows(office, account, there.issuer, there.subject)
    return office


def knows(office: Office, account: str, issuer: str, subject: str) -> None:
    with office.service.database.write() as connection:
        set_identity(connection, account, issuer, subject, at=office.now(), by="test")


def goes(person: Person, following: str = "/") -> str:
    """The person presses the button, signs in there and is sent back: the address they come back to."""
    away = person.get(f"/sign-in/oidc?next={quote(following, safe='')}")
    assert away.status_code == 303, said(away)
    answer = httpx2.get(away.headers["location"], follow_redirects=False, trust_env=False)
    assert answer.status_code == 302, answer.text
    back = answer.headers["location"]
    assert back.startswith(f"{ORIGIN}{CALLBACK}?")
    return str(back).removeprefix(ORIGIN)


def comes(person: Person, following: str = "/") -> httpx2.Response:
    """The whole way."""
    return person.get(goes(person, following))


def newest(office: Office) -> Entry:
    with office.service.database.read() as connection:
        return entries(connection, limit=1)[0]


def later(office: Office, wait: timedelta) -> None:
    office.now._now += wait


def refused(office: Office) -> str:
    """The reason of the newest event, which has to be a refusal."""
    entry = newest(office)
    assert entry.what is Happened.IDENTITY_REFUSED
    return str(entry.detail["reason"])


# --- coming in -------------------------------------------------------------------------------------


def test_whoever_signed_in_there_is_signed_in_here_and_goes_on(office: Office, there: OidcServer) -> None:
    person = office.browser()
    page = person.get("/sign-in?next=/account")
    assert "Đăng nhập bằng Cổng văn phòng" in said(page)
    assert 'href="/sign-in/oidc?next=%2Faccount"' in page.text
    done = comes(person, "/account")
    assert (done.status_code, done.headers["location"]) == (303, "/account")
    account = person.get("/account")
    assert account.status_code == 200
    assert "không đăng xuất khỏi máy chủ của cơ quan" in said(account)
    entry = newest(office)
    assert (entry.what, entry.by, entry.detail["how"]) == (Happened.SIGNED_IN, "an", "identity")
    assert not any("identity" in one.name for one in person.client.cookies.jar), "used up"
    assert there.asked["/token"] == 1


def test_nothing_is_kept_that_would_finish_an_attempt(office: Office) -> None:
    person = office.browser()
    away = person.get("/sign-in/oidc").headers["location"]
    sent = {name: values[0] for name, values in parse_qs(urlsplit(away).query).items()}
    cookie = next(one.value for one in person.client.cookies.jar if one.name == "kiemdiem_identity")
    with office.service.database.read() as connection:
        kept = repr(connection.execute(select(IDENTITY_ATTEMPTS)).all())
    assert cookie is not None
    for secret in (sent["state"], sent["nonce"], sent["code_challenge"], cookie):
        assert secret not in kept
    assert set(sent) == {
        "response_type", "scope", "client_id", "redirect_uri", "state", "nonce", "code_challenge",
        "code_challenge_method",
    }  # fmt: skip


def test_the_session_a_browser_came_with_ends(office: Office) -> None:
    person = office.browser()
    back = goes(person)
    person.signs_in("an")
    planted = person.token
    assert person.get(back).status_code == 303
    assert person.token not in ("", planted)
    with office.service.database.read() as connection:
        first = (
            connection.execute(select(SESSIONS.c.revoked_at).order_by(SESSIONS.c.session)).scalars().first()
        )
    assert first is not None


def test_another_password_is_not_asked_of_whoever_came_in_without_it(
    small_office: Office, there: OidcServer
) -> None:
    account = small_office.has_account("binh", must_change=True)
    there.subject = "u-2"
    knows(small_office, account, there.issuer, "u-2")
    person, other = small_office.browser(), small_office.browser()
    comes(person)
    assert person.get("/account").status_code == 200
    other.signs_in("binh")
    assert other.get("/account").headers["location"].startswith("/account/password")


def test_an_account_without_a_password_is_told_who_gives_one(small_office: Office) -> None:
    with small_office.service.database.write() as connection:
        connection.execute(ACCOUNTS.update().values(password_hash=None))
    person = small_office.browser()
    comes(person)
    page = person.get("/account/password")
    assert "Chưa có mật khẩu" in said(page)
    assert 'name="old"' not in page.text
    assert small_office.browser().signs_in("an", "").status_code == 422


def test_a_one_time_code_that_is_on_is_asked_for_all_the_same(office: Office, there: OidcServer) -> None:
    secret = bytes(range(20))
    with office.service.database.write() as connection:
        connection.execute(ACCOUNTS.update().values(totp_on=True, totp_secret=secret, must_change=True))
    person = office.browser()
    half = comes(person, "/account")
    assert half.headers["location"] == "/sign-in/code?next=%2Faccount"
    assert person.get("/account").headers["location"].startswith("/sign-in/code")
    code = code_at(secret, step_at(office.now()))
    done = person.send("/sign-in/code?next=/account", "/sign-in/code", code=code)
    assert done.headers["location"] == "/account"
    assert person.get("/account").status_code == 200, "the password is not his way in, so it need not change"
    assert newest(office).detail["how"] == "identity+code"


def test_a_secret_the_server_does_not_know_is_told_by_its_reason(
    small_office: Office, there: OidcServer
) -> None:
    there.secret = "another"
    answer = comes(small_office.browser())
    assert answer.status_code == 502
    assert "invalid_client" in answer.text
    assert refused(small_office) == "invalid_client"


# --- not coming in ---------------------------------------------------------------------------------


def test_an_answer_is_taken_once_by_the_browser_that_was_sent_and_in_time(
    office: Office, there: OidcServer
) -> None:
    person = office.browser()
    replayed = goes(person)
    assert person.get(replayed).status_code == 303
    token = person.token
    assert person.get(replayed).headers["location"] == "/", "whoever went back in his browser goes on"
    assert (refused(office), person.token) == ("state", token)
    person.client.cookies.clear()
    again = person.get(replayed)
    assert again.status_code == 400
    assert refused(office) == "state"
    assert "Quay lại trang đăng nhập" in said(again)
    victim = office.browser()
    stolen = goes(victim)
    assert office.browser().get(stolen).status_code == 400
    assert refused(office) == "browser"
    other = office.browser()
    goes(other)
    assert other.get(stolen).status_code == 400, "another browser's attempt"
    assert refused(office) == "browser"
    assert victim.get(stolen).status_code == 303, "whose attempt it is still comes in"
    late = office.browser()
    back = goes(late)
    later(office, timedelta(minutes=10))
    assert late.get(back).status_code == 400
    assert refused(office) == "late"
    for address in (CALLBACK, f"{CALLBACK}?code=x&state=", f"{CALLBACK}?error=access_denied&state=x"):
        assert office.browser().get(address).status_code == 400
    assert there.asked["/token"] == 2, "no code was handed on but the two that let somebody in"


def test_an_answer_is_in_time_until_the_last_second_of_its_ten_minutes(office: Office) -> None:
    person = office.browser()
    back = goes(person)
    later(office, timedelta(minutes=9, seconds=59))
    assert person.get(back).status_code == 303


def test_of_several_who_come_with_one_answer_at_once_one_is_let_in(office: Office) -> None:
    attempt = begin_attempt(office.service.database, office.now(), browser="", following="/", address="")
    together, now = threading.Barrier(4), office.now()

    def take() -> bool:
        together.wait(30)
        try:
            with office.service.database.write() as connection:
                take_attempt(connection, now, state=attempt.state, browser=attempt.browser)
        except NoAttempt:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        taken = [threads.submit(take) for _ in range(4)]
    assert sorted(one.result() for one in taken) == [False, False, False, True]


def test_attempts_that_are_over_are_swept_away_by_the_next(office: Office) -> None:
    for _ in range(3):
        office.browser().get("/sign-in/oidc")
    later(office, timedelta(minutes=10))
    office.browser().get("/sign-in/oidc")
    with office.service.database.read() as connection:
        assert len(connection.execute(select(IDENTITY_ATTEMPTS)).all()) == 1


@pytest.mark.parametrize(
    ("error", "status", "reason", "words"),
    [
        ("access_denied", 403, "turned_away", "không cho đăng nhập"),
        ("temporarily_unavailable", 503, "silent", "chưa trả lời"),
        ("invalid_scope", 502, "invalid_scope", "invalid_scope"),
        ("<script>", 502, "error", "mã lỗi: error"),
    ],
)
def test_a_no_of_the_server_is_told_with_what_to_do(
    small_office: Office, there: OidcServer, error: str, status: int, reason: str, words: str
) -> None:
    there.refuses = error
    answer = comes(small_office.browser())
    assert answer.status_code == status
    assert words in said(answer)
    assert "<b>" not in answer.text and "vì sao" not in said(answer), "the server's own words are not ours"
    assert refused(small_office) == reason
    assert there.asked["/token"] == 0


def test_whom_no_account_here_is_of_is_told_what_to_hand_to_the_administrator(
    office: Office, there: OidcServer
) -> None:
    there.subject = "ai <b>đó</b>"
    answer = comes(office.browser())
    assert answer.status_code == 403
    assert "ai &lt;b&gt;đó&lt;/b&gt;" in answer.text
    assert refused(office) == "unknown"
    assert "đó" not in repr(newest(office)), "the list holds digests"
    with office.service.database.read() as connection:
        assert connection.execute(select(SESSIONS)).all() == []
        assert len(connection.execute(select(ACCOUNTS)).all()) == 1, "nobody is let in by himself"


def test_an_identity_is_of_one_server_alone(small_office: Office, there: OidcServer) -> None:
    with small_office.service.database.write() as connection:
        connection.execute(ACCOUNTS.update().values(identity_issuer="https://another.example"))
    assert comes(small_office.browser()).status_code == 403
    assert refused(small_office) == "unknown"


def test_a_disabled_account_stays_shut(small_office: Office) -> None:
    with small_office.service.database.write() as connection:
        connection.execute(ACCOUNTS.update().values(disabled_at=small_office.now()))
    answer = comes(small_office.browser())
    assert answer.status_code == 403
    assert "đang bị khóa" in said(answer)
    entry = newest(small_office)
    assert (entry.detail["reason"], entry.account[:3]) == ("disabled", "TK-")


def test_a_token_that_is_not_believed_lets_nobody_in_and_its_reason_is_told(
    small_office: Office, there: OidcServer, capfd: pytest.CaptureFixture[str]
) -> None:
    there.claims = {"nonce": "another"}
    person = small_office.browser()
    back = goes(person)
    answer = person.get(back)
    assert answer.status_code == 502
    assert "mã lỗi: nonce." in said(answer)
    assert refused(small_office) == "nonce"
    assert person.token == ""
    code = parse_qs(urlsplit(back).query)["code"][0]
    assert code not in answer.text
    told = "".join(capfd.readouterr())
    assert "identity server is not believed" in told
    assert code not in told and SECRET not in told


def test_a_server_that_is_off_leaves_the_password(migrated_sqlite: Path, tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    with oidc_server(ORIGIN) as there:
        office = joined(f"sqlite:///{path}", there)
    person = office.browser()
    answer = person.get("/sign-in/oidc")
    assert answer.status_code == 503
    assert "Thử lại sau ít phút" in said(answer)
    assert person.signs_in("an").status_code == 303
    office.service.close()


@pytest.mark.parametrize(
    "following", ["//evil.example", "https://evil.example/", "/\\evil.example", "/sign-in/oidc"]
)
def test_it_leads_on_to_pages_of_ours_alone(small_office: Office, following: str) -> None:
    assert comes(small_office.browser(), following).headers["location"] == "/"


def test_another_site_cannot_send_a_browser_off(small_office: Office, there: OidcServer) -> None:
    client = small_office.browser().client
    for site in ("cross-site", "same-site"):
        answer = client.get("/sign-in/oidc?next=/account", headers={"sec-fetch-site": site})
        assert answer.headers["location"] == "/sign-in?next=%2Faccount"
    elsewhere = client.get("/sign-in/oidc?next=/account", headers={"host": "kiemdiem"})
    assert elsewhere.headers["location"] == f"{ORIGIN}/sign-in?next=%2Faccount"
    assert not there.asked
    with small_office.service.database.read() as connection:
        assert connection.execute(select(IDENTITY_ATTEMPTS)).all() == []


def test_whoever_is_signed_in_goes_on(small_office: Office, there: OidcServer) -> None:
    person = small_office.browser()
    person.signs_in("an")
    assert person.get("/sign-in/oidc?next=/account").headers["location"] == "/account"
    assert not there.asked


def test_too_many_attempts_wait_and_fill_no_list(small_office: Office) -> None:
    person = small_office.browser()
    answers = [person.get(f"{CALLBACK}?code=x&state=x").status_code for _ in range(32)]
    assert answers == [400] * 31 + [429]
    with small_office.service.database.read() as connection:
        count = len(entries(connection, what=Happened.IDENTITY_REFUSED))
    assert count == 31
    database, now = small_office.service.database, small_office.now()
    for _ in range(BEGUN.free + 1):
        begin_attempt(database, now, browser="", following="/", address="testclient")
    held = person.get("/sign-in/oidc")
    assert (held.status_code, held.headers["retry-after"]) == (429, "1")
    assert person.signs_in("an").status_code == 303, "the way by password is not held back by it"
