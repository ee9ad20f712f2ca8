"""The pages of the regulations: the list, one rulebook, one rule, one question, the rows of a register."""

from __future__ import annotations

from collections.abc import Iterable

from api.covering import coverage_of, regime_in
from api.pages.format import KINDS, LEVELS, N_
from api.pages.outline_words import cases
from api.pages.regulation_texts import (
    ROLES,
    carriers_of,
    parameters_of,
    reading_line,
    row_line,
    rule_line,
)
from api.pages.views import Link
from api.pages.views_regulation import (
    BookCard,
    ChangeLine,
    ReadingPage,
    RowLine,
    RowsPage,
    RulebookPage,
    RulebooksPage,
    RuleGroup,
    RulePage,
)
from api.pages.visits import Visit
from api.regulations import book_of
from handlers.telling.owed import ladder_words
from workflow.errors import NotFound, Refusal
from workflow.rules.coverage import PLACES, QUOTAS, RATING, UNRATED
from workflow.rules.register import number_of, questions, regime_of, registers, rows_about
from workflow.rules.rule import GATES, JUDGED_AT_GATES, Both, Role, Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import value_text

IN_FORCE = N_("Hiệu lực từ %(day)s")


def rulebooks_page(visit: Visit) -> RulebooksPage:
    """Every regulation there is, by the day it came into force."""
    _ = visit.words.gettext
    books, broken = [], []
    for name in visit.service.books.names():
        try:
            books.append(book_of(visit.service, name))
        except (
            Refusal
        ) as refused:  # a layer of one's own may have been edited wrongly; the others stay in use
            said = refused.en if visit.language == "en" else refused.vi
            broken.append(BookCard(title=name, source=said))
    counts = _("%(rules)s quy tắc, %(readings)s cách hiểu")
    cards = [
        BookCard(
            title=book.title.in_language(visit.language),
            href=f"/rulebooks/{book.id}",
            source=book.source,
            in_force=_(IN_FORCE) % {"day": value_text(book.in_force)},
            counts=counts % {"rules": len(book.rules), "readings": len(book.settings)},
        )
        for book in sorted(books, key=lambda book: book.in_force)
    ]
    with visit.service.database.read() as connection:
        return RulebooksPage(frame=visit.frame(connection, "regulation"), books=(*cards, *broken))


def rulebook_page(visit: Visit, name: str) -> RulebookPage:
    """One regulation. Raises NotFound."""
    book, language, _ = book_of(visit.service, name), visit.language, visit.words.gettext
    facts = [
        (_("Nguồn"), book.source),
        (_("Hiệu lực"), _(IN_FORCE) % {"day": value_text(book.in_force)}),
    ]
    facts += [
        (_(KINDS[kind]), " › ".join(_(LEVELS[level]) for level in levels))
        for kind, levels in book.scales.items()
    ]
    if book.layers:
        facts.append((_("Các lớp bổ sung"), ", ".join(book.layers)))
    facts.append((_("Nhắc việc"), ladder_words(book.reminding, language)))
    with visit.service.database.read() as connection:
        return RulebookPage(
            frame=visit.frame(connection, "regulation"),
            crumbs=(_all(visit),),
            title=book.title.in_language(language),
            facts=tuple(facts),
            groups=tuple(_groups(visit, book, name)),
            readings=tuple(
                reading_line(book, key, name, language) for key in sorted(book.settings, key=number_of)
            ),
            changes=tuple(
                ChangeLine(
                    what=f"{one.rule}, {one.parameter}",
                    base=value_text(one.base, language),
                    value=value_text(one.value, language),
                    cite=one.cite,
                    permission=one.permission,
                )
                for one in book.exceptions
            ),
            secondary=book.provenance == "secondary",
            unset=tuple(one.says.in_language(language) for one in book.unset),
            compare_link=_compared(visit, book, name),
            composed_link=Link(label=_("Từng giá trị do đâu"), href=f"/rulebooks/{book.id}/composed"),
            rows_link=Link(label=_("Từng dòng của văn bản"), href=f"/rulebooks/{name}/rows")
            if regime_in(book)
            else None,
        )


def rule_page(visit: Visit, name: str, rule_id: str) -> RulePage:
    """One rule of a regulation. Raises NotFound."""
    book, language, _ = book_of(visit.service, name), visit.language, visit.words.gettext
    try:
        rule = book.rule(rule_id)
    except KeyError:
        raise NotFound("rule", rule_id) from None
    question = questions().get(rule.reading or "")
    with visit.service.database.read() as connection:
        return RulePage(
            frame=visit.frame(connection, "regulation"),
            crumbs=(_all(visit), _one(book, name, language)),
            rule=rule_line(book, rule, name, visit),
            key=rule.id,
            help=rule.help.in_language(language) if rule.help else "",
            facts=tuple(_facts_of(visit, book, rule)),
            condition=rule.condition,
            parameters=parameters_of(rule, language),
            reading=reading_line(book, rule.reading, name, language)
            if rule.reading in book.settings
            else None,
            question=question.question.in_language(language) if question else "",
            why=question.why.in_language(language) if question else "",
            rows=tuple(_rows(rule.rows, language)),
        )


def reading_page(visit: Visit, name: str, key: str) -> ReadingPage:
    """One question, as it is taken in a regulation. Raises NotFound."""
    book, language, _ = book_of(visit.service, name), visit.language, visit.words.gettext
    asked = questions().get(key)
    if asked is None:
        raise NotFound("reading", key)
    reading = book.settings.get(key)
    regime = regime_in(book)
    about = rows_about(key)
    choices = () if reading is None else reading.choices
    with visit.service.database.read() as connection:
        return ReadingPage(
            frame=visit.frame(connection, "regulation"),
            crumbs=(_all(visit), _one(book, name, language)),
            key=key,
            question=asked.question.in_language(language),
            taken=asked.taken.in_language(language),
            why=asked.why.in_language(language),
            here=reading_line(book, key, name, language) if reading else None,
            choices=tuple(
                (reading.words_of(choice, language), choice == reading.value) for choice in choices if reading
            ),
            rules=tuple(rule_line(book, rule, name, visit) for rule in book.rules if rule.reading == key),
            rows=tuple(row_line(row, language) for row in about if regime_of(row.id) == regime),
            other_rows=tuple(row_line(row, language) for row in about if regime_of(row.id) != regime),
        )


def rows_page(visit: Visit, name: str) -> RowsPage:
    """Row by row, what carries a regulation out. Raises NotFound."""
    book, language = book_of(visit.service, name), visit.language
    found = coverage_of(book)
    if found is None:
        raise NotFound("rulebook", name)
    rows = tuple(row_line(one.row, language, tuple(carriers_of(one, name, language))) for one in found.rows)
    with visit.service.database.read() as connection:
        return RowsPage(
            frame=visit.frame(connection, "regulation"),
            crumbs=(_all(visit), _one(book, name, language)),
            title=book.title.in_language(language),
            covered=sum(1 for row in rows if row.carriers),
            rows=rows,
        )


def _all(visit: Visit) -> Link:
    return Link(label=visit.words.gettext("Quy định"), href="/rulebooks")


def _one(book: Rulebook, name: str, language: str) -> Link:
    return Link(label=book.title.in_language(language), href=f"/rulebooks/{name}")


def _compared(visit: Visit, book: Rulebook, name: str) -> Link:
    """A layer beside what it lies on; a regime, or a layer whose folder is gone, beside one to choose."""
    books, _ = visit.service.books, visit.words.gettext
    if book.layers and books.has(book.id):
        left = books.regime_of(book.id)
        return Link(label=_("Khác quy định gốc ở đâu"), href=f"/rulebooks/compare?left={left}&right={name}")
    return Link(label=_("So sánh với quy định khác"), href=f"/rulebooks/compare?left={name}")


def _groups(visit: Visit, book: Rulebook, name: str) -> Iterable[RuleGroup]:
    """The rules by gate; then those of the level, of quotas and of who is not rated."""
    places: list[tuple[str, Both, list[Rule]]] = [
        (gate, PLACES[gate], [rule for rule in book.rules if _is_at(rule, gate)]) for gate in GATES
    ]
    for key, place, roles in (
        ("unrated", UNRATED, (Role.EXEMPTION,)),
        ("rating", RATING, (Role.CONDITION, Role.TRIGGER, Role.OTHERWISE, Role.CAP)),
        ("quotas", QUOTAS, (Role.QUOTA,)),
    ):
        places.append((key, place, [rule for rule in book.rules if rule.role in roles]))
    for key, place, rules in places:
        if rules:
            title = place.in_language(visit.language)
            lines = tuple(rule_line(book, rule, name, visit) for rule in rules)
            yield RuleGroup(key=key, title=title[:1].upper() + title[1:], rules=lines)


def _is_at(rule: Rule, gate: str) -> bool:
    return gate in rule.gates and rule.role in JUDGED_AT_GATES | {Role.GUIDANCE}


def _facts_of(visit: Visit, book: Rulebook, rule: Rule) -> Iterable[tuple[str, str]]:
    language, _ = visit.language, visit.words.gettext
    yield _("Loại quy tắc"), _(ROLES[rule.role])
    yield _("Dành cho"), ", ".join(_(KINDS[kind]) for kind in rule.kinds)
    if rule.when:
        yield _("Trong trường hợp"), cases(rule.when, language)
    if rule.gates and rule.role in JUDGED_AT_GATES | {Role.GUIDANCE}:
        yield _("Xét ở đâu"), "; ".join(PLACES[gate].in_language(language) for gate in rule.gates)
    if rule.level:
        yield _("Mức"), _(LEVELS.get(rule.level, rule.level))
    if rule.assessment_years:
        yield _("Năm kiểm điểm"), ", ".join(map(str, rule.assessment_years))
    yield _("Hiệu lực"), _(IN_FORCE) % {"day": value_text(rule.in_force)}
    if rule.layer:
        yield _("Lớp bổ sung"), rule.layer
    for replaced in rule.replaces:
        yield _("Thay cho"), replaced
    for replacer in book.replacers(rule.id):
        yield _("Nhường cho"), replacer.says.in_language(language)


def _rows(wanted: Iterable[str], language: str) -> Iterable[RowLine]:
    known = {row.id: row for register in registers().values() for row in register.rows}
    yield from (row_line(known[row_id], language) for row_id in wanted if row_id in known)
