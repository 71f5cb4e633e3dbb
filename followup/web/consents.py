"""Consents that end soon, for the clinic's own system."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from followup.services.consents import survey, tell
from followup.web.auth import KeyHolder, clinic_of
from followup.web.door import Ctx
from followup.web.errors import answers

router = APIRouter(prefix="/v1/consents", tags=["reading"])
_PROBLEMS = answers(s401="No key, or an unknown one", s422="A parameter is wrong")


@router.get("/expiring", summary="Implied consents that end soon", responses=_PROBLEMS)
def get_expiring(ctx: Ctx, caller: KeyHolder, days: Annotated[int, Query(ge=0, le=1000)] = 60) -> list[dict[str, Any]]:
    """By the day they end; `used` tells whether the clinic relies on them."""
    return [tell.expiring(e) for e in survey.expiring(ctx, clinic_of(caller), days=days)]
