"""Which provider a message goes through, and what stands in its way."""
