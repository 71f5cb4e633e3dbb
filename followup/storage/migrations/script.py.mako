"""${message.capitalize()}.

On PostgreSQL a statement waits at most `env.LOCK_TIMEOUT` for a lock. So add columns as nullable, fill them in
batches of their own, and enforce them in a later revision. There is no way down but a backup.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from followup.storage import database

${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only."""
    ${upgrades if upgrades else "pass"}
