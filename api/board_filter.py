"""How a board and the register are narrowed and ordered, as values and as the address that says the same.

An address of a page that says nonsense narrows nothing, so that an old link still opens; an address of the
API is refused with the field named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Annotated, Final, Literal, get_args
from urllib.parse import parse_qsl, urlencode

from fastapi import Query
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from api.bodies import one_of
from api.pages.counted import STEPS
from api.pages.format import plain
from handlers.boards.found import SHORTEST
from states import levels
from states import review as life

Kind = Literal["individual", "collective", "organisation"]
Show = Literal["all", "late", "refused", "risk", "done"]
Sort = Literal["tree", "late"]

KINDS: Final[tuple[str, ...]] = get_args(Kind)
SHOWS: Final[tuple[str, ...]] = get_args(Show)
SORTS: Final[tuple[str, ...]] = get_args(Sort)
QUERY_MAX: Final = 200
FOLDED_MAX: Final = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What of a board is asked for.

    `stage` is the step a body is stuck at, `level` one that some of its reviews have; both empty for any.
    `fold` are the branches shown as one row. `page` counts from 1.
    """

    kind: str = life.INDIVIDUAL
    show: str = "all"
    stage: str = ""
    level: str = ""
    query: str = ""
    sort: str = "tree"
    fold: tuple[str, ...] = ()
    page: int = 1

    def address(self, base: str, **other: str | int | tuple[str, ...]) -> str:
        """The board with these filters, some of them changed, from its first page; what is usual is left
        out.
        """
        given = replace(self, **({"page": 1} | other)).told()  # type: ignore[arg-type]  # fields of ours
        return f"{base}?{urlencode(given)}" if given else base

    def told(self) -> list[tuple[str, str]]:
        """What is not as usual, as pairs of a query string."""
        usual, found = Wanted(), []
        for one in fields(self):
            value = getattr(self, one.name)
            if value == getattr(usual, one.name):
                continue
            values = value if isinstance(value, tuple) else (value,)
            found += [(_NAMES.get(one.name, one.name), str(each)) for each in values]
        return found

    @property
    def kept(self) -> str:
        """The query string a view is kept as: without the page."""
        return urlencode(replace(self, page=1).told())

    @property
    def narrows(self) -> bool:
        """Whether it leaves bodies out."""
        return bool(self.show != "all" or self.stage or self.level or self.query)


_NAMES: Final[Mapping[str, str]] = {"query": "q"}


def searched(text: str | None) -> str | None:
    """What is searched for, without signs a database refuses; too short where it would mean everybody."""
    if text is None:
        return None
    if len(plain(_printable(text))) < SHORTEST:
        raise PydanticCustomError(
            "string_too_short", "is too short, {min_length} at least", {"min_length": SHORTEST}
        )
    return _printable(text)


StrictStep = Annotated[str | None, one_of(STEPS), Query(json_schema_extra={"enum": [*STEPS]})]
StrictLevel = Annotated[str | None, one_of(levels.NAMES), Query(json_schema_extra={"enum": [*levels.NAMES]})]
StrictSearch = Annotated[
    str | None,
    AfterValidator(searched),
    Query(max_length=QUERY_MAX, description="With or without accents, two letters or more"),
]


def wanted_of(
    kind: Kind = "individual",
    show: Show = "all",
    stage: Annotated[str, Query(max_length=40)] = "",
    level: Annotated[str, Query(max_length=40)] = "",
    q: Annotated[str, Query(max_length=QUERY_MAX)] = "",
    sort: Sort = "tree",
    fold: Annotated[tuple[str, ...], Query(max_length=FOLDED_MAX)] = (),
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Wanted:
    """The board an address asks for. A step or level nobody knows narrows nothing."""
    return Wanted(
        kind=kind,
        show=show,
        stage=stage if stage in STEPS else "",
        level=level if level in levels.NAMES else "",
        query=_printable(q),
        sort=sort,
        fold=tuple(dict.fromkeys(name[:100] for name in fold)),
        page=page,
    )


def read_kept(text: str) -> Wanted:
    """The board a query string asks for, as typed into a form or kept; what is wrong in it counts for
    nothing.
    """
    pairs = parse_qsl(text[:4_000])
    told = dict(pairs)
    return Wanted(
        kind=_one_of(told.get("kind"), KINDS),
        show=_one_of(told.get("show"), SHOWS),
        stage=told["stage"] if told.get("stage") in STEPS else "",
        level=told["level"] if told.get("level") in levels.NAMES else "",
        query=_printable(told.get("q", "")[:QUERY_MAX]),
        sort=_one_of(told.get("sort"), SORTS),
        fold=tuple(dict.fromkeys(value[:100] for name, value in pairs if name == "fold"))[:FOLDED_MAX],
    )


def _one_of(value: str | None, known: tuple[str, ...]) -> str:
    return value if value in known else known[0]


def _printable(text: str) -> str:
    """No sign a database refuses; blanks at the ends aside."""
    return "".join(one for one in text if one.isprintable()).strip()
