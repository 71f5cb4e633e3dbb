"""The demo's stage: what is shown, how it looks and what it is checked against."""
