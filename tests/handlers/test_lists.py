"""What lists say is known only once they are declared, and what was open goes on until it is settled."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from handlers.lists import list_facts
from handlers.rebuild import rebuild
from handlers.roster_tables import LIST_ENTRIES
from handlers.tables import SETTLEMENTS
from tests.builders import BASE, CAMPAIGN, FIRST, OFFICER, SECOND
from tests.town import Town
from workflow.bodies import Campaign
from workflow.commands.asking import Request
from workflow.commands.campaign import DeclareLists, PlanCampaign, RecordListEntry, SettleListEntry
from workflow.database import Database
from workflow.errors import BadInput, NotAllowed, NotFound
from workflow.gathering import Standing

PERSON = "0104"
REVIEW = f"{CAMPAIGN}.member.{PERSON}"
YEAR_END = date(2016, 12, 31)


def entered(town: Town, name: str, on: date, campaign: str = CAMPAIGN, **told: Any) -> str:
    """Enter on a list of the first cell; the id of the entry."""
    values: dict[str, Any] = {"subject": PERSON, "decided_on": on} | told
    town.do(
        RecordListEntry(campaign=campaign, organisation=FIRST, list=name, **values), town.secretary(FIRST)
    )
    with town.database.read() as connection:
        newest = select(LIST_ENTRIES.c.entry).order_by(LIST_ENTRIES.c.row_id.desc()).limit(1)
        return str(connection.scalar(newest))


def declared(town: Town, *lists: str, campaign: str = CAMPAIGN, as_of: date = YEAR_END) -> None:
    town.do(
        DeclareLists(campaign=campaign, organisation=FIRST, lists=lists, as_of=as_of), town.secretary(FIRST)
    )


def known(
    town: Town, on: date, review: str = REVIEW, campaign: str = CAMPAIGN, year: int = 2016
) -> dict[str, Any]:
    """What the lists say of a review for an act of that day."""
    command = DeclareLists(campaign=campaign, organisation=FIRST, lists=("discipline",), as_of=on)
    standing = Standing(
        request=Request(command=command, actor=OFFICER),
        today=on,
        campaign=Campaign(id=campaign, version=1, year=year),
        reviews={review: town.review(review)},
        bodies={},
        rulebook=None,
    )
    with town.database.read() as connection:
        facts = list_facts(connection, standing, on)[review]
    return {name: facts.value(name) for name in facts}


@pytest.fixture
def town(database: Database) -> Town:
    found = Town.on(database, first=4, second=3).open()
    found.now.put(date(2017, 1, 5))
    return found


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("violation", "lists.violations"),
        ("open_finding", "lists.open_findings"),
        ("complaint", "lists.complaints"),
        ("suggestion", "lists.suggestions"),
    ],
)
def test_an_empty_list_is_a_fact_only_once_it_is_declared(town: Town, name: str, fact: str) -> None:
    """Nothing entered is not the same as nothing there (C-15)."""
    assert fact not in known(town, YEAR_END)
    declared(town, name, as_of=date(2016, 12, 30))
    assert fact not in known(town, YEAR_END), "the list was complete a day earlier only"
    declared(town, name)
    assert known(town, YEAR_END)[fact] == ()
    entered(town, name, date(2016, 5, 3), violation="VP-1", disciplined=True, duty_related=False)
    assert fact not in known(town, YEAR_END), "an entry that came later reopens the list"


def test_one_violation_is_one_entry_of_the_year_of_its_first_decision(town: Town) -> None:
    """Party and administration act on the same thing; it counts once, from the first discipline (C-60)."""
    told: dict[str, Any] = {"violation": "VP-1", "duty_related": False, "self_detected": True}
    entered(town, "violation", date(2016, 6, 10), charged="CTY", cause="negative", disciplined=True, **told)
    entered(town, "violation", date(2016, 4, 2), disciplined=False, **told)
    entered(town, "violation", date(2016, 9, 1), violation="VP-2", disciplined=True, duty_related=True)
    declared(town, "violation")
    assert sorted(known(town, YEAR_END)["lists.violations"]) == [
        (PERSON, "VP-1", "CTY", date(2016, 6, 10), "negative", True, True, False),
        (PERSON, "VP-2", FIRST, date(2016, 9, 1), "other", True, False, True),
    ]
    assert known(town, YEAR_END, review=f"{CAMPAIGN}.member.0103")["lists.violations"] == ()
    assert len(known(town, YEAR_END, review=f"{CAMPAIGN}.organisation.{FIRST}")["lists.violations"]) == 2


def test_a_violation_decided_on_in_an_earlier_year_keeps_its_first_day(town: Town) -> None:
    told: dict[str, Any] = {"violation": "VP-1", "duty_related": False, "disciplined": True}
    entered(town, "violation", date(2016, 11, 20), **told)
    next_year(town)
    entered(town, "violation", date(2017, 3, 1), campaign="2017", **told)
    declared(town, "violation", campaign="2017", as_of=date(2017, 12, 31))
    found = known(town, date(2017, 12, 31), campaign="2017", year=2017)["lists.violations"]
    assert [row[3] for row in found] == [date(2016, 11, 20)]


@pytest.mark.parametrize(
    ("cause", "day"), [("negative", date(2017, 3, 1)), ("degradation", date(2016, 11, 20))]
)
def test_a_conclusion_without_discipline_counts_before_it_for_degradation_alone(
    town: Town, cause: str, day: date
) -> None:
    """Concluded on in 2016, disciplined for in 2017: the year of the discipline (C-60)."""
    told: dict[str, Any] = {"violation": "VP-1", "duty_related": False, "cause": cause}
    entered(town, "violation", date(2016, 11, 20), disciplined=False, **told)
    next_year(town)
    entered(town, "violation", date(2017, 3, 1), campaign="2017", disciplined=True, **told)
    declared(town, "violation", campaign="2017", as_of=date(2017, 12, 31))
    found = known(town, date(2017, 12, 31), campaign="2017", year=2017)["lists.violations"]
    assert [row[3] for row in found] == [day]


def test_discipline_in_a_cell_concerns_the_organisation_above_it(town: Town) -> None:
    """Entered on the cell's list; the organisation above declares its own, and nothing is entered there."""
    entered(town, "discipline", date(2016, 6, 10), cause="corruption")
    above = DeclareLists(campaign=CAMPAIGN, organisation=BASE, lists=("discipline",), as_of=YEAR_END)
    assert "lists.discipline" not in known(town, YEAR_END, review=f"{CAMPAIGN}.organisation.{BASE}")
    town.do(above, town.secretary(BASE))
    found = known(town, YEAR_END, review=f"{CAMPAIGN}.organisation.{BASE}")["lists.discipline"]
    assert [row[:3] for row in found] == [(PERSON, date(2016, 6, 10), "corruption")]
    declared(town, "discipline")
    assert known(town, YEAR_END, review=f"{CAMPAIGN}.member.0103")["lists.discipline"] == ()


def test_a_collective_answers_what_was_suggested_to_itself(town: Town) -> None:
    """A suggestion to one of the members is his own."""
    entered(town, "suggestion", date(2016, 5, 3))
    declared(town, "suggestion")
    collective = f"{CAMPAIGN}.collective.{FIRST}"
    assert known(town, YEAR_END, review=collective)["lists.suggestions"] == ()
    entered(town, "suggestion", date(2016, 5, 4), subject=FIRST)
    declared(town, "suggestion")
    assert [row[0] for row in known(town, YEAR_END, review=collective)["lists.suggestions"]] == [FIRST]


@pytest.mark.parametrize("kind", ["collective", "organisation"])
@pytest.mark.parametrize(("name", "fact"), [("open_finding", "open_findings"), ("complaint", "complaints")])
def test_a_body_waits_for_what_names_itself_and_not_a_member(
    town: Town, name: str, fact: str, kind: str
) -> None:
    """A complaint about one member holds up his own review alone (QD366-2025, Điều 12.1)."""
    entered(town, name, date(2016, 5, 3))
    declared(town, name)
    body = f"{CAMPAIGN}.{kind}.{FIRST}"
    assert known(town, YEAR_END, review=body)[f"lists.{fact}"] == ()
    assert [row[0] for row in known(town, YEAR_END)[f"lists.{fact}"]] == [PERSON]
    entered(town, name, date(2016, 5, 4), subject=FIRST)
    declared(town, name)
    assert [row[0] for row in known(town, YEAR_END, review=body)[f"lists.{fact}"]] == [FIRST]


@pytest.mark.parametrize("name", ["open_finding", "complaint", "suggestion"])
def test_an_entry_is_settled_from_its_day_on(town: Town, name: str) -> None:
    entry = entered(town, name, date(2016, 5, 3))
    declared(town, name)
    fact = {"open_finding": "lists.open_findings"}.get(name, f"lists.{name}s")
    town.do(settle(entry, name, date(2016, 12, 31)), town.secretary(FIRST))
    assert known(town, date(2016, 12, 30))[fact] == ((PERSON, date(2016, 5, 3), False),)
    assert known(town, date(2016, 12, 31))[fact] == ((PERSON, date(2016, 5, 3), True),)
    town.do(settle(entry, name, date(2016, 5, 3)), town.secretary(FIRST))
    assert known(town, date(2016, 12, 30))[fact] == ((PERSON, date(2016, 5, 3), True),), "told anew"


def settle(entry: str, name: str, on: date, campaign: str = CAMPAIGN) -> SettleListEntry:
    return SettleListEntry(campaign=campaign, organisation=FIRST, list=name, entry=entry, settled_on=on)


def next_year(town: Town) -> None:
    """The campaign of 2017 is planned, a year later."""
    town.now.put(date(2018, 1, 3))
    town.do(
        PlanCampaign(
            campaign="2017",
            year=2017,
            rulebook="duk_2016",
            organisation=BASE,
            superior="KHOI",
            roster_day=date(2017, 12, 31),
        ),
        OFFICER,
    )


def test_a_shortcoming_goes_on_to_the_next_year_until_it_is_remedied(town: Town) -> None:
    """What was remedied within the old year is over; what was open when the year began is on its list."""
    over = entered(town, "open_finding", date(2016, 3, 1))
    open_ = entered(town, "open_finding", date(2016, 4, 1))
    late = entered(town, "open_finding", date(2016, 6, 1))
    town.do(settle(over, "open_finding", date(2016, 12, 31)), town.secretary(FIRST))
    next_year(town)
    town.do(settle(late, "open_finding", date(2017, 1, 1), campaign="2017"), town.secretary(FIRST))
    declared(town, "open_finding", campaign="2017", as_of=date(2017, 12, 31))
    found = known(town, date(2017, 12, 31), campaign="2017", year=2017)["lists.open_findings"]
    assert sorted(found) == [(PERSON, date(2016, 4, 1), False), (PERSON, date(2016, 6, 1), True)]
    town.do(settle(open_, "open_finding", date(2017, 5, 5), campaign="2017"), town.secretary(FIRST))
    found = known(town, date(2017, 12, 31), campaign="2017", year=2017)["lists.open_findings"]
    assert sorted(found)[0] == (PERSON, date(2016, 4, 1), True)


def test_only_what_is_there_is_settled_and_by_those_who_keep_the_list(town: Town) -> None:
    entry = entered(town, "complaint", date(2016, 5, 3))
    right = settle(entry, "complaint", date(2016, 5, 3))
    secretary = town.secretary(FIRST)
    town.refused(NotFound, replace(right, entry="0" * 32), secretary)
    town.refused(NotFound, replace(right, list="open_finding"), secretary)
    town.refused(BadInput, replace(right, list="discipline"), secretary)
    town.refused(BadInput, replace(right, settled_on=date(2016, 5, 2)), secretary)
    town.refused(BadInput, replace(right, settled_on=date(2017, 1, 6)), secretary)
    town.refused(NotAllowed, right, town.secretary(SECOND))
    town.do(right, secretary)


@pytest.mark.parametrize("missing", ["violation", "decided_on", "disciplined", "duty_related"])
def test_a_violation_says_what_the_rules_ask(town: Town, missing: str) -> None:
    full: dict[str, Any] = {
        "violation": "VP-1",
        "decided_on": date(2016, 5, 3),
        "disciplined": False,
        "duty_related": False,
    }
    command = RecordListEntry(
        campaign=CAMPAIGN, organisation=FIRST, list="violation", subject=PERSON, **(full | {missing: None})
    )
    assert town.refused(BadInput, command, town.secretary(FIRST)).field == missing


def test_settlements_are_rebuilt_from_the_log(town: Town) -> None:
    entry = entered(town, "complaint", date(2016, 5, 3))
    town.do(settle(entry, "complaint", date(2016, 7, 1)), town.secretary(FIRST))
    with town.database.read() as connection:
        before = connection.execute(select(SETTLEMENTS)).all()
    with town.database.write() as connection:
        rebuild(connection)
    with town.database.read() as connection:
        assert connection.execute(select(SETTLEMENTS)).all() == before
    assert [(row.entry, row.settled_on) for row in before] == [(entry, date(2016, 7, 1))]
