"""What staff tools may do to a patient's messages: pause, resume, skip, send now, and take back."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel, Field, StringConstraints

from followup.domain.ids import EnrollmentId, MessageId, PatientId
from followup.services import control
from followup.services.reading import describe, report
from followup.web.auth import KeyHolder, clinic_of
from followup.web.door import Ctx
from followup.web.errors import answers

router = APIRouter(prefix="/v1", tags=["steering"])
_PROBLEMS = answers(
    s401="No key, or an unknown one",
    s404="No such thing in this clinic",
    s409="It went out, or there is nothing to take back",
    s422="Name or reason is missing",
)
_Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class Act(BaseModel):
    """Who does it and why; both are kept in the audit."""

    by: _Said = Field(examples=["RN Okafor"])
    reason: _Said = Field(examples=["the patient asked on the phone"])


class Paused(BaseModel):
    """How many messages are held, or were released."""

    messages: int = Field(examples=[4])


Said = Annotated[Act, Body()]


@router.post("/patients/{patient_id:path}/pause", summary="Hold every message to a patient", responses=_PROBLEMS)
def post_pause(ctx: Ctx, caller: KeyHolder, patient_id: str, said: Said) -> Paused:
    """Those planned later are held too, until `resume`."""
    held = control.pause(ctx, clinic_of(caller), PatientId(patient_id), by=said.by, reason=said.reason)
    return Paused(messages=held)


@router.post("/patients/{patient_id:path}/resume", summary="End the pause of a patient", responses=_PROBLEMS)
def post_resume(ctx: Ctx, caller: KeyHolder, patient_id: str, said: Said) -> Paused:
    """Each message meets the gate anew; a pause that the patient asked for goes on until its end."""
    freed = control.resume(ctx, clinic_of(caller), PatientId(patient_id), by=said.by, reason=said.reason)
    return Paused(messages=freed)


@router.post("/enrollments/{enrollment_id}/pause", summary="Hold the follow-up of one treatment", responses=_PROBLEMS)
def post_pause_one(ctx: Ctx, caller: KeyHolder, enrollment_id: str, said: Said) -> Paused:
    """Its other treatments are followed up as planned; ids are in the patient's timeline."""
    held = control.pause_one(ctx, clinic_of(caller), EnrollmentId(enrollment_id), by=said.by, reason=said.reason)
    return Paused(messages=held)


@router.post("/enrollments/{enrollment_id}/resume", summary="Let it go on", responses=_PROBLEMS)
def post_resume_one(ctx: Ctx, caller: KeyHolder, enrollment_id: str, said: Said) -> Paused:
    """Each message meets the gate anew; where the patient is paused too they stay held."""
    freed = control.resume_one(ctx, clinic_of(caller), EnrollmentId(enrollment_id), by=said.by, reason=said.reason)
    return Paused(messages=freed)


@router.post("/messages/{message_id}/skip", summary="Leave out one message", responses=_PROBLEMS)
def post_skip(ctx: Ctx, caller: KeyHolder, message_id: str, said: Said) -> dict[str, Any]:
    """What comes after it goes on as planned."""
    return _steer(ctx, caller, message_id, said=said, act=control.skip)


@router.post("/messages/{message_id}/send-now", summary="Send one message now", responses=_PROBLEMS)
def post_send_now(ctx: Ctx, caller: KeyHolder, message_id: str, said: Said) -> dict[str, Any]:
    """The clinic's own hours and limits give way; law, consent, STOP and holds do not."""
    return _steer(ctx, caller, message_id, said=said, act=control.send_now)


@router.post("/messages/{message_id}/undo", summary="Take back the last skip or send-now", responses=_PROBLEMS)
def post_undo(ctx: Ctx, caller: KeyHolder, message_id: str, said: Said) -> dict[str, Any]:
    """As long as nothing went out; the message is as it was before."""
    return _steer(ctx, caller, message_id, said=said, act=control.undo)


def _steer(ctx: Ctx, caller: KeyHolder, message_id: str, *, said: Act, act: Callable[..., None]) -> dict[str, Any]:
    """Do it, and answer with the message and what the gate would say of it."""
    clinic_id, name = clinic_of(caller), MessageId(message_id)
    act(ctx, clinic_id, name, by=said.by, reason=said.reason)
    return describe.entry(report.biography(ctx, clinic_id, name).entry)
