"""What is entered for many reviews of a body at once: each row by itself, with its own outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.demo.living import live, shown_at
from api.demo.regimes import Regime
from api.demo.season import Silent
from states import review as life
from states.roles import Role
from tests.api.browsing import Browser, Form, said
from tests.builders import AUDITOR, FAULTS, FIRST, PREPARED, PREPARED_TICKS, SECOND, collective, member
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.database import Database

ADDRESS = f"/c/2016/o/{FIRST}/together"


@pytest.fixture
def town(database: Database) -> Town:
    opened = Town.on(database).open()
    opened.now.put(PREPARED)
    return opened


def confirming(form: Form) -> Form:
    """The form with every item of the checklist confirmed."""
    kinds = (life.COLLECTIVE, life.INDIVIDUAL, life.ORGANISATION)
    for item in {item for kind in kinds for item in PREPARED_TICKS[kind]}:
        form = form.set(f"confirmed.{item}", "on")
    return form


def test_a_pile_of_reports_is_entered_at_once(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    form = confirming(secretary.form(ADDRESS, "/preparations"))
    answer = secretary.send(form.set("review", member("0104"), member("0105"), collective(FIRST)))
    assert answer.status_code == 200
    assert "Đã ghi 3 trên 3" in said(answer)
    for review in (member("0104"), member("0105"), collective(FIRST)):
        assert town.review(review).stage == life.PREPARED
    assert town.review(member("0106")).stage == life.OPEN, "nobody chose it"
    again = secretary.open(ADDRESS)
    assert f'value="{member("0104")}"' not in again[: again.index("/self-ratings")]


def test_an_item_is_confirmed_only_where_it_belongs(town: Town) -> None:
    """A collective's checklist is not a member's: nobody confirms more than his review asks for."""
    secretary = Browser(town, town.secretary(FIRST))
    form = confirming(secretary.form(ADDRESS, "/preparations"))
    secretary.send(form.set("review", member("0104"), collective(FIRST)))
    asked = set(PREPARED_TICKS[life.INDIVIDUAL])
    assert set(town.review(member("0104")).ticked()) <= asked
    assert not set(town.review(member("0104")).ticked()) - asked


def test_a_refused_row_says_why_and_leaves_the_others_done(town: Town) -> None:
    """The collective's report wants its items confirmed, a member who lacks nothing is prepared."""
    secretary = Browser(town, town.secretary(FIRST))
    confirmed = secretary.form(ADDRESS, "/preparations")
    for item in PREPARED_TICKS[life.INDIVIDUAL]:
        confirmed = confirmed.set(f"confirmed.{item}", "on")
    answer = secretary.send(confirmed.set("review", member("0104"), collective(FIRST)))
    assert "Đã ghi 1 trên 2" in said(answer)
    assert town.review(member("0104")).stage == life.PREPARED
    assert town.review(collective(FIRST)).stage == life.OPEN


def test_everybody_is_chosen_by_one_tick(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    answer = secretary.send(confirming(secretary.form(ADDRESS, "/preparations")).set("all", "on"))
    assert answer.status_code == 200
    assert all(town.review(member(person)).stage == life.PREPARED for person in town.people(FIRST))
    assert town.review(member(town.people(SECOND)[0])).stage == life.OPEN, "another cell"


def test_nobody_chosen_is_said_and_what_was_typed_stays(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    answer = secretary.send(confirming(secretary.form(ADDRESS, "/preparations")).set("on", "19/12/2016"))
    assert answer.status_code == 422
    assert "Đánh dấu ít nhất một người" in said(answer)
    assert 'value="19/12/2016"' in said(answer)
    assert town.review(member("0104")).stage == life.OPEN


def test_each_has_the_level_he_gives_himself_and_the_rest_are_left_open(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    secretary.send(confirming(secretary.form(ADDRESS, "/preparations")).set("all", "on"))
    form = secretary.form(ADDRESS, "/self-ratings")
    form = form.set(f"level.{member('0104')}", "HTXSNV").set(f"level.{member('0105')}", "HTTNV")
    assert "Đã ghi 2 trên 2" in said(secretary.send(form))
    assert town.review(member("0104")).self_level == "HTXSNV"
    assert town.review(member("0105")).self_level == "HTTNV"
    assert town.review(member("0106")).self_level is None
    nothing = secretary.send(secretary.form(ADDRESS, "/self-ratings"))
    assert nothing.status_code == 422
    assert "Chọn mức của ít nhất một người" in said(nothing)


def test_facts_shared_by_many_are_recorded_for_those_chosen(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    secretary.send(confirming(secretary.form(ADDRESS, "/preparations")).set("all", "on"))
    form = secretary.form(ADDRESS, "/facts").set("task.completion", "good")
    for fault in FAULTS:
        form = form.set(f"fault.{fault}", "no")
    answer = secretary.send(form.set("review", member("0104"), member("0105")))
    assert "Đã ghi 2 trên 2" in said(answer)
    facts = town.review(member("0104")).facts
    assert facts["task.completion"][0] == "good"
    assert facts["fault.disunity"][0] is False
    assert "task.completion" not in town.review(member("0106")).facts


def test_what_is_doubtful_is_recorded_and_said_beside_the_row(tmp_path: Path) -> None:
    """QD366-2025, Phụ lục 1–5: the secretary of the demo's cell leads, and his frame is one for members."""
    season = live(f"sqlite:///{tmp_path.as_posix()}/demo.db", Regime.QD366_2025, Silent(), shown_at())
    secretary = Browser(season.service, Actor(id="MT31", role=Role.SECRETARY, body="MTKT"))
    address = "/c/2026/o/MTKT/together"
    secretary.send(secretary.form(address, "/preparations").set("all", "on"))
    form = secretary.form(address, "/facts").set("subject.frame", "frame_not_leader")
    told = said(secretary.send(form.set("review", "2026.member.MT31", "2026.member.MT33")))
    assert "Đã ghi 2 trên 2" in told
    assert told.count("giữ chức vụ lãnh đạo, quản lý nhưng khung đã chọn") == 1, "the member's frame is right"
    season.service.close()


def test_sent_twice_nothing_is_recorded_twice(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    secretary.send(confirming(secretary.form(ADDRESS, "/preparations")).set("all", "on"))
    form = secretary.form(ADDRESS, "/facts").set("task.completion", "good").set("review", member("0104"))
    secretary.send(form)
    before = town.review(member("0104")).version
    secretary.send(form)
    assert town.review(member("0104")).version == before


def test_whoever_changes_nothing_is_offered_nothing(town: Town) -> None:
    page = Browser(town, AUDITOR).open(ADDRESS)
    assert "Không còn gì để ghi chung" in page
    assert "/preparations" not in page


def test_another_cell_is_not_found(town: Town) -> None:
    stranger = Browser(town, town.secretary(SECOND))
    assert stranger.client.get(ADDRESS).status_code == 404
    assert stranger.client.get(f"/c/2016/o/{SECOND}/together").status_code == 200
