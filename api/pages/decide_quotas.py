"""Quota lists as units: one square a person, a line at the ceiling, the formula with its rounding beneath."""

from __future__ import annotations

import re
from decimal import Decimal

from api.pages.addresses import rule_address
from api.pages.decide_desk import Desk
from api.pages.findings_told import with_names
from api.pages.format import number
from api.pages.views import Clause
from api.pages.views_decide import QuotaCard
from handlers.what_if import Line, ListSeen

SHARE = re.compile(r"(\d+)·(\d+)/100 → (\d+)")


def quota_cards(here: Desk, lists: tuple[ListSeen, ...]) -> tuple[QuotaCard, ...]:
    """One card a list that some quota speaks about."""
    return tuple(_card(here, one) for one in lists if one.lines)


def _card(here: Desk, one: ListSeen) -> QuotaCard:
    _ = here.visit.words.gettext
    english = here.visit.language == "en"
    label = with_names(one.label_en if english else one.label_vi, here.names, here.visit.language)
    notes = [_says(line, english) for line in one.lines if not line.formula]
    if one.room is not None and one.room < 0:
        votes = [
            name if row.in_favour is None else f"{name} {row.in_favour}/{row.entitled}"
            for row in one.candidates
            for name in (here.names.subject(row.review),)
        ]
        notes.append(_("Theo số phiếu: %(candidates)s.") % {"candidates": ", ".join(votes)})
    if one.tie_at_the_edge:
        notes.append(_("Bằng phiếu ở vị trí cuối cùng: cần bỏ phiếu lại (cách hiểu C-22)."))
    return QuotaCard(
        name=here.names.body(label) if label == one.name else label,
        used=one.top,
        ceiling=None if one.room is None else max(one.top + one.room, 0),
        formula="; ".join(dict.fromkeys(_formula(here, line, one) for line in one.lines if line.formula)),
        detail=_("%(top)s ở mức cao nhất, %(good)s ở mức tốt, %(rated)s được xếp loại")
        % {"top": one.top, "good": one.good, "rated": one.rated},
        clauses=tuple(
            Clause(
                label=(line.clause_en if english else line.clause_vi).strip("()"),
                href=rule_address(here.rulebook.hash, line.rule),
            )
            for line in one.lines
        ),
        notes=tuple(notes),
    )


def _formula(here: Desk, line: Line, one: ListSeen) -> str:
    """15·18/100 → 2 as a person writes it: 15% × 18 = 2,7 → 2.

    Where the base counts the good alone, one top rating less is one good more: what the ceiling rests on then
    is shown beside, once it is another number than today's.
    """
    found = SHARE.search(line.formula)
    if found is None:
        return line.formula
    percent, base, allowed = (int(part) for part in found.groups())
    told = f"{_product(here, percent, base)} → {allowed}"
    ceiling = one.top + (one.room or 0)
    then = base + one.top - ceiling
    if one.room is None or ceiling == allowed or percent * then // 100 != ceiling:
        return told
    _ = here.visit.words.gettext
    beside = _("với %(top)s người thì %(product)s → %(top)s")
    return f"{told}; {beside % {'top': ceiling, 'product': _product(here, percent, then)}}"


def _product(here: Desk, percent: int, base: int) -> str:
    exact = Decimal(percent * base) / 100
    shown = number(int(exact) if exact == int(exact) else exact.normalize(), here.visit.language)
    return f"{percent}% × {base} = {shown}"


def _says(line: Line, english: bool) -> str:
    return line.says_en if english else line.says_vi
