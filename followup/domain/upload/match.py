"""Match: whom a row means; a number or name that belongs to somebody else is never written to by mistake."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from followup.domain.ids import PatientId
from followup.domain.message import Channel
from followup.domain.patient import Patient, PatientStatus
from followup.domain.sheet import CellFault
from followup.domain.upload.entry import Entry
from followup.domain.upload.header import Columns

Pair = tuple[Channel, str]


@dataclass(frozen=True, slots=True)
class Known:
    """The row means this patient."""

    patient_id: PatientId

    @property
    def person(self) -> str:
        """The same for two rows that mean one person."""
        return f"id:{self.patient_id}"


@dataclass(frozen=True, slots=True)
class New:
    """Nobody knows this person yet; `patient_id` where the list gives them one."""

    patient_id: PatientId | None
    pair: Pair | None

    @property
    def person(self) -> str:
        """The same for two rows that mean one person."""
        return f"id:{self.patient_id}" if self.patient_id or self.pair is None else f"{self.pair[0]}:{self.pair[1]}"


Match = Known | New


def match(
    entry: Entry, columns: Columns, *, known: Mapping[PatientId, Patient], owners: Mapping[Pair, Sequence[Patient]]
) -> Match | CellFault:
    """Whom the row means, or why nobody can tell. `known` are patients by id, `owners` those of an address."""
    if entry.patient_id is not None and entry.patient_id in known:
        return _by_id(entry, columns, known[entry.patient_id])
    if entry.patient_id is None:
        found = {p.id: p for point in entry.points for p in owners.get((point.channel, point.value), ())}
        if len(found) > 1:
            reason = f"belongs to {len(found)} patients"
            return _fault(entry, columns, field=entry.points[0].channel, reason=reason, cure="say which by patient_id")
        if found:
            return _by_address(entry, columns, next(iter(found.values())))
    return _new(entry, columns)


def _by_id(entry: Entry, columns: Columns, patient: Patient) -> Match | CellFault:
    if (gone := _gone(entry, columns, patient, field="patient_id")) is not None:
        return gone
    own = {(p.channel, p.value) for p in patient.contact_points}
    strange = next((p for p in entry.points if (p.channel, p.value) not in own), None)
    if strange is not None:
        cure = "empty the cell, or have the clinic's system tell the new address first"
        return _fault(entry, columns, field=strange.channel, reason="is not an address of this patient", cure=cure)
    told = [(n, own) for n, own in _names(entry, patient) if n and own]
    if told and not any(_is_same(n, own) for n, own in told):
        field = "given_name" if entry.given_name else "family_name"
        return _fault(entry, columns, field=field, reason="is not the name of this patient", cure="see who it is")
    return Known(patient.id)


def _by_address(entry: Entry, columns: Columns, patient: Patient) -> Match | CellFault:
    """A family shares a number and a name: only the given name tells who is meant."""
    if (gone := _gone(entry, columns, patient, field=entry.points[0].channel)) is not None:
        return gone
    if entry.given_name and patient.given_name and not _is_same(entry.given_name, patient.given_name):
        reason = "is not the name of the patient who has this number or address"
        return _fault(entry, columns, field="given_name", reason=reason, cure="see who it is; say so by patient_id")
    return Known(patient.id)


def _names(entry: Entry, patient: Patient) -> tuple[tuple[str, str], ...]:
    return (entry.given_name, patient.given_name), (entry.family_name, patient.family_name)


def _is_same(name: str, other: str) -> bool:
    """True if two names differ in accents, capitals and hyphens alone."""
    return _bare(name) == _bare(other)


def _bare(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isalnum())


def _gone(entry: Entry, columns: Columns, patient: Patient, *, field: str) -> CellFault | None:
    if patient.status is PatientStatus.ACTIVE:
        return None
    cure = f"use patient {patient.merged_into}" if patient.merged_into else "take the row out"
    return _fault(entry, columns, field=field, reason=f"the patient is {patient.status}", cure=cure)


def _new(entry: Entry, columns: Columns) -> Match | CellFault:
    if not entry.points:
        reason, cure = "is no patient of the clinic", "add names and a number or address"
        return _fault(entry, columns, field="patient_id", reason=reason, cure=cure)
    if not entry.given_name:
        reason = "is missing for a person nobody knows yet"
        return _fault(entry, columns, field="given_name", reason=reason, cure="fill it in")
    return New(entry.patient_id, None if entry.patient_id else (entry.points[0].channel, entry.points[0].value))


def _fault(entry: Entry, columns: Columns, *, field: str, reason: str, cure: str) -> CellFault:
    return CellFault(entry.row, columns.name(field), reason, cure)
