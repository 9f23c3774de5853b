"""Runs the gateway's migrations on the connection that ``gateway.store.engine`` hands over."""

from alembic import context

from gateway.store.orm import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table="gateway_version",
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
