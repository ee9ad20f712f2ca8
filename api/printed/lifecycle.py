"""Prints docs/lifecycle.md: every table of moves, drawn and written out, with the flags beside it."""

from __future__ import annotations

from collections.abc import Iterator

from states import (
    ballot,
    calendar,
    campaign,
    conflict,
    delegation,
    grant,
    meeting,
    plan,
    review,
    reward,
    submission,
)
from states.flags import FLAGS
from states.roles import NAMES as ROLE_NAMES
from states.table import NEW, REMEMBERED, Move, Table
from workflow.naming import TRIGGER_NAMES

LIVES: tuple[tuple[str, str, Table, dict[str, tuple[str, str]]], ...] = (
    ("Review", "kỳ kiểm điểm", review.TABLE, review.NAMES),
    ("Campaign", "đợt kiểm điểm", campaign.TABLE, campaign.NAMES),
    ("Meeting", "cuộc họp", meeting.TABLE, meeting.NAMES),
    ("Ballot", "phiếu", ballot.TABLE, ballot.NAMES),
    ("Submission", "báo cáo", submission.TABLE, submission.NAMES),
    ("Remediation plan", "kế hoạch khắc phục", plan.TABLE, plan.NAMES),
    ("Reward", "khen thưởng", reward.TABLE, reward.NAMES),
    ("Change of the calendar", "thay đổi lịch", calendar.TABLE, calendar.NAMES),
    ("Grant", "giao vai trò", grant.TABLE, grant.NAMES),
    ("Delegation", "ủy quyền", delegation.TABLE, delegation.NAMES),
    ("Declared conflict of interest", "khai báo xung đột lợi ích", conflict.TABLE, conflict.NAMES),
)


def lifecycle() -> str:
    """The page."""
    parts = [
        "# Lifecycle",
        "",
        "What may follow what, and who may do it. Printed from `states/` by `kiemdiem docs`.",
        "",
        "A move nobody is named for is refused. A move without “to” records an act; the stage stays.",
    ]
    for title, vietnamese, table, names in LIVES:
        parts += ["", f"## {title} ({vietnamese})", ""]
        parts += [*_diagram(table), "", *_stages(table, names), "", *_moves(table, names)]
    parts += ["", "## Flags", "", *_flags(), "", "## Roles", "", *_roles()]
    return "\n".join(parts) + "\n"


def _diagram(table: Table) -> Iterator[str]:
    """Only moves that lead somewhere else are drawn; the table has them all."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    drawn: dict[tuple[str, str], list[str]] = {}
    for row in table.rows:
        for target in sorted(table.remembers[row.source]) if row.target == REMEMBERED else [row.target]:
            if target != row.source:
                triggers = drawn.setdefault((row.source, target), [])
                if row.trigger not in triggers:
                    triggers.append(row.trigger)
    for (source, target), triggers in drawn.items():
        start = "[*]" if source == NEW else source
        yield f"    {start} --> {target}: {', '.join(triggers)}"
    for end in sorted(table.ends):
        yield f"    {end} --> [*]"
    yield "```"


def _stages(table: Table, names: dict[str, tuple[str, str]]) -> Iterator[str]:
    yield "| stage | Vietnamese | English |"
    yield "|---|---|---|"
    for state in table.states:
        vi, en = names[state]
        yield f"| `{state}` | {vi} | {en} |"


def _moves(table: Table, names: dict[str, tuple[str, str]]) -> Iterator[str]:
    """Rows with the same trigger, target, roles and kinds share a line, in the order of the table."""
    grouped: dict[tuple[str, str, frozenset[str], frozenset[str]], list[Move]] = {}
    for row in table.rows:
        target = "" if row.target == row.source else row.target
        grouped.setdefault((row.trigger, target, frozenset(row.by), row.kinds), []).append(row)
    yield "| move | Vietnamese | from | to | by | for |"
    yield "|---|---|---|---|---|---|"
    for (trigger, target, by, kinds), rows in grouped.items():
        vi = TRIGGER_NAMES.get(trigger, (trigger, trigger))[0]
        sources = ", ".join(names[row.source][0] for row in rows)
        to = "nơi đã dừng" if target == REMEMBERED else names[target][0] if target else "–"
        roles = ", ".join(f"`{role}`" for role in sorted(by))
        yield f"| `{trigger}` | {vi} | {sources} | {to} | {roles} | {', '.join(sorted(kinds)) or 'all'} |"


def _flags() -> Iterator[str]:
    yield "What can be open beside a stage. While it is open, the moves it blocks are refused."
    yield ""
    yield "| flag | Vietnamese | English | blocks | closed by |"
    yield "|---|---|---|---|---|"
    for flag in FLAGS.values():
        blocks = ", ".join(f"`{move}`" for move in sorted(flag.blocks))
        yield f"| `{flag.name}` | {flag.vi} | {flag.en} | {blocks} | {flag.closed_by_en} |"


def _roles() -> Iterator[str]:
    yield "| role | Vietnamese | English |"
    yield "|---|---|---|"
    for role, (vi, en) in ROLE_NAMES.items():
        yield f"| `{role}` | {vi} | {en} |"
