"""Publish protocols: keep the current versions and their texts, so that what pins them can always be read back."""

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from followup.domain.errors import ConfigFault
from followup.domain.ids import ClinicId
from followup.domain.protocol import CareProtocol
from followup.services.author.check import check_files
from followup.services.context import Context
from followup.storage import audit, enrollments


@dataclass(frozen=True, slots=True)
class Published:
    """One protocol version; `is_new` if it was not kept before."""

    key: str
    version: str
    is_new: bool


def publish(ctx: Context, *, actor: str, key: str | None = None) -> tuple[Published, ...]:
    """Keep the current version of `key` (or of every protocol) and of its texts; raises ConfigFault if a check fails.

    New enrollments pin the current version whether or not it was published; publishing checks, keeps and audits it.
    """
    errors = [f for f in check_files(ctx.settings.config, ctx.settings.templates) if f.is_error]
    if errors:
        raise ConfigFault(tuple(f.as_fault() for f in errors))
    chosen = [ctx.protocols.need(key)] if key else list(ctx.protocols.current.values())
    return tuple(_publish(ctx, protocol, actor=actor) for protocol in chosen)


def note_overrides(ctx: Context, conn: Connection, clinic_id: ClinicId, ref: str) -> None:
    """Audit the decisions by which a text may say more on a lock screen."""
    for place, one in ctx.templates.overrides(ref).items():
        audit.append(
            conn,
            at=ctx.clock.now(),
            clinic_id=clinic_id,
            actor=one.by,
            action="text.detail_override",
            subject=ref,
            detail={"version": ctx.templates.version(ref), "place": place, "on": one.on, "why": one.why},
        )


def _publish(ctx: Context, protocol: CareProtocol, *, actor: str) -> Published:
    refs = sorted({step.template for step in protocol.steps})
    texts = {ctx.templates.version(ref): (ref, ctx.templates.files(ref)) for ref in refs}
    source = ctx.protocols.source_of(protocol.version)
    now = ctx.clock.now()
    with ctx.db.transaction() as conn:
        is_new = not enrollments.pinned_protocols(conn, [protocol.version])
        enrollments.pin(conn, now, protocols={protocol.version: (protocol.key, source)}, templates=texts)
        for clinic in ctx.clinics.all():
            detail = {"version": protocol.version, "new": is_new}
            audit.append(
                conn,
                at=now,
                clinic_id=clinic.id,
                actor=actor,
                action="protocol.published",
                subject=protocol.key,
                detail=detail,
            )
            for ref in refs if is_new else ():
                note_overrides(ctx, conn, clinic.id, ref)
    return Published(protocol.key, protocol.version, is_new)
