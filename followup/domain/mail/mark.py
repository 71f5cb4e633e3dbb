"""Marks that mail carries and brings back: Message-IDs and return paths that nobody else can make."""

import hashlib
import hmac
import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass, field

from followup.domain.ids import MessageId

_LOCAL = r"b\+([A-Za-z0-9_-]{1,48})\.([a-z2-7]{16})"
_WHOLE = re.compile(_LOCAL)
_ANYWHERE = re.compile(rf"(?<![\w.+-]){_LOCAL}(?=@)")


@dataclass(frozen=True, slots=True)
class Marks:
    """Makes and recognises the marks of an installation by its secret key."""

    key: bytes = field(repr=False)

    def message_id(self, message_id: MessageId, domain: str) -> str:
        """The Message-ID header: the same for every attempt at the same message."""
        return f"<{self.mac('message-id', message_id, 20)}@{domain}>"

    def return_path(self, message_id: MessageId, domain: str) -> str:
        """Where bounces of this message go (VERP); empty without a domain."""
        return f"b+{message_id}.{self._seal(message_id)}@{domain}" if domain else ""

    def read_return_path(self, address: str) -> MessageId | None:
        """The message a bounce speaks of; None if we did not make that address."""
        found = _WHOLE.fullmatch(address.partition("@")[0])
        return self._checked(found) if found else None

    def find_return_path(self, text: str) -> MessageId | None:
        """The message whose return path stands in this text; None if there is none, or more than one."""
        found = {self._checked(one) for one in _ANYWHERE.finditer(text)} - {None}
        return found.pop() if len(found) == 1 else None

    def among(self, candidates: Iterable[MessageId], refs: Iterable[str]) -> MessageId | None:
        """The one of these messages whose Message-ID, under whatever domain, is one of `refs`."""
        locals_ = {ref.strip("<> ").partition("@")[0] for ref in refs}
        return next((one for one in candidates if self.mac("message-id", one, 20) in locals_), None)

    def mac(self, purpose: str, value: str, size: int) -> str:
        """A keyed digest in the letters of base32."""
        mac = hmac.new(self.key, f"{purpose}:{value}".encode(), hashlib.sha256).digest()
        return b32encode(mac[:size]).decode("ascii").rstrip("=").lower()

    def _seal(self, message_id: str) -> str:
        return self.mac("return-path", message_id.lower(), 10)

    def _checked(self, found: re.Match[str]) -> MessageId | None:
        return MessageId(found[1]) if hmac.compare_digest(found[2], self._seal(found[1])) else None
