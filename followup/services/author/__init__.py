"""Authoring: check, preview, publish and migrate what people write."""
