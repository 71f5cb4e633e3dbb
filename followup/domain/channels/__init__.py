"""One medium a file: limits, encoding, what a message must have."""
