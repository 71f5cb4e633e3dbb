"""A patient's timeline for the clinic's own system."""

from typing import Any

from fastapi import APIRouter

from followup.domain.ids import PatientId
from followup.services.reading import describe, report
from followup.web.auth import KeyHolder, clinic_of
from followup.web.door import Ctx
from followup.web.errors import answers

router = APIRouter(prefix="/v1/patients", tags=["reading"])
_PROBLEMS = answers(s401="No key, or an unknown one", s404="No such patient in this clinic")


@router.get("/{patient_id:path}/timeline", summary="A patient's past and coming messages", responses=_PROBLEMS)
def get_timeline(ctx: Ctx, caller: KeyHolder, patient_id: str) -> dict[str, Any]:
    """By due time, each open message with what the gate would say. No name, number or text is in it."""
    return describe.timeline(report.timeline(ctx, clinic_of(caller), PatientId(patient_id)))
