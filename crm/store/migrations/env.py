"""Runs the migrations on the connection that ``crm.store.migrate`` hands over."""

from alembic import context

from crm.store import orm_officers

connection = context.config.attributes["connection"]
# SQLite cannot alter most of a table in place: alembic then copies it.
context.configure(
    connection=connection, target_metadata=orm_officers.OfficerRow.metadata, render_as_batch=True
)
context.run_migrations()
