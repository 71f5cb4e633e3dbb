"""Filling: patients with messages months away, and some of them with one that is due at one instant."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from followup.domain.booking import Treatment
from followup.domain.enrollment import Enrollment
from followup.domain.ids import EnrollmentId, MessageId, PatientId, TreatmentId
from followup.domain.message import Message
from followup.domain.patient import Patient
from followup.services.context import Context
from followup.storage import enrollments, messages, patients, treatments
from tests.builders import PERFORMED, make_message, make_patient
from tests.fakes import START

#: Messages of one patient that wait, months from now.
LATER = 8
REF = "skinpen-microneedling/day-1"
_PAGE = 500  # patients a transaction


def fill(ctx: Context, *, pending: int, due: int) -> None:
    """`pending` messages for later and `due` ones for `START`, each of these with a patient and a number of its own."""
    numbers = iter(range(1, max(due, -(-pending // LATER)) + 1))
    left = pending
    while page := list(itertools.islice(numbers, _PAGE)):
        people = [_person(n) for n in page]
        rows: list[Message] = []
        for n in page:
            rows += [_later(ctx, n, k) for k in range(1, min(LATER, left) + 1)]
            left -= min(LATER, left)
            rows += [_due(ctx, n)] if n <= due else []
        _write(ctx, people, page, rows=rows)


def _write(ctx: Context, people: Sequence[Patient], page: Iterable[int], *, rows: Sequence[Message]) -> None:
    protocol, clinic = ctx.protocols.need("skinpen-microneedling"), people[0].clinic_id
    done = [Treatment(TreatmentId(f"T-{n}"), p.id, protocol.key, PERFORMED) for n, p in zip(page, people, strict=True)]
    begun = [
        Enrollment(EnrollmentId(f"enr_{n}"), clinic, p.id, protocol.key, protocol.version, "treatment", f"T-{n}",
                   PERFORMED, f"evt_{n}")
        for n, p in zip(page, people, strict=True)
    ]  # fmt: skip
    with ctx.db.transaction() as conn:
        patients.put_many(conn, people, ctx.clock.now())
        treatments.put_many(conn, clinic, done)
        enrollments.add(conn, begun)
        messages.add(conn, rows, ctx.clock.now())


def _person(number: int) -> Patient:
    first = make_patient().contact_points[0]
    phone = f"+1416{2_000_000 + number}"
    return make_patient(id=f"P-{number}", contact_points=(replace(first, value=phone, raw=phone),))


def _due(ctx: Context, number: int) -> Message:
    return _message(ctx, number, 0)


def _later(ctx: Context, number: int, turn: int) -> Message:
    at = START + timedelta(days=100 + number % 200, minutes=turn)
    return replace(_message(ctx, number, turn), due_at=at, planned_for=at, expires_at=None)


def _message(ctx: Context, number: int, turn: int) -> Message:
    return make_message(
        id=MessageId(f"msg_{number}_{turn}"), patient_id=PatientId(f"P-{number}"),
        enrollment_id=EnrollmentId(f"enr_{number}"),
        occurrence=turn + 1, template_ref=REF, template_version=ctx.templates.version(REF),
    )  # fmt: skip
