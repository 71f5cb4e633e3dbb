"""CloudEvents 1.0 over HTTP: structured, binary and batch mode, all read into the structured form."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from followup.domain.document import read_json
from followup.domain.errors import Fault, InvalidInput
from followup.web.errors import Malformed, UnsupportedMedia

_JSON_MEDIA = re.compile(r"application/([a-z0-9.+-]+\+)?json")
_ATTRIBUTE = re.compile(r"[a-z0-9]{1,60}")
_RESERVED = frozenset({"data", "datacontenttype"})


@dataclass(frozen=True, slots=True)
class Incoming:
    """Events in structured form; a single event is not a batch of one."""

    events: tuple[Any, ...]
    is_batch: bool


def read_request(headers: Sequence[tuple[bytes, bytes]], body: bytes) -> Incoming:
    """Read a request in any of the three modes; `headers` are raw with lower-case names."""
    media = _media(headers)
    if media.startswith("application/cloudevents") and not media.endswith("+json"):
        raise UnsupportedMedia("the events' format is not JSON", cure="send application/cloudevents+json")
    if media.startswith("application/cloudevents-batch"):
        return Incoming(_batch(_parse(body)), is_batch=True)
    if media.startswith("application/cloudevents"):
        return Incoming((_structured(_parse(body)),), is_batch=False)
    return Incoming((_binary(headers, media, body),), is_batch=False)


def _media(headers: Sequence[tuple[bytes, bytes]]) -> str:
    value = next((v for name, v in headers if name == b"content-type"), b"").decode("latin-1")
    media, *parameters = [part.strip().lower() for part in value.split(";")]
    for parameter in parameters:
        name, _, charset = parameter.partition("=")
        if name.strip() == "charset" and charset.strip(' "') not in {"utf-8", "utf8", "us-ascii"}:
            raise UnsupportedMedia("the body's character set is not UTF-8", cure="send UTF-8")
    return media


def _parse(body: bytes) -> Any:
    try:
        return read_json(body)
    except InvalidInput as error:
        raise Malformed(error.message, error.faults) from None


def _batch(events: Any) -> tuple[Any, ...]:
    if not isinstance(events, list):
        raise Malformed("a batch is a JSON array of events", (Fault("", "must be an array", "type"),))
    return tuple(_structured(event) for event in events)


def _structured(event: Any) -> Any:
    """The event with `data_base64` unpacked; whatever else is wrong is found by the schema."""
    if not isinstance(event, dict) or "data_base64" not in event or "data" in event:
        return event
    rest = {name: value for name, value in event.items() if name != "data_base64"}
    try:
        return {**rest, "data": read_json(base64.b64decode(event["data_base64"], validate=True))}
    except (binascii.Error, TypeError, ValueError, InvalidInput):
        return rest


def _binary(headers: Sequence[tuple[bytes, bytes]], media: str, body: bytes) -> dict[str, Any]:
    attributes = _attributes(headers)
    if media and not _JSON_MEDIA.fullmatch(media):
        raise UnsupportedMedia(
            "the body is no JSON", cure="send application/cloudevents+json, or JSON with ce- headers"
        )
    if not attributes:
        raise Malformed(
            "this is no CloudEvent: it has neither ce- headers nor the content type application/cloudevents+json",
            cure="set Content-Type: application/cloudevents+json",
        )
    return {**attributes, "datacontenttype": media or "application/json", "data": _parse(body)}


def _attributes(headers: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw_name, raw in headers:
        if not raw_name.startswith(b"ce-"):
            continue
        name = raw_name[3:].decode("latin-1")
        if not _ATTRIBUTE.fullmatch(name) or name in _RESERVED:
            raise Malformed(f"the header ce-{name} is no attribute of an event", (Fault(f"/{name}", "is not allowed"),))
        if name in found:
            raise Malformed(f"the header ce-{name} came twice", (Fault(f"/{name}", "must be given once"),))
        found[name] = _decode(name, raw)
    return found


def _decode(name: str, raw: bytes) -> str:
    """A header's value: a quoted string is opened, then percent-encoded UTF-8 is decoded once."""
    value = raw.strip()
    if len(value) >= 2 and value.startswith(b'"') and value.endswith(b'"'):
        value = re.sub(rb"\\(.)", rb"\1", value[1:-1])
    try:
        return unquote_to_bytes(value).decode()
    except UnicodeDecodeError:
        fault = Fault(f"/{name}", "must be percent-encoded UTF-8", "utf-8")
        raise Malformed(f"the header ce-{name} is not UTF-8", (fault,)) from None
