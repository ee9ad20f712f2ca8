"""A finding as one sentence, in Vietnamese or English: what is wrong, the numbers, what to do, the clause."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from states.levels import NAMES
from workflow.rules.finding import Finding, Operand, Verdict
from workflow.rules.rule import Both, Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.unsure import is_provisional
from workflow.rules.vocabulary import VOCABULARY
from workflow.rules.words import WORDS

PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")
ONE_OF_MANY = re.compile(r"(?<![\d.,])1 (day|month|year|vote|member|working day)s\b")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
UNKNOWN = "…"
YEAR = "campaign.year"
OUTSIDE = "quota.group_outside"
NOTED: dict[str, tuple[str, str]] = {
    "days": ("số ngày", "days between"),
    "months": ("số tháng", "months between"),
    "first_good_day": ("ngày sớm nhất còn kịp", "first day that is early enough"),
    "last_good_day": ("ngày cuối cùng còn kịp", "last day in time"),
    "reached_on": ("ngày đủ thời hạn", "day on which the time is reached"),
    "quota_base": ("số làm cơ sở tính hạn mức", "number the quota is counted on"),
    "quota_allowed": ("số được phép theo hạn mức", "number the quota allows"),
    "self_detected": ("số vụ tự phát hiện", "cases the body found itself"),
    "term_ends": ("ngày hết thời hạn", "day on which the term ends"),
    "sick_days": ("số ngày nghỉ ốm", "days of sick leave"),
    "longest_spell_months": ("đợt nghỉ ốm dài nhất, số tháng", "longest sick leave, in months"),
}
"""What a condition derives beside the facts it reads, in words."""
VERDICTS: dict[str, dict[Verdict, str]] = {
    "vi": {
        Verdict.HOLDS: "Đạt",
        Verdict.FAILS: "Không đạt",
        Verdict.NOT_APPLICABLE: "Không áp dụng",
        Verdict.UNKNOWN: "Chưa đủ dữ kiện",
    },
    "en": {
        Verdict.HOLDS: "Met",
        Verdict.FAILS: "Not met",
        Verdict.NOT_APPLICABLE: "Not applicable",
        Verdict.UNKNOWN: "Not known yet",
    },
}
APPLIES: dict[str, dict[Verdict, str]] = {
    "vi": {Verdict.HOLDS: "Có", Verdict.FAILS: "Không có"},
    "en": {Verdict.HOLDS: "So it is", Verdict.FAILS: "Not so"},
}
PROVISIONAL: dict[str, str] = {
    "vi": "Tạm tính, vì lịch nghỉ còn có thể thay đổi.",
    "en": "Provisional: the days off may still change.",
}
STATES_A_CASE = ("exemption", "trigger", "cap")


def sentence(finding: Finding, rulebook: Rulebook, language: str = "vi") -> str:
    """One sentence for a person: verdict, what the rule says, what was compared, help, clause and reading."""
    rule = rulebook.rule(finding.rule)
    parts = [_what(finding, rule, language)]
    if finding.verdict is Verdict.UNKNOWN and finding.missing:
        lead = "Còn thiếu: " if language == "vi" else "Missing: "
        parts.append(lead + ", ".join(label(name, language) for name in finding.missing) + ".")
    elif finding.verdict is Verdict.NOT_APPLICABLE:
        parts.extend(_outside(finding, language))
    elif finding.comparison:
        parts.append(f"({comparison(finding.comparison, language)})")
    if is_provisional(finding, rulebook):
        parts.append(PROVISIONAL[language])
    if (
        rule.help is not None
        and finding.verdict in (Verdict.FAILS, Verdict.UNKNOWN)
        and rule.role not in STATES_A_CASE
    ):
        parts.append(_advice(rule.help, finding, rule, language))
    parts.append(clause(finding, rulebook, language))
    return " ".join(part for part in parts if part)


def lies_outside(finding: Finding) -> bool:
    """Whether a quota is not judged because its group reaches beyond the campaign."""
    return any(operand.name == OUTSIDE and operand.value is True for operand in finding.operands)


def _outside(finding: Finding, language: str) -> list[str]:
    return [f"({label(OUTSIDE, language)})"] if lies_outside(finding) else []


def clause(finding: Finding, rulebook: Rulebook, language: str = "vi") -> str:
    """The clause in brackets, with the reading; a house default is never shown under a clause."""
    rule = rulebook.rule(finding.rule)
    words = [cited(rule, language)]
    rests_on = dict.fromkeys([finding.reading, *rule.by_reading.values()])
    words.extend(_reading(key, rulebook, language) for key in rests_on if key)
    return f"({'; '.join(words)})"


def cited(rule: Rule, language: str = "vi") -> str:
    """The clause of a rule; of a house default, the note that there is none, in one language."""
    if not rule.house_default:
        return rule.cite
    note, mark, layers = rule.cite.partition("; ")
    vi, _, en = note.partition(" / ")
    return f"{en or vi if language == 'en' else vi}{mark}{layers}"


def _reading(key: str, rulebook: Rulebook, language: str) -> str:
    """The C-number, the choice taken where it is a setting, and the document of the layer that took it."""
    vietnamese = language == "vi"
    said = f"{'cách hiểu' if vietnamese else 'reading'} {key}"
    reading = rulebook.settings.get(key)
    if reading is None:
        return said
    if reading.setting:
        said += f": {reading.value_in(language)}"
    return f"{said}, {'theo' if vietnamese else 'by'} {reading.cite}" if reading.cite else said


def help_text(finding: Finding, rulebook: Rulebook, language: str = "vi") -> str:
    """What to do about a finding, empty where the rule gives no advice."""
    rule = rulebook.rule(finding.rule)
    return _advice(rule.help, finding, rule, language) if rule.help is not None else ""


def label(name: str, language: str = "vi") -> str:
    """The name of a fact, or of a value derived from facts, for a person."""
    if name in NOTED:
        return NOTED[name][0 if language == "vi" else 1]
    kind = VOCABULARY.get(name)
    if kind is None:
        return name.replace("calendar", "lịch năm") if language == "vi" else name
    return kind.vi if language == "vi" else kind.en


def operand_text(name: str, value: Any, language: str = "vi") -> str:
    """The value of an operand for a person; a year is 2016, never 2.016."""
    return str(value) if name == YEAR else value_text(value, language)


def value_text(value: Any, language: str = "vi") -> str:
    """A value for a person: 10/01/2017, 1.234,5 (in English 1,234.5), có, Hoàn thành tốt nhiệm vụ."""
    vietnamese = language == "vi"
    if isinstance(value, bool):
        return ("có" if value else "không") if vietnamese else ("yes" if value else "no")
    if isinstance(value, (int, Decimal)):
        return number_text(value, language)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        shown = ", ".join(value_text(item, language) for item in value)
        return shown or ("không có" if vietnamese else "none")
    text = str(value)
    if text in NAMES:
        return NAMES[text][0 if vietnamese else 1]
    if not text:
        return "không có" if vietnamese else "none"
    return WORDS[text][0 if vietnamese else 1] if text in WORDS else text


def number_text(value: int | Decimal, language: str = "vi") -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English, without digits that say nothing."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def comparison(text: str, language: str = "vi") -> str:
    """A comparison with the names of facts and levels in words."""
    known = re.compile(r"[A-Za-z_]+(?:\.[a-z_]+)*")

    def worded(found: re.Match[str]) -> str:
        token = found.group()
        return label(token, language) if token in VOCABULARY else value_text(token, language)

    return known.sub(worded, text)


def _what(finding: Finding, rule: Rule, language: str) -> str:
    if finding.verdict is Verdict.FAILS and rule.fails is not None:
        return _filled(rule.fails, finding, rule, language)
    words = VERDICTS[language]
    if rule.role in STATES_A_CASE and finding.verdict in APPLIES[language]:
        words = APPLIES[language]
    return f"{words[finding.verdict]}: {rule.says.in_language(language)}"


def _filled(text: Both, finding: Finding, rule: Rule, language: str) -> str:
    operands: Mapping[str, Operand] = {operand.name: operand for operand in finding.operands}

    def fill(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in operands:
            return operand_text(name, operands[name].value, language)
        if name in rule.parameters:
            return value_text(rule.parameters[name], language)
        return UNKNOWN

    filled = PLACEHOLDER.sub(fill, text.in_language(language))
    return ONE_OF_MANY.sub(r"1 \1", filled) if language == "en" else filled


def _advice(text: Both, finding: Finding, rule: Rule, language: str) -> str:
    """The help without the sentences that would name a value nobody knows."""
    said = SENTENCE_END.split(_filled(text, finding, rule, language))
    return " ".join(one for one in said if UNKNOWN not in one)
