"""Revoke: what the link of a message has shown so far, and that it shows nothing more."""

from collections.abc import Sequence

from followup.domain.errors import NotFound
from followup.domain.ids import ClinicId, MessageId
from followup.services.context import Context
from followup.services.links import LinkKind
from followup.storage import audit, links, messages
from followup.storage.links import Link


def links_to(ctx: Context, clinic_id: ClinicId, message_id: MessageId) -> Sequence[Link]:
    """The links to the full text of a message, how often and when last they were opened; raises NotFound."""
    with ctx.db.reading() as conn:
        if messages.get(conn, clinic_id, message_id) is None:
            raise NotFound(f"no message {message_id} in clinic {clinic_id}", cure="see `followup message list`")
        return links.to(conn, clinic_id, LinkKind.MESSAGE.value, message_id)


def revoke_links(ctx: Context, clinic_id: ClinicId, message_id: MessageId, *, by: str) -> int:
    """Let no link open the full text of this message any more, for good; how many did. Raises NotFound."""
    links_to(ctx, clinic_id, message_id)
    now = ctx.clock.now()
    with ctx.db.transaction() as conn:
        message = messages.get(conn, clinic_id, message_id)
        count = links.revoke(conn, clinic_id, LinkKind.MESSAGE.value, message_id, now=now, by=by)
        if count and message is not None:
            audit.append(
                conn,
                at=now,
                clinic_id=clinic_id,
                actor=by,
                action="link.revoked",
                subject=message_id,
                patient_id=message.patient_id or None,
                detail={"links": count},
            )
    return count
