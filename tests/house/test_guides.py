"""The guides say what is so: their commands, addresses, settings, columns and words of the pages exist."""

import inspect
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from babel.messages.pofile import read_po
from fastapi.routing import APIRoute
from typer.core import TyperCommand, TyperGroup

from api.app import API, RESOURCES
from api.cli import app as command_line
from api.settings import Settings
from handlers.roster.columns import PLANS
from states.flags import FLAGS
from tests.house import tree

FOLDER = tree.ROOT / "docs" / "guides"
GUIDES = sorted(FOLDER.glob("*.md"))
PAGES = [*GUIDES, *(tree.ROOT / "docs" / name for name in ("adding.md", "architecture.md"))]
LINES_MAX = 120

CODE = re.compile(r"^    (?P<line>.+(?:\\\n.+)*)|`(?P<inline>[^`]+)`", re.MULTILINE)
ADDRESS = re.compile(r"(?P<method>GET|POST)\s+\S*?(?P<path>/api/v1[^\s`'?]*)(?:\?(?P<query>\w+)=)?")
SETTING = re.compile(r"KIEMDIEM_[A-Z_]+")
WORDS = re.compile(r"\*\*(?P<words>[^*]+)\*\*")
OUR_FILE = re.compile(r"`((?:api|deadlines|docs|handlers|requirements|states|tests|workflow)/[\w./-]+)`")
FOR_TESTS = "KIEMDIEM_TEST_POSTGRES_URL"

Command = TyperCommand | TyperGroup


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_guide_is_short(page: Path) -> None:
    assert len(page.read_text("utf-8").splitlines()) <= LINES_MAX


def test_every_guide_is_there_in_both_languages() -> None:
    names = {page.name for page in GUIDES}
    assert {name.replace(".vi.", ".en.") for name in names} == {name for name in names if ".en." in name}
    assert {name.replace(".en.", ".vi.") for name in names} == {name for name in names if ".vi." in name}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_guide_exists_with_its_options(page: Path) -> None:
    assert [wrong for line in _code(page) for wrong in _wrong_in(line)] == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (".venv/bin/kiemdiem verify --checkpoint 1-ab", 0),
        (".venv/bin/kiemdiem rulebook show duk_2016", 0),
        (".venv/bin/kiemdiem audit 2016", 1),  # no such command
        (".venv/bin/kiemdiem status 2016 --actor x", 1),  # no such option of this one
        ("--good-rows-only", 0),
        ("--bad-rows-too", 1),
        ("make everything", 1),
    ],
)
def test_the_check_for_commands_knows_what_it_looks_for(line: str, wrong: int) -> None:
    assert len(_wrong_in(line)) == wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_address_of_a_guide_is_served(page: Path) -> None:
    routes = [route for module in RESOURCES for route in module.router.routes if isinstance(route, APIRoute)]
    text = page.read_text("utf-8").replace("curl -X ", "")
    for found in ADDRESS.finditer(text):
        path = found["path"].removeprefix(API)
        served = [r for r in routes if found["method"] in (r.methods or ()) and r.path_regex.fullmatch(path)]
        assert served, found[0]
        if found["query"]:
            assert found["query"] in inspect.signature(served[0].endpoint).parameters, found[0]


def test_the_flags_an_auditor_may_ask_for_are_those_there_are() -> None:
    text = (FOLDER / "auditor.vi.md").read_text("utf-8")
    assert set(re.findall(r"flag=(\w+)", text)) <= set(FLAGS)
    assert [name for name in FLAGS if name not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_of_a_guide_is_read(page: Path) -> None:
    assert set(SETTING.findall(page.read_text("utf-8"))) <= _settings() | {FOR_TESTS}


def test_the_administrator_is_told_every_setting_with_its_default() -> None:
    text = (FOLDER / "administrator.vi.md").read_text("utf-8")
    assert sorted(_settings() - set(SETTING.findall(text))) == []
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, int) and not isinstance(field.default, bool):
            assert f"| `KIEMDIEM_{name.upper()}` | {field.default} |" in text


def test_the_administrator_is_told_every_column_of_a_roster() -> None:
    text = (FOLDER / "administrator.vi.md").read_text("utf-8")
    for plan in PLANS:
        columns = ", ".join(f"**{c.header}**{' *' * c.is_starred}" for c in plan.columns)
        assert f"| {plan.title} | {columns} |" in text


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_words_in_bold_stand_on_the_pages(page: Path) -> None:
    """Bold is what a person looks for on the screen; bold that ends with a full stop opens a paragraph."""
    with (tree.ROOT / "api" / "locale" / "en" / "messages.po").open("rb") as catalogue:
        messages = list(read_po(catalogue))
    if page.name.endswith(".vi.md"):
        shown = {str(message.id) for message in messages} | {c.header for plan in PLANS for c in plan.columns}
    else:
        shown = {str(message.string) for message in messages}
    found = [" ".join(words.split()) for words in WORDS.findall(page.read_text("utf-8"))]
    assert [words for words in found if words not in shown and not words.endswith(".")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_a_guide_names_is_there(page: Path) -> None:
    named = OUR_FILE.findall(page.read_text("utf-8"))
    assert [name for name in named if not (tree.ROOT / name).exists()] == []


def _code(page: Path) -> Iterator[str]:
    for found in CODE.finditer(page.read_text("utf-8")):
        yield (found["line"] or found["inline"]).replace("\\\n", " ")


def _wrong_in(line: str) -> list[str]:
    """What of our own commands, options and targets in a line of a guide is not there."""
    if re.match(r"-{2}\w", line):
        every = {option for command in _every(_commands()) for option in _options(command)}
        return [] if line.split()[0] in every else [line]
    if re.match(r"make \w", line):
        makefile = (tree.ROOT / "Makefile").read_text("utf-8")
        return [] if re.search(rf"^{line.split()[1]}:", makefile, re.MULTILINE) else [line]
    if not re.match(r"(?:\.venv/bin/)?kiemdiem \w", line):
        return []
    command: Command = _commands()
    wrong = []
    for word in shlex.split(line, comments=True)[1:]:
        if isinstance(command, TyperGroup):
            if word not in command.commands:
                return [line]
            command = _below(command, word)
        elif word.startswith("--") and word not in _options(command):
            wrong.append(f"{line}: {word}")
    return wrong


def _commands() -> TyperGroup:
    command = typer.main.get_command(command_line)
    assert isinstance(command, TyperGroup)
    return command


def _every(command: Command) -> Iterator[Command]:
    yield command
    if isinstance(command, TyperGroup):
        for name in command.commands:
            yield from _every(_below(command, name))


def _below(group: TyperGroup, name: str) -> Command:
    command = group.commands[name]
    assert isinstance(command, TyperCommand | TyperGroup)
    return command


def _options(command: Command) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts} | {"--help"}


def _settings() -> set[str]:
    """The environment variables the service and the command line read."""
    read = {f"KIEMDIEM_{name.upper()}" for name in Settings.model_fields}
    for command in _every(_commands()):
        for parameter in command.params:
            given = parameter.envvar or []
            read |= {given} if isinstance(given, str) else set(given)
    return read
