"""Twilio's call-backs: signatures by the published vectors, receipts and texts in our words."""

import base64
import hmac
from collections.abc import Sequence
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from followup.domain.errors import Forbidden, Unreadable
from followup.domain.ids import MessageId
from followup.domain.message import ReceiptStatus
from followup.ports import HookRequest
from followup.providers.twilio_hooks import FORM, Verifier, read_inbound, read_receipt
from tests.fakes import START

Pairs = Sequence[tuple[str, str]]
CLASSIC_URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
CLASSIC = [("CallSid", "CA1234567890ABCDE"), ("Caller", "+14158675309"), ("Digits", "1234"), ("From", "+14158675309"),
           ("To", "+18005551212")]  # fmt: skip
URL = "https://clinic.example/webhooks/twilio/inbound"
FIELDS = [("Body", "YES"), ("From", "+14165550123"), ("MessageSid", "SM" + "0" * 32), ("To", "+14165550100")]
SHA1, SHA256 = "laxsWCqKx2fT+DwukktJaTrosH0=", "oRCz1pGC9T9uwnB/chfrTKZOqtauszLiY3N6Plc7hpQ="
JSON_URL = (
    "https://clinic.example/webhooks/twilio/json"
    "?bodySHA256=015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
)
JSON_SIGNED = "GZ6pAQw1vWFrPxaKQJJ74opdY4w="
NEWER = "key=webhooks_1,algorithm=HMAC_SHA256"


def hook(signature: str, *, url: str = URL, form: Pairs = FIELDS, body: bytes = b"", **headers: str) -> HookRequest:
    """A call-back with this signature."""
    given = {"x-twilio-signature": signature, "content-type": FORM}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return HookRequest(url=url, headers=given, form=form, body=body or urlencode(form).encode())


def newer(signature: str) -> HookRequest:
    return hook(signature, x_twilio_webhooks_signature_settings=NEWER)


def told(**fields: str) -> HookRequest:
    """A status call-back of one message."""
    return hook("", form=[("MessageSid", "SM1"), *fields.items()])


PLAIN, SHARED = Verifier("12345"), Verifier("other", "12345")


@pytest.mark.parametrize(
    ("verifier", "request_", "accepted"),
    [
        (PLAIN, hook("RSOYDt4T1cUTdK1PDd93/VVr8B8=", url=CLASSIC_URL, form=CLASSIC), True),
        (PLAIN, hook(SHA1), True),
        (PLAIN, hook(SHA1, form=FIELDS[::-1]), True),
        (SHARED, newer(SHA256), True),
        (PLAIN, hook(SHA256), False),
        (PLAIN, newer(SHA256), False),
        (SHARED, hook(SHA1), False),
        (SHARED, hook(SHA256), False),
        (Verifier("12345", "12345"), hook(SHA1), False),
        (Verifier(""), hook(SHA1), False),
        (Verifier("12346"), hook(SHA1), False),
        (PLAIN, hook(""), False),
        (PLAIN, hook(SHA1, form=[*FIELDS, ("FromCity", "")]), False),
        (PLAIN, hook(SHA1, url=URL + "?a=1"), False),
    ],
)
def test_the_configured_key_alone_decides(verifier: Verifier, request_: HookRequest, accepted: bool) -> None:
    assert verifier.accepts(request_) is accepted


@pytest.mark.parametrize("url", [URL, URL.replace(".example/", ".example:443/")])
def test_the_address_counts_with_and_without_port(url: str) -> None:
    assert PLAIN.accepts(hook(SHA1, url=url))


def test_blank_parameters_are_signed_too() -> None:
    blanks = [*FIELDS, ("FromCity", ""), ("ToCity", "")]
    signature = RequestValidator("12345").compute_signature(URL, dict(blanks))
    assert PLAIN.accepts(hook(signature, form=blanks))
    assert not PLAIN.accepts(hook(signature))


def test_a_name_that_comes_twice_is_signed_twice() -> None:
    twice = [*FIELDS, ("Tag", "b"), ("Tag", "a")]
    values = "".join(name + value for name, value in sorted(twice))
    mac = hmac.new(b"12345", (URL + values).encode(), "sha1").digest()
    assert PLAIN.accepts(hook(base64.b64encode(mac).decode(), form=twice))


@pytest.mark.parametrize(
    ("url", "body", "accepted"),
    [
        (JSON_URL, b'{"a":1}', True),
        (JSON_URL, b'{"a":2}', False),
        (JSON_URL, b"\xff", False),
        (JSON_URL.partition("?")[0], b'{"a":1}', False),
    ],
)
def test_a_json_body_must_match_its_digest(url: str, body: bytes, accepted: bool) -> None:
    request = hook(JSON_SIGNED, url=url, form=[], body=body, content_type="application/json")
    assert PLAIN.accepts(request) is accepted


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("accepted", ReceiptStatus.ACCEPTED),
        ("queued", ReceiptStatus.ACCEPTED),
        ("sending", ReceiptStatus.ACCEPTED),
        ("sent", ReceiptStatus.ACCEPTED),
        ("never heard of", ReceiptStatus.ACCEPTED),
        ("delivered", ReceiptStatus.DELIVERED),
        ("read", ReceiptStatus.DELIVERED),
        ("undelivered", ReceiptStatus.UNDELIVERED),
        ("failed", ReceiptStatus.UNDELIVERED),
        ("canceled", ReceiptStatus.UNDELIVERED),
    ],
)
def test_a_receipt_is_told_in_our_words(status: str, expected: ReceiptStatus) -> None:
    receipt = read_receipt(told(MessageStatus=status), MessageId("msg_1"))
    assert receipt is not None
    assert (receipt.message_id, receipt.provider_ref, receipt.status) == ("msg_1", "SM1", expected)
    assert receipt.provider_status == status


@pytest.mark.parametrize(("given", "expected"), [("30003", "30003"), ("", None), ("0", None)])
def test_a_receipt_keeps_its_error_code(given: str, expected: str | None) -> None:
    receipt = read_receipt(told(MessageStatus="undelivered", ErrorCode=given), MessageId("msg_1"))
    assert receipt is not None
    assert receipt.error_code == expected


@pytest.mark.parametrize("form", [[], [("MessageSid", "SM1")], [("MessageStatus", "sent")]])
def test_a_form_without_status_is_no_receipt(form: Pairs) -> None:
    assert read_receipt(hook("", form=form), MessageId("msg_1")) is None


def test_an_inbound_text_is_read_whole() -> None:
    inbound = read_inbound(hook("", form=[*FIELDS, ("NumMedia", "2"), ("OptOutType", "STOP")]), START)
    assert inbound is not None
    assert (inbound.provider_ref, inbound.from_address, inbound.to_address) == (
        "SM" + "0" * 32,
        "+14165550123",
        FIELDS[3][1],
    )
    assert (inbound.text, inbound.media, inbound.opt_out_type) == ("YES", 2, "STOP")
    assert inbound.received_at == START


@pytest.mark.parametrize("media", ["", "many", "-1", "²"])
def test_odd_media_counts_are_read_as_none(media: str) -> None:
    inbound = read_inbound(hook("", form=[*FIELDS, ("NumMedia", media)]), START)
    assert inbound is not None
    assert inbound.media == 0


@pytest.mark.parametrize("form", [[], FIELDS[:2], [FIELDS[0], FIELDS[2]]])
def test_a_form_without_sender_is_no_text(form: Pairs) -> None:
    with pytest.raises(Unreadable):
        read_inbound(hook("", form=form), START)


def test_another_account_is_turned_away() -> None:
    with pytest.raises(Forbidden):
        read_inbound(hook("", form=[*FIELDS, ("AccountSid", "AC" + "9" * 32)]), START, account="AC" + "1" * 32)
