"""The forms of Twilio's Message API: what a request must look like, what answers and call-backs look like."""

import base64
import binascii
import hmac
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit

from aiohttp import web

from followup.domain.channels.sms import segments
from followup.sandbox.magic import http_status

FORM = "application/x-www-form-urlencoded"
LONGEST_BODY = 1600
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
_SENDER = re.compile(r"\+[1-9]\d{6,14}|\d{4,6}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")
_DOCS = "https://www.twilio.com/docs/errors/"


class Callers(Protocol):
    """Who may call."""

    @property
    def account_sid(self) -> str: ...
    @property
    def auth_token(self) -> str: ...
    @property
    def api_keys(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """A request to send that is in order; `params` holds every parameter as it came."""

    to: str
    sender: str
    body: str
    callback: str
    params: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not in order."""

    code: str
    message: str


def read_wish(raw: bytes, content_type: str) -> Wish | Refusal:
    """Read the form strictly; the messages quote numbers, as Twilio's do."""
    if content_type.partition(";")[0].strip().lower() != FORM:
        return Refusal("20422", f"Content-Type must be {FORM}")
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        return Refusal("20422", "The body is no form")
    fields = dict(pairs)
    if len(fields) != len(pairs):
        return Refusal("20422", "A parameter came twice")
    return _fault_of(fields) or Wish(
        to=fields["To"],
        sender=fields.get("MessagingServiceSid") or fields["From"],
        body=fields["Body"],
        callback=fields.get("StatusCallback", ""),
        params=tuple(pairs),
    )


def _fault_of(fields: Mapping[str, str]) -> Refusal | None:
    to, sender, service = (fields.get(name, "") for name in ("To", "From", "MessagingServiceSid"))
    body, callback, validity = (fields.get(name) for name in ("Body", "StatusCallback", "ValidityPeriod"))
    rules = (
        (not to, "21604", "A 'To' phone number is required."),
        (not sender and not service, "21603", "A 'From' phone number is required."),
        (not body, "21602", "Message body is required."),
        (not _E164.fullmatch(to), "21211", f"The 'To' number {to} is not a valid phone number."),
        (
            bool(service) and not _SERVICE.fullmatch(service),
            "21701",
            f"The Messaging Service {service} does not exist.",
        ),
        (bool(sender) and not _SENDER.fullmatch(sender), "21212", f"The 'From' number {sender} is not valid."),
        (to == sender, "21266", "'To' and 'From' cannot be the same."),
        (_units(body or "") > LONGEST_BODY, "21617", "The concatenated message body exceeds the 1600 character limit."),
        (
            callback is not None and not _reachable(callback),
            "21609",
            f"The 'StatusCallback' URL {callback} is not valid.",
        ),
        (validity is not None and not validity.isdigit(), "20422", "ValidityPeriod is no number."),
        (validity is not None and validity.isdigit() and int(validity) < 1, "30012", "Validity period is too small."),
        (validity is not None and validity.isdigit() and int(validity) > 36000, "30013", "Validity period is too big."),
    )
    return next((Refusal(code, message) for broken, code, message in rules if broken), None)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _reachable(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "_" not in (parts.hostname or "_")


def logged_in(request: web.Request, callers: Callers) -> bool:
    """True if the request carries the account's token or one of its API keys."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    try:
        user, _, password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return False
    known = {callers.account_sid: callers.auth_token, **callers.api_keys}
    expected = known.get(user, "")
    return kind == "Basic" and bool(expected) and hmac.compare_digest(expected.encode(), password.encode())


def error(code: str, message: str, *, retry_after: int | None = None) -> web.Response:
    """Twilio's error document."""
    status = http_status(code)
    body = {"code": int(code), "message": message, "more_info": _DOCS + code, "status": status}
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return web.json_response(body, status=status, headers=headers)


def message(entry: Mapping[str, Any], *, account: str, redacted: bool = False) -> dict[str, Any]:
    """The message resource."""
    by_service, unsent = entry["sender"].startswith("MG"), entry["status"] in ("accepted", "queued")
    made = format_datetime(datetime.fromisoformat(entry["created"]))
    uri = f"/2010-04-01/Accounts/{account}/Messages/{entry['sid']}"
    return {
        "account_sid": account,
        "api_version": "2010-04-01",
        "body": "" if redacted else entry["body"],
        "date_created": made,
        "date_sent": None if unsent else made,
        "date_updated": made,
        "direction": "outbound-api",
        "error_code": int(entry["error_code"]) if entry.get("error_code") else None,
        "error_message": None,
        "from": None if by_service else entry["sender"],
        "messaging_service_sid": entry["sender"] if by_service else None,
        "num_media": "0",
        "num_segments": "0" if by_service and unsent else str(segments(entry["body"]).segments),
        "price": None,
        "price_unit": "USD",
        "sid": entry["sid"],
        "status": entry["status"],
        "subresource_uris": {"media": f"{uri}/Media.json", "feedback": f"{uri}/Feedback.json"},
        "to": entry["to"],
        "uri": f"{uri}.json",
    }


def page(request: web.Request, rows: Sequence[Mapping[str, Any]]) -> web.Response:
    """One page of a list, newest first, with relative addresses of its neighbours."""
    query = request.query
    size = min(max(int(query.get("PageSize", "50")), 1), 1000)
    number = int(query.get("Page", "0"))
    wanted = [
        row
        for row in rows
        if all(query.get(name) in (None, row[key]) for name, key in (("To", "to"), ("From", "from")))
        and query.get("DateSent") in (None, _day(row))
    ]
    last = max(math.ceil(len(wanted) / size) - 1, 0)
    shown = wanted[number * size : (number + 1) * size]

    def link(to: int) -> str:
        kept = {name: value for name, value in query.items() if name not in ("Page", "PageToken")}
        return f"{request.path}?{urlencode({**kept, 'PageSize': size, 'Page': to, 'PageToken': f'PASM{to}'})}"

    return web.json_response(
        {
            "end": number * size + max(len(shown) - 1, 0),
            "first_page_uri": link(0),
            "next_page_uri": link(number + 1) if number < last else None,
            "page": number,
            "page_size": size,
            "previous_page_uri": link(number - 1) if number else None,
            "start": number * size,
            "uri": str(request.rel_url),
            "messages": shown,
        }
    )


def _day(row: Mapping[str, Any]) -> str:
    sent = row["date_sent"] or row["date_created"]
    return parsedate_to_datetime(sent).date().isoformat()


def account(sid: str) -> dict[str, Any]:
    """The account resource, without its token."""
    born = "Mon, 05 Jan 2026 12:00:00 +0000"
    return {
        "auth_token": None,
        "date_created": born,
        "date_updated": born,
        "friendly_name": "sandbox",
        "owner_account_sid": sid,
        "sid": sid,
        "status": "active",
        "subresource_uris": {"messages": f"/2010-04-01/Accounts/{sid}/Messages.json"},
        "type": "Full",
        "uri": f"/2010-04-01/Accounts/{sid}.json",
    }


def receipt(entry: Mapping[str, Any], status: str, code: str, *, account: str) -> list[tuple[str, str]]:
    """The form of a status call-back."""
    service = [("MessagingServiceSid", entry["sender"])] if entry["sender"].startswith("MG") else []
    sender = [] if service else [("From", entry["sender"])]
    failed = [("ErrorCode", code)] if code and status in ("failed", "undelivered") else []
    sid = entry["sid"]
    head = [("MessageSid", sid), ("MessageStatus", status), ("SmsSid", sid), ("SmsStatus", status)]
    return [
        *head,
        ("AccountSid", account),
        ("To", entry["to"]),
        ("ApiVersion", "2010-04-01"),
        *sender,
        *service,
        *failed,
    ]


def inbound(sid: str, sender: str, to: str, *, body: str, account: str) -> list[tuple[str, str]]:
    """The form of a patient's text, with the empty parameters Twilio signs."""
    places = [(f"{end}{part}", "") for end in ("From", "To") for part in ("City", "State", "Zip")]
    head = [("MessageSid", sid), ("SmsSid", sid), ("SmsMessageSid", sid), ("AccountSid", account)]
    return [
        *head,
        ("From", sender),
        ("To", to),
        ("Body", body),
        ("NumMedia", "0"),
        ("NumSegments", str(segments(body).segments)),
        ("SmsStatus", "received"),
        ("ApiVersion", "2010-04-01"),
        *places,
        ("FromCountry", "CA"),
        ("ToCountry", "CA"),
    ]
