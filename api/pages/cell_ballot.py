"""The sheet of an evening's ballot: all names, a column a level, and how it counts, said beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from api.pages.cell_data import CellData, Stored
from api.pages.cell_outcomes import Outcomes
from api.pages.format import KINDS, LEVELS, N_
from api.pages.typed import Typed
from api.pages.views import Choice, Clause, FormField
from api.pages.views_cell import (
    Attendee,
    BallotColumn,
    BallotGrid,
    BallotRow,
    BallotTable,
    PeopleChoice,
    Said,
)
from api.pages.words import Words
from handlers.names import name_key
from states import review as life
from workflow.rules.ballots import columns_of
from workflow.rules.finding import Force
from workflow.rules.flow import CUMULATIVE, LEFT_OUT, TWO_ROUNDS
from workflow.rules.rule import Role
from workflow.rules.sentences import cited

SECRET, OPEN = "secret", "open"
PAPERS = {"issued": N_("Phát ra"), "collected": N_("Thu vào"), "invalid": N_("Không hợp lệ")}
NEXT_LOWER = N_(
    "Không mức nào đủ tỷ lệ thì chưa có kết quả: bỏ phiếu mới cho mức liền kề thấp hơn; nếu không còn mức "
    "nào, đánh dấu chưa có kết quả và báo cấp trên."
)
EACH_FOR_ITSELF = N_(
    "Mỗi cột tính riêng, xét từ mức cao xuống: phiếu ở mức nào chỉ tính cho mức ấy; mức đầu tiên đủ tỷ lệ là "
    "kết quả."
)
CARRIED_DOWN = N_(
    "Phiếu tính cộng dồn: phiếu ở mức cao hơn được tính cả cho mức liền kề thấp hơn, không tính cho mức "
    "thấp nhất."
)
ROUNDS = N_(
    "Bỏ phiếu hai vòng: vòng 1 xếp loại mọi người ở các mức dưới mức cao nhất; vòng 2 chỉ bỏ phiếu mức cao "
    "nhất cho những ai đạt mức thứ hai ở vòng 1."
)
DENOMINATOR = N_(
    "Mẫu số là số người được tính, không phải số phiếu: người vắng vẫn được tính, phiếu trắng và phiếu không "
    "hợp lệ không phải là tán thành; người được miễn không dự thì không tính."
)
BARRED_COUNT = N_("Người có xung đột lợi ích không bỏ phiếu nhưng vẫn được tính vào mẫu số.")
BARRED_LEAVE = N_("Người có xung đột lợi ích không bỏ phiếu và không được tính vào mẫu số.")
GUARANTEE = N_(
    "Phiếu giấy: hệ thống chỉ giữ tổng số, không giữ ai bỏ phiếu nào. Hệ thống không biết phiếu được phát, "
    "bỏ và thu thế nào trong phòng họp; ở nơi ít người, kết quả đồng loạt như nhau cho biết mọi người đã "
    "bỏ gì."
)


def ballot_grid(
    cell: CellData, votes: list[Stored], words: Words, typed: Typed | None, save: str = ""
) -> BallotGrid:
    """Everybody who may be voted on this evening, a table a scale; a second round has a table of its own.

    Rows that were kept or typed and add up are saved; `save` is the address that keeps rows, if there is one.
    """
    _ = words.gettext
    head = Head(cell, typed)
    tables = tuple(_tables(cell, votes, words, head))
    papers = (
        FormField(
            name=name,
            label=_(label),
            kind="number",
            value=head.one(name) or ("0" if name == "invalid" and not typed else ""),
            error=typed.errors.get(name, "") if typed else "",
            required=False,
            quiet=True,
        )
        for name, label in PAPERS.items()
    )
    return BallotGrid(
        papers=(*papers, _form_of_ballot(words, head)),
        tables=tables,
        how=tuple(_how(cell, votes, words)),
        people=tuple(_people(cell, words, head)),
        official_members=cell.official,
        announced=bool(head.one("announced")),
        summary=_summary(cell, tables, words),
        save=save,
    )


@dataclass(frozen=True, slots=True)
class Head:
    """The fields of the sheet as a whole: as typed, else as they were kept."""

    cell: CellData
    typed: Typed | None

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field."""
        return self.typed.all(name) if self.typed else self.cell.draft.fields.get(name, ())

    def one(self, name: str) -> str:
        """Its one value, empty where there is none."""
        if self.typed:
            return self.typed.raw(name)
        return next(iter(self.cell.draft.fields.get(name, ())), "")

    def members(self, kind: str) -> int:
        """How many count in the denominator, as far as the sheet says (C-09)."""
        barred = len(set(self.all("barred"))) if self.cell.rulebook.flow(kind).barred == LEFT_OUT else 0
        return self.cell.official + len(set(self.all("exempt_attending"))) - barred


def _summary(cell: CellData, tables: tuple[BallotTable, ...], words: Words) -> str:
    """How many rows are saved, wrong, open; of how many people who count."""
    _ = words.gettext
    states = Counter(row.state for table in tables for row in table.rows)
    parts = [
        _("đã lưu %(count)s") % {"count": states["saved"]},
        *([_("cần sửa %(count)s") % {"count": states["wrong"]}] if states["wrong"] else []),
        _("chưa nhập %(count)s") % {"count": states["open"]},
        _("%(count)s đảng viên chính thức") % {"count": cell.official},
    ]
    return " · ".join(parts)


def round_of(cell: CellData, row: Stored) -> int:
    """Which round of the ballot the review is in."""
    two = cell.rulebook.flow(row.kind).rounds == TWO_ROUNDS
    return 2 if two and row.stage == life.VOTED else 1


def columns(cell: CellData, row: Stored) -> tuple[str, ...]:
    """The levels a paper offers for this review in its round."""
    scale = cell.rulebook.scale(row.kind)
    return columns_of(scale, cell.rulebook.flow(row.kind), round_of(cell, row)) if scale else ()


def _form_of_ballot(words: Words, head: Head) -> FormField:
    _ = words.gettext
    known = head.typed is not None or bool(head.cell.draft.fields)
    return FormField(
        name="secret",
        label=_("Hình thức bỏ phiếu"),
        kind="select",
        quiet=True,
        required=False,
        value=head.one("secret") if known else SECRET,
        choices=(
            Choice(value=SECRET, label=_("Bỏ phiếu kín")),
            Choice(value=OPEN, label=_("Biểu quyết công khai")),
            Choice(value="", label=_("Biên bản không nêu hình thức")),
        ),
    )


def _tables(cell: CellData, votes: list[Stored], words: Words, head: Head) -> Iterator[BallotTable]:
    _ = words.gettext
    groups: dict[tuple[str, int], list[Stored]] = {}
    for row in votes:
        groups.setdefault((row.kind, round_of(cell, row)), []).append(row)
    for (kind, number), rows in groups.items():
        levels = columns(cell, rows[0])
        caption = _(KINDS[kind])
        if cell.rulebook.flow(kind).rounds == TWO_ROUNDS:
            caption = _("%(kind)s, vòng %(round)s") % {"kind": caption, "round": number}
        tells = Outcomes(cell, kind, levels, number, head.members(kind), words)
        yield BallotTable(
            caption=caption,
            columns=tuple(BallotColumn(code=level, label=_(LEVELS[level])) for level in levels),
            rows=tuple(_row(cell, row, levels, head, tells, words) for row in rows),
        )


def _row(
    cell: CellData, row: Stored, levels: tuple[str, ...], head: Head, tells: Outcomes, words: Words
) -> BallotRow:
    typed, base = head.typed, f"ballot.{row.review}"
    named = [f"{base}.{level}" for level in levels]
    error = next((typed.errors[name] for name in named if name in typed.errors), "") if typed else ""
    if typed:
        counts = tuple(typed.raw(name) for name in named)
    else:
        kept = cell.draft.rows.get(row.review, {})
        counts = tuple(str(kept[level]) if level in kept else "" for level in levels)
    saved = any(counts) and not error and not (typed and _kept_open(typed, row))
    proposed = row.proposed_level or row.self_level or ""
    return BallotRow(
        review=row.review,
        name=cell.person(row),
        href=f"/r/{row.review}",
        level=proposed if proposed in LEVELS else "",
        counts=counts,
        state="wrong" if error else "saved" if saved else "open",
        check=_check(head, counts, words) if saved else "",
        result=tells.carried(counts, proposed) if saved else tells.needed(proposed),
        error=error,
    )


def _check(head: Head, counts: tuple[str, ...], words: Words) -> str:
    """The sum of a row beside the valid papers of the sheet; what is left was blank."""
    _ = words.gettext
    figures = (head.one("collected"), head.one("invalid"), *filter(None, counts))
    if not all(figure.isascii() and figure.isdecimal() for figure in figures):
        return ""
    collected, invalid, *papers = map(int, figures)
    left = collected - invalid - sum(papers)
    if left:
        return _("trống %(left)s") % {"left": left}
    return _("đủ %(sum)s") % {"sum": sum(papers)}


def _kept_open(typed: Typed, row: Stored) -> bool:
    """Whether a row stays open: it was opened to be changed, or nothing can be said of it yet."""
    return typed.raw("edit") == row.review or any(name in typed.errors for name in PAPERS)


def _people(cell: CellData, words: Words, head: Head) -> Iterator[PeopleChoice]:
    _ = words.gettext
    groups = (
        ("counters", _("Tổ kiểm phiếu (2 hoặc 3 người)"), ("official", "probationary")),
        ("barred", _("Không bỏ phiếu vì có xung đột lợi ích"), ("official",)),
        ("exempt_attending", _("Được miễn sinh hoạt nhưng đến dự và bỏ phiếu"), ("exempt",)),
    )
    for name, label, statuses in groups:
        chosen = head.all(name)
        people = sorted(
            (person for person, status in cell.roll.items() if status in statuses),
            key=lambda person: (name_key(cell.names.person(person)), person),
        )
        if people:
            yield PeopleChoice(
                name=name,
                label=label,
                people=tuple(
                    Attendee(person=one, name=cell.names.person(one), present=one in chosen) for one in people
                ),
            )


def _how(cell: CellData, votes: list[Stored], words: Words) -> Iterator[Said]:
    """How the papers will be counted, in sentences; what a layer set names its document."""
    _ = words.gettext
    for kind in dict.fromkeys(row.kind for row in votes):
        flow, scale = cell.rulebook.flow(kind), cell.rulebook.scale(kind)
        layer = Clause(label=flow.cite) if flow.layer and flow.cite else None
        for text in (CARRIED_DOWN if flow.count == CUMULATIVE else EACH_FOR_ITSELF,):
            yield Said(text=_(text), clause=layer if flow.count == CUMULATIVE else None)
        if flow.rounds == TWO_ROUNDS:
            yield Said(text=_(ROUNDS), clause=layer)
        told = set()
        for level in scale.levels if scale else ():
            for rule in cell.rulebook.rules_of(Role.THRESHOLD, kind, level):
                if rule.force is Force.REFUSE and rule.id not in told:
                    told.add(rule.id)
                    says = rule.says.in_language(words.language)
                    yield Said(text=says, clause=Clause(label=cited(rule, words.language)))
        out = flow.barred == LEFT_OUT
        yield Said(text=_(BARRED_LEAVE if out else BARRED_COUNT), clause=layer if out else None)
    yield Said(text=_(DENOMINATOR))
    yield Said(text=_(NEXT_LOWER))
    yield Said(text=_(GUARANTEE))
