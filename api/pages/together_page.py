"""The same for many: the reports of a whole body are entered at once, each review with its own outcome.

A secretary with a pile of papers enters the pile, not twenty pages: who handed in what, which level each
gives himself, and facts that are the same for most.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from api.pages.cell_bundles import submit_command
from api.pages.cell_data import CellData
from api.pages.format import LEVELS, day
from api.pages.one_by_one import one_by_one
from api.pages.review_facts import by_topic, fact_field, recordable
from api.pages.review_offers import About, open_items
from api.pages.typed import Typed
from api.pages.views import Choice, FormField, Link, RefusalView
from api.pages.views_cell import TickedRow
from api.pages.views_review import FactGroup
from api.pages.views_together import TogetherForm, TogetherPage
from api.pages.visits import Visit
from handlers.next_acts import Outlook
from states import review as life
from workflow.commands.asking import Request, ReviewCommand
from workflow.decision import Situation, check_move
from workflow.errors import Refusal
from workflow.review import Review
from workflow.standing import facts_of

PREPARATIONS, SELF_RATINGS, FACTS = "preparations", "self-ratings", "facts"
WHAT = (PREPARATIONS, SELF_RATINGS, FACTS)
CHOSEN = "review"
CONFIRMED = "confirmed."
LEVEL = "level."


@dataclass(frozen=True)
class Bench:
    """The reviews a body runs, as they stand for this visitor."""

    visit: Visit
    cell: CellData

    @cached_property
    def situation(self) -> Situation:
        """Everything known about all of them, by one look."""
        request = Request(command=submit_command(self.cell, self.visit.today), actor=self.visit.acting)
        situation, _ = self.visit.service.engine.consider(request)
        return situation

    @cached_property
    def about(self) -> dict[str, About]:
        """Each review of the body, in the order of the agenda."""
        found = self.situation.reviews
        return {row.review: self._about(found[row.review]) for row in self.cell.own if row.review in found}

    def _about(self, review: Review) -> About:
        known = facts_of(review, self.situation.known(review.id))
        outlook = Outlook(review=review, situation=self.situation, moves=(), known=known)
        return About(
            outlook=outlook,
            rulebook=self.cell.rulebook,
            words=self.visit.words,
            today=self.visit.today,
            now=self.visit.now,
        )

    def open_to(self, trigger: str) -> tuple[str, ...]:
        """The reviews for which the table, the office and the flags allow this act now."""
        return tuple(name for name, about in self.about.items() if self._may(about, trigger))

    def _may(self, about: About, trigger: str) -> bool:
        try:
            check_move(self.situation, about.outlook.review, trigger)
        except Refusal:
            return False
        return True

    @cached_property
    def unprepared(self) -> tuple[str, ...]:
        """Reviews without a report, whoever they are about."""
        waiting = (life.OPEN, life.ANNULLED)
        return tuple(
            one for one in self.open_to("prepare") if self.about[one].outlook.review.stage in waiting
        )

    @cached_property
    def unrated(self) -> tuple[str, ...]:
        """Members who have not rated themselves yet, where the regime has them do so."""
        return tuple(
            one for one in self.open_to("rate_self") if self.about[one].outlook.review.self_level is None
        )

    def lacking(self, review: str) -> tuple[str, ...]:
        """The items of the checklist to be confirmed with the report that nobody has confirmed."""
        return tuple(
            str(rule.parameters["item"]) for rule in open_items(self.about[review]) if "prepare" in rule.gates
        )

    @cached_property
    def items(self) -> dict[str, str]:
        """Every item some unprepared review lacks, with its sentence."""
        found: dict[str, str] = {}
        for name in self.unprepared:
            for rule in open_items(self.about[name]):
                if "prepare" in rule.gates:
                    says = rule.says.in_language(self.visit.language)
                    found.setdefault(str(rule.parameters["item"]), says)
        return found

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The members whose facts may be recorded."""
        return tuple(
            one
            for one in self.open_to("record_fact")
            if self.about[one].outlook.review.kind == life.INDIVIDUAL
        )

    @cached_property
    def facts(self) -> dict[str, frozenset[str]]:
        """What some member may have recorded, in the order of the first who has it: fact -> members."""
        found: dict[str, set[str]] = {}
        for one in self.members:
            for name in recordable(self.about[one]):
                found.setdefault(name, set()).add(one)
        return {name: frozenset(who) for name, who in found.items()}

    def name(self, review: str) -> str:
        """Whom the review is about."""
        return self.visit.voice(self.cell.names, None).subject(review)


def together_page(
    bench: Bench,
    *,
    what: str = "",
    typed: Typed | None = None,
    rows: tuple[TickedRow, ...] = (),
    refusal: RefusalView | None = None,
) -> TogetherPage:
    """The page; `typed` is what was wrong with the form of `what`."""
    visit, cell = bench.visit, bench.cell
    _ = visit.words.gettext
    base = f"/c/{cell.campaign.id}/o/{cell.organisation}"
    with visit.service.database.read() as connection:
        frame = visit.frame(
            connection,
            "cell",
            campaign=cell.campaign,
            rulebook=cell.rulebook,
            organisation=cell.organisation,
        )
    made = (
        (PREPARATIONS, bench.unprepared, _preparations),
        (SELF_RATINGS, bench.unrated, _self_ratings),
        (FACTS, bench.members if bench.facts else (), _facts),
    )
    return TogetherPage(
        frame=frame,
        crumbs=(
            Link(label=_("Tiến độ"), href=f"/c/{cell.campaign.id}"),
            Link(label=cell.name, href=base),
        ),
        name=cell.name,
        back=base,
        forms=tuple(make(bench, typed if what == name else None) for name, who, make in made if who),
        rows=rows,
        refusal=refusal,
    )


def send_all(bench: Bench, commands: Iterable[ReviewCommand], key: str) -> tuple[TickedRow, ...]:
    """Each command by itself; one that is refused leaves the others done. Sent twice, none is done twice."""
    return one_by_one(bench.visit, bench.cell.names, keyed(bench, commands, key))


def keyed(bench: Bench, commands: Iterable[ReviewCommand], key: str) -> Iterator[tuple[str, ReviewCommand]]:
    """Each command with the idempotency key it has in the form of this key."""
    places = {review: number for number, review in enumerate(bench.about)}
    return ((f"{key}-{places[one.review]}", one) for one in commands)


def _preparations(bench: Bench, typed: Typed | None) -> TogetherForm:
    _ = bench.visit.words.gettext
    return TogetherForm(
        action=_action(bench, PREPARATIONS),
        command_id=secrets.token_hex(16),
        error=_error(typed),
        title=_("Đã có bản kiểm điểm"),
        text=_("Chọn những người, tập thể đã nộp. Mục xác nhận chỉ ghi cho ai còn thiếu mục ấy."),
        submit=_("Ghi đã chuẩn bị"),
        fields=(_day(bench, typed),),
        people=_people(bench, bench.unprepared, typed),
        confirmed=tuple(
            FormField(
                name=f"{CONFIRMED}{item}",
                label=says,
                kind="tick",
                value="on" if typed and typed.tick(f"{CONFIRMED}{item}") else "",
            )
            for item, says in bench.items.items()
        ),
    )


def _self_ratings(bench: Bench, typed: Typed | None) -> TogetherForm:
    _ = bench.visit.words.gettext
    return TogetherForm(
        action=_action(bench, SELF_RATINGS),
        command_id=secrets.token_hex(16),
        error=_error(typed),
        title=_("Mức từng người tự xếp"),
        text=_("Ghi theo bản tự kiểm điểm; để trống ai chưa tự xếp."),
        submit=_("Ghi mức tự xếp loại"),
        fields=(_day(bench, typed),),
        rows=tuple(_level(bench, one, typed) for one in bench.unrated),
    )


def _facts(bench: Bench, typed: Typed | None) -> TogetherForm:
    _ = bench.visit.words.gettext
    names = tuple(bench.facts)
    groups: list[FactGroup] = []
    for title, inside in by_topic(names):
        fields = tuple(fact_field(name, bench.visit.words, "", typed) for name in inside)
        filled = any(field.error or field.value for field in fields)
        groups.append(FactGroup(title=_(title), fields=fields, open=filled))
    return TogetherForm(
        action=_action(bench, FACTS),
        command_id=secrets.token_hex(16),
        error=_error(typed),
        title=_("Dữ kiện giống nhau ở nhiều đảng viên"),
        text=_(
            "Điền những giá trị chung, chọn những người có giá trị ấy. Ai khác thì ghi ở trang của người đó."
        ),
        submit=_("Ghi dữ kiện"),
        fields=(_day(bench, typed),),
        people=_people(bench, bench.members, typed),
        groups=tuple(groups),
    )


def _action(bench: Bench, what: str) -> str:
    return f"/c/{bench.cell.campaign.id}/o/{bench.cell.organisation}/together/{what}"


def _error(typed: Typed | None) -> str:
    return typed.errors.get(CHOSEN, "") if typed else ""


def _people(bench: Bench, reviews: tuple[str, ...], typed: Typed | None) -> tuple[Choice, ...]:
    chosen = set(typed.all(CHOSEN)) if typed else set()
    return tuple(Choice(value=one, label=bench.name(one), chosen=one in chosen) for one in reviews)


def _level(bench: Bench, review: str, typed: Typed | None) -> FormField:
    _ = bench.visit.words.gettext
    scale = bench.cell.rulebook.scale(bench.about[review].outlook.review.kind)
    name = f"{LEVEL}{review}"
    return FormField(
        name=name,
        label=bench.name(review),
        kind="select",
        quiet=True,
        value=typed.raw(name) if typed else "",
        error=typed.errors.get(name, "") if typed else "",
        choices=(
            Choice(value="", label=_("chưa tự xếp")),
            *(Choice(value=one, label=_(LEVELS[one])) for one in (scale.levels if scale else ())),
        ),
    )


def _day(bench: Bench, typed: Typed | None) -> FormField:
    return FormField(
        name="on",
        label=bench.visit.words.gettext("Ngày"),
        kind="day",
        required=True,
        value=typed.raw("on") if typed else day(bench.visit.today),
        error=typed.errors.get("on", "") if typed else "",
    )
