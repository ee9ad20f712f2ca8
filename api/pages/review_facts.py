"""The form that records facts on a review: those of the vocabulary its rules may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from api.pages.format import N_, day
from api.pages.review_offers import About
from api.pages.typed import NO_DAY, Typed, read_day
from api.pages.views import ActionForm, Choice, FormField
from api.pages.views_review import FactGroup, FactsForm
from api.pages.words import Words
from workflow.commands.preparing import FactEntry, RecordFacts
from workflow.rules.case import Case, Missing
from workflow.rules.rule import Rule
from workflow.rules.sentences import label, value_text
from workflow.rules.vocabulary import VOCABULARY
from workflow.rules.when import applies

NO_POINTS = N_("Phải là số, ví dụ 38,5.")
NOTHING_NEW = N_("Chưa có giá trị nào mới để ghi.")


GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Người, đơn vị được kiểm điểm"), ("subject.", "leave.", "transfer.", "collective.")),
    (N_("Nhiệm vụ, chỉ tiêu"), ("task.", "tasks.", "duties.")),
    (N_("Đơn vị, lĩnh vực phụ trách"), ("unit.", "units.")),
    (N_("Điểm"), ("points.", "score.", "confidence.")),
    (N_("Cấp độ từng tiêu chí"), ("grade.",)),
    (N_("Tiêu chí chung"), ("common.",)),
    (N_("Thành tích nổi bật"), ("merit.",)),
    (N_("Kết quả xếp loại, nhận xét của nơi khác"), ("staff.", "rating.", "comment.", "union.", "party.")),
    (N_("Chính quyền, đoàn thể cùng cấp"), ("administration.",)),
    (N_("Cấp ủy, sinh hoạt"), ("committee.", "meetings.")),
    (N_("Khuyết điểm"), ("fault.", "shortcomings.", "degradation.")),
    (N_("Thứ tự, buổi họp, báo cáo"), ("order.", "meeting.", "report.")),
)
"""What belongs together on the form, by how the names of the facts begin."""
OTHERS = N_("Dữ kiện khác")


def recordable(about: About) -> tuple[str, ...]:
    """The facts recorded by hand that some rule for this review reads, in the order of the vocabulary.

    A rule that is known not to be about this subject asks only for what it tells that by; what was recorded
    once can always be changed.
    """
    kind, case = about.outlook.review.kind, Case(about.outlook.known, about.rulebook.calendar)
    read = set(about.outlook.review.facts)
    for rule in about.rulebook.rules:
        if kind in rule.kinds:
            read |= set(rule.when) if _is_for_others(rule, case) else about.rulebook.facts_of_rule(rule)
    return tuple(name for name, fact in VOCABULARY.items() if fact.recordable and name in read)


def _is_for_others(rule: Rule, case: Case) -> bool:
    try:
        return not applies(rule.when, case)
    except Missing:
        return False


def facts_form(about: About, command_id: str, typed: Typed | None = None) -> FactsForm | None:
    """One field a fact with what is known now, those of a topic together; None where nothing is recorded."""
    names = recordable(about)
    if not names:
        return None
    _ = about.words.gettext
    helps = _helps(about, names)
    fields = {name: _field(about, name, helps.get(name, ""), typed) for name in names}
    groups: list[FactGroup] = []
    for title, members in by_topic(names):
        inside = tuple(fields[name] for name in members)
        known = sum(name in about.outlook.review.facts for name in members)
        first = known < len(members) and not any(group.open for group in groups)
        wrong = any(field.error for field in inside)
        groups.append(FactGroup(title=_(title), fields=inside, known=known, open=first or wrong))
    last = (
        FormField(
            name="on",
            label=_("Ngày có các giá trị này"),
            kind="day",
            value=typed.raw("on") if typed else day(about.today),
            error=typed.errors.get("on", "") if typed else "",
            required=True,
        ),
        FormField(
            name="document",
            label=_("Theo văn bản số"),
            value=typed.raw("document") if typed else "",
            error=typed.errors.get("document", "") if typed else "",
        ),
    )
    form = ActionForm(
        action=f"/r/{about.outlook.review.id}/facts",
        submit=_("Ghi dữ kiện"),
        fields=last,
        command_id=command_id,
        expected_version=str(about.outlook.review.version),
    )
    return FactsForm(form=form, groups=tuple(groups))


def by_topic(names: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The facts of each topic together, under its title."""
    left = list(names)
    for title, beginnings in GROUPS:
        inside = tuple(name for name in left if name.startswith(beginnings))
        if inside:
            yield title, inside
            left = [name for name in left if name not in inside]
    if left:
        yield OTHERS, tuple(left)


def _helps(about: About, names: tuple[str, ...]) -> dict[str, str]:
    """What the rule that asks for a fact advises, where its advice is about that fact alone."""
    helps: dict[str, str] = {}
    for rule in about.rulebook.rules:
        asked = rule.parameters.get("fact")
        if rule.help is None or asked not in names or about.outlook.review.kind not in rule.kinds:
            continue
        said = rule.help.in_language(about.language)
        if "{" not in said:
            helps.setdefault(str(asked), said)
    return helps


def record_facts(about: About, typed: Typed) -> RecordFacts | None:
    """The facts that were typed and differ from what is known; None where a field is wrong."""
    on = typed.day("on")
    document = typed.text("document", required=False) or None
    entries: list[FactEntry] = []
    known = about.outlook.review.facts
    for name in recordable(about):
        raw = typed.raw(name)
        if not raw:
            continue
        value = fact_value(name, raw, typed)
        if value is None or (name in known and str(known[name][0]) == str(value)):
            continue
        entries.append(FactEntry(fact=name, value=value, on=on, document=document))
    if not entries and not typed.errors:
        typed.wrong("on", NOTHING_NEW)
    if typed.errors:
        return None
    return RecordFacts(review=about.outlook.review.id, facts=tuple(entries))


def fact_value(name: str, raw: str, typed: Typed) -> bool | int | str | None:
    """What was typed for a fact, as the command takes it; None, with the field named, where it is wrong."""
    fact = VOCABULARY[name]
    if fact.type is bool:
        return {"yes": True, "no": False}[typed.one_of(name, ("yes", "no")) or "no"]
    if fact.choices:
        return typed.one_of(name, fact.choices)
    if fact.type is int:
        return typed.number(name)
    if fact.type is date:
        found = read_day(raw)
        if found is None:
            typed.wrong(name, NO_DAY)
        return found.isoformat() if found else None
    if fact.type is Decimal:
        try:
            points = Decimal(raw.replace(",", "."))
        except InvalidOperation:
            points = Decimal("NaN")
        if not points.is_finite():
            typed.wrong(name, NO_POINTS)
            return None
        return f"{points:f}"
    return typed.text(name)


def _field(about: About, name: str, advice: str, typed: Typed | None) -> FormField:
    held = about.outlook.review.facts.get(name)
    now = _shown(held[0], name, about.language) if held else ""
    return fact_field(name, about.words, now, typed, hint=advice if not held else "")


def fact_field(name: str, words: Words, now: str, typed: Typed | None, *, hint: str = "") -> FormField:
    """The field of a fact, with what is known now or what was typed."""
    fact = VOCABULARY[name]
    _ = words.gettext
    text = label(name, words.language)
    choices: tuple[Choice, ...] = ()
    if fact.type is bool:
        choices = (Choice(value="yes", label=_("có")), Choice(value="no", label=_("không")))
    elif fact.choices:
        choices = tuple(Choice(value=one, label=value_text(one, words.language)) for one in fact.choices)
    if choices:
        choices = (Choice(value="", label=_("chưa biết")), *choices)
    return FormField(
        name=name,
        label=text[:1].upper() + text[1:],
        kind="select" if choices else _kind_of(fact.type),
        value=typed.raw(name) if typed else now,
        error=typed.errors.get(name, "") if typed else "",
        hint=hint,
        quiet=True,
        choices=choices,
    )


def _kind_of(type_: type) -> Literal["day", "text", "number"]:
    return "day" if type_ is date else "text" if type_ is str else "number"


def _shown(value: object, name: str, language: str) -> str:
    fact = VOCABULARY[name]
    if fact.type is bool:
        return "yes" if value is True else "no"
    if fact.type is date:
        found = value if isinstance(value, date) else read_day(str(value))
        return day(found) if found else str(value)
    return str(value).replace(".", ",") if fact.type is Decimal and language == "vi" else str(value)
