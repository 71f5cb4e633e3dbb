"""Calling clinics' systems: sending what the outbox holds, and the health of their endpoints."""
