"""What is kept beside the log: answers to repeated commands, refused commands, rulebooks by their hash."""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.workflow.log_samples import RECORDED
from workflow import kept_rulebooks
from workflow.contention import Retry
from workflow.database import Database
from workflow.errors import KeyReused
from workflow.idempotency import Answer, recall, remember
from workflow.refusals import Refused, digest_of, record, refusals_of

SENT = Answer('{"streams":{"review/a":2},"note":"Đã gửi"}', "c-1")


def test_the_same_key_and_body_gets_the_same_answer(database: Database) -> None:
    _remember(database, "0012", "k1", b"body", SENT)
    with database.read() as connection:
        assert recall(connection, "0012", "k1", b"body") == SENT


def test_a_new_key_has_no_answer(database: Database) -> None:
    with database.read() as connection:
        assert recall(connection, "0012", "k1", b"body") is None


def test_the_same_key_with_another_body_is_refused(database: Database) -> None:
    _remember(database, "0012", "k1", b"body", SENT)
    with database.read() as connection, pytest.raises(KeyReused, match="k1"):
        recall(connection, "0012", "k1", b"another body")


def test_a_key_belongs_to_its_actor(database: Database) -> None:
    _remember(database, "0012", "k1", b"body", SENT)
    _remember(database, "0013", "k1", b"another body", Answer("{}", "c-2"))
    with database.read() as connection:
        assert recall(connection, "0012", "k1", b"body") == SENT
        assert recall(connection, "0013", "k1", b"another body") == Answer("{}", "c-2")


def test_one_key_in_two_transactions_at_once_is_answered_once(database: Database) -> None:
    """Both found the key new; the second starts again and then recalls the first one's answer."""
    both_asked = threading.Barrier(2) if database.dialect == "postgresql" else None

    def send(command_id: str) -> str:
        try:
            with database.write() as connection:
                if known := recall(connection, "0012", "k1", b"body"):
                    return known.command_id
                if both_asked is not None:
                    both_asked.wait(timeout=30)
                remember(connection, "0012", "k1", b"body", Answer("{}", command_id), RECORDED)
        except Retry:
            return "again"
        return command_id

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(send, ["c-1", "c-2"])
    with database.read() as connection:
        kept = recall(connection, "0012", "k1", b"body")
    assert kept is not None
    if database.dialect == "postgresql":
        assert {first, second} == {kept.command_id, "again"}
    else:
        assert first == second == kept.command_id


def test_refusals_are_shown_with_every_stream_they_are_about(database: Database) -> None:
    first = _refused(
        streams=("meeting/m1", "review/a"), failing=(("duk.chair", "fails"), ("duk.order", "unknown"))
    )
    second = _refused(streams=("review/a",), refusal="WrongStage", failing=())
    with database.write() as connection:
        for refused in (first, second, _refused(streams=("review/b",)), _refused(streams=())):
            record(connection, refused)
    with database.read() as connection:
        assert refusals_of(connection, ["review/a"]) == [first, second]
        assert refusals_of(connection, ["meeting/m1", "review/a"]) == [first, second]
        assert refusals_of(connection, ["review/none"]) == []
        assert refusals_of(connection, []) == []


def test_a_rulebook_is_kept_once_under_its_hash(database: Database) -> None:
    body = '{"title":"Hướng dẫn"}'.encode()
    with database.write() as connection:
        key = kept_rulebooks.keep(connection, body)
        assert kept_rulebooks.keep(connection, body) == key == hashlib.sha256(body).hexdigest()
    with database.read() as connection:
        assert kept_rulebooks.body_of(connection, key) == body
        assert kept_rulebooks.body_of(connection, "00" * 32) is None


def _remember(database: Database, actor: str, key: str, body: bytes, answer: Answer) -> None:
    with database.write() as connection:
        remember(connection, actor, key, body, answer, RECORDED)


def _refused(
    streams: tuple[str, ...],
    refusal: str = "RulesFail",
    failing: tuple[tuple[str, str], ...] = (("duk.chair", "fails"),),
) -> Refused:
    return Refused(
        recorded_at=RECORDED,
        command="HoldSession",
        command_id="c-7",
        actor="0012",
        capacity="secretary@CB03",
        streams=streams,
        refusal=refusal,
        failing=failing,
        body_digest=digest_of(b"{}"),
    )
