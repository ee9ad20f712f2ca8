"""Opinions on a report before it is appraised: whom to ask until when, and what each of them answered."""

from __future__ import annotations

from collections.abc import Callable

from api.pages.bundle_fields import bundle_form, long_field, on_field, select_field
from api.pages.cell_data import CellData
from api.pages.format import N_, day
from api.pages.typed import Typed
from api.pages.views import ActionForm, FormField
from api.pages.visits import Visit
from workflow.commands.asking import Command
from workflow.commands.deciding import OpenConsultation, RecordOpinion

NOBODY_ASKED = N_("Đánh dấu hoặc ghi ít nhất một nơi được hỏi.")
ANSWERED, ANSWERED_LATE = N_("%(body)s trả lời ngày %(day)s"), N_("%(body)s trả lời muộn, ngày %(day)s")
ASKED = "ask."
"""What the names of the ticks begin with; the rest is the body's code."""


def consulting_forms(
    visit: Visit, cell: CellData, submission: str, shown: Callable[[str], Typed | None]
) -> tuple[ActionForm, ...]:
    """Ask bodies, while none is asked; then record what those answer that have not (DUK-2016, III.1.3.5)."""
    _ = visit.words.gettext
    bundle = cell.lives[submission]
    base = f"/b/{submission}"
    if not bundle.consulted:
        title = _("Lấy ý kiến về %(name)s") % {"name": submission}
        return (
            bundle_form(
                visit, f"{base}/consultation", title, _whom_and_until(visit, cell, shown("consultation"))
            ),
        )
    silent = {body: cell.names.body(body) for body, on in bundle.consulted.items() if on is None}
    if not silent:
        return ()
    typed = shown("opinion")
    fields = (
        select_field("body", _("Nơi trả lời"), typed, silent),
        on_field(visit, typed),
        long_field("text", _("Ý kiến"), typed),
    )
    return (
        bundle_form(visit, f"{base}/opinion", _("Ghi ý kiến về %(name)s") % {"name": submission}, fields),
    )


def consulting_command(act: str, submission: str, typed: Typed) -> Command | None:
    """Whom to ask, or one answer; None where a field is wrong, which `typed.errors` names."""
    command: Command
    if act == "consultation":
        ticked = [name.removeprefix(ASKED) for name in typed.form if name.startswith(ASKED)]
        written = [part.strip() for part in typed.text("bodies", required=False).split(",")]
        bodies = tuple(dict.fromkeys(one for one in (*ticked, *written) if one))
        if not bodies:
            typed.wrong("bodies", NOBODY_ASKED)
        command = OpenConsultation(submission=submission, bodies=bodies, until=typed.day("until"))
    else:
        command = RecordOpinion(
            submission=submission, body=typed.text("body"), on=typed.day("on"), text=typed.text("text")
        )
    return None if typed.errors else command


def asked_so_far(visit: Visit, cell: CellData) -> list[str]:
    """One sentence a report that bodies were asked about: who answered when, who has not."""
    _ = visit.words.gettext
    found = []
    for bundle in cell.lives.values():
        if bundle.consulted and bundle.reply_until is not None:
            bodies = [
                _(ANSWERED_LATE if body in bundle.late else ANSWERED)
                % {"body": cell.names.body(body), "day": day(on)}
                if on is not None
                else _("%(body)s chưa trả lời") % {"body": cell.names.body(body)}
                for body, on in bundle.consulted.items()
            ]
            found.append(
                _("Đã lấy ý kiến về %(name)s, hạn trả lời %(day)s: %(bodies)s")
                % {"name": bundle.id, "day": day(bundle.reply_until), "bodies": ", ".join(bodies)}
            )
    return found


def _whom_and_until(visit: Visit, cell: CellData, typed: Typed | None) -> tuple[FormField, ...]:
    _ = visit.words.gettext
    ticks = (
        FormField(
            name=f"{ASKED}{body}",
            label=cell.names.body(body),
            kind="tick",
            value="on" if typed and typed.tick(f"{ASKED}{body}") else "",
        )
        for body in cell.same_level
    )
    return (
        *ticks,
        FormField(
            name="bodies",
            label=_("Nơi khác được hỏi"),
            hint=_("Ghi mã hoặc tên, cách nhau bằng dấu phẩy."),
            value=typed.raw("bodies") if typed else "",
            error=typed.errors.get("bodies", "") if typed else "",
        ),
        FormField(
            name="until",
            label=_("Trả lời chậm nhất ngày"),
            kind="day",
            value=typed.raw("until") if typed else "",
            error=typed.errors.get("until", "") if typed else "",
            required=True,
        ),
    )
