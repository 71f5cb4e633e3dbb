"""Campaigns over HTTP: draft, edit, submit, approve, launch, pause, resume, cancel, pace and test."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel, Field, StringConstraints

from followup.domain.campaign import Campaign, Pace
from followup.services.campaigns import decide, draft, steer, tell
from followup.services.campaigns.rehearse import rehearse
from followup.web.auth import KeyHolder, clinic_of
from followup.web.door import Ctx
from followup.web.errors import answers

router = APIRouter(prefix="/v1/campaigns", tags=["campaigns"])
_PROBLEMS = answers(
    s401="No key, or an unknown one",
    s403="Another person must approve it",
    s404="No such campaign in this clinic",
    s409="Its state does not allow this, its text changed, or the same went out within a week",
    s422="The definition cannot be read (a JSON pointer per fault), or nobody is in the audience",
)
_STORABLE = r"^[^\x00]*$"
_Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=_STORABLE)]
_Count = Annotated[int, Field(ge=1, le=1_000_000)]


class By(BaseModel):
    """Who does it, for the audit."""

    by: _Said = Field(examples=["Mia"])


class Act(By):
    """Who does it and why."""

    reason: _Said = Field(examples=["the date in it is wrong"])


class Drafted(By):
    """A campaign as a file holds it; its schema is `config/schemas/campaign.schema.json`."""

    campaign: dict[str, Any] = Field(
        examples=[
            {
                "name": "New opening hours",
                "class": "transactional",
                "template": "campaign/new-hours",
                "channels": ["sms", "email"],
                "audience": {"last_visit": {"within": "P2Y"}},
                "pace": {"per_minute": 20},
            }
        ]
    )


class Submitted(By):
    """`again`: why the same text may go to the same people once more."""

    again: str = Field(default="", max_length=500, pattern=_STORABLE)


class Paced(By):
    """The pace from the next message on; what is left out has no limit."""

    per_minute: Annotated[int, Field(ge=1, le=6000)]
    per_day: _Count | None = None
    open_inbox: _Count | None = None


class Rehearsal(By):
    """To whom on staff, by name or role in the clinic's file."""

    to: _Said = Field(examples=["RN Okafor"])


@router.post("", status_code=201, summary="Store a draft", responses=_PROBLEMS)
def post_draft(ctx: Ctx, caller: KeyHolder, said: Annotated[Drafted, Body()]) -> dict[str, Any]:
    """Nothing is sent by this."""
    return tell.campaign(draft.draft(ctx, clinic_of(caller), said.campaign, by=said.by))


@router.put("/{campaign_id}", summary="Put another definition in its place", responses=_PROBLEMS)
def put_draft(ctx: Ctx, caller: KeyHolder, campaign_id: str, said: Annotated[Drafted, Body()]) -> dict[str, Any]:
    """It is a draft again: an approval is void. What was launched is not edited any more."""
    return tell.campaign(draft.edit(ctx, clinic_of(caller), campaign_id, data=said.campaign, by=said.by))


@router.post("/{campaign_id}/submit", summary="Ask for a yes", responses=_PROBLEMS)
def post_submit(ctx: Ctx, caller: KeyHolder, campaign_id: str, said: Annotated[Submitted, Body()]) -> dict[str, Any]:
    """Refused for an audience of nobody, and where the same went to the same audience within a week."""
    return tell.campaign(decide.submit(ctx, clinic_of(caller), campaign_id, by=said.by, again=said.again))


@router.post("/{campaign_id}/approve", summary="Say yes", responses=_PROBLEMS)
def post_approve(ctx: Ctx, caller: KeyHolder, campaign_id: str, said: Annotated[By, Body()]) -> dict[str, Any]:
    """For promotion and for many people it takes another person than the author."""
    return _by(decide.approve, ctx, caller, campaign_id=campaign_id, said=said)


@router.post("/{campaign_id}/refuse", summary="Say no", responses=_PROBLEMS)
def post_refuse(ctx: Ctx, caller: KeyHolder, campaign_id: str, said: Annotated[Act, Body()]) -> dict[str, Any]:
    """It is a draft again."""
    return _act(decide.refuse, ctx, caller, campaign_id=campaign_id, said=said)


@router.post("/{campaign_id}/launch", summary="Start it", responses=_PROBLEMS)
def post_launch(ctx: Ctx, caller: KeyHolder, campaign_id: str, said: Annotated[By, Body()]) -> dict[str, Any]:
    """Or from its `starts_at` on; the scheduler writes its audience down and goes on at its pace."""
    return _by(decide.launch, ctx, caller, campaign_id=campaign_id, said=said)


@router.post("/{campaign_id}/pause", summary="Nothing of it starts from now on", responses=_PROBLEMS)
def post_pause(ctx: Ctx, caller: KeyHolder, campaign_id: str, said: Annotated[Act, Body()]) -> dict[str, Any]:
    """What is being sent finishes."""
    return _act(steer.pause, ctx, caller, campaign_id=campaign_id, said=said)


@router.post("/{campaign_id}/resume", summary="Go on where it stood", responses=_PROBLEMS)
def post_resume(ctx: Ctx, caller: KeyHolder, campaign_id: str, said: Annotated[By, Body()]) -> dict[str, Any]:
    """Nobody gets it twice and nobody is left out."""
    return _by(steer.resume, ctx, caller, campaign_id=campaign_id, said=said)


@router.post("/{campaign_id}/cancel", summary="Nothing more of it goes out", responses=_PROBLEMS)
def post_cancel(ctx: Ctx, caller: KeyHolder, campaign_id: str, said: Annotated[Act, Body()]) -> dict[str, Any]:
    """For good; what is being sent finishes."""
    return _act(steer.cancel, ctx, caller, campaign_id=campaign_id, said=said)


@router.post("/{campaign_id}/pace", summary="Another pace while it runs", responses=_PROBLEMS)
def post_pace(ctx: Ctx, caller: KeyHolder, campaign_id: str, said: Annotated[Paced, Body()]) -> dict[str, Any]:
    """From the next message on; the two minutes that are made keep their times."""
    pace = Pace(said.per_minute, said.per_day, said.open_inbox)
    return tell.campaign(steer.set_pace(ctx, clinic_of(caller), campaign_id, by=said.by, pace=pace))


@router.post("/{campaign_id}/test", summary="Send its texts to one person on staff", responses=_PROBLEMS)
def post_test(
    ctx: Ctx, caller: KeyHolder, campaign_id: str, said: Annotated[Rehearsal, Body()]
) -> list[dict[str, Any]]:
    """Every variant and language, marked as a test."""
    done = rehearse(ctx, clinic_of(caller), campaign_id, to=said.to, by=said.by)
    return [tell.rehearsed(one) for one in done]


def _by(act: Callable[..., Campaign], ctx: Ctx, caller: KeyHolder, *, campaign_id: str, said: By) -> dict[str, Any]:
    return tell.campaign(act(ctx, clinic_of(caller), campaign_id, by=said.by))


def _act(act: Callable[..., Campaign], ctx: Ctx, caller: KeyHolder, *, campaign_id: str, said: Act) -> dict[str, Any]:
    return tell.campaign(act(ctx, clinic_of(caller), campaign_id, by=said.by, reason=said.reason))
