"""Sent messages of which no receipt has told the end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId, MessageId
from followup.domain.message import Channel
from followup.storage.tables import attempts, messages

_WAITS = sa.and_(messages.c.state == sa.literal_column("'sent'"), messages.c.not_before.is_not(None))


@dataclass(frozen=True, slots=True)
class Late:
    """A sent message to ask about: where it went, and when it was accepted (real time)."""

    id: MessageId
    clinic_id: ClinicId
    channel: Channel
    provider: str
    ref: str
    accepted: datetime


def claim_late(
    conn: Connection, *, ops: datetime, again_at: datetime, each: int, most: int, but: Collection[str] = ()
) -> list[Late]:
    """Take messages whose receipt is late, newest first: at most `each` of a sender, none of the providers in `but`.

    Each is handed out again only after `again_at`. Of a long backlog only the newest `most` are looked at.
    """
    newest = (
        sa.select(messages.c.id, messages.c.not_before, messages.c.attempt_no)
        .where(_WAITS, messages.c.not_before <= ops, messages.c.provider.not_in(list(but)))
        .order_by(messages.c.not_before.desc())
        .limit(most)
        .subquery()
    )
    tried = sa.and_(attempts.c.message_id == newest.c.id, attempts.c.number == newest.c.attempt_no)
    place = sa.func.row_number().over(
        partition_by=(attempts.c.provider, attempts.c.sender),
        order_by=(attempts.c.started_ops.desc(), newest.c.id.desc()),
    )
    ranked = sa.select(newest.c.id, place.label("place")).join(attempts, tried).subquery()
    chosen = sa.select(ranked.c.id).where(ranked.c.place <= each)
    taken = conn.scalars(
        sa.update(messages)
        .where(messages.c.id.in_(chosen), _WAITS, messages.c.not_before <= ops)
        .values(not_before=again_at)
        .returning(messages.c.id)
    )
    return _late(conn, list(taken))


def _late(conn: Connection, ids: Sequence[str]) -> list[Late]:
    tried = sa.and_(attempts.c.message_id == messages.c.id, attempts.c.number == messages.c.attempt_no)
    accepted = sa.func.coalesce(attempts.c.finished_at, attempts.c.started_ops, type_=attempts.c.started_ops.type)
    query = sa.select(
        messages.c.id, messages.c.clinic_id, messages.c.channel, messages.c.provider, messages.c.provider_ref,
        accepted.label("accepted"),
    ).join(attempts, tried)  # fmt: skip
    query = query.where(messages.c.id.in_(ids)).order_by(attempts.c.started_ops.desc(), messages.c.id.desc())
    return [
        Late(MessageId(r.id), ClinicId(r.clinic_id), Channel(r.channel), r.provider, r.provider_ref, r.accepted)
        for r in conn.execute(query)
        if r.provider_ref and r.provider and r.channel
    ]


def ask_again_at(conn: Connection, message_id: MessageId, moment: datetime) -> None:
    """When to ask about it next (real time)."""
    conn.execute(sa.update(messages).where(messages.c.id == message_id, _WAITS).values(not_before=moment))
