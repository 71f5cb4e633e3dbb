"""Commands about what people allowed and forbade."""
