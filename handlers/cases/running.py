"""Runs files of cases: every case is judged, every story lived; what cannot be read is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from handlers.cases.judged import Case, DueCase, ListCase, RatingCase, RuleCase
from handlers.cases.living import Databases, live
from handlers.cases.places import Notes, Place, Problem
from handlers.cases.reading import CaseFile, read_file
from handlers.cases.results import Result
from handlers.cases.shelves import Shelf
from handlers.cases.stories import Story, read_stories
from workflow.rules.rule import Both

Progress = Callable[[int, int, str], None]
"""Told how many cases are done, of how many, and where the next one stands."""


@dataclass(frozen=True, kw_only=True)
class Read:
    """A file with its stories, everything in it that can be run, and everything that cannot."""

    file: CaseFile
    stories: tuple[Story, ...]
    problems: tuple[Problem, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        """All of them, stories last."""
        return (*self.file.cases, *self.stories)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What came of a run."""

    files: int
    results: tuple[Result, ...]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> tuple[Result, ...]:
        """The cases that came out otherwise."""
        return tuple(result for result in self.results if not result.right)


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and of a folder every .toml file in it and below."""
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.toml"))
        else:
            yield path


def read(path: Path, shelf: Shelf, name: str = "") -> Read:
    """A file with its stories; nothing is run yet."""
    file = read_file(path, shelf, name)
    notes = Notes(list(file.problems))
    stories = tuple(read_stories(file, notes)) if file.rulebook is not None else ()
    if file.rulebook is not None and not notes.problems and not (file.cases or file.stories or file.settings):
        notes.at(Place(name or str(path)))("không có trường hợp nào.", "has no case in it.")
    return Read(file=file, stories=stories, problems=tuple(notes.problems))


def run(
    paths: Iterable[Path],
    shelf: Shelf,
    databases: Databases,
    progress: Progress = lambda done, of, where: None,
) -> Report:
    """Run every case of these files and folders. A case of a file with a problem elsewhere is run too."""
    paths = list(paths)
    found = [read(path, shelf) for path in files_in(paths)]
    problems = [problem for one in found for problem in one.problems]
    for path in paths:
        if path.is_dir() and not any(path.rglob("*.toml")):
            what = Both("không có tệp .toml nào trong thư mục.", "there is no .toml file in this folder.")
            problems.append(Problem(Place(str(path)), what))
    cases = [(one, case) for one in found for case in one.cases]
    results = []
    for number, (one, case) in enumerate(cases):
        progress(number, len(cases), str(case.place))
        results.append(run_one(one.file, case, databases))
    progress(len(cases), len(cases), "")
    return Report(files=len(found), results=tuple(results), problems=tuple(problems))


def run_one(file: CaseFile, case: Case, databases: Databases) -> Result:
    """One case of a file."""
    if isinstance(case, Story):
        return live(case, file.shelf, databases)
    assert isinstance(case, RuleCase | RatingCase | ListCase | DueCase), case
    assert file.rulebook is not None, "a file without a rulebook has no cases"
    return case.run(file.rulebook)
