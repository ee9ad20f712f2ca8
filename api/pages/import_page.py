"""The import: a file, every wrong cell at once, what it would change, and the two ways to confirm."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date

from api.pages.format import N_, day, number
from api.pages.import_sheets import sheet_previews
from api.pages.typed import Typed
from api.pages.views import ActionForm, FormField, Link, RefusalView
from api.pages.views_import import (
    CellProblemLine,
    ChangeLine,
    ImportPage,
)
from api.pages.visits import Visit
from handlers.names import names_on
from handlers.roster.compare import Change, Difference
from handlers.roster.records import (
    MembershipRecord,
    OrganisationRecord,
    PersonRecord,
    PositionRecord,
    Record,
)
from handlers.roster.vocabulary import MembershipKind
from handlers.roster_import import Preview
from workflow.rules.sentences import value_text

TEMPLATE_HREF = "/import/template.xlsx"
PREVIEWED_MAX = 40
"""Wrong rows shown in their sheet; the numbers of the others stand beneath."""
SHOWN_MAX = 200
"""Wrong cells and changes on one page; how many more there are is said."""

FIELDS: dict[str, str] = {
    "name": N_("tên"),
    "type": N_("loại tổ chức"),
    "superior_id": N_("cấp trên"),
    "founded_on": N_("ngày thành lập"),
    "has_committee": N_("có cấp ủy"),
    "is_joint": N_("chi bộ ghép"),
    "status": N_("tư cách đảng viên"),
    "card_number": N_("số thẻ"),
    "birth_date": N_("ngày sinh"),
    "admitted_on": N_("ngày vào Đảng"),
    "official_on": N_("ngày chính thức"),
    "is_staff": N_("người lao động"),
    "staff_kind": N_("diện cán bộ công đoàn"),
    "direct_contact": N_("trực tiếp tiếp xúc đoàn viên"),
    "organisation_id": N_("nơi sinh hoạt"),
    "group_id": N_("tổ đảng"),
    "joined_on": N_("ngày chuyển đến"),
    "post": N_("chức vụ"),
    "held_from": N_("giữ chức từ"),
    "held_to": N_("giữ chức đến"),
    "title": N_("chức danh"),
    "person_id": N_("mã đảng viên"),
}
ROLLS: dict[MembershipKind, str] = {
    MembershipKind.OFFICIAL: N_("sinh hoạt tại"),
    MembershipKind.TEMPORARY: N_("sinh hoạt tạm thời tại"),
    MembershipKind.UNION: N_("công tác tại công đoàn"),
}
PRIVATE = frozenset({"card_number", "birth_date"})
"""Said to have changed, not shown."""


def start_page(visit: Visit, *, typed: Typed | None = None, refusal: RefusalView | None = None) -> ImportPage:
    """The page that asks for a file."""
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "roster")
    return ImportPage(frame=frame, upload=_upload(visit, typed), template_href=TEMPLATE_HREF, refusal=refusal)


def preview_page(visit: Visit, preview: Preview, refusal: RefusalView | None = None) -> ImportPage:
    """What a file says and would change; confirmed or turned down it only says so."""
    parsed, difference = preview.parsed, preview.difference
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "roster")
        touched = [touch.review_id.split(".", 2)[2] for touch in preview.touched]
        keys = {key for change in _differences(difference) for key in _keys(change)}
        names = names_on(connection, visit.today, people={*touched, *keys}, bodies={*touched, *keys})
    upload = _upload(visit, None)
    if parsed is None or difference is None:
        return ImportPage(
            frame=frame,
            upload=upload,
            template_href=TEMPLATE_HREF,
            file_name=parsed.file_name if parsed else preview.import_id,
            refusal=refusal or _over(visit, preview),
        )
    counts = [difference.counts(kind) for kind in difference.new]
    new, changed, gone = (sum(each) for each in zip(*counts, strict=True))
    people = {**names.people, **_new_names(difference, PersonRecord)}
    bodies = {**names.bodies, **_new_names(difference, OrganisationRecord)}
    lines = list(_changes(visit, preview, difference, people, bodies))
    wrong = (*parsed.problems, *parsed.dropped)
    previews = sheet_previews(visit, parsed, PREVIEWED_MAX)
    in_place = {(sheet.name, row.number) for sheet in previews for row in sheet.rows if row.number}
    total = parsed.good_rows + parsed.wrong_rows
    something = new + changed + gone > 0
    address = f"/import/{preview.import_id}"
    _ = visit.words.gettext
    reviews = len({touch.review_id for touch in preview.touched})
    told = {name: number(count, visit.language) for name, count in (("new", new), ("changed", changed))}
    told |= {"gone": number(gone, visit.language), "reviews": number(reviews, visit.language)}
    notes = (
        _(
            "%(new)s dòng mới, %(changed)s dòng đổi, %(gone)s dòng không còn; "
            "đụng tới %(reviews)s kỳ kiểm điểm."
        )
        % told,
        _("Nhập rồi không có nút gỡ lại: muốn sửa thì nhập tệp khác."),
    )
    confirm = ActionForm(
        action=f"{address}/confirmation",
        submit=_("Xác nhận %(count)s thay đổi") % {"count": number(new + changed + gone, visit.language)},
        command_id=secrets.token_hex(16),
        style="primary",
        notes=notes,
    )
    good = ActionForm(
        action=f"{address}/confirmation",
        submit=_("Chỉ nhập %(count)s dòng đúng") % {"count": number(parsed.good_rows, visit.language)},
        command_id=secrets.token_hex(16),
        fields=(FormField(name="good_rows_only", label="", kind="hidden", value="on"),),
        notes=notes,
    )
    return ImportPage(
        frame=frame,
        upload=upload,
        template_href=TEMPLATE_HREF,
        file_name=parsed.file_name,
        effective_on=preview.stored.effective_on,
        rows=total,
        good_rows=parsed.good_rows,
        bad_rows=parsed.wrong_rows,
        new=new,
        changed=changed,
        gone=gone,
        unchanged=sum(difference.unchanged.values()),
        problems=tuple(
            CellProblemLine(
                sheet=one.sheet,
                cell=one.cell,
                column=one.column,
                value=one.value,
                problem=one.what("en" if visit.language == "en" else "vi"),
                expected=one.expected("en" if visit.language == "en" else "vi"),
                in_place=bool(one.cell) and (one.sheet, one.row) in in_place,
            )
            for one in wrong[:SHOWN_MAX]
        ),
        more_problems=max(len(wrong) - SHOWN_MAX, 0),
        previews=previews,
        changes=tuple(lines[:SHOWN_MAX]),
        more_changes=max(len(lines) - SHOWN_MAX, 0),
        confirm=confirm if something and not wrong else None,
        good_rows_only=good if something and wrong and parsed.good_rows else None,
        refusal=refusal,
    )


def changes_in(preview: Preview) -> int:
    """How many rows of the roster an upload would change; 0 once it was confirmed or turned down."""
    difference = preview.difference
    return 0 if difference is None else sum(sum(difference.counts(kind)) for kind in difference.new)


def _upload(visit: Visit, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    return ActionForm(
        action="/import",
        submit=_("Xem trước"),
        style="primary",
        fields=(
            FormField(
                name="file",
                label=_("Tệp Excel (.xlsx)"),
                kind="file",
                required=True,
                error=typed.errors.get("file", "") if typed else "",
            ),
            FormField(
                name="on",
                label=_("Danh sách đúng từ ngày"),
                kind="day",
                required=True,
                value=typed.raw("on") if typed else day(visit.today),
                error=typed.errors.get("on", "") if typed else "",
            ),
        ),
    )


def _over(visit: Visit, preview: Preview) -> RefusalView:
    _ = visit.words.gettext
    done = preview.stored.state == "confirmed"
    return RefusalView(
        title=_("Tệp này đã được nhập") if done else _("Tệp này đã bị bỏ"),
        why=_("Muốn nhập tiếp thì tải tệp mới lên."),
    )


def _differences(difference: Difference | None) -> Iterator[Record]:
    for _, was, now in difference.records() if difference else ():
        yield from (record for record in (was, now) if record is not None)


def _keys(record: Record) -> tuple[str, ...]:
    values = record.as_json()
    return tuple(
        str(values[name]) for name in ("person_id", "organisation_id", "superior_id") if values.get(name)
    )


def _new_names(difference: Difference, kind: type[Record]) -> dict[str, str]:
    """Names of those the roster does not know yet."""
    found: dict[str, str] = {}
    for record in _differences(difference):
        if isinstance(record, kind):
            name = record.as_json().get("name")
            if name:
                found[record.key] = str(name)
    return found


def _changes(
    visit: Visit, preview: Preview, difference: Difference, people: dict[str, str], bodies: dict[str, str]
) -> Iterator[ChangeLine]:
    """Changed and gone first: they need a look; what is new after them."""
    touches: dict[str, list[str]] = {}
    for touch in preview.touched:
        touches.setdefault(touch.key, []).append(touch.review_id)

    def links(key: str) -> tuple[Link, ...]:
        reviews = dict.fromkeys(touches.get(key, ()))
        return tuple(Link(label=review, href=f"/r/{review}") for review in reviews)

    for changes in difference.changed.values():
        for change in changes:
            yield from _changed(visit, change, people, bodies, links(change.new.key))
    for kind, records in (("gone", difference.gone), ("new", difference.new)):
        for group in records.values():
            for record in group:
                what, where = _what(visit, record, bodies)
                yield ChangeLine(
                    kind=kind,  # type: ignore[arg-type]  # one of the two just above
                    name=_name(record, people, bodies),
                    what=what,
                    before=where if kind == "gone" else "",
                    after=where if kind == "new" else "",
                    touches=links(record.key),
                )


def _changed(
    visit: Visit, change: Change, people: dict[str, str], bodies: dict[str, str], touches: tuple[Link, ...]
) -> Iterator[ChangeLine]:
    _ = visit.words.gettext
    for field in change.fields:
        hidden = field.name in PRIVATE
        yield ChangeLine(
            kind="changed",
            name=_name(change.new, people, bodies),
            what=_(FIELDS.get(field.name, field.name)),
            before="•••" if hidden else _shown(visit, field.old, bodies),
            after="•••" if hidden else _shown(visit, field.new, bodies),
            touches=touches,
        )


def _name(record: Record, people: dict[str, str], bodies: dict[str, str]) -> str:
    values = record.as_json()
    if isinstance(record, OrganisationRecord):
        return bodies.get(record.key, record.key)
    person = str(values.get("person_id", record.key))
    return people.get(person, person)


def _what(visit: Visit, record: Record, bodies: dict[str, str]) -> tuple[str, str]:
    """What kind of record it is, and where it belongs."""
    _ = visit.words.gettext
    values = record.as_json()
    body = bodies.get(str(values.get("organisation_id")), "")
    match record:
        case OrganisationRecord():
            superior = values.get("superior_id")
            return value_text(values.get("type", ""), visit.language), bodies.get(str(superior), "")
        case PersonRecord():
            return value_text(values.get("status") or "", visit.language), ""
        case MembershipRecord():
            return _(ROLLS[record.kind]), body
        case PositionRecord():
            return _("chức vụ: %(title)s") % {"title": values.get("title") or values.get("post")}, body
    return _("bản ghi"), body


def _shown(visit: Visit, value: object, bodies: dict[str, str]) -> str:
    if value is None:
        return "–"
    text = str(value)
    if text in bodies:
        return bodies[text]
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return value_text(value, visit.language)
