"""Obey: STOP, START, HELP and "wrong number" act at once, in the transaction that stores them."""

from dataclasses import replace

from sqlalchemy.engine import Connection

from followup.domain.booking import BookingState
from followup.domain.consent import SuppressionReason
from followup.domain.escalation import EscalationKind
from followup.domain.inbound import Keyword
from followup.services import permit
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.services.replies import speak, tell
from followup.services.replies.arrived import Arrived
from followup.storage import bookings
from followup.storage.inbound import Inbound

_PENDING = frozenset({BookingState.OFFERED, BookingState.CHANGE_ASKED, BookingState.BOOKED})
#: Words that people also write when they mean their visit.
_MEANS_A_VISIT = frozenset({"cancel", "end"})


def obey(ctx: Context, conn: Connection, arrived: Arrived, *, row: Inbound) -> None:
    """Do what the keyword wants and answer it once; beside a red flag nothing but the safety text answers."""
    hit = arrived.hit
    if hit is None:
        return
    wants_answer = True
    if hit.keyword is Keyword.STOP:
        wants_answer = stop(ctx, conn, arrived, row=row)
        if arrived.said is not None and not arrived.is_alarm:
            summary = "texts are stopped by what somebody wrote in their own words: read it"
            tell.ask_to_read(ctx, conn, row, summary=summary)
    elif hit.keyword is Keyword.START:
        wants_answer = _start(ctx, conn, arrived, row=row)
    if wants_answer and not hit.carrier_answers and not arrived.is_alarm and not speak.is_loop(conn, row):
        speak.answer(ctx, conn, row, what=hit.keyword.value, language=hit.language)


def let_go(ctx: Context, conn: Connection, arrived: Arrived, *, row: Inbound) -> None:
    """Somebody else has this number: nothing goes to it until staff have checked it, whoever's it was said to be."""
    if arrived.hit is not None:
        stop(ctx, conn, arrived, row=row)
    new = _suppress(ctx, conn, arrived, row=row, reason=SuppressionReason.WRONG_PERSON)
    raise_to_staff(
        ctx,
        conn,
        clinic_id=row.clinic_id,
        kind=EscalationKind.ADDRESS,
        subject=row.id,
        summary=(
            f"somebody says that a number of {len(arrived.people)} patient(s) is not theirs: nothing is sent to it;"
            " correct the record, or check the number and release it"
        ),
        patient_id=row.patient_id,
    )
    if new and arrived.misdial is not None and not arrived.is_alarm and not speak.is_loop(conn, row):
        nobody = replace(row, patient_id=None)  # so that no word of a patient can be in the answer
        speak.answer(ctx, conn, nobody, what=speak.WRONG_NUMBER, language=arrived.misdial.language)


def stop(ctx: Context, conn: Connection, arrived: Arrived, *, row: Inbound) -> bool:
    """True if messages had not been stopped before, so that a confirmation is due."""
    new = _suppress(ctx, conn, arrived, row=row, reason=SuppressionReason.OPT_OUT)
    if arrived.hit is not None and arrived.hit.word in _MEANS_A_VISIT and _has_visit(ctx, conn, arrived):
        summary = "texts are stopped by a word that may have meant the coming visit: ask by another way"
        tell.ask_to_read(ctx, conn, row, summary=summary)
    return new


def _start(ctx: Context, conn: Connection, arrived: Arrived, *, row: Inbound) -> bool:
    """End what a STOP did; where something else still stands a person is told, and nothing is promised."""
    for clinic in arrived.clinics:
        permit.release_keyword(
            ctx,
            conn,
            clinic_id=clinic.id,
            channel=row.channel,
            address=row.from_address,
            source=f"keyword {row.id}",
        )
    if not permit.is_suppressed(ctx, conn, clinic_id=row.clinic_id, channel=row.channel, address=row.from_address):
        return True
    summary = "somebody asks for texts again, but their number stays suppressed for another reason"
    tell.ask_to_read(ctx, conn, row, summary=summary)
    return False


def _suppress(ctx: Context, conn: Connection, arrived: Arrived, *, row: Inbound, reason: SuppressionReason) -> bool:
    """Suppress the writer's address in every clinic that is meant; False if it was so before."""
    source = "keyword" if reason is SuppressionReason.OPT_OUT else "reply"
    new = [
        permit.suppress(
            ctx,
            conn,
            clinic_id=clinic.id,
            channel=row.channel,
            address=address,
            reason=reason,
            source=f"{source} {row.id}",
            actor="patient",
        )
        for clinic in arrived.clinics
        for address in arrived.addresses
    ]
    return any(new)


def _has_visit(ctx: Context, conn: Connection, arrived: Arrived) -> bool:
    found = bookings.of(conn, arrived.clinic.id, [p.id for p in arrived.people])
    now = ctx.clock.now()
    return any(v.state in _PENDING and v.starts_at > now for visits in found.values() for v in visits)
