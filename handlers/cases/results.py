"""What became of a case: what was expected, what came, and the sentences that explain it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.cases.places import Place, shown
from workflow.rules.finding import Finding
from workflow.rules.rule import Both
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import sentence

SENTENCES_MAX = 8
"""No more sentences are shown for one difference; the rest would hide the first."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One difference: what is compared, what was expected, what came, and why."""

    what: str
    expected: str
    got: str
    because: tuple[Both, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A case that was run. It is right when nothing is wrong; then no step of a story is left."""

    place: Place
    because: str
    wrong: tuple[Wrong, ...]
    steps_left: int = 0

    @property
    def right(self) -> bool:
        """Whether everything came as expected."""
        return not self.wrong


def differences(
    expected: Mapping[str, Any], got: Mapping[str, Any], because: tuple[Both, ...] = ()
) -> tuple[Wrong, ...]:
    """Where the values differ; the reasons go with the first difference."""
    wrong: list[Wrong] = []
    for name, wanted in expected.items():
        came = got.get(name)
        if wanted != came:
            wrong.append(Wrong(name, shown(wanted), shown(came), () if wrong else because))
    return tuple(wrong)


def told(findings: Iterable[Finding], rulebook: Rulebook) -> tuple[Both, ...]:
    """Findings as sentences with their clauses, in both languages; the first few."""
    return tuple(
        Both(sentence(finding, rulebook, "vi"), sentence(finding, rulebook, "en"))
        for finding in list(findings)[:SENTENCES_MAX]
    )
