"""What the forms of a review may offer: levels, flags, rules, entries, as this review has them now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from api.pages.format import FLAGS, LEVELS, N_, day
from api.pages.views import Choice
from api.pages.words import Words
from handlers.next_acts import Outlook
from handlers.telling.voice import Voice
from states.flags import FLAGS as FLAG_NAMES
from workflow.rules.finding import Verdict
from workflow.rules.judge import judge_rule
from workflow.rules.rule import Rule
from workflow.rules.rulebook import Rulebook
from workflow.stages.beside import SET_BY_THE_SERVICE


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What a form may offer: the review, what it meets next, its rulebook, words, day and instant."""

    outlook: Outlook
    rulebook: Rulebook
    words: Words
    today: date
    now: datetime

    @property
    def language(self) -> str:
        """The language of the labels."""
        return self.words.language


def levels(about: About) -> tuple[Choice, ...]:
    """The levels of this kind's scale."""
    scale = about.rulebook.scale(about.outlook.review.kind)
    _ = about.words.gettext
    levels = scale.levels if scale else ()
    return (
        Choice(value="", label=_("Chọn mức")),
        *(Choice(value=one, label=_(LEVELS[one])) for one in levels),
    )


def sheets(about: About) -> tuple[Choice, ...]:
    """The sheets this review was voted on, newest first, with the papers as they were entered."""
    _ = about.words.gettext
    newest = reversed(about.outlook.review.motions)
    return tuple(
        Choice(
            value=motion.ballot,
            label=_("Phiếu %(sheet)s, ngày %(day)s: %(votes)s phiếu")
            % {"sheet": motion.ballot, "day": day(motion.on), "votes": motion.in_favour},
        )
        for motion in newest
    )


def levels_put(about: About) -> tuple[Choice, ...]:
    """The levels that were put to the vote in this round."""
    _ = about.words.gettext
    put = dict.fromkeys(motion.level for motion in reversed(about.outlook.review.motions))
    return tuple(Choice(value=level, label=_(LEVELS[level])) for level in put)


PROPOSERS: dict[str, str] = {
    "chi_uy": N_("Chi ủy"),
    "btv": N_("Ban thường vụ"),
    "secretary_and_deputy": N_("Bí thư và phó bí thư"),
}
"""Who may propose, in the words of the rules of the gate."""


def proposers(about: About) -> tuple[Choice, ...]:
    """The bodies that may propose."""
    _ = about.words.gettext
    return tuple(Choice(value=code, label=_(text)) for code, text in PROPOSERS.items())


def ticks_at(gate: str) -> Callable[[About], tuple[Choice, ...]]:
    """The items of the checklist a person still has to confirm at a gate."""

    def offered(about: About) -> tuple[Choice, ...]:
        return tuple(_item(about, rule) for rule in open_items(about) if gate in rule.gates)

    return offered


def items_to_tick(about: About) -> tuple[Choice, ...]:
    """Items not confirmed yet; those of the session are ticked in its minutes."""
    return tuple(_item(about, rule) for rule in open_items(about) if "hold_session" not in rule.gates)


def items_ticked(about: About) -> tuple[Choice, ...]:
    """Items somebody confirmed for the review as a whole."""
    ticked = about.outlook.review.ticked()
    rules = {
        str(rule.parameters["item"]): rule for rule in about.rulebook.items_of(about.outlook.review.kind)
    }
    return tuple(_item(about, rules[item]) for item in ticked if item in rules)


def open_items(about: About) -> Iterator[Rule]:
    """The rules of the checklist that are about this review and whose item nobody has confirmed."""
    for rule in about.rulebook.items_of(about.outlook.review.kind):
        if judge_rule(about.rulebook, rule, about.outlook.known).verdict in (Verdict.FAILS, Verdict.UNKNOWN):
            yield rule


def _item(about: About, rule: Rule) -> Choice:
    return Choice(value=str(rule.parameters["item"]), label=rule.says.in_language(about.language))


def flags_to_raise(about: About) -> tuple[Choice, ...]:
    """Flags set by hand that are not open."""
    _ = about.words.gettext
    open_now = about.outlook.review.flags
    by_hand = (code for code in FLAG_NAMES if code not in SET_BY_THE_SERVICE)
    return tuple(Choice(value=code, label=_(FLAGS[code])) for code in by_hand if code not in open_now)


def open_flags(about: About) -> tuple[Choice, ...]:
    """Flags set by hand that are open; the others close by what is recorded."""
    _ = about.words.gettext
    open_now = (code for code in about.outlook.review.flags if code not in SET_BY_THE_SERVICE)
    return tuple(Choice(value=code, label=_(FLAGS[code])) for code in open_now)


def rules_to_except(about: About) -> tuple[Choice, ...]:
    """The rules an exception may be given for: those that hold the review now."""
    review = about.outlook.review
    held = [rule for rules in review.flags.values() for rule in rules]
    held += [finding.rule for finding in about.outlook.missing]
    voice = Voice(language=about.language, rulebook=about.rulebook)
    return tuple(
        Choice(value=rule, label=voice.rule(rule)[:160])
        for rule in dict.fromkeys(held)
        if rule not in review.excepted
    )


def entries(about: About) -> tuple[Choice, ...]:
    """Everything that was entered by hand, with its value."""
    voice = Voice(language=about.language, rulebook=about.rulebook)
    return tuple(
        Choice(value=name, label=f"{voice.fact(name)}: {voice.value(name, value)}")
        for name, (value, _) in about.outlook.review.facts.items()
    )
