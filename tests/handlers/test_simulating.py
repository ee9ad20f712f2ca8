"""A season is lived on a private copy by the service's own sweep; the real database is left as it was."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlmodel import SQLModel

from deadlines.tables import REMINDERS
from handlers.notice_tables import CONTACTS, NOTICES
from handlers.opening import open_campaign
from handlers.reminding.run import sweep_once
from handlers.roster_tables import LIST_ENTRIES, PEOPLE, POSITIONS
from handlers.simulating.copying import FOLDER_PREFIX, NOBODY
from handlers.simulating.results import Simulation
from handlers.simulating.running import DAYS_MAX, INSTANTS, Assume, Trial, lived_on_a_copy, simulate
from handlers.tables import CAMPAIGNS, REVIEWS
from states import campaign as campaign_life
from tests.builders import BASE, CAMPAIGN, FIRST, OFFICER, SECOND
from tests.town import Town
from workflow import clock
from workflow.commands.calendar import OFF, DatedDay
from workflow.commands.campaign import CloseCampaign
from workflow.database import Database
from workflow.errors import BadInput, LayerNeeded, NotFound
from workflow.outbox import OUTBOX
from workflow.rules.rulebook import Rulebook

FROM, TO = date(2017, 1, 9), date(2017, 2, 14)
SEASON = Trial(campaign=CAMPAIGN, first=FROM, last=TO)
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

RATING = "duk.deadline_rating"
LADDER = {
    "before:10": date(2017, 1, 11),
    "before:5": date(2017, 1, 18),
    "before:3": date(2017, 1, 20),
    "before:1": date(2017, 1, 24),
    "day:0": date(2017, 1, 25),
    "after:1": date(2017, 2, 2),
    "escalate:1": date(2017, 2, 6),
    "escalate:2": date(2017, 2, 13),
}
"""The days of a rating before 31/01/2017, as counted by hand in tests/deadlines/seasons."""


def everything(database: Database) -> dict[str, list[Any]]:
    """Every row of every table."""
    with database.read() as connection:
        return {
            table.name: sorted(connection.execute(select(table)).all(), key=repr)
            for table in SQLModel.metadata.sorted_tables
        }


def days_of(season: Simulation, rule: str, kind: str = "individual") -> dict[str, date]:
    return {one.rung: one.found_on for one in season.rungs if (one.rule, one.kind) == (rule, kind)}


def planned(database: Database) -> Town:
    town = Town.on(database)
    town.enter_roster(base_committee=True)
    town.plan()
    return town


def open_town(database: Database) -> Town:
    return Town.on(database).open(base_committee=True)


# --- what it says ---------------------------------------------------------------------------------


def test_the_simulation_says_what_the_service_then_does(database: Database) -> None:
    """The season is simulated first and lived afterwards: the same lines for the same people on each day."""
    town = open_town(database)
    season = simulate(town.engine, SEASON)
    day = FROM
    while day <= TO:
        for hour in sorted({*INSTANTS, SEASON.manner.digest_at}):
            town.now.put(day, hour.hour)
            sweep_once(town.engine, datetime.combine(day, hour, clock.ZONE))
        day += timedelta(days=1)
    with database.read() as connection:
        lived = Counter(
            (row.noticed_on, row.recipient, row.body, row.capacity, row.gate, row.kind, row.rung, row.items)
            for row in connection.execute(select(NOTICES))
        )
    told = Counter(
        (one.day, one.recipient, one.body, one.capacity, one.gate, one.kind, one.rung, one.items)
        for one in season.lines
    )
    assert told == lived
    assert sum(told.values()) > 50


@SQLITE
def test_every_rung_comes_on_its_own_day(database: Database) -> None:
    season = simulate(open_town(database).engine, SEASON)
    assert days_of(season, RATING) == LADDER
    assert all(one.found_on == one.rung_on for one in season.rungs)


@SQLITE
def test_who_is_told_follows_the_tree(database: Database) -> None:
    """The head of the cell, then the head of the base; above the base the roster has nobody to tell."""
    town = open_town(database)
    season = simulate(town.engine, SEASON)
    head, base_head = town.people(SECOND)[0], town.people(FIRST)[0]
    told = {
        (one.rung, one.recipient, one.body)
        for one in season.lines
        if (one.rule, one.kind, one.organisation) == (RATING, "individual", SECOND)
    }
    assert ("before:10", head, SECOND) in told
    assert ("after:1", head, SECOND) in told
    assert ("escalate:1", base_head, BASE) in told
    beyond = [one for one in season.lines if one.organisation == BASE and one.level > 0]
    assert beyond
    assert {one.recipient for one in beyond} == {""}
    assert season.unheard == len(beyond)
    assert not any(person == "" for _, _, person in season.letters)


@SQLITE
def test_one_digest_a_person_a_day_is_counted_however_many_lines_it_has(database: Database) -> None:
    town = open_town(database)
    season = simulate(town.engine, SEASON)
    day = LADDER["before:5"]
    lines = [one for one in season.lines if (one.day, one.recipient) == (day, town.people(SECOND)[0])]
    assert len(lines) > 1
    assert season.letters_on(day) == len({one.recipient for one in season.days[day]} - {""})


@SQLITE
def test_what_nobody_does_is_late_from_the_day_after(database: Database) -> None:
    season = simulate(open_town(database).engine, SEASON)
    late = {(one.organisation, one.kind, one.rule): one for one in season.late}
    members = late[FIRST, "individual", RATING]
    assert (members.from_day, members.last_day, members.items) == (date(2017, 1, 31), date(2017, 1, 30), 7)
    assert late[SECOND, "individual", "duk.deadline_report"].from_day == date(2017, 2, 6)


@SQLITE
def test_who_takes_every_step_on_its_last_safe_day_is_never_late(database: Database) -> None:
    season = simulate(open_town(database).engine, Trial(**_given(assume=Assume.PLAN)))
    assert season.late == ()
    assert days_of(season, RATING) == {
        rung: day for rung, day in LADDER.items() if rung.startswith(("before", "day"))
    }


# --- from where it starts -------------------------------------------------------------------------


def test_a_planned_campaign_is_opened_in_the_copy_alone(database: Database) -> None:
    town = planned(database)
    season = simulate(town.engine, SEASON)
    assert days_of(season, RATING) == LADDER
    with database.read() as connection:
        assert connection.execute(select(CAMPAIGNS.c.stage)).scalar_one() == campaign_life.PLANNED
        assert connection.execute(select(REVIEWS)).all() == []


@SQLITE
def test_a_planned_campaign_and_the_same_one_opened_say_the_same(database: Database) -> None:
    town = planned(database)
    before = simulate(town.engine, SEASON)
    open_campaign(town.engine, OFFICER, CAMPAIGN)
    after = simulate(town.engine, SEASON)
    assert before.lines == after.lines
    assert before.late == after.late


@SQLITE
def test_a_season_may_begin_before_the_roster_was_entered_into_the_computer(database: Database) -> None:
    """The roster holds from 15/12/2016 and is believed in the copy whenever it was typed."""
    town = planned(database)
    town.now.put(date(2017, 1, 5))
    assert days_of(simulate(town.engine, SEASON), RATING) == LADDER


@SQLITE
def test_what_is_done_is_not_reminded_of(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready()
    town.meet()
    season = simulate(town.engine, SEASON)
    voted = {one.organisation for one in season.lines if (one.rule, one.kind) == (RATING, "individual")}
    assert voted == {SECOND}


@SQLITE
def test_what_was_due_before_the_first_day_is_taken_as_told(database: Database) -> None:
    """From 19/01 on: nothing of the 18th comes late, the 20th comes on the 20th."""
    town = open_town(database)
    season = simulate(town.engine, Trial(**_given(first=date(2017, 1, 19))))
    expected = {rung: day for rung, day in LADDER.items() if day >= date(2017, 1, 19)}
    assert days_of(season, RATING) == expected
    from_the_day = simulate(town.engine, Trial(**_given(first=date(2017, 1, 18))))
    assert days_of(from_the_day, RATING) == expected | {"before:5": date(2017, 1, 18)}


# --- what is tried --------------------------------------------------------------------------------


@pytest.mark.parametrize("opened", [False, True])
def test_another_day_off_moves_the_reminders_before_it(database: Database, opened: bool) -> None:
    """With 24/01 off, one working day before 25/01 is 23/01, and ten before it are 10/01."""
    town = planned(database)
    if opened:
        open_campaign(town.engine, OFFICER, CAMPAIGN)
    tried = DatedDay(day=date(2017, 1, 24), what=OFF, document="thử")
    season = simulate(town.engine, Trial(**_given(days=(tried,))))
    assert days_of(season, RATING)["before:1"] == date(2017, 1, 23)
    assert days_of(season, RATING)["before:10"] == date(2017, 1, 10)
    assert days_of(season, RATING)["after:1"] == LADDER["after:1"]


@pytest.mark.parametrize("opened", [False, True])
def test_another_rulebook_dates_the_campaign_anew(database: Database, opened: bool) -> None:
    """Under CDTKV-2020 nothing of 2016 has a date; under the example layer there are three."""
    town = planned(database)
    if opened:
        open_campaign(town.engine, OFFICER, CAMPAIGN)
    nothing = simulate(town.engine, Trial(**_given(rulebook=Rulebook.load("cdtkv_2020"))))
    assert (nothing.dates, nothing.lines) == ((), ())
    layer = Rulebook.load("vi_du_dang_uy_cong_ty")
    season = simulate(town.engine, Trial(**_given(rulebook=layer)))
    assert {(one.rule, one.last_day) for one in season.dates} == {
        ("vdct.deadline_submission", date(2016, 12, 10)),
        ("qd366.deadline_rating", date(2016, 12, 19)),
    }
    assert season.rulebook.id == "vi_du_dang_uy_cong_ty"


def test_the_deputy_is_told_while_the_head_is_on_sick_leave(database: Database) -> None:
    """The copy knows that the head is away and not why: sick leave goes over as an absence."""
    town = open_town(database)
    head, deputy = town.people(SECOND)[:2]
    with database.write() as connection:
        connection.execute(insert(LIST_ENTRIES), [_sick(head, date(2017, 1, 16), date(2017, 1, 22))])
    with lived_on_a_copy(town.engine, SEASON) as lived, lived.database.read() as connection:
        rows = connection.execute(select(NOTICES).where(NOTICES.c.body == SECOND)).all()
        assert connection.execute(select(LIST_ENTRIES)).all() == []
    told = {row.rung: row.recipient for row in rows if (row.rule, row.kind) == (RATING, "individual")}
    assert (told["before:10"], told["before:5"], told["before:3"]) == (head, deputy, deputy)
    assert told["before:1"] == head


# --- what it leaves alone -------------------------------------------------------------------------


def test_nothing_is_written_and_nothing_leaves(database: Database) -> None:
    """Row for row the database is what it was; with an address for everybody the outbox stays empty."""
    town = open_town(database)
    with database.write() as connection:
        people = connection.execute(select(PEOPLE.c.person_id)).scalars().all()
        connection.execute(insert(CONTACTS), [_contact(person) for person in people])
    before = everything(database)
    season = simulate(town.engine, SEASON)
    assert sum(season.mails.values()) > 10, "the copy had letters to send"
    assert everything(database) == before
    with database.read() as connection:
        assert connection.execute(select(OUTBOX)).all() == []
        assert connection.execute(select(REMINDERS)).all() == []


@SQLITE
def test_the_file_itself_is_byte_for_byte_what_it_was(database: Database, database_url: str) -> None:
    town = open_town(database)
    database.close()
    file = Path(database_url.removeprefix("sqlite:///"))
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    simulate(town.engine, SEASON)
    simulate(town.engine, Trial(**_given(rulebook=Rulebook.load("tkv_2018"))))
    database.close()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    assert not file.with_name(file.name + "-wal").exists()


def test_no_name_birth_date_or_address_is_copied(database: Database) -> None:
    town = planned(database)
    with database.write() as connection:
        connection.execute(insert(CONTACTS), [_contact(town.people(FIRST)[0])])
        connection.execute(update(CONTACTS).values(phone="0912 345 678", calendar_secret="x"))
    with lived_on_a_copy(town.engine, SEASON) as lived, lived.database.read() as connection:
        people = connection.execute(select(PEOPLE)).all()
        contact = connection.execute(select(CONTACTS)).one()
        posts = connection.execute(select(POSITIONS)).all()
    assert {(row.name, row.birth_date, row.card_number) for row in people} == {
        (row.person_id, None, None) for row in people
    }
    assert len(people) == 12
    assert posts
    nobody = f"{contact.person}@{NOBODY}"
    assert (contact.email, contact.phone, contact.chat, contact.calendar_secret) == (nobody, nobody, "", None)


@SQLITE
def test_the_copy_is_gone_afterwards(database: Database) -> None:
    town = planned(database)
    with lived_on_a_copy(town.engine, SEASON) as lived:
        file = Path(str(lived.database.engine.url.database))
        assert file.is_file()
    assert not file.parent.exists()


@SQLITE
def test_the_copy_is_gone_after_an_exception_too(database: Database) -> None:
    town = planned(database)
    seen: list[Path] = []

    def fall_over(done: int, of: int) -> None:
        seen.extend(Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*/copy.db"))
        raise KeyError(done)

    with pytest.raises(KeyError):
        simulate(town.engine, SEASON, fall_over)
    assert seen
    assert not any(file.exists() for file in seen)


# --- what is refused ------------------------------------------------------------------------------


@SQLITE
def test_a_campaign_nobody_planned_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        simulate(Town.on(database).engine, SEASON)


@SQLITE
def test_a_campaign_that_has_ended_has_nothing_to_simulate(database: Database) -> None:
    town = open_town(database)
    town.do(CloseCampaign(campaign=CAMPAIGN), OFFICER)
    with pytest.raises(BadInput, match="planned or open"):
        simulate(town.engine, SEASON)


@SQLITE
@pytest.mark.parametrize(("days", "accepted"), [(0, False), (1, True), (DAYS_MAX + 1, False)])
def test_a_season_has_at_least_one_day_and_not_too_many(
    database: Database, days: int, accepted: bool
) -> None:
    town = open_town(database)
    trial = Trial(**_given(last=FROM + timedelta(days=days - 1)))
    if accepted:
        assert simulate(town.engine, trial).last == FROM
    else:
        with pytest.raises(BadInput):
            simulate(town.engine, trial)


@SQLITE
def test_a_rulebook_with_open_points_is_refused_as_planning_would_be(database: Database) -> None:
    """QD366-2025 leaves six points to a layer; a campaign under it alone could not be planned either."""
    town = planned(database)
    with pytest.raises(LayerNeeded):
        simulate(town.engine, Trial(**_given(rulebook=Rulebook.load("qd366_2025"))))


# --- helpers --------------------------------------------------------------------------------------


def _given(**told: Any) -> dict[str, Any]:
    return {"campaign": CAMPAIGN, "first": FROM, "last": TO, **told}


def _sick(person: str, first: date, last: date) -> dict[str, Any]:
    return {
        "entry": "E1",
        "campaign": CAMPAIGN,
        "organisation": SECOND,
        "list": "sick_leave",
        "subject": person,
        "from_day": first,
        "to_day": last,
        "recorded_at": datetime.combine(FROM, time(9), clock.ZONE),
        "recorded_by": "officer",
        "salt": b"s" * 32,
        "digest": b"d" * 32,
    }


def _contact(person: str) -> dict[str, Any]:
    return {
        "person": person,
        "email": f"{person}@example.vn",
        "phone": "",
        "chat": "",
        "language": "vi",
        "quiet_from": "",
        "quiet_to": "",
        "calendar_secret": None,
        "changed_at": datetime.combine(FROM, time(9), clock.ZONE),
        "changed_by": "officer",
    }
