"""The published JSON Schemas of the clinic's events."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse

from followup.domain.errors import NotFound
from followup.domain.event import CLINIC_TYPES, EventType
from followup.services.record import schema_of
from followup.web.door import Ctx
from followup.web.errors import answers

router = APIRouter(tags=["events"])
_PROBLEMS = answers(s404="No such event type")


@router.get("/v1/schemas/{type}", summary="The JSON Schema of an event type", responses=_PROBLEMS)
def get_schema(ctx: Ctx, kind: Annotated[str, Path(alias="type")]) -> JSONResponse:
    """The schema of a whole event in structured form; needs no key."""
    try:
        document = schema_of(ctx, EventType(kind))
    except (ValueError, KeyError):
        raise NotFound("there is no such event type", cure="known are " + ", ".join(CLINIC_TYPES)) from None
    return JSONResponse(
        document, headers={"Cache-Control": "public, max-age=3600"}, media_type="application/schema+json"
    )
