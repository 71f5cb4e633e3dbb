"""Saved segments over HTTP: the same services as the commands."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, Field

from followup.domain.ids import PatientId
from followup.services.segments import choose, keep, tell
from followup.web.auth import KeyHolder, clinic_of
from followup.web.door import Ctx
from followup.web.errors import answers

router = APIRouter(prefix="/v1/segments", tags=["campaigns"])
_PROBLEMS = answers(
    s401="No key, or an unknown one",
    s404="No such segment or patient in this clinic",
    s409="Another segment uses it",
    s422="The audience cannot be read; a JSON pointer per fault",
)


class Written(BaseModel):
    """An audience to save; its schema is `config/schemas/audience.schema.json`."""

    audience: dict[str, Any] = Field(examples=[{"treated": {"within": "P6M"}, "language": "fr"}])
    by: str = Field(min_length=1, max_length=200, examples=["Dr Roy"])
    title: str = Field(default="", max_length=200)


class Counted(BaseModel):
    """How many patients it chooses now."""

    count: int = Field(ge=0, examples=[412])


@router.get("", summary="Saved segments by name", responses=_PROBLEMS)
def get_segments(ctx: Ctx, caller: KeyHolder) -> list[dict[str, Any]]:
    """Their definitions; the count comes with each one alone."""
    return [tell.segment(one) for one in choose.listing(ctx, clinic_of(caller))]


@router.post("/count", summary="Count an audience that is not saved", responses=_PROBLEMS)
def post_count(ctx: Ctx, caller: KeyHolder, audience: Annotated[dict[str, Any], Body()]) -> Counted:
    """The body is the audience itself."""
    return Counted(count=choose.count(ctx, clinic_of(caller), audience))


@router.get("/{name}", summary="A segment and how many it chooses now", responses=_PROBLEMS)
def get_segment(ctx: Ctx, caller: KeyHolder, name: str) -> dict[str, Any]:
    """Counted as the rows are now."""
    found = choose.show(ctx, clinic_of(caller), name)
    return tell.segment(found.segment) | {"count": found.count, "doubts": list(found.doubts)}


@router.put("/{name}", summary="Save a segment", responses=_PROBLEMS)
def put_segment(ctx: Ctx, caller: KeyHolder, name: str, said: Annotated[Written, Body()]) -> dict[str, Any]:
    """Over what stood under the name."""
    saved = keep.save(ctx, clinic_of(caller), name, definition=said.audience, by=said.by, title=said.title)
    return tell.segment(saved)


@router.delete("/{name}", summary="Delete a segment", responses=_PROBLEMS, status_code=204)
def delete_segment(
    ctx: Ctx, caller: KeyHolder, name: str, by: Annotated[str, Query(min_length=1, max_length=200)]
) -> None:
    """Campaigns that used it keep their audience."""
    keep.delete(ctx, clinic_of(caller), name, by=by)


@router.get("/{name}/explain", summary="Why one patient is chosen, or is not", responses=_PROBLEMS)
def get_explained(
    ctx: Ctx, caller: KeyHolder, name: str, patient: Annotated[str, Query(min_length=1, max_length=200)]
) -> dict[str, Any]:
    """The clause that decides, and what every clause says."""
    return tell.verdict(choose.explain_saved(ctx, clinic_of(caller), name, PatientId(patient)))
