"""Audiences in rows: whom the clauses choose, what is known of a person, saved segments and uploaded lists."""
