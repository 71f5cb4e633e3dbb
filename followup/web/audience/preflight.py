"""The preflight of a campaign over HTTP."""

from typing import Any

from fastapi import APIRouter

from followup.services.campaigns import foretell
from followup.services.campaigns.preflight import preflight
from followup.web.auth import KeyHolder, clinic_of
from followup.web.door import Ctx
from followup.web.errors import answers

router = APIRouter(prefix="/v1/campaigns", tags=["campaigns"])
_PROBLEMS = answers(
    s401="No key, or an unknown one",
    s404="No such campaign in this clinic",
    s409="It was launched already",
    s422="Its text or audience cannot be used",
)


@router.get("/{campaign_id}/preflight", summary="What a campaign would do if it were launched now", responses=_PROBLEMS)
def get_preflight(ctx: Ctx, caller: KeyHolder, campaign_id: str) -> dict[str, Any]:
    """`recipients` and all of `excluded` add up to `audience`; amounts are text. Its samples are patient data."""
    return foretell.preflight(preflight(ctx, clinic_of(caller), campaign_id))
