"""Several people at once, through threads and processes: nothing is lost, no rule is passed together."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Connection

from handlers.gather import FactsFromTables
from handlers.rebuild import disagreements
from tests.builders import (
    BOARD,
    CAMPAIGN,
    COMMITTEE,
    DECIDED,
    FIRST,
    MET,
    PREPARED,
    REPORTED,
    SECOND,
    collective,
    member,
)
from tests.handlers.writing import heard, started, write
from tests.town import Town
from workflow.answer import Answer
from workflow.commands.asking import Actor, Command, Request
from workflow.commands.campaign import RecordListEntry
from workflow.commands.deciding import DecideBundle, Judgement, ReturnBundle
from workflow.commands.meeting import CountBallot, IssueBallot, RecordMeeting
from workflow.commands.preparing import FactEntry, RecordFacts
from workflow.database import Database
from workflow.errors import Refusal, RulesFail
from workflow.gathering import Gathered, Standing
from workflow.verify import verify_log

WRITERS = 8
EACH = 10
TOP = "HTXSNV"
PATIENCE_SECONDS = 1.0


def holds(database: Database) -> None:
    """Log and read models are what they should be."""
    with database.read() as connection:
        assert list(verify_log(connection)) == []
        assert [str(one) for one in disagreements(connection)] == []


def together(tasks: Sequence[Callable[[], object]]) -> list[object]:
    """Run each in a thread of its own; the result of each, or the refusal it met."""

    def caught(task: Callable[[], object]) -> object:
        try:
            return task()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(caught, tasks))


def fact(review: str, number: int) -> RecordFacts:
    """One more fact, told apart from the others by its document."""
    entry = FactEntry(fact="task.completion", value="good", on=PREPARED, document=f"BB {number}")
    return RecordFacts(review=review, facts=(entry,))


def test_eight_writers_on_the_same_reviews_lose_nothing(database: Database) -> None:
    town = Town.on(database).open()
    town.now.put(PREPARED)
    reviews = [member("0104"), member("0105"), collective(FIRST)]

    def write(writer: int) -> Callable[[], list[Answer]]:
        def run() -> list[Answer]:
            return [
                town.do(fact(reviews[n % len(reviews)], writer * 100 + n), town.secretary(FIRST))
                for n in range(EACH)
            ]

        return run

    answers = [one for some in together([write(n) for n in range(WRITERS)]) for one in some]  # type: ignore[attr-defined]  # lists of answers
    assert len({answer.command_id for answer in answers}) == WRITERS * EACH
    stored = [one for review in reviews for one in town.history(f"review/{review}")[1:]]
    assert {one.command_id for one in stored} == {answer.command_id for answer in answers}
    assert len(stored) == WRITERS * EACH
    holds(database)


def test_the_same_key_from_eight_threads_is_done_once(database: Database) -> None:
    town = Town.on(database).open()
    town.now.put(PREPARED)
    command = fact(member("0104"), 1)
    answers = together([lambda: town.do(command, town.secretary(FIRST), key="a")] * WRITERS)
    assert all(isinstance(answer, Answer) for answer in answers), answers
    assert len({answer.command_id for answer in answers if isinstance(answer, Answer)}) == 1
    assert len(town.history(f"review/{member('0104')}")) == 2
    holds(database)


# --- held between gather and append ---------------------------------------------------------------


class Held:
    """A gather that waits, after reading, for another one to have read as well.

    Where a guard lets one in at a time the other never comes, and the barrier breaks, as it should.
    """

    def __init__(self) -> None:
        self._inner = FactsFromTables()
        self._both = threading.Barrier(2)
        self.met = False
        self.reviews_of, self.guards = self._inner.reviews_of, self._inner.guards
        self.campaigns, self.planned = self._inner.campaigns, self._inner.planned

    def gather(self, connection: Connection, standing: Standing) -> Gathered:
        """The facts, handed over only once the other one has its facts too, or never will."""
        found = self._inner.gather(connection, standing)
        if not self._both.broken:
            try:
                self._both.wait(PATIENCE_SECONDS)
                self.met = True
            except threading.BrokenBarrierError:
                return found
        return found


def both(
    database: Database, town: Town, first: tuple[Command, Actor], second: tuple[Command, Actor]
) -> list[object]:
    """Two commands on connections of their own, each held after it has read; what became of them."""
    gather = Held()
    other = Town.on(database, gather=gather)
    other.cells = town.cells
    other.now.put(town.now.today, 23)
    return together(
        [
            lambda: other.engine.handle(Request(command=first[0], actor=first[1])),
            lambda: other.engine.handle(Request(command=second[0], actor=second[1])),
        ]
    )


def test_two_reports_do_not_pass_the_quota_together(database: Database) -> None:
    """A cell of six may have one top rating: each report alone would fit, both do not (C-20)."""
    town = Town.on(database, first=6).open()
    people = ("0101", "0102", "0103", "0104")
    levels = {"0103": TOP, "0104": TOP}
    town.make_ready(people=people, levels=levels)
    town.meet(people=people, levels=levels)
    town.now.put(REPORTED)
    found = both(
        database,
        town,
        (town.bundle(name="A", reviews=(member("0103"),)), town.secretary(FIRST)),
        (town.bundle(name="B", reviews=(member("0104"),)), town.secretary(FIRST)),
    )
    assert sorted(type(one).__name__ for one in found) == ["Answer", "RulesFail"]
    (refusal,) = [one for one in found if isinstance(one, RulesFail)]
    assert {f.rule for f in refusal.failed} == {"duk.quota_small_cell"}
    holds(database)


def test_a_report_and_a_decision_do_not_pass_the_quota_together(database: Database) -> None:
    """One top rating is decided while a returned one comes back: the cell of six may have one of them."""
    town = Town.on(database, first=6).open()
    people = ("0101", "0102", "0103", "0104")
    levels = {"0103": TOP, "0104": TOP}
    town.make_ready(people=people, levels=levels)
    town.meet(people=people, levels=levels)
    town.submit(name="A", reviews=(member("0103"),))
    town.appraise("A")
    town.now.put(DECIDED)
    town.do(ReturnBundle(submission="A", on=DECIDED, reason="xem lại"), BOARD)
    town.submit(name="B", on=DECIDED, reviews=(member("0104"),))
    town.appraise("B", on=DECIDED)
    report = town.bundle(name="A", on=DECIDED, reviews=(member("0103"),))
    decide = DecideBundle(submission="B", on=DECIDED, document="QĐ 36")
    found = both(database, town, (report, town.secretary(FIRST)), (decide, COMMITTEE))
    tops = [p for p in people if town.review(member(p)).stage in ("submitted", "appraised", "approved")]
    assert tops == ["0104"], found
    holds(database)


def test_a_member_does_not_slip_in_before_the_collective_is_recorded(database: Database) -> None:
    """Both sessions are recorded at once: whichever comes first, the collective stands first (C-79)."""
    town = Town.on(database).open()
    town.make_ready(people=["0101"])
    town.now.put(MET)
    evening = town.evening(people=["0101"], ballot=False)
    alone = town.evening(people=["0101"], ballot=False, with_collective=False, day=MET)
    first = RecordMeeting(
        meeting="A", campaign=CAMPAIGN, organisation=FIRST, venue=FIRST, day=MET, present=1,
        items=evening.items[:1],
    )  # fmt: skip
    second = RecordMeeting(
        meeting="B", campaign=CAMPAIGN, organisation=FIRST, venue=FIRST, day=MET, present=1,
        items=alone.items,
    )  # fmt: skip
    found = both(database, town, (first, town.secretary(FIRST)), (second, town.secretary(FIRST)))
    assert isinstance(found[0], Answer), found
    assert isinstance(found[1], RulesFail), "the same agenda number is not after the collective"
    assert {f.rule for f in found[1].failed} == {"duk.collective_first_in_cell"}
    holds(database)


def test_two_votes_on_one_review_do_not_both_carry(database: Database) -> None:
    """One level, one reason: the second count finds the review voted already."""
    town = Town.on(database, first=6).open()
    town.make_ready(people=["0101", "0102", "0103", "0104"])
    town.meet(people=["0101", "0102", "0103", "0104"], ballot=False)
    counts = []
    for name, level in (("S-1", "HTTNV"), ("S-2", "HTNV")):
        town.do(
            IssueBallot(
                ballot=name, campaign=CAMPAIGN, organisation=FIRST, meeting=name, day=MET, secret=True,
                motions=((member("0104"), level),),
            ),
            town.secretary(FIRST),
        )  # fmt: skip
        tally = ((member("0104"), level, 6),)
        counts.append(CountBallot(ballot=name, issued=6, collected=6, valid=6, invalid=0, tallies=tally))
    found = both(database, town, (counts[0], town.counter(FIRST)), (counts[1], town.counter(FIRST)))
    assert sorted(type(one).__name__ for one in found) == ["Answer", "WrongStage"]
    assert len(town.review(member("0104")).motions) == 1
    holds(database)


def test_a_cap_does_not_come_between_a_decision_and_what_it_read(database: Database) -> None:
    """Three months of sick leave cap a level (DUK-2016, III.2.3.5): entered first, the decision sees it."""
    town = Town.on(database, first=6).open()
    people = ("0101", "0102", "0103", "0104")
    town.make_ready(people=people)
    town.meet(people=people)
    town.submit()
    town.appraise()
    town.now.put(DECIDED)
    sick = RecordListEntry(
        campaign=CAMPAIGN, organisation=FIRST, list="sick_leave", subject="0104",
        from_day=date(2016, 2, 1), to_day=date(2016, 4, 30),
    )  # fmt: skip
    rows = (Judgement(review=member("0104"), level="HTTNV"),)
    decide = DecideBundle(submission="CB01-KQ", on=DECIDED, document="QĐ 36", rows=rows)
    entered, decided = both(database, town, (sick, town.secretary(FIRST)), (decide, COMMITTEE))
    assert isinstance(entered, Answer), entered
    if isinstance(decided, Answer):
        assert decided.position < entered.position
    else:
        assert isinstance(decided, RulesFail), decided
        assert "duk.sick_leave_cap" in {finding.rule for finding in decided.failed}
    holds(database)


def test_two_cells_do_not_wait_for_each_other(database: Database) -> None:
    """On PostgreSQL two cells work side by side, on SQLite one after the other."""
    town = Town.on(database).open()
    town.now.put(PREPARED)
    found = both(
        database,
        town,
        (fact(member("0104"), 1), town.secretary(FIRST)),
        (fact(member("0204"), 2), town.secretary(SECOND)),
    )
    assert all(isinstance(one, Answer) for one in found), found
    holds(database)


# --- several processes ----------------------------------------------------------------------------


def test_four_processes_on_one_database_lose_nothing(database: Database, database_url: str) -> None:
    town = Town.on(database).open()
    town.now.put(PREPARED)
    processes = [started(write, database_url, number, EACH) for number in range(4)]
    acknowledged = [command for _, line in processes for command in heard(line)]
    for process, _ in processes:
        process.join(60)
        assert process.exitcode == 0
    assert len(set(acknowledged)) == 4 * EACH
    assert {one.command_id for one in town.history(f"review/{member('0104')}")[1:]} == set(acknowledged)
    holds(database)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_file_is_written_by_one_process_at_a_time(database: Database) -> None:
    """A writing transaction begins with the lock, not with its first write."""
    with database.write() as connection:
        assert connection.get_execution_options()["sqlite_begin"] == "BEGIN IMMEDIATE"
