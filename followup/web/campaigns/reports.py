"""Campaigns over HTTP: lists, status, and what became of each person, as JSON or CSV."""

from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from followup.domain.campaign import CampaignState
from followup.services.campaigns import draft, results, tell
from followup.services.campaigns.status import status
from followup.web.auth import KeyHolder, clinic_of
from followup.web.door import Ctx
from followup.web.errors import answers

router = APIRouter(prefix="/v1/campaigns", tags=["campaigns"])
_PROBLEMS = answers(
    s401="No key, or an unknown one", s404="No such campaign in this clinic", s422="A parameter is wrong"
)

_Name = Annotated[str, Query(min_length=1, max_length=200, pattern=r"^[^\x00]*$", description="Who takes it")]


class ResultPage(BaseModel):
    """A page of people by their position; `next` is the `after` of the page behind it, or null."""

    people: list[dict[str, Any]]
    next: int | None = Field(examples=[200])


@router.get("", summary="Campaigns, newest first", responses=_PROBLEMS)
def get_campaigns(
    ctx: Ctx,
    caller: KeyHolder,
    *,
    state: Annotated[list[CampaignState] | None, Query(description="Only in these states")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[dict[str, Any]]:
    """With their definition, without their results."""
    return [tell.campaign(one) for one in draft.listing(ctx, clinic_of(caller), states=state or (), limit=limit)]


@router.get("/{campaign_id}", summary="How far it is", responses=_PROBLEMS)
def get_campaign(ctx: Ctx, caller: KeyHolder, campaign_id: str) -> dict[str, Any]:
    """What it waits for, how many are in each state, and when it will be through."""
    return tell.status(status(ctx, clinic_of(caller), campaign_id))


@router.get("/{campaign_id}/results", summary="What became of everybody, in sums", responses=_PROBLEMS)
def get_results(ctx: Ctx, caller: KeyHolder, campaign_id: str) -> dict[str, Any]:
    """People by state and reason, the way from due to booked, and how the groups compare."""
    return tell.summary(results.summary(ctx, clinic_of(caller), campaign_id))


@router.get("/{campaign_id}/recipients", summary="What became of each person", responses=_PROBLEMS)
def get_recipients(
    ctx: Ctx,
    caller: KeyHolder,
    campaign_id: str,
    *,
    after: Annotated[int, Query(ge=0, description="`next` of the page before")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> ResultPage:
    """Ids alone; names, numbers and texts are not in it."""
    found = list(islice(results.lines(ctx, clinic_of(caller), campaign_id, after=after), limit + 1))
    more = found[limit - 1].line.position if len(found) > limit else None
    return ResultPage(people=[tell.line(one) for one in found[:limit]], next=more)


@router.get("/{campaign_id}/results.csv", summary="The same as a file", responses=_PROBLEMS)
def get_file(
    ctx: Ctx,
    caller: KeyHolder,
    campaign_id: str,
    by: _Name,
) -> StreamingResponse:
    """A line a person; who took it is audited, and no cell is a formula to a spreadsheet."""
    lines = tell.sheet(results.export(ctx, clinic_of(caller), campaign_id, by=by))
    name = f'attachment; filename="{campaign_id}.csv"'
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})
