"""Findings and refusals as a page shows them: sentence, clause, numbers, whom they are about, ways on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from api.pages.addresses import reading_address, rule_address
from api.pages.reckoned import reckoned
from api.pages.views import Clause, FindingLine, OperandLine, RefusalView, Verdict, WayOut
from api.pages.words import Words
from api.problems import kind_of
from handlers.names import Names, names_on
from handlers.telling.voice import Voice
from workflow import errors
from workflow.answer import Answer
from workflow.rules.finding import Finding, Operand
from workflow.rules.finding import Verdict as Verdicts
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import (
    APPLIES,
    STATES_A_CASE,
    VERDICTS,
    cited,
    clause,
    comparison,
    label,
    operand_text,
    sentence,
)

REVIEW_ID = re.compile(r"\b[A-Za-z0-9_-]+\.(?:member|leader|collective|organisation)\.[A-Za-z0-9_-]+\b")
CLAUSE_AT_END = re.compile(r"\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
ITEM = re.compile(r"\s*\([a-z0-9_]+\.[a-z0-9_.]+: [✓✗]\)")
"""The id of a checklist item beside its sentence: for programs, not for people."""
NAMED_MAX = 4
"""So many people are named in one line; of more, the first and how many others."""


def finding_line(finding: Finding, rulebook: Rulebook, language: str, names: Names) -> FindingLine:
    """One finding: the verdict stands apart, the clause on the right, the numbers below."""
    text = sentence(finding, rulebook, language).removesuffix(clause(finding, rulebook, language)).strip()
    lead = APPLIES if rulebook.rule(finding.rule).role in STATES_A_CASE else VERDICTS
    verdict = f"{lead[language].get(finding.verdict, VERDICTS[language][finding.verdict])}: "
    compared = reckoned(comparison(finding.comparison, language), language) if finding.comparison else None
    item = rulebook.rule(finding.rule).parameters.get("item")
    if compared and isinstance(item, str):
        compared = compared.replace(item, _items(rulebook, language)[item])
    return FindingLine(
        verdict=shown_verdict(finding, rulebook),
        sentence=ITEM.sub("", text.removeprefix(verdict)),
        clause=rule_clause(finding, rulebook, language),
        comparison=compared,
        reading=reading_clause(finding, rulebook),
        operands=tuple(
            OperandLine(
                name=label(operand.name, language),
                value=_value(operand, rulebook, language),
                source=_source(operand.source, language, names),
            )
            for operand in finding.operands
        ),
    )


def rule_clause(finding: Finding, rulebook: Rulebook, language: str) -> Clause:
    """The clause of a finding, which leads to the page of its rule."""
    return cited_rule(rulebook.rule(finding.rule), rulebook, language)


def cited_rule(rule: Rule, rulebook: Rulebook, language: str) -> Clause:
    """The clause of a rule, which leads to the page of the rule."""
    return Clause(label=cited(rule, language), href=rule_address(rulebook.hash, rule.id))


def cited_on_annulling(rulebook: Rulebook, language: str) -> tuple[Clause, ...]:
    """Where the regulation speaks of annulling a level, at most two places."""
    rules = {rule.cite: rule for rule in rulebook.rules if "annul" in rule.gates}
    cited_there = [rule for rule in rules.values() if not rule.house_default][:2]
    return tuple(cited_rule(rule, rulebook, language) for rule in cited_there)


def reading_clause(finding: Finding, rulebook: Rulebook | None) -> Clause | None:
    """The reading a finding rests on, which leads to the page of its question."""
    if not finding.reading:
        return None
    href = reading_address(rulebook.hash, finding.reading) if rulebook else None
    return Clause(label=finding.reading, href=href)


def _value(operand: Operand, rulebook: Rulebook, language: str) -> str:
    if operand.name == "checklist.ticked" and isinstance(operand.value, tuple) and operand.value:
        says = _items(rulebook, language)
        return "; ".join(says.get(str(item), str(item)) for item in operand.value)
    return operand_text(operand.name, operand.value, language)


def _items(rulebook: Rulebook, language: str) -> dict[str, str]:
    """What each item of the checklist says, by its id."""
    return {
        str(rule.parameters["item"]): rule.says.in_language(language).rstrip(".")
        for rule in rulebook.rules
        if "item" in rule.parameters
    }


def shown_verdict(finding: Finding, rulebook: Rulebook) -> Verdict:
    """How a finding looks: a defect or cap that is there is bad news, one that is not does not apply."""
    role = rulebook.rule(finding.rule).role
    if role in STATES_A_CASE and finding.verdict is Verdicts.FAILS:
        return "not_applicable"
    if role in (Role.TRIGGER, Role.CAP) and finding.verdict is Verdicts.HOLDS:
        return "fails"
    return finding.verdict.value


def refusal_view(
    error: Exception,
    language: str,
    words: Words,
    names: Names,
    *,
    title: str = "",
    kept: bool = False,
    ways: tuple[WayOut, ...] = (),
    rulebook: Rulebook | None = None,
) -> RefusalView:
    """A refusal with the names of those it is about; rules that failed are listed one by one.

    With the rulebook that refused, each rule leads to its page.
    """
    _ = words.gettext
    kind = kind_of(error)
    head = title or (kind.en if language == "en" else kind.vi)
    if isinstance(error, errors.RulesFail):
        lines = failed_lines(error, language, words, names, rulebook)
        why = words.ngettext(
            "%(num)d điều của quy định chưa đạt. Chưa ghi gì.",
            "%(num)d điều của quy định chưa đạt. Chưa ghi gì.",
            len(lines),
        ) % {"num": len(lines)}
        return RefusalView(title=head, why=why, findings=lines, ways=ways, kept=kept)
    if isinstance(error, errors.InConflict):
        pairs = tuple((names.person(person), review) for person, review in error.pairs)
        error = errors.InConflict(error.what, pairs, error.may_report)
    said = getattr(error, "vi" if language == "vi" else "en", None)
    if said is None:
        said = error.sentence(language) if hasattr(error, "sentence") else str(error)
    if isinstance(error, errors.BadInput) and error.field == "actor":  # who acts is who reads the page
        said = f"The person acting {error.wrong_en}" if language == "en" else f"Đồng chí {error.wrong_vi}"
    text = with_names(str(said), names, language)
    return RefusalView(title=head, why=text[:1].upper() + text[1:], ways=ways, kept=kept)


def failed_lines(
    error: errors.RulesFail, language: str, words: Words, names: Names, rulebook: Rulebook | None = None
) -> tuple[FindingLine, ...]:
    """Each rule that failed once in the same words, with those it is about in front."""
    shared: dict[str, tuple[Finding, list[str]]] = {}
    for finding, (review, vi, en) in zip(error.failed, error.each, strict=True):
        shared.setdefault(en if language == "en" else vi, (finding, []))[1].append(review)
    found = []
    for text, (finding, reviews) in shared.items():
        about = [with_names(review, names, language) for review in dict.fromkeys(reviews) if review]
        body = CLAUSE_AT_END.sub("", text).removeprefix(f"{VERDICTS[language][finding.verdict]}: ")
        body, lead = ITEM.sub("", body), _several(about, words)
        lead = lead[:1].upper() + lead[1:]
        found.append(
            FindingLine(
                verdict=finding.verdict.value,
                sentence=f"{lead}: {body}" if lead else body,
                clause=rule_clause(finding, rulebook, language) if rulebook else Clause(label=finding.cite),
                reading=reading_clause(finding, rulebook),
            )
        )
    return tuple(found)


def rows_view(answer: Answer, language: str, words: Words, names: Names) -> RefusalView:
    """Which rows of a command were not done: each reason once, with those it is about in front."""
    shared: dict[str, list[str]] = {}
    for row in answer.rows:
        if row.problem:
            reason = row.reason_en if language == "en" else row.reason_vi
            shared.setdefault(reason.replace(f"{row.row}: ", ""), []).append(row.row)
    lines = []
    for reason, reviews in shared.items():
        lead = _several([with_names(review, names, language) for review in reviews], words)
        found = CLAUSE_AT_END.search(reason)
        body = CLAUSE_AT_END.sub("", reason).removeprefix(f"{VERDICTS[language][Verdicts.FAILS]}: ")
        body = ITEM.sub("", with_names(body, names, language))
        lines.append(
            FindingLine(
                verdict="fails",
                sentence=f"{lead[:1].upper()}{lead[1:]}: {body}",
                clause=Clause(label=found.group(1) if found else ""),
            )
        )
    done, back = sum(row.done for row in answer.rows), sum(bool(row.problem) for row in answer.rows)
    return RefusalView(
        title=words.ngettext("%(num)d kỳ chưa được ghi", "%(num)d kỳ chưa được ghi", back) % {"num": back},
        why=words.ngettext("Đã ghi %(num)d kỳ.", "Đã ghi %(num)d kỳ.", done) % {"num": done},
        findings=tuple(lines),
    )


def texts_of_rows(answer: Answer) -> tuple[str, ...]:
    """Where ids of reviews stand in an answer."""
    return tuple(text for row in answer.rows if row.problem for text in (row.row, row.reason_vi))


def names_in(connection: Connection, day: date, texts: Iterable[str]) -> Names:
    """The names of every review named in these texts."""
    subjects = {found.split(".", 2)[2] for text in texts for found in REVIEW_ID.findall(text)}
    return names_on(connection, day, people=subjects, bodies=subjects)


def texts_of(error: Exception) -> tuple[str, ...]:
    """Where ids of reviews can stand in a refusal."""
    if isinstance(error, errors.RulesFail):
        return tuple(review for review, _, _ in error.each)
    if isinstance(error, errors.Refusal):
        return (error.vi,)
    return ()


def with_names(text: str, names: Names, language: str) -> str:
    """The text with each id of a review as the name of its subject."""
    voice = Voice(language=language, names=names)
    return REVIEW_ID.sub(lambda found: voice.subject(found.group()), text)


def _several(about: list[str], words: Words) -> str:
    if len(about) <= NAMED_MAX:
        return ", ".join(about)
    rest = len(about) - NAMED_MAX + 1
    others = words.ngettext("và %(num)d kỳ khác", "và %(num)d kỳ khác", rest) % {"num": rest}
    return f"{', '.join(about[: NAMED_MAX - 1])} {others}"


_SOURCES: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"^event review/(\S+)#(\d+)$"), r"sự kiện \2 của \1", r"event \2 of \1"),
    (re.compile(r"^roster as of (\d{4})-(\d\d)-(\d\d)$"), r"danh sách ngày \3/\2/\1", r"roster of \3/\2/\1"),
    (re.compile(r"^roster row (\d+)$"), r"dòng \1 của danh sách", r"roster row \1"),
    (re.compile(r"^sum of points.*$"), "tổng các điểm thành phần", "sum of the points"),
    (re.compile(r"^fold review/(\S+)#(\d+)$"), r"\1, sau sự kiện \2", r"\1, after event \2"),
    (re.compile(r"^counted$"), "hệ thống đếm", "counted"),
    (re.compile(r"^command$"), "người ghi khai", "stated by who entered it"),
    (re.compile(r"^campaign$"), "đợt kiểm điểm", "the campaign"),
    (re.compile(r"^clock$"), "đồng hồ hệ thống", "the clock"),
    (re.compile(r"^register$"), "sổ theo dõi các kỳ kiểm điểm", "the register of reviews"),
    (re.compile(r"^computed$"), "hệ thống tính", "computed"),
    (re.compile(r"^closed list, (\S+)$"), r"danh sách đã chốt của \1", r"the closed list of \1"),
    (re.compile(r"^closed list$"), "danh sách đã chốt", "the closed list"),
    (re.compile(r"^campaign, (\S+)$"), r"đợt kiểm điểm, \1", r"the campaign, \1"),
    (re.compile(r"^rows of this decision$"), "các kỳ của cùng quyết định", "rows of the same decision"),
    (re.compile(r"^ballot$"), "kết quả bỏ phiếu", "the ballot"),
    (re.compile(r"^approved levels$"), "các mức đã quyết định", "levels decided"),
    (re.compile(r"^(\S+), approved$"), r"mức đã quyết định của \1", r"the level decided for \1"),
    (re.compile(r"^ballot sheets$"), "các biên bản kiểm phiếu", "the count sheets"),
    (re.compile(r"^ballot/(\S+)$"), r"biên bản kiểm phiếu \1", r"count sheet \1"),
    (re.compile(r"^second round of the ballot$"), "vòng bỏ phiếu thứ hai", "the second round of the ballot"),
    (re.compile(r"^calendar \S+$"), "lịch làm việc của đợt", "the calendar of the campaign"),
    (
        re.compile(r"^list declared complete as of (\d{4})-(\d\d)-(\d\d)$"),
        r"danh mục đã cam kết đầy đủ đến \3/\2/\1",
        r"list declared complete as of \3/\2/\1",
    ),
    (re.compile(r"^list declared complete$"), "danh mục đã cam kết đầy đủ", "list declared complete"),
    (
        re.compile(r"^event lists/\S+#(\d+)$"),
        r"danh mục của đơn vị, sự kiện \1",
        r"event \1 of the body's lists",
    ),
    (re.compile(r"^register of plans$"), "sổ kế hoạch khắc phục", "the register of plans"),
    (
        re.compile(r"^register, roster as of (\d{4})-(\d\d)-(\d\d)$"),
        r"sổ theo dõi và danh sách ngày \3/\2/\1",
        r"the register and the roster of \3/\2/\1",
    ),
    (re.compile(r"^register, (\S.*)$"), r"sổ theo dõi, \1", r"the register, \1"),
)


def _source(source: str, language: str, names: Names) -> str:
    for pattern, vi, en in _SOURCES:
        if pattern.match(source):
            return with_names(pattern.sub(en if language == "en" else vi, source), names, language)
    return with_names(source, names, language)
