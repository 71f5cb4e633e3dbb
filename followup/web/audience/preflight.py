"""What can be asked before a launch, over HTTP: the preflight, and why one patient is chosen."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from followup.domain.ids import PatientId
from followup.services.campaigns import check, draft, foretell
from followup.services.campaigns.preflight import preflight
from followup.services.segments import choose, tell
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


@router.get("/{campaign_id}/explain", summary="Why one patient is in the audience, or is not", responses=_PROBLEMS)
def get_explained(
    ctx: Ctx, caller: KeyHolder, campaign_id: str, patient: Annotated[str, Query(min_length=1, max_length=200)]
) -> dict[str, Any]:
    """By the filter as the rows are now; who stands in a launched campaign, its results tell."""
    clinic_id = clinic_of(caller)
    audience = check.audience_of(draft.get(ctx, clinic_id, campaign_id).definition)
    return tell.verdict(choose.explain(ctx, clinic_id, audience=audience, patient_id=PatientId(patient)))
