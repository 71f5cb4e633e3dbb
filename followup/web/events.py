"""The event door: CloudEvents in, answered once their rows are stored."""

from collections.abc import Sequence
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from followup.domain.errors import FollowupError
from followup.services import record
from followup.services.record import MAX_BATCH, Recorded
from followup.web.auth import SCHEMES, authenticate
from followup.web.cloudevents import Incoming, read_request
from followup.web.door import Body, Ctx
from followup.web.errors import Problem, answers, problem_of

router = APIRouter(tags=["events"])


class Accepted(BaseModel):
    """The event is stored; `id` is the event's own."""

    id: str = Field(examples=["T-1001"])
    status: Literal["accepted", "duplicate"]


class Rejected(BaseModel):
    """One event of a batch that was refused; nothing of it is stored."""

    id: str | None = Field(default=None, examples=["T-1002"])
    status: Literal["rejected"] = "rejected"
    problem: Problem


_EXAMPLE = {
    "specversion": "1.0",
    "type": "treatment.completed",
    "source": "/clinics/canstrive/pms",
    "id": "T-1001",
    "time": "2026-03-02T16:05:00-05:00",
    "data": {
        "clinic": "canstrive",
        "patient": {
            "id": "P-17",
            "given_name": "Ana",
            "family_name": "Silva",
            "language": "en-CA",
            "time_zone": "America/Toronto",
            "contact_points": [
                {"channel": "sms", "value": "+14165550123"},
                {"channel": "email", "value": "ana@example.com"},
            ],
        },
        "treatment": {
            "id": "T-1001",
            "code": "skinpen-microneedling",
            "performed_at": "2026-03-02T15:30:00-05:00",
            "practitioner": "RN Okafor",
            "session": 1,
            "of": 3,
        },
    },
}
_EVENT = {"type": "object", "description": "A CloudEvent; its schema is at /v1/schemas/{type}."}
_REQUEST = {
    "requestBody": {
        "required": True,
        "content": {
            "application/cloudevents+json": {"schema": _EVENT, "example": _EXAMPLE},
            "application/cloudevents-batch+json": {
                "schema": {"type": "array", "maxItems": MAX_BATCH, "items": _EVENT},
                "example": [_EXAMPLE],
            },
            "application/json": {
                "schema": {"type": "object", "description": "The `data` of an event whose attributes are ce- headers."},
                "example": _EXAMPLE["data"],
            },
        },
    },
}
_PROBLEMS = answers(
    s400="The body cannot be read",
    s401="No key or signature, an unknown key, or a signature that does not hold, as its type tells",
    s403="The key is of another clinic",
    s409="The same source and id, or webhook-id, came before with another body",
    s413="The body is over 256 KiB",
    s415="The body is neither CloudEvents nor JSON, or is compressed",
    s422="The event does not have the promised shape; every failing pointer is listed",
    s503="The database is away; nothing was stored",
)


@router.post(
    "/v1/events",
    status_code=202,
    response_model=Accepted | list[Accepted | Rejected],
    response_description="The event is stored, now or before; of a batch, what became of each",
    responses=_PROBLEMS,
    openapi_extra=_REQUEST,
    dependencies=SCHEMES,
    summary="Tell what happened at the clinic",
)
def post_events(request: Request, ctx: Ctx, body: Body) -> Response:
    """One CloudEvent (structured or binary) or a batch; the answer comes after the rows are stored."""
    caller = authenticate(ctx, request.headers, body)
    incoming = read_request(request.headers.raw, body)
    if not incoming.is_batch:
        recorded = record.accept(ctx, incoming.events[0], caller=caller)
        return JSONResponse({"id": recorded.id, "status": recorded.status}, 202)
    results = record.accept_batch(ctx, incoming.events, caller=caller)
    return JSONResponse(jsonable_encoder(_answers(incoming, results), exclude_none=True), 202)


def _answers(incoming: Incoming, results: Sequence[Recorded | FollowupError]) -> list[Accepted | Rejected]:
    return [_answer(event, result) for event, result in zip(incoming.events, results, strict=True)]


def _answer(event: Any, result: Recorded | FollowupError) -> Accepted | Rejected:
    if isinstance(result, Recorded):
        return Accepted.model_validate({"id": result.id, "status": result.status})
    given = event.get("id") if isinstance(event, dict) else None
    return Rejected(id=given if isinstance(given, str) else None, problem=problem_of(result))
