"""Replies: what follows within the web-hook's transaction when a patient wrote in own words."""
