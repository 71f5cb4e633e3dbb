"""Send: one text or mail to one person on staff; never a patient's words, name or number."""

import fnmatch

from followup.content.templates import Rendered
from followup.domain.clinic import Clinic
from followup.domain.escalation import Escalation
from followup.domain.ids import AttemptId, MessageId
from followup.domain.message import Channel, MessageClass
from followup.domain.outcome import Accepted
from followup.ports import Outbound
from followup.services.context import Context
from followup.services.routing.lineup import sender_at


def by_mail(ctx: Context, clinic: Clinic, escalation: Escalation, *, to: str, place: str) -> bool:
    """Mail about an escalation; True once a provider took it. `place` tells this mail from others about it."""
    return _send(ctx, clinic, escalation, ctx.templates.staff_alert(clinic, escalation), channel=Channel.EMAIL, to=to,
                 place=place)  # fmt: skip


def by_text(ctx: Context, clinic: Clinic, escalation: Escalation, *, to: str, place: str) -> bool:
    """A text about an escalation; True once a provider took it. In trial mode only allowed numbers get one."""
    if ctx.settings.mode == "trial" and not any(fnmatch.fnmatchcase(to, glob) for glob in ctx.settings.trial_allow):
        return False
    return _send(ctx, clinic, escalation, ctx.templates.staff_text(clinic, escalation), channel=Channel.SMS, to=to,
                 place=place)  # fmt: skip


def _send(
    ctx: Context, clinic: Clinic, escalation: Escalation, rendered: Rendered, *, channel: Channel, to: str, place: str
) -> bool:
    provider = ctx.providers[channel]
    outbound = Outbound(
        message_id=MessageId(f"{escalation.id}-{place}"),
        attempt_id=AttemptId(escalation.id),
        attempt_number=1,
        channel=channel,
        message_class=MessageClass.REPLY,
        to=to,
        sender=sender_at(ctx, clinic, provider),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        from_name=clinic.name,
        language=rendered.language,
        sent_at=ctx.clock.now(),
    )
    return isinstance(ctx.network.submit(provider.send(outbound)).result(), Accepted)
