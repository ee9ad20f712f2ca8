"""Reminding all bodies that match a board's filters: what follows, before; an outcome a body, after."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from api.board_filter import Wanted
from api.pages.board_page import Board, may_remind, read_board
from api.pages.board_words import bodies_words, filter_words
from api.pages.campaigns import campaign_of, visible
from api.pages.format import clock_time, day
from api.pages.views import Frame, Link, StatusText
from api.pages.views_board import ReminderLine, RemindersPage, ReminderSum
from api.pages.visits import Visit
from handlers.boards.reminding import Reminder, next_reminders, remind
from handlers.names import Names, names_on
from handlers.reminding.capacities import NAMES as CAPACITIES
from handlers.season.remembered import settled_before
from handlers.telling.owed import task
from workflow.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Asked:
    """All that match, with what each owes next and who answers for it. `mark` is another one for others."""

    frame: Frame
    board: Board
    wanted: Wanted
    reminders: Mapping[str, Sequence[Reminder]]
    names: Names

    @property
    def bodies(self) -> list[str]:
        """The bodies that match, in the order of the board."""
        return [row.body.body for row in self.board.found.kept]

    @property
    def mark(self) -> str:
        """Which bodies these are."""
        return hashlib.sha256("\n".join(sorted(self.bodies)).encode()).hexdigest()[:24]

    @property
    def here(self) -> str:
        """The address of the page before, with the filters."""
        return self.wanted.address(f"{self.board.base}/reminders")


def asked(visit: Visit, campaign_id: str, wanted: Wanted) -> Asked:
    """What would be told to whom. NotFound where this visitor may have nobody reminded, or not now."""
    settled = settled_before(visit.service.database)
    with visit.service.database.read() as connection:
        return _read(connection, visit, campaign_id, wanted, settled)


def _read(
    connection: Connection, visit: Visit, campaign_id: str, wanted: Wanted, settled: int | None
) -> Asked:
    campaign, rulebook = campaign_of(connection, visit.service, campaign_id)
    if not visible(campaign) or not may_remind(visit, campaign):
        raise NotFound("campaign", campaign_id)
    frame = visit.frame(connection, "board", campaign=campaign, rulebook=rulebook)
    board = read_board(connection, visit, campaign, rulebook, wanted, settled)
    bodies = [row.body.body for row in board.found.kept]
    found = next_reminders(connection, campaign_id, wanted.kind, bodies, visit.today)
    by_body: dict[str, list[Reminder]] = {}
    for one in found:
        by_body.setdefault(one.organisation, []).append(one)
    names = names_on(connection, visit.today, people={one.recipient for one in found})
    return Asked(frame=frame, board=board, wanted=wanted, reminders=by_body, names=names)


def before_page(visit: Visit, here: Asked, *, changed: bool = False) -> RemindersPage:
    """What follows if it is confirmed: how many people, of which bodies, of what. Nothing is sent yet."""
    words, of_party = visit.words, here.board.of_party
    _ = words.gettext
    lines = [_before_line(visit, here, name) for name in here.bodies]
    people = {one.recipient for one in _new(here)}
    bodies = {one.organisation for one in _new(here)}
    title = (
        _("Nhắc %(bodies)s?") % {"bodies": bodies_words(len(bodies), words, of_party=of_party)}
        if people
        else _("Không có ai để nhắc lúc này")
    )
    return RemindersPage(
        frame=here.frame,
        crumbs=_crumbs(visit, here),
        title=title,
        lead=filter_words(here.wanted, words, of_party=of_party),
        of_party=of_party,
        matching=len(here.bodies),
        people=len(people),
        sums=tuple(_sums(visit, _new(here))),
        lines=tuple(lines),
        problem=_("Danh sách khớp bộ lọc đã đổi từ lúc đồng chí mở trang này. Xem lại rồi gửi.")
        if changed
        else "",
        action=here.here if people else "",
        mark=here.mark,
        command_id=secrets.token_hex(16),
        back=Link(label=_("Quay lại tiến độ"), href=here.wanted.address(here.board.base)),
    )


def send(visit: Visit, campaign_id: str, wanted: Wanted, mark: str) -> tuple[RemindersPage, int]:
    """Remind them, once a person, step and day; the page after, and its status. 409 where other bodies match
    now than those looked at: then nobody was reminded.
    """
    here = asked(visit, campaign_id, wanted)
    if mark != here.mark:
        return before_page(visit, here, changed=True), 409
    with visit.service.database.write() as connection:
        everyone = [one for several in here.reminders.values() for one in several]
        written = remind(connection, campaign_id, everyone, visit.today, visit.now)
    return _after_page(visit, here, written), 200


def _after_page(visit: Visit, here: Asked, written: Mapping[str, bool]) -> RemindersPage:
    words, of_party = visit.words, here.board.of_party
    _ = words.gettext
    lines = [_after_line(visit, here, name, written) for name in here.bodies]
    lines.sort(key=lambda line: line.state.tone == "done")
    told = {one.recipient for several in here.reminders.values() for one in several if written[one.key]}
    done = sum(1 for line in lines if line.state.tone == "done")
    title = _("Đã nhắc %(bodies)s") % {"bodies": bodies_words(done, words, of_party=of_party)}
    return RemindersPage(
        frame=here.frame,
        crumbs=_crumbs(visit, here),
        title=title if done else _("Không nhắc thêm ai"),
        lead=filter_words(here.wanted, words, of_party=of_party),
        of_party=of_party,
        done=True,
        matching=len(lines),
        people=len(told),
        lines=tuple(lines),
        back=Link(label=_("Quay lại tiến độ"), href=here.wanted.address(here.board.base)),
    )


def _new(here: Asked) -> list[Reminder]:
    """What nobody was told yet today."""
    every = (one for several in here.reminders.values() for one in several)
    return [one for one in every if one.recipient and one.told_at is None]


def _sums(visit: Visit, reminders: Iterable[Reminder]) -> Iterable[ReminderSum]:
    """The steps that are reminded of, each once, with how many bodies owe it and until when."""
    found: dict[tuple[str, str, str], list[Reminder]] = {}
    for one in reminders:
        found.setdefault((one.safe_on.isoformat(), one.gate, one.kind), []).append(one)
    for (_, gate, kind), several in sorted(found.items()):
        items = {one.organisation: one.items for one in several}
        yield ReminderSum(
            task=task(gate, kind, sum(items.values()), visit.language),
            bodies=len(items),
            people=len({one.recipient for one in several}),
            safe=min(one.safe_on for one in several),
            last=max(one.due_on for one in several),
        )


def _before_line(visit: Visit, here: Asked, name: str) -> ReminderLine:
    _ = visit.words.gettext
    several = here.reminders.get(name, ())
    if not _people(several):
        return _line(visit, here, name, _no_one(visit, several))
    new = [one for one in several if one.told_at is None]
    if not new:
        return _line(visit, here, name, _told_already(visit, several))
    return _line(visit, here, name, StatusText(tone="waiting", text=_("sẽ nhắc")))


def _after_line(visit: Visit, here: Asked, name: str, written: Mapping[str, bool]) -> ReminderLine:
    _ = visit.words.gettext
    several = here.reminders.get(name, ())
    if not _people(several):
        return _line(visit, here, name, _no_one(visit, several))
    if any(written[one.key] for one in several):
        return _line(visit, here, name, StatusText(tone="done", text=_("đã nhắc")))
    return _line(visit, here, name, _told_already(visit, several))


def _no_one(visit: Visit, several: Sequence[Reminder]) -> StatusText:
    _ = visit.words.gettext
    if several:
        why = _("chưa nhắc: danh sách không có ai phụ trách, cả cấp trên cũng không. Cập nhật chức vụ trước.")
        return StatusText(tone="refused", text=why)
    return StatusText(tone="none", text=_("không nhắc: không còn việc nào có hạn"))


def _told_already(visit: Visit, several: Sequence[Reminder]) -> StatusText:
    _ = visit.words.gettext
    at = max((one.told_at for one in several if one.told_at is not None), default=None)
    if at is None:
        return StatusText(tone="none", text=_("không nhắc thêm: người khác vừa nhắc"))
    return StatusText(
        tone="none", text=_("không nhắc thêm: hôm nay đã nhắc lúc %(at)s") % {"at": clock_time(at)}
    )


def _line(visit: Visit, here: Asked, name: str, state: StatusText) -> ReminderLine:
    several = here.reminders.get(name, ())
    first = several[0] if several else None
    return ReminderLine(
        name=here.board.found.tree.name(name),
        href=f"{here.board.base}/o/{name}",
        people=tuple(_person(visit, here, one) for one in _people(several)),
        task=task(first.gate, first.kind, first.items, visit.language) if first else "",
        until=day(first.safe_on) if first else "",
        state=state,
    )


def _people(several: Sequence[Reminder]) -> list[Reminder]:
    return [one for one in several if one.recipient]


def _person(visit: Visit, here: Asked, one: Reminder) -> str:
    vi, en = CAPACITIES.get(one.capacity, ("", ""))
    capacity = en if visit.language == "en" else vi
    name = here.names.person(one.recipient)
    return f"{name} ({capacity})" if capacity else name


def _crumbs(visit: Visit, here: Asked) -> tuple[Link, ...]:
    _ = visit.words.gettext
    return (
        Link(label=_("Tiến độ"), href=here.wanted.address(here.board.base)),
        Link(label=_("Nhắc"), href=""),
    )
