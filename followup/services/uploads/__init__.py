"""Uploaded lists: checked cell by cell, taken over once they are clean, or by an explicit choice without the rest."""
