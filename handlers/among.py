"""`among(column, ids)`: a whole list of ids as one parameter, so that a statement is built and compiled once.

An IN list is written anew for every number of ids, and building a statement of the expression language took
several times as long as running it. Here the list travels as one JSON text to SQLite and as one array to
PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import BindParameter, Boolean, ColumnElement, Date, Dialect, Text, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine


class Words(TypeDecorator[Sequence[str]]):
    """A list of ids as one parameter; never a column."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        chosen: TypeEngine[Any] = ARRAY(Text()) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(chosen)

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:
        assert value is not None, "an empty list is given as one"
        return list(value) if dialect.name == "postgresql" else msgspec.json.encode(list(value)).decode()


class _Among(FunctionElement[bool]):
    type = Boolean()
    name = "among"
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Any:
        """Itself: SQLite would be asked whether it `= 1`, and use no index then."""
        return self


def among(column: ColumnElement[str], ids: str) -> ColumnElement[bool]:
    """Whether the column is one of the ids given at execution under the parameter name `ids`."""
    return _Among(column, bindparam(ids, type_=Words()))


def day_parameter(name: str = "day") -> BindParameter[Any]:
    """A day given at execution."""
    return bindparam(name, type_=Date())


@compiles(_Among)
def _shown(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    """For a person who prints the statement."""
    column, ids = (compiler.process(part, **options) for part in element.clauses)
    return f"({column} AMONG {ids})"


@compiles(_Among, "sqlite")
def _sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(part, **options) for part in element.clauses)
    return f"({column} IN (SELECT value FROM json_each({ids})))"


@compiles(_Among, "postgresql")
def _postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(part, **options) for part in element.clauses)
    return f"({column} = ANY ({ids}))"
