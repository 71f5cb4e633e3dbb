"""What staff do with consents and suppressions: enter, survey, silence, and carry lists in and out."""
