"""Choose: an audience counted as it is now, and explained for one patient; nothing is changed by asking."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Connection

from followup.content.audience import read_audience, read_audience_file
from followup.domain.audience import Audience, Setting, Verdict, expand, matches, needs
from followup.domain.errors import NotFound
from followup.domain.ids import ClinicId, PatientId
from followup.services.context import Context
from followup.services.segments import keep
from followup.services.segments.doubt import doubts
from followup.storage.audience import people, segments, select
from followup.storage.audience.segments import SavedSegment


@dataclass(frozen=True, slots=True)
class Counted:
    """A saved segment, how many it chooses now, and its words that occur nowhere."""

    segment: SavedSegment
    count: int
    doubts: tuple[str, ...] = ()


def setting(ctx: Context, clinic_id: ClinicId) -> Setting:
    """What the clauses look at beside the person: now, the clinic and its protocols."""
    return Setting(ctx.clock.now(), ctx.clinics.need(clinic_id), ctx.protocols.current)


def chosen(
    ctx: Context, conn: Connection, clinic_id: ClinicId, *, audience: Audience, after: PatientId | None = None
) -> Iterator[PatientId]:
    """The patients of an audience by their ids, those behind `after` if it is given; a page at a time in memory."""
    audience = whole(conn, clinic_id, audience)
    return select.chosen(conn, clinic_id, audience, setting=setting(ctx, clinic_id), after=after)


def size(ctx: Context, conn: Connection, clinic_id: ClinicId, *, audience: Audience) -> int:
    """How many it chooses now."""
    audience = whole(conn, clinic_id, audience)
    return select.count(conn, clinic_id, audience, setting=setting(ctx, clinic_id))


def listing(ctx: Context, clinic_id: ClinicId) -> list[SavedSegment]:
    """Every segment of a clinic by name."""
    with ctx.db.reading() as conn:
        return segments.listing(conn, clinic_id)


def show(ctx: Context, clinic_id: ClinicId, name: str) -> Counted:
    """One segment, counted; raises NotFound."""
    with ctx.db.reading(snapshot=True) as conn:
        saved = keep.need(conn, clinic_id, name)
        audience = whole(conn, clinic_id, read_audience(saved.definition))
        told = doubts(ctx, conn, clinic_id, audience=audience)
        return Counted(saved, size(ctx, conn, clinic_id, audience=audience), told)


def whole(conn: Connection, clinic_id: ClinicId, audience: Audience) -> Audience:
    """The audience with the clauses of its saved segments; raises InvalidInput for an unknown one."""
    return expand(audience, lambda name: keep.find(conn, clinic_id, name))


def count(ctx: Context, clinic_id: ClinicId, definition: object) -> int:
    """How many an audience chooses that is not saved; raises InvalidInput."""
    audience = read_audience(definition)
    with ctx.db.reading(snapshot=True) as conn:
        return size(ctx, conn, clinic_id, audience=audience)


def explain(ctx: Context, clinic_id: ClinicId, *, audience: Audience, patient_id: PatientId) -> Verdict:
    """Whether one patient is chosen, and by which clause; raises NotFound for an unknown patient."""
    with ctx.db.reading(snapshot=True) as conn:
        audience = whole(conn, clinic_id, audience)
        person = people.of(conn, clinic_id, [patient_id], wanted=needs(audience)).get(patient_id)
        if person is None:
            raise NotFound(f"no such patient in clinic {clinic_id}", cure="give the clinic's own id of the patient")
        return matches(audience, person, setting(ctx, clinic_id))


def explain_saved(ctx: Context, clinic_id: ClinicId, name: str, patient_id: PatientId) -> Verdict:
    """The same for a saved segment; raises NotFound."""
    with ctx.db.reading() as conn:
        saved = keep.need(conn, clinic_id, name)
    return explain(ctx, clinic_id, audience=read_audience(saved.definition), patient_id=patient_id)


def read_file(path: Path) -> Audience:
    """The audience of a YAML or JSON file, or a campaign's; raises ConfigFault with the line, InvalidInput."""
    return read_audience_file(path)
