"""Who calls: an API key, or a Standard Webhooks signature over the raw body. Either decides the clinic."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader, HTTPBearer
from standardwebhooks import Webhook

from followup.domain.errors import Forbidden
from followup.domain.ids import ClinicId
from followup.services.context import Context
from followup.services.record import Caller
from followup.web.door import Ctx
from followup.web.errors import Refused

TOLERANCE = timedelta(minutes=5)
SIGNED = ("webhook-id", "webhook-timestamp", "webhook-signature")
#: Shown in /docs; the checks themselves are below, for their refusals have types of their own.
_BEARER = HTTPBearer(auto_error=False, description="An API key (FOLLOWUP_API_KEY)")
_SIGNATURE = APIKeyHeader(
    name="webhook-signature",
    scheme_name="StandardWebhooks",
    auto_error=False,
    description="Standard Webhooks 1.0: webhook-id, webhook-timestamp and webhook-signature over the raw body",
)
SCHEMES = (Depends(_BEARER), Depends(_SIGNATURE))
_ID = re.compile(r"[\x21-\x7e]{1,256}")
_SECONDS = re.compile(r"[1-9]\d{0,10}")
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/=]+):")


def authenticate(ctx: Context, headers: Mapping[str, str], body: bytes) -> Caller:
    """The caller of the event door; raises `Refused` or `Forbidden`."""
    if headers.get("authorization", "").lower().startswith("bearer "):
        return by_key(ctx, headers)
    if any(name in headers for name in SIGNED):
        return _by_signature(ctx, headers, body)
    raise _missing("sign the body by Standard Webhooks or send Authorization: Bearer <API key>")


def by_key(ctx: Context, headers: Mapping[str, str]) -> Caller:
    """The caller whose API key this is."""
    kind, _, given = headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not given.strip():
        raise _missing("send Authorization: Bearer <API key>")
    found: list[str] = []
    for clinic, key in _pairs(ctx.settings.api_key.split(",")):
        if hmac.compare_digest(key.encode(), given.strip().encode()):
            found.append(clinic)
    if not found:
        raise Refused("unknown-key", "this API key is not known", cure="send the key that FOLLOWUP_API_KEY holds")
    return Caller(_clinic(ctx, found[0]))


def _missing(cure: str) -> Refused:
    return Refused("missing-credentials", "the request has no API key and no signature", cure=cure)


def _pairs(entries: Sequence[str]) -> list[tuple[str, str]]:
    """(clinic, secret) of `secret` or `clinic:secret`; the clinic is empty where the only one is meant."""
    split = [entry.strip().rpartition(":") for entry in entries]
    return [(clinic, secret) for clinic, _, secret in split if secret]


def _clinic(ctx: Context, name: str) -> ClinicId:
    clinic = ctx.clinics.get(ClinicId(name)) if name else ctx.clinics.only()
    if clinic is None:
        raise Forbidden("this key is of no clinic", cure="write FOLLOWUP_API_KEY as clinic:key pairs")
    return clinic.id


def _by_signature(ctx: Context, headers: Mapping[str, str], body: bytes) -> Caller:
    webhook_id, seconds, signatures = (headers.get(name, "") for name in SIGNED)
    if not _ID.fullmatch(webhook_id) or not _SECONDS.fullmatch(seconds) or not signatures:
        cure = "send webhook-id, webhook-timestamp (whole seconds) and webhook-signature"
        raise Refused("malformed-signature", "the signature's headers are missing or cannot be read", cure=cure)
    sent_at = datetime.fromtimestamp(int(seconds), UTC)
    clinic = _signer(ctx, webhook_id, sent_at, signatures=signatures, body=body)
    if clinic is None:
        raise _mismatch(headers, body)
    if abs(ctx.ops.now() - sent_at) > TOLERANCE:
        cure = "sign every attempt anew; check the clock"
        raise Refused("stale-signature", "the signature is more than five minutes away from now", cure=cure)
    return Caller(_clinic(ctx, clinic), webhook_id)


def _signer(ctx: Context, webhook_id: str, sent_at: datetime, *, signatures: str, body: bytes) -> str | None:
    """The clinic whose secret made one of the signatures (empty: the only one), or None."""
    given = [part[3:].encode() for part in signatures.split() if part.startswith("v1,")]
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    found: str | None = None
    for clinic, secret in _pairs(ctx.settings.event_secrets):
        right = Webhook(secret).sign(webhook_id, sent_at, text)[3:].encode()
        if any(hmac.compare_digest(right, one) for one in given):
            found = clinic
    return found


def _mismatch(headers: Mapping[str, str], body: bytes) -> Refused:
    """A body that disagrees with its own Content-Digest was altered; otherwise secret and body are both suspect."""
    digest = _DIGEST.search(headers.get("content-digest", ""))
    if digest is not None and not _is_digest(digest[1], body):
        return Refused("altered-body", "the body is not the one that was signed", cure="send the bytes you signed")
    cure = "use the secret in FOLLOWUP_EVENT_SECRETS and sign exactly the bytes you send"
    return Refused("wrong-signature", "no signature fits: another secret, or the body was altered", cure=cure)


def _is_digest(encoded: str, body: bytes) -> bool:
    try:
        return hmac.compare_digest(base64.b64decode(encoded), hashlib.sha256(body).digest())
    except binascii.Error:
        return False


def require_key(request: Request, ctx: Ctx, _shown: Annotated[object, Depends(_BEARER)]) -> Caller:
    """For doors that take an API key alone."""
    return by_key(ctx, request.headers)


def clinic_of(caller: Caller) -> ClinicId:
    """The clinic whose key the caller holds."""
    assert caller.clinic_id is not None  # a key always decides it
    return caller.clinic_id


KeyHolder = Annotated[Caller, Depends(require_key)]
