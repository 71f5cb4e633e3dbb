"""Call-backs of the providers of texts: checked by signature, stored, then answered with nothing."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Path, Request, Response

from followup.domain.errors import FollowupError, Forbidden, Unreadable
from followup.domain.ids import MessageId
from followup.log import get_logger
from followup.ports import HookRequest
from followup.services import answer, settle
from followup.web.door import Body, Ctx
from followup.web.errors import answers

router = APIRouter(prefix="/hooks/{provider}", tags=["call-backs"])
_LOG = get_logger("hooks")
_EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
_FORBIDDEN = answers(s403="The signature is wrong, or there is no such account; nothing was changed")
_REFUSED = {**_FORBIDDEN, **answers(s400="There is no message id or no sender; nothing was changed")}
#: A longer id is none of ours, and no database takes a NUL; what came under it is kept and shown all the same.
_LONGEST_ID = 100
Name = Annotated[str, Path(description="twilio, twilio2 or vonage", pattern="^[a-z][a-z0-9]*$")]


@router.post("/status/{message_id}", summary="A receipt", responses=_FORBIDDEN)
def post_status(request: Request, ctx: Ctx, body: Body, *, provider: Name, message_id: str) -> Response:
    """What the network says later about a message of ours."""
    hook, whose = _read(request, ctx, body), MessageId(message_id.replace("\0", "?")[:_LONGEST_ID])
    return _answered(request, lambda: settle.take_receipt(ctx, hook, whose, by=provider))


@router.post("/inbound", summary="What a patient wrote", responses=_REFUSED)
def post_inbound(request: Request, ctx: Ctx, body: Body, *, provider: Name) -> Response:
    """STOP takes effect before this answers; any failure is an error, so that the provider tries again."""
    return _answered(request, lambda: answer.take_inbound(ctx, _read(request, ctx, body), by=provider))


def _answered(request: Request, act: Callable[[], object]) -> Response:
    try:
        act()
    except (Forbidden, Unreadable):
        request.app.state.refused_hooks += 1
        _LOG.warning("call-back refused", refused=request.app.state.refused_hooks)
        raise
    except FollowupError as error:
        _LOG.warning("call-back failed", error=type(error).__name__)
        raise
    return Response(_EMPTY, media_type="text/xml")


def _read(request: Request, ctx: Ctx, body: bytes) -> HookRequest:
    """The call-back under our public address: the Host header is anybody's word."""
    query = f"?{request.url.query}" if request.url.query else ""
    raw_path = request.scope.get("raw_path") or request.url.path.encode()
    return HookRequest(
        url=f"{ctx.settings.public_url.rstrip('/')}{raw_path.decode('latin-1')}{query}",
        headers={name.lower(): value for name, value in request.headers.items()},
        form=parse_qsl(body.decode(errors="replace"), keep_blank_values=True),
        body=body,
    )
