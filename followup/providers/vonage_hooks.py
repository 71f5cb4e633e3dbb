"""Vonage's call-backs: JSON, signed by a token that names the digest of the body."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt
from vonage_jwt import VonageVerifyJwtError, verify_signature

from followup.domain.ids import MessageId
from followup.domain.inbound import InboundMessage
from followup.domain.message import Channel, Receipt, ReceiptStatus
from followup.ports import HookRequest
from followup.providers import vonage_codes

NAME = "vonage"
_STATUSES = {
    "submitted": ReceiptStatus.ACCEPTED,
    "delivered": ReceiptStatus.DELIVERED,
    "read": ReceiptStatus.DELIVERED,
    "rejected": ReceiptStatus.UNDELIVERED,
    "undeliverable": ReceiptStatus.UNDELIVERED,
}


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks the token with the account's signature secret, and that it is about this account and this very body."""

    secret: str
    api_key: str

    def accepts(self, request: HookRequest) -> bool:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token or not self.secret:
            return False
        try:
            if not verify_signature(token, self.secret):
                return False
            claims = jwt.decode(token, options={"verify_signature": False})
        except (VonageVerifyJwtError, jwt.PyJWTError, ValueError):
            return False
        digest = hashlib.sha256(request.body).hexdigest()
        same = hmac.compare_digest(str(claims.get("payload_hash", "")).encode(), digest.encode())
        return same and claims.get("api_key", self.api_key) == self.api_key


def read_receipt(request: HookRequest, message_id: MessageId) -> Receipt | None:
    """The status call-back in our words; None if it is none."""
    body = _body(request)
    status, ref = body.get("status"), body.get("message_uuid")
    if not isinstance(status, str) or not isinstance(ref, str):
        return None
    return Receipt(
        message_id=message_id,
        status=_STATUSES.get(status, ReceiptStatus.ACCEPTED),
        provider=NAME,
        provider_ref=ref,
        provider_status=status,
        error_code=vonage_codes.code_of(_problem(body)) or None,
    )


def read_inbound(request: HookRequest, now: datetime) -> InboundMessage | None:
    """The patient's text; None if the request holds none."""
    body = _body(request)
    ref, sender = body.get("message_uuid"), body.get("from")
    if not isinstance(ref, str) or not isinstance(sender, str) or body.get("channel", "sms") != "sms":
        return None
    media = 0 if body.get("message_type", "text") == "text" else 1
    return InboundMessage(
        provider=NAME,
        provider_ref=ref,
        channel=Channel.SMS,
        from_address=plus(sender),
        to_address=plus(str(body.get("to") or "")),
        text=str(body.get("text") or ""),
        received_at=now,
        media=media,
    )


def plus(number: str) -> str:
    """A number as we write it: Vonage leaves out the plus; short codes have none."""
    return f"+{number}" if number.isdigit() and len(number) > 6 else number


def _problem(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """What went wrong; some versions wrap it once more."""
    error = body.get("error")
    inner = error.get("error", error) if isinstance(error, dict) else {}
    return inner if isinstance(inner, dict) else {}


def _body(request: HookRequest) -> Mapping[str, Any]:
    try:
        data = json.loads(request.body)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
