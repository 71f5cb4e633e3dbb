"""The mail in a request: the body itself, or a file or field of a form, as e-mail providers post it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import parse_qsl

from python_multipart import parse_form
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File

from followup.web.errors import Malformed, UnsupportedMedia

#: Fields in which providers hand over the mail as it came, and its envelope's recipient.
_MAIL_FIELDS = ("message", "email", "body-mime", "raw", "mime")
_TO_FIELDS = ("recipient", "envelope_to", "rcpt_to", "to_address")
_MAIL = frozenset({"message/rfc822", "message/global", "text/plain", "application/octet-stream", ""})
_MOST_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    value: bytes
    is_file: bool


def unpack(content_type: str, body: bytes) -> tuple[bytes, str]:
    """The mail, byte for byte, and its envelope's recipient where the sender names it.

    Raises Malformed and UnsupportedMedia.
    """
    media = content_type.partition(";")[0].strip().lower()
    if media in _MAIL:
        return body, ""
    if media == "multipart/form-data":
        return _choose(_multipart(content_type, body))
    if media == "application/x-www-form-urlencoded":
        return _choose(_urlencoded(body))
    raise UnsupportedMedia(f"{media} is no mail", cure="post message/rfc822, or a form with the mail in `message`")


def _multipart(content_type: str, body: bytes) -> list[_Part]:
    found: list[_Part] = []

    def on_field(field: Field) -> None:
        found.append(_Part((field.field_name or b"").decode("utf-8", "replace"), field.value or b"", False))

    def on_file(file: File) -> None:
        file.file_object.seek(0)
        found.append(_Part((file.field_name or b"").decode("utf-8", "replace"), file.file_object.read(), True))
        file.close()

    try:
        parse_form({"Content-Type": content_type.encode("latin-1", "replace")}, BytesIO(body), on_field, on_file)
    except FormParserError:
        raise Malformed("the form cannot be read", cure="send multipart/form-data with its boundary") from None
    return found


def _urlencoded(body: bytes) -> list[_Part]:
    try:
        pairs = parse_qsl(
            body.decode("latin-1"), keep_blank_values=True, encoding="latin-1", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        raise Malformed("the form has too many fields", cure="send the mail as the field `message`") from None
    return [_Part(name, value.encode("latin-1"), False) for name, value in pairs]


def _choose(parts: Sequence[_Part]) -> tuple[bytes, str]:
    texts = {part.name.lower(): part.value for part in reversed(parts) if not part.is_file}
    files = [part.value for part in parts if part.is_file and part.value]
    found = next(iter([*files, *(texts[name] for name in _MAIL_FIELDS if texts.get(name))]), None)
    if found is None:
        raise Malformed("the form holds no mail", cure="send it as a file, or as the field `message`")
    named = [texts[name].decode("utf-8", "replace") for name in _TO_FIELDS if texts.get(name)]
    return found, next(iter([*named, *_envelope(texts.get("envelope", b""))]), "")


def _envelope(text: bytes) -> list[str]:
    """The recipients in an envelope written as JSON, `{"to": [...]}`."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return []
    to = told.get("to", []) if isinstance(told, dict) else []
    return [str(one) for one in (to if isinstance(to, list) else [to])]
