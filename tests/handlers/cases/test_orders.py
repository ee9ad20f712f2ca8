"""A step of a story becomes the very command the API makes of the same fields."""

from __future__ import annotations

from datetime import date

import pytest

from api.bodies import body_of, command_from
from api.door import Door
from api.doors import DOORS
from handlers.cases.names import Names
from handlers.cases.orders import BY_STEP, Orders
from handlers.cases.roster import ShortRoster
from handlers.cases.shelves import Shelf
from handlers.roster.vocabulary import MembershipKind, PartyStatus, Post
from states.roles import Role
from workflow.commands.meeting import AgendaItem, RecordMeeting
from workflow.commands.preparing import FactEntry, Prepare, RecordFacts
from workflow.decide import COMMANDS
from workflow.rules.checklists import item_names

DAY = date(2016, 12, 20)
IN_PATH = {
    "campaign": "2016",
    "organisation": "CB03",
    "review": "2016.member.0045",
    "flag": "under_verification",
}


class Said(list[str]):
    """Collects what is said, in English."""

    def __call__(self, vi: str, en: str) -> None:
        assert vi
        self.append(en)


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def names(said: Said) -> Names:
    roster = ShortRoster()
    roster.tell(
        [
            "DU07, Đảng bộ cơ sở, no committee",
            "CB03, chi_bo_truc_thuoc, under DU07, founded 1995-05-19, committee, name Chi bộ 3",
            "CD, cong_doan_co_so",
        ],
        [
            "0012, CB03, dự bị, admitted 20/06/2016",
            "0031, CB03, head since 2016-01-01, deputy of DU07, name Nguyễn Thị Hoa",
            "0032, CB03, CD, staff manager, name Trần Văn Bình",
            "0045..0047, CB03",
        ],
        (),
        said,
    )
    book = Shelf().load("duk_2016")
    return Names("2016", "DU07", "DUK", roster, book, {"both": ["Hoa", "0032"]})


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.command.__name__)
def test_the_example_of_every_door_is_a_step(door: Door, names: Names, said: Said) -> None:
    path = {name: IN_PATH.get(name, "X") for name in door.in_path}
    told = body_of(door.command, door.in_path, ()).model_validate(door.example)
    made = Orders(names, DAY, said).build(door.command, {**path, **door.example})
    assert said == []
    assert made == [command_from(door.command, told, **path)]


def test_every_command_is_a_step() -> None:
    assert set(BY_STEP.values()) == set(COMMANDS)
    assert len(BY_STEP) == len(COMMANDS), "no two commands share a name"


def test_a_command_is_sent_once_for_each_review_named(names: Names, said: Said) -> None:
    made = Orders(names, DAY, said).build(Prepare, {"review": ["collective CB03", "both"], "ticked": "all"})
    assert said == []
    collective, hoa, binh = made
    assert isinstance(collective, Prepare) and isinstance(hoa, Prepare) and isinstance(binh, Prepare)
    assert [collective.review, hoa.review, binh.review] == [
        "2016.collective.CB03",
        "2016.member.0031",
        "2016.member.0032",
    ]
    assert collective.on == DAY
    assert collective.ticked == item_names(names.book, "collective")
    assert hoa.ticked == item_names(names.book, "individual")


def test_items_may_be_those_of_one_gate(names: Names, said: Said) -> None:
    told = {"review": "collective CB03", "ticked": "all of prepare"}
    (collective,) = Orders(names, DAY, said).build(Prepare, told)
    assert isinstance(collective, Prepare)
    assert collective.ticked == item_names(names.book, "collective", "prepare")
    assert set(collective.ticked) < set(item_names(names.book, "collective"))


def test_rows_may_be_short(names: Names, said: Said) -> None:
    orders = Orders(names, DAY, said)
    (facts,) = orders.build(RecordFacts, {"review": "Bình", "facts": {"task.completion": "good"}})
    assert facts == RecordFacts(
        review="2016.member.0032", facts=(FactEntry(fact="task.completion", value="good", on=DAY),)
    )
    (meeting,) = orders.build(
        RecordMeeting,
        {
            "meeting": "M",
            "organisation": "CB03",
            "present": 2,
            "each": {"chair": "Hoa"},
            "items": ["Bình", {"review": "both", "counts": {"HTTNV": 2}}],
        },
    )
    assert isinstance(meeting, RecordMeeting)
    assert meeting.venue == "CB03"
    assert meeting.items == (
        AgendaItem(review="2016.member.0032", chair="0031"),
        AgendaItem(review="2016.member.0031", chair="0031", counts=(("HTTNV", 2),)),
        AgendaItem(review="2016.member.0032", chair="0031", counts=(("HTTNV", 2),)),
    )
    assert said == []


@pytest.mark.parametrize(
    ("by", "actor"),
    [
        ("secretary", ("0031", Role.SECRETARY, "CB03")),  # the head of the cell
        ("committee of CB03 as Bình", ("0032", Role.COMMITTEE, "CB03")),
        ("member Bình", ("0032", Role.MEMBER, "CB03")),
        (
            "organisation_board",
            ("organisation_board-DU07", Role.ORGANISATION_BOARD, "DU07"),
        ),  # above the cell
        ("secretary@DU07:BT-1", ("BT-1", Role.SECRETARY, "DU07")),
    ],
)
def test_who_acts_is_named_by_office(names: Names, said: Said, by: str, actor: tuple[str, Role, str]) -> None:
    found = names.actor(by, {"review": "0045"}, said)
    assert said == []
    assert found is not None
    assert (found.id, found.role, found.body) == actor


def test_a_line_of_the_roster_says_all_an_import_says(names: Names, said: Said) -> None:
    roster = names.roster
    assert said == []
    assert roster.people["0012"].status is PartyStatus.PROBATIONARY
    assert roster.people["0012"].admitted_on == date(2016, 6, 20)
    posts = {(one.organisation_id, one.post) for one in roster.positions.values() if one.person_id == "0031"}
    assert posts == {("CB03", Post.HEAD), ("DU07", Post.DEPUTY)}
    kinds = {one.kind for one in roster.memberships.values() if one.person_id == "0032"}
    assert kinds == {MembershipKind.OFFICIAL, MembershipKind.UNION}
    assert roster.people_of("CB03") == ["0012", "0031", "0032", "0045", "0046", "0047"]
    roster.tell((), ["0045, CB03, deputy"], ["0046"], said)
    assert "0046" not in roster.people_of("CB03")
