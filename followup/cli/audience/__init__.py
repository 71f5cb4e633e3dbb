"""Commands about whom a campaign is for."""
