"""The rows of a cohort: those that need a look first with why, the others folded by their report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from api.pages.decide_desk import Desk
from api.pages.findings_told import (
    CLAUSE_AT_END,
    ITEM,
    finding_line,
    rule_clause,
    with_names,
)
from api.pages.format import FLAGS, KINDS, LEVELS, N_
from api.pages.views import Choice, Clause, FormField, StatusText
from api.pages.views_decide import Count, Fold, JudgedRow, RowNote
from api.pages.visits import Visit
from handlers.cohort import CohortRow
from handlers.names import name_key
from states import review as life
from workflow.errors import BadInput, Refusal, RulesFail
from workflow.rules.finding import Finding
from workflow.rules.rating import Standing
from workflow.rules.sentences import VERDICTS, value_text

SHORT_LEVELS: Mapping[str, str] = {
    "HTXSNV": N_("xuất sắc"),
    "HTTNV": N_("tốt"),
    "HTNV": N_("hoàn thành"),
    "HTNV_HAN_CHE": N_("hoàn thành, còn hạn chế"),
    "KHTNV": N_("không hoàn thành"),
    "TSVM": N_("trong sạch, vững mạnh"),
    "YK": N_("yếu kém"),
}
KIND_ORDER = {life.COLLECTIVE: 0, life.INDIVIDUAL: 1, life.ORGANISATION: 2}
NEEDS_REASON = N_(
    "Phải ghi lý do: mức này khác mức tính theo quy định, hoặc quy định để nơi quyết định chọn mức."
)
SHARED_MIN, SHARED_MAX = 3, 8
"""A reason that holds a quarter of the rows, at least so many, is said once above them; from 8 on always."""

Note = tuple[str, Clause | None]


def reasons_of(here: Desk, refusal: Refusal) -> tuple[Note, ...]:
    """Why a row is refused, a sentence each with its clause, without the row's own name in front."""
    language = here.visit.language
    if isinstance(refusal, RulesFail):
        found: list[Note] = []
        for finding, (_, vi, en) in zip(refusal.failed, refusal.each, strict=True):
            clause = rule_clause(finding, here.rulebook, language)
            over = _over(here, finding)
            if over:
                found.append((over, clause))
                continue
            text = CLAUSE_AT_END.sub("", en if language == "en" else vi)
            text = text.removeprefix(f"{VERDICTS[language][finding.verdict]}: ")
            found.append((with_names(ITEM.sub("", text), here.names, language), clause))
        return tuple(dict.fromkeys(found))
    _ = here.visit.words.gettext
    if isinstance(refusal, BadInput) and refusal.field == "reason":
        return (
            (
                _(NEEDS_REASON),
                None,
            ),
        )
    said = with_names(refusal.en if language == "en" else refusal.vi, here.names, language)
    return ((said[:1].upper() + said[1:], None),)


def _over(here: Desk, finding: Finding) -> str:
    """That a list holds too many, with its numbers; who is on it stands with the list."""
    told = {operand.name: operand.value for operand in finding.operands}
    allowed, top = told.get("quota_allowed"), told.get("quota.top")
    if not isinstance(allowed, int) or not isinstance(top, int):
        return ""
    _ = here.visit.words.gettext
    said = _("Vượt hạn mức: cả danh sách có %(top)s ở mức cao nhất, được %(allowed)s. Chọn ai giữ, ai xuống.")
    return said % {"top": top, "allowed": allowed}


def shared_reasons(here: Desk) -> dict[Note, list[CohortRow]]:
    """Reasons of the rules that hold many rows alike, with those rows; a full quota is each row's own."""
    held: dict[Note, list[CohortRow]] = {}
    for row in here.found.rows:
        refusal = here.seen.refused.get(row.id)
        if refusal is not None and not _is_quota(refusal):
            for reason in reasons_of(here, refusal):
                held.setdefault(reason, []).append(row)
    least = max(SHARED_MIN, min(len(here.found.rows) // 4, SHARED_MAX))
    return {reason: rows for reason, rows in held.items() if len(rows) >= least}


def _is_quota(refusal: Refusal) -> bool:
    return isinstance(refusal, RulesFail) and any(
        operand.name == "quota_allowed" for finding in refusal.failed for operand in finding.operands
    )


def notes_of(here: Desk, row: CohortRow, shared: Iterable[Note]) -> tuple[RowNote, ...]:
    """Everything a decider should have read on a row before agreeing to it; empty where all agree."""
    _ = here.visit.words.gettext
    review = row.review
    found: list[RowNote] = []
    refusal = here.seen.refused.get(row.id)
    if refusal is not None:
        known = set(shared)
        found.extend(
            _note("refused", text, clause)
            for text, clause in reasons_of(here, refusal)
            if (text, clause) not in known
        )
    sent = review.voted_level or review.submitted_level
    if review.appraised_level and sent and review.appraised_level != sent:
        why = f": {review.appraised_reason}" if review.appraised_reason else ""
        said = _("Thẩm định khác mức báo cáo%(why)s.") if why else _("Thẩm định khác mức báo cáo.")
        found.append(_note("risk", said % {"why": why} if why else said))
    if row.computed and row.computed != row.waits_with and row.waits_with:
        said = _("Theo quy định tính ra mức “%(level)s”.")
        found.append(_note("risk", said % {"level": _(LEVELS[row.computed])}))
    if row.rating is not None and row.rating.choices:
        offered = ", ".join(_(SHORT_LEVELS[level]) for level in row.rating.choices)
        found.append(
            _note("decided", _("Quy định để nơi quyết định chọn: %(levels)s.") % {"levels": offered})
        )
    for finding in row.told:
        line = finding_line(finding, here.rulebook, here.visit.language, here.names)
        found.append(_note("risk", line.sentence, line.clause))
    for flag in review.flags:
        found.append(_note("late", _("Đang mang dấu: %(flag)s.") % {"flag": _(FLAGS[flag]).lower()}))
    for rule in review.excepted:
        held = here.rulebook.rule(rule)
        said = _("Được phép làm khác bằng văn bản: %(rule)s")
        cited = Clause(label=held.cite, href=None)
        found.append(_note("risk", said % {"rule": held.says.in_language(here.visit.language)}, cited))
    for by, level in review.decisions.items():
        said = _("%(who)s đã quyết định: %(level)s.")
        who = value_text(by, here.visit.language)
        found.append(_note("decided", said % {"who": who[:1].upper() + who[1:], "level": _(LEVELS[level])}))
    if review.round > 1:
        found.append(
            _note("decided", _("Vòng %(round)s, xếp loại lại sau khi hủy kết quả.") % {"round": review.round})
        )
    return tuple(dict.fromkeys(found))


def _note(tone: str, text: str, clause: Clause | None = None) -> RowNote:
    return RowNote(state=StatusText(tone=tone, text=text), clause=clause)  # type: ignore[arg-type]  # one of the tones


def sorted_rows(here: Desk) -> list[CohortRow]:
    """By report, then the collective, people by given name, organisations."""
    place = {report.bundle.id: number for number, report in enumerate(here.found.reports)}
    return sorted(
        here.found.rows,
        key=lambda row: (
            place[row.submission],
            KIND_ORDER[row.review.kind],
            name_key(here.names.subject(row.id)),
            row.id,
        ),
    )


def parted(here: Desk, shared: Iterable[Note]) -> tuple[tuple[JudgedRow, ...], tuple[Fold, ...]]:
    """The rows that need a look, and the others by report."""
    known = tuple(shared)
    urgent: list[JudgedRow] = []
    folded: dict[str, list[tuple[CohortRow, JudgedRow]]] = {}
    for row in sorted_rows(here):
        notes = notes_of(here, row, known)
        if notes:
            tried = here.trial is not None and here.choice_of(row.id) is not None
            kept = tuple(one for one in notes if not tried or one.state.tone != "refused")
            urgent.append(_judged_row(here, row, kept, alone=True))
        else:
            folded.setdefault(row.submission, []).append((row, _judged_row(here, row, (), alone=False)))
    return tuple(urgent), tuple(_fold(here, submission, rows) for submission, rows in folded.items())


def name_of(here: Desk, row: CohortRow) -> str:
    """Whom a row is about; a committee is told apart from its body."""
    _ = here.visit.words.gettext
    name = here.names.whose(row.id, here.visit.language)
    return _("Tập thể cấp ủy %(body)s") % {"body": name} if row.review.kind == life.COLLECTIVE else name


def _judged_row(here: Desk, row: CohortRow, notes: tuple[RowNote, ...], *, alone: bool) -> JudgedRow:
    _ = here.visit.words.gettext
    review = row.review
    return JudgedRow(
        review=row.id,
        name=name_of(here, row),
        href=f"/r/{row.id}",
        body=here.names.body(review.organisation),
        kind=_(KINDS[review.kind]),
        version=review.version,
        rated=review.rated,
        self_level=review.self_level,
        voted_level=review.voted_level or review.submitted_level,
        votes=votes_text(here, row),
        computed=row.rating.level if row.rating else None,
        computed_note=computed_note(here, row),
        advised=review.appraised_level if here.terms.act == "decide" else None,
        advised_note=review.appraised_reason or "",
        take=_take(here, row) if alone and here.may_act else None,
        fields=_fields(here, row) if here.may_act else (),
        notes=notes,
        trial=_trial(here, row),
    )


def votes_text(here: Desk, row: CohortRow) -> str:
    """ "15/21, cần từ 15": the papers in favour of the level voted, and how many it takes."""
    _ = here.visit.words.gettext
    if row.ballot is None:
        return ""
    count = f"{row.ballot.in_favour}/{row.ballot.entitled}"
    return _("%(count)s, cần từ %(needed)s") % {"count": count, "needed": row.needed} if row.needed else count


def computed_note(here: Desk, row: CohortRow) -> str:
    """Why the rules give no level."""
    _ = here.visit.words.gettext
    if row.rating is None:
        return ""
    said = {
        Standing.UNKNOWN: _("Chưa đủ dữ kiện"),
        Standing.NO_LEVEL: _("Nơi quyết định chọn"),
        Standing.ENTERED: _("Quy định không nêu tiêu chí"),
        Standing.EXEMPT: _("Không xếp loại"),
    }
    return said.get(row.rating.standing, "")


def _take(here: Desk, row: CohortRow) -> FormField:
    _ = here.visit.words.gettext
    name = f"take.{row.id}"
    label = _("Chọn %(name)s") % {"name": name_of(here, row)}
    ticked = "on" if here.typed is not None and here.typed.raw(name) else ""
    return FormField(name=name, label=label, kind="tick", value=ticked)


def _fields(here: Desk, row: CohortRow) -> tuple[FormField, ...]:
    """Level, reason and, where the decider votes, its count; each as typed with what is wrong."""
    if not row.review.rated:
        return ()
    _ = here.visit.words.gettext
    typed = here.typed
    scale = here.rulebook.scale(row.review.kind)
    level, reason, votes = f"level.{row.id}", f"reason.{row.id}", f"votes.{row.id}"
    held = typed.raw(level) if typed is not None and level in typed.form else row.waits_with
    fields = [
        FormField(
            name=level,
            label=_("Mức"),
            kind="select",
            quiet=True,
            value=held,
            error=typed.errors.get(level, "") if typed else "",
            choices=(
                Choice(value="", label=_("để lại")),
                *(Choice(value=one, label=_(LEVELS[one])) for one in (scale.levels if scale else ())),
            ),
        ),
        FormField(
            name=reason,
            label=_("Lý do, khi khác mức đề nghị"),
            quiet=True,
            value=typed.raw(reason) if typed else "",
            error=typed.errors.get(reason, "") if typed else "",
        ),
    ]
    if here.by_ballot(row):
        fields.append(
            FormField(
                name=votes,
                label=_("Số phiếu tán thành"),
                kind="number",
                quiet=True,
                value=typed.raw(votes) if typed else "",
                error=typed.errors.get(votes, "") if typed else "",
            )
        )
    return tuple(fields)


def _trial(here: Desk, row: CohortRow) -> StatusText | None:
    if here.trial is None:
        return None
    _ = here.visit.words.gettext
    chosen = here.choice_of(row.id)
    if chosen is None:
        return None
    refusal = here.trial.refused.get(row.id)
    if refusal is None:
        return StatusText(tone="done", text=_("Ghi được"))
    said = " ".join(text for text, _clause in reasons_of(here, refusal))
    return StatusText(tone="refused", text=_("Sẽ bị từ chối: %(why)s") % {"why": said})


def _fold(here: Desk, submission: str, rows: list[tuple[CohortRow, JudgedRow]]) -> Fold:
    _, ngettext = here.visit.words.gettext, here.visit.words.ngettext
    organisation = rows[0][0].review.organisation
    refused = sum(row.id in here.seen.refused for row, _shown in rows)
    name = f"all.{submission}"
    if here.typed is None:
        ticked = "" if refused or not here.may_act else "on"
    else:
        ticked = "on" if here.typed.raw(name) else ""
    changed = here.typed is not None and any(
        here.typed.raw(f"level.{row.id}") not in ("", row.waits_with)
        or any(field.error for field in shown.fields)
        for row, shown in rows
    )
    tried_wrong = here.trial is not None and any(row.id in here.trial.refused for row, _shown in rows)
    blocked = ngettext("%(num)d kỳ chưa ghi được", "%(num)d kỳ chưa ghi được", refused) % {"num": refused}
    return Fold(
        name=here.names.body(organisation),
        href=f"/c/{here.campaign.id}/o/{organisation}",
        detail=told_counts(here.visit, [row.waits_with for row, _shown in rows]),
        take=FormField(
            name=name,
            label=ngettext("%(body)s: %(num)d kỳ", "%(body)s: %(num)d kỳ", len(rows))
            % {"body": here.names.body(organisation), "num": len(rows)},
            kind="tick",
            value=ticked,
        ),
        rows=tuple(shown for _row, shown in rows),
        state=StatusText(tone="unknown", text=blocked) if refused else None,
        open=changed or tried_wrong or any(here.by_ballot(row) for row, _shown in rows),
    )


def told_counts(visit: Visit, levels: Iterable[str]) -> str:
    """ "2 xuất sắc, 18 tốt", best first; reports that carry no level are counted as such."""
    _ = visit.words.gettext
    counted = Counter(levels)
    known = [f"{counted[level]} {_(text)}" for level, text in SHORT_LEVELS.items() if counted[level]]
    if counted[""]:
        known.append(_("%(count)s không xếp loại") % {"count": counted[""]})
    return ", ".join(known)


def counts_of(levels: Iterable[str]) -> tuple[Count, ...]:
    """How many have each level, best first."""
    counted = Counter(levels)
    return tuple(Count(level=level, rows=counted[level]) for level in SHORT_LEVELS if counted[level])
