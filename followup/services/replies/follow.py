"""Follow: what comes of a reply that is neither keyword nor red flag: the handlers of its intent, else a person."""

from collections.abc import Mapping, Sequence

from sqlalchemy.engine import Connection

from followup.domain.inbound import Intent, Thread
from followup.domain.meaning.aside import says_more
from followup.domain.words.reading import read
from followup.services.context import Context
from followup.services.replies import tell, visits
from followup.services.replies.away import say_closed
from followup.services.replies.reply import Handler, Reply
from followup.storage.inbound import Inbound

#: Who is asked, in order, about a reply with this intent; the first that returns True has dealt with it.
HANDLERS: Mapping[Intent, Sequence[Handler]] = {
    Intent.CONFIRM: (visits.answered,),
    Intent.RESCHEDULE: (visits.answered,),
    Intent.DECLINE: (visits.answered,),
    Intent.CANCEL: (visits.answered,),
    Intent.OTHER: (visits.chosen,),
}
#: Longer thanks may hold more than thanks.
_FEW_WORDS = 8
#: Meanings beside the first that nobody may miss.
_NEEDS_A_PERSON = frozenset({Intent.QUESTION, Intent.HELP, Intent.OTHER})


def follow(ctx: Context, conn: Connection, reply: Reply, thread: Thread) -> None:
    """Let the intent's handlers act; a person reads what they leave, every question beside, and all that is unusual."""
    handlers = HANDLERS.get(reply.understood.intent, ())
    dealt_with = any(handle(ctx, conn, reply) for handle in handlers)
    if not says_more(read(reply.row.text, reply.language)):
        if dealt_with and not _NEEDS_A_PERSON.intersection(reply.understood.also) and not reply.row.media:
            return
        if _is_mere_thanks(reply.row):
            return
    tell.ask_to_read(ctx, conn, reply.row, summary=tell.who_sent_what(reply.row, reply.people))
    if not dealt_with:
        say_closed(ctx, conn, reply, thread)


def _is_mere_thanks(row: Inbound) -> bool:
    """A few words of thanks, of somebody we know, in which no sign is so much as denied: nobody waits for an answer."""
    known = row.patient_id is not None and not row.media
    return known and row.rule == "thanks.said" and row.severity == "none" and len(row.text.split()) <= _FEW_WORDS
