"""How the last messages of a campaign fared, for its brake."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.campaign import Campaign
from followup.domain.campaign.brake import Fate
from followup.domain.message import MessageState
from followup.storage.tables import attempts, campaign_recipients, messages, receipts, suppressions

_R, _M = campaign_recipients, messages
_TAKEN = [MessageState.SENT.value, MessageState.DELIVERED.value]
_FAILED = [MessageState.FAILED.value, MessageState.UNDELIVERED.value]
#: At least so many people are looked back on, and those of so many minutes of its pace.
_PEOPLE, _MINUTES, _MOST = 300, 10, 5000


def of_last(conn: Connection, campaign: Campaign) -> list[Fate]:
    """The fates of the last people whose message has an outcome, since the brake was let go."""
    back = min(_MOST, _PEOPLE + _MINUTES * campaign.pace.per_minute)
    attempt = sa.and_(attempts.c.message_id == _M.c.id, attempts.c.number == _M.c.attempt_no)
    late = sa.select(sa.func.max(receipts.c.error_code)).where(receipts.c.message_id == _M.c.id).scalar_subquery()
    stopped = sa.exists().where(
        suppressions.c.clinic_id == _M.c.clinic_id,
        suppressions.c.channel == attempts.c.channel,
        suppressions.c.address == attempts.c.address,
        suppressions.c.reason.in_(["opt_out", "complaint"]),
        suppressions.c.since >= attempts.c.started_at,
        suppressions.c.released_at.is_(None),
    )
    query = (
        sa.select(_R.c.variant, _M.c.state, attempts.c.code, late.label("late"), stopped.label("stopped"))
        .join(_M, _M.c.id == _R.c.message_id)
        .join(attempts, attempt)
        .where(
            _R.c.campaign_id == campaign.id,
            _R.c.position > max(campaign.brake_from, campaign.passed - back),
            _R.c.position <= campaign.passed,
            _M.c.state.in_(_TAKEN + _FAILED),
        )
    )
    return [
        Fate(row.variant, row.state in _FAILED, row.code or row.late or "", bool(row.stopped))
        for row in conn.execute(query)
    ]
