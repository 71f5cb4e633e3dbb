"""Twilio's call-backs: was it Twilio who signed, and what does it say."""

import hashlib
import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from twilio.request_validator import (
    HMAC_SHA1,
    HMAC_SHA256,
    RequestValidator,
    add_port,
    get_signature_algorithm,
    remove_port,
)

from followup.domain.errors import Forbidden, Unreadable
from followup.domain.ids import MessageId
from followup.domain.inbound import InboundMessage
from followup.domain.message import Channel, Receipt, ReceiptStatus
from followup.ports import HookRequest

SIGNATURE = "x-twilio-signature"
SETTINGS = "x-twilio-webhooks-signature-settings"
FORM = "application/x-www-form-urlencoded"

_FINAL = {
    "delivered": ReceiptStatus.DELIVERED,
    "read": ReceiptStatus.DELIVERED,
    "undelivered": ReceiptStatus.UNDELIVERED,
    "failed": ReceiptStatus.UNDELIVERED,
    "canceled": ReceiptStatus.UNDELIVERED,
}


#: Twilio takes ten pictures at most; another number is no number of pictures.
_COUNT = re.compile(r"[0-9]{1,4}", re.ASCII)


class Fields:
    """A form whose names may come more than once, as the validator wants it."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def getall(self, name: str) -> list[str]:
        return self._values[name]

    def one(self, name: str) -> str:
        """The first value, without what PostgreSQL takes in no text."""
        return self._values.get(name, [""])[0].replace("\x00", "")


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks signatures with the auth token (SHA-1) or, if there is one, with the shared key (SHA-256) only.

    The algorithm follows from what is configured; the request's header can refuse it, never choose a weaker one.
    """

    auth_token: str
    shared_key: str = ""

    def accepts(self, request: HookRequest) -> bool:
        given = request.headers.get(SIGNATURE, "")
        key, algorithm = (self.shared_key, HMAC_SHA256) if self.shared_key else (self.auth_token, HMAC_SHA1)
        if not given or not key or get_signature_algorithm(request.headers.get(SETTINGS)).upper() != algorithm:
            return False
        fields = _signed_fields(request)
        if fields is None:
            return False
        validator = RequestValidator(key)
        wanted = [validator.compute_signature(url, fields, algorithm) for url in _spellings(request.url)]
        return any(hmac.compare_digest(one.encode(), given.encode()) for one in wanted)


def _signed_fields(request: HookRequest) -> Fields | None:
    """The fields under the signature; a body that is no form is covered by its digest in the URL, or by nothing."""
    if request.headers.get("content-type", FORM).partition(";")[0].strip().lower() == FORM:
        return Fields(request.form)
    promised = parse_qs(urlsplit(request.url).query).get("bodySHA256", [""])[0]
    found = hashlib.sha256(request.body).hexdigest()
    return Fields(()) if hmac.compare_digest(promised.encode(), found.encode()) else None


def _spellings(url: str) -> list[str]:
    parts = urlsplit(url)
    return [url, remove_port(parts), add_port(parts)]


def read_receipt(request: HookRequest, message_id: MessageId, *, provider: str = "twilio") -> Receipt | None:
    """The status call-back in our words; None if it is none."""
    fields = Fields(request.form)
    status = fields.one("MessageStatus") or fields.one("SmsStatus")
    ref = fields.one("MessageSid") or fields.one("SmsSid")
    if not status or not ref:
        return None
    return receipt_of(message_id, ref, status=status, code=fields.one("ErrorCode"), provider=provider)


def receipt_of(message_id: MessageId, ref: str, *, status: str, code: str, provider: str) -> Receipt:
    """Twilio's word about a message in ours, whether it called back or was asked."""
    return Receipt(
        message_id=message_id,
        status=_FINAL.get(status, ReceiptStatus.ACCEPTED),
        provider=provider,
        provider_ref=ref,
        provider_status=status,
        error_code=None if code in ("", "0") else code,
    )


def read_inbound(request: HookRequest, now: datetime, *, provider: str = "twilio", account: str = "") -> InboundMessage:
    """The patient's text. Raises Forbidden if it came to another account, Unreadable without message id or sender."""
    fields = Fields(request.form)
    ref, sender = fields.one("MessageSid") or fields.one("SmsSid"), fields.one("From")
    named = fields.one("AccountSid")
    if account and named and named != account:
        raise Forbidden("the call-back speaks of another account", cure="set TWILIO_ACCOUNT_SID to the account's own")
    if not ref or not sender:
        raise Unreadable("the call-back has no message id or no sender", cure="it needs MessageSid and From")
    media = fields.one("NumMedia")
    return InboundMessage(
        provider=provider,
        provider_ref=ref,
        channel=Channel.SMS,
        from_address=sender,
        to_address=fields.one("To"),
        text=fields.one("Body"),
        received_at=now,
        media=int(media) if _COUNT.fullmatch(media) else 0,
        opt_out_type=fields.one("OptOutType").upper(),
    )
