"""Walks the files of the repository, for the tests that look at the code base itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ["api", "handlers", "deadlines", "workflow", "states"]
_NOT_OURS = {"var", "build", "dist", "__pycache__", "vendor"}
_HIDDEN_BUT_OURS = {".ci", ".gitignore", ".gitattributes"}


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file that belongs to the repository, in the order of names."""
    for path in sorted(folder.iterdir()):
        if path.name in _NOT_OURS or (path.name.startswith(".") and path.name not in _HIDDEN_BUT_OURS):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def python_files() -> Iterator[Path]:
    return (path for path in files() if path.suffix == ".py")


def product_files() -> Iterator[Path]:
    """Python files of the five packages, without the tests and the bench."""
    return (path for package in PACKAGES for path in files(ROOT / package) if path.suffix == ".py")


def text_files() -> Iterator[tuple[Path, str]]:
    """Every file that reads as UTF-8, with its text."""
    for path in files():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path, content.decode("utf-8")


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name_of(path: Path) -> str:
    """The path as the repository writes it."""
    return path.relative_to(ROOT).as_posix()
