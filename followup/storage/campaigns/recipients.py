"""The people of a campaign's frozen audience: who they are, whose turn it is, and which message is theirs."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.campaign import Recipient, RecipientState
from followup.domain.ids import CampaignId, MessageId, PatientId
from followup.domain.message import MessageState
from followup.storage.tables import campaign_recipients, messages

_T = campaign_recipients
#: A message that ended so reached nobody.
_IN_VAIN = [s.value for s in (MessageState.CANCELLED, MessageState.SKIPPED, MessageState.FAILED)]


def from_row(row: Row[Any]) -> Recipient:
    """A stored row as the domain's value."""
    return Recipient(**dict(row._mapping) | {"state": RecipientState(row.state)})


def add(conn: Connection, new: Sequence[Recipient]) -> None:
    """Write down these people; each campaign has a person once."""
    if new:
        conn.execute(_T.insert(), [{name: getattr(r, name) for name in Recipient.__slots__} for r in new])


def turn(conn: Connection, campaign_id: CampaignId, *, after: int, limit: int) -> list[Recipient]:
    """The next people by position."""
    query = sa.select(_T).where(_T.c.campaign_id == campaign_id, _T.c.position > after)
    return [from_row(r) for r in conn.execute(query.order_by(_T.c.position).limit(limit))]


def made(conn: Connection, done: Sequence[tuple[PatientId, MessageId, datetime]], campaign_id: CampaignId) -> None:
    """Note the message and time of each."""
    if done:
        change = sa.update(_T).where(
            _T.c.campaign_id == campaign_id, _T.c.patient_id == sa.bindparam("b_patient"), _T.c.state == "waiting"
        )
        conn.execute(
            change.values(state="made", message_id=sa.bindparam("b_message"), made_at=sa.bindparam("b_at")),
            [{"b_patient": p, "b_message": m, "b_at": at} for p, m, at in done],
        )


def stamp(conn: Connection, campaign_id: CampaignId, positions: Collection[int], at: datetime) -> None:
    """Note when the turn of those came who get nothing."""
    if positions:
        query = sa.update(_T).where(_T.c.campaign_id == campaign_id, _T.c.position.in_(positions))
        conn.execute(query.values(made_at=at))


def cancel(conn: Connection, campaign_id: CampaignId) -> int:
    """Whose turn has not come gets none; returns how many."""
    query = sa.update(_T).where(_T.c.campaign_id == campaign_id, _T.c.state == RecipientState.WAITING.value)
    return conn.execute(query.values(state=RecipientState.CANCELLED.value)).rowcount


def follow(conn: Connection, message_id: MessageId, heir: MessageId) -> None:
    """Another message stands for this person now."""
    conn.execute(sa.update(_T).where(_T.c.message_id == message_id).values(message_id=heir))


def written_to(conn: Connection, campaign_ids: Sequence[CampaignId], ids: Sequence[PatientId]) -> set[PatientId]:
    """Those of `ids` whom one of these campaigns wrote to, or may still write to."""
    if not campaign_ids or not ids:
        return set()
    query = (
        sa.select(_T.c.patient_id)
        .select_from(_T.outerjoin(messages, messages.c.id == _T.c.message_id))
        .where(
            _T.c.campaign_id.in_(campaign_ids),
            _T.c.patient_id.in_(ids),
            sa.or_(_T.c.state == RecipientState.WAITING.value, messages.c.state.not_in(_IN_VAIN)),
        )
    )
    return {PatientId(name) for name in conn.scalars(query)}


def tally(conn: Connection, campaign_id: CampaignId) -> dict[RecipientState, int]:
    """How many are in each state."""
    query = sa.select(_T.c.state, sa.func.count()).where(_T.c.campaign_id == campaign_id).group_by(_T.c.state)
    return {RecipientState(state): int(count) for state, count in conn.execute(query)}
