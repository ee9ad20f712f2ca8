"""Compares the roster as it stands with a file: what is new, changed field by field, gone, and unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handlers.roster.parsed import ParsedRoster
from handlers.roster.records import PositionRecord, Record
from handlers.roster.snapshot import KINDS, Snapshot


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs; values as JSON has them, days as yyyy-mm-dd."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One record that is in both and differs. A post whose first day was corrected has two different keys."""

    old: Record
    new: Record

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that differ, in the order of the record."""
        old, new = self.old.as_json(), self.new.as_json()
        return tuple(FieldChange(name, old[name], new[name]) for name in old if old[name] != new[name])


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """What confirming a file would change from the day `on`; records by kind (`KINDS`).

    `dangling` names what would be left without its body or person: (kind, key, missing key). Such a
    difference cannot be applied; the file has to name the remaining rows too.
    """

    on: date
    new: Mapping[str, tuple[Record, ...]]
    changed: Mapping[str, tuple[Change, ...]]
    gone: Mapping[str, tuple[Record, ...]]
    unchanged: Mapping[str, int]
    dangling: tuple[tuple[str, str, str], ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether confirming would change nothing, as when the same file comes twice."""
        return not any(self.counts(kind) != (0, 0, 0) for kind in KINDS)

    def counts(self, kind: str) -> tuple[int, int, int]:
        """How many records of a kind are new, changed and gone."""
        return len(self.new[kind]), len(self.changed[kind]), len(self.gone[kind])

    def records(self) -> Iterator[tuple[str, Record | None, Record | None]]:
        """Every difference as (kind, old or None, new or None)."""
        for kind in KINDS:
            yield from ((kind, None, record) for record in self.new[kind])
            yield from ((kind, change.old, change.new) for change in self.changed[kind])
            yield from ((kind, record, None) for record in self.gone[kind])


def compare(old: Snapshot, parsed: ParsedRoster, *, on: date) -> Difference:
    """What the good rows of a file change in the roster from the day `on`.

    `old` is the roster as believed now for that day (`query.load_snapshot`). A list the file does not
    have stays as it is. What a list no longer names is gone, unless some of its rows are wrong: then
    nothing of it is taken for gone. Posts that ended before `on` are history and never gone. Who leaves
    the roster leaves cell and posts.
    """
    stated = parsed.snapshot
    new: dict[str, tuple[Record, ...]] = {}
    changed: dict[str, tuple[Change, ...]] = {}
    gone: dict[str, tuple[Record, ...]] = {}
    unchanged: dict[str, int] = {}
    for kind in KINDS:
        before = old.of_kind(kind)
        after = stated.of_kind(kind) if kind in parsed.kinds else before
        shared = [(before[key], record) for key, record in after.items() if key in before]
        new[kind] = tuple(record for key, record in after.items() if key not in before)
        changed[kind] = tuple(Change(was, now) for was, now in shared if was != now)
        missing = tuple(
            record for key, record in before.items() if key not in after and not _is_over(record, on)
        )
        gone[kind] = missing if kind in parsed.complete_kinds else ()
        unchanged[kind] = len(before) - len(changed[kind]) - len(gone[kind])
    _pair_positions(new, changed, gone)
    _take_along(old, gone)
    return Difference(
        on=on,
        new=new,
        changed=changed,
        gone=gone,
        unchanged=unchanged,
        dangling=tuple(_dangling(old, new, changed, gone, on)),
    )


def after(old: Snapshot, difference: Difference) -> Snapshot:
    """The roster as it will stand once the difference is confirmed."""
    kinds: dict[str, dict[str, Any]] = {kind: dict(old.of_kind(kind)) for kind in KINDS}
    for kind, was, now in difference.records():
        if was is not None:
            kinds[kind].pop(was.key, None)
        if now is not None:
            kinds[kind][now.key] = now
    return Snapshot(kinds["organisation"], kinds["person"], kinds["membership"], kinds["position"])


def _is_over(record: Record, on: date) -> bool:
    return isinstance(record, PositionRecord) and record.held_to is not None and record.held_to < on


def _pair_positions(
    new: dict[str, tuple[Record, ...]],
    changed: dict[str, tuple[Change, ...]],
    gone: dict[str, tuple[Record, ...]],
) -> None:
    """A post that is gone with one first day and new with another was corrected, where there is just one of
    each.
    """
    lost = _by_holding(gone["position"])
    found = _by_holding(new["position"])
    pairs = [
        Change(lost[holding][0], found[holding][0])
        for holding in lost
        if len(lost[holding]) == 1 and len(found.get(holding, ())) == 1
    ]
    paired = {pair.old.key for pair in pairs} | {pair.new.key for pair in pairs}
    new["position"] = tuple(record for record in new["position"] if record.key not in paired)
    gone["position"] = tuple(record for record in gone["position"] if record.key not in paired)
    changed["position"] += tuple(pairs)


def _by_holding(records: tuple[Record, ...]) -> dict[str, list[PositionRecord]]:
    found: dict[str, list[PositionRecord]] = {}
    for record in records:
        assert isinstance(record, PositionRecord)
        found.setdefault(record.holding, []).append(record)
    return found


def _take_along(old: Snapshot, gone: dict[str, tuple[Record, ...]]) -> None:
    people = {record.key for record in gone["person"]}
    if not people:
        return
    left = {record.key for record in (*gone["membership"], *gone["position"])}
    gone["membership"] += tuple(
        record for key, record in old.memberships.items() if record.person_id in people and key not in left
    )
    gone["position"] += tuple(
        record for key, record in old.positions.items() if record.person_id in people and key not in left
    )


def _dangling(
    old: Snapshot,
    new: dict[str, tuple[Record, ...]],
    changed: dict[str, tuple[Change, ...]],
    gone: dict[str, tuple[Record, ...]],
    on: date,
) -> Iterator[tuple[str, str, str]]:
    bodies = {record.key for record in gone["organisation"]}
    if not bodies:
        return
    left = {kind: {record.key for record in records} for kind, records in gone.items()}
    left["membership"] |= {change.old.key for change in changed["membership"]}
    left["organisation"] |= {change.old.key for change in changed["organisation"]}
    left["position"] |= {change.old.key for change in changed["position"]}
    for key, organisation in old.organisations.items():
        if organisation.superior_id in bodies and key not in left["organisation"]:
            yield "organisation", key, organisation.superior_id
    for key, membership in old.memberships.items():
        if membership.organisation_id in bodies and key not in left["membership"]:
            yield "membership", key, membership.organisation_id
    for key, position in old.positions.items():
        if position.organisation_id in bodies and key not in left["position"] and not _is_over(position, on):
            yield "position", key, position.organisation_id
