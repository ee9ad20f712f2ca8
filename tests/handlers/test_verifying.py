"""What the read models say is compared with the log row by row, and what the log cannot tell is named."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, insert, select, text, update

from handlers.compared import Disagreement, Seen
from handlers.folds import every_life
from handlers.rebuild import disagreements, rebuild
from handlers.registry import follow
from handlers.tables import BALLOTS, CAMPAIGNS, DECLARATIONS, PROGRESS, REVIEWS, SESSIONS, read_models
from tests.handlers.event_samples import sample
from workflow import codec, kept_rulebooks
from workflow.database import Database
from workflow.event import Event
from workflow.events import campaign as in_campaign
from workflow.events import meeting as at_meeting
from workflow.events import review as in_review
from workflow.folding import fold_stored, nothing
from workflow.gathering import Moved
from workflow.log import Append, Entry, Log
from workflow.rules.rulebook import Rulebook

NOW = datetime(2017, 1, 10, 5, tzinfo=UTC)
REVIEW = "review/2016.member.0012"
OTHER = "review/2016.member.0013"
BOOK = Rulebook.load("duk_2016")
LIFE: dict[str, tuple[Event, ...]] = {
    "campaign/2016": (
        sample(in_campaign.CampaignPlanned, year=2016, rulebook_hash=BOOK.hash),
        sample(in_campaign.OpeningStarted, believed_at=NOW.isoformat()),
    ),
    REVIEW: (sample(in_review.ReviewOpened), sample(in_review.DraftPrepared), sample(in_review.DraftSent)),
    OTHER: (sample(in_review.ReviewOpened, subject="0013"), sample(in_review.SubjectExempted)),
    "ballot/B1": (sample(at_meeting.BallotIssued),),
    "lists/2016/CB03": (
        sample(in_campaign.ListDeclaredComplete),
        sample(in_campaign.ListDeclaredComplete, list="sick_leave"),
        sample(in_campaign.ListEntryRecorded),
        sample(in_campaign.NeighbourRated),
    ),
    "roster": (sample(in_campaign.RosterChanged),),
}


@pytest.fixture
def lived(database: Database) -> Database:
    """A database where a few streams were appended and followed."""
    with database.write() as connection:
        kept_rulebooks.keep(connection, BOOK.canonical_bytes())
        log = Log(connection)
        for stream, events in LIFE.items():
            stored = tuple(log.append([Append(stream, 0, tuple(map(an_entry, events)))], NOW))
            after = fold_stored(stream, stored)
            follow(
                connection,
                [Moved(stream=stream, before=nothing(stream), after=after, events=events, stored=stored)],
            )
    return database


def an_entry(event: Event) -> Entry:
    name, schema = codec.schema_of(event)
    return entry_of(name, schema, codec.encode(event))


def entry_of(name: str, schema: int, data: bytes) -> Entry:
    return Entry(
        name=name,
        schema_version=schema,
        occurred_at=NOW,
        actor="0011",
        capacity="secretary@CB03",
        command_id="c1",
        rulebook_hash="",
        verdicts=(),
        data=data,
        findings=None,
    )


def found(database: Database, seen: Seen | None = None) -> list[Disagreement]:
    with database.read() as connection:
        return list(disagreements(connection, seen))


def test_what_was_written_beside_the_events_agrees_with_the_log(lived: Database) -> None:
    seen = Seen()
    assert found(lived, seen) == []
    assert (seen.streams, seen.events) == (len(LIFE), sum(map(len, LIFE.values())))


def test_a_rebuild_gives_the_same_rows_again(lived: Database) -> None:
    def rows() -> dict[str, list[str]]:
        with lived.read() as connection:
            return {
                table.name: sorted(map(repr, connection.execute(select(table)))) for table in read_models()
            }

    before = rows()
    with lived.write() as connection:
        assert rebuild(connection) == sum(map(len, LIFE.values()))
    assert rows() == before


def test_a_changed_value_is_named_with_both_sides(lived: Database) -> None:
    with lived.write() as connection:
        connection.execute(update(REVIEWS).where(REVIEWS.c.review == REVIEW[7:]).values(stage="approved"))
        connection.execute(update(SESSIONS).where(SESSIONS.c.venue == "DB01").values(at="2017-01-01#001"))
        connection.execute(update(BALLOTS).values(entitled=99))
    told = {str(one) for one in found(lived)}
    assert "reviews 2016.member.0012: stage is 'approved', the log tells 'draft_sent'" in told
    assert "sessions 2016.member.0012 DB01: at is '2017-01-01#001', the log tells None" in told
    assert "ballots B1: entitled is 99, the log tells 3" in told


def test_a_missing_row_and_a_row_too_much_are_named(lived: Database) -> None:
    with lived.write() as connection:
        row = dict(connection.execute(select(REVIEWS).where(REVIEWS.c.review == REVIEW[7:])).mappings().one())
        connection.execute(delete(REVIEWS).where(REVIEWS.c.review == OTHER[7:]))
        for name in ("2016.member.0000", "2016.member.9999"):
            connection.execute(insert(REVIEWS), row | {"review": name})
        connection.execute(delete(CAMPAIGNS))
    rows = {(one.table, one.key, one.kept, one.told) for one in found(lived)}
    assert rows == {
        ("reviews", "2016.member.0000", "a row", None),
        ("reviews", "2016.member.0013", None, "a row"),
        ("reviews", "2016.member.9999", "a row", None),
        ("campaigns", "2016", None, "a row"),
    }


def test_a_counter_that_is_off_is_named_and_one_at_zero_is_as_good_as_none(lived: Database) -> None:
    with lived.write() as connection:
        key = {"campaign": "2016", "organisation": "CB03", "kind": "individual", "level": ""}
        connection.execute(insert(PROGRESS), {**key, "stage": "voted", "reviews": 0})
    assert found(lived) == []
    with lived.write() as connection:
        connection.execute(update(PROGRESS).where(PROGRESS.c.stage == "draft_sent").values(reviews=2))
    (off,) = found(lived)
    assert (off.table, off.column, off.kept, off.told) == ("progress", "reviews", 2, 1)


def test_a_declaration_that_a_later_entry_reopened_is_not_expected(lived: Database) -> None:
    """The list of discipline was declared, then an entry came: only the one of sick leave stands."""
    with lived.read() as connection:
        assert connection.execute(select(DECLARATIONS.c.list)).scalars().all() == ["sick_leave"]
    with lived.write() as connection:
        connection.execute(update(DECLARATIONS).values(as_of=date(2020, 1, 1)))
    assert [one.column for one in found(lived)] == ["as_of"]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (
            entry_of("moon_landed", 1, b"{}"),
            "moon_landed is no event this program knows",
        ),  # never written by us
        (entry_of("draft_sent", 99, b"{}"), "draft_sent in shape 99"),  # a newer program wrote it
        (entry_of("draft_sent", 1, b'{"on":5}'), "int"),  # not of its shape
        (
            entry_of("meeting_cancelled", 1, b'{"reason":"x"}'),
            "meeting_cancelled is no event",
        ),  # another life
        (an_entry(sample(in_review.ReviewApproved)), "approve from draft_sent"),  # the table has no such move
    ],
)
def test_an_event_that_cannot_be_folded_is_named_and_the_rest_is_still_compared(
    lived: Database, entry: Entry, why: str
) -> None:
    with lived.write() as connection:
        Log(connection).append([Append(REVIEW, 3, (entry,))], NOW)
        connection.execute(update(REVIEWS).where(REVIEWS.c.review == OTHER[7:]).values(stage="open"))
    broken, differs = found(lived)
    assert broken.key == f"{REVIEW} version 4"
    assert why in str(broken)
    assert (differs.key, differs.column) == ("2016.member.0013", "stage")


def test_a_stream_of_an_unknown_kind_is_named(lived: Database) -> None:
    with lived.write() as connection:
        Log(connection).append([Append("moon/1", 0, (an_entry(sample(in_review.DraftSent)),))], NOW)
    assert [one.key for one in found(lived)] == ["moon/1"]


def test_lives_are_told_in_the_order_of_their_names_and_whole(lived: Database) -> None:
    with lived.read() as connection:
        told = [(life.stream, life.version) for life in every_life(connection)]
    assert told == sorted((stream, len(events)) for stream, events in LIFE.items())


def test_verifying_writes_nothing(lived: Database) -> None:
    with lived.read() as connection:
        before = connection.execute(text("SELECT count(*) FROM events")).scalar_one()
        list(disagreements(connection))
        assert connection.execute(text("SELECT count(*) FROM events")).scalar_one() == before
