"""One-time links: used by one of two, over when they are over, replaced by a newer one."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from handlers.accounts.book import disable
from handlers.accounts.changing import LinkOver, use_link
from handlers.accounts.links import LASTS, Purpose, link_of, mailed_token, make_link, make_mailed_link
from handlers.accounts.secret_tokens import installation_key
from handlers.accounts.signing_in import Signed, sign_in
from tests.accounts.office import ANOTHER, LASTING, Office
from workflow.contention import Retry
from workflow.database import Database
from workflow.errors import BadInput


def a_link(office: Office, account: str, purpose: Purpose = Purpose.INVITE) -> str:
    with office.service.database.write() as connection:
        return make_link(connection, purpose, account=account, at=office.now(), by="test")[0]


def used(office: Office, token: str, password: str = ANOTHER) -> Signed:
    return use_link(
        office.service.database,
        office.now(),
        token=token,
        password=password,
        lasting=LASTING,
        grant=lambda person: None,
    )


def test_a_link_sets_the_password_once_and_signs_in(office: Office) -> None:
    account = office.has_account("0012")
    token = a_link(office, account)
    assert used(office, token).account == account
    with pytest.raises(LinkOver):
        used(office, token, "một mật khẩu thứ ba")
    signed = sign_in(
        office.service.database,
        office.now(),
        login="0012",
        password=ANOTHER,
        address="x",
        lasting=LASTING,
    )
    assert signed.account == account


def test_of_two_who_come_with_a_link_at_the_same_moment_one_is_let_in(
    office: Office, database_url: str
) -> None:
    token = a_link(office, office.has_account("0012"))
    now, outcomes, barrier = office.now(), [], threading.Barrier(2)

    def come(password: str) -> None:
        database = Database(database_url)
        barrier.wait()
        try:
            use_link(
                database, now, token=token, password=password, lasting=LASTING, grant=lambda person: None
            )
            outcomes.append("in")
        except (LinkOver, Retry):
            outcomes.append("over")
        database.close()

    threads = [threading.Thread(target=come, args=(password,)) for password in (ANOTHER, "lúa chín vàng 88")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "over"]


def test_a_refused_password_does_not_use_a_link_up(office: Office) -> None:
    token = a_link(office, office.has_account("0012"))
    with pytest.raises(BadInput):
        used(office, token, "ngắn")
    assert used(office, token).token


def test_a_link_is_over_at_its_end_and_when_a_newer_one_is_made(office: Office) -> None:
    account = office.has_account("0012")
    first, second = a_link(office, account), a_link(office, account)
    now = office.now()
    with office.service.database.read() as connection:
        assert link_of(connection, first, now) is None
        ends = link_of(connection, second, now)
        assert ends is not None
        assert link_of(connection, second, ends.expires_at - timedelta(microseconds=1)) is not None
        assert link_of(connection, second, ends.expires_at) is None
        assert link_of(connection, "x" * 43, now) is None
    with office.service.database.write() as connection:
        disable(connection, account, at=now, by="test")
    with pytest.raises(LinkOver):
        used(office, second)


def test_a_link_ends_the_sessions_there_were(office: Office) -> None:
    account = office.has_account("0012")
    person = office.browser()
    person.signs_in("0012")
    assert person.get("/account").status_code == 200
    used(office, a_link(office, account))
    assert person.get("/account").status_code == 303


def test_the_token_of_a_mailed_link_is_kept_nowhere(office: Office) -> None:
    account = office.has_account("0012")
    with office.service.database.write() as connection:
        link = make_mailed_link(connection, account, at=office.now(), by="forgot")
        token = mailed_token(installation_key(connection), link)
        found = link_of(connection, token, office.now())
    assert found is not None
    assert found.expires_at - office.now() < LASTS[Purpose.RESET]
    assert used(office, token).account == account
