"""Due dates of a campaign with their basis, read off the rules of its rulebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, cast

from workflow.days import ONE_DAY, ZONE, Calendar, Word, last_good_day
from workflow.rules.facts import VOCABULARY, Facts
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook

YEARLY, FIXED, HOUSE = "yearly", "fixed", "house"
BEFORE_MEETING, UNIT_DAY, NEXT_MEETING = "before_meeting", "unit_day", "next_meeting"
REPLY, REMEDY = "reply", "remedy"
BASES: Final = (YEARLY, FIXED, BEFORE_MEETING, UNIT_DAY, NEXT_MEETING, REPLY, REMEDY, HOUSE)

BEFORE: Final = "before"
AT_LATEST: Final = "at_latest"

BEFORE_A_RECORDED_DAY = "strictly_before@1"
SET_FROM_A_DAY = "set_from_yearly_day@1"
WORKING_DAYS, CALENDAR_DAYS = "working_days_before@1", "calendar_days_before@1"

DRAFT_SENT, SUPERIOR_TOLD = "draft.sent_on", "notice.superior_on"
WITH_DOCUMENTS = "notice.superior_attachments"
NOTICES: Final[Mapping[str, str]] = {DRAFT_SENT: "send_draft", SUPERIOR_TOLD: "notify_superior"}
"""The step that is done by the day a notice rule reads."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DueDate:
    """One deadline: what must pass `gate` by the end of `last_good_day` (counted).

    `last_safe_day` is the last working day up to it, for reminders (C-06); of a notice of n working days, the
    day of n + 1 (C-01). `stated_day` and `word` are as the clause writes them, `hour` ("15:00",
    Asia/Ho_Chi_Minh) where it names one for that day. `when` narrows whom it is for, as in the rule. `basis`
    is one of BASES. `provisional` says that a day that counted for it is not decreed yet.
    """

    rule: str
    cite: str
    gate: str
    kinds: tuple[str, ...]
    stated_day: date
    word: str
    last_good_day: date
    last_safe_day: date
    when: Mapping[str, Any]
    basis: str
    provisional: bool
    hour: str = ""

    @property
    def ends_at(self) -> datetime:
        """The first instant that no longer meets it, in UTC."""
        return ends_at(self.last_good_day, self.word, self.hour)


def ends_at(last: date, word: str, hour: str = "") -> datetime:
    """The first instant, in UTC, that no longer meets a deadline whose last good day is `last`.

    Without an hour that is midnight after the day at +07:00. `before` 15:00 ends at 15:00; `at_latest` 15:00
    takes the whole minute in and ends at 15:01 (C-05, C-43).
    """
    if not hour:
        ending = datetime.combine(last + ONE_DAY, time(), ZONE)
    else:
        ending = datetime.combine(last, time.fromisoformat(hour), ZONE)
        if word != BEFORE:
            ending += timedelta(minutes=1)
    return ending.astimezone(UTC)


def due_dates(
    rulebook: Rulebook, campaign_year: int, calendar: Calendar | None = None
) -> tuple[DueDate, ...]:
    """The dated deadlines of an assessment year, earliest first, by the rulebook's calendar or another.

    DayOutsideCalendar when the calendar does not hold the year they fall in.
    """
    rules = {
        rule.id: rule
        for kind in ("collective", "individual", "organisation")
        for rule in rulebook.rules_of(Role.DEADLINE, kind)
        if "day" in rule.parameters and (not rule.assessment_years or campaign_year in rule.assessment_years)
    }
    days = calendar or rulebook.calendar
    return _in_order(
        _dated(days, rule, gate, campaign_year) for rule in rules.values() for gate in rule.gates
    )


def _dated(calendar: Calendar, rule: Rule, gate: str, campaign_year: int) -> DueDate:
    given = rule.parameters
    yearly = "month" in given
    if yearly:
        stated = date(campaign_year + given.get("years_after", 1), given["month"], given["day"])
    else:
        stated = given["day"]
    hour = given.get("hour", "")
    # an hour is what ends: "before 15:00 of the 13th" still leaves the 13th
    last = stated if hour else last_good_day(cast(Word, given["word"]), stated)
    when = {**rule.when, **({given["unless"]: False} if "unless" in given else {})}
    return _due(
        rule,
        gate,
        stated,
        last,
        calendar.last_working_day_up_to(last),
        calendar,
        basis=YEARLY if yearly else FIXED,
        word=given["word"],
        hour=hour,
        when=when,
    )


def own_due_dates(
    rulebook: Rulebook, kind: str, facts: Facts, calendar: Calendar | None = None
) -> tuple[DueDate, ...]:
    """The deadlines a review has from a day that was recorded for its unit, such as a summing-up (C-62).

    Acts of the review come before that day, which is left out; nothing while the day is not known.
    """
    days = calendar or rulebook.calendar
    found: list[DueDate] = []
    for rule in rulebook.rules:
        later = rule.parameters.get("later") if rule.condition == BEFORE_A_RECORDED_DAY else None
        stated = facts.value(later) if isinstance(later, str) and kind in rule.kinds else None
        if not isinstance(stated, date) or not VOCABULARY[str(later)].recordable:
            continue
        last = last_good_day(BEFORE, stated)
        safe = days.last_working_day_up_to(last)
        found.extend(
            _due(rule, gate, stated, last, safe, days, basis=UNIT_DAY, word=BEFORE) for gate in rule.gates
        )
    return _in_order(found)


def notice_due_dates(
    rulebook: Rulebook, kind: str, meeting: date, calendar: Calendar | None = None
) -> tuple[DueDate, ...]:
    """What is out before a meeting on this day: the draft, and the notice to the superior (C-01, C-02).

    The meeting day is not counted, the day of sending is. Where the superior gets the drafts with the notice,
    they are ready by the earlier of the two days (C-37). DayOutsideCalendar as in `due_dates`.
    """
    days = calendar or rulebook.calendar
    found: list[DueDate] = []
    for rule in rulebook.rules_at("plan_session", kind):
        given = rule.parameters
        gate = NOTICES.get(str(given.get("earlier", "")))
        if gate is None or given.get("later") != "meeting.day":
            continue
        if rule.condition == WORKING_DAYS:
            n = given["working_days_min"]
            last = days.nth_working_day_before(meeting, n)
            safe = days.last_working_day_up_to(days.nth_working_day_before(meeting, n + 1))
        elif rule.condition == CALENDAR_DAYS:
            last = meeting - timedelta(days=given["days_min"])
            safe = days.last_working_day_up_to(last)
        else:
            continue
        found.append(_due(rule, gate, meeting, last, safe, days, basis=BEFORE_MEETING, word=AT_LATEST))
    found.extend(_ready_for(rulebook, kind, found))
    return _in_order(found)


def _ready_for(rulebook: Rulebook, kind: str, notices: list[DueDate]) -> Iterator[DueDate]:
    """The draft is ready for whichever goes out first, where the superior's notice carries it (C-37)."""
    for rule in rulebook.rules_at("notify_superior", kind):
        if rule.parameters.get("fact") != WITH_DOCUMENTS or not notices:
            continue
        first = min(notices, key=lambda due: (due.last_good_day, due.gate))
        yield DueDate(
            rule=rule.id,
            cite=rule.cite,
            gate="prepare",
            kinds=rule.kinds,
            stated_day=first.stated_day,
            word=AT_LATEST,
            last_good_day=first.last_good_day,
            last_safe_day=min(due.last_safe_day for due in notices),
            when=rule.when,
            basis=BEFORE_MEETING,
            provisional=first.provisional,
        )


def asked_due_dates(
    rulebook: Rulebook, campaign_year: int, calendar: Calendar | None = None
) -> tuple[tuple[str, DueDate], ...]:
    """Days a unit has to set for itself, by the fact that holds each, with the day it is asked for (C-62).

    No clause dates the asking: the basis is the house's, and nothing is reminded before that day.
    """
    days = calendar or rulebook.calendar
    found = []
    for rule in rulebook.rules:
        if rule.condition == SET_FROM_A_DAY:
            given = rule.parameters
            asked = date(campaign_year, given["month"], given["day"])
            safe = days.last_working_day_up_to(asked)
            due = _due(rule, "set_unit_day", asked, asked, safe, days, basis=HOUSE, word=AT_LATEST)
            found.append((str(given["fact"]), due))
    return tuple(found)


def _due(
    rule: Rule,
    gate: str,
    stated: date,
    last: date,
    safe: date,
    calendar: Calendar,
    *,
    basis: str,
    word: str,
    hour: str = "",
    when: Mapping[str, Any] | None = None,
) -> DueDate:
    return DueDate(
        rule=rule.id,
        cite=rule.cite,
        gate=gate,
        kinds=rule.kinds,
        stated_day=stated,
        word=word,
        last_good_day=last,
        last_safe_day=safe,
        when=rule.when if when is None else when,
        basis=basis,
        # a notice is counted back from the meeting: the days up to it decide too
        provisional=calendar.is_provisional_between(safe, stated if basis == BEFORE_MEETING else last),
        hour=hour,
    )


def _in_order(found: Iterator[DueDate] | list[DueDate]) -> tuple[DueDate, ...]:
    return tuple(sorted(found, key=lambda due: (due.last_good_day, due.rule)))
