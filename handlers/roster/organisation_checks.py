"""Reads the sheet of bodies and checks the tree they make."""

from __future__ import annotations

from datetime import date

from handlers.roster.cells import Words, day_text
from handlers.roster.drafts import OrganisationDraft
from handlers.roster.references import Names
from handlers.roster.rows import EntryList, Problems, Reader
from handlers.roster.vocabulary import (
    ORGANISATION_TYPE_NAMES,
    OrganisationType,
)
from states.bodies import BODIES

TYPES = Words(ORGANISATION_TYPE_NAMES)


def type_name(kind: OrganisationType | None) -> str:
    """The Vietnamese name of a kind of body as it stands inside a sentence."""
    return ORGANISATION_TYPE_NAMES[kind][0] if kind else ""


def organisation_names(drafts: dict[str, OrganisationDraft]) -> Names:
    """The codes and names by which bodies may be referred to."""
    names = Names()
    for draft in drafts.values():
        names.add(draft.organisation_id, draft.name)
    return names


def read_organisations(lines: EntryList, problems: Problems, today: date) -> dict[str, OrganisationDraft]:
    """The bodies by code, in the order of the file. A doubled code is reported at its second row."""
    drafts: dict[str, OrganisationDraft] = {}
    rows: dict[str, int] = {}
    for entry in lines.entries:
        read = Reader(lines, entry, problems)
        code = read.identifier("organisation_id")
        draft = OrganisationDraft(
            lines,
            entry,
            code or "",
            read.name("name"),
            read.choice("type", TYPES),
            read.text("superior_id"),
            None,
            read.day("founded_on"),
            read.yes_no("has_committee"),
            read.yes_no("is_joint"),
        )
        if draft.founded_on and draft.founded_on > today:
            read.wrong("founded_on", "after_today", today=day_text(today))
        if code and code in drafts:
            read.wrong("organisation_id", "id_twice", row=rows[code], column="mã tổ chức")
        elif code:
            drafts[code] = draft
            rows[code] = entry.row
    return drafts


def check_organisations(problems: Problems, drafts: dict[str, OrganisationDraft]) -> None:
    """Finds each superior, and reports unknown ones, wrong kinds and circles."""
    names = organisation_names(drafts)
    for draft in drafts.values():
        _find_superior(problems, draft, names)
    for circle in _circles(drafts):
        for code in circle:
            draft = drafts[code]
            assert draft.lines is not None
            assert draft.entry is not None
            path = " → ".join((*circle, circle[0]))
            problems.add(draft.lines, draft.entry, "superior_id", "cycle", path=path)
    for draft in drafts.values():
        _check_superior_type(problems, draft, drafts)


def _find_superior(problems: Problems, draft: OrganisationDraft, names: Names) -> None:
    lines, entry = draft.lines, draft.entry
    if lines is None or entry is None or draft.superior_text is None:
        return
    found = names.find(draft.superior_text)
    if not found:
        report_unknown_organisation(Reader(lines, entry, problems), "superior_id", draft.superior_text, names)
    elif len(found) > 1:
        problems.add(lines, entry, "superior_id", "ambiguous_organisation", count=len(found))
    elif found[0] == draft.organisation_id:
        problems.add(lines, entry, "superior_id", "own_superior")
    else:
        draft.superior_id = found[0]


def report_unknown_organisation(read: Reader, name: str, text: str, names: Names) -> None:
    """Reports a reference to a body nobody knows, with the nearest one if there is any."""
    suggestion = names.suggestion(text)
    if suggestion:
        read.wrong(name, "unknown_organisation_suggested", suggestion=suggestion)
    else:
        read.wrong(name, "unknown_organisation")


def _circles(drafts: dict[str, OrganisationDraft]) -> list[list[str]]:
    """Every circle of superiors, each once, beginning with the body that stands first in the file."""
    circles: list[list[str]] = []
    settled: set[str] = set()
    for start in drafts:
        path: list[str] = []
        on_path: dict[str, int] = {}
        code: str | None = start
        while code is not None and code not in settled and code not in on_path:
            on_path[code] = len(path)
            path.append(code)
            code = drafts[code].superior_id if code in drafts else None
        if code is not None and code in on_path:
            circles.append(path[on_path[code] :])
        settled.update(path)
    return circles


def _check_superior_type(
    problems: Problems, draft: OrganisationDraft, drafts: dict[str, OrganisationDraft]
) -> None:
    lines, entry = draft.lines, draft.entry
    if lines is None or entry is None or draft.type is None:
        return
    if draft.superior_text is None:
        if not BODIES[draft.type].top:
            problems.add(lines, entry, "superior_id", "superior_needed", type=type_name(draft.type))
        return
    superior = drafts.get(draft.superior_id or "")
    if superior is None or superior.type is None:
        return
    allowed = BODIES[draft.type].under
    if superior.type not in allowed:
        problems.add(
            lines,
            entry,
            "superior_id",
            "wrong_superior",
            type=type_name(draft.type),
            superior=type_name(superior.type),
            allowed=", ".join(type_name(kind) for kind in OrganisationType if kind in allowed) or "(trống)",
        )
