"""Two cells of one company whose ordinary members share one quota group, everything up to the decision.

Cell 1 has two voted excellent and four good, cell 2 one and five: three of nine good, and 20% of nine is one.
"""

from __future__ import annotations

from pathlib import Path

from handlers.cases.living import Life, StoryClock
from handlers.cases.running import read
from handlers.cases.shelves import Shelf
from handlers.gather import FactsFromTables
from handlers.registry import react
from states.roles import Role
from tests.api.lived import Lived
from workflow.commands.asking import Actor
from workflow.database import Database
from workflow.engine import Engine

CAMPAIGN, COMPANY = "2026", "DB"
BOARD = Actor(id="BTC", role=Role.ORGANISATION_BOARD, body=COMPANY)
COMMITTEE = Actor(id="DU", role=Role.SUPERIOR_COMMITTEE, body=COMPANY)
FIRST_SIX = ("Phạm Gia Bảo", "Đỗ Hải Yến", "Ngô Văn Khoa", "Vũ Ngọc Lan", "Bùi Tiến Mạnh", "Đinh Thị Nga")
SECOND_SIX = ("Lê Minh Châu", "Hồ Thị Thắm", "Mạc Văn Quý", "Cao Thị Sen", "Tạ Đình Tùng", "Lưu Thị Vân")
CELLS = {"CB1": ("Nguyễn Thu Hà", FIRST_SIX, 2), "CB2": ("Trần Quang Vinh", SECOND_SIX, 1)}
"""Head, ordinary members, and how many of them, from the first, are voted excellent."""

BODIES = (COMPANY, *CELLS)

COUNTS = (
    '"subject.frame" = "frame_not_leader", "tasks.assigned" = 20, "tasks.done" = 20, '
    '"tasks.on_time_quality" = 20, "tasks.exceeded" = 6, "tasks.late" = 0, '
    '"subject.suspended_from_committee" = false, "unit.closes_late" = false'
)
EXCELLENT = (
    '"points.common" = "29", "points.common_1" = "9", "points.common_2" = "10", "points.common_3" = "10", '
    '"points.tasks" = "63", "points.tasks_1" = "36", "points.tasks_2" = "18", "points.tasks_3" = "9"'
)
GOOD = (
    '"points.common" = "28", "points.common_1" = "9", "points.common_2" = "9", "points.common_3" = "10", '
    '"points.tasks" = "60", "points.tasks_1" = "35", "points.tasks_2" = "17", "points.tasks_3" = "8"'
)


def members_of(cell: str) -> tuple[str, ...]:
    """The reviews of a cell's ordinary members; the first ones were voted excellent."""
    number = list(CELLS).index(cell) + 2
    return tuple(f"{CAMPAIGN}.member.{number}{place}" for place in range(1, 7))


def two_cells(database: Database, folder: Path, *, appraised: bool = True) -> Lived:
    """Live both cells up to the appraisal, or to the report; `folder` gets the story as it was written."""
    file = folder / "two-cells.toml"
    file.write_text(_story(appraised), encoding="utf-8")
    shelf = Shelf()
    found = read(file, shelf)
    assert not found.problems, found.problems
    now = StoryClock()
    engine = Engine(database, gather=FactsFromTables(), react=react, now=now, load_rulebook=shelf.load)
    (story,) = found.stories
    life = Life(story, engine, now)
    for step in story.steps:
        wrong = life.step(step).wrong
        assert not wrong, wrong
    return Lived(database, engine, now)


def _story(appraised: bool) -> str:
    people = []
    for number, (cell, (head, members, _)) in enumerate(CELLS.items(), start=1):
        people.append(f'"1{number}, {cell}, head, name {head}"')
        people += [
            f'"{number + 1}{place}, {cell}, name {name}"' for place, name in enumerate(members, start=1)
        ]
    bodies = [
        f'"{cell}, chi_bo_truc_thuoc, under DB, founded 2001-05-19, no committee, '
        f'name Chi bộ Phân xưởng {cell[-1]}"'
        for cell in CELLS
    ]
    setting = (
        'rulebook = "vi_du_dang_uy_cong_ty"\n\n[setting.company]\nyear = 2026\norganisation = "DB"\n'
        'superior = "DUK"\nopened = 2026-11-02\norganisations = ["DB, dang_bo_co_so, founded 1998-01-01, '
        f'no committee, name Đảng bộ Công ty", {", ".join(bodies)}]\npeople = [{", ".join(people)}]\n\n'
        '[[story]]\nname = "two cells share a group"\nbecause = "told to tests"\nshows = ["C-17"]\n'
        'setting = "company"\n\n'
    )
    steps = [step for cell in CELLS for step in _before_the_ballot(cell)]
    steps += [
        f'at = 2026-11-20\ndeclare_lists = {{ organisation = "{body}", lists = "all" }}' for body in BODIES
    ]
    for turn in (_meeting, _sheet, _count, _ticks, _report):
        steps += [turn(cell) for cell in CELLS]
    steps += [
        f'at = 2026-12-05\ndeclare_lists = {{ organisation = "{cell}", lists = "all" }}' for cell in CELLS
    ]
    if appraised:
        steps += [
            f'by = "organisation_board"\nappraise_bundle = {{ submission = "{cell}" }}' for cell in CELLS
        ]
    return setting + "".join(f"[[story.step]]\n{step}\n\n" for step in steps)


def _split(cell: str) -> tuple[list[str], list[str]]:
    _, members, top = CELLS[cell]
    given = [name.rsplit(" ", 1)[-1] for name in members]
    return given[:top], given[top:]


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _before_the_ballot(cell: str) -> list[str]:
    best, others = _split(cell)
    return [
        f'at = 2026-11-03\nprepare = {{ review = "members of {cell}" }}',
        f"record_facts = {{ review = [{_listed(best + others)}], facts = {{ {COUNTS} }} }}",
        f"record_facts = {{ review = [{_listed(best)}], facts = {{ {EXCELLENT} }} }}",
        f"record_facts = {{ review = [{_listed(others)}], facts = {{ {GOOD} }} }}",
        f'rate_self = {{ review = [{_listed(best)}], level = "HTXSNV" }}',
        f'rate_self = {{ review = [{_listed(others)}], level = "HTTNV" }}',
    ]


def _meeting(cell: str) -> str:
    best, others = _split(cell)
    head = CELLS[cell][0].rsplit(" ", 1)[-1]
    items = f'[{{ review = "{head}", chair = "{(best + others)[0]}" }}, {_listed(best + others)}]'
    return (
        f'at = "2026-11-20 08:00"\n[story.step.record_meeting]\nmeeting = "M-{cell}"\n'
        f'organisation = "{cell}"\npresent = 7\nsuperior_attended = false\n'
        f'each = {{ chair = "{head}", ticked = "all" }}\nitems = {items}'
    )


def _sheet(cell: str) -> str:
    best, others = _split(cell)
    motions = [f'"{name}" = "HTXSNV"' for name in best] + [f'"{name}" = "HTTNV"' for name in others]
    return (
        f'at = "2026-11-20 17:00"\n[story.step.issue_ballot]\nballot = "P-{cell}"\norganisation = "{cell}"\n'
        f'meeting = "M-{cell}"\nsecret = true\nmotions = {{ {", ".join(motions)} }}'
    )


def _count(cell: str) -> str:
    best, others = _split(cell)
    tallies = [f'["{name}", "HTXSNV", {7 - place}]' for place, name in enumerate(best)]
    tallies += [f'["{name}", "HTTNV", 7]' for name in others]
    return (
        f'[story.step.count_ballot]\nballot = "P-{cell}"\nissued = 7\ncollected = 7\nvalid = 7\ninvalid = 0\n'
        f"tallies = [{', '.join(tallies)}]"
    )


def _group(cell: str) -> str:
    best, others = _split(cell)
    return _listed(best + others)


def _ticks(cell: str) -> str:
    return f'at = 2026-11-26\ntick_items = {{ review = [{_group(cell)}], ticked = "all" }}'


def _report(cell: str) -> str:
    reviews = f"reviews = [{_group(cell)}]"
    return f'at = 2026-12-01\nsubmit_bundle = {{ submission = "{cell}", organisation = "{cell}", {reviews} }}'
