"""The triggers that keep append-only tables from being changed, as statements for either database."""

from collections.abc import Iterator, Sequence

_FUNCTION = """
CREATE FUNCTION kiemdiem_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END $$
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION kiemdiem_append_only()
"""
_SQLITE = """
CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only: {action} refused'); END
"""


def append_only(dialect: str, tables: Sequence[str]) -> Iterator[str]:
    """The statements that guard these tables; for the first revision, which creates the function as well."""
    if dialect == "postgresql":
        yield _FUNCTION
        for table in tables:
            yield _POSTGRESQL.format(table=table)
    else:
        for table in tables:
            for action in ("UPDATE", "DELETE"):
                yield _SQLITE.format(table=table, action=action)
