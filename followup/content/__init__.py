"""Protocols, clinics and templates from disk."""
