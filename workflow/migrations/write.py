"""Writes the first revision anew from the tables of the code, as long as no release has shipped one.

    python -m workflow.migrations.write workflow.tables handlers.tables

Tables marked `info={"append_only": True}` get their triggers. The modules that declare tables are named,
because this folder may not import those above it. After a release the first revision is history, and a change
of a table is a revision of its own, written by hand.
"""

import importlib
import sys
from pathlib import Path
from typing import Any, Final, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations.ops import UpgradeOps
from sqlalchemy import MetaData, create_engine
from sqlmodel import AutoString, SQLModel

from workflow.stored_types import Instant

FIRST: Final = Path(__file__).parent / "versions" / "0001_first.py"

_PAGE = '''"""The first tables, and the triggers that keep append-only ones from being changed."""

import sqlalchemy as sa
from alembic import op

from workflow.migrations.triggers import append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = {append_only}


def upgrade() -> None:
    {tables}

    for statement in append_only(op.get_bind().dialect.name, APPEND_ONLY):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("a log is never taken down; restore a backup instead")
'''


def first_revision(metadata: MetaData) -> str:
    """The text of the first revision for these tables."""
    with create_engine("sqlite://").connect() as nothing:
        context = MigrationContext.configure(
            nothing, opts={"render_item": _render, "user_module_prefix": None}
        )
        operations = produce_migrations(context, metadata).upgrade_ops
    assert isinstance(operations, UpgradeOps)
    tables = render_python_code(operations, render_item=_render, migration_context=context)
    guarded = tuple(table.name for table in metadata.sorted_tables if table.info.get("append_only"))
    return _PAGE.format(append_only=guarded, tables=tables)


def main(modules: list[str]) -> None:
    """Imports the modules, so that their tables are known, and writes the revision."""
    for module in modules:
        importlib.import_module(module)
    FIRST.write_text(first_revision(SQLModel.metadata), encoding="utf-8")


def _render(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Types of our own are written as the plain types they stand for: a revision never changes later."""
    if kind == "type" and isinstance(item, Instant):
        return 'sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")'
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


if __name__ == "__main__":
    main(sys.argv[1:])
