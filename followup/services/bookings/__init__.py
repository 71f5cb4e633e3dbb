"""Bookings: what patients answer, by text and on the page, and what staff tell of visits."""
