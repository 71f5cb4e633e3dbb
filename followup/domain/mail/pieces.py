"""The pieces of a mail, read so that nothing in it can break the reading."""

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import HeaderParser
from email.utils import getaddresses
from html.parser import HTMLParser

#: More parts than any honest mail has, and more text than anybody reads.
MOST_PARTS, MOST_TEXT, MOST_HEADER = 200, 65_536, 2_000
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")
_SKIPPED = frozenset({"style", "script", "head", "blockquote"})
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3"})


def parse(raw: bytes) -> "Message[str, str]":
    """The mail as a tree of parts; what is malformed stays as text."""
    return message_from_bytes(raw)


def parse_headers(text: str) -> "Message[str, str]":
    """A block of header lines."""
    return HeaderParser().parsestr(text[:MOST_TEXT])


def header(mail: "Message[str, str]", name: str) -> str:
    """The first header of this name, decoded, on one line; empty if there is none."""
    return _decoded(mail.get(name, ""))


def headers(mail: "Message[str, str]") -> str:
    """All headers as lines, decoded."""
    return "\n".join(f"{name}: {_decoded(value)}" for name, value in mail.items()[:MOST_PARTS])


def _decoded(value: object) -> str:
    text = str(value)[:MOST_HEADER]
    with suppress(ValueError, LookupError, AssertionError, MessageError):
        text = str(make_header(decode_header(text)))
    return " ".join(_ODD.sub(" ", text.encode("utf-8", "replace").decode()).split())


def addresses(mail: "Message[str, str]", *names: str) -> tuple[str, ...]:
    """The mailboxes in these headers."""
    given = [_decoded(value) for name in names for value in mail.get_all(name, [])]
    return tuple(address for _, address in getaddresses(given) if "@" in address)


def parts(mail: "Message[str, str]") -> Iterator["Message[str, str]"]:
    """All parts but those of mail inside the mail."""
    waiting, seen = [mail], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        yield part
        if part.get_content_maintype() == "multipart":
            waiting[:0] = _inside(part)


def text_of(part: "Message[str, str]") -> str:
    """The text of a part, whatever its charset claims."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        text = payload[:MOST_TEXT].decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        text = payload[:MOST_TEXT].decode("utf-8", "replace")
    return _ODD.sub(" ", text.replace("\r\n", "\n").encode("utf-8", "replace").decode())


def body(mail: "Message[str, str]") -> str:
    """What a person reads: the plain parts, else the HTML ones without their markup."""
    every = [p for p in parts(mail) if not p.get_filename()]
    plain = [text_of(p) for p in every if p.get_content_type() == "text/plain"]
    found = "\n".join(text for text in plain if text.strip())
    return found or "\n".join(_unmarked(text_of(p)) for p in every if p.get_content_type() == "text/html")


def attachments(mail: "Message[str, str]") -> int:
    """How many parts are no text to read."""
    leaves = [p for p in parts(mail) if p.get_content_maintype() != "multipart"]
    return sum(1 for p in leaves if p.get_filename() or p.get_content_maintype() not in {"text", "multipart"})


def enclosed(part: "Message[str, str]") -> "Message[str, str]":
    """The mail, or the headers of one, that this part carries."""
    return next(iter(_inside(part)), None) or parse_headers(text_of(part))


def _inside(part: "Message[str, str]") -> list["Message[str, str]"]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def blocks(part: "Message[str, str]") -> list["Message[str, str]"]:
    """The groups of fields of a report, which blank lines divide."""
    inside = _inside(part)
    if not inside:
        return _split(text_of(part))
    found: list[Message[str, str]] = []
    for one in inside[:MOST_PARTS]:
        if one.items():
            found.append(one)
        found += _split(_rest(part, one))
    return found


def _rest(part: "Message[str, str]", one: "Message[str, str]") -> str:
    """What the parser took for a body: further groups, or a report that was encoded against the rules."""
    left = one.get_payload()
    if not isinstance(left, str) or not left.strip():
        return ""
    whole: Message[str, str] = Message()
    whole["Content-Transfer-Encoding"] = header(part, "Content-Transfer-Encoding") or "7bit"
    whole.set_payload(left)
    return text_of(whole)


def _split(text: str) -> list["Message[str, str]"]:
    groups = (parse_headers(block.strip("\n")) for block in re.split(r"\n[ \t]*\n", text[:MOST_TEXT]))
    return [group for group in groups if group.items()]


class _Unmarking(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._skipping += tag in _SKIPPED
        self.found += ["\n"] if tag in _BREAKS else []

    def handle_endtag(self, tag: str) -> None:
        self._skipping = max(0, self._skipping - (tag in _SKIPPED))

    def handle_data(self, data: str) -> None:
        self.found += [] if self._skipping else [" ".join(data.split()) + " "]


def _unmarked(html: str) -> str:
    reader = _Unmarking()
    reader.feed(html)
    return "\n".join(line.strip() for line in "".join(reader.found).splitlines() if line.strip())
