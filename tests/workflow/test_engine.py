"""What the engine promises whoever asks: answers for ever, refusals that leave nothing, versions."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from states.roles import Role
from tests.builders import (
    BOARD,
    CAMPAIGN,
    COMMITTEE,
    FIRST,
    MET,
    OFFICER,
    PREPARED,
    collective,
    member,
    written,
)
from tests.town import Town
from workflow.commands.asking import Actor, Command, Request
from workflow.commands.campaign import CloseCampaign, FinishOpening, GrantSpecialMerit
from workflow.commands.deciding import (
    AppraiseBundle,
    DecideBundle,
    OpenConsultation,
    RecordOpinion,
    ReturnBundle,
    SubmitBundle,
)
from workflow.commands.meeting import (
    AnnounceResult,
    CancelMeeting,
    CloseUnrated,
    CorrectCount,
    CountBallot,
    IssueBallot,
    RecordMeeting,
)
from workflow.commands.preparing import Prepare, RateSelf
from workflow.contention import Retry
from workflow.database import Database
from workflow.errors import (
    BadInput,
    Busy,
    KeyReused,
    NotAllowed,
    NotFound,
    Refusal,
    StaleVersion,
    WrongStage,
)
from workflow.gathering import Gathered, Standing
from workflow.refusals import refusals_of
from workflow.tables import REFUSALS, REFUSED_STREAMS

ANNA = member("0104")


@pytest.fixture
def town(database: Database) -> Town:
    """An open campaign in which nothing has been done yet."""
    return Town.on(database).open()


def rows(database: Database) -> dict[str, int]:
    """How many rows every table has, the list of refusals left out."""
    left_out = {REFUSALS.name, REFUSED_STREAMS.name}
    with database.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in SQLModel.metadata.sorted_tables
            if table.name not in left_out
        }


def prepare(review: str = ANNA, document: str | None = None) -> Prepare:
    return written(review, PREPARED, document)


# --- the same command again -----------------------------------------------------------------------


def test_the_same_key_and_body_give_the_same_answer_and_do_nothing_twice(town: Town) -> None:
    town.now.put(PREPARED)
    first = town.do(prepare(), town.secretary(FIRST), key="a")
    before = rows(town.database)
    again = town.do(prepare(), town.secretary(FIRST), key="a")
    assert again.repeated and not first.repeated
    assert (again.command_id, again.streams, again.position) == (
        first.command_id,
        first.streams,
        first.position,
    )
    assert rows(town.database) == before


def test_the_same_answer_is_given_by_another_engine_on_the_same_database(town: Town) -> None:
    """An answer is kept with the event, not in the memory of a process."""
    town.now.put(PREPARED)
    first = town.do(prepare(), town.secretary(FIRST), key="a")
    other = Town.on(town.database)
    other.now.put(PREPARED)
    assert other.do(prepare(), town.secretary(FIRST), key="a").command_id == first.command_id


def test_the_same_key_with_another_body_is_refused(town: Town) -> None:
    town.now.put(PREPARED)
    town.do(prepare(), town.secretary(FIRST), key="a")
    refusal = town.refused(KeyReused, prepare(document="BC-02"), town.secretary(FIRST), key="a")
    assert refusal.key == "a"


def test_another_command_with_the_same_fields_is_another_body(town: Town) -> None:
    """Announcing a result and closing without a rating both name a review and a day; one is not the other."""
    town.make_ready(people=["0101", "0102", "0103"])
    town.meet(people=["0101", "0102", "0103"])
    told = {"review": member("0103"), "on": MET}
    town.do(AnnounceResult(**told), town.secretary(FIRST), key="a")  # type: ignore[arg-type]  # two fields
    town.refused(KeyReused, CloseUnrated(**told), town.secretary(FIRST), key="a")  # type: ignore[arg-type]  # as above


def test_two_people_may_use_the_same_key(town: Town) -> None:
    town.now.put(PREPARED)
    secretary = town.secretary(FIRST)
    other = Actor(id="0102", role=secretary.role, body=FIRST)
    town.do(prepare(), secretary, key="a")
    answer = town.do(prepare(member("0105")), other, key="a")
    assert not answer.repeated
    assert town.review(member("0105")).stage == "prepared"


def test_a_refused_command_is_judged_anew_under_the_same_key(town: Town) -> None:
    """What was refused yesterday may be right today: a refusal is not kept as an answer."""
    town.now.put(PREPARED)
    asks = RateSelf(review=ANNA, level="HTTNV", on=MET)
    refusal = town.refused(BadInput, asks, town.secretary(FIRST), key="a")
    assert refusal.field == "on"
    town.now.put(MET)
    assert not town.do(asks, town.secretary(FIRST), key="a").repeated


# --- versions -------------------------------------------------------------------------------------


def test_the_version_that_was_seen_is_accepted_and_an_older_one_refused(town: Town) -> None:
    town.now.put(PREPARED)
    seen = town.review(ANNA).version
    town.do(prepare(), town.secretary(FIRST), version=seen)
    refusal = town.refused(StaleVersion, prepare(), town.secretary(FIRST), version=seen)
    assert (refusal.expected, refusal.actual) == (seen, seen + 2)  # the ticks, then the report
    town.do(prepare(), town.secretary(FIRST), version=seen + 2)


def test_an_unknown_review_is_not_found_whatever_version_was_seen(town: Town) -> None:
    town.refused(NotFound, prepare("2016.member.9999"), town.secretary(FIRST))
    town.refused(NotFound, prepare("2016.member.9999"), town.secretary(FIRST), version=3)


# --- refusals -------------------------------------------------------------------------------------


def refused_commands(town: Town) -> list[tuple[str, Command, Actor, type[Refusal]]]:
    """One refusal of each kind, each one step away from being accepted."""
    secretary = town.secretary(FIRST)
    return [
        ("unknown review", prepare("2016.member.9999"), secretary, NotFound),
        ("wrong stage", AnnounceResult(review=ANNA, on=PREPARED), secretary, WrongStage),
        ("wrong role", prepare(), BOARD, NotAllowed),
        ("wrong body", prepare(), town.secretary("CB02"), NotAllowed),
        ("another member", prepare(), Actor(id="0105", role=Role.MEMBER, body=FIRST), NotAllowed),
        ("a day to come", Prepare(review=ANNA, on=MET), secretary, BadInput),
    ]


def test_a_refused_command_leaves_nothing_but_its_line_in_the_list(town: Town) -> None:
    town.now.put(PREPARED)
    for name, command, actor, why in refused_commands(town):
        before = rows(town.database)
        town.refused(why, command, actor, key=f"key of {name}")
        assert rows(town.database) == before, name
    town.do(prepare(), town.secretary(FIRST))


def test_refused_commands_are_listed_with_who_asked_and_why(town: Town) -> None:
    town.now.put(PREPARED)
    town.refused(WrongStage, AnnounceResult(review=ANNA, on=PREPARED), town.secretary(FIRST))
    town.refused(NotAllowed, prepare(), BOARD)
    with town.database.read() as connection:
        listed = refusals_of(connection, [f"review/{ANNA}"])
    assert [(one.command, one.refusal, one.actor, one.capacity) for one in listed] == [
        ("AnnounceResult", "WrongStage", "0101", "secretary@CB01"),
        ("Prepare", "NotAllowed", BOARD.id, "organisation_board@DB01"),
    ]


def test_a_refusal_by_rules_lists_every_failing_rule(town: Town) -> None:
    """Whoever puts one thing right should not meet the next refusal a minute later."""
    town.make_ready(people=["0101"], sent=MET)
    command = town.evening(people=["0101"], ballot=False)
    town.refused(Refusal, command, town.secretary(FIRST))  # type: ignore[type-abstract]  # any refusal will do
    with town.database.read() as connection:
        (listed,) = refusals_of(connection, [f"meeting/{command.meeting}"])
    assert ("duk.notice_to_participants", "fails") in listed.failing
    assert f"review/{collective(FIRST)}" in listed.streams


# --- colleagues -----------------------------------------------------------------------------------


class Meddling:
    """A gather after which, so many times, a colleague has already moved the review on."""

    def __init__(self, times: int, act: Callable[[], object]) -> None:
        from handlers.gather import FactsFromTables

        self._inner = FactsFromTables()
        self.times, self.act, self.gathered = times, act, 0
        self.reviews_of, self.guards = self._inner.reviews_of, self._inner.guards
        self.campaigns, self.planned = self._inner.campaigns, self._inner.planned

    def gather(self, connection: object, standing: Standing) -> Gathered:
        found = self._inner.gather(connection, standing)  # type: ignore[arg-type]  # handed on as it came
        self.gathered += 1
        if self.gathered <= self.times:
            self.act()
        return found


@pytest.mark.parametrize(("conflicts", "busy"), [(2, False), (3, True)])
def test_a_command_starts_again_twice_and_is_busy_at_the_third_conflict(
    town: Town, conflicts: int, busy: bool
) -> None:
    town.now.put(PREPARED)

    def give_way() -> None:
        raise Retry("the database gave way to a colleague")

    gather = Meddling(conflicts, give_way)
    slow = Town.on(town.database, gather=gather)
    slow.now.put(PREPARED)
    before = rows(town.database)
    if busy:
        refusal = slow.refused(Busy, prepare(), town.secretary(FIRST), key="a")
        assert ANNA in refusal.name
        assert rows(town.database) == before, "nothing was done"
    else:
        slow.do(prepare(), town.secretary(FIRST), key="a")
        assert town.review(ANNA).stage == "prepared"
    assert gather.gathered == 3


def test_a_look_says_what_a_command_would_do_and_does_nothing(town: Town) -> None:
    town.now.put(PREPARED)
    before = rows(town.database)
    _, would = town.engine.consider(Request(command=prepare(), actor=town.secretary(FIRST)))
    _, would_not = town.engine.consider(Request(command=prepare(), actor=BOARD))
    assert not isinstance(would, Refusal)
    assert isinstance(would_not, NotAllowed)
    assert rows(town.database) == before
    with town.database.read() as connection:
        assert refusals_of(connection, [f"review/{ANNA}"]) == []


# --- things nobody knows --------------------------------------------------------------------------

UNKNOWN: list[tuple[str, Command, Actor]] = [
    ("campaign", FinishOpening(campaign="1999"), OFFICER),
    ("campaign", CloseCampaign(campaign="1999"), OFFICER),
    ("campaign", GrantSpecialMerit(campaign="1999", organisation=FIRST, document="QĐ 1"), COMMITTEE),
    ("meeting", CancelMeeting(meeting="none", reason="mưa bão"), BOARD),
    (
        "ballot",
        CountBallot(ballot="none", issued=1, collected=1, valid=1, invalid=0, tallies=()),
        BOARD,
    ),
    ("ballot", CorrectCount(ballot="none", review=ANNA, level="HTTNV", now=1, reason="nhầm"), BOARD),
    ("submission", ReturnBundle(submission="none", on=PREPARED, reason="thiếu"), BOARD),
    ("submission", AppraiseBundle(submission="none", on=PREPARED), BOARD),
    ("submission", DecideBundle(submission="none", on=PREPARED, document="QĐ 1"), COMMITTEE),
    ("submission", OpenConsultation(submission="none", bodies=("CĐ",), until=MET), BOARD),
    ("submission", RecordOpinion(submission="none", body="CĐ", on=PREPARED, text="nhất trí"), BOARD),
]


def test_what_nobody_knows_is_not_found_and_named(town: Town) -> None:
    town.now.put(PREPARED)
    for what, command, actor in UNKNOWN:
        refusal = town.refused(NotFound, command, actor)
        assert refusal.what == what, command


def test_a_review_of_another_campaign_is_not_taken_along(town: Town) -> None:
    """The rules of a campaign judge its own reviews; a campaign nobody planned has no rules at all."""
    town.make_ready(people=["0101"])
    evening = town.evening(people=["0101"], ballot=False)
    town.now.put(MET)
    elsewhere = RecordMeeting(
        **{
            **{name: getattr(evening, name) for name in evening.__dataclass_fields__},
            "campaign": "1999",
        }
    )
    town.refused(Refusal, elsewhere, town.secretary(FIRST))  # type: ignore[type-abstract]  # any refusal will do
    bundle = SubmitBundle(
        submission="X", campaign="1999", organisation=FIRST, on=MET, reviews=(member("0101"),)
    )
    town.refused(Refusal, bundle, town.secretary(FIRST))  # type: ignore[type-abstract]  # any refusal will do
    ballot = IssueBallot(
        ballot="X",
        campaign="1999",
        organisation=FIRST,
        meeting="X",
        day=MET,
        motions=((member("0101"), "HTTNV"),),
    )
    town.refused(Refusal, ballot, town.secretary(FIRST))  # type: ignore[type-abstract]  # any refusal will do
    town.do(evening, town.secretary(FIRST))


@pytest.mark.parametrize("name", ["2016.member.\x00", "2016.member.0101\x00"])
def test_a_name_no_database_can_hold_is_refused_alike_on_both(town: Town, name: str) -> None:
    """PostgreSQL stores no zero byte, SQLite does; neither is a reason to crash."""
    town.refused(Refusal, prepare(name), town.secretary(FIRST))  # type: ignore[type-abstract]  # any refusal will do
    town.refused(Refusal, prepare(document="BC\x00"), town.secretary(FIRST))  # type: ignore[type-abstract]  # any refusal will do


def test_a_campaign_that_is_only_planned_has_no_reviews_to_act_on(database: Database) -> None:
    town = Town.on(database)
    town.enter_roster()
    town.plan()
    town.refused(NotFound, prepare(f"{CAMPAIGN}.member.0104"), town.secretary(FIRST))
