"""Remove: a list and all that its rows said are deleted; the people whom it brought stay the clinic's patients."""

from collections.abc import Iterator

from sqlalchemy.engine import Connection

from followup.content.audience import read_audience
from followup.domain.audience import Audience, Uploaded, walk
from followup.domain.campaign import CampaignState
from followup.domain.errors import Conflict, InvalidInput, NotFound
from followup.domain.ids import ClinicId
from followup.services.context import Context
from followup.storage import audit
from followup.storage.audience import segments, uploads
from followup.storage.campaigns import rows

#: In these a campaign's audience may still be read.
_READING = (CampaignState.DRAFT, CampaignState.SUBMITTED, CampaignState.APPROVED, CampaignState.RUNNING)
_MOST = 10_000


def remove(ctx: Context, clinic_id: ClinicId, upload_id: str, *, by: str) -> None:
    """Delete a list. Raises NotFound, and Conflict while a segment or a campaign not yet frozen chooses by it."""
    if not by.strip():
        raise InvalidInput("who does it is missing", cure="give your name for the audit")
    with ctx.db.transaction() as conn:
        if uploads.get(conn, clinic_id, upload_id, lock=True) is None:
            raise NotFound(f"there is no upload {upload_id}", cure="see `followup campaign uploads`")
        users = [name for name, audience in _audiences(conn, clinic_id) if _chooses_by(audience, upload_id)]
        if users:
            raise Conflict(f"the list is used by {', '.join(users[:5])}", cure="change or cancel those first")
        uploads.delete(conn, upload_id)
        audit.append(
            conn, at=ctx.clock.now(), clinic_id=clinic_id, actor=by.strip(), action="upload.deleted", subject=upload_id
        )


def _audiences(conn: Connection, clinic_id: ClinicId) -> Iterator[tuple[str, Audience]]:
    for saved in segments.listing(conn, clinic_id):
        yield f"segment {saved.name}", read_audience(saved.definition)
    for campaign in rows.listing(conn, clinic_id, states=_READING, limit=_MOST):
        if campaign.frozen_at is None:
            yield f"campaign {campaign.id}", read_audience(campaign.definition.audience)


def _chooses_by(audience: Audience, upload_id: str) -> bool:
    return any(isinstance(clause, Uploaded) and clause.upload == upload_id for clause in walk(audience.root))
