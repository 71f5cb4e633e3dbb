"""Meaning: what the files of `intents` share: what they may look at, and the turns of phrase they look for."""
