"""How I want to be told: addresses, language, quiet hours, days away, the address of my calendar."""

from __future__ import annotations

from api.pages.findings_told import refusal_view
from api.pages.format import N_, day
from api.pages.typed import Typed
from api.pages.views import ActionForm, Choice, FormField, Link, RefusalView, StatusText
from api.pages.views_inbox import AbsenceLine, ContactPage
from api.pages.visits import Visit
from api.resources.settings_of import settings_of
from handlers.feed import has_secret
from handlers.names import Names
from handlers.reminding.absences import Absence, absences_of
from handlers.reminding.contacts import LANGUAGES, Contact, contact_of
from workflow.errors import BadInput

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}

QUIET_HINT = N_("Giờ Việt Nam, ví dụ 21:30. Thư đến hạn trong giờ này đợi hết giờ mới gửi.")


def contact_page(
    visit: Visit,
    *,
    refused: Exception | None = None,
    form: str = "",
    typed: Typed | None = None,
    calendar_address: str = "",
) -> ContactPage:
    """The page; after a refusal the form named (contact or absence) with what was typed still there.

    Raises NobodyActs where nobody was chosen.
    """
    _ = visit.words.gettext
    person = visit.known.id
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "inbox")
        contact = contact_of(connection, person)
        absences = absences_of(connection, person, visit.today)
        has_calendar = has_secret(connection, person)
    return ContactPage(
        frame=frame,
        crumbs=(Link(label=_("Việc của tôi"), href="/inbox"), Link(label=_("Cách nhắc tôi"), href="")),
        form=_contact_form(visit, contact, typed if form == "contact" else None),
        absences=tuple(_absence(visit, absence) for absence in absences),
        absence=_absence_form(visit, typed if form == "absence" else None),
        calendar=StatusText(tone="done", text=_("Đang dùng"))
        if has_calendar
        else StatusText(tone="none", text=_("Chưa có địa chỉ")),
        calendar_address=calendar_address,
        make_calendar=ActionForm(
            action="/inbox/calendar",
            submit=_("Tạo địa chỉ mới, bỏ địa chỉ cũ") if has_calendar else _("Tạo địa chỉ"),
        ),
        revoke_calendar=ActionForm(
            action="/inbox/calendar/revocation", submit=_("Thu hồi địa chỉ"), style="seal"
        )
        if has_calendar
        else None,
        refusal=_beside(visit, refused),
    )


def contact_typed(visit: Visit, typed: Typed) -> Contact:
    """What the form says; the chat address stays as it is where none is asked for."""
    with visit.service.database.read() as connection:
        held = contact_of(connection, visit.known.id)
    return Contact(
        person=visit.known.id,
        email=typed.raw("email"),
        phone=typed.raw("phone"),
        chat=typed.raw("chat") if _chat(visit) else held.chat,
        language=typed.one_of("language", LANGUAGES),
        quiet_from=typed.raw("quiet_from"),
        quiet_to=typed.raw("quiet_to"),
    )


def note_wrong(typed: Typed, error: BadInput, language: str) -> None:
    """Say of a field what is wrong with it, beside it."""
    wrong = error.wrong_en if language == "en" else error.wrong_vi
    text = f"“{error.value}” {wrong}" if error.value else wrong[:1].upper() + wrong[1:]
    typed.errors.setdefault(error.field, text)


def _beside(visit: Visit, refused: Exception | None) -> RefusalView | None:
    """A box above the page for what no field can say."""
    if refused is None or isinstance(refused, BadInput):
        return None
    return refusal_view(refused, visit.language, visit.words, Names())


def _contact_form(visit: Visit, contact: Contact, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext

    def entry(name: str, label: str, hint: str = "") -> FormField:
        value = typed.raw(name) if typed else str(getattr(contact, name))
        error = typed.errors.get(name, "") if typed else ""
        return FormField(name=name, label=label, value=value, hint=hint, error=error)

    chosen = typed.raw("language") if typed else contact.language
    fields = [
        entry("email", _("Thư điện tử"), _("Mỗi ngày nhiều nhất một thư, gộp mọi việc.")),
        entry("phone", _("Điện thoại"), _("Để gọi khi không có thư điện tử.")),
        FormField(
            name="language",
            label=_("Ngôn ngữ của thư"),
            kind="select",
            value=chosen,
            error=typed.errors.get("language", "") if typed else "",
            required=True,
            choices=tuple(Choice(value=code, label=LANGUAGE_NAMES[code]) for code in LANGUAGES),
        ),
        entry("quiet_from", _("Không gửi từ"), _(QUIET_HINT)),
        entry("quiet_to", _("Đến trước")),
    ]
    if _chat(visit):
        fields.insert(2, entry("chat", _("Địa chỉ nhắn tin"), _("Do người quản trị cung cấp.")))
    return ActionForm(action="/inbox/settings", submit=_("Lưu cách nhắc"), fields=tuple(fields))


def _absence(visit: Visit, absence: Absence) -> AbsenceLine:
    _ = visit.words.gettext
    now = absence.from_day <= visit.today
    return AbsenceLine(
        days=f"{day(absence.from_day)} – {day(absence.to_day)}",
        state=StatusText(tone="working", text=_("Đang vắng"))
        if now
        else StatusText(tone="waiting", text=_("Sắp tới")),
        withdraw=ActionForm(action=f"/inbox/absences/{absence.id}/withdrawal", submit=_("Rút lại")),
    )


def _absence_form(visit: Visit, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    labels = {"from_day": _("Từ ngày"), "to_day": _("Đến hết ngày")}
    return ActionForm(
        action="/inbox/absences",
        submit=_("Báo vắng"),
        fields=tuple(
            FormField(
                name=name,
                label=label,
                kind="day",
                value=typed.raw(name) if typed else "",
                error=typed.errors.get(name, "") if typed else "",
                required=True,
            )
            for name, label in labels.items()
        ),
    )


def _chat(visit: Visit) -> bool:
    """Whether this service sends to chat addresses."""
    return bool(settings_of(visit.request).chat_schemes)
