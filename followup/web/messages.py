"""Messages for the clinic's own system: pages of them, and the biography of one."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from followup.domain.ids import MessageId
from followup.domain.message import MessageState
from followup.services.reading import describe, report
from followup.web.auth import KeyHolder, clinic_of
from followup.web.door import Ctx
from followup.web.errors import answers

router = APIRouter(prefix="/v1/messages", tags=["reading"])
_PROBLEMS = answers(
    s401="No key, or an unknown one", s404="No such message in this clinic", s422="A parameter is wrong"
)


class MessagePage(BaseModel):
    """A page of messages by due time; `next` is the cursor of the page after it, or null."""

    messages: list[dict[str, Any]]
    next: str | None = Field(examples=["2026-03-09T14:00:00+00:00~msg_01JNXW0000000000000000000A"])


@router.get("", summary="Messages by due time", responses=_PROBLEMS)
def get_messages(
    ctx: Ctx,
    caller: KeyHolder,
    *,
    patient: Annotated[str | None, Query(description="Only this patient's (the clinic's own id)")] = None,
    campaign: Annotated[str | None, Query(description="Only of this campaign")] = None,
    state: Annotated[
        Literal[
            "scheduled",
            "queued",
            "sending",
            "unconfirmed",
            "sent",
            "delivered",
            "undelivered",
            "failed",
            "skipped",
            "cancelled",
            "held",
        ]
        | None,
        Query(description="Only in this state; held: waits for the end of a hold"),
    ] = None,
    cursor: Annotated[str | None, Query(description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> MessagePage:
    """Texts and addresses are not in it."""
    wanted = MessageState(state) if state is not None and state != "held" else state
    page, more = report.messages(
        ctx, clinic_of(caller), patient=patient, campaign=campaign, state=wanted, cursor=cursor, limit=limit
    )
    return MessagePage(messages=[describe.message(m) for m in page], next=more)


@router.get("/{message_id}", summary="The biography of a message", responses=_PROBLEMS)
def get_message(ctx: Ctx, caller: KeyHolder, message_id: str) -> dict[str, Any]:
    """Event, rule, text version, gates, attempts, receipts and replies of one message."""
    return describe.biography(report.biography(ctx, clinic_of(caller), MessageId(message_id)))
