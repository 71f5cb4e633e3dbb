"""The published JSON Schemas of the clinic's events."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from followup.domain.errors import NotFound
from followup.domain.event import EventType
from followup.services.record import schema_of
from followup.web.door import Ctx

router = APIRouter(tags=["events"])


@router.get("/v1/schemas/{kind}", summary="The JSON Schema of an event type")
def get_schema(ctx: Ctx, kind: str) -> JSONResponse:
    """The schema of a whole event in structured form; needs no key."""
    try:
        document = schema_of(ctx, EventType(kind))
    except ValueError:
        raise NotFound("there is no such event type", cure="known are " + ", ".join(EventType)) from None
    return JSONResponse(
        document, headers={"Cache-Control": "public, max-age=3600"}, media_type="application/schema+json"
    )
