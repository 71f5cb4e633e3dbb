"""Campaign: a one-off send that staff start, from "who?" to a result for each person."""

from followup.domain.campaign.campaign import Campaign, CampaignState, Recipient, RecipientState
from followup.domain.campaign.definition import Definition, Pace, Speech, Variant, parse
from followup.domain.campaign.life import ARROWS, CAMPAIGN, Arrow, CampaignSignal, arrow
from followup.domain.campaign.lot import Lot, draw

__all__ = [
    "ARROWS",
    "CAMPAIGN",
    "Arrow",
    "Campaign",
    "CampaignSignal",
    "CampaignState",
    "Definition",
    "Lot",
    "Pace",
    "Recipient",
    "RecipientState",
    "Speech",
    "Variant",
    "arrow",
    "draw",
    "parse",
]
