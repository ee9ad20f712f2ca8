"""Reads the sheet of posts and checks who holds what, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.roster.cells import Words, day_text
from handlers.roster.drafts import OrganisationDraft, PersonDraft, PositionDraft
from handlers.roster.organisation_checks import organisation_names, type_name
from handlers.roster.people_checks import find_organisation
from handlers.roster.references import Names
from handlers.roster.rows import EntryList, Problems, Reader
from handlers.roster.vocabulary import CELLS, POST_NAMES, POSTS, OrganisationType, Post

POST_WORDS = Words(POST_NAMES)


def read_positions(
    lines: EntryList,
    problems: Problems,
    today: date,
    organisations: dict[str, OrganisationDraft],
    people: dict[str, PersonDraft],
    person_names: Names,
) -> list[PositionDraft]:
    """The posts in the order of the file, each checked by itself and against doubles."""
    names = organisation_names(organisations)
    drafts: list[PositionDraft] = []
    held: dict[tuple[str, str, Post], list[PositionDraft]] = {}
    for entry in lines.entries:
        read = Reader(lines, entry, problems)
        person_id = _person(read, person_names)
        body_id = find_organisation(read, "organisation_id", names, organisations, None, "")
        body = organisations.get(body_id or "")
        draft = PositionDraft(
            lines,
            entry,
            person_id,
            body_id,
            (body.name if body else None) or body_id or "",
            read.choice("post", POST_WORDS),
            read.day("held_from"),
            read.day("held_to"),
            read.name("title"),
        )
        drafts.append(draft)
        _check_period(read, draft)
        if body is not None:
            _check_post(read, draft, body)
            _check_belongs(read, draft, body, people, organisations, today)
        if person_id and body_id and draft.post:
            others = held.setdefault((person_id, body_id, draft.post), [])
            double = next((other for other in others if draft.overlaps(other)), None)
            if double is not None:
                read.wrong("post", "post_twice", row=double.entry.row)
            others.append(draft)
    return drafts


def check_heads(problems: Problems, drafts: Sequence[PositionDraft]) -> None:
    """Reports two heads of one body on one same day, at the later row."""
    heads: dict[str, list[PositionDraft]] = {}
    for draft in drafts:
        if draft.post is not Post.HEAD or draft.organisation_id is None:
            continue
        others = heads.setdefault(draft.organisation_id, [])
        other = next((head for head in others if draft.overlaps(head)), None)
        if other is not None:
            problems.add(
                draft.lines,
                draft.entry,
                "post",
                "two_heads",
                organisation=draft.organisation_name,
                row=other.entry.row,
            )
        others.append(draft)


def _person(read: Reader, names: Names) -> str | None:
    code = read.identifier("person_id")
    if code is None:
        return None
    found = names.find(code)
    if found:
        return found[0]
    suggestion = names.suggestion(code)
    if suggestion:
        read.wrong("person_id", "unknown_person_suggested", suggestion=suggestion)
    else:
        read.wrong("person_id", "unknown_person")
    return None


def _check_period(read: Reader, draft: PositionDraft) -> None:
    if draft.held_from and draft.held_to and draft.held_to < draft.held_from:
        read.wrong(
            "held_to",
            "before_other",
            other="từ ngày",
            date=day_text(draft.held_from),
            cell=read.entry.addresses["held_from"],
        )


def _check_post(read: Reader, draft: PositionDraft, body: OrganisationDraft) -> None:
    if draft.post is None or body.type is None:
        return
    allowed = POSTS[body.type]
    if draft.post not in allowed:
        choices = ", ".join(POST_NAMES[post][0] for post in Post if post in allowed)
        read.wrong("post", "post_not_in_body", type=type_name(body.type), choices=choices)
    elif draft.post is Post.COMMITTEE_MEMBER and body.type in CELLS and body.has_committee is False:
        read.wrong("post", "no_committee", organisation=draft.organisation_name)


def _check_belongs(
    read: Reader,
    draft: PositionDraft,
    body: OrganisationDraft,
    people: dict[str, PersonDraft],
    organisations: dict[str, OrganisationDraft],
    today: date,
) -> None:
    """Posts held today in a cell or group belong to its own members; what was held in the past may have
    moved on.
    """
    person = people.get(draft.person_id or "")
    if person is None or person.cell_id is None or (draft.held_to and draft.held_to < today):
        return
    if body.type in CELLS:
        belongs = person.cell_id == body.organisation_id
    elif body.type is OrganisationType.TO_DANG:
        belongs = person.group_id == body.organisation_id
    else:
        return
    if not belongs:
        cell = organisations.get(person.cell_id)
        read.wrong(
            "organisation_id",
            "head_from_elsewhere",
            cell=(cell.name if cell else None) or person.cell_id,
            organisation=draft.organisation_name,
        )
