"""Run by alembic for every command; the connection comes from the caller (`upgrade.py`)."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
