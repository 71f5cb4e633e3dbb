"""Campaigns and the people of their frozen audiences."""
