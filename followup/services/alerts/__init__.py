"""Alerts: how a red flag reaches staff, climbs the ladder until somebody accepts it, and lets the patient on."""
