"""What an accepted command did, as the one who sent it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from workflow.decision import Decision
from workflow.gathering import Moved, Standing
from workflow.rules.finding import Finding
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class RowAnswer:
    """What became of one row of a command over many reviews."""

    row: str
    done: bool
    note: str = ""
    problem: str = ""
    reason_vi: str = ""
    reason_en: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What an accepted command did: its id, where each stream stands now, an outcome a row, warnings."""

    command_id: str
    streams: dict[str, int]
    position: int
    rows: tuple[RowAnswer, ...] = ()
    warnings: tuple[str, ...] = ()
    warnings_vi: tuple[str, ...] = ()
    warnings_en: tuple[str, ...] = ()
    repeated: bool = False


def answer_to(command_id: str, grown: list[Moved], decision: Decision, standing: Standing) -> Answer:
    return Answer(
        command_id=command_id,
        streams={moved.stream: moved.stored[-1].version for moved in grown},
        position=max(moved.stored[-1].position for moved in grown),
        rows=tuple(
            RowAnswer(
                row=outcome.row,
                done=outcome.done,
                note=outcome.note,
                problem=type(outcome.refusal).__name__ if outcome.refusal else "",
                reason_vi=outcome.refusal.vi if outcome.refusal else "",
                reason_en=outcome.refusal.en if outcome.refusal else "",
                rules=tuple(f.rule for f in outcome.refusal.findings) if outcome.refusal else (),
            )
            for outcome in decision.outcomes
        ),
        warnings=tuple(dict.fromkeys(finding.rule for finding in decision.warnings)),
        warnings_vi=_sentences(decision.warnings, standing.rulebook, "vi"),
        warnings_en=_sentences(decision.warnings, standing.rulebook, "en"),
    )


def _sentences(findings: Iterable[Finding], rulebook: Rulebook | None, language: str) -> tuple[str, ...]:
    if rulebook is None:
        return ()
    return tuple(dict.fromkeys(sentence(finding, rulebook, language) for finding in findings))


def answer_of(text: str) -> Answer:
    """The stored answer of an idempotency key, as it was given."""
    return msgspec.json.decode(text, type=Answer)
