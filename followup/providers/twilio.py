"""Twilio's Message API by our own POST, so that status, headers and the moment of every failure are seen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from followup.domain.ids import MessageId
from followup.domain.inbound import InboundMessage
from followup.domain.message import Channel, Receipt
from followup.domain.outcome import Accepted, CodeClass, CodeEntry, Outcome, Rejected, Transient, Unknown
from followup.ports import Absent, AskLater, BillPage, Clock, HookRequest, Look, Outbound, Seen, Sighting, Undecidable
from followup.providers import twilio_bill, twilio_codes, twilio_hooks
from followup.providers.wire import UNREADABLE, Answer, Wire, broken, http_date
from followup.settings import Settings

PAGE_SIZE = 200
MAX_PAGES = 10
BILL_PAGE = 1000
LONGEST_VALIDITY = 36_000
CLOCK_SKEW = timedelta(minutes=1)

_SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True)
class Account:
    """Where and as whom we call; without an auth token no SHA-1 signature can be checked."""

    name: str
    sid: str
    url: str
    login: tuple[str, str] = field(repr=False)
    sender: str
    timeout: timedelta

    @property
    def path(self) -> str:
        return f"/2010-04-01/Accounts/{self.sid}"


class Twilio:
    """Sends texts through one Twilio account; there may be two, each by its own name."""

    channel = Channel.SMS
    can_tell = True
    answers_keywords = True

    def __init__(self, account: Account, *, verifier: twilio_hooks.Verifier, ops: Clock) -> None:
        self.name, self.sender, self._variables = account.name, account.sender, account.name.upper()
        self._account, self._verifier, self._ops = account, verifier, ops
        self._wire = Wire(account.url, login=account.login, timeout=account.timeout)

    async def send(self, outbound: Outbound) -> Outcome:
        """One POST. Only errors that prove nothing was sent are Transient; all other doubt is Unknown."""
        try:
            body = urlencode(form(outbound, self._account.sender)).encode("ascii")
        except UnicodeEncodeError:
            return Rejected("text", CodeClass.CONTENT, "The text holds characters that cannot be sent.")
        path = f"{self._account.path}/Messages.json"
        try:
            answer = await self._wire.call("POST", path, body=body, media=twilio_hooks.FORM)
        except Exception as error:  # noqa: BLE001  (whatever broke, the text may be on its way)
            return broken("Twilio", error)
        return outcome_of(answer, self._ops.now())

    async def look_up(self, sighting: Sighting) -> Look:
        """Ask Twilio's list for this number; a match is the same sender and text, made within the time given."""
        url: str | None = f"{self._account.path}/Messages.json?{urlencode({'To': sighting.to, 'PageSize': PAGE_SIZE})}"
        found: list[Mapping[str, Any]] = []
        try:
            for _ in range(MAX_PAGES):
                answer = await self._wire.call("GET", url)
                rows = answer.data.get("messages")
                if answer.status != 200 or not isinstance(rows, list):
                    return Undecidable(f"Twilio's list answered {answer.status}.", again=True)
                found += [row for row in rows if could_be(row, sighting, self._account.sender)]
                url = answer.data.get("next_page_uri")
                if not url or _all_older(rows, sighting):
                    return decide(found, sighting)
        except UNREADABLE as error:
            return Undecidable(f"Twilio's list could not be read ({type(error).__name__}).", again=True)
        return Undecidable(f"Twilio's list for this number is longer than {MAX_PAGES * PAGE_SIZE} messages.")

    async def fetch(self, ref: str, message_id: MessageId) -> Receipt | AskLater | None:
        """GET the message; one that Twilio no longer keeps has nothing to tell."""
        try:
            answer = await self._wire.call("GET", f"{self._account.path}/Messages/{quote(ref, safe='')}.json")
        except UNREADABLE:
            return AskLater()
        status = answer.data.get("status")
        if answer.status == 200 and isinstance(status, str):
            code = str(answer.data.get("error_code") or "")
            return twilio_hooks.receipt_of(message_id, ref, status=status, code=code, provider=self.name)
        return None if answer.status == 404 else AskLater(answer.pause(self._ops.now()))

    async def bill(self, day: date, following: str = "") -> BillPage | AskLater | None:
        """The account's list of that day; answers of the account itself and what came in are left out."""
        first = f"{self._account.path}/Messages.json?{urlencode({'DateSent': day.isoformat(), 'PageSize': BILL_PAGE})}"
        try:
            answer = await self._wire.call("GET", following or first)
            rows = answer.data.get("messages")
            if answer.status != 200 or not isinstance(rows, list):
                return AskLater(answer.pause(self._ops.now()))
            return BillPage(tuple(twilio_bill.read(row) for row in rows if twilio_bill.is_ours(row)),
                            str(answer.data.get("next_page_uri") or ""))  # fmt: skip
        except UNREADABLE:
            return AskLater()

    def classify(self, code: str) -> CodeEntry:
        return twilio_codes.classify(code)

    async def check(self) -> str:
        """Fetch the account; a standard API key may not see it, then the message list speaks for the key."""
        try:
            answer = await self._wire.call("GET", f"{self._account.path}.json")
            if answer.status in (401, 403) and self._account.login[0] != self._account.sid:
                answer = await self._wire.call("GET", f"{self._account.path}/Messages.json?PageSize=1")
        except UNREADABLE as error:
            return f"Twilio cannot be reached ({type(error).__name__}): check {self._variables}_API_URL and the network"
        return self._fault_of(answer)

    def _fault_of(self, answer: Answer) -> str:
        if answer.status in (401, 403, 404):
            named = f"check {self._variables}_ACCOUNT_SID and its token or key"
            return f"Twilio refuses the credentials (HTTP {answer.status}): {named}"
        if answer.status != 200:
            return f"Twilio answers HTTP {answer.status}: see https://status.twilio.com"
        if answer.data.get("status", "active") != "active":
            return "the Twilio account is suspended or closed: see the Twilio console"
        if not self._verifier.auth_token and not self._verifier.shared_key:
            return f"{self._variables}_AUTH_TOKEN is not set: call-backs and replies cannot be checked and are refused"
        named = f"set {self._variables}_MESSAGING_SERVICE_SID or {self._variables}_FROM"
        return "" if self._account.sender else f"no sender: {named}"

    async def close(self) -> None:
        await self._wire.close()

    def verify(self, request: HookRequest) -> bool:
        try:
            return self._verifier.accepts(request)
        except (ValueError, UnicodeError):
            return False

    def read_receipt(self, request: HookRequest, message_id: MessageId) -> Receipt | None:
        return twilio_hooks.read_receipt(request, message_id, provider=self.name)

    def read_inbound(self, request: HookRequest, now: datetime) -> InboundMessage:
        return twilio_hooks.read_inbound(request, now, provider=self.name, account=self._account.sid)


def build(settings: Settings, *, ops: Clock, name: str = "twilio") -> Twilio:
    """The account of that name; an API key goes before the auth token, which then only checks signatures."""
    given = settings.twilio_account(name)
    account = Account(
        name=name,
        sid=given.sid,
        url=given.url.rstrip("/"),
        login=(given.api_key, given.api_secret) if given.api_key else (given.sid, given.auth_token),
        sender=given.sender,
        timeout=settings.provider_timeout,
    )
    return Twilio(account, verifier=twilio_hooks.Verifier(given.auth_token, given.shared_key), ops=ops)


def form(outbound: Outbound, default_sender: str) -> list[tuple[str, str]]:
    """The parameters of the request, named as in Twilio's OpenAPI description."""
    sender = outbound.sender or default_sender
    pairs = [("To", outbound.to), ("MessagingServiceSid" if sender.startswith("MG") else "From", sender)]
    pairs.append(("Body", outbound.text))
    if outbound.callback_url:
        pairs.append(("StatusCallback", outbound.callback_url))
    if outbound.validity is not None:
        seconds = int(outbound.validity.total_seconds())
        pairs.append(("ValidityPeriod", str(min(max(seconds, 1), LONGEST_VALIDITY))))
    return pairs


def outcome_of(answer: Answer, now: datetime) -> Outcome:
    """What an answer to the POST means; whatever is neither a readable acceptance nor a refusal is Unknown."""
    if 200 <= answer.status < 300:
        sid = answer.data.get("sid")
        if isinstance(sid, str) and _SID.fullmatch(sid):
            return Accepted(sid)
        return Unknown("unreadable", f"Twilio answered {answer.status} without a message id.")
    if answer.status == 408 or not 400 <= answer.status < 500:
        return Unknown(
            f"http-{answer.status}", f"Twilio answered {answer.status}; whether it took the message is unknown."
        )
    entry = twilio_codes.of_refusal(answer.status, _code(answer))
    if entry.kind is CodeClass.DOUBT:
        return Unknown(entry.code, entry.detail)
    if entry.kind is CodeClass.RETRY:
        return Transient(entry.code, entry.detail, answer.pause(now), entry.code not in twilio_codes.CODES)
    return Rejected(entry.code, entry.kind, entry.detail)


def _code(answer: Answer) -> str:
    code = answer.data.get("code")
    return str(code) if isinstance(code, int | str) and re.fullmatch(r"\d{1,6}", str(code)) else ""


def could_be(row: object, sighting: Sighting, default_sender: str) -> bool:
    """True if this list row is an outbound message from our sender to that number, made within the time given."""
    if not isinstance(row, Mapping) or row.get("to") != sighting.to:
        return False
    if not str(row.get("direction") or "outbound").startswith("outbound"):
        return False
    sender = sighting.sender or default_sender
    named = "messaging_service_sid" if sender.startswith("MG") else "from"
    if row.get(named) not in (sender, None):
        return False
    made = http_date(row.get("date_created"))
    return made is None or sighting.since - CLOCK_SKEW <= made <= sighting.until + CLOCK_SKEW


def decide(rows: Sequence[Mapping[str, Any]], sighting: Sighting) -> Look:
    """One equal text proves presence, none proves absence unless a text was redacted, two prove nothing.

    What is known to be another message of ours counts for neither.
    """
    rows = [row for row in rows if row.get("sid") not in sighting.others]
    equal = [row for row in rows if row.get("body") == sighting.text and row.get("date_created")]
    if len(equal) == 1 and isinstance(equal[0].get("sid"), str):
        return Seen(equal[0]["sid"], str(equal[0].get("status") or ""))
    if equal:
        return Undecidable("Several equal texts went to this number in that time.")
    if any(not row.get("body") or row.get("body") == sighting.text for row in rows):
        return Undecidable("Twilio's list has redacted texts to this number in that time.")
    return Absent()


def _all_older(rows: Sequence[object], sighting: Sighting) -> bool:
    made = [http_date(row.get("date_created")) for row in rows if isinstance(row, Mapping)]
    return all(moment is not None and moment < sighting.since - CLOCK_SKEW for moment in made)
