"""The cohort on one page: quotas, the rows that need a look, the others folded, and one form over all."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

from api.pages.bundle_fields import on_field, select_field, text_field
from api.pages.cell_deciding import deciders
from api.pages.decide_desk import Desk
from api.pages.decide_quotas import quota_cards
from api.pages.decide_rows import Note, counts_of, name_of, parted, shared_reasons
from api.pages.findings_told import cited_on_annulling
from api.pages.format import N_
from api.pages.views import (
    ActionForm,
    Clause,
    EmptyState,
    FindingLine,
    FormField,
    Link,
    RefusalView,
    StatusText,
    WayOut,
)
from api.pages.views_decide import CohortPage, Fold
from handlers.cohort import CohortRow

NAMED_MAX = 4
CONSEQUENCE = {
    "decide": N_(
        "Sau bước này kết quả được công nhận và chi bộ được báo. Không sửa được nữa: "
        "muốn đổi phải hủy kết quả và xếp loại lại, có lý do."
    ),
    "appraise": N_(
        "Sau bước này báo cáo chuyển tới nơi quyết định kèm mức thẩm định. "
        "Muốn thẩm định lại, nơi quyết định phải trả báo cáo về."
    ),
}
ANNULLING = N_(
    "Kết quả đã quyết định không có nút “hoàn tác”. Nếu sau này phát hiện khuyết điểm: mở kỳ kiểm điểm của "
    "người đó, chọn “Hủy kết quả đã công nhận” (số văn bản, lý do), rồi “Mở vòng mới”. "
    "Kết quả cũ vẫn còn trong hồ sơ."
)
TITLES = {
    "decide": (
        N_("Quyết định xếp loại: %(rows)s, %(look)s cần xem"),
        N_("Quyết định xếp loại: %(rows)s, %(stuck)s chưa ghi được"),
        N_("Quyết định xếp loại: %(rows)s, không ai phải xem riêng"),
    ),
    "appraise": (
        N_("Thẩm định: %(rows)s, %(look)s cần xem"),
        N_("Thẩm định: %(rows)s, %(stuck)s chưa ghi được"),
        N_("Thẩm định: %(rows)s, không ai phải xem riêng"),
    ),
}
NOTHING_CHOSEN = N_("Chưa chọn kỳ nào. Đánh dấu từng người cần xem, hoặc cả báo cáo của một chi bộ.")


def cohort_page(here: Desk) -> CohortPage:
    """The page; after a look ahead or a wrong field with everything that was chosen still there."""
    visit = here.visit
    _ = visit.words.gettext
    shared = shared_reasons(here)
    urgent, folds = parted(here, shared)
    rows = len(here.found.rows)
    act = here.terms.act
    crumbs = (Link(label=_("Tiến độ"), href=f"/c/{here.campaign.id}"),)
    if not rows:
        return CohortPage(
            frame=here.frame,
            crumbs=crumbs,
            act=act,
            title=_("Thẩm định") if act == "appraise" else _("Quyết định xếp loại"),
            lead="",
            here=here.here,
            bodies=_bodies(here),
            chosen_body=here.body,
            elsewhere=_elsewhere(here),
            empty=_empty(here),
            annulling=_(ANNULLING) if act == "decide" else "",
            annul_clauses=annul_clauses(here),
        )
    counted = visit.words.ngettext("%(num)d kỳ", "%(num)d kỳ", rows) % {"num": rows}
    stuck = sum(row.review in here.seen.refused for fold in folds for row in fold.rows)
    to_look, to_wait, ready = TITLES[act]
    title = _(to_look if urgent else to_wait if stuck else ready)
    title %= {"rows": counted, "look": len(urgent), "stuck": stuck}
    seen = here.trial if here.trial is not None and here.chosen else here.seen
    return CohortPage(
        frame=here.frame,
        crumbs=crumbs,
        act=act,
        title=title,
        lead=_lead(here, folds),
        here=here.here,
        bodies=_bodies(here),
        chosen_body=here.body,
        judge=judge_form(here) if here.may_act else None,
        trial=_address(here, "/trial"),
        confirm=_address(here, "/confirmation"),
        quotas=quota_cards(here, seen.lists),
        counts=counts_of(row.waits_with for row in here.found.rows),
        urgent=urgent,
        folds=folds,
        refusal=_refusal(here, shared),
        looked=_looked(here),
        consequence=_(CONSEQUENCE[act]),
        annulling=_(ANNULLING) if act == "decide" else "",
        annul_clauses=annul_clauses(here),
        elsewhere=_elsewhere(here),
        paper=_address(here, "", paper="on"),
        further=_further(here),
    )


def _address(here: Desk, tail: str, **more: str) -> str:
    kept = {"body": here.body, "page": str(here.page) if here.page > 1 else ""} | more
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{here.here}{tail}{'?' if query else ''}{query}"


def _lead(here: Desk, folds: tuple[Fold, ...]) -> str:
    _, ngettext = here.visit.words.gettext, here.visit.words.ngettext
    reports = len(here.found.reports)
    agreed = sum(row.review not in here.seen.refused for fold in folds for row in fold.rows)
    sent = ngettext("%(num)d báo cáo đang chờ.", "%(num)d báo cáo đang chờ.", reports) % {"num": reports}
    if not agreed:
        return sent
    said = _("%(count)s kỳ có phiếu, quy định và thẩm định khớp nhau.")
    if here.terms.act == "appraise":
        said = _("%(count)s kỳ có phiếu và quy định khớp nhau.")
    return f"{sent} {said % {'count': agreed}}"


def _bodies(here: Desk) -> tuple[Link, ...]:
    """Every body whose report lies here, for the filter; `href` holds its id."""
    ids = dict.fromkeys(one.organisation for one in here.reports)
    return tuple(Link(label=here.names.body(one), href=one) for one in ids)


def _elsewhere(here: Desk) -> tuple[Link, ...]:
    """Reports that lie with this body and wait for its other office."""
    _ = here.visit.words.gettext
    shown = {report.bundle.id for report in here.found.reports}
    if here.found.beyond or here.page > 1:
        return ()
    waits = {
        "decide": _("%(body)s: %(count)s kỳ, chờ Ban Tổ chức thẩm định"),
        "appraise": _("%(body)s: %(count)s kỳ, đã thẩm định, chờ quyết định"),
    }[here.terms.act]
    return tuple(
        Link(
            label=waits % {"body": here.names.body(one.organisation), "count": one.rows - one.decided},
            href=f"/c/{here.campaign.id}/o/{one.organisation}",
        )
        for one in here.reports
        if one.submission not in shown and (not here.body or one.organisation == here.body)
    )


def _empty(here: Desk) -> EmptyState:
    _ = here.visit.words.gettext
    board = Link(label=_("Xem tiến độ"), href=f"/c/{here.campaign.id}")
    if not here.reports and not here.may_act:
        return EmptyState(
            title=_("Không có báo cáo nào gửi tới nơi này"),
            text=_("Trang này tập hợp báo cáo các chi bộ gửi lên để thẩm định, quyết định."),
            link=board,
            icon="scales",
        )
    texts = {
        "decide": _(
            "Báo cáo hiện ở đây khi đã thẩm định, hoặc ngay khi gửi nếu quy định không có bước thẩm định."
        ),
        "appraise": _("Báo cáo hiện ở đây ngay khi bí thư chi bộ gửi lên."),
    }
    titles = {"decide": _("Chưa có gì chờ quyết định"), "appraise": _("Chưa có gì chờ thẩm định")}
    act = here.terms.act
    return EmptyState(title=titles[act], text=texts[act], link=board, icon="scales")


def _further(here: Desk) -> Link | None:
    if not here.found.beyond:
        return None
    ngettext = here.visit.words.ngettext
    label = ngettext("Còn %(num)d báo cáo nữa", "Còn %(num)d báo cáo nữa", here.found.beyond)
    kept = {"body": here.body, "page": str(here.page + 1)}
    query = urlencode({name: value for name, value in kept.items() if value})
    return Link(label=label % {"num": here.found.beyond}, href=f"{here.here}?{query}")


def judge_form(here: Desk) -> ActionForm:
    """What counts for every row: the paper, who decides, the day, who may vote where they do."""
    visit, typed = here.visit, here.typed
    _ = visit.words.gettext
    fields: list[FormField] = []
    if here.terms.act == "decide":
        document = text_field("document", _("Số quyết định"), typed)
        by = select_field("by", _("Nơi quyết định"), typed, deciders(visit, here.rulebook))
        fields += [document, _with_value(by, here.terms.by)]
    fields.append(on_field(visit, typed))
    if any(here.by_ballot(row) for row in here.found.rows):
        fields.append(
            FormField(
                name="entitled",
                label=_("Số người được bỏ phiếu quyết định"),
                kind="number",
                value=typed.raw("entitled") if typed else "",
                error=typed.errors.get("entitled", "") if typed else "",
                required=True,
            )
        )
    return ActionForm(
        action=_address(here, "/confirmation"),
        submit=_("Xem hệ quả rồi ghi"),
        fields=tuple(fields),
        command_id=secrets.token_hex(16),
        style="primary",
    )


def _with_value(field: FormField, value: str) -> FormField:
    return FormField(
        name=field.name,
        label=field.label,
        kind=field.kind,
        value=field.value or value,
        error=field.error,
        required=field.required,
        choices=field.choices,
    )


def _refusal(here: Desk, shared: dict[Note, list[CohortRow]]) -> RefusalView | None:
    """What keeps many rows back at once, said once, with the way on; or that nothing was chosen."""
    _ = here.visit.words.gettext
    if here.typed is not None and "rows" in here.typed.errors:
        return RefusalView(title=_("Chưa ghi gì"), why=here.typed.errors["rows"], kept=True)
    if here.typed is not None and here.typed.errors:
        return RefusalView(
            title=_("Chưa ghi gì"), why=_("Có chỗ chưa đúng, lý do ghi ngay dưới ô đó."), kept=True
        )
    if not shared:
        return None
    held = {row.id for rows in shared.values() for row in rows}
    told = {"count": len(held), "all": len(here.found.rows)}
    title = _("%(count)s trên %(all)s kỳ chưa quyết định được") % told
    if here.terms.act == "appraise":
        title = _("%(count)s trên %(all)s kỳ chưa thẩm định được") % told
    return RefusalView(
        title=title,
        why=_("Lý do chung được nói một lần ở đây; lý do riêng ở từng dòng."),
        findings=tuple(
            FindingLine(
                verdict="unknown",
                sentence=f"{_several(here, rows)}: {text}",
                clause=clause or Clause(label=""),
            )
            for (text, clause), rows in shared.items()
        ),
        ways=(
            WayOut(
                when=_("Nếu thiếu dữ kiện hay danh mục"),
                what=_("bổ sung ở kỳ kiểm điểm hoặc trang chi bộ rồi mở lại trang này."),
            ),
            WayOut(when=_("Nếu sai nơi quyết định hay ngày"), what=_("sửa ở cuối trang rồi bấm “Xem thử”.")),
        ),
    )


def _several(here: Desk, rows: list[CohortRow]) -> str:
    names = [name_of(here, row) for row in rows]
    if len(names) <= NAMED_MAX:
        return ", ".join(names)
    rest = len(names) - NAMED_MAX + 1
    others = here.visit.words.ngettext("và %(num)d kỳ khác", "và %(num)d kỳ khác", rest) % {"num": rest}
    return f"{', '.join(names[: NAMED_MAX - 1])} {others}"


def _looked(here: Desk) -> StatusText | None:
    """What a look ahead found, in one sentence."""
    if here.trial is None or here.typed is None or here.typed.errors:
        return None
    _ = here.visit.words.gettext
    count = sum(len(rows) for rows in here.chosen.values())
    refused = len(here.trial.refused)
    if not count:
        return StatusText(tone="unknown", text=_(NOTHING_CHOSEN))
    told = {"count": count, "done": count - refused, "refused": refused}
    if refused:
        said = _("Đang thử, chưa lưu: chọn %(count)s kỳ, ghi được %(done)s, sẽ bị từ chối %(refused)s.")
        return StatusText(tone="refused", text=said % told)
    return StatusText(tone="done", text=_("Đang thử, chưa lưu: chọn %(count)s kỳ, ghi được cả.") % told)


def annul_clauses(here: Desk) -> tuple[Clause, ...]:
    """Where the regulation speaks of annulling what is decided here."""
    return () if here.terms.act == "appraise" else cited_on_annulling(here.rulebook, here.visit.language)
