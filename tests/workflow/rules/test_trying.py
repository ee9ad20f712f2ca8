"""A layer tried as text: composed, or everything wrong by line; nothing stays, nothing else is read."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules.books import Books
from workflow.rules.trying import TEXT_MAX, Tried, try_layer

BOOKS = Books()
LAYER = """id = "dang_uy_thu"
extends = "qd366_2025"
title.vi = "Thử"
title.en = "Trial"
source = "Hướng dẫn 01-HD/ĐU"
in_force = 2026-09-15

[[set]]
reading = "C-18"
value = "down"
cite = "Hướng dẫn 01-HD/ĐU, mục 6.2"
"""


def tried(text: str) -> Tried:
    return try_layer(text, BOOKS)


def test_a_layer_that_is_right_says_what_it_sets_and_on_what() -> None:
    found = tried(LAYER).composed
    assert found is not None
    assert (found.regime, found.book.layers) == ("qd366_2025", ("dang_uy_thu",))
    (reading,) = [one for one in found.by_layers() if one.what == "reading"]
    assert (reading.of, reading.value, reading.cite) == ("C-18", "down", "Hướng dẫn 01-HD/ĐU, mục 6.2")


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ('extends = "qd366_2025"', 'extends = "../../etc"', 2, "extends"),  # no way out of the shelf
        ('extends = "qd366_2025"', 'extends = "no_such_book"', 2, "extends"),
        ('id = "dang_uy_thu"', 'id = "duk_2016"', 1, "id"),  # the name of a shipped one
        ('id = "dang_uy_thu"', 'id = "../x"', 1, "id"),
        ('reading = "C-18"', 'reading = "C-999"', 9, "reading"),
        ("in_force = 2026-09-15", "in_force = 2026-19-15", 6, ""),
    ],
)
def test_each_mistake_is_named_with_its_line(old: str, new: str, line: int, key: str) -> None:
    found = tried(LAYER.replace(old, new))
    assert found.composed is None
    assert (line, key) in {(one.line, one.key) for one in found.wrong} or any(
        one.line == line for one in found.wrong
    ), found.wrong


def test_every_mistake_is_told_at_once() -> None:
    rule = '\n[[rule]]\nid = "thu.x"\ncondition = "no_such@1"\n'
    found = tried(LAYER + rule)
    assert len({one.key for one in found.wrong if one.rule == "thu.x"}) >= 4
    assert all(one.line >= 13 for one in found.wrong if one.rule == "thu.x")


def test_a_text_too_long_is_not_read() -> None:
    (only,) = tried("#" * (TEXT_MAX + 1)).wrong
    assert "longer" in only.what


def test_nothing_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tried(LAYER)
    tried(LAYER.replace("C-18", "C-999"))
    assert list(tmp_path.iterdir()) == []


value = st.sampled_from(['"x"', "3", "[1]", "{a = 1}", "true", "2026-01-01", "[[1]]"])
table = st.sampled_from(
    ["[[rule]]", "[[set]]", "[reading]", "[[reading]]", "[flow]", "[[flow]]", "[scope]", "[reminding]",
     "[[required]]", "[[quota_group]]", "[[venue]]", "[[checklist]]", "[[carried]]", "[rule]", "[made_up]"]
)  # fmt: skip
key = st.sampled_from(["id", "kinds", "cite", "says", "rows", "when", "kind", "value", "reading", "before"])


@given(st.lists(st.tuples(table, st.lists(st.tuples(key, value), max_size=4)), max_size=4))
def test_whatever_is_written_is_answered(parts: list[tuple[str, list[tuple[str, str]]]]) -> None:
    lines = [LAYER]
    for head, pairs in parts:
        lines += [head, *(f"{name} = {told}" for name, told in dict(pairs).items())]
    found = tried("\n".join(lines))
    assert found.composed is not None or found.wrong
