"""How Alembic runs the steps: in the transaction that it is handed."""

from __future__ import annotations

from alembic import context

from audit.store.schema import VERSIONS, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSIONS,
)
with context.begin_transaction():
    context.run_migrations()
