"""A comparison of two rulebooks as text and as data, the same in the terminal, the API and on the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from api.regulations import book_of
from api.wiring import Service
from handlers.comparing.results import NAMES, WORDS, Difference, Row, What
from handlers.comparing.run import Comparison
from states.levels import NAMES as LEVELS
from workflow.rules.coverage import PLACES
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import cited, label, sentence

KINDS: dict[str, tuple[str, str]] = {
    "individual": ("cá nhân", "individuals"),
    "collective": ("tập thể", "collectives"),
    "organisation": ("tổ chức", "organisations"),
}
TOLD_BY_DAY = (What.DUE, What.LATE, What.EARLY)
REVIEWS_MAX = 2_000
"""A larger campaign is compared from the command line, where nobody waits for a page."""
NAMED_MAX = 6
"""So many missing facts are named in one line; of more, how many others."""


def other_book(service: Service, name: str) -> Rulebook:
    """The rulebook to compare with: shipped, one's own, or one a campaign pinned. Raises NotFound."""
    return book_of(service, name)


def sentences(one: Difference, found: Comparison, language: str) -> tuple[str, ...]:
    """A difference for a person: what it is, then a sentence for each rule that decides."""
    book = found.own if one.of_own else found.other
    head = _head(one, found, language)
    reasons = tuple(sentence(finding, book, language) for finding in one.findings)
    if not reasons and one.rules and one.what is not What.MISSING:
        reasons = tuple(_rule(rule, book, one.cite, language) for rule in one.rules)
    if one.what is What.MISSING:
        reasons = tuple(_lacking(one, found, language))
    return head, *reasons


def _head(one: Difference, found: Comparison, language: str) -> str:
    text = name_of(one.what, language)
    if one.gate:
        text += f", {PLACES[one.gate].in_language(language)}"
    if one.own or one.other:
        text += f": {word(one.own, language)} → {word(one.other, language)}"
    if one.of_own and one.rules:
        text += _pick((" (theo quy định đang dùng)", " (by the rulebook in use)"), language)
    return text[:1].upper() + text[1:]


def _rule(rule: str, book: Rulebook, cite: str, language: str) -> str:
    try:
        known = book.rule(rule)
    except KeyError:
        return f"({cite})"
    return f"{known.says.in_language(language)} ({cited(known, language)})"


def _lacking(one: Difference, found: Comparison, language: str) -> Iterator[str]:
    if one.missing:
        yield _listed(
            ("Chưa ai ghi: ", "Nobody recorded: "), [label(n, language) for n in one.missing], language
        )
    if one.foreign:
        lead = ("Mức thuộc thang khác, không quy đổi: ", "Levels of another scale, not translated: ")
        yield _listed(lead, [label(name, language) for name in one.foreign], language)
    if one.unticked:
        says = [found.other.rule(rule).says.in_language(language).rstrip(".") for rule in one.unticked]
        yield _listed(("Chưa ai đánh dấu: ", "Nobody ticked: "), says, language)


def _listed(lead: tuple[str, str], names: list[str], language: str) -> str:
    more = len(names) - NAMED_MAX
    rest = _pick((f"; và {more} mục khác", f"; and {more} more"), language) if more > 0 else ""
    return f"{_pick(lead, language)}{'; '.join(names[:NAMED_MAX])}{rest}."


def word(value: str, language: str) -> str:
    """A level, a day or a word of a difference for a person; anything else as it is."""
    if value in LEVELS:
        return _pick(LEVELS[value], language)
    if value in WORDS:
        return _pick(WORDS[value], language)
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value or "–"


def name_of(what: What, language: str) -> str:
    """What a sort of difference is called."""
    return _pick(NAMES[what], language)


def rules_counted(found: Comparison, language: str) -> Iterator[tuple[What, str, bool, str, str, int]]:
    """What, rule, whether our own, what it says, its clause, how many reviews; the most first.

    Facts nobody recorded are counted by fact, not by rule, and are left out here.
    """
    for (what, rule, of_own), reviews in found.summary.by_rule.most_common():
        if what is What.MISSING:
            continue
        book = found.own if of_own else found.other
        try:
            known = book.rule(rule)
        except KeyError:
            flow = book.flow(rule.removeprefix("flow."))
            yield what, rule, of_own, "", flow.cite, reviews
            continue
        yield what, rule, of_own, known.says.in_language(language), cited(known, language), reviews


def missing_counted(found: Comparison, language: str) -> Iterator[tuple[str, str, str, int]]:
    """Fact or rule, in words, why it is not there, how many reviews; the most first."""
    summary = found.summary
    for name, reviews in summary.missing.most_common():
        yield name, label(name, language), _pick(("chưa ai ghi", "nobody recorded it"), language), reviews
    for name, reviews in summary.foreign.most_common():
        why = _pick(("mức thuộc thang khác", "a level of another scale"), language)
        yield name, label(name, language), why, reviews
    for rule, reviews in summary.unticked.most_common():
        says = found.other.rule(rule).says.in_language(language)
        yield rule, says, _pick(("mục chưa ai đánh dấu", "an item nobody ticked"), language), reviews


def due_counted(found: Comparison, language: str) -> Iterator[tuple[str, str, str, str, int]]:
    """Kind, step, own last day, the other's last day, how many reviews."""
    for (kind, gate, own, other, _), reviews in found.summary.due.most_common():
        place = PLACES[gate].in_language(language)
        yield _pick(KINDS[kind], language), place, word(own, language), word(other, language), reviews


def lead(found: Comparison, language: str) -> str:
    """One sentence: how many reviews come out otherwise under which rulebook."""
    title, count = found.other.title.in_language(language), found.summary
    vi = f"{count.different} trên {count.reviews} kỳ kiểm điểm khác đi nếu áp dụng {title}. Không ghi gì."
    en = f"{count.different} of {count.reviews} reviews come out otherwise under {title}. Nothing is written."
    return _pick((vi, en), language)


def document(found: Comparison, language: str) -> dict[str, Any]:
    """Everything as data, sentences in the language asked for."""
    return {
        "campaign": found.campaign.id,
        "own": {"id": found.own.id, "hash": found.own.hash},
        "other": {"id": found.other.id, "layers": list(found.other.layers)},
        "reviews": found.summary.reviews,
        "different": found.summary.different,
        "unset": [one.says.in_language(language) for one in found.other.unset],
        "outcomes": {what.value: found.summary.by_what[what] for what in What if found.summary.by_what[what]},
        "rules": [
            {"outcome": what.value, "rule": rule, "of_own": of_own, "says": says, "cite": cite, "reviews": n}
            for what, rule, of_own, says, cite, n in rules_counted(found, language)
        ],
        "missing": [
            {"name": name, "says": says, "why": why, "reviews": n}
            for name, says, why, n in missing_counted(found, language)
        ],
        "due": [
            {"kind": kind, "gate": gate, "own": own, "other": other, "rule": rule, "reviews": n}
            for (kind, gate, own, other, rule), n in found.summary.due.most_common()
        ],
        "rows": [_row(row, found, language) for row in found.rows],
        "left_off": found.left_off,
    }


def _row(row: Row, found: Comparison, language: str) -> dict[str, Any]:
    return {
        "review": row.review,
        "kind": row.kind,
        "organisation": row.organisation,
        "differences": [
            {
                "outcome": one.what.value,
                "gate": one.gate or None,
                "rules": list(one.rules),
                "of_own": one.of_own,
                "own": one.own or None,
                "other": one.other or None,
                "missing": list(one.missing),
                "foreign": list(one.foreign),
                "unticked": list(one.unticked),
                "says": list(sentences(one, found, language)),
            }
            for one in row.differences
        ],
    }


def _pick(words: tuple[str, str], language: str) -> str:
    return words[1 if language == "en" else 0]
