"""Opening a campaign: who and what gets a review, under which clause, and that it can be tried again."""

from datetime import date, datetime

import pytest

from handlers import opening
from handlers.opening import open_campaign, read_campaign
from handlers.roster.vocabulary import PartyStatus
from states import review as life
from tests.builders import BASE, CAMPAIGN, FIRST, OFFICER, PREPARED, SECOND, collective, member, organisation
from tests.town import Town
from workflow import clock
from workflow.commands.campaign import FinishOpening, PlanCampaign, StartOpening
from workflow.database import Database
from workflow.errors import BadInput, NotFound, WrongStage
from workflow.log import Log


def test_everybody_and_every_body_in_scope_gets_one_review(database: Database) -> None:
    town = Town.on(database).open()
    for person in (*town.people(FIRST), *town.people(SECOND)):
        review = town.review(member(person))
        assert (review.stage, review.rated, review.venues) == (
            life.OPEN,
            True,
            ((town.cell_of(person), "cell"),),
        )
    for cell in (FIRST, SECOND):
        assert not town.review(collective(cell)).rated
        assert town.review(organisation(cell)).superior == BASE
    assert town.review(organisation(BASE)).superior == "KHOI"
    assert read_campaign(town.engine, CAMPAIGN).subjects == 12 + 2 + 3


def test_a_member_of_the_base_committee_is_reviewed_there_and_in_the_cell(database: Database) -> None:
    town = Town.on(database).open(base_committee=True)
    assert town.review(member("0101")).venues == ((BASE, "committee"), (FIRST, "cell"))
    assert town.review(member("0104")).venues == ((FIRST, "cell"),)
    assert town.review(collective(BASE)).stage == life.OPEN


def test_who_is_exempt_is_recorded_with_the_clause(database: Database) -> None:
    town = Town.on(database).open(statuses={"0104": PartyStatus.EXEMPT, "0105": PartyStatus.PROBATIONARY})
    assert town.review(member("0104")).stage == life.EXEMPT
    assert b"duk.exempt_member" in town.history(f"review/{member('0104')}")[-1].data
    assert town.review(member("0105")).stage == life.OPEN


def test_an_open_campaign_is_not_opened_again(database: Database) -> None:
    town = Town.on(database).open()
    before = len(town.history(f"campaign/{CAMPAIGN}"))
    with pytest.raises(WrongStage):
        open_campaign(town.engine, OFFICER, CAMPAIGN)
    with pytest.raises(NotFound):
        open_campaign(town.engine, OFFICER, "1999")
    assert len(town.history(f"campaign/{CAMPAIGN}")) == before


def test_a_campaign_is_finished_only_when_every_review_is_there(database: Database) -> None:
    town = Town.on(database)
    town.enter_roster()
    town.plan()
    town.refused(WrongStage, FinishOpening(campaign=CAMPAIGN), OFFICER)
    town.refused(BadInput, StartOpening(campaign=CAMPAIGN, subjects=0, believed_at=""), OFFICER)
    town.do(StartOpening(campaign=CAMPAIGN, subjects=3, believed_at=""), OFFICER)
    town.refused(BadInput, FinishOpening(campaign=CAMPAIGN), OFFICER)


def test_the_roster_is_read_as_the_engines_clock_has_it(database: Database) -> None:
    """Somebody joins on paper after the opening began: the next batch must not see another roster."""
    town = Town.on(database).open()
    believed = datetime.fromisoformat(read_campaign(town.engine, CAMPAIGN).believed_at)
    assert believed.astimezone(clock.ZONE).date() == date(2016, 12, 16)


def test_batches_are_opened_in_order_each_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BATCH", 5)
    town = Town.on(database).open()
    assert read_campaign(town.engine, CAMPAIGN).batches == 4
    with database.read() as connection:
        streams = [s.stream for s in Log(connection).scan() if s.name == "review_opened"]
    assert len(streams) == len(set(streams)) == 17


@pytest.mark.parametrize(
    "wrong",
    [
        {"campaign": "../2016"},  # stands in addresses
        {"campaign": ""},
        {"period": "month"},
        {"period": "quarter"},  # which one?
        {"quarter": 2},  # of a year
        {"period": "quarter", "quarter": 5},
    ],
)
def test_a_plan_that_cannot_be_is_refused(database: Database, wrong: dict[str, object]) -> None:
    town = Town.on(database)
    town.enter_roster()
    town.now.put(PREPARED)
    right = {
        "campaign": "2016", "year": 2016, "rulebook": "duk_2016", "organisation": BASE, "superior": "KHOI",
        "roster_day": PREPARED,
    }  # fmt: skip
    town.refused(BadInput, PlanCampaign(**{**right, **wrong}), OFFICER)  # type: ignore[arg-type]  # fields just above
    town.refused(NotFound, PlanCampaign(**{**right, "organisation": "DB99"}), OFFICER)  # type: ignore[arg-type]  # as above
    town.refused(NotFound, PlanCampaign(**{**right, "rulebook": "none"}), OFFICER)  # type: ignore[arg-type]  # as above
    town.do(PlanCampaign(**right), OFFICER)  # type: ignore[arg-type]  # as above
