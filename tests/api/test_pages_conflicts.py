"""A conflict of interest on the page of the evening and of the review: who is offered, named, excepted."""

from __future__ import annotations

import pytest

from tests.api.browsing import Browser, Form, said
from tests.builders import COMMITTEE, FIRST, MET, member
from tests.town import Town
from workflow.commands.access import DeclareConflict
from workflow.database import Database

CELL = f"/c/2016/o/{FIRST}"
HEAD, MEMBER = "0101", "0105"


@pytest.fixture
def town(database: Database) -> Town:
    """A cell ready to meet, whose secretary is married to a member."""
    town = Town.on(database).open()
    town.do(
        DeclareConflict(conflict="X", person=HEAD, subject=MEMBER, closeness="spouse", body=FIRST),
        town.secretary(FIRST),
    )
    town.make_ready()
    town.now.put(MET, 20)
    return town


def evening(browser: Browser, town: Town) -> Form:
    """The whole evening, chaired by the secretary, his wife's item too."""
    form = browser.form(CELL, "/meetings")
    (chair,) = (name for name, _ in form.fields if name.endswith(f"{member(MEMBER)}.chair"))
    assert form.value(chair) != HEAD, "the page offers another chair by itself"
    form = form.set(chair, HEAD)
    form = form.set("issued", "7").set("collected", "7").set("invalid", "0").set("superior_attended", "on")
    form = form.set("announced", "on").set("residence_all", "read")
    form = form.set(
        "ticked", "report.directed_by_head", "self_review.covers_all_posts", "session.summary_of_posts"
    )
    for person in town.people(FIRST):
        form = form.set(f"ballot.{member(person)}.HTTNV", "7")
    return form


def test_the_chair_in_conflict_is_named_and_what_took_place_may_be_recorded(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    refused = browser.send(evening(browser, town))
    text = said(refused)
    assert refused.status_code == 403
    assert "Người có xung đột lợi ích không chủ trì kiểm điểm" in text
    assert f"{HEAD} với" not in text, "people are named, not told by code"
    again = evening(browser, town).set("took_place", "on")
    assert browser.send(again).status_code in (200, 303)
    assert town.review(member(MEMBER)).flags["irregular"] == ("C-09",)


def test_an_exception_to_it_is_offered_in_words(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    browser.send(evening(browser, town).set("took_place", "on"))
    committee = Browser(town, COMMITTEE)
    form = committee.form(f"/r/{member(MEMBER)}", "/exception")
    assert "người có xung đột lợi ích không chủ trì (C-09)" in committee.open(f"/r/{member(MEMBER)}")
    form = form.set("rules", "C-09").set("reason", "không có ai khác").set("document", "CV 7")
    assert committee.confirm(form.set("on", "10/01/2017")).status_code == 303
    assert "irregular" not in town.review(member(MEMBER)).flags
