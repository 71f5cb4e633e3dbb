"""Conditions: what SQL can say of each clause: who may be in it, and who surely is.

Where the two differ (the law of consent, the arithmetic of series) the pure `matches` decides on those between.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from followup.domain.audience import (
    AllOf,
    AnyOf,
    Clause,
    Consented,
    Enrolled,
    Everybody,
    FutureBooking,
    InSeries,
    LastVisit,
    Listed,
    NotOf,
    SeriesState,
    Setting,
    Span,
    Speaks,
    Tagged,
    Treated,
    Uploaded,
)
from followup.domain.audience.judge import is_language
from followup.domain.booking import BookingState
from followup.domain.consent import NEEDS_CONSENT
from followup.domain.message import MessageClass
from followup.storage.patients import tag_text
from followup.storage.tables import bookings, consents, enrollments, patients, treatments, upload_rows

Condition = sa.ColumnElement[bool]
_NO, _YES = sa.false(), sa.true()


@dataclass(frozen=True, slots=True)
class Bounds:
    """`may` holds for everybody in the clause and perhaps for more; `must` for nobody outside of it."""

    may: Condition
    must: Condition

    @property
    def is_exact(self) -> bool:
        """True if SQL alone decides."""
        return self.may is self.must


def bounds(clause: Clause, setting: Setting) -> Bounds:
    """The conditions of a clause on a row of `patients`."""
    match clause:
        case AllOf(parts=parts):
            return _together(parts, setting, join=sa.and_)
        case AnyOf(parts=parts):
            return _together(parts, setting, join=sa.or_)
        case NotOf(part=part):
            inner = bounds(part, setting)
            may = sa.not_(inner.must)
            return Bounds(may, may if inner.is_exact else sa.not_(inner.may))
    found = _ASKED[type(clause)](clause, setting)
    return found if isinstance(found, Bounds) else Bounds(found, found)


def _together(parts: Sequence[Clause], setting: Setting, *, join: Callable[..., Condition]) -> Bounds:
    inner = [bounds(part, setting) for part in parts]
    may = join(*(b.may for b in inner))
    return Bounds(may, may if all(b.is_exact for b in inner) else join(*(b.must for b in inner)))


def _of_patient(table: sa.Table, *conditions: Condition) -> Condition:
    own = (table.c.clinic_id == patients.c.clinic_id, table.c.patient_id == patients.c.id)
    return sa.exists(sa.select(sa.literal(1)).select_from(table).where(*own, *conditions).correlate(patients))


def _one_of(column: Any, wanted: Sequence[str]) -> Condition:
    return column.in_([str(w) for w in wanted]) if wanted else _YES


def _inside(column: Any, span: Span) -> Condition:
    ends = [column >= span.low] if span.low is not None else []
    return sa.and_(_YES, *ends, *([column < span.high] if span.high is not None else []))


def _everybody(_clause: Everybody, _setting: Setting) -> Condition:
    return sa.and_(_YES)


def _treated(clause: Treated, setting: Setting) -> Condition:
    span = clause.when.span(setting.now, setting.clinic.time_zone)
    t = treatments.c
    return _of_patient(
        treatments,
        sa.not_(t.voided),
        _one_of(t.code, clause.codes),
        _one_of(t.practitioner, clause.practitioners),
        _inside(t.performed_at, span),
    )


def _last_visit(clause: LastVisit, setting: Setting) -> Condition:
    span = clause.when.span(setting.now, setting.clinic.time_zone)
    here = _visited(Span(low=span.low))
    return here if span.high is None else sa.and_(here, sa.not_(_visited(Span(low=span.high))))


def _visited(span: Span) -> Condition:
    attended = bookings.c.state == BookingState.ATTENDED.value
    return sa.or_(
        _of_patient(treatments, sa.not_(treatments.c.voided), _inside(treatments.c.performed_at, span)),
        _of_patient(bookings, attended, _inside(bookings.c.starts_at, span)),
    )


def _in_series(clause: InSeries, setting: Setting) -> Bounds | Condition:
    named = [p for key, p in setting.protocols.items() if not clause.protocols or key in clause.protocols]
    if not named:
        return sa.and_(_NO)
    codes = sorted({code for p in named for code in p.treatment_codes})
    begun = _of_patient(treatments, sa.not_(treatments.c.voided), treatments.c.code.in_(codes))
    return sa.not_(begun) if clause.state is SeriesState.NONE else Bounds(begun, _NO)


def _future_booking(clause: FutureBooking, setting: Setting) -> Condition:
    b = bookings.c
    ahead = _of_patient(
        bookings,
        b.state == BookingState.BOOKED.value,
        b.starts_at > setting.now,
        _one_of(b.treatment_code, clause.codes),
    )
    return ahead if clause.exists else sa.not_(ahead)


def _consented(clause: Consented, _setting: Setting) -> Bounds:
    """The law itself stands in one place and is asked of whoever has an entry that could allow it, or end it."""
    c, kind = consents.c, clause.message_class
    kinds = [kind.value] + ([MessageClass.PROMO.value] if kind is MessageClass.CONSENT_REQUEST else [])
    if kind in NEEDS_CONSENT:
        given = (sa.not_(c.withdrawn), c.message_class.in_(kinds))
        return Bounds(_of_patient(consents, *given), _NO)
    ended = _of_patient(consents, c.withdrawn, c.message_class.in_([*kinds, "all"]))
    return Bounds(sa.and_(_YES), sa.not_(ended))


def _speaks(clause: Speaks, setting: Setting) -> Condition:
    column = sa.func.lower(patients.c.language)
    wanted = [w.lower() for w in clause.languages]
    own = [column.in_(wanted), *(column.startswith(f"{w}-", autoescape=True) for w in wanted)]
    silent = any(is_language(setting.clinic.languages[0], w) for w in wanted)
    return sa.or_(*own, *([patients.c.language == ""] if silent else []))


def _enrolled(clause: Enrolled, setting: Setting) -> Condition:
    span, e = clause.when.span(setting.now, setting.clinic.time_zone), enrollments.c
    return _of_patient(
        enrollments,
        _one_of(e.protocol_key, clause.protocols),
        _one_of(e.state, clause.states),
        _inside(e.anchor_at, span),
    )


def _tagged(clause: Tagged, _setting: Setting) -> Condition:
    return sa.or_(*(holds_text(patients.c.tags, tag_text((tag,))) for tag in clause.tags))


def holds_text(column: Any, text: str) -> Condition:
    """True if the text stands in the column, letter by letter; LIKE would be blind to capitals on SQLite."""
    return sa.not_(sa.func.replace(column, text, "", type_=sa.Text) == sa.type_coerce(column, sa.Text))


def _listed(clause: Listed, _setting: Setting) -> Condition:
    return patients.c.id.in_(list(clause.patients))


def _uploaded(clause: Uploaded, _setting: Setting) -> Condition:
    return _of_patient(upload_rows, upload_rows.c.upload_id == clause.upload)


_ASKED: dict[type, Callable[[Any, Setting], Bounds | Condition]] = {
    Everybody: _everybody,
    Treated: _treated,
    LastVisit: _last_visit,
    InSeries: _in_series,
    FutureBooking: _future_booking,
    Consented: _consented,
    Speaks: _speaks,
    Enrolled: _enrolled,
    Tagged: _tagged,
    Listed: _listed,
    Uploaded: _uploaded,
}
