"""What rows of the roster say in words: rolls, posts, fields, days, and who knew it when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from sqlalchemy import Connection

from api.pages.format import N_, STANDINGS, day, moment
from api.pages.people_views import HeldLine, ReviewLine
from api.pages.views import StatusText
from api.pages.visits import Visit
from handlers.access.scope import SEES_CONTENT
from handlers.names import Names, names_on
from handlers.people.reading import Held, ReviewedIn
from handlers.roster.vocabulary import MembershipKind
from states.roles import Role
from workflow.rules.sentences import value_text

SEES_IDENTITY: Final = frozenset({Role.ADMINISTRATOR, Role.OFFICER, Role.ORGANISATION_BOARD})
"""Who keeps the roster and so sees card numbers and days of birth."""

FIELDS: Final = {
    "status": N_("Tư cách đảng viên"),
    "card_number": N_("Số thẻ"),
    "birth_date": N_("Ngày sinh"),
    "admitted_on": N_("Ngày vào Đảng"),
    "official_on": N_("Ngày chính thức"),
    "type": N_("Loại tổ chức"),
    "founded_on": N_("Ngày thành lập"),
}
IDENTITY: Final = ("card_number", "birth_date")
ROLLS: Final = {
    MembershipKind.OFFICIAL: N_("Sinh hoạt tại %(body)s"),
    MembershipKind.TEMPORARY: N_("Sinh hoạt tạm thời tại %(body)s"),
    MembershipKind.UNION: N_("Công tác tại công đoàn %(body)s"),
}

ROWS: Final = {
    "person": N_("Lý lịch"),
    "organisation": N_("Tổ chức"),
}


def names_told(
    visit: Visit,
    connection: Connection,
    rows: Iterable[Held],
    *,
    people: Iterable[str] = (),
    bodies: Iterable[str] = (),
) -> Names:
    """The names of everybody and every body these rows speak of."""
    listed = list(rows)
    told = [
        str(value) for one in listed for name, value in one.values.items() if name.endswith("_id") and value
    ]
    return names_on(
        connection,
        visit.today,
        people={*people, *told, *(one.recorded_by for one in listed)},
        bodies={*bodies, *told},
    )


def roll_told(visit: Visit, one: Held, names: Names) -> str:
    """“Sinh hoạt tại Chi bộ Kho vận”."""
    return visit.words.gettext(ROLLS[MembershipKind(one.values["kind"])]) % {"body": names.body(body_of(one))}


def post_told(visit: Visit, one: Held) -> str:
    """What the post is called there, else what posts of its kind are."""
    told = one.values.get("title") or value_text(one.values["post"], visit.language)
    return told[:1].upper() + told[1:]


def body_of(one: Held) -> str:
    """The body a roll or a post belongs to."""
    return str(one.values["organisation_id"])


def holder(one: Held, names: Names) -> str:
    """Who holds a post, by name."""
    return names.person(str(one.values["person_id"]))


def facts_told(visit: Visit, identity: Held | None, role: Role) -> tuple[tuple[str, str], ...]:
    """The fields that hold today; card and birth only for whoever keeps the roster."""
    if identity is None:
        return ()
    _ = visit.words.gettext
    shown = (name for name in FIELDS if name not in IDENTITY or role in SEES_IDENTITY)
    values = ((_(FIELDS[name]), identity.values.get(name)) for name in shown)
    return tuple((label, _value(visit, value)) for label, value in values if value is not None)


def history_line(visit: Visit, one: Held, names: Names) -> HeldLine:
    """One row: what it says, when it holds, who recorded it when, whether it is still believed."""
    _ = visit.words.gettext
    if one.superseded_at is not None:
        state = StatusText(
            tone="none", text=_("Thay bằng dòng khác lúc %(at)s") % {"at": moment(one.superseded_at)}
        )
    elif one.holds(visit.today):
        state = StatusText(tone="done", text=_("Đang đúng"))
    elif one.valid_from > visit.today:
        state = StatusText(tone="waiting", text=_("Chưa tới ngày"))
    else:
        state = StatusText(tone="none", text=_("Đã hết"))
    return HeldLine(
        what=_what(visit, one, names),
        days=_days(visit, one),
        recorded=f"{moment(one.recorded_at)}, {names.person(one.recorded_by)}",
        source=one.source,
        state=state,
    )


def review_lines(visit: Visit, reviews: Sequence[ReviewedIn]) -> tuple[ReviewLine, ...]:
    """The reviews that are seen."""
    _ = visit.words.gettext
    return tuple(
        ReviewLine(
            year=one.year,
            href=f"/r/{one.review}",
            name=one.review,
            stage=_(STANDINGS[one.stage]),
            level=one.level,
        )
        for one in reviews
    )


def no_reviews(visit: Visit, reviews: Sequence[ReviewedIn]) -> str:
    """Why no review is shown; empty where some are."""
    _ = visit.words.gettext
    if reviews:
        return ""
    if visit.acting.role not in SEES_CONTENT:
        return _("Với tư cách này không xem nội dung kiểm điểm.")
    return _("Chưa có kỳ kiểm điểm nào trong phạm vi được xem.")


def _what(visit: Visit, one: Held, names: Names) -> str:
    _ = visit.words.gettext
    if one.kind == "membership":
        return roll_told(visit, one, names)
    if one.kind == "position":
        return f"{post_told(visit, one)}, {names.body(body_of(one))}"
    private = any(one.values.get(name) is not None for name in IDENTITY)
    told = [
        _named(_(FIELDS[name]), name, _value(visit, one.values[name]))
        for name in FIELDS
        if name not in IDENTITY and one.values.get(name) is not None
    ]
    superior = one.values.get("superior_id")
    if superior:
        told.append(_("trực thuộc %(body)s") % {"body": names.body(str(superior))})
    if private and visit.acting.role not in SEES_IDENTITY:
        told.append(_("số thẻ, ngày sinh không hiện ở tư cách này"))
    head = one.values.get("name") or _(ROWS[one.kind])
    return f"{head}: {', '.join(told)}" if told else str(head)


def _named(label: str, name: str, value: str) -> str:
    """“ngày vào Đảng 10/04/2006”; a standing or a type says by itself what it is."""
    return value if name in ("status", "type") else f"{label[:1].lower()}{label[1:]} {value}"


def _days(visit: Visit, one: Held) -> str:
    _ = visit.words.gettext
    if one.valid_to is None:
        return _("từ %(first)s") % {"first": day(one.valid_from)}
    told = {"first": day(one.valid_from), "last": day(_before(one.valid_to))}
    return _("từ %(first)s đến hết %(last)s") % told


def _before(value: date) -> date:
    return date.fromordinal(value.toordinal() - 1)


def _value(visit: Visit, value: object) -> str:
    return day(value) if isinstance(value, date) else value_text(str(value), visit.language)
