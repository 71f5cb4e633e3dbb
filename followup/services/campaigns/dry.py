"""Dry: what the gate would say to the message of each person of an audience; nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from sqlalchemy.engine import Connection

from followup.domain.campaign import Campaign, RecipientState
from followup.domain.gate import Defer, GateFacts, Held, Send, Skip, decide, without_jitter
from followup.domain.ids import PatientId
from followup.domain.message import Hold, Message, Reason
from followup.services.campaigns import check
from followup.services.campaigns.advance import message_for
from followup.services.campaigns.audience import chosen
from followup.services.campaigns.freeze import recipient_of
from followup.services.context import Context
from followup.services.weigh import Weighed, weigh
from followup.storage.campaigns import recipients

_PAGE, _TURNS = 500, 40
#: Reasons that are not the gate's.
HELD_OUT = "held_out"


@dataclass(frozen=True, slots=True)
class Fate:
    """One person: excluded for a reason, or with a way out and its time; `held` by what until then.

    Without a message their turn in the campaign takes no time.
    """

    patient_id: PatientId
    reason: str = ""
    message: Message | None = None
    weighed: Weighed | None = None
    send: Send | None = None
    at: datetime | None = None
    held: Hold | None = None


def fates(ctx: Context, conn: Connection, campaign: Campaign, *, due_at: datetime) -> Iterator[Fate]:
    """Everybody of the audience in order, each as if their message fell due at `due_at`; a page in memory."""
    people = chosen(ctx, conn, campaign.clinic_id, check.audience_of(campaign.definition))
    twins = check.twins(ctx, conn, campaign, same_audience=False)
    while page := list(islice(people, _PAGE)):
        again = recipients.written_to(conn, twins, page)
        drawn = [recipient_of(campaign, who, 0, again=who in again) for who in page]
        waiting = [r for r in drawn if r.state is RecipientState.WAITING]
        batch = {r.patient_id: message_for(ctx, campaign, r, due_at=due_at) for r in waiting}
        weighed = weigh(ctx, conn, list(batch.values()))
        for one in drawn:
            message = batch.get(one.patient_id)
            if message is None:
                yield Fate(one.patient_id, reason=one.reason or HELD_OUT)
            else:
                yield _fate(message, weighed[message.id])


def _fate(message: Message, weighed: Weighed) -> Fate:
    """Follow deferrals as time would; what holds it now is noted and taken to end."""
    facts, moment, held = without_jitter(weighed.facts), message.due_at, None
    for _ in range(_TURNS):
        verdict = decide(facts, moment).verdict
        match verdict:
            case Send():
                return Fate(message.patient_id, message=message, weighed=weighed, send=verdict, at=moment, held=held)
            case Skip():
                return Fate(message.patient_id, reason=verdict.reason.value, message=message)
            case Held():
                held, facts = held or verdict.cause, _freed(facts)
            case Defer():
                moment = verdict.until
    return Fate(message.patient_id, reason=Reason.EXPIRED.value, message=message)


def _freed(facts: GateFacts) -> GateFacts:
    ways = tuple(replace(way, hold=None, until=None) for way in facts.candidates)
    return replace(facts, holds=(), trial=False, candidates=ways)
