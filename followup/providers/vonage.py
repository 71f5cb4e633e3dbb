"""Vonage's Messages API: requests typed by its own library, sent by our own POST, so that every failure is seen."""

from datetime import date, datetime

from pydantic import ValidationError
from vonage_messages.models import Sms

from followup.domain.ids import MessageId
from followup.domain.inbound import InboundMessage
from followup.domain.message import Channel, Receipt
from followup.domain.outcome import Accepted, CodeClass, CodeEntry, Outcome, Rejected, Transient, Unknown
from followup.ports import AskLater, BillPage, Clock, HookRequest, Look, Outbound, Sighting, Undecidable
from followup.providers import vonage_codes, vonage_hooks
from followup.providers.wire import UNREADABLE, Answer, Wire, broken
from followup.settings import Settings

MEDIA = "application/json"
SHORTEST_VALIDITY, LONGEST_VALIDITY = 20, 604_800


class Vonage:
    """Sends texts through one Vonage account.

    There is no free list of what was sent, and the paid one does not say when it is complete: what is in doubt is
    resolved by a receipt, whose address carries our message id, or by a person.
    """

    name = vonage_hooks.NAME
    channel = Channel.SMS
    can_tell = False
    answers_keywords = False

    def __init__(self, wire: Wire, *, sender: str, verifier: vonage_hooks.Verifier, ops: Clock) -> None:
        self._wire, self.sender, self._verifier, self._ops = wire, sender, verifier, ops

    async def send(self, outbound: Outbound) -> Outcome:
        """One POST. Only errors that prove nothing was sent are Transient; all other doubt is Unknown."""
        try:
            body = form(outbound, self.sender).model_dump_json(by_alias=True, exclude_none=True).encode()
        except ValidationError as error:
            return _unfit(error)
        try:
            answer = await self._wire.call("POST", "/v1/messages", body=body, media=MEDIA)
        except Exception as error:  # noqa: BLE001  (whatever broke, the text may be on its way)
            return broken("Vonage", error)
        return outcome_of(answer, self._ops.now())

    async def look_up(self, sighting: Sighting) -> Look:
        return Undecidable("Vonage keeps no list that could prove it.")

    async def fetch(self, ref: str, message_id: MessageId) -> Receipt | AskLater | None:
        return None

    async def bill(self, day: date, following: str = "") -> BillPage | AskLater | None:
        return None

    def classify(self, code: str) -> CodeEntry:
        return vonage_codes.classify(code)

    async def check(self) -> str:
        """List one application: the key and secret must be right, and nothing is changed."""
        try:
            answer = await self._wire.call("GET", "/v2/applications?page_size=1")
        except UNREADABLE as error:
            return f"Vonage cannot be reached ({type(error).__name__}): check VONAGE_API_URL and the network"
        if answer.status in (401, 403):
            return f"Vonage refuses the credentials (HTTP {answer.status}): check VONAGE_API_KEY and VONAGE_API_SECRET"
        if answer.status != 200:
            return f"Vonage answers HTTP {answer.status}: see https://vonageapi.statuspage.io"
        if not self._verifier.secret:
            return "VONAGE_SIGNATURE_SECRET is not set: call-backs and replies cannot be checked and are refused"
        return "" if self.sender else "no sender: set VONAGE_FROM"

    async def close(self) -> None:
        await self._wire.close()

    def verify(self, request: HookRequest) -> bool:
        return self._verifier.accepts(request)

    def read_receipt(self, request: HookRequest, message_id: MessageId) -> Receipt | None:
        return vonage_hooks.read_receipt(request, message_id)

    def read_inbound(self, request: HookRequest, now: datetime) -> InboundMessage | None:
        return vonage_hooks.read_inbound(request, now)


def build(settings: Settings, *, ops: Clock) -> Vonage:
    """Vonage as the settings name it."""
    login = (settings.vonage_api_key, settings.vonage_api_secret)
    return Vonage(
        Wire(settings.vonage_api_url.rstrip("/"), login=login, timeout=settings.provider_timeout),
        sender=settings.vonage_from,
        verifier=vonage_hooks.Verifier(settings.vonage_signature_secret, settings.vonage_api_key),
        ops=ops,
    )


def form(outbound: Outbound, default_sender: str) -> Sms:
    """The request as Vonage's library types it; raises its ValidationError for what cannot be sent."""
    seconds = outbound.validity.total_seconds() if outbound.validity is not None else None
    return Sms(
        to=outbound.to.removeprefix("+"),
        from_=(outbound.sender or default_sender).removeprefix("+"),
        text=outbound.text,
        client_ref=outbound.attempt_id,
        webhook_url=outbound.callback_url or None,
        ttl=None if seconds is None else int(min(max(seconds, SHORTEST_VALIDITY), LONGEST_VALIDITY)),
    )


def _unfit(error: ValidationError) -> Rejected:
    """What the library refuses to send; its own words would repeat the text."""
    places = {one["loc"][0] for one in error.errors(include_input=False, include_url=False, include_context=False)}
    if "to" in places:
        return Rejected("1170", CodeClass.BAD_NUMBER, "The recipient's number is not valid.")
    return Rejected("text", CodeClass.CONTENT, "The text is too long or holds characters that cannot be sent.")


def outcome_of(answer: Answer, now: datetime) -> Outcome:
    """What an answer to the POST means; whatever is neither a readable acceptance nor a refusal is Unknown."""
    if 200 <= answer.status < 300:
        ref = answer.data.get("message_uuid")
        if isinstance(ref, str) and ref.strip() and ref.isprintable():
            return Accepted(ref)
        return Unknown("unreadable", f"Vonage answered {answer.status} without a message id.")
    if answer.status == 408 or not 400 <= answer.status < 500:
        return Unknown(
            f"http-{answer.status}", f"Vonage answered {answer.status}; whether it took the message is unknown."
        )
    entry = vonage_codes.of_refusal(answer.status, answer.data)
    if entry.kind is CodeClass.RETRY:
        code = vonage_codes.code_of(answer.data)
        return Transient(entry.code, entry.detail, answer.pause(now), code.isdigit() and code not in vonage_codes.CODES)
    return Rejected(entry.code, entry.kind, entry.detail)
