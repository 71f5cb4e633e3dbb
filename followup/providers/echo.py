"""Prints messages to standard output instead of sending them: the medium of development, where people read them.

Addresses and texts are shown on a terminal alone; where the output goes to a file only the message's id is written.
"""

import sys
from datetime import date, datetime

from followup.domain.ids import MessageId
from followup.domain.inbound import InboundMessage
from followup.domain.message import Channel, Receipt
from followup.domain.outcome import Accepted, CodeClass, CodeEntry, Outcome
from followup.ports import AskLater, BillPage, Clock, HookRequest, Look, Outbound, Sighting, Undecidable
from followup.settings import Settings


def _shown(outbound: Outbound) -> str:
    heading = f" · {outbound.subject}" if outbound.subject else ""
    return f"[{outbound.channel}] to {outbound.to}{heading}\n{outbound.text}\n"


class Echo:
    """Accepts everything."""

    name = "echo"
    can_tell = False
    answers_keywords = False
    sender = ""

    def __init__(self, channel: Channel, *, show: bool = False) -> None:
        self.channel, self._show = channel, show

    async def send(self, outbound: Outbound) -> Outcome:
        print(_shown(outbound) if self._show else f"[{outbound.channel}] {outbound.message_id}", flush=True)
        return Accepted(f"echo-{outbound.attempt_id}")

    async def look_up(self, sighting: Sighting) -> Look:
        return Undecidable("Echo keeps no list.")

    async def fetch(self, ref: str, message_id: MessageId) -> Receipt | AskLater | None:
        return None

    async def bill(self, day: date, following: str = "") -> BillPage | AskLater | None:
        return None

    def classify(self, code: str) -> CodeEntry:
        return CodeEntry(code, CodeClass.UNKNOWN, "Echo has no codes.")

    async def check(self) -> str:
        return ""

    async def close(self) -> None:
        return None

    def verify(self, request: HookRequest) -> bool:
        return False

    def read_receipt(self, request: HookRequest, message_id: MessageId) -> Receipt | None:
        return None

    def read_inbound(self, request: HookRequest, now: datetime) -> InboundMessage | None:
        return None


def build(settings: Settings, *, ops: Clock, channel: Channel = Channel.SMS) -> Echo:
    """Echo for one channel."""
    return Echo(channel, show=sys.stdout.isatty())
