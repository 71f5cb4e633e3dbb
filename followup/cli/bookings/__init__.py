"""Commands about visits and about the systems that are told of them."""
