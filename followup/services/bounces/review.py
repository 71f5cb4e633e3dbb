"""Review: what staff see of mail that came back, and how they give a mailbox another chance."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.engine import Connection

from followup.domain.consent import SuppressionReason
from followup.domain.errors import InvalidInput, NotFound
from followup.domain.ids import ClinicId
from followup.domain.mail.returned import Returned, ReturnedKind, read_returned
from followup.domain.message import Channel
from followup.services.context import Context
from followup.services.reading.describe import moment
from followup.storage import addresses, audit, suppressions
from followup.storage.mail import returns
from followup.storage.mail.returns import ReturnRow

#: The bytes of a mail are kept for so long (patients' time); what was read of them stays.
KEPT = timedelta(days=90)
#: What people have to read is in the inbox already.
SHOWN = frozenset(ReturnedKind) - {ReturnedKind.LETTER}


@dataclass(frozen=True, slots=True)
class Look:
    """A mail as a person sees it; `returned` is None once its bytes are gone."""

    row: ReturnRow
    returned: Returned | None


def came_back(
    ctx: Context, clinic_id: ClinicId, *, kinds: Collection[ReturnedKind] = SHOWN, limit: int = 100
) -> Sequence[ReturnRow]:
    """Mail that came back to a clinic, newest first, also what speaks of no message of ours."""
    with ctx.db.reading() as conn:
        return returns.listing(conn, clinic_id, kinds=kinds, limit=limit)


def about_message(ctx: Context, clinic_id: ClinicId, message_id: str) -> Sequence[ReturnRow]:
    """What came back about one message, oldest first."""
    with ctx.db.reading() as conn:
        return returns.of_message(conn, clinic_id, message_id)


def look(ctx: Context, clinic_id: ClinicId, return_id: str, *, by: str) -> Look:
    """One mail with addresses and words; the look is audited. Raises NotFound."""
    with ctx.db.transaction() as conn:
        row = _need(conn, clinic_id, return_id)
        _note(ctx, conn, row, by=by, action="return.viewed")
    return Look(row, read_returned(row.raw) if row.raw is not None else None)


def plain(row: ReturnRow) -> dict[str, object]:
    """A mail as JSON, without mailbox and words."""
    return {
        "id": row.id,
        "received_at": moment(row.received_at),
        "kind": row.kind.value,
        "message": row.message_id,
        "action": row.action or None,
        "code": row.code or None,
        "text": row.note,
        "did": row.did.split(",") if row.did else [],
        "door": row.door,
    }


def forgive(ctx: Context, clinic_id: ClinicId, return_id: str, *, by: str) -> int:
    """Somebody found that the mailbox works: what its bounces did ends; returns how many suppressions that were.

    A complaint and an opt-out stay. Raises NotFound, and InvalidInput for a mail that speaks of no message of ours.
    """
    with ctx.db.transaction() as conn:
        row = _need(conn, clinic_id, return_id)
        if row.address is None:
            raise InvalidInput(f"{return_id} speaks of no message of ours", cure="see `followup inbox bounces`")
        ended = suppressions.release(
            conn,
            clinic_id=clinic_id,
            channel=Channel.EMAIL,
            address=row.address,
            reasons=(SuppressionReason.HARD_BOUNCE,),
            now=ctx.clock.now(),
            by=by,
            mark=ctx.signer.mark,
        )
        _start_anew(conn, clinic_id, row.address)
        _note(ctx, conn, row, by=by, action="return.forgiven", ended=ended)
    return ended


def _start_anew(conn: Connection, clinic_id: ClinicId, address: str) -> None:
    returns.forget_strikes(conn, clinic_id, address)
    addresses.unflag(conn, clinic_id=clinic_id, channel=Channel.EMAIL, address=address)
    addresses.count_soft(conn, clinic_id=clinic_id, channel=Channel.EMAIL, address=address, count=0, since=None)


def shred(ctx: Context) -> int:
    """Forget the bytes of mail that came long ago; returns of how many."""
    with ctx.db.transaction() as conn:
        return returns.drop_raw(conn, before=ctx.clock.now() - KEPT)


def _need(conn: Connection, clinic_id: ClinicId, return_id: str) -> ReturnRow:
    row = returns.get(conn, clinic_id, return_id)
    if row is None:
        raise NotFound(f"no mail {return_id} in clinic {clinic_id}", cure="see `followup inbox bounces`")
    return row


def _note(ctx: Context, conn: Connection, row: ReturnRow, *, by: str, action: str, **detail: object) -> None:
    audit.append(
        conn,
        at=ctx.clock.now(),
        clinic_id=row.clinic_id,
        actor=by,
        action=action,
        subject=row.id,
        detail=dict(detail),
    )
