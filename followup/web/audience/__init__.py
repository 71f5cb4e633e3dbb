"""Doors about whom a campaign is for."""
