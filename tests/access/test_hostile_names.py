"""Names that would be markup or a formula stay names: on every page, and in every file handed out."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from api.permissions import BY_ROUTE, EVERYBODY, About, Row
from states.roles import Role
from tests import townspeople
from tests.access.walking import Walked
from tests.builders import BASE, FIRST, SECOND
from tests.house import tree
from workflow.commands.asking import Actor
from workflow.database import Database

MARKUP, FORMULA = "<script>alert(1)</script>", "=cmd|' /C calc'!A0"
PEOPLE = (
    FORMULA, MARKUP, "+84 901 234 567", "-2+3", "@SUM(1+1)", '"><img src=x onerror=alert(1)>',
    "Lê & <b>Mai</b>", "https://evil.example/ Hoa", "{{ 7*7 }}", "${7*7}", "'; DROP TABLE events; --",
    "\tTab\u202eđảo",
)  # fmt: skip
BODIES = {BASE: f"{MARKUP} & Đảng bộ", FIRST: FORMULA, SECOND: '"><img src=x onerror=alert(2)>'}
RAW = ("<script>alert", "<img src=x", "<b>Mai</b>")
LOOKS = (Role.ORGANISATION_BOARD, Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR, Role.MEMBER)


@pytest.fixture(scope="module")
def hostile(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """The town of the walks, whose people and bodies are called so."""
    path = tmp_path_factory.mktemp("hostile") / "town.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(URL.create("sqlite", database=str(path)).render_as_string())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(townspeople, "NAMES", PEOPLE)
        patched.setattr(townspeople, "BODIES", BODIES)
        yield Walked.on(database)
    database.close()


def test_no_page_takes_a_name_for_markup(hostile: Walked) -> None:
    escaped = 0
    for path, actor in _looked_at(hostile, files=False):
        answer = hostile.client.get(path, headers=_as(actor))
        told = answer.headers.get("content-type", "")
        if answer.status_code != 200 or not told.startswith("text/html"):
            continue
        assert [raw for raw in RAW if raw in answer.text] == [], path
        escaped += "&lt;script&gt;alert(1)" in answer.text
    assert escaped >= 5, "the names have to be on the pages for this to say anything"


def test_no_file_takes_a_name_for_a_formula(hostile: Walked) -> None:
    named = 0
    for path, actor in _looked_at(hostile, files=True):
        answer = hostile.client.get(path, headers=_as(actor))
        if answer.status_code != 200:
            continue
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            texts = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}
        sheets = {name: text for name, text in texts.items() if name.startswith("xl/worksheets/")}
        assert sheets, path
        assert [name for name, text in sheets.items() if "<f>" in text or "<f " in text] == [], path
        assert [name for name in texts if "hyperlink" in texts[name]] == [], path
        named += any("=cmd|" in text for text in texts.values())
    assert named >= 3, "the names have to be in the files for this to say anything"


def test_every_workbook_is_begun_in_the_one_safe_way() -> None:
    found = [
        tree.name_of(path)
        for folder in ("api", "handlers", "deadlines", "workflow")
        for path in sorted((tree.ROOT / folder).rglob("*.py"))
        if "xlsxwriter.Workbook(" in path.read_text("utf-8") and path.name != "sheets.py"
    ]
    assert found == []


def _looked_at(walked: Walked, *, files: bool) -> Iterator[tuple[str, Actor]]:
    """Every address to look at, filled in, by the first of some roles that may."""
    for route, row in BY_ROUTE.items():
        method, _, path = route.partition(" ")
        if method == "GET" and path.endswith((".xlsx", ".ics")) == files and path != "/live":
            for paper in _papers(path):
                yield walked.address(paper, row), _looker(row)


def _papers(path: str) -> tuple[str, ...]:
    if "{paper}" not in path:
        return (path,)
    return tuple(
        path.replace("{paper}", paper) for paper in ("notice", "agenda", "ballot", "minutes", "count")
    )


def _looker(row: Row) -> Actor:
    role = next(role for role in LOOKS if role in row.by or row.about is About.ANYBODY or row.by == EVERYBODY)
    return Actor(id="0101", role=role, body=BASE)


def _as(actor: Actor) -> dict[str, str]:
    return {"Accept": "text/html", "X-Kiemdiem-Actor": f"{actor.role}@{actor.body}:{actor.id}"}
