"""Mailboxes as clinics spelled them: people write from `Ana@…` what was recorded as `ana@…`."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId, MessageId
from followup.domain.message import Channel
from followup.storage.tables import attempts, contact_points, messages

#: A mailbox that gets more than this many messages a month is none of a patient.
_MOST = 100


def spellings(conn: Connection, address: str) -> list[str]:
    """The valid mailboxes among contact points that differ from this one by case alone, itself first."""
    query = sa.select(contact_points.c.value).where(
        contact_points.c.channel == Channel.EMAIL.value,
        contact_points.c.valid,
        sa.func.lower(contact_points.c.value) == address.lower(),
    )
    return [address, *sorted(set(conn.scalars(query.distinct())) - {address})]


def written_to(conn: Connection, clinic_id: ClinicId | None, address: str) -> list[MessageId]:
    """The messages whose attempts went to this mailbox, newest first."""
    query = (
        sa.select(messages.c.id)
        .join(attempts, attempts.c.message_id == messages.c.id)
        .where(attempts.c.channel == Channel.EMAIL.value, attempts.c.address == address)
    )
    if clinic_id is not None:
        query = query.where(messages.c.clinic_id == clinic_id)
    newest = query.order_by(attempts.c.started_ops.desc()).limit(_MOST)
    return [MessageId(found) for found in conn.scalars(newest)]


def known_as(conn: Connection, refs: list[str]) -> MessageId | None:
    """The message that the mail server took under one of these Message-IDs."""
    query = sa.select(messages.c.id).where(messages.c.provider_ref.in_(refs), messages.c.provider_ref.is_not(None))
    found = conn.scalar(query.limit(1))
    return MessageId(found) if found else None
