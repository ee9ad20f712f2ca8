"""Whatever the loader of rulebooks says of a layer has a sentence with what to do, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from api.pages.layer_words import said
from api.pages.words import words
from tests.house.tree import ROOT
from workflow.rules.books import Books
from workflow.rules.trying import try_layer

RULES = ROOT / "workflow" / "rules"
SAYS = ("say", "complain", "Problem", "_whole")
NAMED = ("what", "wrong", "problem")
RETURNED = ("problem", "_fact_problem", "_scale_problem", "_choice_problem", "_mismatch", "_not_allowed")
NOT_OF_A_LAYER = {"rulebook.py", "register.py", "carried.py", "composition.py"}
"""What is refused there is refused of whole regimes and of the register."""

JOINED = "x1; needs a permission citation"
"""Two phrases put together; the whole is among those a sentence is asked for one by one."""


def phrases() -> Iterator[tuple[str, str]]:
    """Every phrase in the code of the loader with its file, an `x` for whatever is filled in."""
    for path in (*sorted(RULES.glob("*.py")), RULES / "conditions" / "registry.py"):
        if path.name in NOT_OF_A_LAYER:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            for phrase in _said_by(node):
                yield path.name, phrase


def _said_by(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        given = [*node.args, *(one.value for one in node.keywords if one.arg in NAMED)]
        if (name in SAYS or name in ("Wrong",)) and given:
            yield from _text(given[-1])
        if name == "FactError":
            yield from _text(given[0])
    if isinstance(node, ast.Assign) and any(getattr(one, "id", "") in NAMED for one in node.targets):
        yield from _text(node.value)
    if isinstance(node, ast.FunctionDef) and node.name in RETURNED:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return) and inner.value is not None:
                yield from _text(inner.value)


def _text(node: ast.AST) -> Iterator[str]:
    """The phrase a text or an f-string makes; nothing for a variable, whose text is told where it is made."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
        yield node.value
    if isinstance(node, ast.JoinedStr):
        parts = [
            str(part.value) if isinstance(part, ast.Constant) else "x1"
            for part in node.values
            if isinstance(part, ast.Constant | ast.FormattedValue)
        ]
        text = "".join(parts)
        if text.replace("x1", "").strip(" :,."):
            yield text


FOUND = tuple(one for one in dict.fromkeys(phrases()) if one[1] != JOINED)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_phrase_of_the_loader_has_a_sentence(language: str) -> None:
    assert len(FOUND) > 80
    untold = [f"{file}: {phrase}" for file, phrase in FOUND if not said(phrase, words(language))]
    assert not untold, "\n".join(untold)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_sentence_fills_in_what_the_loader_named(language: str) -> None:
    told = said(
        "2 is looser than the regime's 3 (tighter is higher); needs a permission citation", words(language)
    )
    assert told.startswith("2 ") and " 3 " in told and "permission" in told
    typed = said("must be a int, not 'ba'", words(language))
    assert ("số nguyên" if language == "vi" else "whole number") in typed
    assert said("something nobody ever wrote", words(language)) == ""


WRONG = """id = "thu"
extends = "qd366_2025"
title.vi = "Thử"
title.en = "A try"
source = "HD 01"
in_force = 2026-09-15

[[set]]
reading = "C-18"
value = "sideways"
cite = "HD 01, mục 1"

[[set]]
rule = "qd366.nowhere"
parameter = "share"
value = 3

[[set]]
rule = "qd366.also_nowhere"
parameter = "share"
value = 3
cite = "HD 01, mục 2"
"""


def test_all_that_is_wrong_with_a_layer_is_said_at_once_each_with_its_line() -> None:
    found = try_layer(WRONG, Books())
    assert [one.line for one in found.wrong] == sorted(one.line for one in found.wrong)
    assert len(found.wrong) >= 3
    for one in found.wrong:
        assert one.line, one
        assert said(one.what, words("vi")), one.what
