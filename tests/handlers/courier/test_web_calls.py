"""Webhooks against a real HTTP server: signed, retried, refused; and where they may lead."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from deadlines.tables import REMINDERS
from handlers.courier.run import deliver_once
from handlers.courier.web_calls import WebCalls
from handlers.notice_tables import WEBHOOKS
from handlers.webhook_addresses import check_url
from handlers.webhooks import add_webhook, post_webhooks, remove_webhook, webhook_with_secret, webhooks
from tests.builders import BASE, FIRST
from tests.handlers.courier.posting import SHORT_STEPS, START, PutClock, a_line, put, rows, tries
from tests.handlers.courier.posting import a_row as row_of
from tests.handlers.courier.web_office import WebOffice, web_office
from tests.town import Town
from workflow.clock import ZONE
from workflow.database import Database
from workflow.errors import BadInput, NotFound

TODAY = START.astimezone(ZONE).date()


@pytest.fixture
def office() -> Iterator[WebOffice]:
    with web_office() as office:
        yield office


@pytest.fixture
def now() -> PutClock:
    return PutClock()


def calls(now: PutClock, *, private: bool = True, seconds: float = 5) -> WebCalls:
    return WebCalls(
        source="https://kiemdiem.example.org",
        public_url="https://kiemdiem.example.org",
        private=private,
        now=now,
        seconds=seconds,
    )


def hook(database: Database, url: str, organisation: str = BASE) -> tuple[str, str]:
    """An endpoint; its code and secret."""
    secret = "whsec_" + base64.b64encode(b"k" * 32).decode()
    with database.write() as connection:
        connection.execute(
            insert(WEBHOOKS).values(
                webhook="h1",
                url=url,
                secret=secret,
                organisation=organisation,
                active=True,
                created_at=START,
                created_by="officer",
            )
        )
    return "h1", secret


def a_call(key: str = "webhook:h1:2017-01-11:7") -> dict[str, object]:
    body = json.dumps({"day": "2017-01-11", "lines": [a_line()]})
    return row_of("h1", channel="webhook", key=key, body=body, message_id=f"msg_{key[-1]}")


def test_a_call_is_a_signed_cloud_event_without_anything_about_a_person(
    database: Database, office: WebOffice, now: PutClock
) -> None:
    """The signature is computed here anew, from the description of Standard Webhooks alone."""
    _, secret = hook(database, office.url)
    put(database, a_call())
    assert deliver_once(database, now, [calls(now)], worker="one").sent == 1
    ((path, headers, content),) = office.calls
    assert path == "/hook"
    assert headers["content-type"] == "application/cloudevents+json"
    stamp = headers["webhook-timestamp"]
    assert stamp == str(int(START.timestamp()))
    key = base64.b64decode(secret.partition("_")[2])
    expected = hmac.new(key, b".".join([b"msg_7", stamp.encode(), content]), hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(expected).decode()
    event = json.loads(content)
    assert event["specversion"] == "1.0"
    assert event["id"] == headers["webhook-id"] == "msg_7"
    assert event["type"] == "vn.kiemdiem.reminder.v1"
    assert event["source"] == "https://kiemdiem.example.org"
    assert event["subject"] == BASE
    assert event["time"] == "2017-01-11T01:00:00.000000Z"
    (line,) = event["data"]["lines"]
    assert line["items"] == 12
    assert line["link"] == "https://kiemdiem.example.org/c/2016/o/CB01"
    assert "href" not in line


def test_an_endpoint_that_fails_is_called_again_with_the_same_id_and_content(
    database: Database, office: WebOffice, now: PutClock
) -> None:
    hook(database, office.url)
    put(database, a_call())
    office.answers.extend([(500, "broken " * 100), (429, "slow down"), (204, "")])
    for minutes in SHORT_STEPS[:2]:
        done = deliver_once(database, now, [calls(now)], worker="one", steps_minutes=SHORT_STEPS)
        assert done.later == 1
        now.later(minutes)
    assert deliver_once(database, now, [calls(now)], worker="one", steps_minutes=SHORT_STEPS).sent == 1
    assert len({(headers["webhook-id"], content) for _, headers, content in office.calls}) == 1
    assert len({headers["webhook-timestamp"] for _, headers, _ in office.calls}) == 3
    assert [outcome for _, _, outcome in tries(database)] == ["later", "later", "sent"]


def test_no_more_than_200_characters_of_an_answer_are_kept(
    database: Database, office: WebOffice, now: PutClock
) -> None:
    hook(database, office.url)
    put(database, a_call())
    office.answers.append((500, "ạ" * 100_000 + "an@example.org"))
    deliver_once(database, now, [calls(now)], worker="one")
    assert rows(database)[0].problem == "500 " + "ạ" * 196


def test_an_endpoint_that_is_gone_is_dead_at_once(
    database: Database, office: WebOffice, now: PutClock
) -> None:
    hook(database, office.url)
    put(database, a_call())
    office.answers.append((410, "gone"))
    assert deliver_once(database, now, [calls(now)], worker="one").dead == 1
    assert rows(database)[0].problem == "410 gone"


def test_a_redirect_is_not_followed(database: Database, office: WebOffice, now: PutClock) -> None:
    hook(database, office.url)
    put(database, a_call())
    office.answers.append((307, ""))
    office.location = f"http://127.0.0.1:{office.port}/elsewhere"
    assert deliver_once(database, now, [calls(now)], worker="one").later == 1
    assert [path for path, _, _ in office.calls] == ["/hook"]
    assert "redirects are not followed" in rows(database)[0].problem


def test_an_endpoint_that_hangs_is_left_after_its_seconds(
    database: Database, office: WebOffice, now: PutClock
) -> None:
    hook(database, office.url)
    put(database, a_call())
    office.hangs = True
    assert deliver_once(database, now, [calls(now, seconds=0.2)], worker="one").later == 1
    assert rows(database)[0].problem == "no answer within 0.2 seconds"


def test_an_endpoint_nobody_answers_at_is_tried_again(database: Database, now: PutClock) -> None:
    with web_office() as closed:
        url = closed.url
    hook(database, url)
    put(database, a_call())
    assert deliver_once(database, now, [calls(now)], worker="one").later == 1
    assert rows(database)[0].problem.startswith("the call failed")


def test_without_the_setting_nothing_on_this_machine_is_called(
    database: Database, office: WebOffice, now: PutClock
) -> None:
    """Also where the endpoint was entered while it was allowed."""
    hook(database, office.url)
    put(database, a_call())
    assert deliver_once(database, now, [calls(now, private=False)], worker="one").dead == 1
    assert office.calls == []
    assert "KIEMDIEM_WEBHOOK_PRIVATE" in rows(database)[0].problem


@pytest.mark.parametrize(
    ("url", "private", "allowed"),
    [
        ("https://hooks.example.org/kd", False, True),
        ("https://hooks.example.org:8443/kd?a=b", False, True),
        ("http://hooks.example.org/kd", False, False),  # in the clear
        ("http://hooks.example.org/kd", True, False),  # a name that may lead out
        ("http:" + "//8.8.8.8/kd", True, False),  # the world in the clear
        ("https:" + "//8.8.8.8/kd", False, True),
        ("https://127.0.0.1/kd", False, False),
        ("http://127.0.0.1:9000/kd", True, True),
        ("http://localhost/kd", True, True),
        ("https:" + "//10.0.0.5/kd", False, False),
        ("http:" + "//10.0.0.5/kd", True, True),
        ("https:" + "//169.254.169.254/latest", False, False),  # what a cloud tells of itself
        ("https://[::1]/kd", False, False),
        ("https://[::ffff:127.0.0.1]/kd", False, False),  # this machine in a disguise
        ("https:" + "//224.0.0.1/kd", False, False),
        ("https://user:word@hooks.example.org/kd", False, False),
        ("https://hooks.example.org/kd#part", False, False),
        ("https://hooks.example.org/a b", False, False),
        ("https://hooks.example.org/a\r\nX: y", False, False),
        ("ftp://hooks.example.org/kd", True, False),
        ("https:///kd", True, False),
        ("https://hooks.example.org:99999/kd", True, False),
        ("javascript:alert(1)", True, False),
        ("https://móc.example.org/kd", True, False),
        ("https://hooks.example.org/" + "a" * 500, False, False),
        ("", True, False),
    ],
)
def test_where_a_webhook_may_lead(url: str, private: bool, allowed: bool) -> None:
    if allowed:
        check_url(url, private=private)
        return
    with pytest.raises(BadInput) as refused:
        check_url(url, private=private)
    assert refused.value.vi
    assert "word" not in refused.value.en.replace("passwords", "")


def reminder(deadline: str, organisation: str = FIRST, **other: object) -> dict[str, object]:
    return {
        "deadline": deadline,
        "campaign": "2016",
        "organisation": organisation,
        "superior": BASE,
        "kind": "individual",
        "gate": "count_ballot",
        "rule": "duk.vote",
        "due_on": TODAY,
        "safe_on": TODAY,
        "hour": "",
        "rung": "day:0",
        "level": 0,
        "rung_on": TODAY,
        "found_on": TODAY,
    } | other


@pytest.fixture
def town(database: Database) -> Town:
    town = Town.on(database)
    town.enter_roster()
    return town


def test_a_sweep_that_finds_reminders_posts_one_call_an_endpoint_and_nothing_twice(town: Town) -> None:
    with town.database.write() as connection:
        whole, _ = add_webhook(
            connection, "https://a.example.org/", BASE, by="officer", at=START, private=False
        )
        cell, _ = add_webhook(
            connection, "https://b.example.org/", FIRST, by="officer", at=START, private=False
        )
        other, _ = add_webhook(
            connection, "https://c.example.org/", "CB02", by="officer", at=START, private=False
        )
        connection.execute(
            insert(REMINDERS),
            [reminder(f"review/{n}/count_ballot", rung_on=TODAY - timedelta(days=n // 3)) for n in range(5)],
        )
        assert post_webhooks(connection, TODAY, START) == 2
        assert post_webhooks(connection, TODAY, START) == 0
    written = {row.recipient: row for row in rows(town.database)}
    assert set(written) == {whole.webhook, cell.webhook}, other.webhook
    body = json.loads(written[whole.webhook].body)
    assert sorted((line["items"], line["late"]) for line in body["lines"]) == [(2, True), (3, False)]
    assert "deadline" not in written[whole.webhook].body


def test_reminders_found_later_the_same_day_are_one_more_call(town: Town) -> None:
    with town.database.write() as connection:
        add_webhook(connection, "https://a.example.org/", BASE, by="officer", at=START, private=False)
        connection.execute(insert(REMINDERS), [reminder("review/1/submit")])
        assert post_webhooks(connection, TODAY, START) == 1
        connection.execute(insert(REMINDERS), [reminder("review/2/submit"), reminder("review/3/submit")])
        assert post_webhooks(connection, TODAY, START) == 1
        assert post_webhooks(connection, TODAY - timedelta(days=1), START) == 0
    bodies = [json.loads(row.body) for row in rows(town.database)]
    assert [sum(line["items"] for line in body["lines"]) for body in bodies] == [1, 2]


def test_an_endpoint_is_made_shown_and_removed_with_what_waits_for_it(town: Town) -> None:
    with town.database.write() as connection:
        made, secret = add_webhook(
            connection, "https://a.example.org/", BASE, by="officer", at=START, private=False
        )
        assert secret.startswith("whsec_")
        assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
        assert webhook_with_secret(connection, made.webhook) == (made, secret)
        assert webhooks(connection) == (made,)
        with pytest.raises(NotFound):
            add_webhook(connection, "https://a.example.org/", "NOBODY", by="o", at=START, private=False)
        connection.execute(insert(REMINDERS), [reminder("review/1/submit")])
        post_webhooks(connection, TODAY, START)
        remove_webhook(connection, made.webhook, at=START)
        with pytest.raises(NotFound):
            remove_webhook(connection, made.webhook, at=START)
        assert [one.active for one in webhooks(connection)] == [False]
        assert connection.execute(select(WEBHOOKS.c.url)).scalar() == "https://a.example.org/"
    assert [row.state for row in rows(town.database)] == ["cancelled"]
