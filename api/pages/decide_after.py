"""Before it is recorded: what follows. After: an outcome a row."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from api.pages.cell_deciding import deciders
from api.pages.decide_desk import Desk, known_here
from api.pages.decide_page import ANNULLING, CONSEQUENCE, annul_clauses
from api.pages.decide_quotas import quota_cards
from api.pages.decide_rows import reasons_of, told_counts
from api.pages.findings_told import names_in
from api.pages.format import LEVELS, day
from api.pages.views import ActionForm, Clause, FindingLine, FormField, Link, RefusalView, StatusText, WayOut
from api.pages.views_decide import (
    ConfirmLine,
    ConfirmPage,
    DifferingLine,
    OutcomePage,
    OutcomeRow,
    RowNote,
)
from handlers.deciding_together import RowDone
from handlers.names import Names
from workflow.errors import Refusal, RulesFail

NOT_CARRIED = ("csrf", "command_id")


def confirm_page(here: Desk) -> ConfirmPage:
    """Everything that follows from what was chosen, with every typed value carried on unseen."""
    visit = here.visit
    assert here.typed is not None, "only what was typed can be confirmed"
    assert here.trial is not None, "what was typed has been looked at"
    _, ngettext = visit.words.gettext, visit.words.ngettext
    act = here.terms.act
    chosen = [row for rows in here.chosen.values() for row in rows]
    refused = here.trial.refused
    done = len(chosen) - len(refused)
    recorded = done or len(chosen)  # where nothing can be, the question is still about what was chosen
    asked = ngettext("%(num)d kỳ", "%(num)d kỳ", recorded) % {"num": recorded}
    title = _("Ghi quyết định cho %(rows)s?") if act == "decide" else _("Ghi thẩm định cho %(rows)s?")
    submit = _("Ghi quyết định: %(rows)s") if act == "decide" else _("Ghi thẩm định: %(rows)s")
    carried = tuple(
        FormField(name=name, label="", kind="hidden", value=here.typed.raw(name))
        for name in dict.fromkeys(here.typed.form)
        if name not in NOT_CARRIED and here.typed.raw(name)
    )
    return ConfirmPage(
        frame=here.frame,
        crumbs=_crumbs(here),
        act=act,
        title=title % {"rows": asked},
        lead=_("Chưa ghi gì. Xem lại lần cuối.") if done else _("Chưa ghi gì, và không dòng nào ghi được."),
        record=ActionForm(
            action=with_filter(here, here.here),
            submit=submit % {"rows": asked},
            fields=carried,
            command_id=secrets.token_hex(16),
            style="seal" if act == "decide" else "primary",
        ),
        back=with_filter(here, f"{here.here}/trial"),
        lines=_lines(here),
        differing=_differing(here),
        refusal=_refused(here),
        quotas=quota_cards(here, here.trial.lists),
        terms=_terms(here),
        consequence=_(CONSEQUENCE[act]),
        annulling=_(ANNULLING) if act == "decide" else "",
        annul_clauses=annul_clauses(here),
    )


def with_filter(here: Desk, address: str) -> str:
    """The address with the body and the page of the cohort it is narrowed to."""
    kept = [
        f"{name}={value}"
        for name, value in (("body", here.body), ("page", here.page))
        if value and value != 1
    ]
    return f"{address}?{'&'.join(kept)}" if kept else address


def _crumbs(here: Desk) -> tuple[Link, ...]:
    _ = here.visit.words.gettext
    label = _("Thẩm định") if here.terms.act == "appraise" else _("Quyết định xếp loại")
    return (
        Link(label=_("Tiến độ"), href=f"/c/{here.campaign.id}"),
        Link(label=label, href=with_filter(here, here.here)),
    )


def _terms(here: Desk) -> tuple[tuple[str, str], ...]:
    _ = here.visit.words.gettext
    found = [(_("Ngày"), day(here.terms.on))]
    if here.terms.act == "decide":
        by = deciders(here.visit, here.rulebook)[here.terms.by]
        found = [(_("Số quyết định"), here.terms.document), (_("Nơi quyết định"), by), *found]
    return tuple(found)


def _lines(here: Desk) -> tuple[ConfirmLine, ...]:
    assert here.trial is not None, "only asked after the look"
    found = []
    for report in here.found.reports:
        rows = [one for one in here.chosen.get(report.bundle.id, ()) if one.review not in here.trial.refused]
        if rows:
            found.append(
                ConfirmLine(
                    name=here.names.body(report.bundle.organisation),
                    rows=len(rows),
                    detail=told_counts(here.visit, (row.level for row in rows)),
                )
            )
    return tuple(found)


def _differing(here: Desk) -> tuple[DifferingLine, ...]:
    before = {row.id: row.waits_with for row in here.found.rows}
    return tuple(
        DifferingLine(
            name=here.names.whose(row.review, here.visit.language),
            href=f"/r/{row.review}",
            before=before[row.review] or None,
            after=row.level,
            reason=row.reason or "",
        )
        for rows in here.chosen.values()
        for row in rows
        if row.level != before[row.review]
    )


def _refused(here: Desk) -> RefusalView | None:
    assert here.trial is not None, "only asked after the look"
    held = here.trial.refused
    if not held and not here.gone:
        return None
    _ = here.visit.words.gettext
    lines = [
        FindingLine(
            verdict="fails",
            sentence=f"{here.names.whose(review, here.visit.language)}: {text}",
            clause=clause or Clause(label=""),
        )
        for review, refusal in held.items()
        for text, clause in reasons_of(here, refusal)
    ]
    if here.gone:
        lines.append(
            FindingLine(
                verdict="fails",
                sentence=_("%(count)s kỳ đã có người khác xử lý từ khi mở trang, sẽ bỏ qua.")
                % {"count": len(here.gone)},
                clause=Clause(label=""),
            )
        )
    return RefusalView(
        title=_("%(count)s kỳ sẽ không được ghi") % {"count": len(held) + len(here.gone)},
        why=_("Các kỳ khác vẫn ghi được. Sửa lại nếu cần."),
        findings=tuple(lines),
        ways=tuple(_ways(here, held)),
    )


def _ways(here: Desk, held: Mapping[str, Refusal]) -> Iterator[WayOut]:
    """To the checklist of each body with a row that lacks an item: whoever is above it may confirm it."""
    _ = here.visit.words.gettext
    for report in here.found.reports:
        body = report.bundle.organisation
        chosen = here.chosen.get(report.bundle.id, ())
        if any(_lacks_an_item(here, held.get(row.review)) for row in chosen):
            label = _("Danh mục kiểm tra của %(cell)s") % {"cell": here.names.body(body)}
            yield WayOut(
                when=_("Nếu mục còn thiếu đã có đủ"),
                what=_("xác nhận rồi quay lại:"),
                link=Link(label=label, href=f"/c/{here.campaign.id}/o/{body}/ticks"),
            )


def _lacks_an_item(here: Desk, refusal: Refusal | None) -> bool:
    failed = refusal.failed if isinstance(refusal, RulesFail) else ()
    return any("item" in here.rulebook.rule(finding.rule).parameters for finding in failed)


def outcome_page(here: Desk, told: Sequence[RowDone]) -> OutcomePage:
    """What became of every row that was chosen; what was not done comes first with its reasons."""
    visit = here.visit
    _ = visit.words.gettext
    gone = tuple(
        RowDone(review=one, level="", stale=True) for one in known_here(visit, here.campaign.id, here.gone)
    )
    everything = (*told, *gone)
    names = _names(here, everything)
    rows = [_outcome(here, names, one) for one in everything]
    counted = Counter("done" if one.done else "stale" if one.stale else "refused" for one in everything)
    told_by = {name: counted[name] for name in ("done", "refused", "stale")}
    title = _("Đã ghi %(done)s kỳ") if counted["done"] else _("Chưa ghi kỳ nào")
    lead = _("Bị từ chối %(refused)s, bỏ qua vì có người khác vừa sửa %(stale)s.")
    if not counted["refused"] and not counted["stale"]:
        lead = _("Không dòng nào bị từ chối.")
    return OutcomePage(
        frame=here.frame,
        crumbs=_crumbs(here),
        act=here.terms.act,
        title=title % told_by,
        lead=lead % told_by,
        open_rows=tuple(row for row, one in zip(rows, everything, strict=True) if not one.done),
        done_rows=tuple(row for row, one in zip(rows, everything, strict=True) if one.done),
        again=Link(
            label=_("Xem phần còn lại")
            if len(everything) > counted["done"]
            else _("Về trang quyết định")
            if here.terms.act == "decide"
            else _("Về trang thẩm định"),
            href=with_filter(here, here.here),
        ),
        annulling=_(ANNULLING) if here.terms.act == "decide" and counted["done"] else "",
    )


def _names(here: Desk, told: Iterable[RowDone]) -> Names:
    """The names of the rows, those that are no longer in the cohort among them."""
    with here.visit.service.database.read() as connection:
        more = names_in(connection, here.visit.today, [one.review for one in told])
    return Names({**more.people, **here.names.people}, {**more.bodies, **here.names.bodies})


def _outcome(here: Desk, names: Names, one: RowDone) -> OutcomeRow:
    _ = here.visit.words.gettext
    if one.done:
        state = StatusText(tone="done", text=_("Đã ghi"))
    elif one.stale:
        state = StatusText(tone="unknown", text=_("Bỏ qua: có người khác vừa sửa"))
    else:
        state = StatusText(tone="refused", text=_("Bị từ chối"))
    row = next((row for row in here.found.rows if row.id == one.review), None)
    return OutcomeRow(
        name=names.whose(one.review, here.visit.language),
        href=f"/r/{one.review}",
        body=names.body(row.review.organisation) if row else "",
        level=_(LEVELS[one.level]) if one.level else "",
        state=state,
        reasons=tuple(
            RowNote(state=StatusText(tone="refused", text=text), clause=clause)
            for text, clause in (reasons_of(here, one.refusal) if one.refusal is not None else ())
        ),
    )
