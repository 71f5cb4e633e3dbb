"""The plain form of a campaign: what a file in git and a call of the API hold."""

from followup.content.campaigns.shape import CampaignShape, read_definition

__all__ = ["CampaignShape", "read_definition"]
