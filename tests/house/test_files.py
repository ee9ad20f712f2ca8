"""Files are small, say what they are for, and keep nothing open."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house import tree

LINES_MAX = 400
"""The style asks for files about one thing; above this there is surely a second noun in one."""

OPEN_ENDS = re.compile(r"TO[D]O|FIX[M]E|XX[X]|NotImplemented[E]rror")  # written so that it is none itself


def test_no_python_file_has_grown_a_second_noun() -> None:
    """A migration may be as long as its tables: it is written once and never changed."""
    lines = {
        tree.name_of(path): len(path.read_text("utf-8").splitlines())
        for path in tree.python_files()
        if path.parent.name != "versions"
    }
    assert {name: count for name, count in lines.items() if count > LINES_MAX} == {}


def test_every_python_file_opens_with_what_it_is_for() -> None:
    silent = [
        tree.name_of(path)
        for path in tree.python_files()
        if path.name != "__init__.py" and not ast.get_docstring(tree.parsed(path))
    ]
    assert silent == []


def test_every_init_file_is_empty() -> None:
    inits = [path for path in tree.python_files() if path.name == "__init__.py"]
    assert [tree.name_of(path) for path in inits if path.stat().st_size] == []


def test_nothing_is_left_open_in_the_code() -> None:
    left = [
        f"{tree.name_of(path)}:{number}: {line.strip()}"
        for path in tree.python_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if OPEN_ENDS.search(line)
    ]
    assert left == []


def test_no_exception_is_swallowed() -> None:
    """A handler may catch what it names and knows how to answer; it never catches all to carry on."""
    assert [line for path in tree.python_files() for line in swallowing(tree.parsed(path), str(path))] == []


def test_nothing_sleeps() -> None:
    """Waiting is done on the thing waited for: a lock, a thread, a process, a moved clock."""
    assert [line for path in tree.python_files() for line in sleeping(tree.parsed(path), str(path))] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("try:\n    f()\nexcept:\n    g()", True),  # catches even an interrupt
        ("try:\n    f()\nexcept Exception:\n    g()", True),  # goes on as if nothing had been
        ("try:\n    f()\nexcept (ValueError, Exception):\n    g()", True),  # hidden in a tuple
        ("try:\n    f()\nexcept ValueError:\n    pass", True),  # said to nobody
        ("import contextlib\nwith contextlib.suppress(Exception):\n    f()", True),  # the same in other words
        ("try:\n    f()\nexcept BaseException:\n    g()\n    raise", False),  # cleans up and lets it go on
        ("try:\n    f()\nexcept ValueError as error:\n    raise Refused from error", False),  # translates it
        ("try:\n    f()\nexcept ValueError:\n    return None", False),  # has an answer
    ],
)
def test_the_check_for_swallowed_exceptions_knows_them(code: str, found: bool) -> None:
    assert bool(list(swallowing(ast.parse(code), "example"))) is found


def swallowing(module: ast.Module, name: str) -> Iterator[str]:
    """Places where an exception is caught and ends there."""
    for node in ast.walk(module):
        if isinstance(node, ast.ExceptHandler):
            raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
            if (_catches_all(node.type) and not raises) or all(
                isinstance(one, ast.Pass) for one in node.body
            ):
                yield f"{name}:{node.lineno}"
        if isinstance(node, ast.Call) and _last_name(node.func) == "suppress" and _any_all(node.args):
            yield f"{name}:{node.lineno}"


def sleeping(module: ast.Module, name: str) -> Iterator[str]:
    """Places where time is spent asleep."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _last_name(node.func) == "sleep":
            yield f"{name}:{node.lineno}"


def _any_all(arguments: list[ast.expr]) -> bool:
    return any(_catches_all(argument) for argument in arguments)


def _catches_all(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return _any_all(caught.elts)
    return caught is None or _last_name(caught) in {"Exception", "BaseException"}


def _last_name(expression: ast.expr) -> str | None:
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else None
