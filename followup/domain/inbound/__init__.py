"""What a patient wrote, and the words in it that act before anybody reads it."""

from followup.domain.inbound.intent import Intent, Reaction
from followup.domain.inbound.keywords import Keyword, KeywordHit, keyword, normalise
from followup.domain.inbound.message import InboundMessage
from followup.domain.inbound.misdial import wrong_number
from followup.domain.inbound.revocation import revocation
from followup.domain.inbound.saying import Saying
from followup.domain.inbound.thread import Thread, ThreadState

__all__ = [
    "InboundMessage",
    "Intent",
    "Keyword",
    "KeywordHit",
    "Reaction",
    "Saying",
    "Thread",
    "ThreadState",
    "keyword",
    "normalise",
    "revocation",
    "wrong_number",
]
