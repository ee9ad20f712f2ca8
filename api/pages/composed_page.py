"""The page of how a rulebook is composed: which layer set each value, by which document."""

from __future__ import annotations

from dataclasses import dataclass

from api.composed import name_of, shown
from api.pages.views import Link, Page
from api.pages.visits import Visit
from api.regulations import book_of
from workflow.engine import unusable
from workflow.rules.composition import Value, composition
from workflow.rules.refusals import RulebookRefused


@dataclass(frozen=True, kw_only=True, slots=True)
class ValueLine:
    """One value: its name, the regime's where it differs, the value in force, its document."""

    name: str
    value: str
    cite: str
    base: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """What one folder set."""

    key: str
    title: str
    values: tuple[ValueLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Excepted:
    """A value that stands by permission alone."""

    what: str
    base: str
    value: str
    cite: str
    permission: str


@dataclass(frozen=True, kw_only=True)
class ComposedPage(Page):
    """A rulebook by its values, layer by layer, the nearest first."""

    TEMPLATE = "composed.html"
    title: str
    secondary: bool
    layers: tuple[Layer, ...]
    exceptions: tuple[Excepted, ...] = ()
    unset: tuple[str, ...] = ()


def composed_page(visit: Visit, name: str) -> ComposedPage:
    """How one rulebook is composed. Raises NotFound."""
    book, language, _ = book_of(visit.service, name), visit.language, visit.words.gettext
    try:
        found = composition(book.id, shelf=visit.service.books.shelf_of(book.id))
    except RulebookRefused as error:
        raise unusable(name, error) from error
    by: dict[str, list[Value]] = {folder: [] for folder in (*reversed(book.layers), found.regime)}
    for value in found.values:
        by[value.set_by].append(value)
    with visit.service.database.read() as connection:
        return ComposedPage(
            frame=visit.frame(connection, "regulation"),
            crumbs=(
                Link(label=_("Quy định"), href="/rulebooks"),
                Link(label=book.title.in_language(language), href=f"/rulebooks/{name}"),
            ),
            title=book.title.in_language(language),
            secondary=book.provenance == "secondary",
            layers=tuple(
                Layer(key=folder, title=folder, values=tuple(_line(value, language) for value in values))
                for folder, values in by.items()
            ),
            exceptions=tuple(
                Excepted(
                    what=f"{one.rule}, {one.parameter}",
                    base=shown(one.base, language),
                    value=shown(one.value, language),
                    cite=one.cite,
                    permission=one.permission,
                )
                for one in found.exceptions
            ),
            unset=tuple(one.says.in_language(language) for one in found.book.unset),
        )


def _line(value: Value, language: str) -> ValueLine:
    return ValueLine(
        name=name_of(value, language),
        value=shown(value.value, language),
        cite=value.cite,
        base=shown(value.base, language) if value.is_changed else "",
    )
