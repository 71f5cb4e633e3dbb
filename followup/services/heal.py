"""Heals holds whose cause is gone: a halted account that answers again, a text that was mended."""

from sqlalchemy.engine import Connection

from followup.domain.message import Hold
from followup.services.context import Context
from followup.services.routing import halting
from followup.storage import enrollments, messages
from followup.storage.routing import halts


def heal(ctx: Context) -> int:
    """Try the halts whose time has come, and take held texts in their present version; returns how many were freed.

    Of what a halt keeps one message goes first; the rest follows once that one went well. The gate runs anew.
    """
    with ctx.db.reading() as conn:
        standing = halts.standing(conn)
    return sum(halting.try_again(ctx, one) for one in standing) + _texts(ctx)


def _texts(ctx: Context) -> int:
    with ctx.db.reading() as conn:
        held = messages.held(conn, Hold.TEMPLATE)
    if not held:
        return 0
    ctx.templates.read_again()  # the file was mended while this process ran
    mended = {
        ref: version
        for ref in {ref for ref, _ in held} & set(ctx.templates.refs)
        if (version := ctx.templates.version(ref)) not in {v for r, v in held if r == ref}
    }
    if not mended:
        return 0
    with ctx.db.transaction() as conn:
        keep_texts(ctx, conn, mended)
        return sum(
            messages.renew_text(conn, Hold.TEMPLATE, ref=ref, version=version) for ref, version in mended.items()
        )


def keep_texts(ctx: Context, conn: Connection, versions: dict[str, str]) -> None:
    """Keep the files of versions that messages are about to pin."""
    enrollments.pin(
        conn,
        ctx.clock.now(),
        protocols={},
        templates={version: (ref, ctx.templates.files(ref)) for ref, version in versions.items()},
    )
