"""Decides what nobody could find out: a person says whether a message went."""

from followup.domain.errors import InvalidInput, NotFound
from followup.domain.ids import ClinicId, MessageId
from followup.domain.lifecycle import Signal
from followup.domain.message import Message, MessageState, Reason
from followup.services.context import Context
from followup.services.routing.doubt import no_more_doubt
from followup.storage import audit, messages


def decide(ctx: Context, clinic_id: ClinicId, message_id: MessageId, *, went: bool, by: str) -> Message:
    """Settle an unconfirmed message by a person's word, audited; closes the question to staff.

    What went is `sent`; what did not goes once more, unless it had its second try already: that is given up. Raises
    NotFound, or InvalidInput for a message that is not in doubt.
    """
    with ctx.db.transaction() as conn:
        before = messages.get(conn, clinic_id, message_id, lock=True)
        if before is None:
            raise NotFound(f"no message {message_id} in clinic {clinic_id}", cure="see `followup message list`")
        if before.state is not MessageState.UNCONFIRMED:
            raise InvalidInput(f"{message_id} is {before.state}: there is no doubt about it")
        tried_twice = messages.count_signals(conn, message_id, Signal.ABSENT) > 0
        signal = Signal.ACCEPTED if went else Signal.ABANDONED if tried_twice else Signal.ABSENT
        messages.apply(
            conn,
            [message_id],
            signal,
            ctx.clock.now(),
            reason=Reason.ABANDONED.value if signal is Signal.ABANDONED else None,
            detail={"text": f"a person says that it {'went' if went else 'did not go'}", "by": by},
            values={"not_before": None},
        )
        no_more_doubt(ctx, conn, before)
        audit.append(
            conn,
            at=ctx.clock.now(),
            clinic_id=clinic_id,
            actor=by,
            action="message.settled",
            subject=message_id,
            patient_id=before.patient_id or None,
            detail={"went": went, "signal": signal.value},
        )
        return messages.get(conn, clinic_id, message_id) or before
