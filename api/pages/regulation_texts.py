"""Lines of the pages of the regulations: a rule, a reading, a row, each with the address of its own page."""

from __future__ import annotations

from collections.abc import Iterator

from api.pages.addresses import reading_address, rule_address
from api.pages.format import KINDS, N_
from api.pages.views import Clause, Tone
from api.pages.views_regulation import CarrierLine, ReadingLine, RowLine, RuleLine
from api.pages.visits import Visit
from workflow.rules.coverage import CHECKLIST, FORCES, RULE, WAYS, Covered
from workflow.rules.finding import Force
from workflow.rules.register import Row
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import cited, label, value_text
from workflow.rules.vocabulary import VOCABULARY

TONES: dict[Force, Tone] = {
    Force.REFUSE: "refused",
    Force.WARN: "risk",
    Force.ASK_PERSON: "working",
    Force.INFORM: "none",
}
ROLES: dict[Role, str] = {
    Role.GATE: N_("Điều phải đạt trước một bước"),
    Role.DOCUMENT: N_("Giấy tờ"),
    Role.DEADLINE: N_("Thời hạn"),
    Role.EXEMPTION: N_("Ai được miễn hoặc không xếp loại"),
    Role.CONDITION: N_("Điều kiện của một mức"),
    Role.TRIGGER: N_("Khuyết điểm dẫn đến một mức"),
    Role.OTHERWISE: N_("Mức của các trường hợp còn lại"),
    Role.CAP: N_("Mức trần"),
    Role.THRESHOLD: N_("Tỷ lệ phiếu"),
    Role.QUOTA: N_("Hạn mức"),
    Role.REWARD: N_("Khen thưởng"),
    Role.GUIDANCE: N_("Hướng dẫn, chỉ hiện để biết"),
}


def rule_line(book: Rulebook, rule: Rule, name: str, visit: Visit) -> RuleLine:
    """One rule in a list."""
    language = visit.language
    return RuleLine(
        href=rule_address(name, rule.id),
        says=rule.says.in_language(language),
        clause=Clause(label=cited(rule, language)),
        force=FORCES[rule.force].in_language(language),
        tone=TONES[rule.force],
        kinds=", ".join(visit.words.gettext(KINDS[kind]) for kind in rule.kinds),
        reading=Clause(label=rule.reading, href=reading_address(name, rule.reading))
        if rule.reading
        else None,
        layer=rule.layer,
        house_default=rule.house_default,
        rows=rule.rows,
    )


def reading_line(book: Rulebook, key: str | None, name: str, language: str) -> ReadingLine:
    """One reading of a rulebook; KeyError for one it does not have."""
    reading = book.settings[key or ""]
    return ReadingLine(
        key=reading.id,
        href=reading_address(name, reading.id),
        says=reading.says.in_language(language),
        value=reading.value_in(language),
        set_by=f"{reading.cite} ({reading.layer})" if reading.cite else "",
    )


def row_line(row: Row, language: str, carriers: tuple[CarrierLine, ...] = ()) -> RowLine:
    """One row of a register."""
    return RowLine(key=row.id, clause=row.clause, says=row.says.in_language(language), carriers=carriers)


def carriers_of(covered: Covered, name: str, language: str) -> Iterator[CarrierLine]:
    """What carries a row, with the page of each rule."""
    for carrier in covered.carriers:
        yield CarrierLine(
            way=WAYS[carrier.way].in_language(language),
            where=carrier.where.in_language(language),
            force=FORCES[carrier.force].in_language(language) if carrier.force else "",
            href=rule_address(name, carrier.name) if carrier.way in (RULE, CHECKLIST) else None,
        )


def parameters_of(rule: Rule, language: str) -> tuple[tuple[str, str], ...]:
    """The numbers and facts a rule's condition was given; one that a reading chose says so."""
    found = []
    for name, value in rule.parameters.items():
        shown = label(value, language) if str(value) in VOCABULARY else value_text(value, language)
        by = rule.by_reading.get(name)
        found.append((name, f"{shown} ({by})" if by else shown))
    return tuple(found)
