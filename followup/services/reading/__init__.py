"""Read-only use cases: timelines, biographies, counts, what pages and commands show."""
