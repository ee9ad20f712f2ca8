"""The form that records a meeting: filled in as a lawful evening, read back into one command."""

from __future__ import annotations

import secrets
from datetime import date

from api.pages.cell_ballot import ballot_grid
from api.pages.cell_data import CellData, Stored
from api.pages.cell_minutes import invited, usual_chair
from api.pages.format import N_, day
from api.pages.typed import Typed
from api.pages.views import Choice, Clause, FormField, Link, StatusText
from api.pages.views_cell import (
    AgendaItem,
    Attendee,
    MeetingForm,
    Said,
    Session,
)
from api.pages.words import Words
from handlers.names import name_key
from states import review as life
from workflow.rules.finding import Force
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import cited

POSTS: dict[str, str] = {
    "head": N_("Bí thư"),
    "deputy": N_("Phó bí thư"),
    "standing_member": N_("Ủy viên ban thường vụ"),
    "committee_member": N_("Cấp ủy viên"),
    "leading_member": N_("Lãnh đạo"),
}
UNION_POSTS: dict[str, str] = POSTS | {
    "head": N_("Chủ tịch"),
    "deputy": N_("Phó chủ tịch"),
    "committee_member": N_("Ủy viên ban chấp hành"),
}
RESIDENCE: dict[str, str] = {
    "missing": N_("chưa đọc"),
    "read": N_("đã đọc"),
    "missing_with_reason": N_("thiếu, có lý do"),
}
"""What can be said of the comment from the place of residence."""

ITEMS = (
    ("collective", N_("Kiểm điểm tập thể cấp ủy"), "order.collective_at"),
    ("head", N_("Kiểm điểm người đứng đầu"), "session.chair_role"),
    ("leaders", N_("Kiểm điểm cấp ủy viên"), "order.leaders_pending"),
    ("members", N_("Kiểm điểm đảng viên"), "order.collective_at"),
    ("organisation", N_("Kiểm điểm, xếp loại tổ chức đảng"), ""),
)
"""The agenda in lawful order: what, in which words, and the fact whose rule gives the clause."""
UNION_TITLES: dict[str, str] = {
    "collective": N_("Kiểm điểm tập thể ban chấp hành"),
    "leaders": N_("Kiểm điểm ủy viên ban chấp hành"),
    "members": N_("Kiểm điểm cán bộ, chuyên viên"),
}
"""The same in the words of a union."""


def meeting_form(
    cell: CellData,
    words: Words,
    today: date,
    typed: Typed | None = None,
    *,
    may_report: bool = False,
    save: str = "",
) -> MeetingForm | None:
    """The form for the next evening here; None where nothing is left to review or to vote on."""
    open_rows = [row for row in cell.here if cell.is_open(row)]
    votes = [row for row in cell.here if cell.may_be_voted(row)]
    if not open_rows and not votes:
        return None
    _ = words.gettext
    planned = cell.planned
    usual_day = planned.day if planned is not None and planned.day <= today else today
    return MeetingForm(
        action=f"/c/{cell.campaign.id}/o/{cell.organisation}/meetings",
        command_id=secrets.token_hex(16),
        meeting=typed.raw("meeting") if typed else planned.meeting if planned is not None else "",
        day=FormField(
            name="day",
            label=_("Ngày họp"),
            kind="day",
            value=typed.raw("day") if typed else day(usual_day),
            error=typed.errors.get("day", "") if typed else "",
            required=True,
        ),
        roll=_roll(cell, words, typed),
        agenda=agenda_of(cell, words, typed),
        residence_all=_residence_all(open_rows, words, typed),
        ticks=_ticks(cell, words, typed),
        ballot=ballot_grid(cell, votes, words, typed, save) if votes else None,
        superior_attended=typed.tick("superior_attended") if typed else False,
        may_be_irregular=may_report,
        took_place=typed.tick("took_place") if typed else False,
        errors=errors_of(cell, typed) if typed else (),
    )


def _residence_all(rows: list[Stored], words: Words, typed: Typed | None) -> FormField | None:
    """One choice for everybody reviewed; whoever differs has a choice of his own."""
    if not any(row.kind == life.INDIVIDUAL for row in rows):
        return None
    _ = words.gettext
    return FormField(
        name="residence_all",
        label=_("Nhận xét nơi cư trú, áp dụng cho mọi người"),
        hint=_("Ai khác thì chọn riêng ở dòng của người ấy."),
        kind="select",
        value=typed.raw("residence_all") if typed else "",
        quiet=True,
        choices=(
            Choice(value="", label=_("chọn")),
            *(Choice(value=code, label=_(text)) for code, text in RESIDENCE.items()),
        ),
    )


def _roll(cell: CellData, words: Words, typed: Typed | None) -> tuple[Attendee, ...]:
    _ = words.gettext
    present = set(typed.all("present")) if typed else None
    people = sorted(invited(cell), key=lambda person: (name_key(cell.names.person(person)), person))
    notes = {"probationary": _("dự bị"), "temporary": _("sinh hoạt tạm thời"), "suspended": _("đình chỉ")}
    return tuple(
        Attendee(
            person=person,
            name=cell.names.person(person),
            note=notes.get(cell.roll.get(person, ""), ""),
            present=present is None or person in present,
        )
        for person in people
    )


def agenda_of(cell: CellData, words: Words, typed: Typed | None = None) -> tuple[AgendaItem, ...]:
    """The items in lawful order, the current one marked; what waits for another is locked."""
    _ = words.gettext
    groups: dict[str, list[Stored]] = {}
    for row in cell.here:
        groups.setdefault(_group(cell, row), []).append(row)
    places = {row.review: place for place, row in enumerate(cell.here, start=1)}
    found: list[AgendaItem] = []
    current_found = False
    for code, title, fact in ITEMS:
        rows = groups.get(code, [])
        if not rows:
            continue
        left = [row for row in rows if cell.is_open(row) or row.stage == life.OPEN]
        state = "done" if not left else "next" if current_found else "current"
        current_found = current_found or bool(left)
        count = words.ngettext("%(num)d kỳ", "%(num)d kỳ", len(rows)) % {"num": len(rows)}
        detail = ", ".join(cell.person(row) for row in rows) if len(rows) <= 3 else count
        chairs = dict.fromkeys(
            cell.names.person(who) for who in (usual_chair(cell, row) for row in left) if who
        )
        if chairs:
            detail = _("%(what)s; chủ trì: %(people)s") % {"what": detail, "people": ", ".join(chairs)}
        found.append(
            AgendaItem(
                number=len(found) + 1,
                title=_(UNION_TITLES.get(code, title) if cell.is_union else title),
                detail=detail,
                state=state,  # type: ignore[arg-type]  # one of the three just above
                clause=_clause(cell.rulebook, fact, words.language),
                sessions=tuple(_session(cell, row, places[row.review], words, typed) for row in rows),
            )
        )
    if cell.has_ballot:
        need = _threshold(cell.rulebook)
        counted = not any(cell.may_be_voted(row) for row in cell.own)
        detail = _("Sau khi mọi người dự họp đã được kiểm điểm")
        if counted:
            detail = (
                _("Đã kiểm phiếu; người thứ hai chưa xác nhận") if cell.unconfirmed else _("Đã kiểm phiếu")
            )
        found.append(
            AgendaItem(
                number=len(found) + 1,
                title=_("Bỏ phiếu và kiểm phiếu"),
                detail=detail,
                state="done" if counted else "locked" if current_found else "current",
                clause=Clause(label=cited(need, words.language)) if need else None,
            )
        )
    return tuple(found)


def post_words(cell: CellData) -> dict[str, str]:
    """What the posts are called here, to be translated."""
    return UNION_POSTS if cell.is_union else POSTS


def order_said(cell: CellData, words: Words) -> Said | None:
    """The rule that fixes the order of the items; None where the regime has none."""
    for rule in cell.rulebook.rules_at("hold_session", life.INDIVIDUAL):
        if cell.rulebook.facts_of_rule(rule) & {"order.collective_at", "order.leaders_pending"}:
            says = rule.says.in_language(words.language)
            return Said(text=says, clause=Clause(label=cited(rule, words.language)))
    return None


def _group(cell: CellData, row: Stored) -> str:
    if row.kind == life.COLLECTIVE:
        return "collective"
    if row.kind == life.ORGANISATION:
        return "organisation"
    post = cell.posts.get(row.subject)
    return "head" if post == "head" else "leaders" if post else "members"


def _session(cell: CellData, row: Stored, place: int, words: Words, typed: Typed | None) -> Session:
    """Filled in as a lawful evening would be: what was otherwise is changed by who records it."""
    _ = words.gettext
    base = f"session.{row.review}"
    person = row.kind == life.INDIVIDUAL
    ready = cell.is_open(row)
    taken = not ready and row.stage != life.OPEN
    usual = ready and row.kind != life.ORGANISATION
    post, posts = cell.posts.get(row.subject, ""), post_words(cell)
    residence = typed.raw(f"{base}.residence") if typed else ""
    chair = typed.raw(f"{base}.chair") if typed else usual_chair(cell, row)
    return Session(
        review=row.review,
        number=typed.number(f"{base}.number", required=False) or place if typed else place,
        name=_collective(cell, words) if row.kind == life.COLLECTIVE else cell.person(row),
        role=_(posts[post]) if post in posts and person else "",
        href=f"/r/{row.review}",
        taken=taken,
        reviewed=typed.tick(f"{base}.reviewed") if typed else usual,
        chair=chair,
        chairs=_chairs(cell, row, chair, words),
        presented=typed.tick(f"{base}.presented") if typed else usual or taken,
        needs_residence=person,
        residence=residence if residence in RESIDENCE else "",  # type: ignore[arg-type]  # one of the three or open
        concluded=typed.tick(f"{base}.concluded") if typed else usual or taken,
        note=_note(row, words),
        error=typed.errors.get(base, "") if typed else "",
    )


def _collective(cell: CellData, words: Words) -> str:
    _ = words.gettext
    title = UNION_TITLES[life.COLLECTIVE] if cell.is_union else ITEMS[0][1]
    return _(title)


def _note(row: Stored, words: Words) -> StatusText | None:
    _ = words.gettext
    if row.stage == life.OPEN:
        return StatusText(tone="unknown", text=_("Chưa nộp bản kiểm điểm"), href=f"/r/{row.review}")
    if row.stage == life.ABSENT:
        return StatusText(tone="risk", text=_("Vắng lần trước"))
    if "irregular" in row.flags:
        return StatusText(tone="late", text=_("Họp lại, lần trước trái quy định"))
    return None


def _chairs(cell: CellData, row: Stored, chosen: str, words: Words) -> tuple[Choice, ...]:
    """Whoever leads here and may chair this item; somebody else only where he was chosen already."""
    _ = words.gettext
    posts = post_words(cell)
    people = [
        (person, post)
        for person, post in cell.posts.items()
        if post in posts and (cell.may_chair(person, row) or person == chosen)
    ]
    return (
        Choice(value="", label="–"),
        *(
            Choice(value=person, label=f"{cell.names.person(person)}, {_(posts[post]).lower()}")
            for person, post in people
        ),
    )


def _ticks(cell: CellData, words: Words, typed: Typed | None) -> tuple[FormField, ...]:
    """The checklist of the sessions held here."""
    kinds = {row.kind for row in cell.here if cell.is_open(row)}
    ticked = typed.all("ticked") if typed else ()
    rules = {
        str(rule.parameters["item"]): rule
        for kind in sorted(kinds)
        for rule in cell.rulebook.rules_at("hold_session", kind)
        if rule.force is Force.ASK_PERSON and "item" in rule.parameters
    }
    return tuple(
        FormField(
            name=item,
            label=rule.says.in_language(words.language),
            kind="tick",
            value="on" if item in ticked else "",
            hint=f"({cited(rule, words.language)})",
        )
        for item, rule in rules.items()
    )


def errors_of(cell: CellData, typed: Typed) -> tuple[Link, ...]:
    """What to put right, each with the address of its field."""
    found: list[Link] = []
    for name, message in typed.errors.items():
        kind, _, rest = name.partition(".")
        review = next((row for row in cell.here if rest.startswith(row.review)), None)
        if review is not None:
            anchor = f"#{kind[0]}-{review.review.replace('.', '-')}"
            found.append(Link(label=f"{cell.person(review)}: {message}", href=anchor))
        else:
            found.append(Link(label=message, href="#sessions-title" if name == "sessions" else f"#m-{name}"))
    return tuple(found)


def _clause(rulebook: Rulebook, fact: str, language: str) -> Clause | None:
    """The clause of the first rule about sessions of individuals that reads a fact."""
    if not fact:
        return None
    for rule in rulebook.rules_at("hold_session", life.INDIVIDUAL):
        if fact in rulebook.facts_of_rule(rule):
            return Clause(label=cited(rule, language))
    return None


def _threshold(rulebook: Rulebook) -> Rule | None:
    rules = rulebook.rules_of(Role.THRESHOLD, life.INDIVIDUAL)
    return rules[0] if rules else None
