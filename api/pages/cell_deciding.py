"""The decision on a report: who decides, and a row each the level, its reason, the decider's own count."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.bundle_fields import on_field, select_field, text_field
from api.pages.cell_data import CellData
from api.pages.format import LEVELS, N_
from api.pages.typed import Typed
from api.pages.views import Choice, FormField
from api.pages.visits import Visit
from states import review as life
from workflow.commands.deciding import DecideBundle, Judgement
from workflow.folding import fold_stored
from workflow.log import Log
from workflow.review import Review
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import value_text
from workflow.rules.topics.choices import DECIDERS

NOBODY_DECIDED = N_("Chọn mức cho ít nhất một dòng.")
USUAL = ("committee", "btv", "other")
WORDS: Mapping[str, str] = {
    "committee": N_("Đảng ủy"),
    "btv": N_("Ban thường vụ"),
    "other": N_("Nơi khác"),
}


def decision_fields(visit: Visit, cell: CellData, typed: Typed | None) -> tuple[FormField, ...]:
    """What holds for the whole decision: its paper, who decides, the day, who may vote where they do."""
    _ = visit.words.gettext
    fields = (
        text_field("document", _("Số quyết định"), typed),
        select_field("by", _("Nơi quyết định"), typed, deciders(visit, cell.rulebook)),
        on_field(visit, typed),
    )
    if not _counts(cell):
        return fields
    entitled = FormField(
        name="entitled",
        label=_("Số người được bỏ phiếu quyết định"),
        kind="number",
        value=typed.raw("entitled") if typed else "",
        error=typed.errors.get("entitled", "") if typed else "",
        required=True,
    )
    return (*fields, entitled)


def deciders(visit: Visit, rulebook: Rulebook) -> dict[str, str]:
    """Who may decide, in words: those the rules of the campaign name beside the usual ones of the Party."""
    named = {
        str(one)
        for rule in rulebook.rules
        if rule.parameters.get("fact") == "decision.by"
        for one in rule.parameters.get("values", ())
    }
    _ = visit.words.gettext
    usual = USUAL[-1:] if "chairman" in named else USUAL  # a union has no committee of the Party
    codes = sorted({*named, *usual}, key=(*USUAL[:-1], *DECIDERS).index)
    return {
        code: _(WORDS[code]) if code in WORDS else _capital(value_text(code, visit.language))
        for code in codes
    }


def decision_rows(
    visit: Visit, cell: CellData, submission: str, typed: Typed | None
) -> tuple[tuple[FormField, ...], ...]:
    """For each row that waits: the level advised or another, the reason, the votes in favour."""
    _ = visit.words.gettext
    said = _said_by_others(visit, cell, submission)
    found = []
    for review, level in waiting(cell, submission).items():
        base = f"row.{review}"
        scale = cell.rulebook.scale(_kind(cell, review))
        levels = scale.levels if scale else ()
        fields = [
            FormField(
                name=f"{base}.level",
                label=_name(visit, cell, review),
                kind="select",
                quiet=True,
                value=typed.raw(f"{base}.level") if typed else level,
                hint=said.get(review, ""),
                error=typed.errors.get(f"{base}.level", "") if typed else "",
                choices=(
                    Choice(value="", label=_("để lại")),
                    *(Choice(value=one, label=_(LEVELS[one])) for one in levels),
                ),
            ),
            FormField(
                name=f"{base}.reason",
                label=_("Lý do, khi khác mức đã tính"),
                quiet=True,
                value=typed.raw(f"{base}.reason") if typed else "",
            ),
        ]
        if cell.rulebook.flow(_kind(cell, review)).decided_by_ballot:
            fields.append(
                FormField(
                    name=f"{base}.in_favour",
                    label=_("Số phiếu tán thành"),
                    kind="number",
                    quiet=True,
                    value=typed.raw(f"{base}.in_favour") if typed else "",
                    error=typed.errors.get(f"{base}.in_favour", "") if typed else "",
                )
            )
        found.append(tuple(fields))
    return tuple(found)


def decide_command(visit: Visit, cell: CellData, submission: str, typed: Typed) -> DecideBundle | None:
    """The decision that was typed; rows left as advised need not be named. None where a field is wrong."""
    on, document = typed.day("on"), typed.text("document")
    by = typed.one_of("by", tuple(deciders(visit, cell.rulebook)))
    entitled = typed.number("entitled") if _counts(cell) else 0
    rows: list[Judgement] = []
    advised = waiting(cell, submission)
    for review, level in advised.items():
        base = f"row.{review}"
        scale = cell.rulebook.scale(_kind(cell, review))
        chosen = typed.one_of(f"{base}.level", scale.levels if scale else (), required=False)
        if f"{base}.level" not in typed.form:
            chosen = level
        if not chosen:
            continue
        counted = cell.rulebook.flow(_kind(cell, review)).decided_by_ballot
        rows.append(
            Judgement(
                review=review,
                level=chosen,
                reason=typed.text(f"{base}.reason", required=False) or None,
                in_favour=typed.number(f"{base}.in_favour") if counted else None,
                entitled=entitled if counted else None,
            )
        )
    if advised and not rows:
        typed.wrong(f"row.{next(iter(advised))}.level", NOBODY_DECIDED)
    if typed.errors:
        return None
    as_advised = [Judgement(review=review, level=level) for review, level in advised.items()]
    named = () if rows == as_advised else tuple(rows)
    return DecideBundle(submission=submission, on=on, document=document, by=by, rows=named)


def waiting(cell: CellData, submission: str) -> dict[str, str]:
    """Rows of a report that wait for the decision, with the level advised; empty where none was sent up."""
    bundle = cell.lives[submission]
    stages = {row.review: row for row in cell.reviews if row.rated}
    found = {
        row: level for row, level in bundle.appraised.items() if row not in bundle.decided and row in stages
    }
    for row, level in bundle.rows.items():
        held = stages.get(row)
        if held is not None and held.stage == life.SUBMITTED and not cell.rulebook.flow(held.kind).appraisal:
            found[row] = level
    return {row: level or "" for row, level in found.items()}


def _counts(cell: CellData) -> bool:
    return any(cell.rulebook.flow(row.kind).decided_by_ballot for row in cell.reviews if row.rated)


def _kind(cell: CellData, review: str) -> str:
    return next(str(row.kind) for row in cell.reviews if row.review == review)


def _name(visit: Visit, cell: CellData, review: str) -> str:
    return _capital(visit.voice(cell.names, None).subject(review))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _said_by_others(visit: Visit, cell: CellData, submission: str) -> dict[str, str]:
    """Where two bodies decide: what the one that was first has decided (C-52)."""
    rows = [row for row in waiting(cell, submission) if cell.rulebook.flow(_kind(cell, row)).deciders > 1]
    if not rows:
        return {}
    _ = visit.words.gettext
    streams = [f"review/{row}" for row in rows]
    with visit.service.database.read() as connection:
        stored = Log(connection).read(streams)
    told = {}
    for row, stream in zip(rows, streams, strict=True):
        review = fold_stored(stream, stored[stream])
        assert isinstance(review, Review), "a review stream folds to a review"
        if review.decisions:
            told[row] = "; ".join(
                _("%(who)s đã quyết định: %(level)s")
                % {"who": _capital(value_text(by, visit.language)), "level": _(LEVELS[level])}
                for by, level in review.decisions.items()
            )
    return told
