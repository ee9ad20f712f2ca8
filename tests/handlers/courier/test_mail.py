"""E-mail against a real SMTP server: taken, refused, put off, stalled, broken; and what a letter says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest

from handlers.courier.run import deliver_all, deliver_once
from tests.handlers.courier.post_office import PostOffice, post_office
from tests.handlers.courier.posting import (
    SHORT_STEPS,
    START,
    PutClock,
    a_line,
    a_row,
    digest,
    mail_to,
    put,
    rows,
    tries,
)
from workflow.database import Database


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def now() -> PutClock:
    return PutClock()


def part(message: EmailMessage, kind: str) -> str:
    """The text or HTML of a letter."""
    body = message.get_body((kind,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


def test_a_letter_goes_out_once_and_says_what_to_do(
    database: Database, office: PostOffice, now: PutClock
) -> None:
    late = a_line(due_on="2017-01-10", safe_on="2017-01-10", rung="after:1", items=1)
    put(database, a_row(body=digest(a_line(), late, a_line(gate="submit", kind="organisation", items=1))))
    channel = mail_to(office.port, now)
    assert deliver_once(database, now, [channel], worker="one").sent == 1
    assert deliver_once(database, now, [channel], worker="one").tried == 0
    (letter,) = office.taken
    assert office.envelopes == [("nhac-viec@example.org", ("an@example.org",))]
    assert letter["Subject"] == "Nhắc việc 11/01/2017: 3 việc, 1 quá hạn"
    assert letter["Message-ID"] == rows(database)[0].message_id
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Id"] == "kiemdiem <reminders.kiemdiem.example.org>"
    assert letter["Date"].datetime == START
    text = part(letter, "plain")
    assert text.index("Quá hạn 1 ngày") < text.index("Bỏ phiếu xếp loại cho 12 cá nhân: CB01")
    assert "Căn cứ: DUK-2016, II.3" in text
    assert "https://kiemdiem.example.org/c/2016/o/CB01" in text
    assert 'href="https://kiemdiem.example.org/c/2016/o/CB01"' in part(letter, "html")
    assert [row.state for row in rows(database)] == ["sent"]
    assert tries(database) == [(1, 1, "sent")]


def test_a_letter_is_english_for_whoever_wants_it(
    database: Database, office: PostOffice, now: PutClock
) -> None:
    put(database, a_row(language="en"))
    deliver_once(database, now, [mail_to(office.port, now)], worker="one")
    (letter,) = office.taken
    assert letter["Subject"] == "Reminders 11/01/2017: 1 task"
    assert "Vote on the level of 12 people" in part(letter, "plain")
    assert letter["Content-Language"] == "en"


def test_rungs_missed_by_a_stop_are_told_once_in_order_as_late_and_claim_nothing_of_today(
    database: Database, office: PostOffice, now: PutClock
) -> None:
    missed = a_line(rung="before:5", rung_on="2017-01-09", late=True, items=14)
    older = a_line(rung="before:10", rung_on="2016-12-30", late=True, items=14)
    put(database, a_row(body=digest(a_line(), missed, older)))
    deliver_once(database, now, [mail_to(office.port, now)], worker="one")
    (letter,) = office.taken
    assert letter["Subject"] == "Nhắc việc 11/01/2017: 1 việc", "one thing owed, reminded of three times"
    lines = [line.strip() for line in part(letter, "plain").splitlines()]
    assert lines[lines.index("1. Bỏ phiếu xếp loại cho 12 cá nhân: CB01") + 2 :][:3] == [
        "Nhắc muộn, lẽ ra ngày 30/12/2016: còn 10 ngày làm việc",
        "Nhắc muộn, lẽ ra ngày 09/01/2017: còn 5 ngày làm việc",
        "Còn 3 ngày làm việc",
    ]


def test_every_byte_of_a_letter_fits_seven_bits(
    database: Database, office: PostOffice, now: PutClock
) -> None:
    put(database, a_row(body=digest(a_line(cite="Quy định 124-QĐ/TW, điều 3, khoản 2"))))
    deliver_once(database, now, [mail_to(office.port, now)], worker="one")
    (letter,) = office.taken
    assert letter.as_bytes().isascii()
    assert "Quy định 124-QĐ/TW, điều 3, khoản 2" in part(letter, "plain")


@pytest.mark.parametrize(
    "address",
    [
        "an@example.org\r\nBcc: all@example.org",
        "an@example.org\nDATA",
        "an@example.org, chi@example.org",
        "<an@example.org>",
        "an",
        "đảng@example.org",
        "@example.org",
        "",
    ],
)
def test_nothing_but_one_plain_mailbox_is_ever_written_to(
    database: Database, office: PostOffice, now: PutClock, address: str
) -> None:
    put(database, a_row(), emails=[("0101", address)])
    assert deliver_once(database, now, [mail_to(office.port, now)], worker="one").dead == 1
    assert office.taken == []
    (row,) = rows(database)
    assert "address" in row.problem
    assert "example" not in row.problem


def test_names_of_bodies_and_links_cannot_break_out_of_the_html(
    database: Database, office: PostOffice, now: PutClock
) -> None:
    odd = a_line(organisation="<script>x</script>\r\nBcc: a", cite="<b>", href='//evil.example/"><script>')
    put(database, a_row(body=digest(odd)))
    deliver_once(database, now, [mail_to(office.port, now)], worker="one")
    (letter,) = office.taken
    html = part(letter, "html")
    assert "<script>" not in html
    assert "evil.example" not in html
    assert letter["Bcc"] is None


def test_a_refused_recipient_is_dead_at_once_with_the_reason_and_without_the_address(
    database: Database, office: PostOffice, now: PutClock
) -> None:
    office.answers_to_recipients.append("550 5.1.1 <an@example.org> no such user")
    put(database, a_row("0101"), a_row("0102"))
    done = deliver_once(database, now, [mail_to(office.port, now)], worker="one")
    assert (done.dead, done.sent) == (1, 1), "the next letter goes out over the same connection"
    dead = rows(database)[0]
    assert dead.state == "dead"
    assert dead.problem == "recipient refused: 550 5.1.1 <a…@example.org> no such user"
    assert office.connections == 1


def test_a_letter_put_off_goes_out_in_steps_and_is_dead_after_the_last(
    database: Database, office: PostOffice, now: PutClock
) -> None:
    office.answers_to_recipients.extend(["451 4.7.1 try later"] * 4)
    put(database, a_row())
    channel = mail_to(office.port, now)
    for number, minutes in enumerate(SHORT_STEPS, start=1):
        assert deliver_once(database, now, [channel], worker="one", steps_minutes=SHORT_STEPS).later == 1
        (row,) = rows(database)
        assert (row.state, row.attempts) == ("queued", number)
        assert row.not_before == now() + timedelta(minutes=minutes)
        now.later(minutes - 0.01)
        assert deliver_once(database, now, [channel], worker="one", steps_minutes=SHORT_STEPS).tried == 0
        now.later(0.01)
    assert deliver_once(database, now, [channel], worker="one", steps_minutes=SHORT_STEPS).dead == 1
    (row,) = rows(database)
    assert (row.state, row.attempts, row.ended_at) == ("dead", 4, now())
    assert [outcome for _, _, outcome in tries(database)] == ["later"] * 4
    assert office.taken == []


def test_a_letter_refused_for_its_content_is_dead_and_one_put_off_is_not(
    database: Database, office: PostOffice, now: PutClock
) -> None:
    office.answers_to_letters.extend(["554 5.6.0 not like this", "452 4.2.2 box is full"])
    put(database, a_row("0101"), a_row("0102"), a_row("0103"))
    done = deliver_once(database, now, [mail_to(office.port, now)], worker="one")
    assert (done.dead, done.later, done.sent) == (1, 1, 1)


def test_nothing_goes_out_before_its_time(database: Database, office: PostOffice, now: PutClock) -> None:
    put(database, a_row(not_before=START + timedelta(minutes=30)))
    channel = mail_to(office.port, now)
    now.later(29.99)
    assert deliver_once(database, now, [channel], worker="one").tried == 0
    now.later(0.01)
    assert deliver_once(database, now, [channel], worker="one").sent == 1


def test_a_server_that_is_not_there_costs_one_letter_a_try(database: Database, now: PutClock) -> None:
    with post_office() as closed:
        port = closed.port
    put(database, *(a_row(f"01{n:02}") for n in range(5)))
    done = deliver_all(database, now, [mail_to(port, now)], worker="one")
    assert (done.later, done.untried) == (1, 4)
    assert [row.attempts for row in rows(database)] == [1, 0, 0, 0, 0]
    assert all(row.leased_by is None for row in rows(database))
    assert rows(database)[0].problem.startswith("the mail server cannot be used")


def test_a_server_that_stalls_is_left_after_its_seconds(
    database: Database, office: PostOffice, now: PutClock
) -> None:
    office.mood = "stalls"
    put(database, a_row("0101"), a_row("0102"))
    done = deliver_once(database, now, [mail_to(office.port, now, seconds=0.2)], worker="one")
    assert (done.later, done.untried) == (1, 1)
    office.mood = "takes"
    now.later(1)
    assert deliver_once(database, now, [mail_to(office.port, now)], worker="one").sent == 2
    assert len({str(letter["Message-ID"]) for letter in office.taken}) == 2


def test_a_server_that_dies_in_the_middle_of_a_letter_gets_it_again(
    database: Database, office: PostOffice, now: PutClock
) -> None:
    office.mood = "dies"
    put(database, a_row())
    channel = mail_to(office.port, now)
    assert deliver_once(database, now, [channel], worker="one").later == 1
    assert "connection broke" in rows(database)[0].problem
    office.mood = "takes"
    now.later(1)
    assert deliver_once(database, now, [channel], worker="one").sent == 1
    assert [outcome for _, _, outcome in tries(database)] == ["later", "sent"]


@pytest.mark.parametrize(
    "body",
    [
        "{",
        '{"form": "digest"}',
        digest(a_line(gate="no_such_step")),
        digest(a_line(rung="often")),
        digest(a_line(due_on="soon")),
        '{"form": "weekly", "day": "2017-01-11", "summary": {"bodies": [{}]}}',
    ],
)
def test_a_letter_nobody_can_read_is_dead_and_stops_no_other(
    database: Database, office: PostOffice, now: PutClock, body: str
) -> None:
    put(database, a_row("0101", body=body), a_row("0102"))
    done = deliver_once(database, now, [mail_to(office.port, now)], worker="one")
    assert (done.dead, done.sent) == (1, 1)
    assert "cannot be read" in rows(database)[0].problem


def test_a_weekly_letter_tells_how_a_branch_stands_and_who_will_be_late(
    database: Database, office: PostOffice, now: PutClock
) -> None:
    sums = {"open": 12, "overdue": 2, "this_week": 3, "at_risk": 0}
    branch = {
        "campaign": "2016",
        "organisation": "DB01",
        "href": "/c/2016",
        "total": sums,
        "own": sums,
        "children": [{"organisation": "CB01", "href": "/c/2016/o/CB01", **sums}],
        "will_miss": [{"day": "2017-01-31", "bodies": 3, "named": ["CB01", "CB02"]}],
    }
    summary = {"week": "2017-W02", "bodies": [branch]}
    body = json.dumps({"form": "weekly", "day": "2017-01-11", "lines": [], "summary": summary})
    put(database, a_row(body=body), a_row("0102", body=body, language="en"))
    assert deliver_once(database, now, [mail_to(office.port, now)], worker="one").sent == 2
    vi, en = office.taken
    assert vi["Subject"] == "Tổng hợp tuần, ngày 11/01/2017: 12 việc, 2 quá hạn"
    text = part(vi, "plain")
    assert "DB01, đợt 2016: 12 việc, 2 quá hạn, 3 đến hạn tuần này" in text
    assert "Theo tốc độ hiện nay, 3 đơn vị sẽ trễ hạn 31/01/2017: CB01, CB02 và 1 đơn vị khác" in text
    assert "At the present pace 3 units will miss 31/01/2017" in part(en, "plain")
