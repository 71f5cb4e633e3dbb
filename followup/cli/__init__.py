"""Doors in the terminal, one Typer group a file."""
