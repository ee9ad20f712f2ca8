"""What long work does from its orders, how it ends, and that doing it again does nothing twice."""

from __future__ import annotations

from threading import Event

import pytest

from handlers.comparing.kept import comparison_kept, kept_comparison
from handlers.comparing.run import Comparison, compare_rulebooks
from handlers.deciding_together import Terms, carry_out, report_of
from handlers.opening import read_campaign
from handlers.rulebook_names import book_named
from handlers.work import running
from handlers.work.book import COMPARISON, DECIDING, DONE, FAILED, MANY, OPENING, REFUSED, STALE, take_again
from handlers.work.orders import CompareBooks, EnterMany, JudgeTogether, OpenCampaign, command_of, named, read
from handlers.work.running import Progress, Workers
from handlers.work.running import carry_out as carried
from states import review as life
from states.roles import Role
from tests.builders import APPRAISED, BOARD, CAMPAIGN, FIRST, OFFICER, PREPARED, collective, member, written
from tests.town import Town
from tests.work.asking import WAIT_SECONDS, asked, done, found
from workflow.commands.asking import Actor
from workflow.commands.deciding import Judgement
from workflow.commands.preparing import FactEntry, RecordFacts
from workflow.database import Database
from workflow.rules.books import Books


@pytest.fixture
def town(database: Database) -> Town:
    return Town.on(database)


def test_a_campaign_is_opened_and_its_bar_is_full(town: Town) -> None:
    town.enter_roster()
    town.plan()
    job, _ = asked(town, OPENING, OpenCampaign(campaign=CAMPAIGN))
    after = done(town, job)
    campaign = read_campaign(town.engine, CAMPAIGN)
    assert campaign.stage == "open"
    assert (after.state, after.step, after.done, after.total) == (
        DONE,
        3,
        campaign.subjects,
        campaign.subjects,
    )
    assert after.outcome == {"campaign": CAMPAIGN, "reviews": campaign.subjects}


def test_what_is_refused_says_why_in_both_languages(town: Town) -> None:
    job, _ = asked(town, OPENING, OpenCampaign(campaign="2099"))
    after = done(town, job)
    assert after.state == REFUSED
    assert "2099" in after.outcome["refused"]["vi"]
    assert after.outcome["refused"]["vi"] != after.outcome["refused"]["en"]


def test_what_is_out_of_scope_by_now_is_refused(town: Town) -> None:
    """It is carried out later than it was asked for: whose branch it is may have changed meanwhile."""
    town.enter_roster()
    town.plan()
    stranger = Actor(id="X-01", role=Role.OFFICER, body="CB99")
    for kind, orders in (
        (OPENING, OpenCampaign(campaign=CAMPAIGN)),
        (COMPARISON, CompareBooks(campaign=CAMPAIGN, rulebook="tkv_2018")),
    ):
        job, _ = asked(town, kind, orders, actor=stranger, key=kind)
        assert done(town, job).state == REFUSED
    assert read_campaign(town.engine, CAMPAIGN).stage == "planned"


def test_a_fault_is_told_and_raised_and_may_be_gone_on_with(town: Town) -> None:
    job, _ = asked(town, OPENING, OpenCampaign(campaign=CAMPAIGN))

    def broken() -> None:
        raise AssertionError("a bug")

    with pytest.raises(AssertionError):
        carried(town.database, town.engine.now, job.job, 1, Progress(), broken)
    after = found(town, job.job)
    assert after.state == FAILED
    assert after.may_go_on(town.engine.now())


def test_how_far_it_is_is_told_while_it_goes_on(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own process knows at once, every other from the row within a tick."""
    monkeypatch.setattr(running, "TICK_SECONDS", 0.01)
    job, _ = asked(town, OPENING, OpenCampaign(campaign=CAMPAIGN))
    progress, go = Progress(), Event()
    workers = Workers()

    def counting() -> None:
        progress.count(3, 8)
        assert go.wait(WAIT_SECONDS)

    workers.begin(town.database, town.engine.now, job.job, 1, progress, counting)
    while found(town, job.job).done != 3:
        assert workers.here(job.job) is progress
    assert found(town, job.job).total == 8
    go.set()
    assert workers.wait(WAIT_SECONDS)
    assert found(town, job.job).state == DONE
    assert workers.here(job.job) is None


def test_many_commands_are_each_sent_by_itself_and_again_without_harm(town: Town) -> None:
    town.open()
    town.now.put(PREPARED)
    secretary = town.secretary(FIRST)
    orders = (written(member("0104")), written(member("0201")), written(collective(FIRST)))
    kept = EnterMany(commands=tuple(named(f"form-1-{at}", one) for at, one in enumerate(orders)))
    job, _ = asked(town, MANY, kept, actor=secretary)
    after = done(town, job)
    ends = [(row["review"], row["end"]) for row in after.outcome["rows"]]
    assert ends == [(member("0104"), "done"), (member("0201"), "refused"), (collective(FIRST), "done")]
    (why,) = after.outcome["rows"][1]["why"]
    assert "Không tìm thấy" in why["vi"], "a review of another cell is not seen from here"
    versions = [town.review(member("0104")).version, town.review(collective(FIRST)).version]
    done(town, job)
    assert [town.review(member("0104")).version, town.review(collective(FIRST)).version] == versions


def test_commands_are_kept_as_they_were() -> None:
    facts = (FactEntry(fact="task.completion", value="good", on=PREPARED),)
    for command in (written(member("0104")), RecordFacts(review=member("0104"), facts=facts)):
        assert command_of(named("key", command)) == command


def test_rows_decided_before_a_kill_are_told_as_done_when_it_goes_on(town: Town) -> None:
    """Their versions have moved by our own hand: it would be wrong to say somebody else changed them."""
    town.open()
    levels = {"0101": "HTXSNV"}
    town.make_ready(levels=levels)
    town.meet(levels=levels)
    town.submit()
    town.now.put(APPRAISED)
    submission = town.review(member("0101")).bundle
    assert submission
    terms = Terms(act="appraise", on=APPRAISED)
    waiting = report_of(town.engine, submission, terms, BOARD).waiting
    rows = tuple(
        Judgement(review=one, level=level) for one, level in waiting.items() if one.startswith("2016.member")
    )
    assert len(rows) > 2
    seen = {row.review: town.review(row.review).version for row in rows}
    orders = JudgeTogether(terms=terms, rows={submission: rows}, seen=seen, gone=(collective(FIRST),))
    job, _ = asked(town, DECIDING, orders, actor=BOARD)
    first = rows[:2]
    carry_out(town.engine, {submission: first}, terms, actor=BOARD, seen=seen, key=f"{job.key}.1")
    with town.database.write() as connection:
        taken = take_again(connection, job.touched_at + 2 * STALE, job.job)
    assert taken is not None
    after = done(town, taken)
    ends = {row["review"]: row["end"] for row in after.outcome["rows"]}
    assert ends.pop(collective(FIRST)) == "stale"
    assert set(ends) == {row.review for row in rows}
    assert set(ends.values()) == {"done"}, after.outcome
    assert after.done == len(rows)
    assert all(town.review(row.review).stage == life.APPRAISED for row in rows)


def test_a_comparison_is_kept_and_told_as_it_was_found(town: Town) -> None:
    """Counts and rows are the same; what a rule read of a review is left out."""
    town.open()
    town.make_ready()
    town.meet()
    job, _ = asked(town, COMPARISON, CompareBooks(campaign=CAMPAIGN, rulebook="tkv_2018"))
    after = done(town, job)
    other = book_named(town.engine, Books(), "tkv_2018")
    direct = compare_rulebooks(town.engine, CAMPAIGN, other, limit=50)
    kept = comparison_kept(after.outcome, direct.campaign, direct.own, direct.other)
    assert kept.summary == direct.summary
    assert [row.review for row in kept.rows] == [row.review for row in direct.rows]
    assert without_findings(kept) == without_findings(direct)
    assert "operands" not in str(kept_comparison(direct, "tkv_2018"))


def test_orders_are_read_as_they_were_written(town: Town) -> None:
    job, _ = asked(town, OPENING, OpenCampaign(campaign=CAMPAIGN), actor=OFFICER)
    assert read(job.orders, OpenCampaign) == OpenCampaign(campaign=CAMPAIGN)


def without_findings(found_: Comparison) -> list[tuple[object, ...]]:
    return [
        (row.review, one.what, one.gate, one.rules, one.of_own, one.own, one.other, one.missing, one.unticked)
        for row in found_.rows
        for one in row.differences
    ]
