"""What Alembic runs: one transaction on the connection that `followup.storage.migrate` hands over."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from followup.storage.database import Moment
from followup.storage.tables import metadata

LOCK_TIMEOUT = "5s"
#: Any number will do, as long as all processes use the same.
_MIGRATING = 4_155_500


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our types under the names that a revision imports."""
    if kind == "type" and isinstance(item, Moment):
        return "database.Moment()"
    if kind == "type" and type(item) is sa.JSON:
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    # Two that migrate at once take turns; a migration that must wait for others gives up before they pile up behind it.
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")

context.configure(
    connection=connection,
    target_metadata=metadata,
    compare_type=True,
    render_as_batch=context.config.attributes.get("batch", True),
    render_item=_render,
)
context.run_migrations()
