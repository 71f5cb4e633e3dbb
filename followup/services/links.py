"""Links a patient may open without a log-in: a token that cannot be guessed, kept only as a digest."""

import hashlib
import hmac
from base64 import b32encode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId
from followup.domain.message import Channel
from followup.ports import Clock
from followup.storage import links
from followup.storage.links import Link


class LinkKind(StrEnum):
    """What a link opens; its subject is the id of the message that carries it."""

    MESSAGE = "m"  # the full text of a message
    UNSUBSCRIBE = "u"  # stops messages to the address that the message went to
    PREFERENCES = "p"  # what the patient wants, over which channel, in which language
    BOOKING = "b"  # answers the question about a visit that the message asked


#: A full text lives 90 days, an answer half a year, a link to stop or to choose two years (the law asks for 60 days).
LIFE = {
    LinkKind.MESSAGE: timedelta(days=90),
    LinkKind.UNSUBSCRIBE: timedelta(days=730),
    LinkKind.PREFERENCES: timedelta(days=730),
    LinkKind.BOOKING: timedelta(days=180),
}


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes the 22-character token of a link; the same secret, kind, clinic and subject give the same token."""

    secret: str

    def token(self, kind: LinkKind, clinic_id: ClinicId, subject: str) -> str:
        """128 bits that only the holder of the secret can make."""
        content = "\x1f".join((kind, clinic_id, subject)).encode()
        mac = hmac.new(self.secret.encode(), content, hashlib.sha256).digest()
        return urlsafe_b64encode(mac[:16]).rstrip(b"=").decode()

    def phrase(self, *parts: str) -> str:
        """Eight letters and digits that a person may type again."""
        mac = hmac.new(self.secret.encode(), "\x1f".join(("phrase", *parts)).encode(), hashlib.sha256).digest()
        return b32encode(mac[:5]).decode().lower()

    def mark(self, channel: Channel, address: str) -> str:
        """The keyed hash of an address: it is known again by it, and cannot be read from it; capitals do not count."""
        content = "\x1f".join(("address", channel, address.strip().casefold())).encode()
        return hmac.new(self.secret.encode(), content, hashlib.sha256).hexdigest()

    def seal(self, place: int, hash_: str) -> str:
        """Proves that we saw the audit trail end with this entry."""
        content = "\x1f".join(("audit", str(place), hash_)).encode()
        return hmac.new(self.secret.encode(), content, hashlib.sha256).hexdigest()


class Linking(Protocol):
    """The two parts of the context that links need."""

    @property
    def signer(self) -> Signer: ...
    @property
    def clock(self) -> Clock: ...


def make_link(ctx: Linking, conn: Connection, kind: LinkKind, *, clinic_id: ClinicId, subject: str) -> str:
    """The token of this link, alive from now on; asked again it is the same token with a new end of life."""
    make_links(ctx, conn, [(kind, clinic_id, subject)])
    return ctx.signer.token(kind, clinic_id, subject)


def make_links(ctx: Linking, conn: Connection, wanted: Iterable[tuple[LinkKind, ClinicId, str]]) -> None:
    """Let the links to these subjects live from now on, all by one statement."""
    now = ctx.clock.now()
    links.put_many(
        conn,
        {
            digest(ctx.signer.token(kind, clinic_id, subject)): Link(kind, clinic_id, subject, now + LIFE[kind])
            for kind, clinic_id, subject in wanted
        },
    )


def find_link(ctx: Linking, conn: Connection, kind: LinkKind, token: str) -> Link | None:
    """The live link behind `token`, or None if it is unknown, expired, revoked or of another kind."""
    link = links.find(conn, digest(token))
    if link is None or link.kind != kind or link.expires_at <= ctx.clock.now() or link.revoked_at is not None:
        return None
    return link


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
