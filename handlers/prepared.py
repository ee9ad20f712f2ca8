"""`Prepared(statement)`: a statement compiled once a dialect and then handed straight to the driver.

Around a query of a millisecond's tenth the expression language spends two more on its way in and out, several
times a command. What it knows of types is kept: parameters and columns go through the same conversions.
Anything rarer than once a command stays an ordinary `connection.execute`.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The words for one dialect, each parameter's name and conversion, each converted column's place."""

    words: str
    parameters: tuple[tuple[str, Convert | None], ...]
    constants: Mapping[str, Any]
    columns: tuple[tuple[int, Convert], ...]
    row: Callable[[Iterable[Any]], Any]


class Prepared:
    """One statement, whose parameters are all given by name at execution."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def all(self, connection: Connection, given: Mapping[str, Any]) -> list[Any]:
        """The rows found, named as the columns are."""
        made = self._for(connection.dialect)
        cursor = connection.connection.cursor()
        try:
            cursor.execute(made.words, _values(made, given))
            found: Sequence[Any] = cursor.fetchall()
        finally:
            cursor.close()
        if made.columns:
            return [made.row(_converted(row, made.columns)) for row in found]
        return [made.row(row) for row in found]

    def run(self, connection: Connection, given: Sequence[Mapping[str, Any]]) -> None:
        """Carry the statement out once for each set of parameters."""
        made = self._for(connection.dialect)
        cursor = connection.connection.cursor()
        try:
            if len(given) == 1:
                cursor.execute(made.words, _values(made, given[0]))
            else:
                cursor.executemany(made.words, [_values(made, one) for one in given])
        finally:
            cursor.close()

    def _for(self, dialect: Dialect) -> _Compiled:
        made = self._compiled.get(dialect.name)
        if made is None:
            made = self._compiled[dialect.name] = _compile(self._statement, dialect)
        return made


def _compile(statement: ClauseElement, dialect: Dialect) -> _Compiled:
    # Both drivers are given a plain sequence of parameters in the order they are used.
    make: Callable[..., Dialect] = type(dialect)
    plain = make(paramstyle="qmark" if dialect.name == "sqlite" else "format")
    unexpanded = statement.compile(dialect=plain)
    assert isinstance(unexpanded, SQLCompiler), "a statement, not a definition"
    lists = {name: bind.value for name, bind in unexpanded.binds.items() if bind.expanding}
    nothing = {name: bind.value for name, bind in unexpanded.binds.items()}
    expanded = unexpanded.construct_expanded_state(nothing, escape_names=False) if lists else None
    names = (expanded.positiontup if expanded else unexpanded.positiontup) or []
    constants = dict(expanded.parameters if expanded else {})
    constants |= {n: b.value for n, b in unexpanded.binds.items() if b.value is not None and n not in lists}
    columns = list(getattr(statement, "selected_columns", ()))
    results = (
        (place, column.type.dialect_impl(dialect).result_processor(dialect, None))
        for place, column in enumerate(columns)
    )
    return _Compiled(
        words=expanded.statement if expanded else str(unexpanded),
        parameters=tuple((name, _bound(unexpanded, name, dialect)) for name in names),
        constants={name: value for name, value in constants.items() if value is not None},
        columns=tuple((place, convert) for place, convert in results if convert is not None),
        row=_row_of([column.key for column in columns]),
    )


def _row_of(names: list[str]) -> Callable[[Iterable[Any]], Any]:
    row: Any = namedtuple("Found", names)  # type: ignore[misc]  # the columns are known at run time
    make: Callable[[Iterable[Any]], Any] = row._make
    return make


def _bound(compiled: SQLCompiler, name: str, dialect: Dialect) -> Convert | None:
    bind = compiled.binds.get(name)
    return bind.type.dialect_impl(dialect).bind_processor(dialect) if bind is not None else None


def _values(made: _Compiled, given: Mapping[str, Any]) -> tuple[Any, ...]:
    values = {**made.constants, **given} if made.constants else given
    return tuple(
        values[name] if convert is None else convert(values[name]) for name, convert in made.parameters
    )


def _converted(row: Iterable[Any], columns: tuple[tuple[int, Convert], ...]) -> list[Any]:
    changed = list(row)
    for place, convert in columns:
        changed[place] = convert(changed[place])
    return changed
