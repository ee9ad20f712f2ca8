"""What every command relies on: events come back as they went in, at the versions that were expected."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.workflow.log_samples import RECORDED, SENT, Failed, an_entry, append_and_fail, appended, whole
from workflow.contention import Conflict
from workflow.database import Database
from workflow.event_hash import event_bytes, event_hash
from workflow.log import Append, Head, Log


def test_an_event_comes_back_as_it_went_in(database: Database) -> None:
    entry = an_entry(
        actor="đ/c Nguyễn Thị Ánh ✓ 𠮷",
        data='{"ghi_chu":"Dự thảo \\n \\u0000 “ngoặc”"}'.encode(),
        verdicts=(("duk.chair", "unknown"), ("duk.order", "holds")),
        findings='[{"rule":"duk.chair","vì":"chưa biết"}]'.encode(),
        rulebook_hash="ab" * 32,
    )
    (stored,) = appended(database, "review/2016.member.0012", 0, entry)
    with database.read() as connection:
        log = Log(connection)
        assert log.read(["review/2016.member.0012"]) == {"review/2016.member.0012": [stored]}
        assert log.findings_of("review/2016.member.0012", 1) == entry.findings
    for field in (
        "name",
        "schema_version",
        "occurred_at",
        "actor",
        "capacity",
        "command_id",
        "rulebook_hash",
    ):
        assert getattr(stored, field) == getattr(entry, field)
    assert (stored.verdicts, stored.data, stored.version) == (entry.verdicts, entry.data, 1)
    assert stored.recorded_at == RECORDED
    assert stored.previous_hash == ""


def test_an_instant_keeps_its_microseconds_and_is_read_in_utc(database: Database) -> None:
    in_ha_noi = datetime(2017, 1, 1, 3, 0, 0, 7, tzinfo=timezone(timedelta(hours=7)))
    (stored,) = appended(database, "meeting/m1", 0, an_entry(occurred_at=in_ha_noi))
    (read,) = whole(database)
    assert read.occurred_at == stored.occurred_at == in_ha_noi
    assert read.occurred_at.isoformat() == "2016-12-31T20:00:00.000007+00:00"


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        appended(database, "meeting/m1", 0, an_entry(occurred_at=datetime(2017, 1, 1)))  # noqa: DTZ001 - the point
    assert whole(database) == []


def test_data_of_several_megabytes_is_stored(database: Database) -> None:
    data = b'{"minutes":"' + "Biên bản ".encode() * 400_000 + b'"}'
    appended(database, "meeting/m1", 0, an_entry(data=data))
    assert whole(database)[0].data == data


def test_many_events_of_many_streams_are_appended_at_once(database: Database) -> None:
    streams = [f"review/2016.member.{number:04}" for number in range(700)]
    with database.write() as connection:
        entries = (an_entry(), an_entry(findings=b"[]"), an_entry())
        stored = Log(connection).append([Append(stream, 0, entries) for stream in streams], RECORDED)
    assert [event.stream for event in stored] == [stream for stream in streams for _ in range(3)]
    assert [event.version for event in stored] == [1, 2, 3] * 700
    assert [event.position for event in stored] == sorted(event.position for event in stored)
    assert whole(database) == stored
    with database.read() as connection:
        log = Log(connection)
        found = log.read(streams)
        assert [event for stream in streams for event in found[stream]] == stored
        assert log.heads(streams)[streams[5]] == Head(3, found[streams[5]][-1].event_hash)


def test_a_stream_that_is_not_there_is_empty_and_has_no_head(database: Database) -> None:
    with database.read() as connection:
        assert Log(connection).read(["review/none"]) == {"review/none": []}
        assert Log(connection).heads(["review/none"]) == {}
        assert Log(connection).findings_of("review/none", 1) is None
        assert list(Log(connection).scan()) == []
        assert Log(connection).read([]) == {}


@pytest.mark.parametrize("expected", [0, 1, 3])
def test_an_append_at_another_version_than_expected_is_a_conflict(database: Database, expected: int) -> None:
    before = appended(database, "review/a", 0, an_entry(), an_entry())
    with pytest.raises(Conflict, match=f"review/a stands at version 2, the append expected {expected}"):
        appended(database, "review/a", expected, an_entry())
    assert whole(database) == before


def test_an_append_to_several_streams_stores_all_or_none(database: Database) -> None:
    before = appended(database, "review/a", 0, an_entry())
    appends = [Append("meeting/m1", 0, (an_entry(),)), Append("review/a", 0, (an_entry(),))]
    with pytest.raises(Conflict), database.write() as connection:
        Log(connection).append(appends, RECORDED)
    assert whole(database) == before


def test_what_a_transaction_appended_is_gone_when_it_fails_later(database: Database) -> None:
    with pytest.raises(Failed):
        append_and_fail(database, "review/a", an_entry(findings=b"[]"))
    assert whole(database) == []
    assert appended(database, "review/a", 0, an_entry(findings=b"[]"))[0].version == 1


def test_one_transaction_may_append_twice_to_a_stream(database: Database) -> None:
    with database.write() as connection:
        log = Log(connection)
        (first,) = log.append([Append("review/a", 0, (an_entry(),))], RECORDED)
        (second,) = log.append([Append("review/a", 1, (an_entry(),))], RECORDED)
        assert log.append([], RECORDED) == []
    assert whole(database) == [first, second]
    assert second.previous_hash == first.event_hash


def test_an_append_that_makes_no_sense_is_refused(database: Database) -> None:
    twice = [Append("review/a", 0, (an_entry(),)), Append("review/a", 1, (an_entry(),))]
    with pytest.raises(ValueError, match="named twice"), database.write() as connection:
        Log(connection).append(twice, RECORDED)
    with pytest.raises(ValueError, match="has no entries"):
        appended(database, "review/a", 0)


@pytest.mark.parametrize("field", ["name", "actor", "capacity", "command_id", "rulebook_hash"])
@pytest.mark.parametrize("text", ["a\nb", "a\0b", "a\ud800b"])
def test_a_field_that_could_be_hashed_two_ways_is_refused(database: Database, field: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"line feed or a zero byte|surrogates not allowed"):
        appended(database, "review/a", 0, an_entry(**{field: text}))
    assert whole(database) == []


def test_findings_that_not_every_database_can_store_are_refused(database: Database) -> None:
    for findings in (b'["\0"]', b'["\xff"]'):
        with pytest.raises(ValueError, match=r"zero byte|can't decode"):
            appended(database, "review/a", 0, an_entry(findings=findings))
    assert whole(database) == []


def test_each_event_holds_the_hash_of_the_one_before(database: Database) -> None:
    first, second, third = appended(database, "review/a", 0, an_entry(), an_entry(), an_entry())
    assert [first.previous_hash, second.previous_hash] == ["", first.event_hash]
    (fourth,) = appended(database, "review/a", 3, an_entry())
    assert fourth.previous_hash == third.event_hash
    assert len({first.event_hash, second.event_hash, third.event_hash, fourth.event_hash}) == 4


def test_an_event_is_hashed_over_exactly_these_bytes(database: Database) -> None:
    """The form is a promise to auditors: fifteen lines, written here by hand."""
    entry = an_entry(rulebook_hash="0f" * 32, data='{"gửi":"2016-12-28"}'.encode())
    _, second = appended(database, "review/2016.member.0012", 0, entry, entry)
    lines = [
        "kiemdiem event 1",
        "review/2016.member.0012",
        "2",
        "DraftSent",
        "1",
        "2016-12-28T09:30:00.000000Z",
        "2017-01-03T02:15:00.123456Z",
        "0012",
        "secretary@CB03",
        "c-1",
        "0f" * 32,
        '[["duk.notice_to_participants","holds"]]',
        '{"gửi":"2016-12-28"}',
        "",
        second.previous_hash,
    ]
    assert second.event_hash == hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def test_the_hash_of_a_known_event_never_changes() -> None:
    form = event_bytes(
        "review/2016.member.0012", 1, "DraftSent", 1,
        "2016-12-28T09:30:00.000000Z", "2017-01-03T02:15:00.123456Z",
        "0012", "secretary@CB03", "c-1", "", "[]", '{"gửi":"2016-12-28"}', "", "",
    )  # fmt: skip
    assert form == (
        b"kiemdiem event 1\nreview/2016.member.0012\n1\nDraftSent\n1\n2016-12-28T09:30:00.000000Z\n"
        b"2017-01-03T02:15:00.123456Z\n0012\nsecretary@CB03\nc-1\n\n[]\n"
        b'{"g\xe1\xbb\xadi":"2016-12-28"}\n\n\n'
    )
    assert event_hash(form).hex() == "48697070bc1292374852dd2d8e2896b3fcc5a5f7f0abf78af385de251db22e04"


def test_findings_leave_only_a_salted_digest_in_the_log(database: Database) -> None:
    """The same findings twice give two digests, so nobody can tell by guessing what was found."""
    first, second = appended(database, "review/a", 0, an_entry(findings=b"[]"), an_entry(findings=b"[]"))
    assert first.findings_digest != second.findings_digest
    assert [len(event.findings_digest or "") for event in (first, second)] == [64, 64]


def test_what_happened_and_what_was_recorded_are_two_instants(database: Database) -> None:
    (stored,) = appended(database, "review/a", 0, an_entry(occurred_at=SENT))
    assert (stored.occurred_at, stored.recorded_at) == (SENT, RECORDED)
    assert stored.occurred_at.tzinfo is UTC
