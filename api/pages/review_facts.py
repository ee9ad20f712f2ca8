"""The form that records facts on a review: those of the vocabulary its rules may ask for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from api.pages.format import N_, day
from api.pages.review_offers import About
from api.pages.typed import NO_DAY, Typed, read_day
from api.pages.views import ActionForm, Choice, FormField
from workflow.commands.preparing import FactEntry, RecordFacts
from workflow.rules.sentences import label, value_text
from workflow.rules.vocabulary import VOCABULARY

NO_POINTS = N_("Phải là số, ví dụ 38,5.")
NOTHING_NEW = N_("Chưa có giá trị nào mới để ghi.")


def recordable(about: About) -> tuple[str, ...]:
    """The facts recorded by hand that some rule for this kind reads, in the order of the vocabulary."""
    kind = about.outlook.review.kind
    read = {
        name
        for rule in about.rulebook.rules
        if kind in rule.kinds
        for name in about.rulebook.facts_of_rule(rule)
    }
    return tuple(name for name, fact in VOCABULARY.items() if fact.recordable and name in read)


def facts_form(about: About, command_id: str, typed: Typed | None = None) -> ActionForm | None:
    """One field a fact with what is known now; None where nothing is recorded by hand."""
    names = recordable(about)
    if not names:
        return None
    _ = about.words.gettext
    fields = [_field(about, name, typed) for name in names]
    fields.append(
        FormField(
            name="on",
            label=_("Ngày có các giá trị này"),
            kind="day",
            value=typed.raw("on") if typed else day(about.today),
            error=typed.errors.get("on", "") if typed else "",
            required=True,
        )
    )
    fields.append(
        FormField(
            name="document",
            label=_("Theo văn bản số"),
            value=typed.raw("document") if typed else "",
            error=typed.errors.get("document", "") if typed else "",
        )
    )
    return ActionForm(
        action=f"/r/{about.outlook.review.id}/facts",
        submit=_("Ghi dữ kiện"),
        fields=tuple(fields),
        command_id=command_id,
        expected_version=str(about.outlook.review.version),
    )


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
        value = _value(name, raw, typed)
        if value is None or (name in known and str(known[name][0]) == str(value)):
            continue
        entries.append(FactEntry(fact=name, value=value, on=on, document=document))
    if not entries and not typed.errors:
        typed.wrong("on", NOTHING_NEW)
    if typed.errors:
        return None
    return RecordFacts(review=about.outlook.review.id, facts=tuple(entries))


def _value(name: str, raw: str, typed: Typed) -> bool | int | str | None:
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


def _field(about: About, name: str, typed: Typed | None) -> FormField:
    fact = VOCABULARY[name]
    _ = about.words.gettext
    text = label(name, about.language)
    held = about.outlook.review.facts.get(name)
    now = _shown(held[0], name, about.language) if held else ""
    choices: tuple[Choice, ...] = ()
    if fact.type is bool:
        choices = (Choice(value="yes", label=_("có")), Choice(value="no", label=_("không")))
    elif fact.choices:
        choices = tuple(Choice(value=one, label=value_text(one, about.language)) for one in fact.choices)
    if choices:
        choices = (Choice(value="", label=_("chưa biết")), *choices)
    return FormField(
        name=name,
        label=text[:1].upper() + text[1:],
        kind="select" if choices else "day" if fact.type is date else "number",
        value=typed.raw(name) if typed else now,
        error=typed.errors.get(name, "") if typed else "",
        quiet=True,
        choices=choices,
    )


def _shown(value: object, name: str, language: str) -> str:
    fact = VOCABULARY[name]
    if fact.type is bool:
        return "yes" if value is True else "no"
    if fact.type is date:
        found = value if isinstance(value, date) else read_day(str(value))
        return day(found) if found else str(value)
    return str(value).replace(".", ",") if fact.type is Decimal and language == "vi" else str(value)
