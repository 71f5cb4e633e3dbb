"""Collect: what came into the mailbox of bounces and replies is taken, a bounded number a round."""

from datetime import timedelta

from followup.domain.errors import FollowupError
from followup.log import get_logger
from followup.services import own
from followup.services.bounces.take import set_aside, take_bounce
from followup.services.context import Context

DOOR = "mailbox"
#: A round takes so many mails, and begins no other after so long (real time).
MOST, _LONGEST = 50, timedelta(seconds=30)
#: What came before is history that was dealt with, or will not change anything.
_SINCE = timedelta(days=30)
_LOG = get_logger("mailbox")


def collect(ctx: Context) -> int:
    """Take what is new in the mailbox; returns how many mails. Raises Unavailable while the mail server is away.

    A mail is stored before it is marked, and stored once: after a crash in between it comes again and changes nothing.
    A copy of the database that may not send leaves the mailbox to the installation that does.
    """
    if ctx.mailbox is None or not own.state(ctx).may_send:
        return 0
    end, taken = ctx.ops.now() + _LONGEST, 0
    with ctx.mailbox.unread(MOST, since=ctx.ops.now() - _SINCE) as posts:
        for post in posts:
            _take(ctx, post.raw)
            taken += 1
            if ctx.ops.now() >= end:
                break
    return taken


def _take(ctx: Context, raw: bytes) -> None:
    try:
        take_bounce(ctx, raw, door=DOOR)
    except FollowupError:
        raise
    except Exception as error:  # noqa: BLE001 -- a fault of ours in one mail must not keep all others out
        _LOG.error("mail set aside", error=error)
        set_aside(ctx, raw, door=DOOR)
