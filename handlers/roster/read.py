"""Reads a roster file from its bytes to good rows and a full list of what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from handlers.roster.drafts import OrganisationDraft, PersonDraft, PositionDraft
from handlers.roster.lines import wrong_lines
from handlers.roster.organisation_checks import check_organisations, read_organisations
from handlers.roster.parsed import ParsedRoster, PersonRow, Placed
from handlers.roster.people_checks import read_people
from handlers.roster.position_checks import check_heads, read_positions
from handlers.roster.records import MembershipRecord, OrganisationRecord, PersonRecord, PositionRecord
from handlers.roster.references import Names
from handlers.roster.rows import EntryList, Problems, find_lists
from handlers.roster.snapshot import Snapshot
from handlers.roster.workbook import Limits, open_workbook

NO_ROSTER = Snapshot()


def read_roster(
    source: bytes | Path,
    *,
    file_name: str,
    today: date,
    known: Snapshot = NO_ROSTER,
    limits: Limits | None = None,
) -> ParsedRoster:
    """Everything an uploaded file says, and every wrong cell at once; nothing is written anywhere.

    `known` is the roster as it stands; it answers for the sheets the file leaves out. Raises
    `WorkbookRefused` when the file as a whole cannot be read; wrong cells are not raised but listed in
    the result.
    """
    workbook = open_workbook(source, limits)
    problems = Problems()
    lists = find_lists(workbook, problems)
    organisation_lines = lists.get("organisations")
    people_lines = lists.get("people")
    position_lines = lists.get("positions")

    organisations = _organisations(organisation_lines, known, problems, today)
    people: dict[str, PersonDraft] = {}
    person_names = Names()
    if people_lines is not None:
        people = read_people(people_lines, problems, today, organisations)
    else:
        people = {key: PersonDraft.known(key, known) for key in known.people}
    for draft in people.values():
        person_names.add(draft.person_id, None, draft.card_number)
    positions = (
        read_positions(position_lines, problems, today, organisations, people, person_names)
        if position_lines is not None
        else []
    )
    _drop_dependents(problems, organisations, people, positions)
    check_heads(problems, [draft for draft in positions if not problems.is_wrong(draft.entry)])
    _drop_dependents(problems, organisations, people, positions)
    order = {lines.title: number for number, lines in enumerate(lists.values())}
    return ParsedRoster(
        file_name=file_name,
        file_sha256=workbook.sha256,
        organisations=_good_organisations(organisation_lines, organisations, problems),
        people=_good_people(people_lines, people, problems),
        positions=_good_positions(position_lines, positions, problems),
        problems=tuple(sorted(problems.found, key=lambda item: (order[item.sheet], item.row))),
        dropped=tuple(sorted(problems.dropped, key=lambda item: (order[item.sheet], item.row))),
        row_counts={lines.title: len(lines.entries) for lines in lists.values()},
        sheet_of_kind=_sheet_of_kind(lists),
        left_out=tuple(item for lines in lists.values() for item in lines.left_out),
        ignored_columns=tuple(item for lines in lists.values() for item in lines.ignored_columns),
        wrong_lines=wrong_lines(workbook, lists.values(), problems.wrong),
    )


def _organisations(
    lines: EntryList | None, known: Snapshot, problems: Problems, today: date
) -> dict[str, OrganisationDraft]:
    if lines is None:
        return {key: OrganisationDraft.known(record) for key, record in known.organisations.items()}
    drafts = read_organisations(lines, problems, today)
    check_organisations(problems, drafts)
    return drafts


def _drop_dependents(
    problems: Problems,
    organisations: dict[str, OrganisationDraft],
    people: dict[str, PersonDraft],
    positions: Sequence[PositionDraft],
) -> None:
    """Marks what rests on a wrong row, down to the last: bodies on their superior, people on their cell and
    group, posts on person and body.
    """
    wrong_bodies = {
        key for key, draft in organisations.items() if draft.entry and problems.is_wrong(draft.entry)
    }
    children: dict[str, list[OrganisationDraft]] = {}
    for draft in organisations.values():
        if draft.superior_id:
            children.setdefault(draft.superior_id, []).append(draft)
    waiting = list(wrong_bodies)
    while waiting:
        superior = waiting.pop()
        for child in children.get(superior, ()):
            if child.lines and child.entry and not problems.is_wrong(child.entry):
                problems.drop(child.lines, child.entry, "superior_id", superior)
                wrong_bodies.add(child.organisation_id)
                waiting.append(child.organisation_id)
    for person in people.values():
        if person.lines is None or person.entry is None or problems.is_wrong(person.entry):
            continue
        for name in ("cell_id", "group_id", "temporary_cell_id", "union_id"):
            body: str | None = getattr(person, name)
            if body in wrong_bodies:
                problems.drop(person.lines, person.entry, name, str(body))
                break
    wrong_people = {key for key, draft in people.items() if draft.entry and problems.is_wrong(draft.entry)}
    for position in positions:
        if problems.is_wrong(position.entry):
            continue
        if position.person_id in wrong_people:
            problems.drop(position.lines, position.entry, "person_id", str(position.person_id))
        elif position.organisation_id in wrong_bodies:
            problems.drop(position.lines, position.entry, "organisation_id", str(position.organisation_id))


def _good_organisations(
    lines: EntryList | None, drafts: dict[str, OrganisationDraft], problems: Problems
) -> tuple[Placed[OrganisationRecord], ...] | None:
    if lines is None:
        return None
    return tuple(
        Placed(draft.record(), draft.entry.sheet, draft.entry.row, draft.entry.addresses)
        for draft in drafts.values()
        if draft.entry is not None and not problems.is_wrong(draft.entry)
    )


def _good_people(
    lines: EntryList | None, drafts: dict[str, PersonDraft], problems: Problems
) -> tuple[PersonRow, ...] | None:
    if lines is None:
        return None
    rows = []
    for draft in drafts.values():
        if draft.entry is None or problems.is_wrong(draft.entry):
            continue
        entry = draft.entry
        person: Placed[PersonRecord] = Placed(draft.record(), entry.sheet, entry.row, entry.addresses)
        memberships: tuple[Placed[MembershipRecord], ...] = tuple(
            Placed(record, entry.sheet, entry.row, entry.addresses) for record in draft.memberships()
        )
        rows.append(PersonRow(person, memberships))
    return tuple(rows)


def _good_positions(
    lines: EntryList | None, drafts: Sequence[PositionDraft], problems: Problems
) -> tuple[Placed[PositionRecord], ...] | None:
    if lines is None:
        return None
    return tuple(
        Placed(draft.record(), draft.entry.sheet, draft.entry.row, draft.entry.addresses)
        for draft in drafts
        if not problems.is_wrong(draft.entry)
    )


def _sheet_of_kind(lists: dict[str, EntryList]) -> dict[str, str]:
    kinds = {
        "organisations": ("organisation",),
        "people": ("person", "membership"),
        "positions": ("position",),
    }
    return {kind: lines.title for purpose, lines in lists.items() for kind in kinds[purpose]}
