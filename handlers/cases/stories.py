"""Reads the stories of a file: a roster, a campaign, and dated steps with what is expected of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from handlers.cases.checks import Check, read_check
from handlers.cases.facts import near
from handlers.cases.judged import Case
from handlers.cases.names import Names
from handlers.cases.orders import BY_STEP, Orders
from handlers.cases.places import Notes, Place
from handlers.cases.reading import CaseFile
from handlers.cases.roster import ShortRoster
from handlers.cases.tables import Reader, Table
from handlers.roster.problems import RosterProblem
from workflow import clock
from workflow.commands.asking import Actor, Command
from workflow.commands.campaign import PlanCampaign
from workflow.errors import Refusal
from workflow.rules.rulebook import Rulebook

OPEN, ROSTER = "open_campaign", "change_roster"
BY_HAND = {OPEN: "officer", ROSTER: "officer", "plan_campaign": "officer", "close_campaign": "officer"}
"""Steps that are the officer's where nobody else is named."""

SETTING_KEYS = (
    "year", "period", "quarter", "campaign", "organisation", "superior", "opened", "roster_day",
    "organisations", "people", "names", "step", "setting",
)  # fmt: skip
STORY_KEYS = ("name", "because", "shows", *SETTING_KEYS)
STEP_KEYS = ("at", "by", "because", "expect", "check", "key", "version")
EXPECT_KEYS = ("refused", "says", "warnings", "rows", "repeated")
ROSTER_KEYS = ("on", "organisations", "people", "gone")
ACCEPTED, REFUSED, DONE = "accepted", "refused", "done"


@dataclass(frozen=True, kw_only=True)
class Expect:
    """What a step has to come to. `rules` and `warnings` are whole sets; None where nothing is said."""

    accepted: bool = True
    why: str | None = None
    rules: Mapping[str, str | None] | None = None
    says: tuple[str, ...] = ()
    warnings: frozenset[str] | None = None
    rows: Mapping[str, Any] | None = None
    repeated: bool | None = None


@dataclass(frozen=True, kw_only=True)
class RosterChange:
    """Lines that join the roster, or leave it, from a day on: the whole roster as it stands then."""

    on: date
    roster: ShortRoster


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A planned campaign is opened, with as many batches as it takes."""

    campaign: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: when, who, what, and what has to come of it."""

    place: Place
    at: datetime | None
    actor: Actor | None
    orders: tuple[Command | RosterChange | Opening, ...]
    expect: Expect
    checks: tuple[Check, ...] = ()
    key: str | None = None
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class Story(Case):
    """A whole story, ready to be lived."""

    name: str
    campaign: str
    rulebook: Rulebook
    steps: tuple[Step, ...] = field(default=())


def read_stories(file: CaseFile, notes: Notes) -> Iterator[Story]:
    """The stories of a file; what is wrong with one is noted, and it is left out."""
    assert file.rulebook is not None, "a file without a rulebook has no stories"
    for table in file.stories:
        found = len(notes.problems)
        story = _Teller(file, table, notes).read()
        if len(notes.problems) == found:
            yield story


class _Teller:
    """Reads one story from its beginning: the roster and the day move on with the steps."""

    def __init__(self, file: CaseFile, table: Table, notes: Notes) -> None:
        assert file.rulebook is not None
        self.book, self.notes = file.rulebook, notes
        self.reader = Reader(table.place, table.content, table.lines, notes, table.path)
        self.reader.only(STORY_KEYS)
        self.readers = [*self._settings(file, self.reader, ()), self.reader]
        self.now: datetime | None = None

    def _settings(self, file: CaseFile, reader: Reader, seen: tuple[str, ...]) -> list[Reader]:
        """What a story begins with, the outermost setting first; a setting may begin with another."""
        name = reader.one_of("setting", tuple(file.settings))
        if name is None:
            return []
        if name in seen:
            reader.say(f"bối cảnh “{name}” dựa vào chính nó.", f"the setting “{name}” rests on itself.")
            return []
        table = file.settings[name]
        setting = Reader(table.place, table.content, table.lines, self.notes, table.path)
        setting.only(SETTING_KEYS)
        return [*self._settings(file, setting, (*seen, name)), setting]

    def read(self) -> Story:
        """The story; what is wrong has been noted."""
        year = self._first("year", "number")
        opened = self._first("opened", "day")
        organisation = self._first("organisation", "text")
        if organisation is None or year is None:
            self.reader.missing("organisation" if organisation is None else "year")
        campaign = self._first("campaign", "text") or str(year)
        roster = ShortRoster()
        for reader in self.readers:
            roster.tell(reader.texts("organisations"), reader.texts("people"), (), reader.say)
        if organisation is not None and organisation not in roster.organisations:
            self.reader.say(
                f"tổ chức “{organisation}” không có trong danh sách organisations.",
                f"the organisation “{organisation}” is not among organisations.",
            )
        aliases = {key: value for reader in self.readers for key, value in reader.mapping("names").items()}
        self.names = Names(
            campaign, organisation or "", self._first("superior", "text") or "", roster, self.book, aliases
        )
        steps: list[Step] = []
        if opened is not None and year is not None:
            steps += self._begin(opened, year)
        for reader in self.readers:
            for table in reader.tables("step"):
                steps.append(self._step(reader.at(table)))
        return Story(
            place=self.reader.table.place,
            because=self.reader.text("because") or "",
            shows=self.reader.texts("shows"),
            name=self.reader.text("name") or "",
            campaign=campaign,
            rulebook=self.book,
            steps=tuple(steps),
        )

    def _first(self, key: str, kind: str) -> Any:
        """A value of the story, else of the nearest setting that has it."""
        for reader in reversed(self.readers):
            if key in reader.table.content:
                return getattr(reader, kind)(key)
        return None

    def _begin(self, opened: date, year: int) -> Iterator[Step]:
        """The roster is entered, the campaign planned and opened, all on the day of the opening."""
        self.now = datetime.combine(opened, time(8), clock.ZONE)
        place = self.reader.table.place
        actor = self.names.actor("officer", {}, self.reader.say)
        plan = PlanCampaign(
            campaign=self.names.campaign,
            year=year,
            period=self._first("period", "text")
            or ("quarter" if self._first("quarter", "number") else "year"),
            quarter=self._first("quarter", "number"),
            rulebook=self.book.id,
            organisation=self.names.organisation,
            superior=self.names.superior,
            roster_day=self._first("roster_day", "day") or opened,
        )
        entered = RosterChange(on=plan.roster_day, roster=self.names.roster.copy())
        opening = Opening(campaign=self.names.campaign)
        for what, order in (("roster", entered), ("plan_campaign", plan), (OPEN, opening)):
            yield Step(place=place.inside(what), at=self.now, actor=actor, orders=(order,), expect=Expect())

    def _step(self, reader: Reader) -> Step:
        does = [key for key in reader.table.content if key not in STEP_KEYS]
        place = reader.table.place.inside(*does)
        reader = reader.at(Table(place, reader.table.content, reader.table.path, reader.table.lines))
        known = (*BY_STEP, OPEN, ROSTER)
        for unknown in [key for key in does if key not in known]:
            reader.say(
                f"không có bước “{unknown}”.{near(unknown, known, 'vi')} Các bước có trong docs/cases.md.",
                f"there is no step “{unknown}”.{near(unknown, known, 'en')} docs/cases.md lists them.",
            )
        if len(does) > 1:
            reader.say(
                f"một bước chỉ làm một việc, ở đây có: {', '.join(does)}.",
                f"a step does one thing, here are: {', '.join(does)}.",
            )
        if not does and not {"at", "check"} & set(reader.table.content):
            reader.say("bước này không làm gì.", "this step does nothing.")
        at = self._moment(reader)
        what = does[0] if len(does) == 1 and does[0] in known else ""
        told = reader.mapping(what) if what else {}
        by = reader.text("by") or BY_HAND.get(what, "secretary")
        actor = self.names.actor(by, told, reader.say) if what else None
        orders = self._orders(what, told, reader)
        for order in orders:
            self._remember(order)
        if isinstance(reader.value("check"), list):
            found = reader.items("check")
        else:
            found = [reader.mapping("check")] if "check" in reader.table.content else []
        checks = [
            read_check(reader.below_value(f"check {number}", content), self.names, self.book)
            for number, content in enumerate(found, start=1)
        ]
        return Step(
            place=place,
            at=at,
            actor=actor,
            orders=tuple(orders),
            expect=self._expect(reader),
            checks=tuple(check for check in checks if check is not None),
            key=reader.text("key"),
            version=reader.number("version"),
        )

    def _moment(self, reader: Reader) -> datetime | None:
        value = reader.value("at")
        if value is None:
            if self.now is None:
                reader.missing("at")
            return None
        moment = _moment_of(value)
        if moment is None:
            reader.say(
                f'at = {value} không phải là lúc nào cả; viết 2017-01-10 hoặc "2017-01-10 14:00".',
                f'at = {value} is no moment; write 2017-01-10 or "2017-01-10 14:00".',
            )
            return None
        if isinstance(value, date) and not isinstance(value, datetime) and self.now is not None:
            moment = max(moment, self.now) if self.now.date() == value else moment
        if self.now is not None and moment < self.now:
            reader.say(
                f"at = {value} sớm hơn bước trước ({self.now:%d/%m/%Y %H:%M}); chuyện kể theo thời gian.",
                f"at = {value} is earlier than the step before ({self.now:%d/%m/%Y %H:%M}); "
                "a story is told forwards.",
            )
        self.now = moment
        return moment

    def _orders(
        self, what: str, told: Mapping[str, Any], reader: Reader
    ) -> list[Command | RosterChange | Opening]:
        if not what or self.now is None:
            return []
        inner = reader.below_value("", told)
        if what == OPEN:
            inner.only(("campaign",))
            return [Opening(campaign=inner.text("campaign") or self.names.campaign)]
        if what == ROSTER:
            inner.only(ROSTER_KEYS)
            self.names.roster.tell(
                inner.texts("organisations"), inner.texts("people"), inner.texts("gone"), reader.say
            )
            return [RosterChange(on=inner.day("on") or self.now.date(), roster=self.names.roster.copy())]
        orders = Orders(self.names, self.now.date(), reader.say)
        return list(orders.build(BY_STEP[what], told))

    def _remember(self, order: Command | RosterChange | Opening) -> None:
        """Whose a meeting, ballot or report is, so that later steps need not say it."""
        body = getattr(order, "organisation", None)
        if isinstance(body, str):
            for key in ("meeting", "ballot", "submission"):
                if hasattr(order, key):
                    self.names.places[getattr(order, key)] = body
        papers = getattr(order, "papers", None)
        if papers is not None and isinstance(body, str):
            self.names.places[str(getattr(order, "meeting", ""))] = body

    def _expect(self, reader: Reader) -> Expect:
        value = reader.value("expect")
        if value is None or value == ACCEPTED:
            return Expect()
        if value == REFUSED:
            return Expect(accepted=False)
        if not isinstance(value, Mapping):
            reader.say(
                'expect phải là "accepted", "refused" hoặc { refused = […] }.',
                'expect has to be "accepted", "refused" or { refused = […] }.',
            )
            return Expect()
        inner = reader.below_value("expect", value)
        inner.only(EXPECT_KEYS)
        why, rules = self._refused(inner)
        rows = {
            review: outcome
            for name, outcome in inner.mapping("rows").items()
            for review in self.names.reviews(name, inner.say)
        }
        for outcome in rows.values():
            if isinstance(outcome, list):
                for rule in outcome:
                    inner.rule_known(str(rule), self.book)
        return Expect(
            accepted="refused" not in value,
            why=why,
            rules=rules,
            says=inner.texts("says"),
            warnings=frozenset(inner.rules("warnings", self.book)) if "warnings" in value else None,
            rows=rows or None,
            repeated=inner.flag("repeated"),
        )

    def _refused(self, inner: Reader) -> tuple[str | None, Mapping[str, str | None] | None]:
        """`refused = ["rule"]`, `{ rule = "unknown" }`, or the kind of refusal such as "WrongStage"."""
        value = inner.value("refused")
        if isinstance(value, str):
            inner.one_of("refused", kinds_of_refusal())
            return value, None
        if isinstance(value, list):
            return None, dict.fromkeys(inner.rules("refused", self.book))
        if isinstance(value, Mapping):
            return None, dict(inner.verdicts("refused", self.book))
        return None, None


def kinds_of_refusal() -> tuple[str, ...]:
    """Every way of being refused, by name."""
    found: list[str] = []
    waiting: list[type[Any]] = [Refusal, RosterProblem]
    while waiting:
        for one in waiting.pop().__subclasses__():
            found.append(one.__name__)
            waiting.append(one)
    return tuple(dict.fromkeys(sorted(found)))


def _moment_of(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=clock.ZONE)
    if isinstance(value, date):
        return datetime.combine(value, time(8), clock.ZONE)
    if isinstance(value, str):
        for form in ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%Y-%m-%d", "%d/%m/%Y"):
            try:
                found = datetime.strptime(value, form).replace(tzinfo=clock.ZONE)
            except ValueError:
                continue
            return found if "%H" in form else found.replace(hour=8)
    return None
