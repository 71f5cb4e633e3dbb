"""Webhooks out: what clinics' systems are told, and how long we try."""

from followup.domain.webhook.call import Call, CallState, CallType, EndpointState, again_at, is_public

__all__ = ["Call", "CallState", "CallType", "EndpointState", "again_at", "is_public"]
