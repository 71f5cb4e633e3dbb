"""Messages about visits: bringing them to what the bookings are, and the entry for a calendar."""
