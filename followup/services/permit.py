"""Permit: what people forbid acts at once, under the lock of the address that a start of a message takes too."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.engine import Connection

from followup.domain.consent import MAY_EXPIRE, SuppressionReason
from followup.domain.ids import ClinicId, MessageId
from followup.domain.message import Channel, MessageClass
from followup.domain.patient import read_address
from followup.domain.webhook import CallType
from followup.services.context import Context
from followup.services.links import LinkKind, find_link
from followup.services.outbox.put import put
from followup.storage import attempts, audit, patients, suppressions

#: Sources that a keyword of the patient made, here (`keyword …`) or at the carrier (`code …`): START ends only these.
_BY_KEYWORD = ("keyword", "code")


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """What an unsubscribe link would stop: messages to one address. `stopped` tells whether it is so already."""

    clinic_id: ClinicId
    message_id: MessageId  # which carried the link
    channel: Channel
    address: str
    language: str  # of that message
    stopped: bool
    preferences: str  # the token of the page with finer choices


def suppress(
    ctx: Context,
    conn: Connection,
    *,
    clinic_id: ClinicId,
    channel: Channel,
    address: str,
    reason: SuppressionReason,
    source: str,
    actor: str = "system",
    scope: MessageClass | None = None,
    until: datetime | None = None,
    why: str = "",
) -> bool:
    """Suppress an address, for one class or for all, in the caller's transaction; False if it stands so already.

    `source` says what did it (a code, a keyword, a link) and holds no address. Without `until` it ends as the clinic
    set for its reason; what a person told us never ends by itself. `why` is a person's reason, for the audit.
    """
    now = ctx.clock.now()
    new = suppressions.add(
        conn,
        clinic_id=clinic_id,
        channel=channel,
        address=address,
        reason=reason,
        source=source,
        now=now,
        mark=ctx.signer.mark,
        scope=scope,
        until=until or end_of(ctx, clinic_id, reason, since=now),
    )
    if new:
        detail = {"channel": channel.value, "reason": reason.value} | ({"scope": scope.value} if scope else {})
        detail |= {"why": why} if why else {}
        _note(ctx, conn, clinic_id, actor=actor, action="suppression.added", subject=source, detail=detail)
        if reason is SuppressionReason.OPT_OUT:
            who = [p.id for p in patients.by_address(conn, channel, address, clinic_id)]
            told = {"channel": channel.value, "patients": who, "scope": scope.value if scope else None}
            put(ctx, conn, clinic_id, CallType.PATIENT_OPTED_OUT, subject=source, data=told)
    return new


def end_of(ctx: Context, clinic_id: ClinicId, reason: SuppressionReason, *, since: datetime) -> datetime | None:
    """When a suppression for this reason ends by itself, as the clinic set; None: never."""
    clinic = ctx.clinics.get(clinic_id)
    life = clinic.suppression_expiry.get(reason) if clinic is not None and reason in MAY_EXPIRE else None
    return life.after(since) if life else None


def release_keyword(
    ctx: Context, conn: Connection, *, clinic_id: ClinicId, channel: Channel, address: str, source: str
) -> int:
    """End what a STOP did to an address, here and as noted of the carrier; returns how many suppressions ended."""
    ended = suppressions.release(
        conn,
        clinic_id=clinic_id,
        channel=channel,
        address=address,
        reasons=(SuppressionReason.OPT_OUT, SuppressionReason.CARRIER_BLOCK),
        now=ctx.clock.now(),
        by=source,
        mark=ctx.signer.mark,
        sources=_BY_KEYWORD,
    )
    if ended:
        detail = {"channel": channel.value, "ended": ended}
        _note(ctx, conn, clinic_id, actor="patient", action="suppression.released", subject=source, detail=detail)
    return ended


def is_suppressed(ctx: Context, conn: Connection, *, clinic_id: ClinicId, channel: Channel, address: str) -> bool:
    """True if something forbids every class at this address now."""
    pair = (channel, address)
    standing = suppressions.active(conn, clinic_id, [pair], ctx.clock.now(), mark=ctx.signer.mark).get(pair, ())
    return any(s.scope is None for s in standing)


def read_unsubscribe(ctx: Context, token: str) -> Unsubscribing | None:
    """What the link would stop; None if the token is unknown or too old. Changes nothing."""
    with ctx.db.reading() as conn:
        return _behind(ctx, conn, token)


def unsubscribe(ctx: Context, token: str) -> Unsubscribing | None:
    """Stop messages to the address behind the link; done again it changes nothing. None if the token is not good."""
    with ctx.db.transaction() as conn:
        found = _behind(ctx, conn, token)
        if found is None:
            return None
        suppress(
            ctx,
            conn,
            clinic_id=found.clinic_id,
            channel=found.channel,
            address=found.address,
            reason=SuppressionReason.OPT_OUT,
            source=f"link {found.message_id}",
            actor="patient",
        )
        return replace(found, stopped=True)


def stop_address(ctx: Context, clinic_id: ClinicId, given: str) -> bool:
    """Stop messages to a number or mailbox that somebody typed, known here or not; False if it is neither."""
    channel = Channel.EMAIL if "@" in given else Channel.SMS
    address = read_address(channel, given)
    if not address:
        return False
    with ctx.db.transaction() as conn:
        suppress(
            ctx, conn, clinic_id=clinic_id, channel=channel, address=address, reason=SuppressionReason.OPT_OUT,
            source="contact page", actor="contact page",
        )  # fmt: skip
    return True


def _behind(ctx: Context, conn: Connection, token: str) -> Unsubscribing | None:
    link = find_link(ctx, conn, LinkKind.UNSUBSCRIBE, token)
    message_id = MessageId(link.subject) if link else MessageId("")
    attempt = attempts.latest(conn, [message_id]).get(message_id)
    if link is None or attempt is None:
        return None
    pair = (Channel(attempt["channel"]), str(attempt["address"]))
    return Unsubscribing(
        clinic_id=link.clinic_id,
        message_id=message_id,
        channel=pair[0],
        address=pair[1],
        language=str(attempt["language"]),
        stopped=is_suppressed(ctx, conn, clinic_id=link.clinic_id, channel=pair[0], address=pair[1]),
        preferences=ctx.signer.token(LinkKind.PREFERENCES, link.clinic_id, message_id),
    )


def _note(
    ctx: Context,
    conn: Connection,
    clinic_id: ClinicId,
    *,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, object],
) -> None:
    audit.append(
        conn, at=ctx.clock.now(), clinic_id=clinic_id, actor=actor, action=action, subject=subject, detail=detail
    )
