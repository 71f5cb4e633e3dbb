"""Trace: which message of ours a mail is about, by marks that only we can make."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from followup.domain.escalation import Escalation
from followup.domain.ids import MessageId
from followup.domain.mail.mark import Marks
from followup.domain.mail.returned import Returned
from followup.domain.message import Channel, Message
from followup.services.context import Context
from followup.storage import attempts, escalations, messages
from followup.storage.mail import mailboxes


@dataclass(frozen=True, slots=True)
class Traced:
    """A message of ours and the mailbox that we wrote it to, whatever mailbox the mail names."""

    message: Message
    address: str

    @property
    def domain(self) -> str:
        """Whose mail system has that mailbox."""
        return self.address.rpartition("@")[2].lower()


def trace(ctx: Context, conn: Connection, returned: Returned, *, recipient: str = "") -> Traced | None:
    """The message by our return path, else by our Message-ID where the report names our recipient too.

    `recipient` is the envelope's, where the door knows it.
    """
    marked = marked_as(ctx, returned, recipient)
    if marked is not None:
        return _traced(conn, marked)
    named = {fate.original or fate.final for fate in returned.fates} | set(returned.returned_to)
    candidates = [m for address in sorted(named - {""})[:20] for m in mailboxes.written_to(conn, None, address)]
    first = mailboxes.known_as(conn, list(returned.refs)) if returned.refs else None
    found = marks(ctx).among([*([first] if first else []), *candidates], returned.refs)
    traced = _traced(conn, found) if found is not None else None
    return traced if traced is not None and returned.speaks_of(traced.address) else None


def trace_alert(ctx: Context, conn: Connection, returned: Returned, *, recipient: str = "") -> Escalation | None:
    """The escalation whose mail to staff came back."""
    marked = marked_as(ctx, returned, recipient)
    found: Sequence[Escalation] = ()
    if marked is not None and marked.startswith("esc_"):
        found = escalations.get_many(conn, [marked.rpartition("-")[0]])
    return next(iter(found), None)


def marked_as(ctx: Context, returned: Returned, recipient: str) -> MessageId | None:
    """The id in our return path, by the most trusted place that holds one."""
    own = marks(ctx)
    places = (recipient, *returned.places)
    return next((found for place in places if (found := own.find_return_path(place)) is not None), None)


def marks(ctx: Context) -> Marks:
    """The marks of this installation."""
    return Marks(ctx.signer.secret.encode())


def _traced(conn: Connection, message_id: MessageId) -> Traced | None:
    message = messages.get(conn, None, message_id)
    tries = [a for a in attempts.of_message(conn, message_id) if a["channel"] == Channel.EMAIL.value]
    return Traced(message, str(tries[-1]["address"])) if message is not None and tries else None
