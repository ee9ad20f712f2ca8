"""The report of a body to its superior: what it lacks, the button that sends it, what the superior does."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from api.pages.board_rows import facts_of_type
from api.pages.bundle_fields import bundle_form, hour_field, long_field, on_field
from api.pages.cell_before import told_once, where_to
from api.pages.cell_consulting import asked_so_far, consulting_command, consulting_forms
from api.pages.cell_data import CellData, Stored
from api.pages.cell_deciding import decide_command, decision_fields, decision_rows
from api.pages.cell_quotas import quota_notes
from api.pages.findings_told import CLAUSE_AT_END, with_names
from api.pages.format import N_, STANDINGS, day
from api.pages.typed import Typed
from api.pages.views import ActionForm, Clause, FormField, Link, StatusText, Tone
from api.pages.views_cell import MissingLine, SubmissionBox
from api.pages.visits import Visit
from deadlines.due import Due, dues
from handlers.names import Names
from states import review as life
from states import submission as bundle_life
from states.roles import Role
from workflow.commands.asking import Command, Request
from workflow.commands.deciding import AppraiseBundle, ReturnBundle, SubmitBundle
from workflow.errors import NotAllowed, Refusal, RulesFail

OWN = frozenset({Role.SECRETARY, Role.COMMITTEE})
ABOVE = frozenset({Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE})

STATES: dict[str, tuple[Tone, str]] = {
    bundle_life.SUBMITTED: ("waiting", N_("Đã báo cáo, chờ thẩm định")),
    bundle_life.RETURNED: ("refused", N_("Bị trả lại")),
    bundle_life.APPRAISED: ("decided", N_("Đã thẩm định, chờ quyết định")),
    bundle_life.DECIDED: ("done", N_("Đã quyết định")),
}
LACKING: dict[str, str] = {
    life.OPEN: N_("%(count)s kỳ chưa chuẩn bị"),
    life.PREPARED: N_("%(count)s kỳ chưa kiểm điểm"),
    life.DRAFT_SENT: N_("%(count)s kỳ chưa kiểm điểm, dự thảo đã gửi"),
    life.REVIEWED: N_("%(count)s kỳ chưa bỏ phiếu"),
    life.ABSENT: N_("%(count)s người vắng, chờ họp bù"),
    life.PAUSED: N_("%(count)s kỳ đang tạm dừng"),
    life.ANNULLED: N_("%(count)s kỳ đã hủy kết quả, chờ vòng mới"),
}


DONE_AT: dict[str, str] = {
    life.PREPARED: "#record",
    life.DRAFT_SENT: "#record",
    life.ABSENT: "#record",
    life.REVIEWED: "#ballot-title",
}
"""Where on the page what a stage waits for is done; the rest on the page of each review."""


def submission_box(
    visit: Visit, cell: CellData, names: Names, typed: Typed | None = None, act: str = ""
) -> SubmissionBox | None:
    """Where the report stands, with its button or the acts of those above; None where nothing is run."""
    if not cell.own:
        return None
    _ = visit.words.gettext
    due = _due(cell)
    latest = cell.bundles[-1] if cell.bundles else None
    tone, text = _state(cell, latest.stage) if latest is not None else ("none", N_("Chưa báo cáo"))
    sent = [
        _("%(name)s: %(count)s kỳ, gửi %(day)s, %(state)s")
        % {
            "name": row.submission,
            "count": row.rows,
            "day": day(row.sent_on),
            "state": _(_state(cell, row.stage)[1]).lower(),
        }
        for row in cell.bundles
    ]
    missing: tuple[MissingLine, ...] = ()
    form: ActionForm | None = None
    if visit.acting.role in OWN and visit.acting.body == cell.organisation:
        missing, ready = _missing(visit, cell, names)
        if ready:
            form = bundle_form(
                visit,
                f"/c/{cell.campaign.id}/o/{cell.organisation}/submissions",
                _("Báo cáo %(count)s kỳ đã xong") % {"count": ready},
                _when(visit, cell, typed if act == "submissions" else None),
                style="primary",
            )
    return SubmissionBox(
        state=StatusText(tone=tone, text=_(text)),
        detail=". ".join([*sent, *asked_so_far(visit, cell)]),
        due=due.last if due else None,
        safe=due.safe if due else None,
        missing=missing,
        form=form,
        acts=_acts(visit, cell, typed, act),
    )


def _state(cell: CellData, stage: str) -> tuple[Tone, str]:
    """Where a report stands; without an appraisal in the regime it waits for the decision at once."""
    if stage == bundle_life.SUBMITTED and not any(
        cell.rulebook.flow(kind).appraisal for kind in life.KINDS if cell.rulebook.scale(kind) is not None
    ):
        return "waiting", N_("Đã báo cáo, chờ quyết định")
    return STATES[stage]


def _due(cell: CellData) -> Due | None:
    """The earliest date of the report among the kinds of review the body runs, for a body of its type."""
    book = cell.rulebook
    calendar = book.calendar.of_unit(cell.organisation)
    found = (
        dues(book, cell.campaign.year, kind, facts_of_type(kind, cell.type), calendar).get("submitted")
        for kind in dict.fromkeys(row.kind for row in cell.own)
    )
    return min((one for one in found if one), key=lambda one: one.last, default=None)


def _when(visit: Visit, cell: CellData, typed: Typed | None) -> tuple[FormField, ...]:
    """The day, and the hour too where a deadline of the rulebook has one (STC-2024, ¶9)."""
    asked = {name for kind in life.KINDS for name in cell.rulebook.fact_names("submit", kind)}
    day_of_report = on_field(visit, typed)
    if "submission.hour" in asked:
        return (day_of_report, hour_field(visit, typed))
    return (day_of_report,)


def submit_command(cell: CellData, on: date, hour: str = "") -> SubmitBundle:
    """Everything that is ready, in the bundle that came back whole or in a new one."""
    returned = [row.submission for row in cell.bundles if row.stage == bundle_life.RETURNED]
    taken = {row.submission for row in cell.bundles}
    base = f"{cell.campaign.id}-{cell.organisation}"
    fresh = next(name for name in (f"{base}-{n}" for n in range(1, 1000)) if name not in taken)
    return SubmitBundle(
        submission=returned[-1] if returned else fresh,
        campaign=cell.campaign.id,
        organisation=cell.organisation,
        on=on,
        hour=hour or None,
    )


def superior_command(visit: Visit, cell: CellData, act: str, submission: str, typed: Typed) -> Command | None:
    """What a superior asks for a bundle; None where a field is wrong, which `typed.errors` names."""
    if act in ("consultation", "opinion"):
        return consulting_command(act, submission, typed)
    if act == "decision":
        return decide_command(visit, cell, submission, typed)
    on = typed.day("on")
    command: Command
    if act == "return":
        command = ReturnBundle(submission=submission, on=on, reason=typed.text("reason"))
    else:
        command = AppraiseBundle(submission=submission, on=on)
    return None if typed.errors else command


def _missing(visit: Visit, cell: CellData, names: Names) -> tuple[tuple[MissingLine, ...], int]:
    """What keeps reviews out of the report, by the rules that would refuse them; how many are ready."""
    _ = visit.words.gettext
    refused = StatusText(tone="refused", text=_("Chưa được"))
    waiting = StatusText(tone="unknown", text=_("Chưa xong"))
    lines = []
    counted = Counter(row.stage for row in cell.own if _still_owed(cell, row))
    for stage, text in LACKING.items():
        if counted[stage]:
            lines.append(
                MissingLine(
                    text=_(text) % {"count": counted[stage]},
                    clause=Clause(label=_(STANDINGS[stage])),
                    state=waiting,
                    link=Link(label=_("Tới nơi làm"), href=DONE_AT.get(stage, "#reviews-title")),
                )
            )
    request = Request(command=submit_command(cell, visit.today), actor=visit.acting)
    _situation, outcome = visit.service.engine.consider(request)
    if isinstance(outcome, RulesFail):
        lines.extend(
            MissingLine(
                text=with_names(line.sentence, names, visit.language),
                clause=line.clause,
                state=refused,
                link=Link(label=_("Tới nơi làm"), href=where_to(cell, finding, review)),
            )
            for line, finding, review in told_once(visit, cell, names, outcome)
        )
        return tuple(lines), 0
    if isinstance(outcome, Refusal):
        return tuple(lines), 0
    for row in outcome.outcomes:
        if row.refusal is not None and not isinstance(row.refusal, NotAllowed):
            said = row.refusal.vi if visit.language == "vi" else row.refusal.en
            found = CLAUSE_AT_END.search(said)
            lines.append(
                MissingLine(
                    text=with_names(said, names, visit.language),
                    clause=Clause(label=found.group(1) if found else ""),
                    state=refused,
                    link=Link(label=_("Xem"), href=f"/r/{row.row}"),
                )
            )
    return tuple(lines), sum(1 for row in outcome.outcomes if row.done)


def _may_be_decided(cell: CellData, stage: str) -> bool:
    """Whether the decision is next: after the appraisal, after the report where the regime has none."""
    if stage == bundle_life.SUBMITTED:
        rated = (kind for kind in life.KINDS if cell.rulebook.scale(kind) is not None)
        return any(not cell.rulebook.flow(kind).appraisal for kind in rated)
    return stage == bundle_life.APPRAISED


def _still_owed(cell: CellData, row: Stored) -> bool:
    """Whether a step before the report is missing; after the session that is a ballot, where there is one."""
    voted_on = row.rated and cell.rulebook.flow(row.kind).has_ballot
    return row.stage in LACKING and (row.stage != life.REVIEWED or voted_on)


def _acts(visit: Visit, cell: CellData, typed: Typed | None, act: str) -> tuple[ActionForm, ...]:
    """Return, appraise and decide each open bundle, for the office that may."""
    role, body = visit.acting.role, visit.acting.body
    if role not in ABOVE or body == cell.organisation:
        return ()
    _ = visit.words.gettext
    found: list[ActionForm] = []
    fields: tuple[FormField, ...]
    for row in cell.bundles:
        base = f"/b/{row.submission}"

        def shown(noun: str, submission: str = row.submission) -> Typed | None:
            return typed if act == f"{submission}/{noun}" else None

        name = row.submission
        waiting = cell.waiting(name)
        if waiting and role is Role.ORGANISATION_BOARD:
            found.extend(consulting_forms(visit, cell, name, shown))
            fields = (on_field(visit, shown("appraisal")),)
            title = _("Thẩm định %(name)s: giữ các mức đã bỏ phiếu, %(count)s kỳ đang chờ") % {
                "name": name,
                "count": len(waiting),
            }
            found.append(bundle_form(visit, f"{base}/appraisal", title, fields, style="primary"))
        if _may_be_decided(cell, row.stage) and role is Role.SUPERIOR_COMMITTEE:
            title = _("Quyết định %(name)s theo thẩm định") % {"name": name}
            notes = quota_notes(visit, cell, name)
            fields = decision_fields(visit, cell, shown("decision"))
            rows = decision_rows(visit, cell, name, shown("decision"))
            form = bundle_form(visit, f"{base}/decision", title, fields, style="seal", notes=notes)
            found.append(replace(form, rows=rows))
        if row.stage in (bundle_life.SUBMITTED, bundle_life.APPRAISED):
            fields = (
                long_field("reason", _("Lý do trả lại"), shown("return")),
                on_field(visit, shown("return")),
            )
            found.append(bundle_form(visit, f"{base}/return", _("Trả lại %(name)s") % {"name": name}, fields))
    return tuple(found)
