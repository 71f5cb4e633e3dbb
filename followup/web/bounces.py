"""The door for mail that comes back: posted as it is, or as e-mail providers post it, by who knows the secret."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from followup.domain.errors import Forbidden
from followup.log import get_logger
from followup.services.bounces.take import take_bounce
from followup.web.door import Ctx, read_up_to
from followup.web.errors import Refused, answers
from followup.web.mail_form import unpack

router = APIRouter(prefix="/hooks/email", tags=["call-backs"])
_LOG = get_logger("hooks")
MOST = 1024 * 1024
SIGNATURE = "x-followup-signature"
_SCHEMA = {
    "requestBody": {
        "required": True,
        "content": {
            "message/rfc822": {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "message": {"type": "string", "description": "the mail, as a file or as text"},
                        "recipient": {"type": "string", "description": "recipient of the envelope"},
                    },
                }
            },
        },
    }
}


class TakenMail(BaseModel):
    """What became of a mail."""

    id: str = Field(examples=["ret_01jq2c5d9b7k3m8n4p6r0s2t"])
    status: str = Field(examples=["accepted"], description="accepted, or duplicate for bytes that came before")
    kind: str = Field(examples=["bounce"], description="bounce, complaint, automatic, challenge, letter, unreadable")


async def read_mail(request: Request) -> bytes:
    """The raw body, up to 1 MiB."""
    return await read_up_to(request, MOST, cure="return the headers of the mail alone")


@router.post(
    "/bounce",
    summary="A mail that came back",
    openapi_extra=_SCHEMA,
    responses=answers(s401="The secret is wrong", s403="No secret is set: the door is shut", s413="Over 1 MiB"),
)
def post_bounce(request: Request, ctx: Ctx, body: Annotated[bytes, Depends(read_mail)]) -> TakenMail:
    """Stored once and acted on before this answers; any mail is taken, whatever it holds."""
    try:
        _authenticate(ctx.settings.bounce_secret, request.headers, body)
    except Forbidden:
        request.app.state.refused_hooks += 1
        _LOG.warning("call-back refused", refused=request.app.state.refused_hooks)
        raise
    raw, recipient = unpack(request.headers.get("content-type", ""), body)
    # A `+` that the sender left as it is reads as a space in a query.
    recipient = recipient or request.query_params.get("recipient", "").replace(" ", "+")
    taken = take_bounce(ctx, raw, door="hook", recipient=recipient)
    return TakenMail(id=taken.id, status="accepted" if taken.fresh else "duplicate", kind=taken.kind.value)


def _authenticate(secret: str, headers: Mapping[str, str], body: bytes) -> None:
    """Bearer, the password of Basic, or `sha256=` with the HMAC of the body; a replay is a duplicate by itself."""
    if not secret:
        raise Forbidden("this door is shut", cure="set FOLLOWUP_BOUNCE_SECRET")
    signature = headers.get(SIGNATURE, "")
    if signature:
        right = f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"
        if not _same(right, signature.strip()):
            raise Refused("wrong-signature", "the signature is not that of this body", cure="sign the bytes you send")
        return
    kind, _, given = headers.get("authorization", "").partition(" ")
    password = _password(given) if kind.lower() == "basic" else given.strip()
    if kind.lower() not in {"bearer", "basic"}:
        raise Refused("missing-credentials", "the request has no secret", cure="send Authorization: Bearer <secret>")
    if not _same(secret, password):
        raise Refused("wrong-secret", "the secret is wrong", cure="send what FOLLOWUP_BOUNCE_SECRET holds")


def _same(right: str, given: str) -> bool:
    return hmac.compare_digest(right.encode(), given.encode("utf-8", "replace"))


def _password(given: str) -> str:
    """The password of a Basic header: the only credential that a URL can carry."""
    try:
        return base64.b64decode(given.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""
