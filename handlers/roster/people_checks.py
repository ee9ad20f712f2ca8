"""Reads the sheet of members and checks each against the bodies and against each other."""

from __future__ import annotations

from datetime import date

from handlers.roster.cells import Words, day_text
from handlers.roster.drafts import OrganisationDraft, PersonDraft
from handlers.roster.organisation_checks import (
    organisation_names,
    report_unknown_organisation,
    type_name,
)
from handlers.roster.references import Names
from handlers.roster.rows import EntryList, Problems, Reader
from handlers.roster.vocabulary import (
    CELLS,
    STAFF_KIND_NAMES,
    STATUS_NAMES,
    UNION_ROLLS,
    OrganisationType,
    PartyStatus,
)

STATUSES = Words(STATUS_NAMES)
STAFF_KINDS = Words(STAFF_KIND_NAMES)
ADMISSION_AGE_MIN = 18
_GROUPS = frozenset({OrganisationType.TO_DANG})


def read_people(
    lines: EntryList, problems: Problems, today: date, organisations: dict[str, OrganisationDraft]
) -> dict[str, PersonDraft]:
    """The people by id, in the order of the file. A doubled id or card number is reported at its second
    row.
    """
    names = organisation_names(organisations)
    drafts: dict[str, PersonDraft] = {}
    rows: dict[str, int] = {}
    cards: dict[str, int] = {}
    for entry in lines.entries:
        read = Reader(lines, entry, problems)
        person_id = read.identifier("person_id")
        draft = PersonDraft(
            lines,
            entry,
            person_id or "",
            read.name("name"),
            read.identifier("card_number"),
            read.day("birth_date"),
            find_organisation(read, "cell_id", names, organisations, CELLS, "not_a_cell"),
            find_organisation(read, "group_id", names, organisations, _GROUPS, "not_a_group"),
            read.day("joined_on"),
            read.choice("status", STATUSES),
            read.day("admitted_on"),
            read.day("official_on"),
            read.yes_no("is_staff"),
            find_organisation(read, "temporary_cell_id", names, organisations, CELLS, "not_a_cell"),
            find_organisation(read, "union_id", names, organisations, UNION_ROLLS, "not_a_union"),
            read.choice("staff_kind", STAFF_KINDS),
            read.yes_no("direct_contact"),
        )
        _check_party(read, draft)
        _check_days(read, draft, today)
        _check_group(read, draft, organisations)
        if draft.card_number and draft.card_number in cards:
            read.wrong("card_number", "id_twice", row=cards[draft.card_number], column="số thẻ")
        elif draft.card_number:
            cards[draft.card_number] = entry.row
        if person_id and person_id in drafts:
            read.wrong("person_id", "id_twice", row=rows[person_id], column="mã đảng viên")
        elif person_id:
            drafts[person_id] = draft
            rows[person_id] = entry.row
    return drafts


def find_organisation(
    read: Reader,
    name: str,
    names: Names,
    organisations: dict[str, OrganisationDraft],
    types: frozenset[OrganisationType] | None,
    kind: str,
) -> str | None:
    """The code of the body a cell means. Of several with one name, the one of the fitting kind is meant."""
    text = read.text(name)
    if text is None:
        return None
    found = names.find(text)
    if types is not None and len(found) > 1:
        found = [code for code in found if organisations[code].type in types] or found
    if not found:
        report_unknown_organisation(read, name, text, names)
        return None
    if len(found) > 1:
        read.wrong(name, "ambiguous_organisation", count=len(found))
        return None
    body = organisations[found[0]]
    if types is not None and body.type is not None and body.type not in types:
        read.wrong(name, kind, organisation=body.name or body.organisation_id, type=type_name(body.type))
        return None
    return found[0]


def _check_party(read: Reader, draft: PersonDraft) -> None:
    """Who is in a cell is a member of the Party, since a day; who is in a union alone may be none."""
    if read.is_blank("union_id") or not read.is_blank("cell_id"):
        for column in read.lines.plan.columns:
            if column.party_only and read.is_blank(column.field):
                read.wrong(column.field, "missing", column=column.header.lower())
    if draft.status is PartyStatus.NOT_MEMBER and (draft.cell_id or draft.temporary_cell_id):
        read.wrong("status", "not_a_member_in_cell")
    if draft.temporary_cell_id and draft.cell_id is None:
        read.wrong("temporary_cell_id", "temporary_without_official")
    elif draft.temporary_cell_id and draft.temporary_cell_id == draft.cell_id:
        read.wrong("temporary_cell_id", "temporary_in_own_cell")


def _check_days(read: Reader, draft: PersonDraft, today: date) -> None:
    for name in ("birth_date", "joined_on", "admitted_on"):
        day: date | None = getattr(draft, name)
        if day is not None and day > today:
            read.wrong(name, "after_today", today=day_text(today))
    admitted, official, born = draft.admitted_on, draft.official_on, draft.birth_date
    addresses = read.entry.addresses
    if admitted and official and official < admitted:
        other = read.lines.plan.column("admitted_on").header.lower().replace("đảng", "Đảng")
        read.wrong(
            "official_on", "before_other", other=other, date=day_text(admitted), cell=addresses["admitted_on"]
        )
    elif official and draft.status is PartyStatus.PROBATIONARY and official <= today:
        read.wrong("status", "already_official", date=day_text(official), cell=addresses["official_on"])
    elif official and draft.status is PartyStatus.OFFICIAL and official > today:
        read.wrong("status", "not_yet_official", date=day_text(official), cell=addresses["official_on"])
    if born and admitted and born <= today and _years(born, admitted) < ADMISSION_AGE_MIN:
        read.wrong("admitted_on", "under_18", date=day_text(born), cell=addresses["birth_date"])


def _check_group(read: Reader, draft: PersonDraft, organisations: dict[str, OrganisationDraft]) -> None:
    if not draft.group_id or not draft.cell_id:
        return
    above = organisations[draft.group_id].superior_id
    if above and above != draft.cell_id:
        cell = organisations[above].name or above
        read.wrong("group_id", "group_of_another_cell", cell=cell)


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
