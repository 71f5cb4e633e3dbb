"""Speak: the one automatic answer to a keyword, a phrase or a red flag, as a message like any other."""

from datetime import timedelta

from sqlalchemy.engine import Connection

from followup.domain.errors import NotFound
from followup.domain.ids import MessageId, PatientId
from followup.domain.inbound import Intent, Keyword
from followup.domain.message import Message, MessageClass, MessageState
from followup.services.context import Context
from followup.services.replies import tell
from followup.storage import inbound, messages
from followup.storage.inbound import Inbound

WRONG_NUMBER = Intent.WRONG_NUMBER.value
SELF_HARM = "safety_selfharm"
AWAY = "away"
WHICH_FLAG = "which_flag"
_TEMPLATES = {
    Keyword.STOP.value: "system/stop-confirmation",
    Keyword.START.value: "system/start-confirmation",
    Keyword.HELP.value: "system/help",
    WRONG_NUMBER: "system/wrong-number",
    "safety_emergency": "system/safety-emergency",
    "safety_urgent": "system/safety-urgent",
    SELF_HARM: "system/safety-selfharm",
    AWAY: "system/out-of-hours",
    WHICH_FLAG: "system/which-flag",
}
_CONFIRMS = frozenset({Keyword.STOP.value, Keyword.START.value, WRONG_NUMBER})
#: An answer that comes later than this is no answer any more; the law gives a confirmation five minutes.
_ANSWER_LIFE, _CONFIRMATION_LIFE = timedelta(hours=1), timedelta(minutes=5)
#: Two machines that answer each other stop after five answers in ten minutes.
_MOST_ANSWERS, _LOOP = 5, timedelta(minutes=10)


def is_loop(conn: Connection, row: Inbound) -> bool:
    """True once this number has asked for automatic answers too often."""
    recent = inbound.keywords_since(conn, row.clinic_id, row.from_address, row.received_at - _LOOP)
    return recent > _MOST_ANSWERS


def answer(ctx: Context, conn: Connection, row: Inbound, *, what: str, language: str) -> None:
    """Put the answer among the messages that are due; where there is no template for it a person is told."""
    ref, now = _TEMPLATES[what], ctx.clock.now()
    try:
        version = ctx.templates.version(ref)
    except NotFound:
        tell.ask_to_read(ctx, conn, row, summary=f"a keyword could not be answered: there is no template {ref}")
        return
    message = Message(
        id=MessageId(ctx.ids.new("msg")),
        clinic_id=row.clinic_id,
        patient_id=row.patient_id or PatientId(""),
        enrollment_id=None,
        step_key=f"{what}:{language}",
        occurrence=1,
        message_class=MessageClass.REPLY if what in {AWAY, WHICH_FLAG} else MessageClass.COMPLIANCE,
        channels=(row.channel,),
        template_ref=ref,
        template_version=version,
        state=MessageState.SCHEDULED,
        due_at=now,
        planned_for=now,
        expires_at=now + (_CONFIRMATION_LIFE if what in _CONFIRMS else _ANSWER_LIFE),
        context=row.id,
    )
    messages.add(conn, [message], now, detail={"inbound": row.id})
