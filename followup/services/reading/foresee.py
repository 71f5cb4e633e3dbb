"""Foresee: what the gate, and the text itself, would say of a message when it is due, if nothing changed until then."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.engine import Connection

from followup.content.merged import Block
from followup.domain.errors import NotFound, TemplateFault
from followup.domain.gate import Check, Decision, Defer, Held, Send, decide, without_jitter
from followup.domain.gate import foresee as foresee_gate
from followup.domain.message import Channel, Hold
from followup.services import compose
from followup.services.context import Context
from followup.services.merging import blocks
from followup.services.reading import words
from followup.services.weigh import Weighed


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the gate would say of a message when it is due, if nothing changed until then."""

    decision: Decision
    at: datetime
    words: str  # one sentence, in the patient's local time


def foresee(ctx: Context, conn: Connection, weighed: Weighed) -> Foreseen:
    """The verdict at the message's time, and where it would be sent, whether its text can be written."""
    facts, now = without_jitter(weighed.facts), ctx.clock.now()
    decision, at = foresee_gate(facts, now)
    if isinstance(decision.verdict, Send):
        decision = _with_text(ctx, conn, weighed, decision=decision, channel=decision.verdict.channel)
    first = decide(facts, max(now, facts.message.due_at))
    waits = first.why if isinstance(first.verdict, Defer) else None
    told = words.foreseen(facts.message, decision, at=at, zone=facts.zone, now=now, waits=waits)
    return Foreseen(decision, at, told)


def _with_text(ctx: Context, conn: Connection, weighed: Weighed, *, decision: Decision, channel: Channel) -> Decision:
    message = weighed.facts.message
    source = f"{message.template_ref}, version {message.template_version}"
    try:
        rendered = compose.render(
            ctx,
            conn,
            message,
            channel=channel,
            weighed=weighed,
            values=compose.values_for(
                weighed.facts.clinic,
                weighed,
                links=compose.links_of(ctx, message),
                public_url=ctx.settings.public_url,
            ),
            blocks=_blocks(ctx, conn, weighed),
        )
    except (TemplateFault, NotFound) as fault:
        told = Check("text", False, f"its text cannot be written: {fault.message}", source)
        return replace(decision, verdict=Held(Hold.TEMPLATE), checks=(*decision.checks, told))
    size = f", {rendered.segments} segments of {rendered.encoding}" if rendered.segments else ""
    told = Check("text", True, f"it can be written in {rendered.language}{size}", source)
    return replace(decision, checks=(*decision.checks, told))


def _blocks(ctx: Context, conn: Connection, weighed: Weighed) -> list[Block]:
    message = weighed.facts.message
    others = blocks.carried(conn, [message]).get(message.id, [])
    return blocks.blocks(ctx, conn, weighed.facts.clinic, carrier=message, others=others) if others else []
