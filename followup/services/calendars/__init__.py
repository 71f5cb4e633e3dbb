"""When a clinic changes its hours or days off, what waits is planned anew."""
