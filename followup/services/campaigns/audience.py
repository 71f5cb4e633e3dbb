"""Audience: the patients that a campaign's filter chooses, streamed in the order of their ids."""

from collections.abc import Iterator

from sqlalchemy.engine import Connection

from followup.content.audience import read_audience
from followup.domain.audience import Audience, segments_of
from followup.domain.ids import ClinicId, PatientId
from followup.services.context import Context
from followup.services.segments import choose, keep


def settled(conn: Connection, clinic_id: ClinicId, definition: object) -> Audience:
    """The audience of a mapping with its saved segments written out, so that no later change of one changes it.

    Raises InvalidInput with the pointer, fault and cure of each error.
    """
    found = read_audience(definition)
    return read_audience(keep.written_out(conn, clinic_id, found)) if segments_of(found) else found


def chosen(
    ctx: Context, conn: Connection, clinic_id: ClinicId, audience: Audience, *, after: PatientId | None = None
) -> Iterator[PatientId]:
    """The patients of this audience by their ids, those behind `after` if it is given; a page at a time in memory."""
    return choose.chosen(ctx, conn, clinic_id, audience=audience, after=after)
