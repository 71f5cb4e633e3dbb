"""The audit trail's hash chain: a tick seals what was written since the last, and anyone can verify it."""

from followup.services.context import Context
from followup.storage import audit


def seal(ctx: Context) -> int:
    """Give unsealed entries their place in the chain; returns how many."""
    with ctx.db.transaction() as conn:
        return audit.seal(conn, ctx.signer.seal)


def verify(ctx: Context) -> audit.Verified:
    """Walk the whole chain, to the end that was signed."""
    with ctx.db.reading() as conn:
        return audit.verify(conn, ctx.signer.seal)
