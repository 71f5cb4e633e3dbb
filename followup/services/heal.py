"""Heals holds whose cause is gone: a halted account that answers again, a text that was mended."""

from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId
from followup.domain.message import Hold
from followup.services.context import Context
from followup.storage import audit, enrollments, holds, messages


def heal(ctx: Context) -> int:
    """Look at every standing hold that the system put; returns how many messages were released.

    An account that was halted is asked for its credentials; a text is taken in its present version. The gate runs anew.
    """
    return _accounts(ctx) + _texts(ctx)


def _accounts(ctx: Context) -> int:
    with ctx.db.reading() as conn:
        halted = [h for h in holds.standing(conn) if h["scope"] == "account" and h["by"] == "system"]
    released = 0
    for hold in halted:
        provider = next((p for p in ctx.providers.values() if p.name == hold["key"]), None)
        if provider is None or ctx.network.submit(provider.check()).result():
            continue
        with ctx.db.transaction() as conn:
            released += end_hold(ctx, conn, ClinicId(hold["clinic_id"]), key=hold["key"], by="system")
    return released


def end_hold(ctx: Context, conn: Connection, clinic_id: ClinicId, *, key: str, by: str) -> int:
    """End an account's halt, by the system or by a person who says go; returns how many messages were released."""
    holds.end(conn, clinic_id=clinic_id, scope="account", key=key)
    audit.append(conn, at=ctx.clock.now(), clinic_id=clinic_id, actor=by, action="account.released", subject=key)
    return messages.release(conn, Hold.ACCOUNT_HALTED, clinic_id=clinic_id)


def _texts(ctx: Context) -> int:
    with ctx.db.reading() as conn:
        held = messages.held(conn, Hold.TEMPLATE)
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
