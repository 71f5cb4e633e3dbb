"""The life of a campaign as a table: every arrow, who may draw it and what it needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from followup.domain.campaign.campaign import CampaignState as C
from followup.domain.lifecycle import next_state


class CampaignSignal(StrEnum):
    """An input to the campaign table."""

    EDITED = "edited"
    SUBMITTED = "submitted"
    REFUSED = "refused"  # the approver says no
    APPROVED = "approved"
    LAUNCHED = "launched"
    PAUSED = "paused"
    RESUMED = "resumed"
    FINISHED = "finished"
    CANCELLED = "cancelled"


S = CampaignSignal


class Who(StrEnum):
    """Who may draw an arrow."""

    ANYBODY = "anybody"  # on staff
    SECOND = "second"  # anybody; somebody else than the author where the policy asks for two
    MACHINE = "machine"  # the tick alone
    BOTH = "both"  # staff, or the brake


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow: where it leads, who may draw it, and what must be there."""

    to: C
    who: Who
    needs: str


_EDIT = Arrow(C.DRAFT, Who.ANYBODY, "a whole definition; an approval is void")
_CANCEL = Arrow(C.CANCELLED, Who.ANYBODY, "a name and a reason")

ARROWS: Mapping[tuple[C, CampaignSignal], Arrow] = {
    (C.DRAFT, S.EDITED): _EDIT,
    (C.SUBMITTED, S.EDITED): _EDIT,
    (C.APPROVED, S.EDITED): _EDIT,
    (C.DRAFT, S.SUBMITTED): Arrow(C.SUBMITTED, Who.ANYBODY, "somebody in the audience; not sent before"),
    (C.SUBMITTED, S.REFUSED): Arrow(C.DRAFT, Who.ANYBODY, "a name and a reason"),
    (C.SUBMITTED, S.APPROVED): Arrow(C.APPROVED, Who.SECOND, "the text as it was submitted"),
    (C.APPROVED, S.LAUNCHED): Arrow(C.RUNNING, Who.ANYBODY, "the text as it was approved; not sent before"),
    (C.RUNNING, S.PAUSED): Arrow(C.PAUSED, Who.BOTH, "a name and a reason"),
    (C.PAUSED, S.RESUMED): Arrow(C.RUNNING, Who.ANYBODY, "a name"),
    (C.RUNNING, S.FINISHED): Arrow(C.FINISHED, Who.MACHINE, "everybody had their turn and no message is open"),
    (C.DRAFT, S.CANCELLED): _CANCEL,
    (C.SUBMITTED, S.CANCELLED): _CANCEL,
    (C.APPROVED, S.CANCELLED): _CANCEL,
    (C.RUNNING, S.CANCELLED): _CANCEL,
    (C.PAUSED, S.CANCELLED): _CANCEL,
}
CAMPAIGN: Mapping[tuple[C, CampaignSignal], C] = {cell: one.to for cell, one in ARROWS.items()}


def arrow(state: C, signal: CampaignSignal) -> Arrow:
    """The arrow from `state`; raises IllegalSignal where there is none."""
    next_state(CAMPAIGN, state, signal, subject="campaign")
    return ARROWS[(state, signal)]
