"""Campaign rows: the one writer of their state, and what the tick looks for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.campaign import CAMPAIGN, Campaign, CampaignSignal, CampaignState, Pace, parse
from followup.domain.ids import CampaignId, ClinicId
from followup.storage.tables import campaigns

_PLAIN = (
    "id", "clinic_id", "content_digest", "author", "created_at", "edited_at", "submitted_by", "approver",
    "approved_size", "override", "texts", "launched_by", "launched_at", "frozen_after", "frozen_at", "size", "passed",
    "last_due", "pace_day", "pace_count", "brake_from", "why", "ended_at",
)  # fmt: skip
_PACE = ("per_minute", "per_day", "open_inbox")


def from_row(row: Row[Any]) -> Campaign:
    """A stored row as the domain's value."""
    data = row._mapping
    return Campaign(
        **{name: data[name] for name in _PLAIN},
        state=CampaignState(data["state"]),
        definition=parse(data["definition"]),
        pace=Pace(*(data[name] for name in _PACE)),
    )


def add(conn: Connection, new: Campaign, written: Mapping[str, Any]) -> None:
    """Insert a draft; `written` is its definition as a checked mapping."""
    conn.execute(campaigns.insert().values(
        **{name: getattr(new, name) for name in _PLAIN} | _defined(new, written), state=new.state.value,
    ))  # fmt: skip


def rewrite(conn: Connection, new: Campaign, written: Mapping[str, Any]) -> None:
    """Put another definition in the place of a draft's."""
    changed = _defined(new, written) | {"content_digest": new.content_digest, "edited_at": new.edited_at}
    conn.execute(sa.update(campaigns).where(campaigns.c.id == new.id).values(changed))


def _defined(new: Campaign, written: Mapping[str, Any]) -> dict[str, Any]:
    pace = {name: getattr(new.pace, name) for name in _PACE}
    digest = new.definition.audience_digest
    return {"name": new.name, "definition": dict(written), "audience_digest": digest, **pace}


def get(conn: Connection, clinic_id: ClinicId | None, campaign_id: str, *, lock: bool = False) -> Campaign | None:
    """One campaign, of this clinic if one is given; with `lock` nobody else moves it until the transaction ends."""
    query = sa.select(campaigns).where(campaigns.c.id == campaign_id)
    query = query.where(campaigns.c.clinic_id == clinic_id) if clinic_id is not None else query
    row = conn.execute(query.with_for_update() if lock else query).first()
    return from_row(row) if row else None


def listing(
    conn: Connection, clinic_id: ClinicId, *, states: Collection[CampaignState] = (), limit: int = 50
) -> list[Campaign]:
    """A clinic's campaigns, newest first."""
    query = sa.select(campaigns).where(campaigns.c.clinic_id == clinic_id)
    query = query.where(campaigns.c.state.in_([s.value for s in states])) if states else query
    return [
        from_row(r) for r in conn.execute(query.order_by(campaigns.c.created_at.desc(), campaigns.c.id).limit(limit))
    ]


def apply(conn: Connection, campaign: Campaign, signal: CampaignSignal, **values: Any) -> Campaign | None:
    """Move it if its row still has an arrow for `signal`; None if somebody moved it meanwhile."""
    arrows = {source: target for (source, given), target in CAMPAIGN.items() if given is signal}
    query = sa.update(campaigns).where(campaigns.c.id == campaign.id, campaigns.c.state.in_([s.value for s in arrows]))
    target = next(iter(arrows.values()))
    if conn.execute(query.values(state=target.value, **values)).rowcount == 0:
        return None
    return replace(campaign, state=target, **values)


def note(conn: Connection, campaign: Campaign, **values: Any) -> None:
    """Set columns that are not its state: how far it has come, its present pace."""
    conn.execute(sa.update(campaigns).where(campaigns.c.id == campaign.id).values(**values))


def running(conn: Connection) -> list[CampaignId]:
    """The campaigns of all clinics that run."""
    query = sa.select(campaigns.c.id).where(campaigns.c.state == sa.literal_column("'running'"))
    return [CampaignId(name) for name in conn.scalars(query.order_by(campaigns.c.id))]


def states(conn: Connection, ids: Sequence[str]) -> dict[str, CampaignState]:
    """The states of these campaigns."""
    if not ids:
        return {}
    query = sa.select(campaigns.c.id, campaigns.c.state).where(campaigns.c.id.in_(ids))
    return {row.id: CampaignState(row.state) for row in conn.execute(query)}


def alike(
    conn: Connection, campaign: Campaign, *, since: datetime, same_audience: bool = True
) -> list[tuple[CampaignId, str]]:
    """Id and name of other campaigns launched since then with the same text.

    With `same_audience` only those that went, or go, to the same audience to its end.
    """
    query = sa.select(campaigns.c.id, campaigns.c.name).where(
        campaigns.c.clinic_id == campaign.clinic_id,
        campaigns.c.content_digest == campaign.content_digest,
        campaigns.c.id != campaign.id,
        campaigns.c.launched_at >= since,
    )
    if same_audience:
        query = query.where(
            campaigns.c.audience_digest == campaign.definition.audience_digest,
            campaigns.c.state != CampaignState.CANCELLED.value,
        )
    return [(CampaignId(row.id), row.name) for row in conn.execute(query.order_by(campaigns.c.launched_at))]
