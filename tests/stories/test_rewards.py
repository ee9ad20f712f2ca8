"""Rewards after the rating: by the level, by five years in a row; doubt, withdrawal, earlier years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from handlers.covered import uncovered
from handlers.rebuild import disagreements, rebuild
from handlers.reward_facts import in_doubt, years_of
from handlers.tables import EARLIER_YEARS, REWARDS
from states import reward as life
from states.roles import Role
from tests.builders import BASE, BLOC, BOARD, COMMITTEE, DECIDED, FIRST, OFFICER, member, organisation
from tests.town import Town
from workflow.answer import Answer
from workflow.commands.asking import Actor
from workflow.commands.deciding import Annul
from workflow.commands.reward import (
    DecideReward,
    EarlierYear,
    ImportHistory,
    ProposeReward,
    RefuseReward,
    WithdrawReward,
)
from workflow.database import Database
from workflow.errors import AlreadyThere, BadInput, NotAllowed, NotFound, RulesFail, WrongStage

BEST, GOOD = "0101", "0105"
ON = DECIDED + timedelta(days=3)
CITY = "TU"
ENDED = {BEST: "HTXSNV"}


@pytest.fixture
def decided(database: Database) -> Town:
    """The season of the first cell is over: one member excellent, the others good."""
    town = Town.on(database).open()
    town.make_ready(levels=ENDED)
    town.meet(levels=ENDED)
    town.submit()
    town.appraise()
    town.decide()
    town.now.put(ON)
    return town


def asked(
    person: str = BEST,
    *,
    name: str = "K1",
    award: str = "GIAY_KHEN",
    granted_by: str = "grassroots",
    by: str = BASE,
    through: str | None = None,
    review: str = "",
) -> ProposeReward:
    return ProposeReward(
        reward=name,
        review=review or member(person),
        award=award,
        granted_by=granted_by,
        by=by,
        on=ON,
        through=through,
    )


def propose(town: Town, **told: object) -> Answer:
    return town.do(asked(**told), town.secretary(FIRST))  # type: ignore[arg-type]  # handed on as they came


def failing(refusal: RulesFail) -> set[str]:
    return {finding.rule for finding in refusal.findings}


def row(town: Town, name: str = "K1") -> dict[str, object]:
    with town.database.read() as connection:
        return dict(connection.execute(select(REWARDS).where(REWARDS.c.reward == name)).mappings().one())


def earlier(*years: int, subject: str = BEST, level: str = "HTXSNV", name: str = "LS-01") -> ImportHistory:
    rows = tuple(
        EarlierYear(subject=subject, year=year, level=level, standing="none", document="QĐ 09-QĐ/ĐU")
        for year in years
    )
    return ImportHistory(history=name, source="lich-su.xlsx", rows=rows)


def test_an_excellent_member_is_given_a_merit_paper(decided: Town) -> None:
    propose(decided)
    assert row(decided)["stage"] == life.PROPOSED
    decided.do(DecideReward(reward="K1", on=ON, document="QĐ 15-QĐ/ĐU"), COMMITTEE)
    kept = row(decided)
    assert (kept["stage"], kept["document"], kept["grounds"]) == (
        life.DECIDED,
        "QĐ 15-QĐ/ĐU",
        f"{member(BEST)}#1",
    )


def test_a_good_member_is_not(decided: Town) -> None:
    refused = decided.refused(RulesFail, asked(GOOD), decided.secretary(FIRST))
    assert failing(refused) == {"duk.reward_year_member"}
    assert "DUK-2016, IV" in refused.vi


def test_a_reward_waits_for_the_decided_level(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready(levels=ENDED)
    town.meet(levels=ENDED)
    town.submit()
    town.now.put(ON)
    refused = town.refused(RulesFail, asked(), town.secretary(FIRST))
    assert "duk.reward_after_rating" in failing(refused)


def test_only_a_grassroots_body_of_the_cell_itself_grants_at_that_level(decided: Town) -> None:
    secretary = decided.secretary(FIRST)
    refused = decided.refused(RulesFail, asked(by=FIRST), secretary)
    assert failing(refused) == {"duk.reward_grassroots_body"}
    decided.refused(BadInput, asked(by="CB02"), secretary)


def test_five_years_running_rest_on_papers_and_the_log(decided: Town) -> None:
    """Four imported years and the one in the log; both proposals are offered, the second through the Bloc."""
    secretary = decided.secretary(FIRST)
    bloc = asked(name="K5", granted_by="superior", by=BLOC)
    unknown = decided.refused(RulesFail, bloc, secretary)
    assert failing(unknown) == {"duk.reward_bloc_member"}
    assert unknown.findings[0].missing == ("reward.years",)
    decided.do(earlier(2013, 2014, 2015), OFFICER)
    decided.refused(RulesFail, bloc, secretary)
    decided.do(earlier(2012, name="LS-02"), OFFICER)
    decided.do(bloc, secretary)
    city = asked(name="K6", granted_by="provincial", by=CITY)
    assert failing(decided.refused(RulesFail, city, secretary)) == {"duk.reward_city_through_bloc"}
    propose(decided, name="K6", granted_by="provincial", by=CITY, through=BLOC)
    stored = decided.history("reward/K5")[0]
    with decided.database.read() as connection:
        years = years_of(connection, BEST, "individual", "member", 2016)
        assert not list(uncovered(connection))
    assert sorted(years) == [2012, 2013, 2014, 2015, 2016]
    assert (years[2016].review, years[2012].source) == (member(BEST), "import LS-02 (QĐ 09-QĐ/ĐU)")
    assert dict(stored.verdicts)["duk.reward_bloc_member"] == "holds"


def test_a_broken_row_of_years_is_refused_and_not_unknown(decided: Town) -> None:
    decided.do(earlier(2014, level="HTTNV"), OFFICER)
    bloc = asked(granted_by="superior", by=BLOC)
    refused = decided.refused(RulesFail, bloc, decided.secretary(FIRST))
    assert not refused.findings[0].missing
    assert "2014" in refused.findings[0].comparison


def test_a_later_import_corrects_an_earlier_one_and_never_the_log(decided: Town) -> None:
    decided.do(earlier(2015, 2016, level="HTNV"), OFFICER)
    decided.do(earlier(2015, name="LS-02"), OFFICER)
    with decided.database.read() as connection:
        years = years_of(connection, BEST, "individual", "member", 2016)
    assert (years[2015].level, years[2016].level) == ("HTXSNV", "HTXSNV")


def test_earlier_years_are_taken_over_by_an_officer_and_once(decided: Town) -> None:
    decided.refused(NotAllowed, earlier(2015), decided.secretary(FIRST))
    decided.refused(BadInput, earlier(), OFFICER)
    decided.refused(BadInput, earlier(2015, 2015), OFFICER)
    decided.refused(BadInput, earlier(2017 + 1), OFFICER)
    decided.refused(BadInput, earlier(2015, level="TOT"), OFFICER)
    decided.do(earlier(2015), OFFICER)
    decided.refused(AlreadyThere, earlier(2014), OFFICER)


def test_an_imported_row_cannot_be_changed(decided: Town) -> None:
    decided.do(earlier(2015), OFFICER)
    with pytest.raises(Exception, match="earlier_years"), decided.database.write() as connection:
        connection.execute(update(EARLIER_YEARS).values(level="HTNV"))


def test_a_cancelled_level_puts_the_reward_in_doubt_and_keeps_it(decided: Town) -> None:
    """Flagged, not changed (C-35); and what is only proposed can no longer be granted."""
    propose(decided)
    decided.do(DecideReward(reward="K1", on=ON, document="QĐ 15-QĐ/ĐU"), COMMITTEE)
    decided.do(
        Annul(review=member(BEST), on=ON, reason="sai hồ sơ", document="QĐ 20-QĐ/ĐU"),
        COMMITTEE,
    )
    assert row(decided)["stage"] == life.DECIDED
    with decided.database.read() as connection:
        rewards = list(connection.execute(select(REWARDS)))
        assert in_doubt(connection, rewards) == {"K1": (member(BEST),)}


def test_what_was_proposed_is_judged_again_when_it_is_granted(decided: Town) -> None:
    propose(decided)
    decided.do(
        Annul(review=member(BEST), on=ON, reason="sai hồ sơ", document="QĐ 20-QĐ/ĐU"),
        COMMITTEE,
    )
    order = DecideReward(reward="K1", on=ON, document="QĐ 15-QĐ/ĐU")
    assert "duk.reward_after_rating" in failing(decided.refused(RulesFail, order, COMMITTEE))


def test_the_same_is_not_asked_twice_until_it_is_withdrawn(decided: Town) -> None:
    secretary = decided.secretary(FIRST)
    propose(decided)
    decided.refused(BadInput, asked(name="K2"), secretary)
    decided.refused(AlreadyThere, asked(), secretary)
    decided.do(WithdrawReward(reward="K1", on=ON, reason="đề nghị nhầm"), secretary)
    propose(decided, name="K2")
    decided.do(RefuseReward(reward="K2", on=ON, reason="hết tỷ lệ"), COMMITTEE)
    assert (row(decided)["stage"], row(decided, "K2")["stage"]) == (life.WITHDRAWN, life.REFUSED)
    decided.refused(WrongStage, DecideReward(reward="K2", on=ON, document="QĐ"), COMMITTEE)


def test_who_may_and_what_cannot_be(decided: Town) -> None:
    secretary = decided.secretary(FIRST)
    decided.refused(NotFound, DecideReward(reward="K9", on=ON, document="QĐ"), COMMITTEE)
    decided.refused(NotFound, asked("0999"), secretary)
    decided.refused(BadInput, asked(award="HUAN_CHUONG"), secretary)
    decided.refused(BadInput, asked(granted_by="world"), secretary)
    decided.refused(NotAllowed, asked(), Actor(id="KT", role=Role.AUDITOR, body=FIRST))
    propose(decided)
    decided.refused(BadInput, DecideReward(reward="K1", on=ON, document=" "), COMMITTEE)
    early = DecideReward(reward="K1", on=ON - timedelta(days=1), document="QĐ")
    decided.refused(BadInput, early, COMMITTEE)
    decided.refused(BadInput, DecideReward(reward="K1", on=date(2018, 1, 1), document="QĐ"), COMMITTEE)
    decided.refused(NotAllowed, DecideReward(reward="K1", on=ON, document="QĐ"), secretary)


def test_a_title_is_for_a_clean_and_strong_cell(decided: Town) -> None:
    order = asked(review=organisation(FIRST), award="TSVM_TB")
    refused = decided.refused(RulesFail, order, BOARD)
    assert {"duk.reward_after_rating", "duk.title_needs_top_level"} <= failing(refused)


def test_the_read_model_says_what_the_log_tells(decided: Town) -> None:
    propose(decided)
    decided.do(earlier(2015), OFFICER)
    before = row(decided)
    with decided.database.write() as connection:
        rebuild(connection)
    assert row(decided) == before
    with decided.database.read() as connection:
        assert not list(disagreements(connection))
        assert connection.execute(select(EARLIER_YEARS.c.level)).scalars().all() == ["HTXSNV"]
