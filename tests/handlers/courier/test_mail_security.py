"""Mail over TLS and with a password: certificates are always checked, a wrong password costs no letter.

The certificate in `certificates/` is for tests alone: self-signed, for localhost and 127.0.0.1.
"""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from handlers.courier.mail_server import Security
from handlers.courier.run import deliver_all, deliver_once
from tests.handlers.courier.post_office import post_office
from tests.handlers.courier.posting import PutClock, a_row, mail_to, put, rows
from workflow.database import Database

FOLDER = Path(__file__).parent / "certificates"
OUR_OWN = FOLDER / "localhost.pem"
WAYS: list[tuple[Security, bool]] = [("starttls", False), ("tls", True)]

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def certified() -> ssl.SSLContext:
    """The server's side."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(OUR_OWN, FOLDER / "localhost.key")
    return context


@pytest.mark.parametrize(("security", "implicit"), WAYS)
def test_letters_travel_encrypted(database: Database, security: Security, implicit: bool) -> None:
    put(database, a_row())
    now = PutClock()
    with post_office(tls=certified(), implicit=implicit) as office:
        channel = mail_to(office.port, now, security=security, ca_file=OUR_OWN)
        assert deliver_once(database, now, [channel], worker="one").sent == 1
    assert office.secured == [True] or implicit  # with implicit TLS nothing else gets through


@pytest.mark.parametrize(("security", "implicit"), WAYS)
def test_a_certificate_of_an_unknown_authority_is_not_trusted(
    database: Database, security: Security, implicit: bool
) -> None:
    put(database, a_row())
    now = PutClock()
    with post_office(tls=certified(), implicit=implicit) as office:
        done = deliver_once(database, now, [mail_to(office.port, now, security=security)], worker="one")
    assert (done.later, office.taken) == (1, [])
    assert "certificate" in rows(database)[0].problem.lower()


def test_a_server_without_starttls_gets_no_letter_in_the_clear(database: Database) -> None:
    put(database, a_row())
    now = PutClock()
    with post_office() as office:
        channel = mail_to(office.port, now, security="starttls", ca_file=OUR_OWN)
        assert deliver_once(database, now, [channel], worker="one").later == 1
    assert office.taken == []


def test_a_password_is_given_and_a_wrong_one_costs_one_letter_a_try(database: Database) -> None:
    put(database, a_row("0101"), a_row("0102"))
    now = PutClock()
    with post_office(tls=certified(), login=("kiemdiem", "right")) as office:
        wrong = mail_to(
            office.port, now, security="starttls", ca_file=OUR_OWN, user="kiemdiem", password="wrong"
        )
        done = deliver_all(database, now, [wrong], worker="one")
        assert (done.later, done.untried, office.taken) == (1, 1, [])
        assert "wrong" not in rows(database)[0].problem
        now.later(1)
        right = mail_to(
            office.port, now, security="starttls", ca_file=OUR_OWN, user="kiemdiem", password="right"
        )
        done = deliver_all(database, now, [right], worker="one")
        assert done.sent == 2, rows(database)[0].problem
