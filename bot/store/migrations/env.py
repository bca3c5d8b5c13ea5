"""Run by Alembic, always inside the transaction that bot.store.integrity.migrate has begun."""

from alembic import context

from bot.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
