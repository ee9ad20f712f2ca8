"""The inbox of the person who acts: what is owed, the most urgent first, each with where it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from api.pages.campaigns import campaign_of
from api.pages.findings_told import cited_rule, refusal_view
from api.pages.format import N_, day
from api.pages.inbox_places import place_of
from api.pages.typed import Typed
from api.pages.views import ActionForm, Clause, EmptyState, FormField, Link, StatusText, Tone, Undo
from api.pages.views_inbox import InboxGroup, InboxItem, InboxPage
from api.pages.visits import Visit
from deadlines.ladder import AFTER, BEFORE, ESCALATE
from handlers.names import Names, name_key, names_on
from handlers.notice_tables import SNOOZES
from handlers.reminding.capacities import NAMES as CAPACITIES
from handlers.reminding.inbox import Notice, notices_of
from handlers.tables import REVIEWS
from handlers.telling.owed import due_words, rung_words, task
from states.review import INDIVIDUAL
from workflow.bodies import Campaign
from workflow.errors import BadInput
from workflow.rules.rulebook import Rulebook

NOTICES_MAX = 2_000
"""So many of the newest notices are looked at; what is older was said again by a newer one."""

Item = tuple[str, str, str, str, str, date]
"""campaign, organisation, kind, gate, rule, due on: one thing owed, however often it was said."""

GROUPS = {
    "overdue": N_("Quá hạn"),
    "owed": N_("Phải làm"),
    "aside": N_("Đã để lại"),
    "finished": N_("Đã xong hoặc không còn phải làm"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Inbox:
    """What was read for one page."""

    visit: Visit
    names: Names
    campaigns: dict[str, tuple[Campaign, Rulebook]]
    reasons: dict[Item, str]
    own: dict[tuple[str, str], str]
    """Campaign and body -> the visitor's own review there."""


def inbox_page(
    visit: Visit,
    *,
    refused: Exception | None = None,
    about: int = 0,
    typed: Typed | None = None,
    aside: int = 0,
) -> InboxPage:
    """The inbox; after a refusal the form of the notice `about` with what was typed still there.

    `aside` is a notice that was put aside just now; the way back from it is offered first.
    """
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "inbox")
        notices = notices_of(connection, visit.known.id, visit.today, limit=NOTICES_MAX)
        inbox = _read(connection, visit, notices)
    groups: dict[str, list[tuple[Notice, InboxItem]]] = {key: [] for key in GROUPS}
    for group, said in _lines(notices, visit.today):
        shown = typed if about in [notice.id for notice in said] else None
        groups[group].append((said[0], _item(inbox, said, shown)))
    undo = next((_undo(visit, item) for notice, item in groups["aside"] if notice.id == aside), None)
    for members in groups.values():
        members.sort(key=lambda member: (member[0].safe_on, member[0].due_on, -member[0].id))
    _ = visit.words.gettext
    unread = sum(not notice.is_read and notice.is_owed for notice in notices)
    upto = max((notice.id for notice in notices), default=0)
    beside = isinstance(refused, BadInput) and refused.field in ("until", "reason")
    return InboxPage(
        frame=replace(frame, undo=undo) if undo else frame,
        unread=unread,
        overdue=len(groups["overdue"]),
        owed=len(groups["overdue"]) + len(groups["owed"]),
        groups=tuple(
            InboxGroup(
                key=key,
                title=_(title),
                items=tuple(item for _notice, item in groups[key]),
                folded=key == "finished",
            )
            for key, title in GROUPS.items()
            if groups[key]
        ),
        read_all=ActionForm(
            action="/inbox/reading",
            submit=_("Đánh dấu đã đọc cả"),
            fields=(FormField(name="upto", label="", kind="hidden", value=str(upto)),),
        )
        if unread
        else None,
        empty=None if notices else _nothing(visit),
        refusal=None
        if beside or refused is None
        else refusal_view(refused, visit.language, visit.words, inbox.names),
        settings_href="/inbox/settings",
    )


def _read(connection: Connection, visit: Visit, notices: Sequence[Notice]) -> _Inbox:
    bodies = {body for notice in notices for body in (notice.body, notice.organisation)}
    reasons = connection.execute(
        select(SNOOZES)
        .where(SNOOZES.c.recipient == visit.acting.id, SNOOZES.c.until > visit.today)
        .order_by(SNOOZES.c.id)  # of several, the newest counts
    ).all()
    own = connection.execute(
        select(REVIEWS.c.campaign, REVIEWS.c.organisation, REVIEWS.c.review).where(
            REVIEWS.c.subject == visit.acting.id, REVIEWS.c.kind == INDIVIDUAL
        )
    ).all()
    return _Inbox(
        visit=visit,
        own={(campaign, organisation): review for campaign, organisation, review in own},
        names=names_on(connection, visit.today, bodies=bodies),
        campaigns={
            campaign: campaign_of(connection, visit.service, campaign)
            for campaign in {notice.campaign for notice in notices}
        },
        reasons={
            (row.campaign, row.organisation, row.kind, row.gate, row.rule, row.due_on): row.reason
            for row in reasons
        },
    )


def _lines(notices: Iterable[Notice], today: date) -> list[tuple[str, list[Notice]]]:
    """The notices of each line with its group, newest first: what several bodies owe alike is one line.

    The newest word on a thing decides where it stands; what was said of it before goes with it.
    """
    stands: dict[tuple[Item, bool], str] = {}
    found: dict[tuple[object, ...], list[Notice]] = {}
    for notice in notices:
        upwards = notice.level > 0
        group = stands.setdefault((_item_of(notice), upwards), _group(notice, today))
        alike = (notice.kind, notice.gate, notice.rule, notice.due_on, notice.safe_on, notice.hour)
        asked = (notice.campaign, notice.body, notice.capacity, upwards, notice.snoozed_until)
        found.setdefault((group, alike, asked), []).append(notice)
    return [(str(key[0]), said) for key, said in found.items()]


def _item_of(notice: Notice) -> Item:
    """What a notice is about, at any of its rungs."""
    return (
        notice.campaign,
        notice.organisation,
        notice.kind,
        notice.gate,
        notice.rule,
        notice.due_on,
    )


def _group(notice: Notice, today: date) -> str:
    if not notice.is_owed:
        return "finished"
    if notice.snoozed_until is not None:
        return "aside"
    return "overdue" if _is_overdue(notice, today) else "owed"


def _is_overdue(notice: Notice, today: date) -> bool:
    return today > notice.due_on or notice.rung.partition(":")[0] in (AFTER, ESCALATE)


def _item(inbox: _Inbox, said: Sequence[Notice], typed: Typed | None) -> InboxItem:
    visit, newest = inbox.visit, said[0]
    _ = visit.words.gettext
    campaign, rulebook = inbox.campaigns[newest.campaign]
    year = _("Kiểm điểm năm %(year)s") % {"year": campaign.year}
    last: dict[str, Notice] = {}  # the newest word on each body
    for notice in said:
        last.setdefault(notice.organisation, notice)
    due = due_words(newest.due_on, newest.safe_on, newest.hour, visit.language)
    snoozable = newest.is_owed and newest.level == 0 and visit.today < newest.safe_on
    unread = newest.is_owed and any(not notice.is_read for notice in said)
    numbers = FormField(
        name="notices", label="", kind="hidden", value=",".join(str(notice.id) for notice in said)
    )
    return InboxItem(
        number=newest.id,
        task=task(newest.gate, newest.kind, sum(one.items for one in last.values()), visit.language),
        where=f"{_where(inbox, last)} · {year}",
        due=_capital(due),
        rung=_rung(visit, newest),
        done_at=Link(
            label=_("Đến nơi thực hiện"),
            href=f"/c/{newest.campaign}" if len(last) > 1 else _place(inbox, newest),
        ),
        because=_("Nhắc bạn với tư cách %(capacity)s: %(body)s.")
        % {
            "capacity": _capacity(visit, newest),
            "body": inbox.names.body(newest.body),
        },
        unread=unread,
        clause=_clause(visit, newest, rulebook),
        earlier=_earlier(visit, said),
        bodies=tuple(
            Link(label=f"{inbox.names.body(body)} ({one.items})", href=_place(inbox, one))
            for body, one in sorted(last.items(), key=lambda entry: name_key(inbox.names.body(entry[0])))
        )
        if len(last) > 1
        else (),
        put_aside=_put_aside(inbox, newest),
        paused=_paused(visit, sum(one.paused for one in last.values()) if newest.is_owed else 0),
        read=ActionForm(action=f"/inbox/{newest.id}/reading", submit=_("Đánh dấu đã đọc"), fields=(numbers,))
        if unread
        else None,
        bring_back=ActionForm(
            action=f"/inbox/{newest.id}/return", submit=_("Nhắc lại từ hôm nay"), fields=(numbers,)
        )
        if newest.is_owed and newest.snoozed_until is not None
        else None,
        snooze=_snooze_form(visit, newest, numbers, typed) if snoozable or typed else None,
        open=typed is not None,
    )


def _where(inbox: _Inbox, last: Mapping[str, Notice]) -> str:
    if len(last) == 1:
        return inbox.names.body(next(iter(last)))
    words = inbox.visit.words
    return words.ngettext("%(num)d tổ chức", "%(num)d tổ chức", len(last)) % {"num": len(last)}


def _place(inbox: _Inbox, notice: Notice) -> str:
    return place_of(notice, inbox.own.get((notice.campaign, notice.organisation), ""))


def _earlier(visit: Visit, said: Sequence[Notice]) -> tuple[str, ...]:
    """Each day on which it was said before, newest first, once however many bodies it was said of."""
    newest = (said[0].noticed_on, said[0].rung)
    days = dict.fromkeys((one.noticed_on, one.rung) for one in said)
    return tuple(
        f"{day(on)}: {rung_words(rung, visit.language)}" for on, rung in days if (on, rung) != newest
    )


def _rung(visit: Visit, notice: Notice) -> StatusText:
    """How near the date is, as the newest reminder said it, and that nobody swept on its day."""
    _ = visit.words.gettext
    if not notice.is_owed:
        return StatusText(tone="done", text=_("Không còn phải làm"))
    step = notice.rung.partition(":")[0]
    tone: Tone = "late" if _is_overdue(notice, visit.today) else "waiting" if step == BEFORE else "risk"
    text = _capital(rung_words(notice.rung, visit.language))
    if notice.noticed_on != visit.today:
        text = _("%(day)s: %(rung)s") % {"day": day(notice.noticed_on), "rung": text}
    if notice.is_late:
        text = _("%(rung)s (nhắc muộn, lẽ ra ngày %(day)s)") % {"rung": text, "day": day(notice.rung_on)}
    return StatusText(tone=tone, text=text)


def _capacity(visit: Visit, notice: Notice) -> str:
    vi, en = CAPACITIES.get(notice.capacity, (notice.capacity, notice.capacity))
    return en if visit.language == "en" else vi


def _clause(visit: Visit, notice: Notice, rulebook: Rulebook) -> Clause | None:
    rule = next((rule for rule in rulebook.rules if rule.id == notice.rule), None)
    return None if rule is None else cited_rule(rule, rulebook, visit.language)


def _paused(visit: Visit, paused: int) -> str:
    """Suspended reviews keep their dates in every regime (C-34), so they are reminded of, and it says why."""
    if not paused:
        return ""
    said = visit.words.ngettext(
        "%(num)d trong số đó đang tạm dừng; thời hạn vẫn chạy.",
        "%(num)d trong số đó đang tạm dừng; thời hạn vẫn chạy.",
        paused,
    )
    return said % {"num": paused}


def _put_aside(inbox: _Inbox, notice: Notice) -> str:
    if notice.snoozed_until is None or not notice.is_owed:
        return ""
    _ = inbox.visit.words.gettext
    return _("Để lại đến %(day)s: %(reason)s") % {
        "day": day(notice.snoozed_until),
        "reason": inbox.reasons.get(_item_of(notice), ""),
    }


def _snooze_form(visit: Visit, notice: Notice, numbers: FormField, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    errors = typed.errors if typed else {}
    return ActionForm(
        action=f"/inbox/{notice.id}/snoozes",
        submit=_("Để lại"),
        fields=(
            numbers,
            FormField(
                name="until",
                label=_("Nhắc lại từ ngày"),
                kind="day",
                value=typed.raw("until") if typed else "",
                hint=_("Muộn nhất %(day)s, ngày an toàn cuối.") % {"day": day(notice.safe_on)},
                error=errors.get("until", ""),
                required=True,
            ),
            FormField(
                name="reason",
                label=_("Lý do"),
                value=typed.raw("reason") if typed else "",
                error=errors.get("reason", ""),
                required=True,
            ),
        ),
    )


def _undo(visit: Visit, item: InboxItem) -> Undo | None:
    """The way back from what was just put aside."""
    if item.bring_back is None:
        return None
    _ = visit.words.gettext
    form = replace(item.bring_back, submit=_("Hoàn tác"))
    return Undo(said=_("%(task)s: đã để lại.") % {"task": item.task}, form=form)


def _nothing(visit: Visit) -> EmptyState:
    _ = visit.words.gettext
    return EmptyState(
        icon="inbox",
        title=_("Chưa có nhắc việc nào"),
        text=_(
            "Khi một bước sắp đến hạn, người chịu trách nhiệm được nhắc ở đây: việc gì, của chi bộ nào, đến "
            "ngày nào, theo điều khoản nào. Quá hạn mà chưa xong thì cấp trên cũng được báo."
        ),
        link=Link(label=_("Cách nhắc tôi"), href="/inbox/settings"),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
