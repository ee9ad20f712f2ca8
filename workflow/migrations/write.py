"""Writes the first revision anew from the tables of the code, as long as no release has shipped one.

    python -m workflow.migrations.write

Every file of the service that declares a table (`table=True`) is found and imported by name, since this
folder may import nothing from the ones above it. A table marked `info={"append_only": True}` gets the
triggers of `triggers.py`; a module with a function `closing_only(dialect)` gets the statements that function
gives. Everything is written out, so that the revision depends on no code that may change later.

After a release the first revision is history, and a change of a table is a revision of its own, by hand.
"""

import importlib
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlmodel import AutoString, SQLModel

from workflow.migrations.triggers import append_only
from workflow.stored_types import Instant

FIRST: Final = Path(__file__).parent / "versions" / "0001_first.py"
PACKAGES: Final = ("states", "workflow", "deadlines", "handlers", "api")

_COMMENTS: Final = re.compile(r"^ *# ###.*\n?", re.MULTILINE)
_DECLARES: Final = re.compile(r"^class .*table=True\)", re.MULTILINE)

_PAGE: Final = '''"""The first tables and the triggers that keep rows unchanged; see `migrations/write.py`."""
# ruff: noqa: E501 - statements are written out as they are run

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    {tables}

    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("a log is never taken down; restore a backup instead")


TRIGGERS = {{
    "sqlite": ({sqlite}),
    "postgresql": ({postgresql}),
}}
'''


def main() -> None:
    """Writes the file; commit it together with the tables."""
    FIRST.write_text(first_revision(declaring_modules()), encoding="utf-8")


def declaring_modules() -> list[ModuleType]:
    """Every module of the service that declares tables, in the order of their names."""
    root = Path(__file__).parents[2]
    files = (path for package in PACKAGES for path in (root / package).rglob("*.py"))
    declaring = [path for path in files if _DECLARES.search(path.read_text(encoding="utf-8"))]
    names = (".".join(path.relative_to(root).with_suffix("").parts) for path in declaring)
    return [importlib.import_module(name) for name in sorted(names)]


def first_revision(modules: list[ModuleType]) -> str:
    """The text of the first revision for the tables of these modules."""
    with create_engine("sqlite://").connect() as nothing:
        context = MigrationContext.configure(nothing, opts={"user_module_prefix": None})
        operations = produce_migrations(context, SQLModel.metadata).upgrade_ops
        assert operations is not None
        tables = render_python_code(operations, render_item=_render, migration_context=context)
    page = _PAGE.format(
        tables=_COMMENTS.sub("", tables).strip(),
        sqlite=_written(_triggers("sqlite", modules)),
        postgresql=_written(_triggers("postgresql", modules)),
    )
    return _formatted(page)


def _triggers(dialect: str, modules: list[ModuleType]) -> Iterator[str]:
    tables = SQLModel.metadata.sorted_tables
    yield from append_only(dialect, [table.name for table in tables if table.info.get("append_only")])
    for module in modules:
        if hasattr(module, "closing_only"):
            yield from module.closing_only(dialect)


def _written(statements: Iterable[str]) -> str:
    return "".join(f'"""\n{statement.strip()}\n""",' for statement in statements)


def _formatted(page: str) -> str:
    ruff = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(FIRST), "-"]
    return subprocess.run(ruff, input=page, capture_output=True, text=True, check=True).stdout


def _render(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Types of our own are written as the plain types they stand for: a revision never changes later."""
    if kind == "type" and isinstance(item, Instant):
        return 'sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")'
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


if __name__ == "__main__":
    main()
