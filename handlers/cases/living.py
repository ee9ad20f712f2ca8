"""Lives a story on a real engine and a database of its own, and tells where it went otherwise."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from handlers.cases.places import Place, shown
from handlers.cases.results import Result, Wrong
from handlers.cases.shelves import Shelf
from handlers.cases.stories import DONE, REFUSED, Expect, Opening, RosterChange, Step, Story
from handlers.gather import FactsFromTables
from handlers.opening import open_campaign
from handlers.registry import react
from handlers.roster.imports import save_preview
from handlers.roster.problems import RosterProblem
from handlers.roster_import import confirm_import
from workflow import clock
from workflow.answer import Answer, RowAnswer
from workflow.commands.asking import Actor, Command, Request
from workflow.commands.campaign import PlanCampaign
from workflow.database import Database
from workflow.engine import Engine
from workflow.errors import Refusal
from workflow.rules.rule import Both

Databases = Callable[[], AbstractContextManager[Database]]
"""Gives a story a migrated, empty database that is gone afterwards."""


class StoryClock:
    """Stands where the story puts it, a moment later at each look."""

    def __init__(self) -> None:
        self._now = datetime(2000, 1, 1, tzinfo=clock.ZONE)

    def __call__(self) -> datetime:
        self._now += timedelta(milliseconds=1)
        return self._now

    def put(self, moment: datetime) -> None:
        """Go to a moment; never back."""
        self._now = max(self._now, moment)

    @property
    def today(self) -> date:
        """The day it is in the story."""
        return self._now.astimezone(clock.ZONE).date()


def live(story: Story, shelf: Shelf, databases: Databases) -> Result:
    """Live the story to its end, or to the first step that went otherwise."""
    with databases() as database:
        now = StoryClock()
        engine = Engine(database, gather=FactsFromTables(), react=react, now=now, load_rulebook=shelf.load)
        return Life(story, engine, now).live()


@contextmanager
def temporary_databases() -> Iterator[Databases]:
    """Databases in a folder that is removed afterwards; the tables are made once and copied."""
    with tempfile.TemporaryDirectory(prefix="kiemdiem-") as folder:
        template = Path(folder) / "template.db"
        made = Database(f"sqlite:///{template}")
        made.migrate()
        made.close()
        numbers = iter(range(1_000_000))

        @contextmanager
        def one() -> Iterator[Database]:
            path = shutil.copyfile(template, Path(folder) / f"story-{next(numbers)}.db")
            database = Database(f"sqlite:///{path}")
            try:
                yield database
            finally:
                database.close()
                for left in Path(folder).glob(f"{path.name}*"):
                    left.unlink()

        yield one


@dataclass(frozen=True, slots=True)
class Refused:
    """One refusal that came, of a command or of a row of it: what it says, and by which rules."""

    says: Both
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of one step: where it went otherwise, and every refusal, expected ones among them."""

    wrong: tuple[Wrong, ...]
    refused: tuple[Refused, ...]


class Life:
    """One story being lived on an engine whose clock is `now`."""

    def __init__(self, story: Story, engine: Engine, now: StoryClock) -> None:
        self.story, self.engine, self.now = story, engine, now
        self.year = 0
        self.imports = 0

    def live(self) -> Result:
        """Every step in order, to the first that goes otherwise."""
        for number, step in enumerate(self.story.steps, start=1):
            wrong = self.step(step).wrong
            if wrong:
                left = len(self.story.steps) - number
                return Result(self._place(step), self.story.because, wrong, left)
        return Result(self.story.place, self.story.because, ())

    def step(self, step: Step) -> Lived:
        """One step with its checks, at its time; the checks are left where the step went otherwise."""
        if step.at is not None:
            self.now.put(step.at)
        wrong: tuple[Wrong, ...] = ()
        refused: tuple[Refused, ...] = ()
        for order in step.orders:
            lived = self._order(step, order)
            wrong, refused = wrong + lived.wrong, refused + lived.refused
        if not wrong:
            for check in step.checks:
                wrong += check.run(self.engine, self.story.rulebook, self.year, self.now.today)
        return Lived(wrong, refused)

    def _order(self, step: Step, order: Command | RosterChange | Opening) -> Lived:
        assert step.actor is not None, "an order without an actor was noted when it was read"
        name = getattr(order, "review", "")
        try:
            answer = self._do(step, order, step.actor)
        except (Refusal, RosterProblem) as refusal:
            said = Refused(_said(refusal), tuple(_rules(refusal)))
            return Lived(tuple(_refused(step.expect, refusal, name)), (said,))
        if isinstance(order, PlanCampaign):
            self.year = order.year
        rows = answer.rows if answer is not None else ()
        dropped = tuple(Refused(Both(row.reason_vi, row.reason_en), row.rules) for row in rows if row.problem)
        return Lived(tuple(_accepted(step.expect, answer, name)), dropped)

    def _do(self, step: Step, order: Command | RosterChange | Opening, actor: Actor) -> Answer | None:
        if isinstance(order, Opening):
            open_campaign(self.engine, actor, order.campaign)
            return None
        if isinstance(order, RosterChange):
            return self._change_roster(order, actor)
        request = Request(command=order, actor=actor, key=step.key, expected_version=step.version)
        return self.engine.handle(request)

    def _change_roster(self, change: RosterChange, actor: Actor) -> Answer:
        """As an import does it: one person brings the file, another confirms it."""
        self.imports += 1
        name = f"import-{self.story.campaign}-{self.imports}"
        with self.engine.database.write() as connection:
            save_preview(
                connection,
                name,
                change.roster.parsed(name),
                effective_on=change.on,
                at=self.now(),
                by="roster",
            )
        return confirm_import(self.engine, name, actor=actor)

    def _place(self, step: Step) -> Place:
        here = self.story.place
        return step.place if step.place.name.startswith(here.name) else here.inside(step.place.name)


def _refused(expect: Expect, refusal: Refusal | RosterProblem, name: str) -> Iterator[Wrong]:
    kind = type(refusal).__name__
    said = _said(refusal)
    lead = f"{name}: " if name else ""
    if expect.accepted:
        rules = ", ".join(_rules(refusal)) or kind
        yield Wrong(f"{lead}expect", "accepted", f"refused ({rules})", (said,))
        return
    if expect.why is not None and expect.why != kind:
        yield Wrong(f"{lead}refused", expect.why, kind, (said,))
    if expect.rules is not None:
        came = _rules(refusal)
        if sorted(came) != sorted(expect.rules):
            yield Wrong(f"{lead}refused", shown(sorted(expect.rules)), shown(sorted(came)) or kind, (said,))
        for rule, verdict in expect.rules.items():
            if verdict is not None and came.get(rule) not in (None, verdict):
                yield Wrong(f"{lead}{rule}", verdict, str(came[rule]), (said,))
    for text in expect.says:
        if text not in said.vi and text not in said.en:
            yield Wrong(f"{lead}says", text, said.vi)


def _accepted(expect: Expect, answer: Answer | None, name: str) -> Iterator[Wrong]:
    lead = f"{name}: " if name else ""
    if not expect.accepted:
        wanted = expect.why or (shown(sorted(expect.rules)) if expect.rules is not None else "refused")
        yield Wrong(f"{lead}expect", f"refused {wanted}" if wanted != "refused" else wanted, "accepted")
        return
    if answer is None:
        return
    if expect.warnings is not None and set(answer.warnings) != expect.warnings:
        because = tuple(Both(vi, en) for vi, en in zip(answer.warnings_vi, answer.warnings_en, strict=False))
        yield Wrong(
            f"{lead}warnings", shown(sorted(expect.warnings)), shown(sorted(answer.warnings)), because
        )
    if expect.repeated is not None and answer.repeated is not expect.repeated:
        yield Wrong(f"{lead}repeated", shown(expect.repeated), shown(answer.repeated))
    yield from _rows(expect, answer)
    told = " ".join((*answer.warnings_vi, *answer.warnings_en))
    for text in expect.says:
        if text not in told:
            yield Wrong(f"{lead}says", text, told or "–")


def _rows(expect: Expect, answer: Answer) -> Iterator[Wrong]:
    """No row is refused unless the step says so; what else is said of a row has to be so."""
    wanted = expect.rows or {}
    came = {row.row: row for row in answer.rows}
    for name, row in came.items():
        if row.problem and name not in wanted:
            yield Wrong(name, DONE, f"{row.problem} {shown(row.rules)}", _why(row))
    for name, outcome in wanted.items():
        if name not in came:
            yield Wrong(name, shown(outcome), "–")
            continue
        row = came[name]
        if isinstance(outcome, list):
            if sorted(outcome) != sorted(row.rules):
                yield Wrong(name, shown(sorted(outcome)), shown(sorted(row.rules)), _why(row))
        elif outcome not in _outcomes(row):
            yield Wrong(name, str(outcome), shown(_outcomes(row)), _why(row))


def _outcomes(row: RowAnswer) -> tuple[str, ...]:
    """What may be said of a row: done or not, refused, its kind of refusal, its note."""
    if row.problem:
        return (REFUSED, row.problem)
    return tuple(word for word in (DONE if row.done else "not_done", row.note) if word)


def _why(row: RowAnswer) -> tuple[Both, ...]:
    return (Both(row.reason_vi, row.reason_en),) if row.reason_vi else ()


def _rules(refusal: Refusal | RosterProblem) -> dict[str, str | None]:
    """The rules that refuse, with their verdicts; a flag tells the rules it was raised for."""
    found: dict[str, str | None] = {
        finding.rule: finding.verdict.value for finding in getattr(refusal, "findings", ())
    }
    return found or dict.fromkeys(getattr(refusal, "rules", ()))


def _said(refusal: Refusal | RosterProblem) -> Both:
    if isinstance(refusal, RosterProblem):
        return Both(refusal.sentence("vi"), refusal.sentence("en"))
    return Both(refusal.vi, refusal.en)
