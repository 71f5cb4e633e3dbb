"""Silence: a person on staff lists, adds and releases suppressions, by name and with a reason for the audit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from followup.domain.consent import MAY_EXPIRE, SuppressionReason
from followup.domain.errors import InvalidInput, NotFound
from followup.domain.ids import ClinicId
from followup.domain.message import Channel, MessageClass
from followup.domain.patient import read_address
from followup.services import permit
from followup.services.context import Context
from followup.storage import addresses, audit, patients, suppressions
from followup.storage.suppressions import Listed

_PAGE = 1000
#: Whoever releases these says that the address was checked.
_CHECKED = frozenset({SuppressionReason.HARD_BOUNCE, SuppressionReason.WRONG_PERSON})


@dataclass(frozen=True, slots=True)
class Silenced:
    """`new` is false where it stood already; `patients` is how many have this address."""

    new: bool
    patients: int


def listing(ctx: Context, clinic_id: ClinicId, *, ended: bool = False) -> Iterator[Listed]:
    """Suppressions of a clinic in the order they were made; those in force, or with `ended` all that ever were."""
    last = 0
    while True:
        with ctx.db.reading() as conn:
            page = suppressions.listing(conn, clinic_id, now=ctx.clock.now(), ended=ended, after=last, limit=_PAGE)
        yield from page
        if len(page) < _PAGE:
            return
        last = page[-1].row


def add(
    ctx: Context,
    clinic_id: ClinicId,
    *,
    channel: Channel,
    address: str,
    reason: SuppressionReason,
    by: str,
    why: str,
    scope: MessageClass | None = None,
    until: datetime | None = None,
) -> Silenced:
    """Suppress an address for everybody who has it; raises InvalidInput for an address or an end that cannot be."""
    value = _need(channel, address)
    if until is not None and reason not in MAY_EXPIRE:
        raise InvalidInput(f"{reason} never ends by itself", cure="leave the end away; staff may release it")
    if until is not None and until <= ctx.clock.now():
        raise InvalidInput("the end lies in the past")
    with ctx.db.transaction() as conn:
        new = permit.suppress(
            ctx, conn, clinic_id=clinic_id, channel=channel, address=value, reason=reason, source=f"staff {by}",
            actor=by, scope=scope, until=until, why=why,
        )  # fmt: skip
        return Silenced(new, len(patients.by_address(conn, channel, value, clinic_id)))


def release(
    ctx: Context,
    clinic_id: ClinicId,
    *,
    channel: Channel,
    address: str,
    reason: SuppressionReason,
    by: str,
    evidence: str,
) -> int:
    """End what stands for this reason on an address; returns how many ended. Raises NotFound if there was none."""
    value = _need(channel, address)
    if not evidence.strip():
        raise InvalidInput("a release needs evidence")
    now = ctx.clock.now()
    with ctx.db.transaction() as conn:
        ended = suppressions.release(
            conn, clinic_id=clinic_id, channel=channel, address=value, reasons=[reason], now=now, by=by,
            mark=ctx.signer.mark,
        )  # fmt: skip
        if not ended:
            raise NotFound(f"nothing stands for {reason} on this address", cure="see `followup suppression list`")
        if reason in _CHECKED:
            addresses.unflag(conn, clinic_id=clinic_id, channel=channel, address=value)
        audit.append(
            conn, at=now, clinic_id=clinic_id, actor=by, action="suppression.released", subject=f"staff {by}",
            detail={"channel": channel.value, "reason": reason.value, "ended": ended, "evidence": evidence},
        )  # fmt: skip
    return ended


def _need(channel: Channel, address: str) -> str:
    value = read_address(channel, address)
    if not value:
        raise InvalidInput(f"this is no address for {channel}", cure="+14165550123, or name@example.com")
    return value
