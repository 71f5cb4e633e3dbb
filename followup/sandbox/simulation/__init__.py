"""A synthetic clinic's year on the real engine in virtual time, and a checker that shares none of its rules."""
