"""E-mail: the parts it is made of and what a header value may hold (facts 4.1)."""

import re

from followup.domain.channels import ChannelRules
from followup.domain.message import Channel

RULES = ChannelRules(channel=Channel.EMAIL, parts=("subject", "body"))

#: A subject longer than this is cut by most inboxes: a warning, not a limit.
WARN_SUBJECT = 78
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def header(text: str) -> str:
    """One line without control characters, so that no value can add a header."""
    return " ".join(_BREAKS.sub(" ", text).split())
